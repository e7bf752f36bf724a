/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ICC_SGI1R_EL1 (IHI 0069H 12.2.19): one write reaches sixteen CPUs that are alike
 * in all of their affinity but the low four bits of Aff0.
 */
#ifndef DRIVERS_IRQCHIP_GICV3_SGI_H
#define DRIVERS_IRQCHIP_GICV3_SGI_H

#include <base/types.h>
#include <base/util.h>

#define SGI1R_OTHERS		BIT(40)		/* IRM: all CPUs but this one */
#define SGI1R_INTID(sgi)	((u64)(sgi) << 24)
#define SGI1R_TARGET(mpidr)	(1ULL << ((mpidr) & 0xf))
#define SGI1R_RANGE_OF(mpidr)	((mpidr) >> 4 & 0xf)	/* RS; above 0 where there is RSS */

/** sgi1r_affinity() - Aff3, Aff2, Aff1 and the range of Aff0, of an MPIDR's affinity fields */
static inline u64 sgi1r_affinity(u64 mpidr)
{
	u64 aff1 = mpidr >> 8 & 0xff, aff2 = mpidr >> 16 & 0xff, aff3 = mpidr >> 32 & 0xff;

	return aff3 << 48 | SGI1R_RANGE_OF(mpidr) << 44 | aff2 << 32 | aff1 << 16;
}

/**
 * sgi1r_first() - one write for the first of a list of CPUs and those that follow alike
 * @mpidr: their affinity fields
 * @count: of them, 1 or more
 * @value: filled, without the INTID
 *
 * Return: how many of the list it reaches.
 */
static inline unsigned int sgi1r_first(const u64 *mpidr, unsigned int count, u64 *value)
{
	unsigned int i;

	*value = sgi1r_affinity(mpidr[0]);
	for (i = 0; i < count && sgi1r_affinity(mpidr[i]) == sgi1r_affinity(mpidr[0]); i++)
		*value |= SGI1R_TARGET(mpidr[i]);
	return i;
}

#endif
