// SPDX-License-Identifier: BSD-2-Clause
/* For tests, the CPU interface and the virtual one: memory of a GICv2, registers of a GICv3. */
#include <base/errno.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <drivers/gic.h>
#include "gic_access.h"

/* By encoding: assemblers of Armv8.0 do not know the names. */
#define ICC_PMR_EL1	S3_0_C4_C6_0
#define ICC_RPR_EL1	S3_0_C12_C11_3
#define ICC_IAR1_EL1	S3_0_C12_C12_0
#define ICC_EOIR1_EL1	S3_0_C12_C12_1
#define ICC_HPPIR1_EL1	S3_0_C12_C12_2
#define ICC_BPR1_EL1	S3_0_C12_C12_3
#define ICC_CTLR_EL1	S3_0_C12_C12_4
#define ICC_IGRPEN1_EL1	S3_0_C12_C12_7
#define ICH_HCR_EL2	S3_4_C12_C11_0
#define ICH_MISR_EL2	S3_4_C12_C11_2

#define GICH_HCR	0x0
#define GICH_MISR	0x10
#define HCR_EN		0x1U
#define HCR_UIE		0x2U	/* none, or one, of the list registers holds anything */

static const u32 gicc_offset[] = {
	[GIC_CPU_CTLR] = 0x0,
	[GIC_CPU_PMR] = 0x4,
	[GIC_CPU_BPR] = 0x8,
	[GIC_CPU_IAR] = 0xc,
	[GIC_CPU_EOIR] = 0x10,
	[GIC_CPU_RPR] = 0x14,
	[GIC_CPU_HPPIR] = 0x18,
	[GIC_CPU_IGRPEN] = 0x0,
};

static u64 read_icc(enum gic_cpu_reg reg)
{
	switch (reg) {
	case GIC_CPU_CTLR:
		return read_sysreg(ICC_CTLR_EL1);
	case GIC_CPU_PMR:
		return read_sysreg(ICC_PMR_EL1);
	case GIC_CPU_BPR:
		return read_sysreg(ICC_BPR1_EL1);
	case GIC_CPU_IAR:
		return read_sysreg(ICC_IAR1_EL1);
	case GIC_CPU_RPR:
		return read_sysreg(ICC_RPR_EL1);
	case GIC_CPU_HPPIR:
		return read_sysreg(ICC_HPPIR1_EL1);
	case GIC_CPU_IGRPEN:
		return read_sysreg(ICC_IGRPEN1_EL1);
	default:
		return 0;
	}
}

static void write_icc(enum gic_cpu_reg reg, u64 value)
{
	switch (reg) {
	case GIC_CPU_CTLR:
		write_sysreg(value, ICC_CTLR_EL1);
		break;
	case GIC_CPU_PMR:
		write_sysreg(value, ICC_PMR_EL1);
		break;
	case GIC_CPU_BPR:
		write_sysreg(value, ICC_BPR1_EL1);
		break;
	case GIC_CPU_EOIR:
		write_sysreg(value, ICC_EOIR1_EL1);
		break;
	case GIC_CPU_IGRPEN:
		write_sysreg(value, ICC_IGRPEN1_EL1);
		break;
	default:
		break;
	}
	isb();
}

u32 gic_cpu_read(enum gic_cpu_reg reg)
{
	const struct gic_access *gic = gic_access();
	u64 value;

	if (gic->version == 2 && gic->cpu)
		return reg == GIC_CPU_EOIR ? 0 : readl(gic->cpu + gicc_offset[reg]);
	if (gic->version != 3)
		return 0;
	value = read_icc(reg);
	/* An acknowledge has its effect on the others before they are looked at. */
	dsb(sy);
	isb();
	return (u32)value;
}

void gic_cpu_write(enum gic_cpu_reg reg, u32 value)
{
	const struct gic_access *gic = gic_access();

	if (gic->version == 2 && gic->cpu)
		writel(value, gic->cpu + gicc_offset[reg]);
	else if (gic->version == 3)
		write_icc(reg, value);
	dsb(sy);
}

bool gic_hyp_available(const char **why)
{
	const struct gic_access *gic = gic_access();

	*why = cpu_current_el() != 2 ? "the virtual CPU interface is controlled from EL2" :
	       gic->version == 2 && !gic->hyp ? "no GICH is described" : NULL;
	return !*why;
}

u32 gic_hyp_raise(bool on)
{
	const struct gic_access *gic = gic_access();
	u32 hcr = on ? HCR_EN | HCR_UIE : 0;
	const char *why;

	if (!gic_hyp_available(&why))
		return 0;
	if (gic->version == 2) {
		writel(hcr, gic->hyp + GICH_HCR);
		return readl(gic->hyp + GICH_MISR);
	}
	write_sysreg(hcr, ICH_HCR_EL2);
	isb();
	return (u32)read_sysreg(ICH_MISR_EL2);
}
