/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite rtc. */
#ifndef TESTS_RTC_H
#define TESTS_RTC_H

#include <drivers/pl031.h>
#include <test/sleep.h>
#include <test/test.h>

/* A second of the clock, and what a poor one may be off. */
#define TICK_US		1100000ULL

#endif
