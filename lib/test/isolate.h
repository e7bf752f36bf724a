/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a case holds of the machine and may leave behind: the MMU's state, control
 * registers, vectors, masks, interrupts, other CPUs. It is put back before the
 * next case runs, and said: a case that leaves something is an ERROR at least, for
 * all behind it would run on another machine.
 */
#ifndef LIB_TEST_ISOLATE_H
#define LIB_TEST_ISOLATE_H

#include <core/irq.h>
#include "record.h"

/** isolate_run_begin() - this is how everything is to be; before the first case */
void isolate_run_begin(void);

/**
 * isolate_case_begin() - which CPUs are there, for isolate_case_end()
 * @requests: whose are the interrupts that it will request
 * @ends: those of whom are dropped at its end
 */
void isolate_case_begin(enum irq_scope requests, enum irq_scope ends);

/**
 * isolate_mmu() - put the MMU into the state that a case wants, or back into the run's
 * @off: wanted off; false: as the run has it
 * @all: on all CPUs
 */
void isolate_mmu(bool off, bool all);

/**
 * isolate_case_end() - look for what is not as it was, put it back, say so
 * @record: of the case
 * @mmu_off: the case was to run, and to end, with the MMU off
 * @all: on all CPUs
 */
void isolate_case_end(struct test_record *record, bool mmu_off, bool all);

/** isolate_check_cpu() - likewise the registers and interrupts of the CPU that asks, not the boot CPU */
void isolate_check_cpu(struct test_record *record);

/** isolate_say() - something had to be put back; with printf arguments */
void isolate_say(struct test_record *record, const char *fmt, ...) __printf(2, 3);

#endif
