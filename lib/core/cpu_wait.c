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
#include <core/hooks.h>
#include <core/irq.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include <asm/lock.h>
#include <asm/secondary.h>
#include "cpu_private.h"

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
		__asm__ volatile("dsb sy\n\twfi" ::: "memory");
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

/* The first answer says who came, and how. */
static bool report_arrival(const struct cpu_request *request, struct cpu_response *response,
			   const struct cpu_area *area)
{
	bool has_wake = !irq_cpu_init();

	response->result = (struct cpu_result){ .ret = 0 };
	response->result.ret = arch_serror_unmask(&response->result.exception);
	response->midr = read_sysreg(midr_el1);
	response->ctr = read_sysreg(ctr_el0);
	response->context = area->captured.entry.x[0];
	response->has_wake = has_wake;
	answer(response, READ_ONCE(request->sequence));
	return has_wake;
}

void cpu_secondary(unsigned int index)
{
	struct cpu_area *area = arch_cpu_area(index - 1);
	struct cpu_request *request = (struct cpu_request *)area->request;
	struct cpu_response *response = (struct cpu_response *)area->response;
	bool has_wake = report_arrival(request, response, area);
	u32 sequence = READ_ONCE(response->sequence);

	for (;;) {
		sequence = next_request(request, sequence, has_wake);
		response->result.ret = arch_guarded_call(request->fn, request->arg,
							 &response->result.exception,
							 &response->result.regs);
		answer(response, sequence);
	}
}
