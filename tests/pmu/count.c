// SPDX-License-Identifier: BSD-2-Clause
/* Counting: what counters come to while a loop of known length runs. */
#include "pmu.h"

#define READS		200U
/* No core is known to retire more at once; and uncached, from far memory, one takes hundreds. */
#define MOST_A_CYCLE	16ULL
#define MOST_CYCLES	2000ULL
/*
 * Cycles by which two counters may start or stop apart: some, and a part of all where an
 * emulator takes a clock of its host's for each, one after the other.
 */
#define CYCLES_APART	64ULL
#define PART_APART	4ULL
#define DIVIDER		64ULL
#define TRIES		5U

void cycle_counter_is_monotonic(void)
{
	u64 first, before, now;

	pmu_begin();
	pmu_enable(CYCLES);
	pmu_set_control(PMCR_E | PMCR_LC);
	first = before = now = pmu_read(PMU_CYCLES);
	for (unsigned int i = 0; i < READS; i++, before = now) {
		now = pmu_read(PMU_CYCLES);
		if (now < before)
			break;
	}
	pmu_reset();
	CHECK_GE(now, before, "PMCCNTR_EL0, read after the other");
	CHECK_GT(now, first, "PMCCNTR_EL0 after %u reads", READS);
}

static u64 cycles_of(u64 control, u64 turns)
{
	u64 least = ~0ULL;

	for (unsigned int i = 0; i < TRIES; i++) {
		pmu_begin();
		pmu_enable(CYCLES);
		pmu_loop(PMCR_E | control, turns);
		least = MIN(least, pmu_read(PMU_CYCLES));
	}
	pmu_reset();
	return least;
}

void cycles_per_instruction_are_plausible(void)
{
	u64 cycles = cycles_of(PMCR_LC, TURNS), twice = cycles_of(PMCR_LC, 2 * TURNS);

	CHECK_GE(cycles, INSTRUCTIONS / MOST_A_CYCLE, "cycles of %llu instructions", INSTRUCTIONS);
	CHECK_LE(cycles, INSTRUCTIONS * MOST_CYCLES, "cycles of %llu instructions", INSTRUCTIONS);
	CHECK_GT(twice, cycles, "cycles of twice as many, the best of %u", TRIES);
	test_diag("cycles of %llu instructions: %llu", INSTRUCTIONS, cycles);
}

/* With PMCR_EL0.LC the divider has no effect; where LC cannot be cleared there is none. */
void cycle_counter_divides_by_64(void)
{
	u64 turns = TURNS * DIVIDER, plain, divided, undivided;

	pmu_begin();
	pmu_set_control(PMCR_D);
	if (pmu_control() & PMCR_LC)
		SKIP("PMCR_EL0.LC is always set: the divider has no effect");
	plain = cycles_of(0, turns);
	divided = cycles_of(PMCR_D, turns);
	undivided = cycles_of(PMCR_D | PMCR_LC, turns);
	CHECK_GE(plain, turns * PMU_LOOP_INSTRUCTIONS / MOST_A_CYCLE, "cycles, not divided");
	CHECK_GE(divided * DIVIDER, plain / 2, "PMCR_EL0.D: cycles, times 64");
	CHECK_LE(divided * DIVIDER, plain * 2 + DIVIDER, "PMCR_EL0.D: cycles, times 64");
	CHECK_GE(undivided, plain / 2, "PMCR_EL0.D and LC: cycles");
}

u64 pmu_count(unsigned int n, u64 type, u64 control)
{
	u64 count;

	pmu_write(n, 0);
	pmu_set_type(n, type);
	pmu_enable(COUNTER(n));
	pmu_loop(control, TURNS);
	count = pmu_read(n);
	pmu_disable(COUNTER(n));
	return count;
}

static u64 distance(u64 a, u64 b)
{
	return a > b ? a - b : b - a;
}

/* Both count during one loop. */
static bool count_alike(unsigned int n, u64 *events, u64 *cycles)
{
	pmu_write(PMU_CYCLES, 0);
	pmu_set_type(PMU_CYCLES, 0);
	pmu_enable(CYCLES);
	*events = pmu_count(n, PMU_CPU_CYCLES, PMCR_E | PMCR_LC);
	*cycles = pmu_read(PMU_CYCLES);
	pmu_disable(CYCLES);
	return distance(*events, *cycles) <= MAX(CYCLES_APART, *cycles / PART_APART);
}

void every_counter_counts_cycles(void)
{
	needs_counters(1);
	for (unsigned int n = 0; n < pmu_counters(); n++) {
		u64 events = 0, cycles = 0;
		bool alike = false;

		for (unsigned int i = 0; i < TRIES && !alike; i++)
			alike = count_alike(n, &events, &cycles);
		CHECK_NE(events, 0ULL, "event counter %u: CPU_CYCLES", n);
		CHECK(alike, "event counter %u: CPU_CYCLES %llu, PMCCNTR_EL0 %llu", n, events,
		      cycles);
	}
	pmu_reset();
}

/* An interrupt may come in between: it is not the machine that is then to blame. */
static u64 best_of(unsigned int event)
{
	u64 least = ~0ULL;

	for (unsigned int i = 0; i < TRIES; i++)
		least = MIN(least, pmu_count(0, event, PMCR_E));
	return least;
}

void instructions_are_counted(void)
{
	u64 count;

	needs_counters(1);
	needs_event(PMU_INST_RETIRED, "INST_RETIRED");
	count = best_of(PMU_INST_RETIRED);
	pmu_reset();
	CHECK_GE(count, INSTRUCTIONS, "INST_RETIRED of a loop of that many");
	CHECK_LE(count, INSTRUCTIONS + PMU_LOOP_SLACK, "INST_RETIRED, with what starts and stops");
}

/* A core may fuse the comparison with its branch: one operation of INST_SPEC, if two instructions. */
static const struct {
	const char *name;
	unsigned int event;
	u64 least;
} known[] = {
	{ "LD_RETIRED", PMU_LD_RETIRED, TURNS * PMU_LOOP_LOADS },
	{ "INST_RETIRED", PMU_INST_RETIRED, INSTRUCTIONS },
	{ "BR_IMMED_RETIRED", PMU_BR_IMMED_RETIRED, TURNS * PMU_LOOP_BRANCHES },
	{ "CPU_CYCLES", PMU_CPU_CYCLES, INSTRUCTIONS / MOST_A_CYCLE },
	{ "BR_PRED", PMU_BR_PRED, TURNS * PMU_LOOP_BRANCHES / 2 },
	{ "MEM_ACCESS", PMU_MEM_ACCESS, TURNS * PMU_LOOP_LOADS },
	{ "INST_SPEC", PMU_INST_SPEC, INSTRUCTIONS - TURNS },
	{ "BR_RETIRED", PMU_BR_RETIRED, TURNS * PMU_LOOP_BRANCHES },
};

void events_count_what_runs(void)
{
	needs_counters(1);
	for (unsigned int i = 0; i < ARRAY_SIZE(known); i++) {
		if (!pmu_has_event(known[i].event))
			continue;
		CHECK_GE(best_of(known[i].event), known[i].least,
			 "event 0x%x (%s) of a loop of %llu turns", known[i].event, known[i].name,
			 TURNS);
	}
	pmu_reset();
}

void unimplemented_event_counts_nothing(void)
{
	unsigned int event = 1;

	needs_counters(1);
	while (event < PMU_EVENTS && pmu_has_event(event))
		event++;
	if (event == PMU_EVENTS)
		SKIP("every event below 0x40 is there");
	CHECK_EQ(pmu_count(0, event, PMCR_E), 0ULL,
		 "event 0x%x, of which PMCEID%u_EL0 0x%llx does not tell", event, event / 32,
		 pmu_event_ids(event / 32));
	pmu_reset();
}

void stopped_counters_stand_still(void)
{
	needs_counters(2);
	CHECK_EQ(pmu_count(0, PMU_CPU_CYCLES, 0), 0ULL, "event counter without PMCR_EL0.E");
	CHECK_EQ(pmu_count(PMU_CYCLES, 0, PMCR_LC), 0ULL, "cycle counter without PMCR_EL0.E");
	pmu_set_type(1, PMU_CPU_CYCLES);
	CHECK_NE(pmu_count(0, PMU_CPU_CYCLES, PMCR_E), 0ULL, "event counter, both enables set");
	CHECK_EQ(pmu_read(1), 0ULL, "event counter whose bit of PMCNTENSET_EL0 is clear");
	CHECK_EQ(pmu_read(PMU_CYCLES), 0ULL, "cycle counter whose bit of PMCNTENSET_EL0 is clear");
	pmu_reset();
}
