/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules of the suite "acpi". They see tables through <drivers/acpi.h> and
 * the machine through the functions at the end, so that the same code runs in
 * the image and, over files of tables, on the build machine.
 *
 * A rule fails on what the specification forbids. Where machines that people
 * own and use deviate in a way that harms nobody, it prints a diagnostic.
 */
#ifndef TESTS_ACPI_RULES_H
#define TESTS_ACPI_RULES_H

#include <base/util.h>
#include <drivers/acpi.h>
#include <test/test.h>

/* Places, as the arguments that end a check: table, offset, field. */
#define AT_TABLE(name, type, field)						\
	name ", offset 0x%x (" #field ")", (unsigned int)offsetof(type, field)
#define AT_SUB(name, sub, type, field)						\
	name ", offset 0x%x (" #field ")",					\
	(sub)->offset + (unsigned int)offsetof(type, field)
#define AT_SUB_ID(name, sub, type, field, what, id)				\
	name ", offset 0x%x (" #field "), " what " %u",				\
	(sub)->offset + (unsigned int)offsetof(type, field), (unsigned int)(id)

/* A table of at least a structure's size: a SKIP without a table, a failure when it is shorter. */
#define TABLE(type, signature) ((const type *)rules_table(signature, sizeof(type)))

const struct acpi_header *rules_table(const char *signature, u32 length);

/* A signature that may be printed. */
#define RULES_NAME_SIZE	5
const char *rules_name(char *buf, const struct acpi_header *header);

/* INTIDs of the GIC (IHI0069H 2.2, extended ranges included). */
bool rules_is_ppi(u32 intid);
bool rules_is_spi(u32 intid);

/* The next structure of a type in the MADT. Those too short for it are passed over. */
bool rules_next(struct acpi_walk *walk, struct acpi_sub *sub, u8 type, u32 length);
#define NEXT_ENTRY(walk, sub, madt_type, type) rules_next(walk, sub, madt_type, sizeof(type))

/* GICC structures have had several lengths: every one with an MPIDR (ACPI 5.1) is taken. */
bool rules_next_gicc(struct acpi_walk *walk, struct acpi_sub *sub);
/* Enabled, or online capable: a CPU that the system may come to use. */
bool rules_gicc_usable(const struct acpi_madt_gicc *gicc);
/* GIC architecture version; by what is described where the GICD says 0. */
unsigned int rules_gic_version(const struct acpi_madt *madt);

/* root.c */
void rsdp_checksums(void);
void rsdp_fields(void);
void xsdt_header(void);
void xsdt_entries(void);
void xsdt_tables_unique(void);
void table_checksums(void);
void table_headers(void);
void mandatory_tables(void);

/* fadt.c */
void fadt_length(void);
void fadt_reserved_fields(void);
void fadt_hardware_reduced(void);
void fadt_psci(void);
void fadt_dsdt(void);

/* madt.c */
void madt_header(void);
void madt_structures(void);
void madt_gicc_fields(void);
void madt_gicc_interrupts(void);
void madt_gicc_uids_unique(void);
void madt_gicc_mpidrs(void);

/* madt_gic.c */
void madt_gicd(void);
void madt_cpu_interfaces(void);
void madt_redistributors(void);
void madt_its(void);
void madt_msi_frames(void);

/* gtdt.c */
void gtdt_structure(void);
void gtdt_timer_interrupts(void);
void gtdt_timer_flags(void);
void gtdt_timer_blocks(void);
void gtdt_watchdogs(void);

/* spcr.c */
void spcr_structure(void);
void spcr_uart(void);
void spcr_interrupt(void);
void spcr_settings(void);

/* dbg2.c, mcfg.c, pptt.c, iort.c */
void dbg2_ports(void);
void mcfg_segments(void);
void pptt_nodes(void);
void pptt_processors(void);
void iort_nodes(void);
void iort_its_groups(void);
void iort_mappings(void);

/* system.c: what the tables say against the machine itself */
void tables_in_acpi_memory(void);
void boot_cpu_described(void);
void psci_conduit_fits_el(void);

/* machine.c; on the build machine a test gives the answers. */
u64 rules_boot_mpidr(void);
unsigned int rules_current_el(void);

#endif
