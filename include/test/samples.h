/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long something takes, as a distribution: the mean of a latency says nothing on
 * the one time in a hundred that somebody waits for.
 *
 *	static struct samples samples;
 *
 *	samples_begin(&samples, "device read", samples_wanted(256));
 *	for (unsigned int i = 0; i < samples.wanted; i++) {
 *		u64 start = samples_now(&samples);
 *
 *		irq_is_enabled(SPI);
 *		samples_add(&samples, samples_now(&samples) - start);
 *	}
 *	samples_report(&samples);
 *
 * What it costs to take such a sample is measured by samples_begin(), taken off each
 * of them, and printed.
 */
#ifndef TEST_SAMPLES_H
#define TEST_SAMPLES_H

#include <base/types.h>

#define SAMPLES_MAX	1000000U	/* 8 MB of memory */

/** struct samples_clock - what time is taken by; of the CPU that asks */
struct samples_clock {
	const char *name;	/* "CNTVCT_EL0" */
	const char *unit;	/* "ticks" */
	/* In program order with what is measured. */
	u64 (*read)(void);
	/* Ticks a second; 0 where nobody knows, and there are no nanoseconds then. */
	u64 (*frequency)(void);
};

/** samples_counter - the system counter, which all CPUs share; used unless told otherwise */
extern const struct samples_clock samples_counter;

/** struct samples - static, as its memory stays with it */
struct samples {
	const char *what;
	const struct samples_clock *clock;
	unsigned int wanted;	/* how many there are to be */
	unsigned int count;	/* how many there are */
	unsigned int room;	/* how many @ticks holds */
	u64 overhead;		/* taken off each of them */
	u64 *ticks;
};

/** samples_wanted() - how many to take: @usual, or what the word samples= says */
unsigned int samples_wanted(unsigned int usual);

/**
 * samples_begin() - have none yet, by the system counter
 * @what: lives on; no colon, no quote
 * @wanted: how many there are to be, SAMPLES_MAX at most
 *
 * Measures what taking one costs: the least of some that have nothing to measure. An
 * ERROR of the case where there is no memory for @wanted.
 */
void samples_begin(struct samples *samples, const char *what, unsigned int wanted);

/** samples_begin_by() - the same by another clock, which the CPU that takes them reads */
void samples_begin_by(struct samples *samples, const struct samples_clock *clock,
		      const char *what, unsigned int wanted);

/**
 * samples_keep_overhead() - take nothing off
 *
 * For a time that has one reading of the clock at its end alone: it begins where a timer
 * was set to, or with the reading of another CPU.
 */
void samples_keep_overhead(struct samples *samples);

/** samples_now() - the clock, now */
static inline u64 samples_now(const struct samples *samples)
{
	return samples->clock->read();
}

/** samples_add() - one of @ticks of its clock; beyond samples->wanted it is dropped */
void samples_add(struct samples *samples, u64 ticks);

/**
 * samples_report() - print minimum, median, 99th percentile and maximum, for people and programs
 * @samples: sorted afterwards
 *
 * Two comments, "latency: ..." and "json: {...}": docs/output.md. As many as
 * samples->wanted must be there: a failed check otherwise, and where time ran backwards.
 * Under QEMU's -icount shift=4 a tick of its counter, 16 ns, is an instruction.
 */
void samples_report(struct samples *samples);

/** samples_min() - of what samples_report() has sorted, in ticks; 0 without any */
u64 samples_min(const struct samples *samples);

#endif
