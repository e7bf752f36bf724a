// SPDX-License-Identifier: BSD-2-Clause
/*
 * Interrupts as an operating system uses them: what is asked of the controller
 * for one interrupt holds for that one. They are raised by software, each of a
 * number that the controller has and that no table gives to a device, so that
 * nothing else can raise it or be raised by it.
 */
#include <base/util.h>
#include <asm/sysreg.h>
#include <drivers/device.h>
#include "irq.h"

#define ISR_I	(1U << 7)	/* of ISR_EL1: an IRQ is signalled */

static u32 order;

irq_after_t note_came(u32 intid, struct pt_regs *regs, void *arg)
{
	struct came *came = arg;

	(void)regs;
	came->intid = intid;
	came->cpu = cpu_this();
	came->order = ++order;
	WRITE_ONCE(came->count, came->count + 1);
	return NULL;
}

bool is_described(u32 intid)
{
	const struct device *dev;

	device_for_each(dev)
		for (unsigned int i = 0; device_irq(dev, i); i++)
			if (device_irq(dev, i)->base == intid)
				return true;
	return false;
}

/*
 * Software can raise those that have priorities, which is those of a GIC. From the
 * end: boards use the first ones, for devices that tables forget, too.
 */
u32 free_spi(unsigned int n)
{
	for (u32 intid = IRQ_SPI_END - 1; intid >= IRQ_SPI_FIRST; intid--)
		if (irq_get_priority(intid) >= 0 && !is_described(intid) && !n--)
			return intid;
	SKIP("there is no SPI that no device has and software can raise");
	return 0;
}

u32 request_spi(unsigned int n, struct came *came)
{
	u32 intid = free_spi(n);

	*came = (struct came){ 0 };
	REQUIRE_EQ(irq_request(intid, note_came, came), 0, "SPI %u", intid);
	return intid;
}

u32 raise_spi(unsigned int n, struct came *came)
{
	u32 intid = request_spi(n, came);

	REQUIRE_EQ(irq_enable(intid), 0, "SPI %u", intid);
	REQUIRE_EQ(irq_set_pending(intid, true), 0, "SPI %u", intid);
	return intid;
}

bool comes(const struct came *came, u32 count)
{
	return !wait_until(READ_ONCE(came->count) >= count, COMES_US);
}

bool is_held(u32 intid, const struct came *came, u32 count)
{
	time_delay_us(HELD_US);
	return READ_ONCE(came->count) == count && irq_is_pending(intid) == 1;
}

bool wait_signal(void)
{
	return !wait_until(read_sysreg(isr_el1) & ISR_I, COMES_US);
}

/* Other suites have cases of the same name. */
#define CASE(id, ...)	{ .name = #id, .run = irq_case_##id, __VA_ARGS__ }

#define ANY_CPU		.needs = NEED_IRQ, .mmu = TEST_MMU_ANY
#define MANY_CPUS	.needs = NEED_IRQ | NEED_SMP, .mmu = TEST_MMU_ANY

static const struct test_case irq_cases[] = {
	CASE(spi_comes, ANY_CPU, .spec = "IHI0048B.b 4.3.7; IHI0069H 12.9.29",
		  .hint = "SPIs do not get from the distributor to the CPU: group, target or "
			  "an enable is the secure side's"),
	CASE(every_free_spi_comes, ANY_CPU,
		  .spec = "IHI0048B.b 4.3.2 ITLinesNumber; IHI0069H 12.9.38",
		  .hint = "GICD_TYPER promises more SPIs than there are, or some are the secure "
			  "side's"),
	CASE(disabled_spi_waits, ANY_CPU, .spec = "IHI0048B.b 3.2.2; IHI0069H 4.1.2",
		  .hint = "the enable of an SPI has no effect, or drops what is pending"),
	CASE(pending_is_taken_back, ANY_CPU, .spec = "IHI0048B.b 4.3.8; IHI0069H 12.9.14",
		  .hint = "GICD_ICPENDR has no effect"),
	CASE(active_spi_waits, ANY_CPU, .spec = "IHI0048B.b 4.3.9; IHI0069H 12.9.27",
		  .hint = "GICD_ISACTIVER or GICD_ICACTIVER has no effect, as hypervisors that "
			  "trap it may have it"),
	CASE(edge_and_level_are_kept, ANY_CPU, .spec = "IHI0048B.b 4.3.13; IHI0069H 12.9.9",
		  .hint = "GICD_ICFGR of an SPI is fixed, or a write changes its neighbours"),
	CASE(only_our_group_comes, ANY_CPU, .spec = "IHI0048B.b 4.3.4; IHI0069H 4.6",
		  .hint = "interrupts of a group that is not enabled get through"),
	CASE(urgent_one_comes_first, ANY_CPU, .spec = "IHI0048B.b 3.3; IHI0069H 4.8",
		  .hint = "priorities are not looked at, or their registers are not of this SPI"),
	CASE(priority_reads_back, ANY_CPU, .spec = "IHI0048B.b 4.3.11; IHI0069H 12.9.20",
		  .hint = "fewer than 16 priorities, or a byte write changes its neighbours"),
	CASE(priority_mask_holds_back, ANY_CPU,
		  .spec = "IHI0048B.b 4.4.2; IHI0069H 12.2.20 ICC_PMR_EL1",
		  .hint = "the priority mask of the CPU interface has no effect"),
	CASE(split_eoi_keeps_it_active, ANY_CPU,
		  .spec = "IHI0048B.b 3.2.1 EOImode; IHI0069H 4.4.2",
		  .hint = "priority drop and deactivation are not parted by EOImode"),
	CASE(nothing_pending_is_none, ANY_CPU, .spec = "IHI0048B.b 3.2.5; IHI0069H 2.2.1",
		  .hint = "an interrupt is left over, or the spurious INTID is not 1023"),
	CASE(request_forgets_the_past, ANY_CPU, .spec = "IHI0048B.b 4.3; IHI0069H 12.9",
		  .hint = "what firmware configured stays in force"),
	CASE(device_interrupt_is_as_described, ANY_CPU,
		  .spec = "binding arm,gic third cell; ACPI 6.5 5.2.25",
		  .hint = "the interrupt controller cannot have it as the table says"),
	CASE(unasked_is_stopped, ANY_CPU, .spec = "IHI0048B.b 3.2.2; IHI0069H 4.1.2",
		  .hint = "an interrupt that nobody handles comes for ever"),
	CASE(misuse_is_refused, ANY_CPU, .hint = "arguments are not checked",
	     .spec = "include/core/irq.h"),
	CASE(every_cpu_takes_interrupts, ANY_CPU,
		  .spec = "IHI0048B.b 4.3.15; IHI0069H 12.2.19, 12.10; BSA 1.0C B_GIC_05",
		  .hint = "no redistributor is described for a CPU, or it is asleep: the error "
			  "above names the CPU"),
	CASE(sgi_reaches_one, MANY_CPUS, .spec = "IHI0048B.b 4.3.15; IHI0069H 12.2.19",
		  .hint = "an SGI goes to another CPU, too: affinity or interface number is wrong"),
	CASE(sgi_reaches_list, MANY_CPUS, .spec = "IHI0048B.b 4.3.15; IHI0069H 12.2.19",
		  .hint = "of a target list some CPUs are left out"),
	CASE(sgi_reaches_others, MANY_CPUS, .spec = "IHI0048B.b 4.3.15; IHI0069H 12.2.19 IRM",
		  .hint = "the filter for all others leaves a CPU out, or takes the sender in"),
	CASE(spi_goes_to_its_target, MANY_CPUS, .timeout_ms = 30000,
		  .spec = "IHI0048B.b 4.3.12; IHI0069H 12.9.22",
		  .hint = "an SPI comes to another CPU than GICD_ITARGETSR or GICD_IROUTER says"),
	CASE(any_target_takes_it, MANY_CPUS, .spec = "IHI0048B.b 1.4.3; IHI0069H 3.2.3",
		  .hint = "an SPI for any CPU comes to none"),
	CASE(ppi_is_of_one_cpu, MANY_CPUS, .spec = "IHI0048B.b 2.2.1; IHI0069H 2.2.1",
		  .hint = "registers of private interrupts are not those of the CPU that writes"),
	CASE(cpus_change_at_once, MANY_CPUS, .spec = "IHI0048B.b 4.3.13; IHI0069H 12.9.9",
		  .hint = "changes that several CPUs make in one register get lost"),
	{}
};
TEST_SUITE(irq, .about = "interrupts, and what can be done to them", .cases = irq_cases);
