// SPDX-License-Identifier: BSD-2-Clause
/*
 * What is pending is kept in memory while LPIs are disabled: a redistributor that is
 * enabled takes over what its table has. A machine that is migrated, or that went to
 * sleep with its redistributors off, goes on with its LPIs by that.
 */
#include <base/errno.h>
#include <asm/cpu.h>
#include "its.h"

static void reload(unsigned int cpu, const struct line *line)
{
	int ret = lpi_cpu_reload(cpu_get(cpu)->mpidr, &line->intid, 1);

	if (ret == -EOPNOTSUPP)
		SKIP("GICR_CTLR.CES: LPIs cannot be disabled once they were enabled");
	REQUIRE_EQ(ret, 0, "CPU %u", cpu);
}

/* Both come to @cpu; the table has one of them. */
static void check_cpu(struct line *in, struct line *out, unsigned int cpu)
{
	u32 before = in->count, others = out->count;

	REQUIRE_EQ(its_event_move(in->events, in->event, cpu), 0, "to CPU %u", cpu);
	REQUIRE_EQ(its_event_move(out->events, out->event, cpu), 0, "to CPU %u", cpu);
	reload(cpu, in);
	if (line_came(in, before + 1))
		CHECK_EQ(in->cpu, cpu, "CPU that came to, of the one in the table");
	line_came(out, others);
	/* And it works on. */
	REQUIRE_EQ(raise(out), 0);
	if (line_came(out, others + 1))
		CHECK_EQ(out->cpu, cpu, "CPU that came to, of the one raised behind it");
	line_came(in, before + 1);
}

EACH_ITS(pending_table_is_taken_over)
{
	struct line *in, *out;
	unsigned int i, tried = 0;

	fresh(its);
	in = line_open(its, last_device(its, 0), 0);
	out = line_open(its, last_device(its, 1), 0);
	line_enable(in);
	line_enable(out);
	cpu_for_each_online(i)
		if (tried < 2 && (i == cpu_this() || cpu_get(i)->wakes_by_sgi)) {
			check_cpu(in, out, i);
			tried++;
		}
	line_close(in);
	line_close(out);
}

/* Disabled in the configuration table it waits there, too. */
EACH_ITS(pending_table_waits_for_enable)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	reload(cpu_this(), line);
	line_came(line, 0);
	line_enable(line);
	line_came(line, 1);
	line_close(line);
}
