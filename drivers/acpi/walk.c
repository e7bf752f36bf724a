// SPDX-License-Identifier: BSD-2-Clause
/* Reading inside a table: parts, subtables, versions. All of it bounded by the table's length. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/acpi.h>
#include "internal.h"

void acpi_signature_name(char *name, const struct acpi_header *header)
{
	for (unsigned int i = 0; i < 4; i++) {
		char c = header ? header->signature[i] : '?';

		name[i] = c >= ' ' && c <= '~' && c != '#' ? c : '?';
	}
	name[4] = 0;
}

const struct acpi_header *acpi_table_min(const char *signature, u32 length)
{
	const struct acpi_header *table = acpi_table(signature, 0);

	return table && table->length >= length ? table : NULL;
}

const void *acpi_range(const struct acpi_header *table, u64 offset, u64 size)
{
	if (offset > table->length || size > table->length - offset)
		return NULL;
	return (const u8 *)table + offset;
}

struct acpi_walk acpi_walk(const struct acpi_header *table, u32 offset, u32 count,
			   enum acpi_walk_kind kind)
{
	return (struct acpi_walk){
		.table = table, .offset = offset, .left = count, .kind = kind,
	};
}

static u32 sub_header_size(enum acpi_walk_kind kind)
{
	return kind == ACPI_WALK_LENGTH8 ? 2 : 3;
}

static bool walk_stop(struct acpi_walk *walk, enum acpi_walk_end end)
{
	walk->end = end;
	return false;
}

bool acpi_walk_next(struct acpi_walk *walk, struct acpi_sub *sub)
{
	u32 header = sub_header_size(walk->kind);
	const u8 *data;

	if (walk->end != ACPI_WALK_GOES_ON)
		return false;
	if (!walk->left || (walk->left == ~0U && walk->offset == walk->table->length))
		return walk_stop(walk, ACPI_WALK_WHOLE);
	data = acpi_range(walk->table, walk->offset, header);
	if (!data)
		return walk_stop(walk, ACPI_WALK_BEYOND);
	sub->data = data;
	sub->offset = walk->offset;
	sub->type = data[0];
	sub->length = data[1];
	if (walk->kind == ACPI_WALK_LENGTH16)
		sub->length |= (u32)data[2] << 8;
	if (sub->length < header)
		return walk_stop(walk, ACPI_WALK_SHORT);
	if (!acpi_range(walk->table, walk->offset, sub->length))
		return walk_stop(walk, ACPI_WALK_BEYOND);
	walk->offset += sub->length;
	if (walk->left != ~0U)
		walk->left--;
	return true;
}

bool acpi_walk_rest_is_zero(const struct acpi_walk *walk)
{
	const u8 *byte = (const u8 *)walk->table;

	for (u32 i = walk->offset; i < walk->table->length; i++)
		if (byte[i])
			return false;
	return walk->offset < walk->table->length;
}

const char *acpi_walk_end_name(enum acpi_walk_end end)
{
	switch (end) {
	case ACPI_WALK_SHORT:
		return "length below that of its own header";
	case ACPI_WALK_BEYOND:
		return "reaches beyond the table";
	case ACPI_WALK_WHOLE:
		return "whole";
	case ACPI_WALK_GOES_ON:
		break;
	}
	return "not at its end";
}

struct acpi_walk acpi_madt_walk(const struct acpi_madt *madt)
{
	return acpi_walk(&madt->header, sizeof(*madt), ~0U, ACPI_WALK_LENGTH8);
}

struct acpi_walk acpi_gtdt_walk(const struct acpi_gtdt *gtdt)
{
	u32 count = 0;
	u32 offset = 0;

	if (ACPI_HAS(gtdt->header.length, struct acpi_gtdt, platform_timer_offset)) {
		count = gtdt->platform_timer_count;
		offset = gtdt->platform_timer_offset;
	}
	/* All ones would mean "up to the end" to the walk; no table holds that many. */
	return acpi_walk(&gtdt->header, offset, MIN(count, ACPI_MAX_TABLE_LENGTH),
			 ACPI_WALK_LENGTH16);
}

const struct acpi_gtdt_frame *acpi_gtdt_frame(const struct acpi_sub *sub, u32 n)
{
	const struct acpi_gtdt_block *block = sub->data;
	u64 offset;

	if (sub->length < sizeof(*block))
		return NULL;
	offset = block->timer_offset + (u64)n * sizeof(struct acpi_gtdt_frame);
	if (offset < sizeof(*block) || offset + sizeof(struct acpi_gtdt_frame) > sub->length)
		return NULL;
	return (const void *)((const u8 *)sub->data + offset);
}

unsigned int acpi_fadt_version(const struct acpi_fadt *fadt)
{
	unsigned int version = (unsigned int)fadt->header.revision << 8;

	if (fadt->header.revision >= 5 &&
	    ACPI_HAS(fadt->header.length, struct acpi_fadt, fadt_minor_version))
		version |= fadt->fadt_minor_version & 0xf;
	return version;
}

const struct acpi_fadt *acpi_fadt_get(void)
{
	/* Up to the flags: what every version of the table has. */
	return (const void *)acpi_table_min("FACP", offsetof(struct acpi_fadt, reset_reg));
}
