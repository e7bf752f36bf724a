// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every CPU against the boot CPU: what it is, how it is set, what time it has.
 * Identification is compared between CPUs of one MIDR only: others may differ.
 */
#include <base/string.h>
#include <asm/cpu.h>
#include "smp.h"

#define MAX_REGISTERS	24

/* One CPU's values at a time: they are read one after the other. */
struct values {
	u64 value[MAX_REGISTERS];
	unsigned int count;
};

static struct values boot, other;

#define READ(values, reg) ((values)->value[(values)->count++] = read_sysreg(reg))

/* Beyond these names an assembler of Armv8.0 knows encodings only. */
static const char *const id_names[] = {
	"MIDR_EL1", "ID_AA64PFR0_EL1", "ID_AA64PFR1_EL1", "ID_AA64DFR0_EL1", "ID_AA64DFR1_EL1",
	"ID_AA64ISAR0_EL1", "ID_AA64ISAR1_EL1", "ID_AA64ISAR2_EL1", "ID_AA64MMFR0_EL1",
	"ID_AA64MMFR1_EL1", "ID_AA64MMFR2_EL1", "CTR_EL0", "DCZID_EL0", "REVIDR_EL1",
};

static void read_id(void *arg)
{
	struct values *v = arg;

	v->count = 0;
	READ(v, MIDR_EL1);
	READ(v, ID_AA64PFR0_EL1);
	READ(v, ID_AA64PFR1_EL1);
	READ(v, ID_AA64DFR0_EL1);
	READ(v, ID_AA64DFR1_EL1);
	READ(v, ID_AA64ISAR0_EL1);
	READ(v, ID_AA64ISAR1_EL1);
	READ(v, S3_0_C0_C6_2);
	READ(v, ID_AA64MMFR0_EL1);
	READ(v, ID_AA64MMFR1_EL1);
	READ(v, S3_0_C0_C7_2);
	READ(v, CTR_EL0);
	READ(v, DCZID_EL0);
	READ(v, REVIDR_EL1);
}

static const char *const el1_names[] = {
	"SCTLR", "TCR", "TTBR0", "MAIR", "VBAR", "MDSCR_EL1", "TPIDR_EL0", "DAIF", "SPSel",
	"CPACR_EL1", "CONTEXTIDR_EL1", "CNTKCTL_EL1",
};

static const char *const el2_names[] = {
	"SCTLR", "TCR", "TTBR0", "MAIR", "VBAR", "MDSCR_EL1", "TPIDR_EL0", "DAIF", "SPSel",
	"HCR_EL2", "CPTR_EL2", "CNTHCTL_EL2", "CNTVOFF_EL2", "HSTR_EL2", "VTTBR_EL2", "MDCR_EL2",
};

static void read_control(void *arg)
{
	struct values *v = arg;
	bool el2 = cpu_current_el() == 2, own_names = el2 && !cpu_runs_vhe();

	v->count = 0;
	v->value[v->count++] = own_names ? read_sysreg(sctlr_el2) : read_sysreg(sctlr_el1);
	v->value[v->count++] = own_names ? read_sysreg(tcr_el2) : read_sysreg(tcr_el1);
	v->value[v->count++] = own_names ? read_sysreg(ttbr0_el2) : read_sysreg(ttbr0_el1);
	v->value[v->count++] = own_names ? read_sysreg(mair_el2) : read_sysreg(mair_el1);
	v->value[v->count++] = own_names ? read_sysreg(vbar_el2) : read_sysreg(vbar_el1);
	READ(v, mdscr_el1);
	READ(v, tpidr_el0);
	/* Interrupts are masked in a call, as the boot CPU's are for a moment below. */
	v->value[v->count++] = read_sysreg(daif) & ~0x80ULL;
	READ(v, SPSel);
	if (!el2) {
		READ(v, cpacr_el1);
		READ(v, contextidr_el1);
		READ(v, cntkctl_el1);
		return;
	}
	READ(v, hcr_el2);
	READ(v, cptr_el2);
	READ(v, cnthctl_el2);
	READ(v, cntvoff_el2);
	READ(v, hstr_el2);
	READ(v, vttbr_el2);
	READ(v, mdcr_el2);
}

static void compare(unsigned int index, const char *const *names)
{
	unsigned int i;

	CHECK_EQ(other.count, boot.count);
	for (i = 0; i < boot.count; i++)
		CHECK_EQ(other.value[i], boot.value[i], "%s of CPU %u against the boot CPU's",
			 names[i], index);
}

static void compare_all(void (*read)(void *arg), const char *const *names, bool of_one_kind)
{
	unsigned int i;

	read(&boot);
	cpu_for_each_online(i) {
		if (!i || (of_one_kind && cpu_get(i)->midr != cpu_get(0)->midr))
			continue;
		memset(&other, 0, sizeof(other));
		if (CHECK_EQ(cpu_call(i, read, &other, CALL_US), 0, "CPU %u", i))
			compare(i, names);
	}
}

void id_registers_are_equal(void)
{
	compare_all(read_id, id_names, true);
}

void control_registers_are_equal(void)
{
	compare_all(read_control, cpu_current_el() == 2 ? el2_names : el1_names, false);
}

struct level {
	u64 current;
	bool vhe;
};

static void read_level(void *arg)
{
	struct level *level = arg;

	level->current = cpu_current_el();
	level->vhe = cpu_runs_vhe();
}

void exception_levels_are_equal(void)
{
	struct level level;
	unsigned int i;

	cpu_for_each_online(i) {
		level = (struct level){ .current = 0 };
		if (!CHECK_EQ(cpu_call(i, read_level, &level, CALL_US), 0, "CPU %u", i))
			continue;
		CHECK_EQ(level.current, (u64)cpu_current_el(), "CPU %u", i);
		CHECK_EQ(level.vhe, cpu_runs_vhe(), "CPU %u", i);
		if (i)
			CHECK_EQ(cpu_entry_state(i)->currentel >> 2 & 3,
				 (u64)entry_state_el(&boot_info_get()->entry),
				 "CPU %u as it was started", i);
	}
}

static void read_counter(void *arg)
{
	*(u64 *)arg = cpu_counter();
}

static void read_frequency(void *arg)
{
	*(u64 *)arg = read_sysreg(cntfrq_el0);
}

/* Read between two readings of the boot CPU, it lies between them. */
void counters_agree(void)
{
	unsigned int i;

	cpu_for_each_online(i) {
		u64 before = cpu_counter(), there = 0, hz = 0;

		if (!CHECK_EQ(cpu_call(i, read_counter, &there, CALL_US), 0, "CPU %u", i))
			continue;
		CHECK_GE(there, before, "counter of CPU %u", i);
		CHECK_LE(there, cpu_counter(), "counter of CPU %u", i);
		CHECK_EQ(cpu_call(i, read_frequency, &hz, CALL_US), 0, "CPU %u", i);
		CHECK_EQ(hz, read_sysreg(cntfrq_el0), "CNTFRQ_EL0 of CPU %u", i);
	}
}
