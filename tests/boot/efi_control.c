// SPDX-License-Identifier: BSD-2-Clause
/* UEFI 2.10 2.3.6: control registers at entry. */
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include "boot.h"

#define TCR_EL1_TBI0	BIT(37)
#define TCR_EL2_TBI	BIT(20)

/* UEFI 2.10 7.2: capabilities of a memory descriptor */
#define ATTR_UC		BIT(0)
#define ATTR_WC		BIT(1)
#define ATTR_WT		BIT(2)
#define ATTR_WB		BIT(3)

static void check_sctlr(u64 mask, u64 want, const char *bits)
{
	CHECK_EQ(entry()->sctlr & mask, want, "SCTLR_EL%u 0x%llx, %s", entry_state_el(entry()),
		 entry()->sctlr, bits);
}

void efi_mmu_is_on(void)
{
	check_sctlr(SCTLR_M, SCTLR_M, "M");
}

void efi_caches_are_on(void)
{
	check_sctlr(SCTLR_C, SCTLR_C, "C");
	check_sctlr(SCTLR_I, SCTLR_I, "I");
}

void efi_stack_alignment_is_checked(void)
{
	check_sctlr(SCTLR_SA, SCTLR_SA, "SA");
}

void efi_alignment_is_not_checked(void)
{
	check_sctlr(SCTLR_A, 0, "A");
}

void efi_data_is_little_endian(void)
{
	check_sctlr(SCTLR_EE, 0, "EE");
}

/* TG0 has the same place in both layouts. */
void efi_granule_is_4k(void)
{
	CHECK_EQ(entry()->tcr >> 14 & 3, 0ULL, "TCR_EL%u 0x%llx, TG0 (0 is 4 KiB)",
		 entry_state_el(entry()), entry()->tcr);
}

void efi_top_byte_is_not_ignored(void)
{
	u64 tbi = entry_el2_layout() ? TCR_EL2_TBI : TCR_EL1_TBI0;

	CHECK_EQ(entry()->tcr & tbi, 0ULL, "TCR_EL%u 0x%llx, TBI", entry_state_el(entry()),
		 entry()->tcr);
}

static u64 ram_end(void)
{
	const struct mem_map *map = &boot_info_get()->map;
	u64 end = 0;
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		if (map->region[i].type != MEM_MMIO)
			end = MAX(end, map->region[i].base + map->region[i].size);
	}
	return end;
}

void efi_physical_size_fits(void)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48, 52, 56 };
	u64 ps = entry()->tcr >> (entry_el2_layout() ? TCR_EL2_PS_SHIFT : TCR_EL1_IPS_SHIFT) & 7;
	u64 parange = read_sysreg(ID_AA64MMFR0_EL1) & 0xf;

	CHECK_LE(ps, parange, "TCR_EL%u 0x%llx, PS against ID_AA64MMFR0_EL1.PARange",
		 entry_state_el(entry()), entry()->tcr);
	CHECK_LE(ram_end(), BIT(bits[ps]), "end of RAM against TCR_EL%u.PS of %u bits",
		 entry_state_el(entry()), bits[ps]);
}

void efi_only_ttbr0_is_used(void)
{
	if (entry_el2_layout())
		SKIP("entered at EL2 without VHE, which has no TTBR1");
	CHECK_EQ(entry()->tcr & TCR_EPD1, (u64)TCR_EPD1, "TCR_EL%u 0x%llx, EPD1",
		 entry_state_el(entry()), entry()->tcr);
}

static bool mair_has(u8 encoding)
{
	unsigned int i;

	for (i = 0; i < 8; i++) {
		if ((entry()->mair >> (8 * i) & 0xff) == encoding)
			return true;
	}
	return false;
}

void efi_mair_has_the_types_advertised(void)
{
	static const struct {
		u64 attr;
		const char *name;
		u8 encoding;
	} types[] = {
		{ ATTR_UC, "UC", 0x00 }, { ATTR_WC, "WC", 0x44 },
		{ ATTR_WT, "WT", 0xbb }, { ATTR_WB, "WB", 0xff },
	};
	const struct mem_map *map = &boot_info_get()->map;
	u64 advertised = 0;
	unsigned int i;

	for (i = 0; i < map->count; i++)
		advertised |= map->region[i].firmware_attr;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		if (advertised & types[i].attr)
			CHECK(mair_has(types[i].encoding),
			      "MAIR_EL%u 0x%llx: 0x%02x for EFI_MEMORY_%s", entry_state_el(entry()),
			      entry()->mair, types[i].encoding, types[i].name);
	}
}

void efi_fp_is_usable(void)
{
	REQUIRE_EQ(entry()->fp_valid, 1ULL, "%s 0x%llx: FP/SIMD traps",
		   entry_state_el(entry()) == 2 ? "CPTR_EL2" : "CPACR_EL1", entry()->cptr);
	CHECK_EQ(entry()->fpcr, 0ULL, "FPCR at entry");
}

/* EDK2 leaves D and A masked; only interrupts are spoken of. */
void efi_interrupts_are_enabled(void)
{
	CHECK_EQ(entry()->daif & DAIF_I, 0ULL, "DAIF at entry 0x%llx, I", entry()->daif);
}
