// SPDX-License-Identifier: BSD-2-Clause
/* When our vectors are in use before ExitBootServices(), and who may be left then. */
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/firmware_vectors.h>
#include <asm/percpu.h>
#include <asm/sections.h>
#include "firmware_vectors.h"
#include "guard.h"

struct forward firmware_forward;

static bool uses_el2_names(void)
{
	return cpu_current_el() == 2 && !cpu_runs_vhe();
}

static u64 vbar_read(void)
{
	return uses_el2_names() ? read_sysreg(vbar_el2) : read_sysreg(vbar_el1);
}

static void vbar_write(u64 at)
{
	if (uses_el2_names())
		write_sysreg(at, vbar_el2);
	else
		write_sysreg(at, vbar_el1);
	isb();
}

void arch_firmware_vectors_enter(void)
{
	firmware_forward = (struct forward){ .vbar = vbar_read() };
	/* Interrupts may come at once: what they read is written before. */
	barrier();
	vbar_write((u64)firmware_vectors);
}

void arch_firmware_vectors_leave(void)
{
	if (firmware_forward.vbar)
		vbar_write(firmware_forward.vbar);
	firmware_forward.vbar = 0;
}

void arch_firmware_vectors_absorb(void)
{
	firmware_forward.absorb = true;
}

static bool is_ours(u64 pc)
{
	return pc >= (u64)_text && pc < (u64)_text_end;
}

/* Who branches to where nothing can be executed is found there, not where it was. */
static bool is_wild_branch(u64 esr)
{
	return ESR_EC(esr) == EC_IABT || ESR_EC(esr) == EC_PC_ALIGNMENT;
}

/* Frames go up, to the one of guard_call(): so the walk ends. */
static bool frames_are_ours(u64 fp, const struct guard *guard)
{
	const struct cpu_local *local = cpu_local();
	u64 top = guard->sp - 16;

	while (fp != top) {
		const u64 *frame = (const u64 *)fp;

		if (!IS_ALIGNED(fp, 16) || fp < local->stack || fp > top)
			return false;
		if (!is_ours(frame[1]) || frame[0] <= fp)
			return false;
		fp = frame[0];
	}
	return true;
}

/*
 * A function that has made no frame yet, or makes none, has its caller in x30; one that
 * has made calls has an address of its own there. Firmware may not keep frames at all, but
 * it preserves x29: what it calls links that, with a return address that is not ours.
 */
bool arch_firmware_is_between(const struct pt_regs *regs, u64 esr, const struct guard *guard)
{
	if (!firmware_forward.vbar || firmware_forward.absorb)
		return false;
	if (firmware_forward.depth || !guard)
		return true;
	if (!regs)
		return !frames_are_ours((u64)__builtin_frame_address(0), guard);
	if (!is_ours(regs->x[30]) || (!is_ours(regs->pc) && !is_wild_branch(esr)))
		return true;
	return !frames_are_ours(regs->x[29], guard);
}
