/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a case ends that breaks something while boot services live. Where all code between
 * it and the runner is the image's it is left, as later cases are. Where the firmware is
 * between, nobody leaves it: the case is given up by a reset.
 */
#ifndef LIB_TEST_EARLY_GUARD_H
#define LIB_TEST_EARLY_GUARD_H

#include "record.h"

/**
 * early_guard_begin() - a case begins: exceptions are ours, interrupts the firmware's
 * @record: of the case
 * @limit_us: its deadline, 0: none
 */
void early_guard_begin(struct test_record *record, u64 limit_us);

/** early_guard_end() - it has ended: the firmware's vectors are back */
void early_guard_end(void);

/**
 * early_guard_leave() - a check wants to leave the case
 * @record: of the case
 *
 * Returns where that may be; else the machine is reset.
 */
void early_guard_leave(const struct test_record *record);

#endif
