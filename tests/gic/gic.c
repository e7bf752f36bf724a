// SPDX-License-Identifier: BSD-2-Clause
/*
 * The GIC as hardware: registers as they read back, every state of an interrupt,
 * priorities, routing, and what the system architecture wants of it. Interrupts are
 * really raised and taken, with IRQs masked and by hand where the order of steps
 * is what is tested. Shared ones are of numbers that no table gives to a device.
 *
 * The suite irq has the same hardware as drivers see it, through core/irq.h.
 */
#include <base/string.h>
#include <base/util.h>
#include <asm/control_state.h>
#include <drivers/device.h>
#include <drivers/v2m.h>
#include <core/msi.h>
#include "gic.h"

#define DAIF_I	BIT(7)

struct gic_info gic;

static u32 handled[CONFIG_NR_CPUS];	/* each CPU writes its own */

/* An edge: nothing is to be silenced. */
static irq_after_t count_it(u32 intid, struct pt_regs *regs, void *arg)
{
	u32 *mine = &handled[cpu_this()];

	(void)intid;
	(void)regs;
	(void)arg;
	WRITE_ONCE(*mine, *mine + 1);
	return NULL;
}

u32 gic_handled(void)
{
	u32 sum = 0;

	for (unsigned int i = 0; i < cpu_count(); i++)
		sum += READ_ONCE(handled[i]);
	return sum;
}

void gic_handled_reset(void)
{
	memset(handled, 0, sizeof(handled));
}

/* While IRQs are let through it is the handler's, and nothing is left to poll. */
void take_waiting(void)
{
	if (control_daif() & DAIF_I)
		irq_poll();
}

static bool is_described(u32 intid)
{
	const struct device *dev;
	struct v2m_info v2m;

	device_for_each(dev)
		for (unsigned int i = 0; device_irq(dev, i); i++)
			if (device_irq(dev, i)->base == intid)
				return true;
	for (struct msi_parent *p = msi_parent_next(NULL); p; p = msi_parent_next(p))
		if (IS_ENABLED(CONFIG_IRQCHIP_V2M) && v2m_info(p, &v2m) && intid >= v2m.first &&
		    intid - v2m.first < v2m.count)
			return true;
	return false;
}

u32 gic_spi(unsigned int n)
{
	/* From the end: boards use the first ones, for devices that tables forget, too. */
	for (u32 intid = gic.lines - 1; intid >= IRQ_SPI_FIRST; intid--) {
		if (is_described(intid) || irq_request(intid, count_it, NULL))
			continue;
		/* Numbers that the GIC leaves out stay disabled. */
		if (!irq_enable(intid) && !n--) {
			irq_disable(intid);
			return intid;
		}
		irq_request(intid, NULL, NULL);
	}
	SKIP("the GIC has not as many SPIs that no device has");
	return 0;
}

u32 gic_edge(unsigned int n)
{
	u32 intid = gic_spi(n);

	REQUIRE_EQ(irq_set_trigger(intid, true), 0, "SPI %u", intid);
	return intid;
}

bool gic_bit(u32 reg, u32 intid)
{
	u32 word = intid < IRQ_PRIVATE ? gic_private_read(reg) :
					 gic_dist_read(reg + intid / 32 * 4);

	return word >> intid % 32 & 1;
}

void gic_set_bit(u32 reg, u32 intid)
{
	if (intid < IRQ_PRIVATE)
		gic_private_write(reg, 1U << intid);
	else
		gic_dist_write(reg + intid / 32 * 4, 1U << intid % 32);
}

static u32 acknowledge(u32 *token)
{
	u32 intid = irq_ack(token);

	if (intid == IRQ_SGI_WAKE) {
		irq_eoi(*token);
		intid = irq_ack(token);
	}
	return intid;
}

u32 take_irq(u32 *token)
{
	u32 intid = IRQ_NONE;

	wait_until((intid = acknowledge(token)) != IRQ_NONE, GIC_US);
	return intid;
}

/* Signalling takes its time in hardware (IHI 0069H 4.1): as long as some reads of a device. */
u32 take_now(u32 *token)
{
	u32 intid = IRQ_NONE;

	for (unsigned int i = 0; i < 8 && intid == IRQ_NONE; i++) {
		gic_dist_read(GIC_REG_TYPER);
		intid = acknowledge(token);
	}
	return intid;
}

void nothing_comes(const char *when)
{
	u32 token, intid = take_now(&token);

	if (!CHECK_EQ(intid, IRQ_NONE, "INTID that came %s", when))
		irq_eoi(token);
}

u32 gic_interface(void)
{
	return gic_private_read(GIC_REG_ITARGETSR) & 0xff;
}

/* Of hundreds of CPUs some at both ends of the numbers: all wait for the last one. */
bool gic_joins(unsigned int index)
{
	return cpu_is_online(index) && (index < 12 || index + 4 >= cpu_count());
}

static int gic_setup(void)
{
	if (gic_get_info(&gic))
		SKIP("the interrupt controller in use is no GIC");
	return 0;
}

static const struct test_case gic_cases[] = {
	TEST_CASE(identification_is_read_only,
		  .spec = "IHI 0048B.b 4.3.2, 4.3.3; IHI 0069H 12.9.38, 12.9.11, 12.11.35",
		  .hint = "the distributor's page is not what the tables say, or is trapped badly"),
	TEST_CASE(security_states_fit_the_cpu, .spec = "BSA B_GIC_04 (DEN0094C); IHI 0069H 12.9.38",
		  .hint = "a GIC that shows a secure side, and a CPU that has none to show"),
	TEST_CASE(lines_are_as_many_as_said, .spec = "IHI 0048B.b 4.3.2; IHI 0069H 12.9.38",
		  .hint = "GICD_TYPER.ITLinesNumber was configured for another number of SPIs"),
	TEST_CASE(every_cpu_has_its_interface, .spec = "IHI 0048B.b 4.3.2; IHI 0069H 12.11.35",
		  .hint = "the tables describe CPUs that this GIC does not serve"),
	TEST_CASE(enables_set_and_clear, .spec = "IHI 0048B.b 4.3.5, 4.3.6; IHI 0069H 12.9.24",
		  .hint = "SPIs are reserved for the secure side, or enables are trapped badly"),
	TEST_CASE(triggers_are_configured, .spec = "IHI 0048B.b 4.3.13; IHI 0069H 12.9.9",
		  .hint = "GICD_ICFGR is not emulated, or SPIs are wired with a fixed trigger"),
	TEST_CASE(shared_interrupts_name_their_cpu,
		  .spec = "IHI 0048B.b 4.3.12; IHI 0069H 12.9.22",
		  .hint = "the target registers take CPUs that are not there, or lose one"),
	TEST_CASE(absent_cpus_are_no_targets, .spec = "IHI 0048B.b 4.3.12; IHI 0069H 12.9.35",
		  .hint = "an interrupt sent to a CPU that is not there would be lost"),
	TEST_CASE(priorities_have_16_levels, .spec = "IHI 0048B.b 3.3, 4.3.11; IHI 0069H 4.8",
		  .hint = "16 levels at the least, in the high bits, of every interrupt alike"),
	TEST_CASE(priorities_are_bytes, .spec = "IHI 0048B.b 4.1.4; IHI 0069H 12.1.3",
		  .hint = "a byte access changes or reads the wrong bytes of the word"),
	TEST_CASE(spi_priorities_are_words_of_bytes,
		  .spec = "IHI 0048B.b 4.1.4, 4.3.11; IHI 0069H 12.1.3, 12.9 GICD_IPRIORITYR<n>",
		  .hint = "a word access, a byte access or the last register is decoded wrongly"),
	TEST_CASE(sgis_reach_their_own_cpu, .all_cpus = true,
		  .spec = "BSA B_GIC_05 (DEN0094C)",
		  .hint = "SGIs 0 to 7 are the non-secure side's: firmware keeps them, or this "
			  "CPU's group enables are off"),
	TEST_CASE(sgi_sent_twice_is_pending_once, .spec = "IHI 0048B.b 3.2.2; IHI 0069H 4.1.2",
		  .hint = "a second SGI of the same number and sender is one with the first"),
	TEST_CASE(thousand_sgis_all_come, .spec = "IHI 0048B.b 3.2.2; IHI 0069H 4.1.2",
		  .hint = "an interrupt was lost between distributor and CPU"),
	TEST_CASE(sgi_reaches_just_the_list, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.15; IHI 0069H 12.2.19",
		  .hint = "the target list is decoded wrongly: affinity, range selector, CPU mask"),
	TEST_CASE(sgi_reaches_all_others, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.15; IHI 0069H 12.2.19",
		  .hint = "to all but self (IRM, or the filter of GICD_SGIR)"),
	TEST_CASE(sgi_tells_its_number_and_sender, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.4.4; IHI 0069H 12.2.14",
		  .hint = "of a GICv2 bits 12 to 10 of GICC_IAR say which CPU sent it"),
	TEST_CASE(states_go_round, .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1.2",
		  .hint = "inactive, pending, active, inactive"),
	TEST_CASE(disabled_interrupt_stays_pending, .spec = "IHI 0048B.b 3.2; IHI 0069H 4.7",
		  .hint = "disabled ones may become pending, and are not signalled"),
	TEST_CASE(withdrawn_interrupt_is_spurious, .spec = "IHI 0048B.b 3.2.5; IHI 0069H 4.3",
		  .hint = "with nothing to acknowledge the interface gives INTID 1023"),
	TEST_CASE(active_interrupt_is_held_back, .spec = "IHI 0048B.b 4.3.9; IHI 0069H 12.9.26",
		  .hint = "what GICD_ISACTIVER makes active is not signalled again"),
	TEST_CASE(active_state_is_seen_by_all, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.9; IHI 0069H 12.9.26",
		  .hint = "the active state of an SPI is the distributor's, not a CPU's"),
	TEST_CASE(sgi_is_active_until_its_end, .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1.2",
		  .hint = "an SGI that was acknowledged is active, until EOI"),
	TEST_CASE(active_state_is_set_from_elsewhere, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.9, 4.3.10; IHI 0069H 12.9 GICD_ISACTIVER<n>",
		  .hint = "each CPU has an active state of its own of an SPI, or a write of "
			  "another CPU is lost"),
	TEST_CASE(active_sgi_is_its_cpus, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.9; IHI 0069H 12.11 GICR_ISACTIVER0",
		  .hint = "the active bits of private interrupts are not banked"),
	TEST_CASE(sgi_is_deactivated_by_software,
		  .spec = "IHI 0048B.b 3.2.1, 4.3.10; IHI 0069H 4.1.1, 12.11 GICR_ICACTIVER0",
		  .hint = "GICD_ICACTIVER, or GICR_ICACTIVER0, does not end the active state"),
	TEST_CASE(edge_is_remembered_while_active, .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1.2",
		  .hint = "active and pending: an edge that comes before the EOI comes again"),
	TEST_CASE(level_follows_its_source, .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1.2",
		  .hint = "a timer's PPI is a level: there until the timer is silenced"),
	TEST_CASE(priority_mask_holds_back, .spec = "IHI 0048B.b 4.4.2; IHI 0069H 12.2.18",
		  .hint = "only what is numerically below the mask is signalled"),
	TEST_CASE(more_urgent_comes_first, .spec = "IHI 0048B.b 3.3; IHI 0069H 4.8",
		  .hint = "of two pending ones that with the lower number as priority"),
	TEST_CASE(more_urgent_preempts, .spec = "IHI 0048B.b 3.3.1; IHI 0069H 4.8.5",
		  .hint = "running priority, and its fall at each EOI"),
	TEST_CASE(equal_does_not_preempt, .spec = "IHI 0048B.b 3.3.1; IHI 0069H 4.8.5",
		  .hint = "the same priority waits for the EOI"),
	TEST_CASE(binary_point_groups_priorities, .spec = "IHI 0048B.b 3.3.3; IHI 0069H 4.8.2",
		  .hint = "bits below the binary point do not preempt"),
	TEST_CASE(split_end_drops_then_deactivates, .spec = "IHI 0048B.b 3.2.1; IHI 0069H 4.1.1",
		  .hint = "EOImode 1: EOI drops the priority, DIR ends the active state"),
	TEST_CASE(spi_reaches_its_cpu, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.12; IHI 0069H 12.9.22",
		  .hint = "GICD_ITARGETSR or GICD_IROUTER is decoded wrongly"),
	TEST_CASE(one_of_n_takes_it, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 3.2.3; IHI 0069H 2.2.3",
		  .hint = "of several targets exactly one acknowledges it"),
	TEST_CASE(active_spi_moves_with_its_next, .needs = NEED_SMP,
		  .spec = "IHI 0048B.b 4.3.12; IHI 0069H 12.9.22",
		  .hint = "a new target takes it once the old one has ended it"),
	TEST_CASE(thousand_spis_all_come, .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1.2",
		  .hint = "an interrupt was lost between distributor and CPU"),
	TEST_CASE(el1_timer_interrupts_fire, .spec = "BSA B_PPI_01 (DEN0094C)",
		  .hint = "the tables name another PPI than the timer is wired to"),
	TEST_CASE(el2_timer_interrupts_fire, .needs = NEED_EL2, .spec = "BSA B_PPI_02 (DEN0094C)",
		  .hint = "the tables name another PPI than the timer is wired to"),
	TEST_CASE(maintenance_interrupt_fires, .needs = NEED_EL2,
		  .spec = "BSA B_PPI_02 (DEN0094C); IHI 0048B.b 5.3.4; IHI 0069H 12.4.8",
		  .hint = "a hypervisor needs the maintenance interrupt that the tables name"),
	TEST_CASE(pci_has_message_interrupts, .spec = "BSA B_GIC_02, B_GIC_03 (DEN0094C)",
		  .hint = "PCIe needs GICv2m with a GICv2, an ITS with a GICv3"),
	TEST_CASE(its_has_lpis, .spec = "BSA B_GIC_03 (DEN0094C); IHI 0069H 12.9.38, 12.11.35",
		  .hint = "an ITS without LPIs in distributor and redistributors is of no use"),
	TEST_CASE(redistributor_sleeps_and_wakes, .spec = "IHI 0069H 11.1, 12.11.37",
		  .hint = "ProcessorSleep and ChildrenAsleep follow one another"),
	{}
};
TEST_SUITE(gic, .about = "the interrupt controller as hardware", .init = gic_setup,
	   .mmu = TEST_MMU_ANY, .cases = gic_cases);
