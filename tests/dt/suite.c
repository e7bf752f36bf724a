// SPDX-License-Identifier: BSD-2-Clause
/*
 * The device tree the firmware passed, against its specification and the
 * bindings: what an operating system reads before it can run at all. Nothing
 * here touches a device. Rules that the specifications only recommend are
 * comments in the output, never failures.
 */
#include <test/test.h>
#include "dt.h"

#define DTSPEC	"Devicetree Specification v0.4 "

#define DT_CASE(id, ...) { .name = #id, .run = dt_##id, .needs = NEED_DT, __VA_ARGS__ }

static const struct test_case dt_cases[] = {
	DT_CASE(header_is_version_17, .spec = DTSPEC "5.2; EBBR 2.4 2.3",
		.hint = "the tree was made by an old dtc or a loader that writes its own header"),
	DT_CASE(blocks_do_not_overlap, .spec = DTSPEC "5.1, 5.2",
		.hint = "a loader grew one block of the tree without moving the next one"),
	DT_CASE(reservations_are_in_memory, .spec = DTSPEC "5.3",
		.hint = "a /memreserve/ was kept from another board or memory size"),
	DT_CASE(reservations_spare_the_image, .spec = DTSPEC "5.3.1, 3.5",
		.hint = "the loader put the image where the tree says nobody may"),
	DT_CASE(properties_precede_subnodes, .spec = DTSPEC "5.4.2",
		.hint = "readers stop at the first subnode: they never see the late property"),
	DT_CASE(strings_are_terminated, .spec = DTSPEC "2.2.4",
		.hint = "a fix-up wrote a string without its NUL, or cells in place of a string"),
	DT_CASE(root_is_complete, .spec = DTSPEC "3.1, 3.2",
		.hint = "an overlay or a base file is missing from the build of the tree"),
	DT_CASE(phandles_are_unique, .spec = DTSPEC "2.3.3",
		.hint = "an overlay was merged without renumbering its phandles"),
	DT_CASE(phandle_lists_resolve, .spec = DTSPEC "2.3.3; dtschema core bindings",
		.hint = "the node referred to was deleted, or its #...-cells do not fit the list"),
	DT_CASE(reg_fits_the_bus, .spec = DTSPEC "2.3.5, 2.3.6",
		.hint = "compare the bus's #address-cells and #size-cells with the cells of reg"),
	DT_CASE(ranges_fit_the_bus, .spec = DTSPEC "2.3.8, 2.3.9",
		.hint = "an entry is child address, parent address, size, each in its bus's cells"),
	DT_CASE(addresses_reach_the_cpus, .spec = DTSPEC "2.3.8",
		.hint = "no entry of the bus's ranges holds the device: it cannot be accessed"),
	DT_CASE(interrupt_parents_resolve, .spec = DTSPEC "2.4.1",
		.hint = "interrupt-parent must lead to a node with #interrupt-cells"),
	DT_CASE(interrupts_fit_the_controller, .spec = DTSPEC "2.4.1",
		.hint = "the cells must be a multiple of the controller's #interrupt-cells"),
	DT_CASE(gic_interrupts_exist,
		.spec = "binding arm,gic-v3 #interrupt-cells; IHI 0069H 2.2.1",
		.hint = "SPI n is INTID 32 + n: the cell is 32 less than the manual's number"),
	DT_CASE(memory_is_described, .spec = DTSPEC "3.4",
		.hint = "the loader did not fill in the memory node"),
	DT_CASE(memory_does_not_overlap, .spec = DTSPEC "3.4",
		.hint = "two sources (tree file and loader) both described the same RAM"),
	DT_CASE(cpus_node_is_complete, .spec = DTSPEC "3.7, 3.8",
		.hint = "operating systems count as CPUs only complete nodes below /cpus"),
	DT_CASE(cpu_reg_is_unique, .spec = "binding arm,cpus reg",
		.hint = "reg is MPIDR_EL1's affinity fields and nothing else"),
	DT_CASE(boot_cpu_is_described, .spec = "binding arm,cpus reg",
		.hint = "a CPU runs this image whose MPIDR_EL1 no enabled cpu node has"),
	DT_CASE(cpu_enable_methods_are_known,
		.spec = "binding arm,cpus enable-method; Linux arm64 booting",
		.hint = "without a method that works secondary CPUs never start"),
	DT_CASE(psci_node_is_complete, .spec = "binding arm,psci; DEN0022F 5.1",
		.hint = "TF-A and loaders patch this node in: see who wrote it last"),
	DT_CASE(timer_node_is_complete, .spec = "binding arm,arch_timer",
		.hint = "without a good timer node no operating system has a clock tick"),
	DT_CASE(timer_interrupts_are_ppis,
		.spec = "binding arm,arch_timer interrupts; BSA B_PPI_00",
		.hint = "secure, non-secure, virtual, hypervisor; each one's first cell is 1: PPI"),
	DT_CASE(gic_node_is_complete, .spec = "bindings arm,gic and arm,gic-v3",
		.hint = "reg: distributor, then CPU interface (v2) or redistributor regions (v3)"),
	DT_CASE(gic_redistributors_hold_all_cpus, .spec = "binding arm,gic-v3 reg; IHI 0069H 12.10",
		.hint = "128 KiB of redistributor a CPU: CPUs beyond the end get no interrupts"),
	DT_CASE(stdout_path_resolves, .spec = DTSPEC "3.6; EBBR 2.4 2.3",
		.hint = "the operating system's early console stays silent"),
	DT_CASE(initrd_is_in_memory, .spec = "Linux arm64 booting 4; DTSpec chosen binding",
		.hint = "the loader wrote wrong addresses, or with the wrong number of cells"),
	DT_CASE(pl011_clocks_are_named, .spec = "binding arm,pl011 clocks, clock-names",
		.hint = "drivers look the UART's clock up by name: without it they set no rate"),
	{}
};

TEST_SUITE(dt, .about = "the device tree's structure, against its specification",
	   .mmu = TEST_MMU_ANY, .cases = dt_cases);
