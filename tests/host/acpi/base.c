// SPDX-License-Identifier: BSD-2-Clause
/*
 * A GICv3 machine of ACPI 6.5 that has something of everything: four CPUs, one
 * of them disabled, two ITSs, two MSI frames, timer frames, a watchdog, two
 * UARTs, two PCI segments.
 */
#include "machine.h"
#include "base.h"

static struct acpi_header header(const char *signature, u8 revision)
{
	struct acpi_header header = { .revision = revision, .oem_revision = 1 };

	memcpy(header.signature, signature, 4);
	memcpy(header.oemid, "ASSAY ", 6);
	memcpy(header.oem_table_id, "BASE    ", 8);
	return header;
}

static void add(struct machine *m, const char *name, const void *table, size_t size)
{
	machine_add(m, name, table, size);
	machine_seal(machine_find(m, name));
}

static void add_fadt(struct machine *m)
{
	struct acpi_fadt fadt = {
		.header = header("FACP", 6),
		.dsdt = 1, .x_dsdt = 1,		/* machine_link() sets both */
		.preferred_pm_profile = 4,
		.flags = ACPI_FADT_HW_REDUCED_ACPI,
		.arm_boot_arch = ACPI_FADT_PSCI_COMPLIANT,
		.fadt_minor_version = 5,
	};

	add(m, "FACP", &fadt, sizeof(fadt));
}

static struct acpi_madt_gicc gicc(u32 n)
{
	return (struct acpi_madt_gicc){
		.type = ACPI_MADT_GICC, .length = sizeof(struct acpi_madt_gicc),
		.cpu_interface_number = n, .acpi_processor_uid = 0x10 + n,
		.flags = n < BASE_CPUS - 1 ? ACPI_GICC_ENABLED : 0,
		.performance_interrupt_gsiv = 23, .vgic_maintenance_interrupt = 25,
		.mpidr = n << 8, .spe_overflow_interrupt = 21, .trbe_interrupt = 31,
	};
}

static void add_madt(struct machine *m)
{
	struct base_apic apic = {
		.madt.header = header("APIC", 6),
		.gicc = { gicc(0), gicc(1), gicc(2), gicc(3) },
		.gicd = { .type = ACPI_MADT_GICD, .length = sizeof(apic.gicd),
			  .physical_base_address = 0x8000000, .gic_version = 3 },
		.gicr = { .type = ACPI_MADT_GICR, .length = sizeof(apic.gicr),
			  .discovery_range_base_address = 0x80a0000,
			  .discovery_range_length = 0x80000 },
		.its = {
			{ .type = ACPI_MADT_ITS, .length = sizeof(apic.its[0]),
			  .physical_base_address = 0x8080000 },
			{ .type = ACPI_MADT_ITS, .length = sizeof(apic.its[0]), .gic_its_id = 1,
			  .physical_base_address = 0x9080000 },
		},
		.msi = {
			{ .type = ACPI_MADT_MSI_FRAME, .length = sizeof(apic.msi[0]),
			  .physical_base_address = 0x8020000,
			  .flags = ACPI_MSI_FRAME_SPI_SELECT, .spi_count = 64, .spi_base = 80 },
			{ .type = ACPI_MADT_MSI_FRAME, .length = sizeof(apic.msi[0]),
			  .gic_msi_frame_id = 1, .physical_base_address = 0x8021000 },
		},
	};

	add(m, "APIC", &apic, sizeof(apic));
}

static struct acpi_gtdt_frame frame(u8 n)
{
	return (struct acpi_gtdt_frame){
		.frame_number = n, .cntbase = 0x2a830000 + n * 0x10000ULL, .cntel0base = ~0ULL,
		.physical_timer_gsiv = 92U + n,
		.virtual_timer_gsiv = n ? 0 : 95,
		.common_flags = ACPI_GTDT_FRAME_ALWAYS_ON,
	};
}

static void add_gtdt(struct machine *m)
{
	struct base_gtdt gtdt = {
		.gtdt = {
			.header = header("GTDT", 3),
			.cntcontrolbase = ~0ULL, .cntreadbase = ~0ULL,
			.secure_el1_timer_gsiv = 29,
			.nonsecure_el1_timer_gsiv = 30, .nonsecure_el1_timer_flags = 4,
			.virtual_el1_timer_gsiv = 27, .virtual_el1_timer_flags = 2,
			.el2_timer_gsiv = 26, .virtual_el2_timer_gsiv = 28,
			.platform_timer_count = 2,
			.platform_timer_offset = sizeof(struct acpi_gtdt),
		},
		.block = { .type = ACPI_GTDT_BLOCK,
			   .length = sizeof(gtdt.block) + sizeof(gtdt.frame),
			   .cntctlbase = 0x2a810000, .timer_count = BASE_FRAMES,
			   .timer_offset = sizeof(gtdt.block) },
		.frame = { frame(0), frame(1) },
		.watchdog = { .type = ACPI_GTDT_WATCHDOG, .length = sizeof(gtdt.watchdog),
			      .refreshframe = 0x2a450000, .watchdogcontrolframe = 0x2a440000,
			      .watchdog_timer_gsiv = 91, .watchdog_timer_flags = ACPI_GTDT_EDGE },
	};

	add(m, "GTDT", &gtdt, sizeof(gtdt));
}

static const struct acpi_gas uart = {
	.register_bit_width = 32, .access_size = 3, .address = 0x9000000,
};

static void add_serial(struct machine *m)
{
	struct base_spcr spcr = {
		.spcr = {
			.header = header("SPCR", 4), .interface_type = 3, .base_address = uart,
			.interrupt_type = ACPI_SPCR_IRQ_GIC, .global_system_interrupt = 33,
			.configured_baud_rate = 7, .stop_bits = 1, .terminal_type = 3,
			.pci_device_id = 0xffff, .pci_vendor_id = 0xffff,
			.uart_clock_frequency = 24000000, .precise_baud_rate = 1500000,
			.namespace_string_length = 2,
			.namespace_string_offset = sizeof(struct acpi_spcr),
		},
		.name = ".",
	};
	struct base_dbg2_port port = {
		.device = {
			.length = sizeof(port), .number_of_generic_address_registers = 1,
			.namespace_string_length = 2,
			.namespace_string_offset = offsetof(struct base_dbg2_port, name),
			.port_type = ACPI_DBG2_SERIAL, .port_subtype = 3,
			.base_address_register_offset = offsetof(struct base_dbg2_port, address),
			.address_size_offset = offsetof(struct base_dbg2_port, size),
		},
		.address = uart, .size = 0x1000, .name = ".",
	};
	struct base_dbg2 dbg2 = {
		.dbg2 = { .header = header("DBG2", 0), .offset_dbg_device_info = sizeof(dbg2.dbg2),
			  .number_dbg_device_info = 2 },
		.port = { port, port },
	};

	dbg2.port[1].device.port_subtype = 0xe;
	dbg2.port[1].address.address = 0x9040000;
	add(m, "SPCR", &spcr, sizeof(spcr));
	add(m, "DBG2", &dbg2, sizeof(dbg2));
}

static void add_mcfg(struct machine *m)
{
	struct base_mcfg mcfg = {
		.mcfg.header = header("MCFG", 1),
		.entry = {
			{ .base_address = 0x4010000000, .end_bus_number = 0xff },
			{ .base_address = 0x5010000000, .pci_segment_group_number = 1,
			  .start_bus_number = 0x10, .end_bus_number = 0x1f },
		},
	};

	add(m, "MCFG", &mcfg, sizeof(mcfg));
}

static void add_pptt(struct machine *m)
{
	struct base_pptt pptt = {
		.pptt.header = header("PPTT", 3),
		.l2 = { .type = ACPI_PPTT_CACHE, .length = sizeof(pptt.l2) },
		.package = { .length = sizeof(pptt.package), .flags = 1 },
	};

	for (u32 i = 0; i < BASE_CPUS; i++)
		pptt.core[i] = (struct base_pptt_cpu){
			.cpu = { .length = sizeof(pptt.core[0].cpu) + sizeof(u32),
				 .flags = ACPI_PPTT_UID_VALID | ACPI_PPTT_LEAF,
				 .parent = offsetof(struct base_pptt, package),
				 .acpi_processor_id = 0x10 + i, .number_of_private_resources = 1 },
			.resource = { (u32)(offsetof(struct base_pptt, core) +
					    i * sizeof(struct base_pptt_cpu) +
					    offsetof(struct base_pptt_cpu, l1)) },
			.l1 = { .type = ACPI_PPTT_CACHE, .length = sizeof(pptt.l2),
				.next_level_of_cache = offsetof(struct base_pptt, l2) },
		};
	add(m, "PPTT", &pptt, sizeof(pptt));
}

static void add_iort(struct machine *m)
{
	struct base_iort iort = {
		.iort = { .header = header("IORT", 3), .number_of_iort_nodes = 2,
			  .offset_to_array_of_iort_nodes = sizeof(iort.iort) },
		.its = { .group = { .node = { .type = ACPI_IORT_ITS_GROUP,
					      .length = sizeof(iort.its) },
				    .number_of_itss = 2 },
			 .id = { 0, 1 } },
		.root = {
			.node = { .type = ACPI_IORT_ROOT_COMPLEX, .length = sizeof(iort.root),
				  .number_of_id_mappings = 2,
				  .reference_to_id_array = offsetof(struct base_iort_root, map) },
			.map = {
				{ .number_of_ids = 0x7fff,
				  .output_reference = offsetof(struct base_iort, its) },
				{ .input_base = 0x8000, .number_of_ids = 0x7fff,
				  .output_base = 0x8000,
				  .output_reference = offsetof(struct base_iort, its) },
			},
		},
	};

	add(m, "IORT", &iort, sizeof(iort));
}

void base_machine(struct machine *m)
{
	memset(m, 0, sizeof(*m));
	add_fadt(m);
	add_madt(m);
	add_gtdt(m);
	add_serial(m);
	add_mcfg(m);
	add_pptt(m);
	add_iort(m);
	machine_link(m, "ASSAY ");
	machine_defaults(m);
}
