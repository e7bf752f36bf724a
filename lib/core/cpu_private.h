/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of lib/core that deal with CPUs. */
#ifndef LIB_CORE_CPU_PRIVATE_H
#define LIB_CORE_CPU_PRIVATE_H

#include <core/cpu.h>
#include <core/time.h>
#include <asm/page.h>

/* What the boot CPU asks of another one. Only the boot CPU writes. */
struct cpu_request {
	void (*fn)(void *arg);	/* NULL: nothing but an answer */
	void *arg;
	u64 boot_mmu_off;	/* the boot CPU's MMU was off when it wrote this */
	u32 sequence;		/* written last: all above is of this call */
};

/* What that one has to say. Only it writes. */
struct cpu_response {
	struct cpu_result result;
	u64 midr;
	u64 ctr;
	u64 context;
	s64 irq_ret;		/* how its interrupt interface was set up */
	u32 sequence;		/* written last: the call is over */
};

_Static_assert(sizeof(struct cpu_request) <= MMUOFF_ALIGN, "a granule for the request");
_Static_assert(sizeof(struct cpu_response) <= MMUOFF_ALIGN, "a granule for the response");

/* A CPU's lines; it has an area. */
struct cpu_request *cpu_request(const struct cpu *cpu);
struct cpu_response *cpu_response(const struct cpu *cpu);

/* Write a request whose answer has number cpu->sequence, without waking anybody. */
void cpu_request_write(struct cpu *cpu, void (*fn)(void *arg), void *arg);

/* Whether the answer to the last request is there. */
bool cpu_has_answered(const struct cpu *cpu);

/* Wait for it: 0 or -ETIMEDOUT. */
int cpu_await_answer(const struct cpu *cpu, struct time_bound *bound);

/* Write a request and wake the CPU. */
void cpu_post(struct cpu *cpu, void (*fn)(void *arg), void *arg);

/* Fewer CPUs are used than were found. */
void cpu_limit_count(unsigned int limit);

#endif
