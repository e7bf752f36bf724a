// SPDX-License-Identifier: BSD-2-Clause
/* How firmware starts CPUs, and stops them. */
#include <base/errno.h>
#include <core/time.h>
#include <drivers/psci.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include "smp.h"

#define DAIF_MASKED	0x3c0ULL

void entry_state_is_as_promised(void)
{
	const struct entry_state *boot = &boot_info_get()->entry;
	unsigned int i;

	cpu_for_each_online(i) {
		const struct entry_state *entry = cpu_entry_state(i);

		if (!entry)
			continue;
		CHECK_EQ(entry->currentel >> 2 & 3, (u64)entry_state_el(boot), "EL of CPU %u", i);
		CHECK_EQ(entry->daif & DAIF_MASKED, DAIF_MASKED, "DAIF of CPU %u", i);
		CHECK_EQ(entry->sctlr & (SCTLR_M | SCTLR_C), 0ULL, "SCTLR of CPU %u", i);
		CHECK_EQ(entry->cntfrq, boot->cntfrq, "CNTFRQ_EL0 of CPU %u", i);
		if (entry_state_el(boot) == 2)
			CHECK_EQ(entry->cntvoff, boot->cntvoff, "CNTVOFF_EL2 of CPU %u", i);
	}
}

void context_arrives(void)
{
	unsigned int i, n;

	cpu_for_each_online(i) {
		const struct entry_state *entry = cpu_entry_state(i);

		if (!entry)
			continue;
		if (!cpu_get(i)->ops->no_context) {
			CHECK_EQ(entry->x[0], cpu_context(i), "x0 of CPU %u", i);
			continue;
		}
		for (n = 0; n < ARRAY_SIZE(entry->x); n++)
			CHECK_EQ(entry->x[n], 0ULL, "x%u of CPU %u, from a spin-table", n, i);
	}
}

/* CPUs that can be stopped: the others are no subject of these cases. */
static bool is_stoppable(unsigned int index)
{
	return index && cpu_get(index)->ops->off && cpu_get(index)->ops->affinity;
}

/* 0.1 has no AFFINITY_INFO, and its CPU_ON has no rules for errors. */
static bool has_affinity_info(void)
{
	return psci_version() >= PSCI_VERSION(0, 2);
}

void running_cpu_is_already_on(void)
{
	unsigned int i;
	s64 answer;

	if (!has_affinity_info())
		SKIP("no PSCI of 0.2 or later: no AFFINITY_INFO, and no rules for errors of CPU_ON");
	cpu_for_each_online(i) {
		if (!is_stoppable(i))
			continue;
		CHECK_EQ(cpu_get(i)->ops->affinity(cpu_get(i)), 0, "AFFINITY_INFO of CPU %u", i);
		answer = psci_call(PSCI_FN_64(PSCI_FN_CPU_ON), cpu_get(i)->mpidr, 0, 0);
		/* Its address is bad as well: which of the two is told is free. */
		CHECK(answer == PSCI_ALREADY_ON || answer == PSCI_INVALID_ADDRESS,
		      "CPU_ON of CPU %u: %lld", i, answer);
	}
}

static void note_time(void *arg)
{
	*(u64 *)arg = time_ticks();
}

/* One round of one CPU; false when it is not worth going on. */
static bool cycle(unsigned int index)
{
	struct cpu *cpu = cpu_get(index);
	u64 begin = time_ticks(), there = 0;

	if (!CHECK_EQ(cpu_off(index), 0, "CPU %u off", index))
		return false;
	CHECK_EQ(cpu->ops->affinity(cpu), 1, "AFFINITY_INFO of CPU %u", index);
	CHECK_EQ(cpu_call(index, note_time, &there, CALL_US), -ENODEV, "CPU %u is off", index);
	if (!CHECK_EQ(cpu_on(index), 0, "CPU %u on: %s", index, cpu->why ? cpu->why : ""))
		return false;
	CHECK_EQ(cpu->ops->affinity(cpu), 0, "AFFINITY_INFO of CPU %u", index);
	CHECK_EQ(cpu_call(index, note_time, &there, CALL_US), 0, "CPU %u", index);
	return CHECK_GT(there, begin, "CPU %u ran what it was called for", index);
}

/*
 * The first of them as often as it takes to show what firmware forgets or piles up with
 * each round; the others, for what is wrong with one place only. Of hundreds, some.
 */
#define CYCLES_FIRST	100U
#define CYCLES_EACH	8U
#define CYCLED_CPUS	128U

void off_and_on_again(void)
{
	unsigned int i, n, step = (cpu_count() + CYCLED_CPUS - 1) / CYCLED_CPUS;
	unsigned int rounds, tried = 0;
	u64 begin = time_ticks();

	if (!has_affinity_info())
		SKIP("no PSCI of 0.2 or later: no AFFINITY_INFO, to tell when a CPU is off");
	cpu_for_each_online(i) {
		if (!is_stoppable(i) || i % step)
			continue;
		rounds = tried++ ? CYCLES_EACH : CYCLES_FIRST;
		for (n = 0; n < rounds && cycle(i); n++)
			;
		CHECK_EQ(n, rounds, "rounds of CPU %u", i);
	}
	if (!tried)
		SKIP("no CPU can be switched off by the way it is started");
	test_diag("%u CPUs, %llu us", tried, time_ticks_to_us(time_ticks() - begin));
}
