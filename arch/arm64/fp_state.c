// SPDX-License-Identifier: BSD-2-Clause
/* Which state there is, and how large. */
#include <base/util.h>
#include <asm/fp.h>
#include <asm/sysreg.h>

#define STATUS_SIZE	16U

/* fp.S */
void fp_simd_save(void *area);
void fp_simd_restore(const void *area);
void fp_sve_save(void *area, void *status);
void fp_sve_restore(const void *area, const void *status);
u64 fp_sve_bytes(void);

static bool has_fp(void)
{
	return (read_sysreg(ID_AA64PFR0_EL1) >> 16 & 0xf) != 0xf;
}

static bool has_sve(void)
{
	return read_sysreg(ID_AA64PFR0_EL1) >> 32 & 0xf;
}

/* 32 vectors; with SVE 17 predicates of an eighth behind them. */
static size_t registers_size(void)
{
	u64 vl = has_sve() ? fp_sve_bytes() : 16;

	return ALIGN_UP(32 * vl + (has_sve() ? 17 * vl / 8 : 0), 16ULL);
}

size_t fp_state_size(void)
{
	return has_fp() ? registers_size() + STATUS_SIZE : 0;
}

void fp_state_save(void *area)
{
	if (has_sve())
		fp_sve_save(area, (char *)area + registers_size());
	else if (has_fp())
		fp_simd_save(area);
}

void fp_state_restore(const void *area)
{
	if (has_sve())
		fp_sve_restore(area, (const char *)area + registers_size());
	else if (has_fp())
		fp_simd_restore(area);
}
