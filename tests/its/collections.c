// SPDX-License-Identifier: BSD-2-Clause
/* Several CPUs: where an LPI comes to. CPUs wait for work and take interrupts meanwhile. */
#include <asm/cpu.h>
#include "its.h"

/* Of more CPUs than this some, from the first to the last: each takes its time. */
#define CPUS_TRIED	32U

EACH_ITS(lpis_reach_cpus)
{
	unsigned int step = (cpu_count() + CPUS_TRIED - 1) / CPUS_TRIED, i;
	struct line *line;
	u32 count = 0;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	cpu_for_each_online(i) {
		if (i != cpu_this() && !cpu_get(i)->wakes_by_sgi)
			continue;
		if (i % step && i != cpu_count() - 1)
			continue;
		REQUIRE_EQ(its_event_move(line->events, line->event, i), 0, "to CPU %u", i);
		REQUIRE_EQ(raise(line), 0);
		if (!line_came(line, ++count))
			break;
		CHECK_EQ(line->cpu, i, "CPU that it came to");
	}
	line_close(line);
}

EACH_ITS(movi_moves_one)
{
	unsigned int other = other_cpu();
	struct line *moved, *stays;
	u16 collection;

	fresh(its);
	moved = line_open(its, last_device(its, 0), 0);
	stays = line_open(its, last_device(its, 1), 0);
	line_enable(moved);
	line_enable(stays);
	REQUIRE_EQ(its_collection(its, other, &collection), 0);
	do_command(its, its_movi(moved->device, moved->event, collection));
	REQUIRE_EQ(raise(moved), 0);
	REQUIRE_EQ(raise(stays), 0);
	if (line_came(moved, 1))
		CHECK_EQ(moved->cpu, other, "CPU that the one that was moved came to");
	if (line_came(stays, 1))
		CHECK_EQ(stays->cpu, cpu_this(), "CPU that the other one came to");
	line_close(moved);
	line_close(stays);
}

EACH_ITS(movi_moves_pending)
{
	unsigned int other = other_cpu();
	struct line *line;
	u16 collection;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	REQUIRE_EQ(its_collection(its, other, &collection), 0);
	REQUIRE_EQ(raise(line), 0);
	REQUIRE_EQ(its_event_move(line->events, line->event, other), 0);
	line_enable(line);
	if (line_came(line, 1))
		CHECK_EQ(line->cpu, other, "CPU that it came to");
	line_close(line);
}

EACH_ITS(mapc_moves_collection)
{
	unsigned int other = other_cpu();
	u64 rdbase = target_of(its, other);
	struct line *line;
	u16 collection;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	REQUIRE_EQ(its_collection(its, other, &collection), 0);
	do_command(its, its_mapc(cpu_this(), rdbase));
	do_command(its, its_sync(rdbase));
	REQUIRE_EQ(raise(line), 0);
	if (line_came(line, 1))
		CHECK_EQ(line->cpu, other, "CPU that it came to");
	do_command(its, its_mapc(cpu_this(), target_of(its, cpu_this())));
	REQUIRE_EQ(raise(line), 0);
	if (line_came(line, 2))
		CHECK_EQ(line->cpu, cpu_this(), "CPU that it came to");
	line_close(line);
}

/* IHI 0069H 5.3: the collection goes elsewhere first, then what was pending follows. */
EACH_ITS(movall_moves_pending)
{
	unsigned int other = other_cpu();
	u64 from = target_of(its, cpu_this()), to = target_of(its, other);
	struct line *line[2];
	u16 collection;

	fresh(its);
	REQUIRE_EQ(its_collection(its, other, &collection), 0);
	for (unsigned int i = 0; i < 2; i++) {
		line[i] = line_open(its, last_device(its, i), i);
		REQUIRE_EQ(raise(line[i]), 0);
	}
	do_command(its, its_mapc(cpu_this(), to));
	do_command(its, its_movall(from, to));
	do_command(its, its_sync(to));
	for (unsigned int i = 0; i < 2; i++) {
		line_enable(line[i]);
		REQUIRE_EQ(its_send(its, its_sync(to)), 0);
		if (line_came(line[i], 1))
			CHECK_EQ(line[i]->cpu, other, "CPU that LPI %u came to", line[i]->intid);
	}
	do_command(its, its_mapc(cpu_this(), from));
	line_close(line[0]);
	line_close(line[1]);
}

/*
 * An event that was mapped while its collection was taken away may be forgotten by the
 * ITS (IHI 0069H 5.3 MAPC, read leniently): it is mapped anew before it is to come again.
 */
EACH_ITS(unmapped_collection_is_silent)
{
	struct line *line;
	u16 collection;

	no_refusal(its);
	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	REQUIRE_EQ(its_collection(its, cpu_this(), &collection), 0);
	do_command(its, its_unmapc(collection));
	try_command(its, its_int(line->device, line->event));
	line_came(line, 0);
	do_command(its, its_mapc(collection, target_of(its, cpu_this())));
	line_came(line, 0);
	try_command(its, its_discard(line->device, line->event));
	do_command(its, its_mapti(line->device, line->event, line->intid, collection));
	do_command(its, its_invall(collection));
	line_came(line, 0);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	line_close(line);
}

/* MAPTI names a collection by its number alone: where that goes may be said later. */
EACH_ITS(collection_may_be_mapped_last)
{
	struct line *line;
	u16 collection;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	line_enable(line);
	REQUIRE_EQ(its_collection(its, cpu_this(), &collection), 0);
	do_command(its, its_discard(line->device, line->event));
	do_command(its, its_unmapc(collection));
	do_command(its, its_mapti(line->device, line->event, line->intid, collection));
	do_command(its, its_mapc(collection, target_of(its, cpu_this())));
	do_command(its, its_invall(collection));
	line_came(line, 0);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	line_close(line);
}
