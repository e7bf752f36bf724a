// SPDX-License-Identifier: BSD-2-Clause
/* The list of capabilities in the first 256 bytes (PCIe 7.5.3.1, PCI 6.7). */
#include "internal.h"

#define EXPRESS_FLAGS	2		/* PCI Express capabilities register, 7.5.3.2 */
#define LIST_FIRST	0x40U		/* behind the header */
/* What fits: a capability takes 4 bytes or more. */
#define LIST_MAX	((PCI_CONFIG_SIZE - LIST_FIRST) / 4)

int pci_next_capability(const struct pci_function *fn, u32 from, u8 *id)
{
	u32 at;

	if (!from && !(pci_read16(fn, PCI_STATUS) & PCI_STATUS_CAPABILITIES))
		return -ENOENT;
	/* The low two bits are reserved and to be masked. */
	at = pci_read8(fn, from ? from + 1 : PCI_CAPABILITIES) & ~3U;
	if (!at)
		return -ENOENT;
	if (at < LIST_FIRST)
		return -EBADMSG;
	*id = pci_read8(fn, at);
	return (int)at;
}

int pci_capability(const struct pci_function *fn, u8 id, u32 from)
{
	unsigned int i;
	int at = (int)from;
	u8 found;

	for (i = 0; i < LIST_MAX; i++) {
		at = pci_next_capability(fn, (u32)at, &found);
		if (at < 0 || found == id)
			return at;
	}
	return -EBADMSG;
}

int pci_express_type(const struct pci_function *fn)
{
	int at = pci_capability(fn, PCI_CAP_EXPRESS, 0);

	return at < 0 ? at : pci_read16(fn, (u32)at + EXPRESS_FLAGS) >> 4 & 0xf;
}
