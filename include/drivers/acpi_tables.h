/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The static ACPI tables as they lie in memory: little-endian, at any
 * alignment, which is why every structure is packed. Fields have the names of
 * the specifications: ACPI 6.5 for the tables it defines itself, Microsoft's
 * SPCR and DBG2 specifications, PCI Firmware 3.3 for MCFG, Arm DEN0049 for
 * IORT. Later revisions append fields: what a table's length does not reach
 * must not be read (ACPI_HAS()).
 */
#ifndef DRIVERS_ACPI_TABLES_H
#define DRIVERS_ACPI_TABLES_H

#include <base/compiler.h>
#include <base/types.h>

/* ACPI 6.5 5.2.5.3 */
struct acpi_rsdp {
	char signature[8];		/* "RSD PTR " */
	u8 checksum;			/* over the first 20 bytes */
	char oemid[6];
	u8 revision;			/* 0: ACPI 1.0, ends with rsdt_address; 2 since ACPI 2.0 */
	u32 rsdt_address;
	u32 length;
	u64 xsdt_address;
	u8 extended_checksum;		/* over length bytes */
	u8 reserved[3];
} __packed;

#define ACPI_RSDP_V1_LENGTH	20U

/* ACPI 6.5 5.2.6 */
struct acpi_header {
	char signature[4];
	u32 length;
	u8 revision;
	u8 checksum;
	char oemid[6];
	char oem_table_id[8];
	u32 oem_revision;
	char creator_id[4];
	u32 creator_revision;
} __packed;

/* ACPI 6.5 5.2.3.2 */
struct acpi_gas {
	u8 address_space_id;
	u8 register_bit_width;
	u8 register_bit_offset;
	u8 access_size;			/* 0: undefined, 1 - 4: byte, word, dword, qword */
	u64 address;
} __packed;

#define ACPI_SPACE_SYSTEM_MEMORY	0
#define ACPI_SPACE_SYSTEM_IO		1

/* FADT, ACPI 6.5 5.2.9 */
struct acpi_fadt {
	struct acpi_header header;	/* "FACP"; revision is the major version of ACPI */
	u32 firmware_ctrl;
	u32 dsdt;
	u8 reserved1;
	u8 preferred_pm_profile;
	u16 sci_int;
	u32 smi_cmd;
	u8 acpi_enable;
	u8 acpi_disable;
	u8 s4bios_req;
	u8 pstate_cnt;
	u32 pm1a_evt_blk;
	u32 pm1b_evt_blk;
	u32 pm1a_cnt_blk;
	u32 pm1b_cnt_blk;
	u32 pm2_cnt_blk;
	u32 pm_tmr_blk;
	u32 gpe0_blk;
	u32 gpe1_blk;
	u8 pm1_evt_len;
	u8 pm1_cnt_len;
	u8 pm2_cnt_len;
	u8 pm_tmr_len;
	u8 gpe0_blk_len;
	u8 gpe1_blk_len;
	u8 gpe1_base;
	u8 cst_cnt;
	u16 p_lvl2_lat;
	u16 p_lvl3_lat;
	u16 flush_size;
	u16 flush_stride;
	u8 duty_offset;
	u8 duty_width;
	u8 day_alrm;
	u8 mon_alrm;
	u8 century;
	u16 iapc_boot_arch;
	u8 reserved2;
	u32 flags;
	struct acpi_gas reset_reg;
	u8 reset_value;
	u16 arm_boot_arch;		/* since ACPI 5.1 */
	u8 fadt_minor_version;		/* since ACPI 5.1: bits 0-3 minor, 4-7 errata */
	u64 x_firmware_ctrl;
	u64 x_dsdt;
	struct acpi_gas x_pm1a_evt_blk;
	struct acpi_gas x_pm1b_evt_blk;
	struct acpi_gas x_pm1a_cnt_blk;
	struct acpi_gas x_pm1b_cnt_blk;
	struct acpi_gas x_pm2_cnt_blk;
	struct acpi_gas x_pm_tmr_blk;
	struct acpi_gas x_gpe0_blk;
	struct acpi_gas x_gpe1_blk;
	struct acpi_gas sleep_control_reg;	/* since ACPI 5.0 */
	struct acpi_gas sleep_status_reg;
	u64 hypervisor_vendor_identity;		/* since ACPI 6.0 */
} __packed;

#define ACPI_FADT_HW_REDUCED_ACPI	(1U << 20)
#define ACPI_FADT_PSCI_COMPLIANT	(1U << 0)	/* arm_boot_arch, ACPI 6.5 5.2.9.4 */
#define ACPI_FADT_PSCI_USE_HVC		(1U << 1)

/* MADT, ACPI 6.5 5.2.12 */
struct acpi_madt {
	struct acpi_header header;	/* "APIC" */
	u32 local_interrupt_controller_address;
	u32 flags;
} __packed;

struct acpi_madt_entry {
	u8 type;
	u8 length;
} __packed;

#define ACPI_MADT_GICC		0x0b
#define ACPI_MADT_GICD		0x0c
#define ACPI_MADT_MSI_FRAME	0x0d
#define ACPI_MADT_GICR		0x0e
#define ACPI_MADT_ITS		0x0f
#define ACPI_MADT_MP_WAKEUP	0x10
#define ACPI_MADT_RESERVED	0x80	/* from here on for OEMs */

/* GIC CPU interface, ACPI 6.5 5.2.12.14 */
struct acpi_madt_gicc {
	u8 type;
	u8 length;
	u16 reserved1;
	u32 cpu_interface_number;
	u32 acpi_processor_uid;
	u32 flags;
	u32 parking_protocol_version;
	u32 performance_interrupt_gsiv;
	u64 parked_address;
	u64 physical_base_address;
	u64 gicv;			/* since ACPI 5.1, as all below */
	u64 gich;
	u32 vgic_maintenance_interrupt;
	u64 gicr_base_address;
	u64 mpidr;
	u8 processor_power_efficiency_class;	/* since ACPI 6.0 */
	u8 reserved2;
	u16 spe_overflow_interrupt;	/* since ACPI 6.3, reserved before */
	u16 trbe_interrupt;		/* since ACPI 6.5 */
} __packed;

#define ACPI_GICC_ENABLED		(1U << 0)
#define ACPI_GICC_PERF_EDGE		(1U << 1)
#define ACPI_GICC_VGIC_EDGE		(1U << 2)
#define ACPI_GICC_ONLINE_CAPABLE	(1U << 3)	/* since ACPI 6.5 */

/* GIC distributor, ACPI 6.5 5.2.12.15 */
struct acpi_madt_gicd {
	u8 type;
	u8 length;
	u16 reserved1;
	u32 gic_id;
	u64 physical_base_address;
	u32 system_vector_base;		/* must be zero */
	u8 gic_version;			/* 0: ask the hardware; 1 - 4 */
	u8 reserved2[3];
} __packed;

/* GIC MSI frame (GICv2m), ACPI 6.5 5.2.12.16 */
struct acpi_madt_msi_frame {
	u8 type;
	u8 length;
	u16 reserved1;
	u32 gic_msi_frame_id;
	u64 physical_base_address;
	u32 flags;
	u16 spi_count;
	u16 spi_base;
} __packed;

#define ACPI_MSI_FRAME_SPI_SELECT	(1U << 0)	/* spi_count, spi_base override MSI_TYPER */

/* GIC redistributors, ACPI 6.5 5.2.12.17 */
struct acpi_madt_gicr {
	u8 type;
	u8 length;
	u16 reserved1;
	u64 discovery_range_base_address;
	u32 discovery_range_length;
} __packed;

/* GIC ITS, ACPI 6.5 5.2.12.18 */
struct acpi_madt_its {
	u8 type;
	u8 length;
	u16 reserved1;
	u32 gic_its_id;
	u64 physical_base_address;
	u32 reserved2;
} __packed;

/* GTDT, ACPI 6.5 5.2.25 */
struct acpi_gtdt {
	struct acpi_header header;
	u64 cntcontrolbase;		/* all ones: not provided */
	u32 reserved;
	u32 secure_el1_timer_gsiv;
	u32 secure_el1_timer_flags;
	u32 nonsecure_el1_timer_gsiv;
	u32 nonsecure_el1_timer_flags;
	u32 virtual_el1_timer_gsiv;
	u32 virtual_el1_timer_flags;
	u32 el2_timer_gsiv;
	u32 el2_timer_flags;
	u64 cntreadbase;
	u32 platform_timer_count;
	u32 platform_timer_offset;
	u32 virtual_el2_timer_gsiv;	/* since revision 3 */
	u32 virtual_el2_timer_flags;
} __packed;

#define ACPI_GTDT_EDGE		(1U << 0)
#define ACPI_GTDT_LOW		(1U << 1)
#define ACPI_GTDT_ALWAYS_ON	(1U << 2)

struct acpi_gtdt_entry {
	u8 type;
	u16 length;
	u8 reserved;
} __packed;

#define ACPI_GTDT_BLOCK		0
#define ACPI_GTDT_WATCHDOG	1

/* ACPI 6.5 5.2.25.1.1 */
struct acpi_gtdt_block {
	u8 type;
	u16 length;
	u8 reserved;
	u64 cntctlbase;
	u32 timer_count;		/* at most 8 */
	u32 timer_offset;		/* of the frames, from this structure */
} __packed;

struct acpi_gtdt_frame {
	u8 frame_number;
	u8 reserved[3];
	u64 cntbase;
	u64 cntel0base;			/* all ones: not provided */
	u32 physical_timer_gsiv;
	u32 physical_timer_flags;
	u32 virtual_timer_gsiv;		/* 0: not provided */
	u32 virtual_timer_flags;
	u32 common_flags;
} __packed;

#define ACPI_GTDT_FRAME_SECURE		(1U << 0)
#define ACPI_GTDT_FRAME_ALWAYS_ON	(1U << 1)
#define ACPI_GTDT_MAX_FRAMES		8

/* SBSA generic watchdog, ACPI 6.5 5.2.25.1.2 */
struct acpi_gtdt_watchdog {
	u8 type;
	u16 length;
	u8 reserved;
	u64 refreshframe;
	u64 watchdogcontrolframe;
	u32 watchdog_timer_gsiv;
	u32 watchdog_timer_flags;
} __packed;

#define ACPI_GTDT_WATCHDOG_SECURE	(1U << 2)

/* SPCR revision 4 */
struct acpi_spcr {
	struct acpi_header header;
	u8 interface_type;
	u8 reserved1[3];
	struct acpi_gas base_address;	/* address 0: console redirection disabled */
	u8 interrupt_type;
	u8 irq;
	u32 global_system_interrupt;
	u8 configured_baud_rate;
	u8 parity;
	u8 stop_bits;
	u8 flow_control;
	u8 terminal_type;
	u8 language;
	u16 pci_device_id;
	u16 pci_vendor_id;
	u8 pci_bus;
	u8 pci_device;
	u8 pci_function;
	u32 pci_flags;
	u8 pci_segment;
	u32 uart_clock_frequency;	/* since revision 3, reserved before */
	u32 precise_baud_rate;		/* since revision 4, as all below */
	u16 namespace_string_length;
	u16 namespace_string_offset;
} __packed;

#define ACPI_SPCR_V2_LENGTH	80U
#define ACPI_SPCR_IRQ_GIC	(1U << 3)

/* DBG2 */
struct acpi_dbg2 {
	struct acpi_header header;
	u32 offset_dbg_device_info;
	u32 number_dbg_device_info;
} __packed;

struct acpi_dbg2_device {
	u8 revision;
	u16 length;
	u8 number_of_generic_address_registers;
	u16 namespace_string_length;
	u16 namespace_string_offset;
	u16 oem_data_length;
	u16 oem_data_offset;
	u16 port_type;
	u16 port_subtype;
	u16 reserved;
	u16 base_address_register_offset;
	u16 address_size_offset;
} __packed;

#define ACPI_DBG2_SERIAL	0x8000

/* MCFG, PCI Firmware 3.3 4.1.2 */
struct acpi_mcfg {
	struct acpi_header header;
	u64 reserved;
} __packed;

struct acpi_mcfg_entry {
	u64 base_address;
	u16 pci_segment_group_number;
	u8 start_bus_number;
	u8 end_bus_number;
	u32 reserved;
} __packed;

/* PPTT, ACPI 6.5 5.2.30 */
struct acpi_pptt {
	struct acpi_header header;
} __packed;

#define ACPI_PPTT_PROCESSOR	0
#define ACPI_PPTT_CACHE		1
#define ACPI_PPTT_ID		2	/* ACPI 6.2 only */

struct acpi_pptt_processor {
	u8 type;
	u8 length;
	u16 reserved;
	u32 flags;
	u32 parent;			/* offset in the table, 0 without */
	u32 acpi_processor_id;
	u32 number_of_private_resources;
	/* u32 private_resource[] */
} __packed;

#define ACPI_PPTT_UID_VALID	(1U << 1)
#define ACPI_PPTT_LEAF		(1U << 3)	/* since revision 2 */

struct acpi_pptt_cache {
	u8 type;
	u8 length;
	u16 reserved;
	u32 flags;
	u32 next_level_of_cache;
	u32 size;
	u32 number_of_sets;
	u8 associativity;
	u8 attributes;
	u16 line_size;
	u32 cache_id;			/* since revision 3 */
} __packed;

/* IORT, Arm DEN0049 */
struct acpi_iort {
	struct acpi_header header;
	u32 number_of_iort_nodes;
	u32 offset_to_array_of_iort_nodes;
	u32 reserved;
} __packed;

struct acpi_iort_node {
	u8 type;
	u16 length;
	u8 revision;
	u32 identifier;			/* reserved before table revision 3 */
	u32 number_of_id_mappings;
	u32 reference_to_id_array;
} __packed;

#define ACPI_IORT_ITS_GROUP	0
#define ACPI_IORT_NAMED		1
#define ACPI_IORT_ROOT_COMPLEX	2
#define ACPI_IORT_SMMU		3
#define ACPI_IORT_SMMU_V3	4
#define ACPI_IORT_PMCG		5
#define ACPI_IORT_RMR		6

struct acpi_iort_its_group {
	struct acpi_iort_node node;
	u32 number_of_itss;
	/* u32 its_id[] */
} __packed;

struct acpi_iort_root_complex {
	struct acpi_iort_node node;
	u64 memory_access_properties;
	u32 ats_attribute;
	u32 pci_segment_number;
	u8 memory_address_size_limit;
	u8 reserved[3];
} __packed;

struct acpi_iort_id_mapping {
	u32 input_base;
	u32 number_of_ids;		/* minus one */
	u32 output_base;
	u32 output_reference;		/* offset of a node in the table */
	u32 flags;
} __packed;

#define ACPI_IORT_SINGLE_MAPPING	(1U << 0)

#endif
