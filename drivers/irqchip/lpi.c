// SPDX-License-Identifier: BSD-2-Clause
/* The table that says of each LPI whether it may come, and with what priority. */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/irq.h>
#include <core/lock.h>
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <drivers/lpi.h>
#include "gic_memory.h"
#include "lpi_private.h"

/* Entry of the configuration table (IHI 0069H 5.1.1) */
#define LPI_ENABLED		BIT(0)
#define LPI_RES1		BIT(1)
#define LPI_PRIORITY_BITS		0xfcU

/* 8192 LPIs, the fewest that a GIC with LPIs has; and so many are used. */
#define ID_BITS			14U
#define LPIS			1024U

static struct {
	struct lpi_table table;
	u32 count;
	u8 *taken;			/* one each */
	const struct lpi_source *source;
	struct irq_range range;
} lpi;

static struct spinlock lock = SPINLOCK_WHOLE("LPIs");

static u8 config_byte(bool enable, u8 priority)
{
	return (priority & LPI_PRIORITY_BITS) | LPI_RES1 | (enable ? LPI_ENABLED : 0);
}

static bool is_ours(u32 intid)
{
	return lpi.taken && intid >= LPI_FIRST && intid - LPI_FIRST < lpi.count;
}

static void write_config(u32 intid, u8 value)
{
	u8 *config = &lpi.table.config[intid - LPI_FIRST];

	*config = value;
	gic_memory_publish(config, 1, lpi.table.coherent);
}

/* Of its byte one CPU may change the priority while another enables it. */
static int change_config(u32 intid, u8 bits, u8 value)
{
	if (!is_ours(intid))
		return -ERANGE;
	spin_lock(&lock);
	write_config(intid, (lpi.table.config[intid - LPI_FIRST] & ~bits) | (value & bits));
	spin_unlock(&lock);
	return 0;
}

int lpi_configure(u32 intid, bool enable, u8 priority)
{
	return change_config(intid, 0xff, config_byte(enable, priority));
}

bool lpi_is_enabled(u32 intid)
{
	return is_ours(intid) && (lpi.table.config[intid - LPI_FIRST] & LPI_ENABLED);
}

/* What is changed in the table takes effect when whoever caches it is told. */
static int change(u32 intid, u8 bits, u8 value)
{
	int ret = change_config(intid, bits, value);

	return ret || !lpi.source ? ret : lpi.source->invalidate(intid);
}

static u8 priority_of(u32 intid)
{
	return lpi.table.config[intid - LPI_FIRST] & LPI_PRIORITY_BITS;
}

static int lpi_enable(u32 intid)
{
	return change(intid, LPI_ENABLED, LPI_ENABLED);
}

static int lpi_disable(u32 intid)
{
	return change(intid, LPI_ENABLED, 0);
}

static int lpi_get_enabled(u32 intid)
{
	return is_ours(intid) ? lpi_is_enabled(intid) : -ERANGE;
}

static int lpi_set_priority(u32 intid, u32 priority)
{
	return change(intid, LPI_PRIORITY_BITS, (u8)priority);
}

static int lpi_get_priority(u32 intid)
{
	return is_ours(intid) ? priority_of(intid) : -ERANGE;
}

/* LPIs are edges and nothing else (IHI 0069H 4.2). */
static int lpi_set_trigger(u32 intid, bool edge)
{
	if (!is_ours(intid))
		return -ERANGE;
	return edge ? 0 : -EOPNOTSUPP;
}

static int lpi_set_pending(u32 intid, bool pending)
{
	if (!is_ours(intid))
		return -ERANGE;
	return lpi.source ? lpi.source->set_pending(intid, pending) : -ENODEV;
}

static int lpi_set_target(u32 intid, u64 mpidr)
{
	if (!is_ours(intid))
		return -ERANGE;
	if (mpidr == IRQ_TARGET_ANY)
		return -EOPNOTSUPP;
	return lpi.source ? lpi.source->set_target(intid, mpidr) : -ENODEV;
}

/* One that comes from nowhere yet has neither target nor pending state. */
static int lpi_reset(u32 intid)
{
	int ret = change(intid, 0xff, config_byte(false, LPI_PRIORITY));

	if (!ret)
		ret = lpi_set_target(intid, cpu_mpidr());
	if (!ret)
		ret = lpi_set_pending(intid, false);
	return ret == -ENODEV ? 0 : ret;
}

static const struct irq_ops lpi_ops = {
	.enable = lpi_enable,
	.disable = lpi_disable,
	.reset = lpi_reset,
	.is_enabled = lpi_get_enabled,
	.set_priority = lpi_set_priority,
	.get_priority = lpi_get_priority,
	.set_trigger = lpi_set_trigger,
	.set_target = lpi_set_target,
	.set_pending = lpi_set_pending,
};

static int table_alloc(struct lpi_table *table)
{
	u64 bytes;

	table->id_bits = MIN(ID_BITS, table->id_bits);
	bytes = BIT(table->id_bits) - LPI_FIRST;
	table->config = gic_memory_alloc(bytes, SZ_64K);
	if (!table->config)
		return -ENOMEM;
	/* Until a redistributor says that it does not. */
	table->coherent = true;
	return 0;
}

static void disable_all(const struct lpi_table *table)
{
	u64 bytes = BIT(table->id_bits) - LPI_FIRST;

	for (u64 i = 0; i < bytes; i++)
		table->config[i] = config_byte(false, LPI_PRIORITY);
	gic_memory_publish(table->config, bytes, false);
}

static int hand_out(void)
{
	u8 *taken = heap_alloc(lpi.count);
	int ret;

	lpi.range = (struct irq_range){
		.first = LPI_FIRST, .count = lpi.count, .ops = &lpi_ops,
		.action = heap_alloc(lpi.count * sizeof(struct irq_action)),
	};
	if (!taken || !lpi.range.action)
		return -ENOMEM;
	ret = irq_register_range(&lpi.range);
	if (!ret)
		lpi.taken = taken;
	return ret;
}

static int start(void)
{
	int ret = lpi_redist_table(&lpi.table);

	if (ret)
		return ret;
	if (!lpi.table.config)
		ret = table_alloc(&lpi.table);
	if (!ret && !mmu_lookup((u64)lpi.table.config))
		ret = -EIO;	/* firmware's, in memory that nobody is to map */
	if (!ret)
		ret = gic_memory_keep(lpi.table.config, BIT(lpi.table.id_bits) - LPI_FIRST);
	if (ret)
		return ret;
	disable_all(&lpi.table);
	lpi.count = MIN(LPIS, lpi.table.limit);
	return hand_out();
}

int lpi_start(void)
{
	static bool tried;
	static int ret;

	if (!tried)
		ret = start();
	tried = true;
	return ret;
}

u32 lpi_count(void)
{
	return lpi.taken ? lpi.count : 0;
}

unsigned int lpi_id_bits(void)
{
	return lpi.taken ? lpi.table.id_bits : 0;
}

int lpi_cpu_start(u64 mpidr)
{
	return lpi.taken ? lpi_redist_start(mpidr, &lpi.table) : -ENODEV;
}

int lpi_cpu_reload(u64 mpidr, const u32 *pending, unsigned int count)
{
	return lpi.taken ? lpi_redist_reload(mpidr, &lpi.table, pending, count) : -ENODEV;
}

static bool all_free(u32 at, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (lpi.taken[at + i])
			return false;
	return true;
}

static void mark(u32 at, unsigned int count, u8 value)
{
	for (unsigned int i = 0; i < count; i++)
		lpi.taken[at + i] = value;
}

int lpi_alloc(unsigned int count, u32 *first)
{
	int ret = -ENOSPC;

	if (!lpi.taken)
		return -ENODEV;
	spin_lock(&lock);
	for (u32 at = 0; at + count <= lpi.count && ret; at++) {
		if (!all_free(at, count))
			continue;
		mark(at, count, 1);
		*first = LPI_FIRST + at;
		ret = 0;
	}
	spin_unlock(&lock);
	return ret;
}

void lpi_free(u32 first, unsigned int count)
{
	if (!count || !is_ours(first) || !is_ours(first + count - 1))
		return;
	for (unsigned int i = 0; i < count; i++)
		lpi_configure(first + i, false, LPI_PRIORITY);
	spin_lock(&lock);
	mark(first - LPI_FIRST, count, 0);
	spin_unlock(&lock);
}

void lpi_set_source(const struct lpi_source *source)
{
	lpi.source = source;
}
