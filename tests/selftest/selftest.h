/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_SELFTEST_H
#define TESTS_SELFTEST_H

/** selftest_exits() - how often the exit() of the suite "selftest" ran */
unsigned int selftest_exits(void);

/** selftest_init_exits() - how often exit() ran behind an init() that failed */
unsigned int selftest_init_exits(void);

#endif
