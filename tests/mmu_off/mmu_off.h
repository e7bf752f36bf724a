/* SPDX-License-Identifier: BSD-2-Clause */
/* The suite mmu_off: its cases, and what they share. */
#ifndef TESTS_MMU_OFF_H
#define TESTS_MMU_OFF_H

#include <base/types.h>
#include <asm/mmu_off.h>
#include <test/test.h>

/* Off, and that it is so; or the case ends. */
void go_off(void);
void go_on(void);

/* Words of a pattern that differs by place and seed. */
void pattern_write(u64 *words, size_t count, u64 seed);
bool pattern_holds(const u64 *words, size_t count, u64 seed);

/* Write on each side, and hold what is read on the other against it. */
void round_trip(u64 *words, size_t count);

/* regions.c */
void data_is_the_same_on_both_sides(void);
void bss_is_the_same_on_both_sides(void);
void stack_is_the_same_on_both_sides(void);
void heap_is_the_same_on_both_sides(void);
void pages_are_the_same_on_both_sides(void);
void pages_allocated_without_the_mmu_stay(void);
void code_written_on_one_side_runs_on_the_other(void);
void map_can_be_changed_without_the_mmu(void);

/* state.c */
void registers_are_as_meant(void);
void interrupt_masks_stay(void);
void second_call_changes_nothing(void);
void wrong_ranges_are_refused(void);
void cost_is_that_of_what_is_in_use(void);
void exceptions_come_without_the_mmu(void);
void unaligned_access_faults_without_the_mmu(void);
void time_passes_without_the_mmu(void);
void console_prints_without_the_mmu(void);

/* cpus.c */
void each_cpu_goes_off_and_on(void);
void cpu_alone_reads_what_was_just_written(void);
void cpus_without_the_mmu_take_calls(void);
void all_cpus_go_off_and_on(void);
void lock_holds_without_the_mmu(void);
void cpu_starts_without_the_mmu(void);

#endif
