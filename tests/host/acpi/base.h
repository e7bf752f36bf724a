/* SPDX-License-Identifier: BSD-2-Clause */
/* The layout of base.c's tables, so that tests can name what they change by offsetof(). */
#ifndef HOST_ACPI_BASE_H
#define HOST_ACPI_BASE_H

#include <drivers/acpi.h>

#define BASE_CPUS	4
#define BASE_FRAMES	2

struct base_apic {
	struct acpi_madt madt;
	struct acpi_madt_gicc gicc[BASE_CPUS];	/* the last one is disabled */
	struct acpi_madt_gicd gicd;
	struct acpi_madt_gicr gicr;
	struct acpi_madt_its its[2];
	struct acpi_madt_msi_frame msi[2];
} __packed;

struct base_gtdt {
	struct acpi_gtdt gtdt;
	struct acpi_gtdt_block block;
	struct acpi_gtdt_frame frame[BASE_FRAMES];
	struct acpi_gtdt_watchdog watchdog;
} __packed;

struct base_spcr {
	struct acpi_spcr spcr;
	char name[2];
} __packed;

struct base_dbg2 {
	struct acpi_dbg2 dbg2;
	struct base_dbg2_port {
		struct acpi_dbg2_device device;
		struct acpi_gas address;
		u32 size;
		char name[2];
	} __packed port[2];
} __packed;

struct base_mcfg {
	struct acpi_mcfg mcfg;
	struct acpi_mcfg_entry entry[2];
} __packed;

struct base_pptt {
	struct acpi_pptt pptt;
	struct acpi_pptt_cache l2;
	struct acpi_pptt_processor package;
	struct base_pptt_cpu {
		struct acpi_pptt_processor cpu;
		u32 resource[1];
		struct acpi_pptt_cache l1;
	} __packed core[BASE_CPUS];
} __packed;

struct base_iort {
	struct acpi_iort iort;
	struct { struct acpi_iort_its_group group; u32 id[2]; } __packed its;
	struct base_iort_root {
		struct acpi_iort_node node;
		u8 properties[20];
		struct acpi_iort_id_mapping map[2];
	} __packed root;
} __packed;

#endif
