// SPDX-License-Identifier: BSD-2-Clause
/*
 * CPUs that go off and on: each one's state by AFFINITY_INFO, and what comes of it
 * when all others start one CPU at the same time. It is started outside of the
 * image's own way in, at a few instructions that wait to be let go of and switch it
 * off again: while the race goes on it is on, whoever won.
 */
#include <asm/cache.h>
#include <asm/lock.h>
#include <asm/secondary.h>
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/time.h>
#include "psci.h"

#define AFFINITY_ON	0
#define AFFINITY_OFF	1
#define CALL_US		(CPU_CALL_TIMEOUT_US + cpu_count() * 20000ULL)
#define OFF_US		2000000ULL
#define RACES		8U

static struct psci_visit visit __aligned(MMUOFF_ALIGN);

/* What CPU_ON returned to each. */
static s64 answers[CONFIG_NR_CPUS];
static u64 target;
static u32 go;

static void need_cpus(unsigned int wanted)
{
	if (psci_version() < PSCI_VERSION(0, 2))
		SKIP("PSCI 0.1 has no AFFINITY_INFO, and its CPU_ON has no rules for errors");
	if (cpu_online_count() < wanted)
		SKIP("%u CPUs run, it takes %u", cpu_online_count(), wanted);
}

static s64 affinity(u64 mpidr)
{
	return psci_call(PSCI_FN_64(PSCI_FN_AFFINITY_INFO), mpidr, 0, 0);
}

static bool is_psci(unsigned int index)
{
	return index && cpu_is_online(index) && cpu_get(index)->ops->off;
}

static void start_target(void *unused)
{
	struct time_bound bound = time_bound_start(CALL_US);

	(void)unused;
	while (!READ_ONCE(go) && !time_bound_passed(&bound))
		cpu_relax();
	answers[cpu_this()] = psci_call(PSCI_FN_64(PSCI_FN_CPU_ON), target, (u64)psci_visit_entry,
					(u64)&visit);
}

static void judge_answers(unsigned int index)
{
	unsigned int i, won = 0;

	cpu_for_each_online(i) {
		if (answers[i] == PSCI_SUCCESS)
			won++;
		else
			CHECK(answers[i] == PSCI_ALREADY_ON || answers[i] == PSCI_ON_PENDING,
			      "CPU_ON of CPU %u, by CPU %u: %lld", index, i, answers[i]);
	}
	CHECK_EQ(won, 1U, "SUCCESS of CPU_ON of CPU %u, by %u CPUs at once", index,
		 cpu_online_count());
}

/* All but @index, which is off, and is off again behind it. */
static void race(unsigned int index)
{
	unsigned int i;

	target = cpu_get(index)->mpidr;
	arch_cpu_write_word(&visit.let_go, 0);
	WRITE_ONCE(go, 0);
	dmb(sy);
	cpu_for_each_online(i)
		if (i)
			CHECK_EQ(cpu_call_start(i, start_target, NULL), 0, "CPU %u", i);
	WRITE_ONCE(go, 1);
	dmb(sy);
	start_target(NULL);
	cpu_for_each_online(i)
		if (i)
			CHECK_EQ(cpu_call_wait(i, CALL_US), 0, "CPU %u", i);
	judge_answers(index);
	CHECK_EQ(wait_until(affinity(target) == AFFINITY_ON, OFF_US), 0,
		 "CPU %u: AFFINITY_INFO says %lld, and not that it is on", index, affinity(target));
	arch_cpu_write_word(&visit.let_go, 1);
	arch_cpu_signal();
	CHECK_EQ(wait_until(affinity(target) == AFFINITY_OFF, OFF_US), 0,
		 "CPU %u: AFFINITY_INFO says %lld, and not that it is "
		 "off", index, affinity(target));
}

/* What it runs, and reads, with its MMU off. */
static void prepare_visit(void)
{
	arch_cpu_write_word(&visit.use_smc, smccc_conduit() == SMCCC_CONDUIT_SMC);
	arch_cpu_write_word(&visit.cpu_off, PSCI_FN_CPU_OFF);
	cache_clean_poc(psci_visit_entry, psci_visit_end - psci_visit_entry);
}

void cpu_on_race_has_one_winner(void)
{
	unsigned int i, races = 0;

	need_cpus(3);
	prepare_visit();
	for (i = 1; i < cpu_count() && races < RACES; i++) {
		if (!is_psci(i))
			continue;
		REQUIRE_EQ(cpu_off(i), 0, "CPU %u off", i);
		race(i);
		races++;
		REQUIRE_EQ(cpu_on(i), 0, "CPU %u on: %s", i,
			   cpu_get(i)->why ? cpu_get(i)->why : "");
	}
	if (!races)
		SKIP("no CPU is started by PSCI");
}

/* Off all at one time, and then on again. */
void all_others_go_off_and_come_back(void)
{
	static bool was_on[CONFIG_NR_CPUS];
	unsigned int i, count = 0;

	need_cpus(2);
	for (i = 1; i < cpu_count(); i++) {
		was_on[i] = is_psci(i);
		if (was_on[i])
			CHECK_EQ(cpu_off(i), 0, "CPU %u off", i);
		count += was_on[i];
	}
	if (!count)
		SKIP("no CPU is started by PSCI");
	for (i = 1; i < cpu_count(); i++)
		if (was_on[i])
			CHECK_EQ(affinity(cpu_get(i)->mpidr), (s64)AFFINITY_OFF, "CPU %u", i);
	CHECK_EQ(affinity(cpu_get(0)->mpidr), (s64)AFFINITY_ON, "the boot CPU");
	for (i = 1; i < cpu_count(); i++) {
		if (!was_on[i])
			continue;
		CHECK_EQ(cpu_on(i), 0, "CPU %u on: %s", i, cpu_get(i)->why ? cpu_get(i)->why : "");
		CHECK_EQ(affinity(cpu_get(i)->mpidr), (s64)AFFINITY_ON, "CPU %u", i);
	}
}
