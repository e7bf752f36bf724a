/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long something takes, as a distribution: the mean of a latency says nothing on
 * the one time in a hundred that somebody waits for.
 *
 *	static struct samples samples;
 *
 *	samples_begin(&samples, "device read");
 *	for (unsigned int i = 0; i < 64; i++) {
 *		u64 start = time_ticks();
 *
 *		irq_is_enabled(SPI);
 *		samples_add(&samples, time_ticks() - start);
 *	}
 *	samples_report(&samples, 64);
 */
#ifndef TEST_SAMPLES_H
#define TEST_SAMPLES_H

#include <base/types.h>

#define SAMPLES_MAX	256U

/** struct samples - in memory of the caller, static for its size */
struct samples {
	const char *what;
	unsigned int count;
	u64 ticks[SAMPLES_MAX];
};

/** samples_begin() - have none yet; @what lives on and has no colon */
void samples_begin(struct samples *samples, const char *what);

/** samples_add() - one of @ticks of the system counter; beyond SAMPLES_MAX it is dropped */
void samples_add(struct samples *samples, u64 ticks);

/**
 * samples_report() - print minimum, median, 99th percentile and maximum as a comment
 * @samples: sorted afterwards
 * @expected: how many there must be: a failed check otherwise, and where time ran backwards
 *
 * "latency: WHAT: N samples, MIN MEDIAN P99 MAX ticks, MIN MEDIAN P99 MAX ns". Under
 * QEMU's -icount shift=4 a tick of its counter, 16 ns, is an instruction.
 */
void samples_report(struct samples *samples, unsigned int expected);

/** samples_min() - of what samples_report() has sorted, in ticks; 0 without any */
u64 samples_min(const struct samples *samples);

#endif
