// SPDX-License-Identifier: BSD-2-Clause
/* Which state there is, and how large. */
#include <base/string.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/fp.h>
#include <asm/sysreg.h>
#include <asm/tlb.h>

#define STATUS_SIZE	16U

/* By encoding: assemblers of Armv8.0 do not know the names. */
#define ZCR_EL1		S3_0_C1_C2_0
#define ZCR_EL2		S3_4_C1_C2_0
#define ZCR_LEN		0xfULL
#define CPACR_FPEN	(3ULL << 20)
#define CPACR_ZEN	(3ULL << 16)
#define CPTR_EL2_TFP	BIT(10)		/* without VHE */
#define CPTR_EL2_TZ	BIT(8)
/* Every cumulative flag; default NaN, flush to zero, round towards zero. */
#define FPSR_FLAGS	0x0800009fULL
#define FPCR_MODES	0x03c00000ULL

/* fp.S */
void fp_simd_save(void *area);
void fp_simd_restore(const void *area);
void fp_sve_save(void *area, void *status);
void fp_sve_restore(const void *area, const void *status);
u64 fp_sve_bytes(void);

bool fp_has_simd(void)
{
	return (read_sysreg(ID_AA64PFR0_EL1) >> 16 & 0xf) != 0xf;
}

bool fp_has_sve(void)
{
	return read_sysreg(ID_AA64PFR0_EL1) >> 32 & 0xf;
}

size_t fp_vector_bytes(void)
{
	return fp_has_sve() ? fp_sve_bytes() : 16;
}

/* 32 vectors; with SVE 17 predicates of an eighth behind them. */
static size_t registers_size(void)
{
	u64 vl = fp_vector_bytes();

	return ALIGN_UP(32 * vl + (fp_has_sve() ? 17 * vl / 8 : 0), 16ULL);
}

size_t fp_state_size(void)
{
	return fp_has_simd() ? registers_size() + STATUS_SIZE : 0;
}

void fp_state_save(void *area)
{
	if (fp_has_sve())
		fp_sve_save(area, (char *)area + registers_size());
	else if (fp_has_simd())
		fp_simd_save(area);
}

void fp_state_restore(const void *area)
{
	if (fp_has_sve())
		fp_sve_restore(area, (const char *)area + registers_size());
	else if (fp_has_simd())
		fp_simd_restore(area);
}

size_t fp_vector_limit(size_t bytes)
{
	bool one_level = tlb_one_level();
	u64 zcr = one_level ? read_sysreg(ZCR_EL2) : read_sysreg(ZCR_EL1);
	u64 now = (zcr & ~ZCR_LEN) | ((bytes / 16 - 1) & ZCR_LEN);

	if (one_level)
		write_sysreg(now, ZCR_EL2);
	else
		write_sysreg(now, ZCR_EL1);
	isb();
	return ((zcr & ZCR_LEN) + 1) * 16;
}

void fp_trap(bool on, bool sve)
{
	u64 open = sve ? CPACR_ZEN : CPACR_FPEN, shut = sve ? CPTR_EL2_TZ : CPTR_EL2_TFP;
	u64 now;

	if (tlb_one_level()) {
		now = read_sysreg(cptr_el2);
		write_sysreg(on ? now | shut : now & ~shut, cptr_el2);
	} else {
		now = read_sysreg(cpacr_el1);
		write_sysreg(on ? now & ~open : now | open, cpacr_el1);
	}
	isb();
}

/* FFR holds ones up to a place and zeroes from there on (DDI 0487J.a C6.2 WRFFR). */
static void fill_ffr(u8 *ffr, u64 seed)
{
	size_t bytes = fp_vector_bytes() / 8, ones = seed % bytes;

	memset(ffr, 0xff, ones);
	memset(ffr + ones, 0, bytes - ones);
}

void fp_state_fill(void *area, u64 seed)
{
	u64 *word = area, *status = (u64 *)((char *)area + registers_size());
	u64 vl = fp_vector_bytes(), value = seed * 0x9e3779b97f4a7c15ULL + 1;
	size_t i;

	memset(area, 0, fp_state_size());
	/* With SVE its 16 predicates lie behind the vectors. */
	for (i = 0; i < (32 * vl + (fp_has_sve() ? 2 * vl : 0)) / sizeof(u64); i++) {
		value = value * 0x5851f42d4c957f2dULL + 0x14057b7ef767814fULL;
		word[i] = value;
	}
	if (fp_has_sve())
		fill_ffr((u8 *)area + 34 * vl, seed);
	status[0] = seed & 1 ? FPSR_FLAGS : FPSR_FLAGS & ~1ULL;
	status[1] = seed & 1 ? FPCR_MODES : FPCR_MODES >> 1 & FPCR_MODES;
}
