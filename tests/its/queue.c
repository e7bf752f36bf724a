// SPDX-License-Identifier: BSD-2-Clause
/* The queue of commands, round and round. */
#include <asm/cpu.h>
#include "its.h"

/* One command at a time over the end of the ring and further. */
EACH_ITS(queue_wraps)
{
	struct its_registers regs;
	struct line *line;
	u32 size;

	fresh(its);
	size = its_queue_size(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	for (u32 i = 0; i < size + size / 2; i++)
		REQUIRE_EQ(its_send(its, its_int(line->device, line->event)), 0,
			   "command %u of a queue of %u", i, size);
	REQUIRE_EQ(its_sync_cpu(its, cpu_mpidr()), 0);
	its_read(its, &regs);
	CHECK_EQ(regs.creadr, regs.cwriter, "GITS_CREADR and GITS_CWRITER");
	CHECK_LT(regs.creadr / sizeof(struct its_command), (u64)size, "GITS_CREADR");
	/* One that comes again while it is still pending is one. */
	CHECK_GE(READ_ONCE(line->count), 1U);
	CHECK_LE(READ_ONCE(line->count), size + size / 2);
	line_close(line);
}

/* As many as there is room for in one go: each of them must be executed, the last one, too. */
EACH_ITS(full_queue_is_read)
{
	u64 rdbase = target_of(its, cpu_this());
	struct line *first, *last;
	u32 size;

	fresh(its);
	size = its_queue_size(its);
	first = line_open(its, last_device(its, 0), 0);
	last = line_open(its, last_device(its, 1), 0);
	line_enable(first);
	line_enable(last);
	REQUIRE_EQ(its_post(its, its_int(first->device, first->event)), 0);
	for (u32 i = 0; i < 2 * size; i++)
		REQUIRE_EQ(its_post(its, its_sync(rdbase)), 0, "command %u", i);
	REQUIRE_EQ(its_post(its, its_int(last->device, last->event)), 0);
	REQUIRE_EQ(its_sync_cpu(its, cpu_mpidr()), 0);
	line_came(first, 1);
	line_came(last, 1);
	line_close(first);
	line_close(last);
}
