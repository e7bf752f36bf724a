/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite smp. */
#ifndef TESTS_SMP_H
#define TESTS_SMP_H

#include <core/boot.h>
#include <core/cpu.h>
#include <test/test.h>

/* Deadline of a call that only reads something; a host may have more CPUs to run than it has. */
#define CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 20000ULL)

/* described.c */
void described_cpus_run(void);
void boot_cpu_is_described(void);
void mpidrs_are_as_described(void);

/* alike.c */
void id_registers_are_equal(void);
void control_registers_are_equal(void);
void exception_levels_are_equal(void);
void counters_agree(void);

/* calls.c */
void call_reaches_one(void);
void call_reaches_some(void);
void call_reaches_all(void);
void calls_run_side_by_side(void);
void stacks_are_their_own(void);
void exception_comes_back_to_caller(void);
void stack_overflow_comes_back_to_caller(void);
void misuse_is_refused(void);

/* deadlines.c */
void deadline_loses_a_cpu(void);
void lost_cpu_comes_back(void);

/* start.c */
void entry_state_is_as_promised(void);
void context_arrives(void);
void running_cpu_is_already_on(void);
void off_and_on_again(void);

#endif
