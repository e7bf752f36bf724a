// SPDX-License-Identifier: BSD-2-Clause
/*
 * How long commands take: figures for people (make measure). A verdict comes only of
 * commands that are not done. How long an LPI takes the suite bench has.
 */
#include <core/time.h>
#include <asm/cpu.h>
#include <test/samples.h>
#include "its.h"

#define BATCH		32
/* So that the 99th percentile is not the maximum */
#define BATCHES		128U
#define TEXT(n)		#n
#define TEXT_OF(n)	TEXT(n)
#define MANY(name)	TEXT_OF(BATCH) " ITS commands " name " and a SYNC"

static struct samples samples;

/* All of a batch in the queue before the ITS is told. */
static void time_batches(const struct line *line, const char *what, struct its_command command)
{
	samples_begin(&samples, what, BATCHES);
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		for (int k = 0; k < BATCH; k++)
			REQUIRE_EQ(its_post(line->its, command), 0, "%s", what);
		REQUIRE_EQ(its_sync_cpu(line->its, cpu_mpidr()), 0, "%s", what);
		samples_add(&samples, samples_now(&samples) - start);
	}
	samples_report(&samples);
}

static void time_single(const struct line *line)
{
	samples_begin(&samples, "an ITS command INV and a SYNC", BATCHES);
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		REQUIRE_EQ(its_post(line->its, its_inv(line->device, line->event)), 0);
		REQUIRE_EQ(its_sync_cpu(line->its, cpu_mpidr()), 0);
		samples_add(&samples, samples_now(&samples) - start);
	}
	samples_report(&samples);
}

EACH_ITS(commands_are_timed)
{
	u16 collection = cpu_this();
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	time_single(line);
	time_batches(line, MANY("INV"), its_inv(line->device, line->event));
	time_batches(line, MANY("CLEAR"), its_clear(line->device, line->event));
	time_batches(line, MANY("MAPTI"), its_mapti(line->device, 1, line->intid, collection));
	time_batches(line, MANY("MOVI"), its_movi(line->device, line->event, collection));
	do_command(its, its_discard(line->device, 1));
	line_close(line);
}
