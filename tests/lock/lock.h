/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite lock. */
#ifndef TESTS_LOCK_H
#define TESTS_LOCK_H

#include <core/cpu.h>
#include <core/lock.h>
#include <test/test.h>

/* Deadline of a call in which all CPUs wait for each other; a host may have few of them. */
#define LOCK_CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 50000ULL)

/* exclusion.c */
void nothing_is_lost_under_a_lock(void);
void nothing_is_lost_by_trying(void);
void something_is_lost_without_one(void);
void nothing_is_lost_with_all_mmus_off(void);
void something_is_lost_with_all_mmus_off(void);

/* order.c */
void first_come_first_served(void);
void first_come_first_served_with_all_mmus_off(void);
void held_lock_is_not_had_by_trying(void);
void held_lock_is_not_had_by_trying_with_all_mmus_off(void);
void stuck_lock_is_given_up(void);
void lock_left_behind_is_taken_over(void);

/* lock.c: run with the MMU of every CPU off, and back; REQUIREs that it works */
void with_all_mmus_off(void (*fn)(void));

#endif
