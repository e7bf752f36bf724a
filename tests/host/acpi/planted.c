// SPDX-License-Identifier: BSD-2-Clause
/*
 * For each rule, what it is there to find: a change of the base machine, and
 * the rule that must then fail, naming the table and the offset changed. No
 * rule may be without one.
 */
#include "tests.h"

#define EDITS	6

struct edit {
	const char *table;
	u32 offset;
	u32 width;
	u64 value;
};

struct plant {
	const char *rule;	/* must fail */
	const char *place;	/* must be named; NULL: the first edit's offset in hexadecimal */
	struct edit edit[EDITS];
	bool unsealed;		/* checksums stay as they were */
	void (*change)(struct machine *m);
};

#define EDIT(name, type, field, v)						\
	{ name, offsetof(type, field), sizeof(((type *)0)->field), v }
#define APIC(field, v)	EDIT("APIC", struct base_apic, field, v)
#define GTDT(field, v)	EDIT("GTDT", struct base_gtdt, field, v)
#define SPCR(field, v)	EDIT("SPCR", struct acpi_spcr, field, v)
#define FACP(field, v)	EDIT("FACP", struct acpi_fadt, field, v)
#define DBG2(field, v)	EDIT("DBG2", struct base_dbg2, field, v)
#define PPTT(field, v)	EDIT("PPTT", struct base_pptt, field, v)
#define IORT(field, v)	EDIT("IORT", struct base_iort, field, v)
#define MCFG(field, v)	EDIT("MCFG", struct base_mcfg, field, v)
#define RSDP(field, v)	EDIT("RSDP", struct acpi_rsdp, field, v)
#define XSDT(field, v)	EDIT("XSDT", struct acpi_header, field, v)
#define ENTRY(n, v)	{ "XSDT", 36 + 8 * (n), 8, v }

static void drop(struct machine *m, const char *signature)
{
	machine_find(m, signature)->data[0] = 'X';
	machine_seal_checksum(machine_find(m, signature));
}

static void drop_gtdt(struct machine *m)
{
	drop(m, "GTDT");
}

static void drop_madt(struct machine *m)
{
	drop(m, "APIC");
}

/* The second entry once more, as the third. */
static void repeat_entry(struct machine *m)
{
	struct machine_table *xsdt = machine_find(m, "XSDT");

	memcpy(xsdt->data + 36 + 16, xsdt->data + 36 + 8, 8);
	machine_seal_checksum(xsdt);
}

static void entry_to_dsdt(struct machine *m)
{
	struct machine_table *xsdt = machine_find(m, "XSDT");
	u64 dsdt = (uintptr_t)machine_find(m, "DSDT")->data;

	memcpy(xsdt->data + 36 + 16, &dsdt, 8);
	machine_seal_checksum(xsdt);
}

static void leave_entry_unmapped(struct machine *m)
{
	m->hole = (uintptr_t)machine_find(m, "MCFG")->data;
}

/* As of a later version, with checksums that fit. */
static void lengthen_rsdp(struct machine *m)
{
	struct machine_table *rsdp = machine_find(m, "RSDP");

	rsdp->data = realloc(rsdp->data, 40);
	memset(rsdp->data + 36, 0, 4);
	rsdp->size = 40;
	rsdp->data[offsetof(struct acpi_rsdp, length)] = 40;
	machine_seal_checksum(rsdp);
}

static void move_to_boot_services_data(struct machine *m)
{
	m->firmware_type = 4;
}

static void boot_at_el2(struct machine *m)
{
	m->el = 2;
}

static void boot_another_cpu(struct machine *m)
{
	m->mpidr = 0x80000000;
}

#define GICV2 APIC(gicr.type, 0x80), APIC(gicd.gic_version, 2)

#define FIND(in, at, ...)							\
	{ .rule = in, .place = at, .edit = { __VA_ARGS__ } }
#define FIND_UNSEALED(in, at, ...)						\
	{ .rule = in, .place = at, .edit = { __VA_ARGS__ }, .unsealed = true }
#define FIND_CHANGED(in, at, fn, ...)						\
	{ .rule = in, .place = at, .edit = { __VA_ARGS__ }, .change = fn }

static const struct plant plants[] = {
	FIND_UNSEALED("rsdp_checksums", "offset 0x8", RSDP(oemid[0], 'Z')),
	FIND_UNSEALED("rsdp_checksums", "offset 0x20", RSDP(extended_checksum, 1)),
	FIND("rsdp_checksums", "RSDP at 0x", RSDP(signature[0], 'X')),
	FIND("rsdp_checksums", "RSDP at 0x", RSDP(length, 20)),
	FIND("rsdp_fields", NULL, RSDP(revision, 1)),
	FIND_CHANGED("rsdp_fields", "offset 0x14", lengthen_rsdp),
	FIND("rsdp_fields", "RSDP at 0x", RSDP(signature[0], 'X')),
	FIND("rsdp_fields", NULL, RSDP(xsdt_address, 0)),
	FIND("rsdp_fields", NULL, RSDP(reserved[0], 1)),
	FIND("rsdp_fields", "offset 0x9", RSDP(oemid[2], 1)),
	FIND("xsdt_header", "table at 0x", XSDT(signature[0], 'R')),
	FIND("xsdt_header", "no pointer", RSDP(signature[0], 'X')),
	FIND("xsdt_header", "not in RAM", RSDP(xsdt_address, 0)),
	FIND("xsdt_entries", "no good XSDT", XSDT(signature[0], 'R')),
	FIND("xsdt_tables_unique", "no good XSDT", XSDT(signature[0], 'R')),
	FIND("table_checksums", "no good XSDT", XSDT(signature[0], 'R')),
	FIND("table_headers", "no good XSDT", XSDT(signature[0], 'R')),
	FIND("mandatory_tables", "no good XSDT", XSDT(signature[0], 'R')),
	FIND("tables_in_acpi_memory", "no good XSDT", XSDT(signature[0], 'R')),
	FIND_UNSEALED("xsdt_header", "offset 0x9", XSDT(oem_revision, 77)),
	FIND("xsdt_header", NULL, XSDT(revision, 2)),
	FIND("xsdt_header", NULL, XSDT(length, 36 + 8 * 7 + 4)),
	FIND_UNSEALED("xsdt_header", NULL, XSDT(length, 12)),
	FIND("xsdt_header", "without entries", XSDT(length, 36)),
	FIND("xsdt_entries", NULL, ENTRY(1, 0)),
	FIND("xsdt_entries", NULL, ENTRY(2, 0x123456780)),
	FIND_CHANGED("xsdt_entries", "entry 2", repeat_entry),
	FIND_CHANGED("xsdt_entries", "not in RAM", leave_entry_unmapped),
	FIND("xsdt_tables_unique", "more than one FACP", { "APIC", 0, 4, 0x50434146 }),
	FIND_CHANGED("xsdt_tables_unique", "the DSDT", entry_to_dsdt),
	FIND_UNSEALED("table_checksums", "GTDT at 0x", GTDT(gtdt.reserved, 1)),
	FIND_UNSEALED("table_checksums", "DSDT at 0x", EDIT("DSDT", struct acpi_header,
	     oem_revision, 9)),
	FIND_UNSEALED("table_checksums", "offset 0x4", EDIT("SPCR", struct acpi_header, length,
	     35)),
	FIND("table_headers", "offset 0x8", EDIT("SPCR", struct acpi_header, revision, 0)),
	FIND("table_headers", "offset 0xa", EDIT("DSDT", struct acpi_header, oemid[0], 0x80)),
	FIND("table_headers", "offset 0x10", EDIT("MCFG", struct acpi_header, oem_table_id[1], 0)),
	FIND("table_headers", "offset 0x0", { "MCFG", 0, 4, 0x0147464d }),
	FIND_CHANGED("mandatory_tables", "table GTDT", drop_gtdt),
	FIND_CHANGED("mandatory_tables", "table APIC", drop_madt),
	FIND("mandatory_tables", "table DSDT", FACP(x_dsdt, 0), FACP(dsdt, 0)),

	FIND("fadt_length", "offset 0x8", EDIT("FACP", struct acpi_header, revision, 4)),
	FIND("fadt_length", NULL, EDIT("FACP", struct acpi_header, length, 268)),
	FIND("fadt_length", "offset 0x4 ", EDIT("FACP", struct acpi_header, length, 268),
	     EDIT("FACP", struct acpi_header, revision, 7)),
	FIND("fadt_length", "offset 0x4 ", EDIT("FACP", struct acpi_header, length, 200)),
	FIND("fadt_reserved_fields", NULL, FACP(reserved2, 1)),
	FIND("fadt_reserved_fields", NULL, FACP(flags, 0x01100000)),
	FIND("fadt_reserved_fields", NULL, FACP(arm_boot_arch, 0x8001)),
	FIND("fadt_hardware_reduced", NULL, FACP(flags, 0x00200000)),
	FIND("fadt_psci", "a conduit without PSCI", FACP(arm_boot_arch, ACPI_FADT_PSCI_USE_HVC)),
	FIND("fadt_psci", "GICC UID 17", FACP(arm_boot_arch, 0)),
	FIND("fadt_dsdt", NULL, FACP(dsdt, 0x1000)),
	FIND("fadt_dsdt", "both 0", FACP(dsdt, 0), FACP(x_dsdt, 0)),
	FIND("fadt_dsdt", "DSDT at 0x", FACP(x_dsdt, 0x123456780), FACP(dsdt, 0)),
	FIND_CHANGED("psci_conduit_fits_el", NULL, boot_at_el2, FACP(arm_boot_arch, 3)),

	FIND("madt_header", NULL, EDIT("APIC", struct acpi_header, revision, 2)),
	FIND("madt_header", NULL, APIC(madt.flags, 2)),
	FIND("madt_structures", "offset 0x2d", APIC(gicc[0].length, 80)),
	FIND("madt_structures", "offset 0x7f", APIC(gicc[1].length, 0)),
	FIND("madt_structures", "reaches beyond", APIC(msi[1].length, 200)),
	FIND("madt_structures", "offset 0x2d", APIC(gicc[0].length, 80),
	     EDIT("APIC", struct acpi_header, revision, 7)),
	FIND("madt_structures", "without structures", EDIT("APIC", struct acpi_header, length, 44)),
	FIND("madt_structures", "offset 0x2d", EDIT("APIC", struct acpi_header, revision, 5)),
	FIND("madt_structures", "offset 0x2d", EDIT("APIC", struct acpi_header, revision, 3)),
	FIND("madt_structures", NULL, APIC(gicd.length, 20)),
	FIND("madt_structures", NULL, APIC(gicr.length, 12)),
	FIND("madt_structures", NULL, APIC(its[0].length, 24)),
	FIND("madt_structures", NULL, APIC(msi[0].length, 28)),
	FIND("madt_gicc_fields", NULL, APIC(gicc[1].reserved1, 1)),
	FIND("madt_gicc_fields", NULL, APIC(gicc[0].flags, 0x11)),
	FIND("madt_gicc_fields", NULL, APIC(gicc[0].flags, 0x9)),
	FIND("madt_gicc_fields", NULL, APIC(gicc[2].parking_protocol_version, 2)),
	FIND("madt_gicc_fields", NULL, APIC(gicc[3].reserved2, 1)),
	FIND("madt_gicc_fields", "no enabled GICC", APIC(gicc[0].flags, 0), APIC(gicc[1].flags,
	     0), APIC(gicc[2].flags, 0)),
	FIND("madt_gicc_interrupts", NULL, APIC(gicc[0].performance_interrupt_gsiv, 7)),
	FIND("madt_gicc_interrupts", NULL, APIC(gicc[1].vgic_maintenance_interrupt, 9)),
	FIND("madt_gicc_interrupts", NULL, APIC(gicc[1].vgic_maintenance_interrupt, 23)),
	FIND("madt_gicc_interrupts", NULL, APIC(gicc[2].spe_overflow_interrupt, 40)),
	FIND("madt_gicc_interrupts", NULL, APIC(gicc[2].trbe_interrupt, 5)),
	FIND("madt_gicc_uids_unique", NULL, APIC(gicc[1].acpi_processor_uid, 0x10)),
	FIND("madt_gicc_uids_unique", "no GICC", EDIT("APIC", struct acpi_header, length, 44)),
	FIND("madt_gicc_mpidrs", "with an MPIDR", EDIT("APIC", struct acpi_header, length, 44)),
	FIND("madt_gicc_mpidrs", NULL, APIC(gicc[1].mpidr, 0x80000100)),
	FIND("madt_gicc_mpidrs", NULL, APIC(gicc[2].mpidr, 0x100)),
	FIND_CHANGED("boot_cpu_described", "GICCs with the boot CPU's MPIDR", boot_another_cpu),
	FIND("boot_cpu_described", NULL, APIC(gicc[0].flags, ACPI_GICC_ONLINE_CAPABLE)),

	FIND("madt_gicd", "GICD structures", APIC(gicd.type, 0x80)),
	FIND("madt_gicd", NULL, APIC(gicd.physical_base_address, 0)),
	FIND("madt_gicd", NULL, APIC(gicd.physical_base_address, 0x8001000)),
	FIND("madt_gicd", NULL, APIC(gicd.system_vector_base, 32)),
	FIND("madt_gicd", NULL, APIC(gicd.gic_version, 5)),
	FIND("madt_gicd", NULL, APIC(gicd.reserved1, 5)),
	FIND("madt_gicd", NULL, APIC(gicd.reserved2[0], 5)),
	FIND("madt_cpu_interfaces", "GICC UID 16", GICV2),
	FIND("madt_cpu_interfaces", "offset 0x4c", GICV2, APIC(gicc[0].physical_base_address,
	     0x8010100)),
	FIND("madt_cpu_interfaces", "offset 0x30", GICV2, APIC(gicc[0].cpu_interface_number, 8)),
	FIND("madt_redistributors", "and CPUs", APIC(gicr.discovery_range_length, 0x40000)),
	FIND("madt_redistributors", NULL, APIC(gicr.discovery_range_length, 0x88000)),
	FIND("madt_redistributors", NULL, APIC(gicr.discovery_range_length, 0x10000)),
	FIND("madt_redistributors", NULL, APIC(gicr.discovery_range_base_address, 0x80a1000)),
	FIND("madt_redistributors", NULL, APIC(gicr.discovery_range_base_address, 0)),
	FIND("madt_redistributors", "no GICR structure: GICC UID 16", APIC(gicr.type, 0x80)),
	FIND("madt_redistributors", "as that of GICC UID 16", APIC(gicr.type, 0x80),
	     APIC(gicc[0].gicr_base_address, 0x80a0000), APIC(gicc[1].gicr_base_address,
	     0x80a0000), APIC(gicc[2].gicr_base_address, 0x80e0000)),
	FIND("madt_redistributors", "offset 0x68", APIC(gicr.type, 0x80),
	     APIC(gicc[0].gicr_base_address, 0x80a8000), APIC(gicc[1].gicr_base_address,
	     0x80c0000), APIC(gicc[2].gicr_base_address, 0x80e0000)),
	FIND("madt_its", NULL, APIC(its[1].gic_its_id, 0)),
	FIND("madt_its", NULL, APIC(its[0].reserved1, 1)),
	FIND("madt_its", NULL, APIC(its[0].physical_base_address, 0x8081000)),
	FIND("madt_its", NULL, APIC(its[0].physical_base_address, 0)),
	FIND("madt_its", NULL, APIC(its[0].reserved2, 1)),
	FIND("madt_msi_frames", NULL, APIC(msi[1].gic_msi_frame_id, 0)),
	FIND("madt_msi_frames", NULL, APIC(msi[0].spi_base, 16)),
	FIND("madt_msi_frames", NULL, APIC(msi[0].spi_count, 0)),
	FIND("madt_msi_frames", NULL, APIC(msi[0].spi_count, 1000)),
	FIND("madt_msi_frames", NULL, APIC(msi[0].flags, 3)),
	FIND("madt_msi_frames", NULL, APIC(msi[1].physical_base_address, 0x8021004)),
	FIND("madt_msi_frames", NULL, APIC(msi[1].physical_base_address, 0)),
	FIND("madt_msi_frames", NULL, APIC(msi[1].reserved1, 1)),

	FIND("gtdt_structure", NULL, GTDT(gtdt.reserved, 1)),
	FIND("gtdt_structure", "offset 0x4 ", EDIT("GTDT", struct acpi_header, length, 96)),
	FIND("gtdt_structure", NULL, GTDT(gtdt.cntcontrolbase, 0)),
	FIND("gtdt_structure", NULL, GTDT(gtdt.platform_timer_offset, 40)),
	FIND("gtdt_structure", "reaches beyond", GTDT(gtdt.platform_timer_count, 3)),
	FIND("gtdt_structure", "offset 0x69", GTDT(block.length, 2)),
	FIND("gtdt_structure", NULL, GTDT(watchdog.type, 2)),
	FIND("gtdt_structure", NULL, GTDT(watchdog.reserved, 2)),
	FIND("gtdt_timer_interrupts", NULL, GTDT(gtdt.virtual_el1_timer_gsiv, 0)),
	FIND("gtdt_timer_interrupts", "offset 0x4 ",
	     EDIT("GTDT", struct acpi_header, length, 60)),
	FIND("gtdt_timer_interrupts", NULL, GTDT(gtdt.nonsecure_el1_timer_gsiv, 14)),
	FIND("gtdt_timer_interrupts", NULL, GTDT(gtdt.el2_timer_gsiv, 40)),
	FIND("gtdt_timer_interrupts", NULL, GTDT(gtdt.el2_timer_gsiv, 27)),
	FIND("gtdt_timer_interrupts", NULL, GTDT(gtdt.virtual_el2_timer_gsiv, 26)),
	FIND("gtdt_timer_flags", NULL, GTDT(gtdt.virtual_el1_timer_flags, 8)),
	FIND("gtdt_timer_flags", NULL, GTDT(gtdt.virtual_el2_timer_flags, 0xf08)),
	FIND("gtdt_timer_blocks", NULL, GTDT(block.cntctlbase, 0)),
	FIND("gtdt_timer_blocks", NULL, GTDT(block.length, 16)),
	FIND("gtdt_timer_blocks", NULL, GTDT(block.timer_count, 0)),
	FIND("gtdt_timer_blocks", NULL, GTDT(block.timer_count, 9)),
	FIND("gtdt_timer_blocks", "offset 0x69", GTDT(block.timer_offset, 60)),
	FIND("gtdt_timer_blocks", "frame 1", GTDT(block.timer_offset, 60)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].frame_number, 8)),
	FIND("gtdt_timer_blocks", "frames 0 and 1", GTDT(frame[1].frame_number, 0)),
	FIND("gtdt_timer_blocks", "frames 0 and 1", GTDT(frame[1].cntbase, 0x2a830000)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].cntbase, 0)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].cntbase, 0x2a840800)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].physical_timer_gsiv, 0)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].virtual_timer_gsiv, 27)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].physical_timer_flags, 4)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].common_flags, 4)),
	FIND("gtdt_timer_blocks", NULL, GTDT(frame[1].reserved[0], 4)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.length, 24)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.refreshframe, 0)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.watchdogcontrolframe, 0)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.refreshframe, 0x2a440000)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.refreshframe, 0x2a450004)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.watchdog_timer_gsiv, 27)),
	FIND("gtdt_watchdogs", NULL, GTDT(watchdog.watchdog_timer_flags, 8)),

	FIND("spcr_structure", NULL, SPCR(reserved1[0], 1)),
	FIND("spcr_structure", "offset 0x4 ", EDIT("SPCR", struct acpi_header, revision, 2)),
	FIND("spcr_structure", "offset 0x4 ", EDIT("SPCR", struct acpi_header, length, 80)),
	FIND("spcr_structure", NULL, SPCR(namespace_string_offset, 90)),
	FIND("spcr_uart", NULL, SPCR(interface_type, 0x77)),
	FIND("spcr_uart", NULL, SPCR(interface_type, 7)),
	FIND("spcr_uart", "offset 0x24", EDIT("SPCR", struct acpi_header, revision, 1)),
	FIND("spcr_uart", NULL, SPCR(base_address.address_space_id, 1)),
	FIND("spcr_uart", NULL, SPCR(base_address.register_bit_width, 0)),
	FIND("spcr_uart", NULL, SPCR(base_address.register_bit_offset, 8)),
	FIND("spcr_uart", NULL, SPCR(base_address.address, 0x9000002)),
	FIND("spcr_uart", NULL, SPCR(base_address.access_size, 5)),
	FIND("spcr_interrupt", NULL, SPCR(interrupt_type, 9)),
	FIND("spcr_interrupt", NULL, SPCR(irq, 4)),
	FIND("spcr_interrupt", NULL, SPCR(global_system_interrupt, 1)),
	FIND("spcr_settings", NULL, SPCR(configured_baud_rate, 5)),
	FIND("spcr_settings", NULL, SPCR(parity, 1)),
	FIND("spcr_settings", NULL, SPCR(stop_bits, 2)),
	FIND("spcr_settings", NULL, SPCR(flow_control, 0x10)),
	FIND("spcr_settings", NULL, SPCR(terminal_type, 4)),
	FIND("spcr_settings", NULL, SPCR(language, 1)),
	FIND("spcr_settings", NULL, SPCR(pci_bus, 1)),

	FIND("dbg2_ports", NULL, DBG2(dbg2.offset_dbg_device_info, 20)),
	FIND("dbg2_ports", NULL, DBG2(dbg2.number_dbg_device_info, 0xffffffff)),
	FIND("dbg2_ports", "reaches beyond", DBG2(dbg2.number_dbg_device_info, 3)),
	FIND("dbg2_ports", "offset 0x2d", DBG2(port[0].device.length, 0)),
	FIND("dbg2_ports", "offset 0x2d", DBG2(port[0].device.length, 10)),
	FIND("dbg2_ports", NULL, DBG2(port[1].device.number_of_generic_address_registers, 0)),
	FIND("dbg2_ports", NULL, DBG2(port[1].device.base_address_register_offset, 60)),
	FIND("dbg2_ports", NULL, DBG2(port[1].device.address_size_offset, 4)),
	FIND("dbg2_ports", NULL, DBG2(port[1].device.reserved, 4)),
	FIND("dbg2_ports", "oem_data_offset", DBG2(port[1].device.oem_data_length, 4)),
	FIND("dbg2_ports", NULL, DBG2(port[1].device.port_type, 3)),
	FIND("dbg2_ports", NULL, DBG2(port[1].device.namespace_string_offset, 60)),
	FIND("dbg2_ports", "not terminated", DBG2(port[1].name[1], 'x')),

	FIND("mcfg_segments", NULL, EDIT("MCFG", struct acpi_header, length, 70)),
	FIND("mcfg_segments", NULL, MCFG(entry[1].base_address, 0)),
	FIND("mcfg_segments", NULL, MCFG(entry[1].base_address, 0x5010080000)),
	FIND("mcfg_segments", NULL, MCFG(entry[1].start_bus_number, 0x20)),
	FIND("mcfg_segments", NULL, MCFG(entry[1].reserved, 1)),
	FIND("mcfg_segments", "buses of entry 0", MCFG(entry[1].pci_segment_group_number, 0)),
	FIND("mcfg_segments", "addresses of entry 0", MCFG(entry[1].base_address, 0x4010000000)),

	FIND("pptt_nodes", "offset 0x25", PPTT(l2.length, 24)),
	FIND("pptt_nodes", "offset 0x25", PPTT(l2.length, 1)),
	FIND("pptt_nodes", NULL, PPTT(package.length, 10)),
	FIND("pptt_nodes", "without nodes", EDIT("PPTT", struct acpi_header, length, 36)),
	FIND("pptt_processors", "without proc", EDIT("PPTT", struct acpi_header, length, 36)),
	FIND("pptt_nodes", NULL, PPTT(l2.type, 9)),
	FIND("pptt_nodes", NULL, PPTT(l2.reserved, 9)),
	FIND("pptt_nodes", NULL, PPTT(core[1].cpu.reserved, 9)),
	FIND("pptt_nodes", NULL, PPTT(core[1].cpu.flags, 0x10a | 0x20)),
	FIND("pptt_nodes", "offset 0x89", PPTT(core[1].cpu.number_of_private_resources, 2)),
	FIND("pptt_nodes", NULL, PPTT(core[1].cpu.parent, 36)),
	FIND("pptt_nodes", NULL, PPTT(core[1].cpu.parent, 37)),
	FIND("pptt_nodes", NULL, PPTT(core[1].resource, 64)),
	FIND("pptt_nodes", NULL, PPTT(core[1].l1.next_level_of_cache, 64)),
	FIND("pptt_processors", "parent", PPTT(package.parent, offsetof(struct base_pptt, core))),
	FIND("pptt_processors", "GICC UID 17", PPTT(core[1].cpu.acpi_processor_id, 0x99)),
	FIND("pptt_processors", NULL, PPTT(core[1].cpu.flags, ACPI_PPTT_LEAF)),

	FIND("iort_nodes", NULL, IORT(iort.offset_to_array_of_iort_nodes, 32)),
	FIND("iort_nodes", NULL, IORT(iort.reserved, 32)),
	FIND("iort_nodes", "reaches beyond", IORT(iort.number_of_iort_nodes, 3)),
	FIND("iort_nodes", "offset 0x31", IORT(its.group.node.length, 8)),
	FIND("iort_its_groups", NULL, IORT(its.group.number_of_itss, 7)),
	FIND("iort_its_groups", NULL, IORT(its.id[1], 5)),
	FIND("iort_its_groups", "offset 0x31", IORT(its.group.node.length, 18)),
	FIND("iort_mappings", NULL, IORT(root.map[1].output_reference, 0x31)),
	FIND("iort_mappings", NULL, IORT(root.map[1].output_reference, offsetof(struct base_iort,
	     root))),
	FIND("iort_mappings", NULL, IORT(root.map[1].flags, 2)),
	FIND("iort_mappings", "number_of_ids", IORT(root.map[1].input_base, 0xffffff00)),
	FIND("iort_mappings", NULL, IORT(root.map[1].output_base, 0xffffff00)),
	FIND("iort_mappings", NULL, IORT(root.node.reference_to_id_array, 4)),
	FIND("iort_mappings", NULL, IORT(root.node.number_of_id_mappings, 3)),
	FIND("iort_mappings", "offset 0x31", IORT(its.group.node.length, 0)),

	FIND_CHANGED("tables_in_acpi_memory", "EFI type 4", move_to_boot_services_data),
	FIND_CHANGED("tables_in_acpi_memory", "RSDP at 0x", move_to_boot_services_data),
};

static void apply(struct machine *m, const struct plant *plant)
{
	for (unsigned int i = 0; i < EDITS && plant->edit[i].table; i++) {
		const struct edit *edit = &plant->edit[i];
		struct machine_table *table = machine_find(m, edit->table);

		memcpy(table->data + edit->offset, &edit->value, edit->width);
		if (!plant->unsealed)
			machine_seal_checksum(table);
	}
	if (plant->change)
		plant->change(m);
}

static void check_plant(const struct plant *plant, unsigned int n)
{
	const struct test_case *rule = rule_find(plant->rule);
	struct rule_result result;
	struct machine m;
	char place[32];

	snprintf(place, sizeof(place), "0x%x", plant->edit[0].offset);
	base_machine(&m);
	apply(&m, plant);
	machine_boot(&m);
	if (EXPECT(rule, "plant %u: no rule %s", n, plant->rule)) {
		rule_run(rule, &result);
		EXPECT(result.verdict == VERDICT_FAIL, "plant %u: %s did not fail (%d): %s", n,
		       plant->rule, (int)result.verdict, result.text);
		EXPECT(strstr(result.text, plant->place ? plant->place : place),
		       "plant %u: %s does not name %s:\n%s", n, plant->rule,
		       plant->place ? plant->place : place, result.text);
	}
	machine_free(&m);
}

static void every_plant_is_found(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(plants); i++)
		check_plant(&plants[i], i);
}

static void every_rule_has_a_plant(void)
{
	for (const struct test_case *test = rule_cases(); test->name; test++) {
		unsigned int count = 0;

		for (unsigned int i = 0; i < ARRAY_SIZE(plants); i++)
			count += !strcmp(plants[i].rule, test->name);
		EXPECT(count, "%s", test->name);
	}
}

void planted_tests(void)
{
	CTEST(every_plant_is_found);
	CTEST(every_rule_has_a_plant);
}
