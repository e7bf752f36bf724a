/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite irq. */
#ifndef TESTS_IRQ_H
#define TESTS_IRQ_H

#include <core/cpu.h>
#include <core/irq.h>
#include <test/test.h>

/* An interrupt that is on its way is there by then. */
#define COMES_US	100000ULL

/* What came, of one interrupt; written by the handler alone. */
struct came {
	u32 count;
	u32 intid;
	u32 cpu;	/* of the last one */
	u32 order;	/* of the last one, among all that came */
};

/** note_came() - handler that writes into its struct came */
irq_after_t note_came(u32 intid, struct pt_regs *regs, void *arg);

/** free_spi() - the @n-th SPI that no device has; ends the case with a SKIP where there is none */
u32 free_spi(unsigned int n);

/** free_ppi() - likewise a private one; 0 without */
u32 free_ppi(void);

/** request_spi() - a free one with note_came(); requires that this works */
u32 request_spi(unsigned int n, struct came *came);

/** comes() - whether an interrupt has come @count times before long */
bool comes(const struct came *came, u32 count);

/** take_pending() - have what is pending come, whether the CPU masks interrupts or not */
void take_pending(void);

/* shared.c */
void spi_comes(void);
void disabled_spi_waits(void);
void pending_is_taken_back(void);
void active_spi_waits(void);

#endif
