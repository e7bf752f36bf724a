// SPDX-License-Identifier: BSD-2-Clause
/* Legacy interrupts: a level that a pin raises, wired as interrupt-map says. */
#include "pci.h"

static void need_description(const struct pci_function *fn)
{
	if (fn->host->aml)
		SKIP("which interrupt a pin raises is known to AML alone (_PRT), which is not read");
}

void pins_are_described(void)
{
	const struct pci_function *fn;
	unsigned int count = 0;

	pci_for_each(fn) {
		struct resource irq;

		if (!pci_read8(fn, PCI_INTERRUPT_PIN))
			continue;
		need_description(fn);
		count++;
		if (!CHECK_EQ(pci_intx(fn, &irq), 0, "%s: pin %u", function_name(fn),
			      pci_read8(fn, PCI_INTERRUPT_PIN)))
			continue;
		CHECK_GE(irq.base, 32ULL, "%s: INTID of its pin, no SPI", function_name(fn));
		CHECK_EQ(irq.flags & RES_IRQ_EDGE, 0U, "%s: a pin is a level", function_name(fn));
	}
	if (!count)
		SKIP("no function has an interrupt pin");
}

static int request(struct pci_function *fn, struct came *came)
{
	int intid = pci_intx_request(fn, edu_came, came);

	REQUIRE_GE(intid, 0, "%s: its pin's interrupt", function_name(fn));
	REQUIRE_EQ(irq_enable((u32)intid), 0, "INTID %d", intid);
	return intid;
}

void pin_raises_its_interrupt(void)
{
	struct pci_function *fn = edu_needed();
	struct came came = { 0 };
	int intid;

	need_description(fn);
	intid = request(fn, &came);
	time_delay_us(STAYS_AWAY_US);
	CHECK_EQ(came.count, 0U, "INTID %d, before it was raised", intid);
	for (u32 n = 1; n <= 3; n++) {
		edu_raise(n);
		if (!CHECK(edu_comes(&came, n), "INTID %d did not come, number %u", intid, n))
			break;
		CHECK_EQ(came.status, n, "INTID %d: edu's interrupt status", intid);
	}
	time_delay_us(STAYS_AWAY_US);
	/* The level went down with the acknowledgement. */
	CHECK_EQ(came.count, 3U, "INTID %d", intid);
	edu_acknowledge(edu_status());
	pci_intx_release(fn, (u32)intid);
}

void pin_can_be_silenced(void)
{
	struct pci_function *fn = edu_needed();
	struct came came = { 0 };
	int intid;

	need_description(fn);
	intid = request(fn, &came);
	pci_command(fn, 0, PCI_COMMAND_INTX_OFF);
	CHECK_EQ(pci_read16(fn, PCI_STATUS) & PCI_STATUS_INTERRUPT, 0, "%s: interrupt status",
		 function_name(fn));
	edu_raise(1);
	time_delay_us(STAYS_AWAY_US);
	CHECK_EQ(came.count, 0U, "INTID %d with the pin off", intid);
	CHECK_EQ(pci_read16(fn, PCI_STATUS) & PCI_STATUS_INTERRUPT, PCI_STATUS_INTERRUPT,
		 "%s: interrupt status while its pin is off", function_name(fn));
	pci_command(fn, PCI_COMMAND_INTX_OFF, 0);
	CHECK(edu_comes(&came, 1), "INTID %d did not come with the pin on again", intid);
	edu_acknowledge(edu_status());
	pci_intx_release(fn, (u32)intid);
}
