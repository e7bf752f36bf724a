// SPDX-License-Identifier: BSD-2-Clause
/*
 * The GIC reads what the CPU has written, past the caches or not: tables and commands
 * must be where it looks, whatever the CPU's MMU does meanwhile.
 */
#include <asm/mmu_off.h>
#include "its.h"

static void raise_and_see(struct line *line, u32 count)
{
	REQUIRE_EQ(raise(line), 0);
	line_came(line, count);
}

/* Set up with the MMU on, used with it off, and on again. */
EACH_ITS(works_while_the_mmu_changes)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	raise_and_see(line, 1);
	REQUIRE_EQ(mmu_disable(), 0);
	raise_and_see(line, 2);
	/* What is written here must not lie behind a line of before. */
	REQUIRE_EQ(irq_disable(line->intid), 0);
	raise_and_see(line, 2);
	REQUIRE_EQ(mmu_enable(), 0);
	line_enable(line);
	line_came(line, 3);
	raise_and_see(line, 4);
	line_close(line);
}

/* All of it without the MMU: tables are allocated and cleared past the caches. */
EACH_ITS(works_without_the_mmu)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 7);
	line_enable(line);
	raise_and_see(line, 1);
	line_close(line);
}
