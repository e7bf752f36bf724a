/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine for the tests: tables in blocks of their own, so that the sanitizer
 * sees a read behind any of them, with an RSDP and an XSDT, and a memory map
 * that has just these blocks in it.
 */
#ifndef HOST_ACPI_MACHINE_H
#define HOST_ACPI_MACHINE_H

#include <host.h>
#include <drivers/acpi.h>
#include <drivers/device.h>

#define MACHINE_TABLES	24

struct machine_table {
	char name[5];		/* "RSDP", "XSDT", "DSDT" or a signature */
	u8 *data;
	size_t size;		/* of the block, whatever its header says */
	size_t allocated;
};

struct machine {
	unsigned int count;
	struct machine_table table[MACHINE_TABLES];
	u64 mpidr;		/* of the boot CPU */
	unsigned int el;
	u32 firmware_type;	/* EFI memory type of all of it */
	u64 hole;		/* a block that the memory map leaves out, 0 without */
	size_t heap;		/* bytes that heap_alloc() has, 0: enough */
};

/* A copy of @data; returns the block. */
u8 *machine_add(struct machine *m, const char *name, const void *data, size_t size);
struct machine_table *machine_find(struct machine *m, const char *name);
void machine_free(struct machine *m);

/* Give a table the length of its block, and the checksum that it needs. */
void machine_seal(struct machine_table *table);
void machine_seal_checksum(struct machine_table *table);

/*
 * Make RSDP, XSDT and DSDT around the tables there are, all good. The FADT's
 * pointers are set; DSDT and X_DSDT agree when they did.
 */
void machine_link(struct machine *m, const char *oemid);

/* The first EFI memory type for ACPI tables; boot CPU is the first enabled GICC; EL1. */
void machine_defaults(struct machine *m);

/* host_reset(), then the stages DESCRIBE and DISCOVER over the machine. */
void machine_boot(struct machine *m);

/* base.c: a machine that has everything, and nothing wrong. */
void base_machine(struct machine *m);

/* fuzz.c: @rounds changes of a machine at random, from a fixed seed; every rule runs after each. */
void fuzz_machine(struct machine *m, unsigned int rounds, u64 seed);

#endif
