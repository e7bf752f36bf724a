/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ARM64_FIRMWARE_VECTORS_H
#define ARM64_FIRMWARE_VECTORS_H

/* What forward.S keeps of an interrupt on the stack that it came on. */
#define FORWARD_X16	0	/* and x17 */
#define FORWARD_ELR	16	/* and SPSR */
#define FORWARD_VECTOR	32
#define FORWARD_SIZE	48

/* Layout of struct forward */
#define FORWARD_VBAR	0
#define FORWARD_DEPTH	8

#ifndef __ASSEMBLER__
#include <base/types.h>

struct forward {
	u64 vbar;		/* the firmware's; 0: its vectors are in use */
	u64 depth;		/* interrupts that it has begun with, and not ended */
	bool absorb;
};

_Static_assert(offsetof(struct forward, vbar) == FORWARD_VBAR, "FORWARD_VBAR");
_Static_assert(offsetof(struct forward, depth) == FORWARD_DEPTH, "FORWARD_DEPTH");

extern struct forward firmware_forward;
extern char firmware_vectors[];
#endif
#endif
