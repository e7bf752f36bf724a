// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/parse.h>
#include <base/printf.h>
#include <base/sort.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/param.h>
#include <core/time.h>
#include <test/samples.h>
#include <test/test.h>

/* The first ones warm caches and predictors up; the least counts. */
#define CALIBRATIONS	32U

const struct samples_clock samples_counter = { "CNTVCT_EL0", "ticks", time_ticks, time_frequency };

static unsigned int asked;	/* by samples=; 0: not */

static int set_samples(const char *value)
{
	u64 number;

	if (!value || parse_u64(value, &number) || !number || number > SAMPLES_MAX)
		return -EINVAL;
	asked = (unsigned int)number;
	return 0;
}

PARAM(samples, .help = "samples=N: how many samples of what takes microseconds, 1 to 1000000",
      .set = set_samples);

unsigned int samples_wanted(unsigned int usual)
{
	return asked ? asked : usual;
}

/* Kept for the next case that uses it, and however this one ends. */
static void make_room(struct samples *samples, unsigned int wanted)
{
	if (samples->room >= wanted)
		return;
	heap_free(samples->ticks);
	samples->room = 0;
	samples->ticks = heap_alloc(wanted * sizeof(samples->ticks[0]));
	if (!samples->ticks)
		ERROR("no memory for %u samples", wanted);
	samples->room = wanted;
}

static u64 calibrate(const struct samples *samples)
{
	u64 least = ~0ULL;

	for (unsigned int i = 0; i < CALIBRATIONS; i++) {
		u64 start = samples_now(samples);

		least = MIN(least, samples_now(samples) - start);
	}
	return least;
}

void samples_begin_by(struct samples *samples, const struct samples_clock *clock,
		      const char *what, unsigned int wanted)
{
	samples->what = what;
	samples->clock = clock;
	samples->wanted = MIN(wanted, SAMPLES_MAX);
	samples->count = 0;
	make_room(samples, samples->wanted);
	samples->overhead = calibrate(samples);
}

void samples_begin(struct samples *samples, const char *what, unsigned int wanted)
{
	samples_begin_by(samples, &samples_counter, what, wanted);
}

void samples_keep_overhead(struct samples *samples)
{
	samples->overhead = 0;
}

/* Time that ran backwards stays what it is, a difference just below 2^64. */
void samples_add(struct samples *samples, u64 ticks)
{
	u64 left = ticks < samples->overhead ? 0 : ticks - samples->overhead;

	if (samples->count < samples->wanted)
		samples->ticks[samples->count++] = left;
}

static int compare(const void *a, const void *b)
{
	u64 first = *(const u64 *)a, second = *(const u64 *)b;

	return first < second ? -1 : first > second;
}

/* The smallest one that @percent of all do not pass: by nearest rank. */
static u64 percentile(const struct samples *samples, unsigned int percent)
{
	unsigned int rank = (unsigned int)(((u64)samples->count * percent + 99) / 100);

	return samples->count ? samples->ticks[rank ? rank - 1 : 0] : 0;
}

u64 samples_min(const struct samples *samples)
{
	return percentile(samples, 0);
}

/* In two steps as in core/time.h; a tick is a nanosecond or more nearly everywhere. */
static u64 ns_of(u64 hz, u64 ticks)
{
	return hz ? ticks / hz * 1000000000 + ticks % hz * 1000000000 / hz : 0;
}

enum { LEAST, MEDIAN, P99, MOST, FIGURES };

/* For eyes. */
static void print(const struct samples *samples, const u64 *ticks, u64 hz)
{
	const char *unit = samples->clock->unit;
	char ns[96] = "";

	if (hz)
		snprintf(ns, sizeof(ns), ", %llu %llu %llu %llu ns", ns_of(hz, ticks[LEAST]),
			 ns_of(hz, ticks[MEDIAN]), ns_of(hz, ticks[P99]), ns_of(hz, ticks[MOST]));
	test_diag("latency: %s: %u samples, %llu %llu %llu %llu %s%s, less %llu %s of overhead",
		  samples->what, samples->count, ticks[LEAST], ticks[MEDIAN], ticks[P99],
		  ticks[MOST], unit, ns, samples->overhead, unit);
}

/* For programs; names have nothing that JSON would escape. */
static void print_json(const struct samples *samples, const u64 *ticks, u64 hz)
{
	test_diag("json: {\"what\": \"%s\", \"clock\": \"%s\", \"hz\": %llu, \"count\": %u, \"overhead\": %llu, \"min\": %llu, \"median\": %llu, \"p99\": %llu, \"max\": %llu}",
		  samples->what, samples->clock->name, hz, samples->count, samples->overhead,
		  ticks[LEAST], ticks[MEDIAN], ticks[P99], ticks[MOST]);
}

void samples_report(struct samples *samples)
{
	u64 ticks[FIGURES];

	CHECK_EQ(samples->count, samples->wanted, "%s: samples", samples->what);
	if (!samples->count)
		return;
	sort(samples->ticks, samples->count, sizeof(samples->ticks[0]), compare);
	ticks[LEAST] = samples_min(samples);
	ticks[MEDIAN] = percentile(samples, 50);
	ticks[P99] = percentile(samples, 99);
	ticks[MOST] = percentile(samples, 100);
	CHECK_LT(ticks[MOST], 1ULL << 63, "%s: ticks", samples->what);
	print(samples, ticks, samples->clock->frequency());
	print_json(samples, ticks, samples->clock->frequency());
}
