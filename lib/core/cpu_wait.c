// SPDX-License-Identifier: BSD-2-Clause
/*
 * What every CPU but the first does: wait for a request, run it, answer.
 *
 * Its MMU may go off and on in what it runs, whatever the others' are: this
 * file touches the CPU's own area and the stack, constants, and nothing else
 * that is written.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/console.h>
#include <core/exception.h>
#include <core/hooks.h>
#include <core/irq.h>
#include <core/log.h>
#include <core/watch.h>
#include <asm/cache.h>
#include <asm/control_state.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include <asm/lock.h>
#include <asm/percpu.h>
#include <asm/secondary.h>
#include "cpu_private.h"

/* More than one thing may be on its way. */
#define EXCEPTIONS_WAITING	4U

static void answer(struct cpu_response *response, u32 sequence)
{
	cache_clean_invalidate_poc(response, offsetof(struct cpu_response, sequence));
	WRITE_ONCE(response->sequence, sequence);
	cache_clean_invalidate_poc(&response->sequence, sizeof(response->sequence));
}

/*
 * In WFI where an SGI comes with each request, so that idle CPUs cost nothing;
 * the interrupt controller's state is shared, so only while MMUs are alike.
 */
static void doze(const struct cpu_request *request, bool has_wake)
{
	if (has_wake && cpu_mmu_is_on() == !READ_ONCE(request->boot_mmu_off)) {
		watch_arm();
		__asm__ volatile("dsb sy\n\twfi" ::: "memory");
		watch_look();
		irq_poll();
	} else {
		__asm__ volatile("wfe" ::: "memory");
	}
}

static u32 next_request(const struct cpu_request *request, u32 last, bool has_wake)
{
	u32 sequence;

	while ((sequence = READ_ONCE(request->sequence)) == last)
		doze(request, has_wake);
	dmb(sy);	/* the request is read behind its number */
	return sequence;
}

struct wait {
	const struct cpu_request *request;
	u32 sequence;		/* the last one's, then the next one's */
	bool has_wake;
};

static void wait_for_request(void *arg)
{
	struct wait *wait = arg;

	wait->sequence = next_request(wait->request, wait->sequence, wait->has_wake);
}

/*
 * What a call left on its way, an SError above all, comes here: it costs a line
 * and an error, and the CPU waits on. Not for ever: one that comes again and again
 * leaves a CPU that does not come back.
 */
static void wait_safely(struct wait *wait, u64 daif)
{
	struct exception_info info;
	struct pt_regs regs;

	for (unsigned int i = 0; i < EXCEPTIONS_WAITING; i++) {
		control_daif_set(daif);
		if (!arch_guarded_call(wait_for_request, wait, &info, &regs))
			return;
		console_drop_broken();
		exception_dump("exception while it waited:", &regs, &info);
		pr_err("CPU %u took an exception while it waited for a call", info.cpu);
	}
	for (;;)
		__asm__ volatile("wfe" ::: "memory");
}

static void note_daif(u64 daif)
{
	if (control_daif() != daif)
		cpu_local()->daif_left = 1;
}

bool cpu_daif_was_left(void)
{
	struct cpu_local *local = cpu_local();
	bool left = local->daif_left;

	local->daif_left = 0;
	return left;
}

static void init_irq(void *arg)
{
	*(int *)arg = irq_cpu_init();
}

/* The first answer says who came, and how. */
static bool report_arrival(const struct cpu_request *request, struct cpu_response *response,
			   const struct cpu_area *area)
{
	int ret;

	if (arch_guarded_call(init_irq, &ret, NULL, NULL))
		ret = -EFAULT;
	response->result = (struct cpu_result){ .ret = 0 };
	response->result.ret = arch_serror_unmask(&response->result.exception);
	response->midr = read_sysreg(midr_el1);
	response->ctr = read_sysreg(ctr_el0);
	response->context = area->captured.entry.x[0];
	response->irq_ret = ret;
	answer(response, READ_ONCE(request->sequence));
	return !ret;
}

void cpu_secondary(unsigned int index)
{
	struct cpu_area *area = arch_cpu_area(index - 1);
	struct cpu_request *request = (struct cpu_request *)area->request;
	struct cpu_response *response = (struct cpu_response *)area->response;
	struct wait wait = {
		.request = request,
		.has_wake = report_arrival(request, response, area),
	};
	u64 daif = control_daif();

	wait.sequence = READ_ONCE(response->sequence);
	for (;;) {
		wait_safely(&wait, daif);
		watch_disarm();
		response->result.ret = arch_guarded_call(request->fn, request->arg,
							 &response->result.exception,
							 &response->result.regs);
		note_daif(daif);
		answer(response, wait.sequence);
	}
}
