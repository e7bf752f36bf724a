// SPDX-License-Identifier: BSD-2-Clause
/*
 * PCI Express: an operating system finds what a host bridge has behind it by
 * reading configuration space alone, so what is absent must read as absent, and
 * what is there must describe itself. It then lets functions decode addresses,
 * raise interrupts and write to memory, each of which can be turned off again.
 *
 * Headers, lists and BARs are looked at in every function there is. What takes a
 * function that does as told is tried with QEMU's edu and pci-testdev and virtio's entropy source.
 */
#include <base/printf.h>
#include <base/util.h>
#include "pci.h"

struct pci_function *edu_needed(void)
{
	struct pci_function *fn = edu_get();

	if (!fn)
		SKIP("there is no edu function (QEMU's -device edu)");
	REQUIRE(edu_is_identified(), "%s BAR 0 at 0x%llx leads to something else than edu",
		function_name(fn), fn->bar[0].cpu);
	return fn;
}

irq_after_t edu_came(u32 intid, struct pt_regs *regs, void *arg)
{
	struct came *came = arg;

	(void)regs;
	came->intid = intid;
	came->status = edu_status();
	edu_acknowledge(came->status);
	WRITE_ONCE(came->count, came->count + 1);
	return NULL;
}

bool edu_comes(const struct came *came, u32 count)
{
	return !wait_until(READ_ONCE(came->count) >= count, COMES_US);
}

int need_messages(const struct pci_function *fn, int ret)
{
	struct pci_msi_route route;

	if (ret != -ENODEV)
		return ret;
	ret = pci_msi_route(fn, &route);
	CHECK_NE(ret, -EINVAL, "%s: what describes the way of its messages leads nowhere",
		 function_name(fn));
	if (!ret && route.controller->source == SOURCE_DT)
		CHECK(device_has(route.controller, "msi-controller"),
		      "%s: its messages lead to %s, which takes none", function_name(fn),
		      route.controller->origin);
	SKIP("nobody takes messages: no ITS and no GICv2m with a driver for %s", pci_name(fn));
	return ret;
}

const char *function_name(const struct pci_function *fn)
{
	static char buffers[2][40];
	static unsigned int next;
	char *name = buffers[next++ % ARRAY_SIZE(buffers)];

	snprintf(name, sizeof(buffers[0]), "%s (%04x:%04x)", pci_name(fn), fn->vendor,
		 fn->device);
	return name;
}

static int setup(void)
{
	int ret = pci_enumerate();

	if (ret == -ENODEV)
		SKIP("no PCI host bridge is described that has a driver");
	return ret;
}

static void restore(void)
{
	struct pci_function *edu = edu_get(), *rng = virtio_rng_get();

	if (edu && edu_is_identified()) {
		pci_quiet(edu);
		pci_enable(edu, PCI_COMMAND_MEMORY);
		edu_acknowledge(edu_status());
	}
	virtio_rng_stop();
	if (rng)
		pci_quiet(rng);
	msi_free_left();
}

static const struct test_case pci_cases[] = {
	TEST_CASE(absent_functions_read_all_ones, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 2.3.2; SBSA 7.2 PCI_IN_19; ACS 801",
		  .hint = "the host bridge answers for absent functions with an abort, or the "
			  "configuration space is not where it is described"),
	TEST_CASE(headers_are_valid, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.5.1.1",
		  .hint = "the configuration space is not where it is described"),
	TEST_CASE(widths_agree, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.2.2; BSA PCI_IN_01",
		  .hint = "bytes and halfwords of configuration space must be readable alone"),
	TEST_CASE(capability_lists_end, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.5.1.1.11",
		  .hint = "an operating system that follows the list does not come back"),
	TEST_CASE(extended_capability_lists_end, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.6.1, 7.6.3",
		  .hint = "an operating system that follows the list does not come back"),
	TEST_CASE(bridges_have_bus_numbers, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.5.1.3",
		  .hint = "the firmware left bridges without, or outside of bus-range or MCFG"),
	TEST_CASE(bridges_forward_what_is_behind, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.5.1.3.8, 7.5.1.3.9",
		  .hint = "memory base and limit of the bridge leave out a BAR behind it, or "
			  "take in what is not the host bridge's"),
	TEST_CASE(bars_decode_powers_of_two, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.5.1.2.1",
		  .hint = "all bits above the size can be written, none below"),
	TEST_CASE(bars_lie_apart_in_windows, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.5.1.2.1",
		  .hint = "the windows (ranges) are wrong, or the firmware assigned an address twice"),
	TEST_CASE(bar_reaches_its_function, .mmu = TEST_MMU_ANY, .timeout_ms = 60000,
		  .spec = "PCI Express 5.0 7.5.1.2.1",
		  .hint = "the CPU's address of a window is not the one that leads to the bus"),
	TEST_CASE(decoding_can_be_turned_off, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.5.1.1.3 memory space enable",
		  .hint = "memory space enable does nothing: the function answers while its BARs "
			  "are moved"),
	TEST_CASE(memory_writes_arrive, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.5.1.2.1; QEMU pci-testdev",
		  .hint = "a window or a bridge merges, drops or splits writes, or leads elsewhere"),
	TEST_CASE(port_writes_arrive, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.5.1.2.1, 7.5.1.3.6; QEMU pci-testdev",
		  .hint = "the window of I/O ports (ranges) or the I/O base of a bridge leads "
			  "elsewhere"),
	TEST_CASE(pins_are_described, .mmu = TEST_MMU_ANY, .spec = "Devicetree Specification v0.4 2.4.3",
		  .hint = "interrupt-map has no entry for the device and pin, or leads to no GIC"),
	TEST_CASE(pin_raises_its_interrupt, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 6.1.2; Devicetree Specification v0.4 2.4.3",
		  .hint = "interrupt-map names another interrupt than the one that is wired"),
	TEST_CASE(pin_can_be_silenced, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.5.1.1.3 interrupt disable, 7.5.1.1.4 interrupt status",
		  .hint = "interrupt disable does nothing, or the status bit shows the pin and "
			  "not the request"),
	TEST_CASE(msi_arrives, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 6.1.4, 7.7.1; BSA PCI_MSI_1",
		  .hint = "msi-map or IORT give another device id, or the message does not get "
			  "to the ITS or frame (an SMMU that is on, a window)"),
	TEST_CASE(msi_disabled_sends_nothing, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.7.1.2 MSI enable",
		  .hint = "the function sends messages whatever its MSI enable bit says"),
	TEST_CASE(msix_table_lies_in_its_bar, .mmu = TEST_MMU_ANY, .spec = "PCI Express 5.0 7.7.2",
		  .hint = "offset, size or BAR indicator of the MSI-X capability: a driver would "
			  "write elsewhere"),
	TEST_CASE(msix_arrives, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 6.1.4, 7.7.2; BSA PCI_MSI_1",
		  .hint = "msi-map or IORT give another device id, or the message does not get "
			  "to the ITS or frame (an SMMU that is on, a window)"),
	TEST_CASE(msix_vectors_are_apart, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 6.1.4.2", .hint = "each vector has its own interrupt"),
	TEST_CASE(msix_masked_vector_is_pending, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 6.1.4.3, 7.7.2.8, 7.7.2.9",
		  .hint = "the mask bit of the vector is not heeded, or its pending bit never "
			  "shows"),
	TEST_CASE(msix_masked_function_is_pending, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 6.1.4.3, 7.7.2.2",
		  .hint = "function mask is not heeded, or the pending bits never show"),
	TEST_CASE(dma_copies, .mmu = TEST_MMU_ANY, .spec = "BSA PCI_IC_12 and PCI_LI_01",
		  .hint = "memory is at another address for the bus than for the CPUs, or an "
			  "SMMU is on"),
	TEST_CASE(dma_needs_bus_master, .mmu = TEST_MMU_ANY,
		  .spec = "PCI Express 5.0 7.5.1.1.3 bus master enable",
		  .hint = "the function writes to memory with bus master enable clear: firmware "
			  "could not stop it"),
	{}
};
TEST_SUITE(pci, .about = "PCI Express, from configuration space to messages", .init = setup,
	   .exit = restore, .cases = pci_cases);
