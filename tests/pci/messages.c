// SPDX-License-Identifier: BSD-2-Clause
/* MSI: a write to memory that an ITS or a GICv2m frame turns into an interrupt. */
#include "pci.h"

static struct pci_function *with_msi(struct came *came, struct msi *msi)
{
	struct pci_function *fn = edu_needed();
	int ret;

	if (!pci_msi_count(fn))
		SKIP("%s has no MSI capability", pci_name(fn));
	ret = need_messages(fn, pci_msi_enable(fn, 1, edu_came, came, msi));
	REQUIRE_EQ(ret, 0, "%s: MSI", function_name(fn));
	return fn;
}

void msi_arrives(void)
{
	struct came came = { 0 };
	struct msi msi = { 0 };
	struct pci_function *fn = with_msi(&came, &msi);

	for (u32 n = 1; n <= 3; n++) {
		edu_raise(n);
		if (!CHECK(edu_comes(&came, n), "%s: MSI 0x%x to 0x%llx, INTID %u, number %u",
			   function_name(fn), msi.data, msi.address, msi.intid, n))
			break;
		CHECK_EQ(came.intid, msi.intid, "%s: INTID", function_name(fn));
		CHECK_EQ(came.status, n, "%s: edu's interrupt status", function_name(fn));
	}
	time_delay_us(STAYS_AWAY_US);
	CHECK_EQ(came.count, 3U, "%s: one interrupt a message", function_name(fn));
	edu_acknowledge(edu_status());
	pci_msi_disable(fn, &msi);
}

void msi_disabled_sends_nothing(void)
{
	struct came came = { 0 };
	struct msi msi = { 0 };
	struct pci_function *fn = with_msi(&came, &msi);

	pci_msi_set_enable(fn, false);
	edu_raise(1);
	time_delay_us(STAYS_AWAY_US);
	CHECK_EQ(came.count, 0U, "%s: INTID %u with MSI off", function_name(fn), msi.intid);
	edu_acknowledge(edu_status());
	pci_msi_set_enable(fn, true);
	edu_raise(2);
	CHECK(edu_comes(&came, 1), "%s: INTID %u with MSI on again", function_name(fn), msi.intid);
	edu_acknowledge(edu_status());
	pci_msi_disable(fn, &msi);
}
