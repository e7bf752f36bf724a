/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of isolate.c that is about the timers of the CPUs. */
#ifndef LIB_TEST_ISOLATE_TIMERS_H
#define LIB_TEST_ISOLATE_TIMERS_H

#include "record.h"

/**
 * isolate_timers() - stop every timer of the calling CPU that a case has left running
 * @record: of the case
 *
 * Its interrupt would be another case's: it stays asserted for as long as the timer runs.
 */
void isolate_timers(struct test_record *record);

#endif
