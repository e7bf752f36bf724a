// SPDX-License-Identifier: BSD-2-Clause
/* The ITS: what is mapped in its tables, and LPIs that pend in those of the redistributor. */
#include "migrate.h"
#include <asm/control_state.h>
#include <asm/cpu.h>
#include <drivers/its.h>
#include <drivers/lpi.h>

#define EVENT	3U
#define EVENTS	8U

struct line {
	struct its *its;
	struct its_events *events;
	u32 device, intid;
	struct came came;
};

/* Started anew, so that nothing but this is mapped. */
static void line_open(struct line *line)
{
	line->its = its_get(0);
	if (!line->its)
		SKIP("no ITS has let its driver bind");
	REQUIRE_EQ(its_restart(line->its, NULL), 0);
	line->device = (u32)(its_devices(line->its) - 1);
	REQUIRE_EQ(lpi_alloc(1, &line->intid), 0);
	REQUIRE_EQ(its_events_create(line->its, line->device, EVENTS, &line->events), 0);
	REQUIRE_EQ(its_event_map(line->events, EVENT, line->intid), 0);
	REQUIRE_EQ(irq_request(line->intid, migrate_note, &line->came), 0, "LPI %u", line->intid);
	REQUIRE_EQ(irq_enable(line->intid), 0, "LPI %u", line->intid);
}

static void line_raise(const struct line *line)
{
	REQUIRE_EQ(its_post(line->its, its_int(line->device, EVENT)), 0);
	REQUIRE_EQ(its_sync_cpu(line->its, cpu_mpidr()), 0);
}

static void line_close(struct line *line)
{
	CHECK_EQ(irq_request(line->intid, NULL, NULL), 0, "LPI %u", line->intid);
	its_events_destroy(line->events);
	CHECK_EQ(its_restart(line->its, NULL), 0);
}

void events_become_lpis_behind_it(void)
{
	static struct line line;

	line = (struct line){ 0 };
	line_open(&line);
	line_raise(&line);
	migrate_came(&line.came, 1, "an LPI before the move");
	test_migrate();
	line_raise(&line);
	migrate_came(&line.came, 2, "an LPI behind the move");
	line_close(&line);
}

void pending_lpi_comes_behind_it(void)
{
	static struct line line;

	line = (struct line){ 0 };
	line_open(&line);
	control_irq_mask();
	line_raise(&line);
	test_migrate();
	CHECK_EQ(line.came.count, 0U, "LPIs with IRQs masked");
	control_irq_unmask();
	migrate_came(&line.came, 1, "an LPI that was pending");
	line_close(&line);
}
