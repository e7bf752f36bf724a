/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ACPI tables that the firmware handed over, for tests and the summary.
 * Everything a bad table could do is bounded here: whoever reads a table
 * through this file never reads outside of memory that the table owns.
 */
#ifndef DRIVERS_ACPI_H
#define DRIVERS_ACPI_H

#include <base/types.h>
#include <drivers/acpi_tables.h>

/* Bounds of what is believed; beyond them a table is bad. */
#define ACPI_MAX_TABLE_LENGTH	0x1000000U	/* 16 MiB */
#define ACPI_MAX_ENTRIES	4096U

/* What is wrong with a table. Only one without any is used. */
#define ACPI_FAULT_NULL		0x01	/* the entry is 0 */
#define ACPI_FAULT_ADDRESS	0x02	/* the header is not in RAM, by the firmware's map */
#define ACPI_FAULT_LENGTH	0x04	/* below 36, above ACPI_MAX_TABLE_LENGTH, or out of RAM */
#define ACPI_FAULT_CHECKSUM	0x08	/* the bytes do not sum up to 0 */
#define ACPI_FAULT_SIGNATURE	0x10	/* of the RSDP, XSDT or DSDT: not what it has to be */

struct acpi_table {
	u64 address;			/* physical */
	const struct acpi_header *header;	/* NULL where it must not be read */
	u32 faults;			/* ACPI_FAULT_* */
	u32 offset;			/* of the entry that points here, in the table it is in */
};

/**
 * acpi_available() - whether an RSDP and an XSDT (ACPI 1.0: RSDT) were found good
 */
bool acpi_available(void);

/**
 * acpi_rsdp() - the RSDP
 *
 * Return: NULL when none was given, or when it is not readable or has another
 * signature. What it holds may be bad all the same: see acpi_rsdp_faults().
 */
const struct acpi_rsdp *acpi_rsdp(void);

/** acpi_rsdp_faults() - ACPI_FAULT_* of the RSDP */
u32 acpi_rsdp_faults(void);

/** acpi_root() - the XSDT, or with an ACPI 1.0 RSDP the RSDT; a bad one too; NULL without */
const struct acpi_table *acpi_root(void);

/** acpi_dsdt() - the DSDT that the FADT points to; bad ones too. NULL when it names none */
const struct acpi_table *acpi_dsdt(void);

/** acpi_entry_count() - entries of the XSDT, at most ACPI_MAX_ENTRIES */
unsigned int acpi_entry_count(void);

/**
 * acpi_entry() - what an entry of the XSDT points to, bad tables too
 * @n: below acpi_entry_count()
 *
 * Return: NULL beyond the last.
 */
const struct acpi_table *acpi_entry(unsigned int n);

/**
 * acpi_table() - a good table by its signature
 * @signature: four characters
 * @instance: 0 for the first of that name, in the order of the XSDT
 *
 * "DSDT" finds the one that the FADT points to.
 *
 * Return: its header, of whose length every byte may be read, or NULL.
 */
const struct acpi_header *acpi_table(const char *signature, unsigned int instance);

/**
 * acpi_table_as() - acpi_table() with at least the bytes of a structure
 * @type: structure type that begins with struct acpi_header
 * @signature: four characters
 *
 * Return: const @type *; NULL when there is no such table or it is shorter.
 */
#define acpi_table_as(type, signature)						\
	((const type *)acpi_table_min(signature, sizeof(type)))

/** acpi_table_min() - the first good table of a name, NULL when it is shorter than @length bytes */
const struct acpi_header *acpi_table_min(const char *signature, u32 length);

/** ACPI_HAS() - whether a table or subtable of @length bytes holds @field of @type whole */
#define ACPI_HAS(length, type, field)						\
	((u64)(length) >= offsetof(type, field) + sizeof(((type *)0)->field))

/**
 * acpi_range() - a part of a table
 * @table: good table
 * @offset: from its beginning
 * @size: bytes
 *
 * Return: NULL when it does not lie within the table whole.
 */
const void *acpi_range(const struct acpi_header *table, u64 offset, u64 size);

/** acpi_checksum() - sum of bytes modulo 256: 0 over a good table */
u8 acpi_checksum(const void *data, size_t size);

/** struct acpi_sub - one subtable: where it lies and how long it says it is */
struct acpi_sub {
	const void *data;
	u32 offset;		/* in the table */
	u32 length;
	u8 type;
};

/* Why a walk over subtables ended. */
enum acpi_walk_end {
	ACPI_WALK_GOES_ON,
	ACPI_WALK_WHOLE,	/* exactly at the end, or after as many as were to come */
	ACPI_WALK_SHORT,	/* a subtable's length is below that of its own header: 0, 1, ... */
	ACPI_WALK_BEYOND,	/* a subtable reaches beyond the table */
};

/* Layout of the subtables' own header. */
enum acpi_walk_kind {
	ACPI_WALK_LENGTH8,	/* u8 type, u8 length: MADT, PPTT */
	ACPI_WALK_LENGTH16,	/* u8 type, u16 length: GTDT, IORT, DBG2 (there a revision) */
};

struct acpi_walk {
	const struct acpi_header *table;
	u32 offset;		/* of the next subtable; where the walk ended */
	u32 left;		/* how many are still to come at most */
	enum acpi_walk_kind kind;
	enum acpi_walk_end end;
};

/**
 * acpi_walk() - begin a walk over subtables
 * @table: good table
 * @offset: of the first one
 * @count: how many there are; ~0U: up to the end of the table
 * @kind: their header's layout
 */
struct acpi_walk acpi_walk(const struct acpi_header *table, u32 offset, u32 count,
			   enum acpi_walk_kind kind);

/**
 * acpi_walk_next() - go on to the next subtable
 * @walk: from acpi_walk()
 * @sub: filled when there is one; all its bytes lie in the table
 *
 * Ends after at most as many steps as the table has bytes.
 *
 * Return: false at the end, with the reason in @walk->end.
 */
bool acpi_walk_next(struct acpi_walk *walk, struct acpi_sub *sub);

/**
 * acpi_walk_rest_is_zero() - whether only zeroes lie between a walk's place and the table's end
 *
 * Machines are sold whose last subtables were blanked out with their number left as it was.
 */
bool acpi_walk_rest_is_zero(const struct acpi_walk *walk);

/** acpi_walk_end_name() - "length below its header's" and the like, for messages */
const char *acpi_walk_end_name(enum acpi_walk_end end);

/** acpi_madt_walk() - acpi_walk() over the MADT's interrupt controller structures */
struct acpi_walk acpi_madt_walk(const struct acpi_madt *madt);

/** acpi_gtdt_walk() - acpi_walk() over the GTDT's platform timers, if it has such a field */
struct acpi_walk acpi_gtdt_walk(const struct acpi_gtdt *gtdt);

/**
 * acpi_gtdt_frame() - a frame of a timer block
 * @sub: subtable of type ACPI_GTDT_BLOCK
 * @n: below its timer_count
 *
 * Return: NULL when it does not lie within the block whole.
 */
const struct acpi_gtdt_frame *acpi_gtdt_frame(const struct acpi_sub *sub, u32 n);

/**
 * acpi_fadt_version() - version of ACPI that the FADT claims
 * @fadt: good table
 *
 * Return: major << 8 | minor: 0x0605 for ACPI 6.5. The minor version is 0 below
 * ACPI 5.1, whose field it was not.
 */
unsigned int acpi_fadt_version(const struct acpi_fadt *fadt);

/** acpi_fadt_get() - the FADT, which may be shorter than its structure (ACPI_HAS()), or NULL */
const struct acpi_fadt *acpi_fadt_get(void);

#endif
