// SPDX-License-Identifier: BSD-2-Clause
/* What becomes of an exception: a fault that was expected, a handler's, a guard's, or the end. */
#include <base/errno.h>
#include <core/hooks.h>
#include <asm/cpu.h>
#include <asm/firmware_vectors.h>
#include <asm/percpu.h>
#include "extable.h"
#include "guard.h"

/* Made by vectors.S on the interrupted stack, or on the overflow stack. */
struct exception_frame {
	struct pt_regs regs;
	u64 sp;			/* SP_ELx of this level to return with */
	u64 unused;
};

_Static_assert(offsetof(struct exception_frame, sp) == EXCEPTION_FRAME_SP, "EXCEPTION_FRAME_SP");
_Static_assert(sizeof(struct exception_frame) == EXCEPTION_FRAME_SIZE, "EXCEPTION_FRAME_SIZE");
_Static_assert((int)VECTORS == (int)CPU_LOCAL_VECTORS, "CPU_LOCAL_VECTORS");

/* Called by vectors.S; returns to go on with what the frame holds by then. */
void exception_entry(struct exception_frame *frame, u64 vector, u64 outside_stack);

extern char vectors[];

static bool (*irq_fn)(struct pt_regs *regs);
static bool (*fiq_fn)(struct pt_regs *regs);

void exception_set_irq(bool (*fn)(struct pt_regs *regs))
{
	irq_fn = fn;
}

void exception_set_fiq(bool (*fn)(struct pt_regs *regs))
{
	fiq_fn = fn;
}

const struct exception_handler *exception_set_handler(enum exception_vector vector,
						      const struct exception_handler *handler)
{
	const struct exception_handler *before = cpu_local()->handler[vector];

	cpu_local()->handler[vector] = handler;
	return before;
}

void exception_reset_handlers(void)
{
	unsigned int i;

	for (i = 0; i < VECTORS; i++)
		cpu_local()->handler[i] = NULL;
}

/* The interrupted code ran on SP_EL0, at this level or at EL0. */
static bool used_sp_el0(enum exception_vector vector)
{
	return vector <= VECTOR_SP0_SERROR || vector >= VECTOR_LOWER64_SYNC;
}

static void read_exception(struct pt_regs *regs, struct exception_info *info)
{
	if (cpu_current_el() == 2 && !cpu_runs_vhe()) {
		info->esr = read_sysreg(esr_el2);
		info->far = read_sysreg(far_el2);
		info->elr = read_sysreg(elr_el2);
		info->spsr = read_sysreg(spsr_el2);
	} else {
		info->esr = read_sysreg(esr_el1);
		info->far = read_sysreg(far_el1);
		info->elr = read_sysreg(elr_el1);
		info->spsr = read_sysreg(spsr_el1);
	}
	regs->pc = info->elr;
	regs->pstate = info->spsr;
	if (used_sp_el0(info->vector))
		regs->sp = read_sysreg(sp_el0);
	info->cpu = cpu_local()->index;
}

static bool handled(struct pt_regs *regs, struct exception_info *info)
{
	const struct exception_handler *handler = cpu_local()->handler[info->vector];
	enum exception_vector kind = info->vector % 4;

	if (kind == VECTOR_SP0_SYNC && info->vector <= VECTOR_SPX_SYNC && extable_fixup(regs, info))
		return true;
	if (handler && handler->fn(regs, info))
		return true;
	if (kind == VECTOR_SP0_IRQ && irq_fn)
		return irq_fn(regs);
	return kind == VECTOR_SP0_FIQ && fiq_fn && fiq_fn(regs);
}

/* Nothing may come between here and the ERET. */
static void return_to(struct exception_frame *frame, enum exception_vector vector, u64 outside_stack)
{
	__asm__ volatile("msr daifset, #0xf" ::: "memory");
	if (used_sp_el0(vector))
		write_sysreg(frame->regs.sp, sp_el0);
	else
		frame->sp = frame->regs.sp;
	if (outside_stack && cpu_local()->overflow_count)
		cpu_local()->overflow_count--;
}

void exception_entry(struct exception_frame *frame, u64 vector, u64 outside_stack)
{
	struct exception_info info = {
		.vector = (enum exception_vector)vector,
	};
	struct guard *guard = cpu_local()->guard;

	read_exception(&frame->regs, &info);
	/* A misaligned stack pointer was set aside, too, but left no stack. */
	info.stack_overflow = outside_stack && ESR_EC(info.esr) != EC_SP_ALIGNMENT;
	if (handled(&frame->regs, &info)) {
		return_to(frame, info.vector, outside_stack);
		return;
	}
	arch_backtrace_fill(&info, &frame->regs);
	if (!guard || arch_firmware_is_between(&frame->regs, info.esr, guard))
		exception_report(&frame->regs, &info);
	if (guard->info)
		*guard->info = info;
	if (guard->pt_regs)
		*guard->pt_regs = frame->regs;
	cpu_local()->overflow_count = 0;
	guard_leave_innermost(-EFAULT);
}

void arch_vectors_install(void)
{
	if (cpu_current_el() == 2 && !cpu_runs_vhe())
		write_sysreg((u64)vectors, vbar_el2);
	else
		write_sysreg((u64)vectors, vbar_el1);
	isb();
}

static void take_pending_serror(void *unused __unused)
{
	__asm__ volatile("msr daifclr, #4" ::: "memory");
	isb();
}

int arch_serror_unmask(struct exception_info *info)
{
	int ret = arch_guarded_call(take_pending_serror, NULL, info, NULL);

	__asm__ volatile("msr daifclr, #4" ::: "memory");
	return ret;
}
