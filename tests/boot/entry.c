// SPDX-License-Identifier: BSD-2-Clause
/* What holds under both boot methods. */
#include <asm/cpu.h>
#include <asm/exception.h>
#include <drivers/device.h>
#include "boot.h"

#define ISR_A		BIT(8)
#define SRE_ENABLED	BIT(0)

void entered_at_el1_or_el2(void)
{
	CHECK_GE(entry_state_el(entry()), 1U, "CurrentEL");
	CHECK_LE(entry_state_el(entry()), 2U, "CurrentEL");
}

void no_serror_is_pending(void)
{
	CHECK_EQ(entry()->isr & ISR_A, 0ULL, "ISR_EL1.A at entry, ISR_EL1 0x%llx", entry()->isr);
}

void counter_frequency_is_set(void)
{
	CHECK_NE(entry()->cntfrq, 0ULL, "CNTFRQ_EL0 at entry");
	/* The counter is at least 1 MHz everywhere; 1 GHz since Armv8.6, with some room above. */
	CHECK_GE(entry()->cntfrq, 1000000ULL, "CNTFRQ_EL0 in Hz");
	CHECK_LE(entry()->cntfrq, 10000000000ULL, "CNTFRQ_EL0 in Hz");
}

static void touch_physical_timer(void *arg)
{
	u64 *values = arg;

	values[0] = read_sysreg(cntpct_el0);
	values[1] = read_sysreg(cntp_ctl_el0);
}

void counter_and_timer_are_accessible(void)
{
	u64 values[2];

	if (entry_state_el(entry()) == 2)
		SKIP("entered at EL2, where CNTHCTL_EL2 is for the image to set");
	CHECK_EQ(test_guarded_call(touch_physical_timer, values, NULL, NULL), 0,
		 "reading CNTPCT_EL0 and CNTP_CTL_EL0 at EL1");
}

static const struct device *find_gicv3(void)
{
	const struct device *dev;

	device_for_each(dev) {
		if (device_compatible(dev, "arm,gic-v3") || dev->acpi_id == ACPI_MADT_GICV3)
			return dev;
	}
	return NULL;
}

/*
 * The rule is about the level above: an access does not trap, and SRE can be
 * set. Whether it is set already is up to who set the GIC up last.
 */
static void set_sre(void *arg)
{
	u64 *sre = arg;
	u64 before;

	if (cpu_current_el() == 2) {
		before = read_sysreg(S3_4_C12_C9_5);
		write_sysreg(before | SRE_ENABLED, S3_4_C12_C9_5);
		isb();
		*sre = read_sysreg(S3_4_C12_C9_5);
		write_sysreg(before, S3_4_C12_C9_5);
	} else {
		before = read_sysreg(S3_0_C12_C12_5);
		write_sysreg(before | SRE_ENABLED, S3_0_C12_C12_5);
		isb();
		*sre = read_sysreg(S3_0_C12_C12_5);
		write_sysreg(before, S3_0_C12_C12_5);
	}
	isb();
}

void gicv3_registers_are_accessible(void)
{
	const struct device *gic = find_gicv3();
	u64 sre = 0;

	if (!gic)
		SKIP("no GICv3 is described");
	REQUIRE_NE(read_sysreg(ID_AA64PFR0_EL1) >> 24 & 0xf, 0ULL,
		   "ID_AA64PFR0_EL1.GIC, and %s describes a GICv3", gic->origin);
	REQUIRE_EQ(test_guarded_call(set_sre, &sre, NULL, NULL), 0, "ICC_SRE_EL%u",
		   cpu_current_el());
	CHECK_EQ(sre & SRE_ENABLED, SRE_ENABLED, "ICC_SRE_EL%u 0x%llx, SRE after it was set",
		 cpu_current_el(), sre);
}
