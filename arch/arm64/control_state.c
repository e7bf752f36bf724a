// SPDX-License-Identifier: BSD-2-Clause
/* The registers that a case may leave otherwise than it found them. */
#include <base/printf.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/control_state.h>
#include <asm/mmu_off.h>
#include <asm/sysreg.h>

struct reg {
	const char *name;
	u64 (*read)(void);
	void (*write)(u64 value);
};

#define REG(reg)								\
static u64 read_##reg(void) { return read_sysreg(reg); }			\
static void write_##reg(u64 value) { write_sysreg(value, reg); }

REG(vbar_el1)
REG(sctlr_el1)
REG(tcr_el1)
REG(ttbr0_el1)
REG(mair_el1)
REG(cpacr_el1)
REG(cntkctl_el1)
REG(mdscr_el1)
REG(vbar_el2)
REG(sctlr_el2)
REG(tcr_el2)
REG(ttbr0_el2)
REG(mair_el2)
REG(hcr_el2)
REG(cptr_el2)
REG(cnthctl_el2)
REG(cntvoff_el2)

#define ENTRY(reg) { #reg, read_##reg, write_##reg }

/* With VHE, too: there EL1's names reach EL2's registers. */
static const struct reg el1_regs[] = {
	ENTRY(vbar_el1), ENTRY(sctlr_el1), ENTRY(tcr_el1), ENTRY(ttbr0_el1), ENTRY(mair_el1),
	ENTRY(cpacr_el1), ENTRY(cntkctl_el1), ENTRY(mdscr_el1), {}
};

static const struct reg vhe_regs[] = {
	ENTRY(vbar_el1), ENTRY(sctlr_el1), ENTRY(tcr_el1), ENTRY(ttbr0_el1), ENTRY(mair_el1),
	ENTRY(cpacr_el1), ENTRY(cntkctl_el1), ENTRY(mdscr_el1), ENTRY(hcr_el2),
	ENTRY(cntvoff_el2), {}
};

static const struct reg el2_regs[] = {
	ENTRY(vbar_el2), ENTRY(sctlr_el2), ENTRY(tcr_el2), ENTRY(ttbr0_el2), ENTRY(mair_el2),
	ENTRY(cptr_el2), ENTRY(cnthctl_el2), ENTRY(mdscr_el1), ENTRY(hcr_el2),
	ENTRY(cntvoff_el2), {}
};

_Static_assert(ARRAY_SIZE(el2_regs) <= CONTROL_STATE_REGISTERS + 1, "CONTROL_STATE_REGISTERS");
_Static_assert(ARRAY_SIZE(vhe_regs) <= CONTROL_STATE_REGISTERS + 1, "CONTROL_STATE_REGISTERS");

static const struct reg *regs_of_level(void)
{
	if (cpu_current_el() == 1)
		return el1_regs;
	return cpu_runs_vhe() ? vhe_regs : el2_regs;
}

void control_state_save(struct control_state *state)
{
	const struct reg *regs = regs_of_level();

	for (unsigned int i = 0; regs[i].name; i++)
		state->value[i] = regs[i].read();
	state->mmu_on = mmu_is_on();
}

static unsigned int restore(const struct control_state *state, unsigned int count,
			    char *what, size_t size)
{
	const struct reg *regs = regs_of_level();
	unsigned int differ = 0;
	size_t n = 0;

	what[0] = '\0';
	for (unsigned int i = 0; i < count && regs[i].name; i++) {
		u64 now = regs[i].read();

		if (now == state->value[i])
			continue;
		regs[i].write(state->value[i]);
		n += scnprintf(what + n, size - n, "%s%s (0x%llx, was 0x%llx)", n ? ", " : "",
			       regs[i].name, now, state->value[i]);
		differ++;
	}
	if (differ)
		isb();
	return differ;
}

unsigned int control_state_restore(const struct control_state *state, char *what, size_t size)
{
	return restore(state, CONTROL_STATE_REGISTERS, what, size);
}

unsigned int control_state_restore_other(const struct control_state *state, char *what, size_t size)
{
	return restore(state, CONTROL_STATE_SHARED, what, size);
}

u64 control_daif(void)
{
	return read_sysreg(daif);
}

u64 control_tpidr(void)
{
	return read_sysreg(tpidr_el1);
}

void control_tpidr_set(u64 tpidr)
{
	write_sysreg(tpidr, tpidr_el1);
	isb();
}

void control_daif_set(u64 daif)
{
	write_sysreg(daif, daif);
	isb();
}

void control_irq_unmask(void)
{
	__asm__ volatile("msr daifclr, #2" ::: "memory");
}

void control_irq_mask(void)
{
	__asm__ volatile("msr daifset, #2" ::: "memory");
}
