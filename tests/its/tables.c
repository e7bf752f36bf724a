// SPDX-License-Identifier: BSD-2-Clause
/* The tables in memory, in every shape that the ITS has. */
#include <base/errno.h>
#include <asm/cpu.h>
#include "its.h"

static void check_device(struct its *its, u32 device, u32 event)
{
	struct line *line = line_open(its, device, event);

	line_enable(line);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	line_close(line);
}

static bool check_layout(struct its *its, unsigned int page_shift, bool indirect)
{
	const struct its_layout layout = { .page_shift = page_shift, .indirect = indirect };
	int ret;

	fresh(its);
	ret = its_restart(its, &layout);
	if (ret == -EOPNOTSUPP) {
		test_diag("not had: pages of %u KiB%s", 1U << (page_shift - 10),
			  indirect ? ", tables of two levels" : "");
		return false;
	}
	REQUIRE_EQ(ret, 0, "pages of %u KiB, indirect %u", 1U << (page_shift - 10), indirect);
	check_device(its, 0, 0);
	check_device(its, last_device(its, 0), EVENTS - 1);
	return true;
}

EACH_ITS(tables_of_every_page_size)
{
	unsigned int worked = 0;

	for (unsigned int page_shift = 12; page_shift <= 16; page_shift += 2) {
		worked += check_layout(its, page_shift, false);
		worked += check_layout(its, page_shift, true);
	}
	CHECK_GE(worked, 1U, "shapes of tables that work");
}

EACH_ITS(outermost_ids_work)
{
	struct its_registers regs;
	unsigned int bits;

	fresh(its);
	its_read(its, &regs);
	/* As far as an event table of 2 MiB goes. */
	bits = ITS_TYPER_EVENT_BITS(regs.typer);
	check_device(its, last_device(its, 0), bits < 16 ? (1U << bits) - 1 : 0xffff);
	check_device(its, 0, 0);
}

/* Stopped and started with what it had, it has nothing left of it but what is mapped anew. */
EACH_ITS(works_after_a_stop)
{
	struct its_registers regs;
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	REQUIRE_EQ(its_stop(its), 0);
	its_read(its, &regs);
	CHECK(!(regs.ctlr & ITS_CTLR_ENABLED), "GITS_CTLR reads 0x%x", regs.ctlr);
	CHECK(regs.ctlr & ITS_CTLR_QUIESCENT, "GITS_CTLR reads 0x%x", regs.ctlr);
	CHECK_EQ(its_send(its, its_int(line->device, line->event)), -ENODEV);
	irq_request(line->intid, NULL, NULL);
	fresh(its);
	check_device(its, last_device(its, 0), 0);
}
