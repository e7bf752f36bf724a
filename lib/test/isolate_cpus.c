// SPDX-License-Identifier: BSD-2-Clause
#include "isolate_cpus.h"
#include <base/compiler.h>
#include <base/errno.h>
#include <core/cpu.h>
#include <core/lock.h>
#include <asm/exception.h>
#include <asm/mmu_off.h>
#include "isolate.h"
#include "recover.h"
#include "shield.h"

/* For a CPU that is still at work when its case is over. */
#define GRACE_US	200000ULL

static struct cpu_mask online RUNNER_DATA;
static u32 sequence[CONFIG_NR_CPUS];

void isolate_cpus_begin(void)
{
	for (unsigned int i = 1; i < cpu_count(); i++) {
		if (cpu_is_online(i))
			cpu_mask_set(&online, i);
		else
			cpu_mask_clear(&online, i);
		sequence[i] = cpu_get(i)->sequence;
	}
}

static void enable_mmu(void *unused __unused)
{
	if (!mmu_is_on())
		mmu_enable();
}

static void disable_mmu(void *unused __unused)
{
	if (mmu_is_on())
		mmu_disable();
}

void isolate_cpus_mmu(bool on)
{
	if (cpu_count() > 1)
		cpu_call_others(on ? enable_mmu : disable_mmu, NULL, CPU_CALL_TIMEOUT_US);
}

/* Nobody is to wait for what will not come: of the calling CPU, or of one that is lost. */
static void release_locks(struct test_record *record, unsigned int index)
{
	const char *name = spin_release_left(index);

	if (name && record)
		isolate_say(record, "CPU %u held the lock %s", index, name);
}

/* Says what the case has lost; on that CPU there is nothing more to be done. */
static void report_lost(struct test_record *record, const struct cpu *cpu)
{
	record_fold(record, VERDICT_FAIL, "CPU %u (MPIDR 0x%llx) did not come back", cpu->index,
		    cpu->mpidr);
	isolate_say(record, "CPU %u (MPIDR 0x%llx, %s) did not come back: the run goes on without it",
		    cpu->index, cpu->mpidr, cpu->origin);
	release_locks(record, cpu->index);
	recover_want("a CPU was lost");
}

static void switch_on(struct test_record *record, const struct cpu *cpu)
{
	int ret = cpu_on(cpu->index);

	isolate_say(record, "CPU %u (MPIDR 0x%llx) was off%s%s", cpu->index, cpu->mpidr,
		    ret ? " and cannot be switched on again: " : "", ret ? errno_name(ret) : "");
	if (ret)
		record_fold(record, VERDICT_FAIL, "CPU %u (MPIDR 0x%llx) cannot be switched on again: %s",
			    cpu->index, cpu->mpidr, errno_name(ret));
}

static void check_presence(struct test_record *record, unsigned int index)
{
	const struct cpu *cpu = cpu_get(index);

	if (cpu->pending && cpu_call_wait(index, GRACE_US) != -ETIMEDOUT)
		isolate_say(record, "CPU %u (MPIDR 0x%llx) was still at work", index, cpu->mpidr);
	if (cpu->state == CPU_ONLINE)
		return;
	if (cpu->state == CPU_LOST && !cpu_recover(index))
		isolate_say(record, "CPU %u (MPIDR 0x%llx) came back late", index, cpu->mpidr);
	else if (cpu->state == CPU_LOST)
		report_lost(record, cpu);
	else
		switch_on(record, cpu);
}

/* On the CPU itself, which has a record of its own for this case. */
static void check_state(void *arg)
{
	bool mmu_on = arg, found = mmu_is_on();
	struct test_record *record = record_current();
	bool daif_left = cpu_daif_was_left();

	exception_reset_handlers();
	if (found != mmu_on && mmu_on)
		mmu_enable();
	else if (found != mmu_on)
		mmu_disable();
	release_locks(record, cpu_this());
	if (!record)
		return;
	if (found != mmu_on)
		isolate_say(record, "its MMU was %s", found ? "on" : "off");
	if (daif_left)
		isolate_say(record, "its interrupts were masked otherwise (DAIF)");
	isolate_check_cpu(record);
}

/* Those that were not asked for anything are as they were. */
void isolate_cpus_end(struct test_record *record, bool mmu_on)
{
	struct cpu_mask used = { 0 };
	bool any = false;

	for (unsigned int i = 1; i < cpu_count(); i++) {
		if (!cpu_mask_test(&online, i))
			continue;
		check_presence(record, i);
		if (cpu_get(i)->sequence == sequence[i] || !cpu_is_online(i))
			continue;
		cpu_mask_set(&used, i);
		any = true;
	}
	if (any)
		cpu_call_mask(&used, check_state, mmu_on ? (void *)1 : NULL, CPU_CALL_TIMEOUT_US);
}
