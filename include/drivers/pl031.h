/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm PrimeCell Real Time Clock, PL031 (DDI0224C): a counter of seconds, and an
 * interrupt when it equals a match register. The first one that is described.
 */
#ifndef DRIVERS_PL031_H
#define DRIVERS_PL031_H

#include <base/types.h>

struct device;

/* Registers by their offset (DDI0224C 3.2) */
enum pl031_reg {
	PL031_DR = 0x00,	/* seconds; read only */
	PL031_MR = 0x04,	/* the match interrupt comes when DR gets there */
	PL031_LR = 0x08,	/* writing sets the seconds */
	PL031_CR = 0x0c,	/* bit 0: it runs */
	PL031_IMSC = 0x10,	/* bit 0: the interrupt is let through */
	PL031_RIS = 0x14,	/* bit 0: it matched; read only */
	PL031_MIS = 0x18,	/* RIS and IMSC; read only */
	PL031_ICR = 0x1c,	/* bit 0 clears RIS; write only */
	PL031_PERIPHID = 0xfe0,	/* eight bits in each of four words; read only */
	PL031_CELLID = 0xff0,	/* likewise */
};

#define PL031_PART_MASK	0xfffU	/* of the four words at PL031_PERIPHID */
#define PL031_PART	0x031U
#define PL031_DESIGNER_MASK	0xff000U
#define PL031_DESIGNER	0x41000U	/* Arm */
#define PL031_CELL	0xb105f00dU

/** pl031_device() - the clock that the driver has bound; NULL without one */
const struct device *pl031_device(void);

/** pl031_read() - a register; there must be a clock */
u32 pl031_read(enum pl031_reg reg);

/** pl031_write() - a register */
void pl031_write(enum pl031_reg reg, u32 value);

/*
 * Accesses of less than a word, which the manual does not speak of: for registers that
 * are read-only anyway.
 */
u8 pl031_read8(enum pl031_reg reg);
u16 pl031_read16(enum pl031_reg reg);
void pl031_write8(enum pl031_reg reg, u8 value);
void pl031_write16(enum pl031_reg reg, u16 value);

/** pl031_id() - the four words from PL031_PERIPHID or PL031_CELLID as one */
u32 pl031_id(enum pl031_reg first);

/** pl031_seconds() - what it has counted; by convention since 1970 */
u32 pl031_seconds(void);

/** pl031_match_at() - have it match at that second; what matched before is cleared, and nothing let through */
void pl031_match_at(u32 seconds);

/** pl031_has_matched() - whether it has since pl031_match_at() or pl031_clear(); let through or not */
bool pl031_has_matched(void);

/** pl031_let_through() - whether the interrupt is asserted when it has matched */
void pl031_let_through(bool on);

/** pl031_clear() - what matched is over */
void pl031_clear(void);

#endif
