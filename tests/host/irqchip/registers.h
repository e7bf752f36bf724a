/* SPDX-License-Identifier: BSD-2-Clause */
/* What drivers/irqchip asks of the processor, beside what all programs have. */
#ifndef HOST_IRQCHIP_REGISTERS_H
#define HOST_IRQCHIP_REGISTERS_H

#include <base/types.h>

#define HOST_MPIDR	0x8100000203ULL

static inline u64 cpu_mpidr(void)
{
	return HOST_MPIDR;
}

#endif
