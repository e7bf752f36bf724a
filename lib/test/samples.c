// SPDX-License-Identifier: BSD-2-Clause
#include <base/sort.h>
#include <core/time.h>
#include <test/samples.h>
#include <test/test.h>

void samples_begin(struct samples *samples, const char *what)
{
	samples->what = what;
	samples->count = 0;
}

void samples_add(struct samples *samples, u64 ticks)
{
	if (samples->count < SAMPLES_MAX)
		samples->ticks[samples->count++] = ticks;
}

static int compare(const void *a, const void *b)
{
	u64 first = *(const u64 *)a, second = *(const u64 *)b;

	return first < second ? -1 : first > second;
}

/* The smallest one that @percent of all do not pass: by nearest rank. */
static u64 percentile(const struct samples *samples, unsigned int percent)
{
	unsigned int rank = (samples->count * percent + 99) / 100;

	return samples->count ? samples->ticks[rank ? rank - 1 : 0] : 0;
}

u64 samples_min(const struct samples *samples)
{
	return percentile(samples, 0);
}

/* In two steps as in core/time.h; a tick is a nanosecond or more nearly everywhere. */
static u64 ns_of(u64 ticks)
{
	u64 hz = time_frequency();

	return hz ? ticks / hz * 1000000000 + ticks % hz * 1000000000 / hz : 0;
}

void samples_report(struct samples *samples, unsigned int expected)
{
	u64 min, median, p99, max;

	CHECK_EQ(samples->count, expected, "%s: samples", samples->what);
	if (!samples->count)
		return;
	sort(samples->ticks, samples->count, sizeof(samples->ticks[0]), compare);
	min = samples_min(samples);
	median = percentile(samples, 50);
	p99 = percentile(samples, 99);
	max = percentile(samples, 100);
	/* Time that ran backwards is a difference just below 2^64. */
	CHECK_LT(max, 1ULL << 63, "%s: ticks", samples->what);
	test_diag("latency: %s: %u samples, %llu %llu %llu %llu ticks, %llu %llu %llu %llu ns",
		  samples->what, samples->count, min, median, p99, max, ns_of(min), ns_of(median),
		  ns_of(p99), ns_of(max));
}
