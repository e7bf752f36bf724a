/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite bench. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <base/kconfig.h>
#include <core/time.h>
#include <test/samples.h>
#include <test/test.h>

/* Of what takes no longer than some microseconds; of what is waited for. */
#define MANY	256U
#define SOME	128U	/* fewer, and the 99th percentile is the maximum */
#define FEW	32U	/* of what takes 10 ms each */

/* The best of none of these comes near; a machine whose does is broken. */
#define BOUND_US	100000ULL

/** bench_judge() - report, and check the best against BOUND_US */
void bench_judge(struct samples *samples);

/** bench_judge_within() - the same against another bound */
void bench_judge_within(struct samples *samples, u64 us);

#if IS_ENABLED(CONFIG_TEST_BENCH_CYCLES)

/** bench_cycles_begin() - have this CPU count its cycles; NULL where it cannot */
const struct samples_clock *bench_cycles_begin(void);

/** bench_cycles_end() - no longer */
void bench_cycles_end(void);

#else

static inline const struct samples_clock *bench_cycles_begin(void)
{
	return NULL;
}

static inline void bench_cycles_end(void)
{
}

#endif

/* exceptions.c */
void counter_read(void);
void exception_and_return(void);
void firmware_call(void);
void device_read(void);
void end_of_interrupt(void);

/* timers.c */
void timer_interrupt(void);
void timer_wake_up(void);
void timer_10_ms(void);

/* lpi.c */
void lpi(void);

/* console.c */
void console_line(void);

/* cpus.c */
void ipi(void);
void call_of_a_cpu(void);

#endif
