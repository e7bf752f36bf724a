/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite bench. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <core/time.h>
#include <test/samples.h>
#include <test/test.h>

/* Of what takes no longer than some microseconds; of what is waited for. */
#define MANY	256U
#define SOME	128U	/* fewer, and the 99th percentile is the maximum */

/* The best of none of these comes near; a machine whose does is broken. */
#define BOUND_US	100000ULL

/** bench_judge() - report, and check the best against BOUND_US */
void bench_judge(struct samples *samples, unsigned int expected);

/* exceptions.c */
void counter_read(void);
void exception_and_return(void);
void firmware_call(void);
void device_read(void);

/* timers.c */
void timer_interrupt(void);
void timer_wake_up(void);

/* console.c */
void console_line(void);

/* cpus.c */
void ipi(void);
void call_of_a_cpu(void);

#endif
