// SPDX-License-Identifier: BSD-2-Clause
/*
 * Interrupts as an operating system uses them: what is asked of the controller
 * for one interrupt holds for that one. They are raised by software, each of a
 * number that the controller has and that no table gives to a device, so that
 * nothing else can raise it or be raised by it.
 */
#include <base/util.h>
#include <core/time.h>
#include <drivers/device.h>
#include "irq.h"

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

static bool is_described(u32 intid)
{
	const struct device *dev;

	device_for_each(dev)
		for (unsigned int i = 0; device_irq(dev, i); i++)
			if (device_irq(dev, i)->base == intid)
				return true;
	return false;
}

u32 free_spi(unsigned int n)
{
	/* From the end: boards use the first ones, for devices that tables forget, too. */
	for (u32 intid = IRQ_SPI_END - 1; intid >= IRQ_SPI_FIRST; intid--)
		if (irq_is_enabled(intid) == 0 && !is_described(intid) && !n--)
			return intid;
	SKIP("the interrupt controller has no SPI that no device has");
	return 0;
}

u32 free_ppi(void)
{
	for (u32 intid = IRQ_SGIS; intid < IRQ_PRIVATE; intid++)
		if (irq_is_enabled(intid) == 0 && !is_described(intid))
			return intid;
	return 0;
}

u32 request_spi(unsigned int n, struct came *came)
{
	u32 intid = free_spi(n);

	*came = (struct came){ 0 };
	REQUIRE_EQ(irq_request(intid, note_came, came), 0, "SPI %u", intid);
	return intid;
}

bool comes(const struct came *came, u32 count)
{
	return !wait_until(READ_ONCE(came->count) >= count, COMES_US);
}

static const struct test_case irq_cases[] = {
	TEST_CASE(spi_comes, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "IHI 0048B.b 4.3.7; IHI 0069H 12.9.29",
		  .hint = "SPIs do not get from the distributor to the CPU: group, target or "
			  "an enable is the secure side's"),
	{}
};
TEST_SUITE(irq, .about = "interrupts, and what can be done to them", .cases = irq_cases);
