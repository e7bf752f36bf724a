// SPDX-License-Identifier: BSD-2-Clause
/* Granule, address sizes and TCR (DDI 0487J.a D8.2, D19.2.139). */
#include <base/errno.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/page.h>
#include "mmu_private.h"

struct mmu_format mmu_format;

#define PARANGE_52_BITS		6
#define TGRAN_NONE		0xf	/* of TGran4 and TGran64 */
#define TGRAN4_52_BITS		1
#define TGRAN16_52_BITS		2

static unsigned int mmfr0_field(unsigned int shift)
{
	return read_sysreg(ID_AA64MMFR0_EL1) >> shift & 0xf;
}

static bool cpu_has_granule(unsigned int shift)
{
	if (shift == 16)
		return mmfr0_field(24) != TGRAN_NONE;
	if (shift == 14)
		return mmfr0_field(20) != 0;
	return mmfr0_field(28) != TGRAN_NONE;
}

/* FEAT_LPA with 64 KiB, FEAT_LPA2 with the others. */
static bool granule_has_52_bits(unsigned int shift)
{
	if (shift == 16)
		return true;
	if (shift == 14)
		return mmfr0_field(20) >= TGRAN16_52_BITS;
	return mmfr0_field(28) >= TGRAN4_52_BITS && mmfr0_field(28) != TGRAN_NONE;
}

/* 52 bits of virtual address: FEAT_LVA with 64 KiB, part of FEAT_LPA2 with the others. */
static bool granule_has_wide_va(unsigned int shift)
{
	return shift != 16 || (read_sysreg(ID_AA64MMFR2_EL1) >> 16 & 0xf) != 0;
}

/* Of the granule that the tables have. */
static unsigned int shift_of_tables(void)
{
	return cpu_has_granule(PAGE_SHIFT) ? PAGE_SHIFT : 12;
}

static bool has_52_bits(unsigned int shift)
{
	return mmfr0_field(0) >= PARANGE_52_BITS && granule_has_52_bits(shift);
}

void mmu_format_choose(bool el2_without_vhe)
{
	struct mmu_format *f = &mmu_format;
	unsigned int per_level;

	f->el2_without_vhe = el2_without_vhe;
	f->missing = !cpu_has_granule(PAGE_SHIFT);
	f->shift = shift_of_tables();
	f->wide = has_52_bits(f->shift);
	f->ds = f->wide && f->shift != 16;
	f->pa_bits = mmu_pa_bits();
	/* VA = PA, so that there is no use for more of the one than of the other. */
	f->va_bits = f->wide && granule_has_wide_va(f->shift) ? 52 : 48;
	per_level = f->shift - 3;
	f->start_level = LAST_LEVEL + 1 -
		(int)((f->va_bits - f->shift + per_level - 1) / per_level);
}

u64 mmu_address_bits(u64 pa)
{
	if (!mmu_format.wide)
		return pa;
	if (mmu_format.ds)
		return (pa & GENMASK(49, 12)) | (pa >> 50 & 3) << 8;
	return (pa & GENMASK(47, 16)) | (pa >> 48 & 0xf) << 12;
}

u64 mmu_descriptor_address(u64 descriptor)
{
	if (!mmu_format.wide)
		return descriptor & PTE_ADDRESS;
	if (mmu_format.ds)
		return (descriptor & GENMASK(49, 12)) | (descriptor >> 8 & 3) << 50;
	return (descriptor & GENMASK(47, 16)) | (descriptor >> 12 & 0xf) << 48;
}

static u64 tcr_granule(void)
{
	switch (mmu_format.shift) {
	case 16:
		return TCR_TG0_64K;
	case 14:
		return TCR_TG0_16K;
	default:
		return TCR_TG0_4K;
	}
}

void mmu_control_fill(struct cpu_control *control)
{
	const struct mmu_format *f = &mmu_format;
	unsigned int ps = f->el2_without_vhe ? TCR_EL2_PS_SHIFT : TCR_EL1_IPS_SHIFT;
	u64 root = (u64)mmu_root;

	control->tcr &= ~(u64)(TCR_T0SZ_MASK | TCR_TG0_MASK);
	control->tcr |= (64 - f->va_bits) | tcr_granule();
	if (f->wide) {
		control->tcr &= ~(7ULL << ps);
		control->tcr |= (u64)PARANGE_52_BITS << ps;
	}
	if (f->ds)
		control->tcr |= BIT(f->el2_without_vhe ? TCR_EL2_DS_SHIFT : TCR_EL1_DS_SHIFT);
	/* With 52 bits the address' upper four stand in bits 5 to 2. */
	control->ttbr0 = (root & GENMASK(47, 0)) | (root >> 48 & 0xf) << 2;
}

int mmu_check_range(u64 va, u64 size)
{
	if (!IS_ALIGNED(va | size, (u64)PAGE_SIZE) || va < PAGE_SIZE)
		return -EINVAL;
	if (va + size < va || va + size > 1ULL << mmu_format.va_bits)
		return -ERANGE;
	return 0;
}

unsigned int mmu_page_shift(void)
{
	return mmu_format.shift;
}

bool mmu_granule_missing(void)
{
	return mmu_format.missing;
}

unsigned int mmu_va_bits(void)
{
	return mmu_format.va_bits;
}

unsigned int mmu_pa_bits(void)
{
	return has_52_bits(shift_of_tables()) ? 52 : cpu_physical_bits();
}

int mmu_start_level(void)
{
	return mmu_format.start_level;
}

u64 mmu_kind_bits(enum map_kind kind)
{
	const bool one_level = mmu_format.el2_without_vhe;
	const u64 share = mmu_format.ds ? 0 : PTE_INNER_SHAREABLE;
	const u64 normal = PTE_ATTR(MAIR_NORMAL_WB) | share;
	const u64 tagged = PTE_ATTR(MAIR_NORMAL_TAGGED) | share;
	const u64 never_execute = one_level ? PTE_UXN : PTE_UXN | PTE_PXN;
	/* EL0 runs only what is mapped for it: where it exists, UXN is set else. */
	const u64 execute = one_level ? 0 : PTE_UXN;
	const u64 common = PTE_AF | (one_level ? PTE_AP_EL2_RES1 : 0);

	switch (kind) {
	case MAP_RW:
		return common | normal | never_execute;
	case MAP_RO:
		return common | normal | never_execute | PTE_READ_ONLY;
	case MAP_RX:
		return common | normal | execute | PTE_READ_ONLY;
	case MAP_RWX:
		return common | normal | execute;
	case MAP_NC:
		return common | PTE_ATTR(MAIR_NORMAL_NC) | share | never_execute;
	case MAP_EL0_RW:
		return one_level ? 0 : common | normal | never_execute | PTE_EL0;
	case MAP_EL0_RO:
		return one_level ? 0 : common | normal | never_execute | PTE_EL0 | PTE_READ_ONLY;
	case MAP_EL0_RX:
		return one_level ? 0 : common | normal | PTE_PXN | PTE_EL0 | PTE_READ_ONLY;
	case MAP_TAGGED:
		return cpu_has_tags() ? common | tagged | never_execute : 0;
	case MAP_EL0_TAGGED:
		return cpu_has_tags() && !one_level ? common | tagged | never_execute | PTE_EL0 : 0;
	case MAP_DEVICE:
		break;
	}
	return common | PTE_ATTR(MAIR_DEVICE_NGNRE) | never_execute;
}
