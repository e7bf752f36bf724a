// SPDX-License-Identifier: BSD-2-Clause
/*
 * What is pending is kept in memory while LPIs are disabled: a redistributor that is
 * enabled takes over what its table has. A machine that is migrated, or that went to
 * sleep with its redistributors off, goes on with its LPIs by that.
 */
#include <base/errno.h>
#include <base/string.h>
#include <core/time.h>
#include <asm/cpu.h>
#include "its.h"

/* Over several bytes of the table, and not all of any. */
#define LPIS	32U

static struct {
	u32 first;
	u32 sum;
	u32 count[LPIS];
	u32 cpu[LPIS];
} came;

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	u32 i = intid - came.first;

	(void)regs;
	(void)arg;
	came.count[i]++;
	came.cpu[i] = cpu_this();
	WRITE_ONCE(came.sum, came.sum + 1);
	return NULL;
}

static bool is_in_table(u32 i)
{
	return i % 3 != 1;
}

static void reload(unsigned int cpu, const u32 *pending, unsigned int count)
{
	int ret = lpi_cpu_reload(cpu_get(cpu)->mpidr, pending, count);

	if (ret == -EOPNOTSUPP)
		SKIP("GICR_CTLR.CES: LPIs cannot be disabled once they were enabled");
	REQUIRE_EQ(ret, 0, "CPU %u", cpu);
}

/* Before anything is set up that a SKIP would leave behind. */
static void need_reload(void)
{
	reload(cpu_this(), NULL, 0);
}

/* One device with an event for each, enabled. */
static struct its_events *open_all(struct its *its)
{
	struct its_events *events;

	REQUIRE_EQ(lpi_alloc(LPIS, &came.first), 0);
	REQUIRE_EQ(its_events_create(its, last_device(its, 0), LPIS, &events), 0);
	for (u32 i = 0; i < LPIS; i++) {
		u32 intid = came.first + i;

		REQUIRE_EQ(its_event_map(events, i, intid), 0, "event %u", i);
		REQUIRE_EQ(irq_request(intid, note, NULL), 0, "LPI %u", intid);
		REQUIRE_EQ(irq_enable(intid), 0, "LPI %u", intid);
	}
	return events;
}

static void close_all(struct its_events *events)
{
	for (u32 i = 0; i < LPIS; i++)
		CHECK_EQ(irq_request(came.first + i, NULL, NULL), 0, "LPI %u", came.first + i);
	its_events_destroy(events);
}

static void check_cpu(struct its_events *events, unsigned int cpu)
{
	u32 pending[LPIS], count = 0;

	for (u32 i = 0; i < LPIS; i++) {
		REQUIRE_EQ(its_event_move(events, i, cpu), 0, "event %u to CPU %u", i, cpu);
		if (is_in_table(i))
			pending[count++] = came.first + i;
	}
	came.sum = 0;
	memset(came.count, 0, sizeof(came.count));
	reload(cpu, pending, count);
	wait_until(READ_ONCE(came.sum) >= count, COMES_US);
	time_delay_us(QUIET_US);
	for (u32 i = 0; i < LPIS; i++) {
		CHECK_EQ(came.count[i], (u32)is_in_table(i),
			 "times that LPI %u came, of %u in the table of CPU %u", came.first + i,
			 count, cpu);
		if (came.count[i])
			CHECK_EQ(came.cpu[i], cpu, "CPU that LPI %u came to", came.first + i);
	}
}

/* Of this CPU, and of another one where there is one. */
EACH_ITS(pending_table_is_taken_over)
{
	struct its_events *events;
	unsigned int i, tried = 0;

	fresh(its);
	need_reload();
	events = open_all(its);
	cpu_for_each_online(i)
		if (tried < 2 && (i == cpu_this() || cpu_get(i)->wakes_by_sgi)) {
			check_cpu(events, i);
			tried++;
		}
	close_all(events);
}

/* Disabled in the configuration table it waits there, too, and what is raised anew comes. */
EACH_ITS(pending_table_waits_for_enable)
{
	struct line *line;

	fresh(its);
	need_reload();
	line = line_open(its, last_device(its, 0), 0);
	reload(cpu_this(), &line->intid, 1);
	line_came(line, 0);
	line_enable(line);
	line_came(line, 1);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 2);
	line_close(line);
}
