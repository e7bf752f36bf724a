// SPDX-License-Identifier: BSD-2-Clause
/*
 * Virtual CPUs of a GICv4.0: a table of pending virtual LPIs for each, one of their
 * configuration for all, and which of them runs on this CPU (IHI 0069H 5.1, 12.11).
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <drivers/lpi.h>
#include "gic.h"
#include "gic_memory.h"
#include "gicv3_redist.h"
#include "its_private.h"

#define GICR_VLPI_FRAME		0x20000
#define GICR_VPROPBASER		(GICR_VLPI_FRAME + 0x70)
#define GICR_VPENDBASER		(GICR_VLPI_FRAME + 0x78)
#define VPENDBASER_PENDING_LAST	BIT(61)
#define VPENDBASER_DIRTY	BIT(60)

/* As for physical LPIs: the fewest that there can be, 8192 of them. */
#define ID_BITS			14U
#define PENDING_BYTES		(BIT(ID_BITS) / 8)
#define TABLE_BYTES		(BIT(ID_BITS) - LPI_FIRST)

static int map(struct its *its, u16 vpe, unsigned int cpu, u64 pending)
{
	u64 rdbase;
	int ret = its_cover(its, ITS_BASER_VPES, vpe);

	if (!ret)
		ret = its_target(its, cpu_get(cpu)->mpidr, &rdbase);
	if (!ret)
		ret = its_post(its, its_vmapp(vpe, rdbase, pending, ID_BITS));
	return ret ? ret : its_send(its, its_vsync(vpe));
}

int its_vpe_map(struct its *its, u16 vpe, unsigned int cpu)
{
	int ret;

	if (vpe >= ITS_VPES)
		return -ERANGE;
	if (its->vpe_pending[vpe])
		return -EBUSY;
	its->vpe_pending[vpe] = gic_memory_alloc(PENDING_BYTES, SZ_64K);
	if (!its->vpe_pending[vpe])
		return -ENOMEM;
	ret = map(its, vpe, cpu, (u64)its->vpe_pending[vpe]);
	if (ret)
		its_vpe_unmap(its, vpe);
	return ret;
}

void its_vpe_unmap(struct its *its, u16 vpe)
{
	if (vpe >= ITS_VPES || !its->vpe_pending[vpe])
		return;
	its_post(its, its_unvmapp(vpe));
	its_send(its, its_vsync(vpe));
	gic_memory_free(its->vpe_pending[vpe], PENDING_BYTES);
	its->vpe_pending[vpe] = NULL;
}

static void __iomem *own_redist(void)
{
	return gicv3_redist_find_virtual(cpu_mpidr());
}

void its_vpe_drop_all(struct its *its)
{
	bool ignored;

	its_vpe_leave(its, &ignored);
	for (u16 vpe = 0; vpe < ITS_VPES; vpe++)
		its_vpe_unmap(its, vpe);
}

/* All enabled, as a hypervisor's guest may have it. */
static u8 *config_table(void)
{
	static u8 *table;

	if (table)
		return table;
	table = gic_memory_alloc(TABLE_BYTES, SZ_64K);
	for (u64 i = 0; table && i < TABLE_BYTES; i++)
		table[i] = LPI_PRIORITY | 1;
	if (table)
		gic_memory_publish(table, TABLE_BYTES, false);
	return table;
}

int its_vpe_enter(struct its *its, u16 vpe)
{
	void __iomem *redist = own_redist();
	u8 *config = config_table();
	bool ignored;

	if (!redist)
		return -EOPNOTSUPP;
	if (!config)
		return -ENOMEM;
	if (vpe >= ITS_VPES || !its->vpe_pending[vpe])
		return -ENOENT;
	if (readq(redist + GICR_VPENDBASER) & BASE_VALID)
		return -EBUSY;
	gic_memory_set_base(redist + GICR_VPROPBASER, (u64)config | (ID_BITS - 1),
			    GIC_MEMORY_REDIST, &ignored);
	gic_memory_set_base(redist + GICR_VPENDBASER, (u64)its->vpe_pending[vpe],
			    GIC_MEMORY_REDIST, &ignored);
	writeq(readq(redist + GICR_VPENDBASER) | BASE_VALID, redist + GICR_VPENDBASER);
	dsb(sy);
	return 0;
}

/* IHI 0069H 12.11 GICR_VPENDBASER: what is pending is known once Dirty reads 0. */
int its_vpe_leave(struct its *its, bool *pending)
{
	void __iomem *redist = own_redist();
	int ret;

	(void)its;
	if (!redist)
		return -EOPNOTSUPP;
	writeq(readq(redist + GICR_VPENDBASER) & ~BASE_VALID, redist + GICR_VPENDBASER);
	ret = wait_until(!(readq(redist + GICR_VPENDBASER) & VPENDBASER_DIRTY), GIC_WAIT_US);
	*pending = readq(redist + GICR_VPENDBASER) & VPENDBASER_PENDING_LAST;
	return ret;
}
