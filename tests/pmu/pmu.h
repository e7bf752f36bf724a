/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite pmu. */
#ifndef TESTS_PMU_H
#define TESTS_PMU_H

#ifndef __ASSEMBLER__
#include <base/compiler.h>
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/time.h>
#include <asm/cpu.h>
#include <drivers/pmu.h>
#include <test/test.h>

/* Turns of pmu_loop(): long enough for every counter to move, far from any end but a near one. */
#define TURNS		100ULL
#define INSTRUCTIONS	(TURNS * PMU_LOOP_INSTRUCTIONS)
/* A counter this far below its end wraps within TURNS, whatever it counts once a turn. */
#define MARGIN		(TURNS / 2)
#define BEFORE_WRAP_32	(0x100000000ULL - MARGIN)
#define BEFORE_WRAP_64	(0ULL - MARGIN)
/* The longest that an interrupt which is due takes to come. */
#define SOON_US		10000ULL

/* A counter's bit in every set. */
#define COUNTER(n)	BIT(n)
#define CYCLES		COUNTER(PMU_CYCLES)

/** struct width - at how many bits event counters overflow */
struct width {
	const char *name;
	u64 control;		/* of PMCR_EL0 */
	u64 before_wrap;
	u64 mask;		/* of a counter's value */
};

extern const struct width pmu_widths[2];

/** pmu_begin() - the PMU as it is after pmu_reset(), MDCR_EL2 as it was before the suite */
void pmu_begin(void);

/** needs_counters() - SKIP() on a CPU with less than @n event counters; pmu_begin() otherwise */
void needs_counters(unsigned int n);

/** needs_event() - SKIP() where PMCEID0_EL0 and PMCEID1_EL0 do not tell of it */
void needs_event(unsigned int event, const char *name);

/** needs_long_counters() - SKIP() without FEAT_PMUv3p5 */
void needs_long_counters(void);

/** pmu_count() - a counter's value after a loop, from 0, with nothing else running */
u64 pmu_count(unsigned int n, u64 type, u64 control);

/* describe.c */
void counters_are_enough(void);
void required_events_are_there(void);
void cache_and_branch_events_are_there(void);
void event_bits_fit_the_version(void);

/* registers.c */
void number_of_counters_is_read_only(void);
void counters_keep_their_type(void);
void counters_keep_their_value(void);
void sets_have_a_bit_for_each_counter(void);
void resets_clear_only_their_own(void);

/* count.c */
void cycle_counter_is_monotonic(void);
void cycles_per_instruction_are_plausible(void);
void cycle_counter_divides_by_64(void);
void every_counter_counts_cycles(void);
void instructions_are_counted(void);
void events_count_what_runs(void);
void unimplemented_event_counts_nothing(void);
void stopped_counters_stand_still(void);

/* wrap.c */
void cycle_counter_wraps_where_it_is_told(void);
void counters_wrap_at_32_bits(void);
void counters_wrap_at_64_bits(void);

/* memory.c */
void memory_accesses_are_counted(void);
void memory_accesses_are_counted_in_64_bits(void);
void memory_accesses_are_counted_each_time(void);
void memory_accesses_are_counted_each_time_in_64_bits(void);

/* software.c */
void software_increments_are_counted(void);
void software_increments_need_their_enables(void);
void software_increments_wrap_at_32_bits(void);
void software_increments_wrap_at_64_bits(void);

/* chain.c */
void chained_counters_count(void);
void chained_software_increments_count(void);
void chain_comes_and_goes(void);

/* filter.c */
void own_level_is_left_out(void);
void el0_is_left_out(void);
void el0_reaches_what_it_may(void);

/* el0.c */

/** enum el0_code - what can run at EL0, see el0_code.S */
enum el0_code {
	EL0_LOOP, EL0_READ_CYCLES, EL0_READ_COUNTER, EL0_INCREMENT, EL0_READ_CONTROL, EL0_CODES,
};

/**
 * pmu_el0_run() - run one of them
 * @x0: what it is given
 * @result: filled with what it left in x0
 *
 * Return: ESR's class of what came back: EC_SVC when it got to its end.
 */
unsigned int pmu_el0_run(enum el0_code code, u64 x0, u64 *result);

/** pmu_el0_unmap() - take away what pmu_el0_run() has mapped */
void pmu_el0_unmap(void);

/* hyp.c */
void reserved_counters_have_their_own_enable(void);
void reserved_counters_are_hidden(void);
void reserved_counters_interrupt_by_their_own_enable(void);
void event_counting_at_el2_is_prohibited(void);
void cycle_counting_at_el2_is_prohibited(void);

/* interrupt.c */

/** struct overflows - what the interrupts of a CPU's PMU came to */
struct overflows {
	u32 intid;
	u32 count;
	u32 after;		/* of no overflow, behind one that had been */
	u64 flags;		/* overflows that were there when the first one came */
};

/** pmu_overflows_request() - have those of a CPU, enabled where that calls; SKIP() without */
void pmu_overflows_request(struct overflows *overflows, unsigned int cpu);

/** pmu_overflows_release() - give them back, disabled on this CPU */
void pmu_overflows_release(struct overflows *overflows);

/** pmu_overflows_came() - wait for one; takes what is pending where interrupts are masked */
bool pmu_overflows_came(const struct overflows *overflows);

void overflow_interrupts(void);
void long_overflow_interrupts(void);
void software_overflow_interrupts(void);
void chained_overflow_interrupts(void);
void overflow_without_its_enable_is_silent(void);
void stopped_pmu_is_silent(void);
void interrupt_follows_the_enable(void);
void interrupt_lasts_as_long_as_its_overflow(void);

/* interrupt_each.c */
void every_cpu_has_an_interrupt(void);
void every_cpu_is_interrupted(void);
#endif

#define EL0_SVC		0x0e20	/* immediate of the SVC that ends what runs at EL0 */

#endif
