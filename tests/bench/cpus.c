// SPDX-License-Identifier: BSD-2-Clause
/*
 * From one CPU to another. The boot CPU sends; the other one loops with interrupts let
 * through. Both look at one counter (smp.counters_agree), so that a time taken
 * there can be compared with one taken here.
 */
#include <base/compiler.h>
#include <base/errno.h>
#include <base/string.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <asm/control_state.h>
#include <asm/lock.h>
#include "bench.h"

#define SGI		6U
#define WAIT_US		1000000ULL
/* The runner has idle CPUs look around each 100 ms: one that only this wakes is lost to calls. */
#define WAKE_US		50000ULL

static struct samples handled, ended, answered;

/* Each has one writer: the receiver, but for stop. */
static struct {
	u32 taken;	/* interrupts that the handler has seen */
	u32 behind;	/* of them, those that are over */
	u64 handler_at;
	u64 behind_at;
	u32 ready;
	u32 stop;
} shared;

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)intid;
	(void)regs;
	(void)arg;
	shared.handler_at = time_ticks();
	WRITE_ONCE(shared.taken, shared.taken + 1);
	return NULL;
}

/* What is interrupted goes on behind the EOI and the return. */
static void receive(void *arg)
{
	struct time_bound bound = time_bound_start(20 * WAIT_US);
	u64 daif = control_daif();

	(void)arg;
	if (irq_enable(SGI))
		return;
	control_irq_unmask();
	WRITE_ONCE(shared.ready, 1);
	while (!READ_ONCE(shared.stop) && !time_bound_passed(&bound)) {
		if (READ_ONCE(shared.taken) == shared.behind)
			continue;
		shared.behind_at = time_ticks();
		dmb(sy);
		WRITE_ONCE(shared.behind, shared.behind + 1);
	}
	control_daif_set(daif);
	irq_disable(SGI);
}

static bool send_one(u64 mpidr, u32 number)
{
	u64 start = time_ticks();

	if (irq_send_sgi(mpidr, SGI) || wait_until(READ_ONCE(shared.behind) == number, WAIT_US))
		return false;
	samples_add(&answered, time_ticks() - start);
	dmb(sy);
	samples_add(&handled, shared.handler_at - start);
	samples_add(&ended, shared.behind_at - start);
	return true;
}

static unsigned int other_cpu(void)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (i)
			return i;
	SKIP("no second CPU is online");
}

void ipi(void)
{
	unsigned int index = other_cpu();

	memset(&shared, 0, sizeof(shared));
	samples_begin(&handled, "IPI until its handler", samples_wanted(SOME));
	samples_begin(&ended, "IPI until behind its EOI", samples_wanted(SOME));
	samples_begin(&answered, "IPI and answer", samples_wanted(SOME));
	REQUIRE_EQ(irq_request(SGI, note, NULL), 0);
	REQUIRE_EQ(cpu_call_start(index, receive, NULL), 0, "CPU %u", index);
	if (!wait_until(READ_ONCE(shared.ready), WAIT_US))
		for (u32 i = 1; i <= answered.wanted && send_one(cpu_get(index)->mpidr, i); i++)
			;
	WRITE_ONCE(shared.stop, 1);
	CHECK_EQ(cpu_call_wait(index, CPU_CALL_TIMEOUT_US), 0, "CPU %u", index);
	irq_request(SGI, NULL, NULL);
	bench_judge(&handled);
	bench_judge(&ended);
	bench_judge(&answered);
}

static void nothing(void *arg)
{
	(void)arg;
}

void call_of_a_cpu(void)
{
	unsigned int index = other_cpu();

	samples_begin(&answered, "call of another CPU", samples_wanted(SOME));
	/* What wakes it otherwise is a whole period away behind the first. */
	cpu_call(index, nothing, NULL, CPU_CALL_TIMEOUT_US);
	for (unsigned int i = 0; i < answered.wanted; i++) {
		u64 start = time_ticks();

		/* Once it does not come there is no use in waiting for it again. */
		if (cpu_call(index, nothing, NULL, CPU_CALL_TIMEOUT_US))
			break;
		samples_add(&answered, time_ticks() - start);
	}
	bench_judge_within(&answered, WAKE_US);
}
