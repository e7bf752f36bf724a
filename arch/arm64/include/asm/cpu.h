/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor: exception level, identity, counter. */
#ifndef ASM_CPU_H
#define ASM_CPU_H

#include <base/types.h>
#include <asm/barrier.h>
#include <asm/sysreg.h>

/** cpu_current_el() - 1 or 2 */
static inline unsigned int cpu_current_el(void)
{
	return (read_sysreg(CurrentEL) >> 2) & 3;
}

/** cpu_has_el2() - whether ID_AA64PFR0_EL1.EL2 shows EL2 */
static inline bool cpu_has_el2(void)
{
	return (read_sysreg(ID_AA64PFR0_EL1) >> 8) & 0xf;
}

/** cpu_has_el3() - whether ID_AA64PFR0_EL1.EL3 shows EL3 */
static inline bool cpu_has_el3(void)
{
	return (read_sysreg(ID_AA64PFR0_EL1) >> 12) & 0xf;
}

/** cpu_has_vhe() - whether ID_AA64MMFR1_EL1.VH shows VHE */
static inline bool cpu_has_vhe(void)
{
	return (read_sysreg(ID_AA64MMFR1_EL1) >> 8) & 0xf;
}

/**
 * cpu_has_tags() - whether memory has allocation tags: ID_AA64PFR1_EL1.MTE is 2 or more
 *
 * 1 is the instructions at EL0 alone, without anything that they could store.
 */
static inline bool cpu_has_tags(void)
{
	return (read_sysreg(ID_AA64PFR1_EL1) >> 8 & 0xf) >= 2;
}

#define MIDR_IMPLEMENTER(midr)	((midr) >> 24 & 0xff)
#define MIDR_IMPLEMENTER_APPLE	0x61

/**
 * cpu_e2h_is_fixed() - whether HCR_EL2.E2H cannot be cleared
 *
 * ID_AA64MMFR4_EL1.E2H0 is negative then, but on Apple's first cores, which
 * are older than the field.
 */
static inline bool cpu_e2h_is_fixed(void)
{
	/* By encoding: assemblers of Armv8.0 do not know the name. */
	return (read_sysreg(S3_0_C0_C7_4) >> 27 & 1) ||
	       MIDR_IMPLEMENTER(read_sysreg(midr_el1)) == MIDR_IMPLEMENTER_APPLE;
}

/** cpu_physical_bits() - size of physical addresses (ID_AA64MMFR0_EL1.PARange), 48 at most */
static inline unsigned int cpu_physical_bits(void)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48 };
	u64 range = read_sysreg(ID_AA64MMFR0_EL1) & 0xf;

	return bits[range < sizeof(bits) ? range : sizeof(bits) - 1];
}

/** cpu_runs_vhe() - at EL2 with HCR_EL2.E2H set */
bool cpu_runs_vhe(void);

/** cpu_mmu_is_on() - whether this CPU translates addresses: SCTLR_ELx.M of the level it runs at */
static inline bool cpu_mmu_is_on(void)
{
	/* With VHE this name is SCTLR_EL2's; without, EL2 has its own. */
	if (cpu_current_el() == 2 && !(read_sysreg(hcr_el2) >> 34 & 1))
		return read_sysreg(sctlr_el2) & 1;
	return read_sysreg(sctlr_el1) & 1;
}

/** cpu_mpidr() - affinity fields of MPIDR_EL1, the rest cleared, as reg of a DT cpu node and MADT have it */
static inline u64 cpu_mpidr(void)
{
	return read_sysreg(MPIDR_EL1) & 0xff00ffffffULL;
}

/** cpu_name() - name of a core by MIDR_EL1, "unknown" where the table has none */
const char *cpu_name(u64 midr);

/** cpu_counter() - CNTVCT_EL0 (at EL1 with an offset, at EL2 none), not speculated ahead of earlier instructions */
static inline u64 cpu_counter(void)
{
	isb();
	return read_sysreg(cntvct_el0);
}

#endif
