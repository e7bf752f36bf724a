// SPDX-License-Identifier: BSD-2-Clause
/* State of each CPU. */
#include <asm/percpu.h>

struct cpu_local boot_cpu_local;

void cpu_local_init(struct cpu_local *local, u64 index, u64 mpidr, void *stack, u64 stack_size,
		    void *overflow_stack, u64 overflow_size)
{
	*local = (struct cpu_local){
		.stack_low = (u64)stack + STACK_HANDLER_ROOM,
		.stack_high = (u64)stack + stack_size,
		.overflow_low = (u64)overflow_stack + STACK_HANDLER_ROOM,
		.overflow_high = (u64)overflow_stack + overflow_size,
		.stack = (u64)stack,
		.stack_size = stack_size,
		.overflow_stack = (u64)overflow_stack,
		.overflow_size = overflow_size,
		.index = index,
		.mpidr = mpidr,
	};
}
