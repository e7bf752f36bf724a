// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/sysreg.h>
#include "gicv3_cpu.h"
#include "gicv3_sgi.h"

/* By encoding: assemblers of Armv8.0 do not know the names. */
#define ICC_PMR_EL1		S3_0_C4_C6_0
#define ICC_AP0R0_EL1		S3_0_C12_C8_4
#define ICC_AP0R1_EL1		S3_0_C12_C8_5
#define ICC_AP0R2_EL1		S3_0_C12_C8_6
#define ICC_AP0R3_EL1		S3_0_C12_C8_7
#define ICC_AP1R0_EL1		S3_0_C12_C9_0
#define ICC_AP1R1_EL1		S3_0_C12_C9_1
#define ICC_AP1R2_EL1		S3_0_C12_C9_2
#define ICC_AP1R3_EL1		S3_0_C12_C9_3
#define ICC_DIR_EL1		S3_0_C12_C11_1
#define ICC_RPR_EL1		S3_0_C12_C11_3
#define ICC_SGI1R_EL1		S3_0_C12_C11_5
#define ICC_IAR1_EL1		S3_0_C12_C12_0
#define ICC_EOIR1_EL1		S3_0_C12_C12_1
#define ICC_BPR1_EL1		S3_0_C12_C12_3
#define ICC_CTLR_EL1		S3_0_C12_C12_4
#define ICC_SRE_EL1		S3_0_C12_C12_5
#define ICC_IGRPEN1_EL1		S3_0_C12_C12_7
#define ICC_SRE_EL2		S3_4_C12_C9_5

#define ICC_SRE_ALL		0xf		/* SRE, DFB, DIB; at EL2 Enable for EL1, too */
#define ICC_SRE_SRE		0x1
#define RPR_IDLE		0xff
#define ICC_CTLR_PRIBITS(ctlr)	(((ctlr) >> 8 & 7) + 1)
#define ICC_CTLR_CBPR		(1U << 0)
#define ICC_CTLR_EOIMODE	(1U << 1)
#define ICC_CTLR_PMHE		(1U << 6)
#define ICC_CTLR_RSS		(1U << 18)

static bool dist_has_ranges;
static bool dist_has_security;

/*
 * With two security states the distributor shows us the lower half of all priorities,
 * at twice their distance from 0x80. The CPU interface does so only where EL3 has
 * routed FIQs to itself (SCR_EL3.FIQ, IHI 0069H 4.8.6): else its mask is of the
 * priorities as they are, and has to be halved by us.
 */
static bool mask_is_whole;

void gicv3_cpu_set_ranges(bool has_ranges)
{
	dist_has_ranges = has_ranges;
}

void gicv3_cpu_set_security(bool two_states)
{
	dist_has_security = two_states;
}

/* The lowest bit that a mask has gets lost where it is halved. */
static bool find_mask_is_whole(void)
{
	unsigned int bits = ICC_CTLR_PRIBITS(read_sysreg(ICC_CTLR_EL1));

	if (!dist_has_security)
		return false;
	write_sysreg(1U << (8 - bits), ICC_PMR_EL1);
	isb();
	return read_sysreg(ICC_PMR_EL1);
}

static void clear_group_0(unsigned int bits)
{
	write_sysreg(0, ICC_AP0R0_EL1);
	if (bits >= 6)
		write_sysreg(0, ICC_AP0R1_EL1);
	if (bits >= 7) {
		write_sysreg(0, ICC_AP0R2_EL1);
		write_sysreg(0, ICC_AP0R3_EL1);
	}
}

/*
 * As many registers as there are bits of preemption (IHI 0069H 12.2.5). Those of group 0
 * are ours with one security state only, and EL3 may trap them even then: they are
 * written where something of that group is active, which would keep all of ours out.
 */
static void clear_active_priorities(void)
{
	unsigned int bits = ICC_CTLR_PRIBITS(read_sysreg(ICC_CTLR_EL1));

	write_sysreg(0, ICC_AP1R0_EL1);
	if (bits >= 6)
		write_sysreg(0, ICC_AP1R1_EL1);
	if (bits >= 7) {
		write_sysreg(0, ICC_AP1R2_EL1);
		write_sysreg(0, ICC_AP1R3_EL1);
	}
	isb();
	if (!dist_has_security && read_sysreg(ICC_RPR_EL1) != RPR_IDLE)
		clear_group_0(bits);
	isb();
}

static bool use_system_registers(void)
{
	if (cpu_current_el() == 2)
		write_sysreg(read_sysreg(ICC_SRE_EL2) | ICC_SRE_ALL, ICC_SRE_EL2);
	isb();
	write_sysreg(read_sysreg(ICC_SRE_EL1) | ICC_SRE_SRE, ICC_SRE_EL1);
	isb();
	return read_sysreg(ICC_SRE_EL1) & ICC_SRE_SRE;
}

int gicv3_cpu_interface_init(void)
{
	u64 ctlr;

	if (!use_system_registers())
		return -EIO;
	write_sysreg(0, ICC_IGRPEN1_EL1);
	ctlr = read_sysreg(ICC_CTLR_EL1);
	ctlr &= ~(u64)(ICC_CTLR_CBPR | ICC_CTLR_EOIMODE | ICC_CTLR_PMHE);
	write_sysreg(ctlr, ICC_CTLR_EL1);
	isb();
	clear_active_priorities();
	mask_is_whole = find_mask_is_whole();
	gicv3_cpu_set_priority_mask(IRQ_PRIORITY_MASK);
	write_sysreg(0, ICC_BPR1_EL1);
	write_sysreg(1, ICC_IGRPEN1_EL1);
	isb();
	return 0;
}

u32 gicv3_cpu_ack(u32 *intid)
{
	u32 iar = read_sysreg(ICC_IAR1_EL1) & 0xffffff;

	/* Memory that the interrupt tells of is looked at afterwards only. */
	dsb(sy);
	*intid = iar >= 1020 && iar <= 1023 ? IRQ_NONE : iar;
	return iar;
}

/* The distributor shows what an ISB and a DSB have followed (IHI 0069H 12.1). */
void gicv3_cpu_eoi(u32 token)
{
	write_sysreg(token, ICC_EOIR1_EL1);
	isb();
	dsb(sy);
}

void gicv3_cpu_deactivate(u32 token)
{
	write_sysreg(token, ICC_DIR_EL1);
	isb();
	dsb(sy);
}

bool gicv3_cpu_eoi_is_split(void)
{
	return read_sysreg(ICC_CTLR_EL1) & ICC_CTLR_EOIMODE;
}

int gicv3_cpu_split_eoi(bool split)
{
	u64 ctlr = read_sysreg(ICC_CTLR_EL1) & ~(u64)ICC_CTLR_EOIMODE;

	write_sysreg(ctlr | (split ? ICC_CTLR_EOIMODE : 0), ICC_CTLR_EL1);
	isb();
	return gicv3_cpu_eoi_is_split() == split ? 0 : -EIO;
}

/* IHI 0069H 2.3.2: a range above 0 takes the CPU interface and the distributor. */
bool gicv3_cpu_sgi_reaches(u64 mpidr)
{
	return !SGI1R_RANGE_OF(mpidr) ||
	       (dist_has_ranges && read_sysreg(ICC_CTLR_EL1) & ICC_CTLR_RSS);
}

int gicv3_cpu_send_sgi(const u64 *mpidr, unsigned int count, u32 sgi)
{
	u64 value;

	for (unsigned int i = 0; i < count; i++)
		if (!gicv3_cpu_sgi_reaches(mpidr[i]))
			return -EOPNOTSUPP;
	for (unsigned int i = 0; i < count;) {
		i += sgi1r_first(mpidr + i, count - i, &value);
		write_sysreg(value | SGI1R_INTID(sgi), ICC_SGI1R_EL1);
	}
	isb();
	return 0;
}

int gicv3_cpu_send_sgi_others(u32 sgi)
{
	write_sysreg(SGI1R_OTHERS | SGI1R_INTID(sgi), ICC_SGI1R_EL1);
	isb();
	return 0;
}

void gicv3_cpu_set_priority_mask(u32 mask)
{
	write_sysreg(mask_is_whole ? 0x80 | mask >> 1 : mask, ICC_PMR_EL1);
	isb();
}

u32 gicv3_cpu_priority_mask(void)
{
	u32 mask = (u32)read_sysreg(ICC_PMR_EL1);

	return mask_is_whole ? mask << 1 & 0xff : mask;
}

void gicv3_cpu_save(struct irq_cpu_state *state)
{
	state->priority_mask = gicv3_cpu_priority_mask();
	state->running_priority = read_sysreg(ICC_RPR_EL1);
	state->control = (read_sysreg(ICC_CTLR_EL1) & ICC_CTLR_EOIMODE) |
			 (read_sysreg(ICC_IGRPEN1_EL1) & 1);
}
