// SPDX-License-Identifier: BSD-2-Clause
/*
 * Break- and watchpoint registers by number, and what has to be open for them to have
 * an effect. A register's number is part of the instruction, hence the switches.
 */
#include <asm/debug.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/sysreg.h>
#include <base/errno.h>
#include <base/util.h>

#define OSLSR_OSLK	BIT(1)
#define MDCR_TDE	BIT(8)

#define EACH_REGISTER(op)							\
	op(0) op(1) op(2) op(3) op(4) op(5) op(6) op(7)				\
	op(8) op(9) op(10) op(11) op(12) op(13) op(14) op(15)

static unsigned int count_at(unsigned int shift)
{
	return (unsigned int)(read_sysreg(ID_AA64DFR0_EL1) >> shift & 0xf) + 1;
}

unsigned int arch_debug_breakpoints(void)
{
	return count_at(12);
}

unsigned int arch_debug_watchpoints(void)
{
	return count_at(20);
}

unsigned int arch_debug_context_breakpoints(void)
{
	return count_at(28);
}

#define WRITE_BREAK(n)								\
	case n:									\
		write_sysreg(0, dbgbcr##n##_el1);				\
		write_sysreg(value, dbgbvr##n##_el1);				\
		write_sysreg(control, dbgbcr##n##_el1);				\
		break;
#define WRITE_WATCH(n)								\
	case n:									\
		write_sysreg(0, dbgwcr##n##_el1);				\
		write_sysreg(value, dbgwvr##n##_el1);				\
		write_sysreg(control, dbgwcr##n##_el1);				\
		break;
#define READ_BREAK(n)								\
	case n:									\
		*value = read_sysreg(dbgbvr##n##_el1);				\
		*control = read_sysreg(dbgbcr##n##_el1);			\
		break;
#define READ_WATCH(n)								\
	case n:									\
		*value = read_sysreg(dbgwvr##n##_el1);				\
		*control = read_sysreg(dbgwcr##n##_el1);			\
		break;

/* Registers that a CPU does not have are undefined to access. */
void arch_debug_set_breakpoint(unsigned int n, u64 value, u64 control)
{
	if (n >= arch_debug_breakpoints())
		return;
	switch (n) {
	EACH_REGISTER(WRITE_BREAK)
	}
}

void arch_debug_set_watchpoint(unsigned int n, u64 value, u64 control)
{
	if (n >= arch_debug_watchpoints())
		return;
	switch (n) {
	EACH_REGISTER(WRITE_WATCH)
	}
}

void arch_debug_get_breakpoint(unsigned int n, u64 *value, u64 *control)
{
	*value = *control = 0;
	if (n >= arch_debug_breakpoints())
		return;
	switch (n) {
	EACH_REGISTER(READ_BREAK)
	}
}

void arch_debug_get_watchpoint(unsigned int n, u64 *value, u64 *control)
{
	*value = *control = 0;
	if (n >= arch_debug_watchpoints())
		return;
	switch (n) {
	EACH_REGISTER(READ_WATCH)
	}
}

static void clear_all(void)
{
	for (unsigned int i = 0; i < arch_debug_breakpoints(); i++)
		arch_debug_set_breakpoint(i, 0, 0);
	for (unsigned int i = 0; i < arch_debug_watchpoints(); i++)
		arch_debug_set_watchpoint(i, 0, 0);
}

void arch_debug_arm(u64 mdscr)
{
	write_sysreg(mdscr, mdscr_el1);
	isb();
}

void arch_debug_set_os_lock(bool locked)
{
	write_sysreg(locked, oslar_el1);
	isb();
}

void arch_debug_route_to_el2(bool route)
{
	u64 mdcr = read_sysreg(mdcr_el2) & ~MDCR_TDE;

	write_sysreg(mdcr | (route ? MDCR_TDE : 0), mdcr_el2);
	isb();
}

int arch_debug_begin(void)
{
	int locked = !!(read_sysreg(oslsr_el1) & OSLSR_OSLK);

	/* HDE is the debugger's bit with the lock closed, and unknown with it open (D19.3.20). */
	arch_debug_set_os_lock(true);
	if (read_sysreg(mdscr_el1) & MDSCR_HDE) {
		arch_debug_set_os_lock(locked);
		return -EBUSY;
	}
	arch_debug_set_os_lock(false);
	arch_debug_arm(0);
	clear_all();
	if (cpu_current_el() == 2)
		arch_debug_route_to_el2(true);
	isb();
	return locked;
}

void arch_debug_end(int locked)
{
	arch_debug_arm(0);
	clear_all();
	if (cpu_current_el() == 2)
		arch_debug_route_to_el2(false);
	arch_debug_set_os_lock(locked);
}

void arch_debug_save(struct arch_debug_state *state)
{
	for (unsigned int i = 0; i < DEBUG_REGISTERS; i++) {
		arch_debug_get_breakpoint(i, &state->break_value[i], &state->break_control[i]);
		arch_debug_get_watchpoint(i, &state->watch_value[i], &state->watch_control[i]);
	}
	state->mdscr = read_sysreg(mdscr_el1);
}

void arch_debug_load(const struct arch_debug_state *state)
{
	for (unsigned int i = 0; i < DEBUG_REGISTERS; i++) {
		arch_debug_set_breakpoint(i, state->break_value[i], state->break_control[i]);
		arch_debug_set_watchpoint(i, state->watch_value[i], state->watch_control[i]);
	}
	arch_debug_arm(state->mdscr);
}
