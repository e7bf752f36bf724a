// SPDX-License-Identifier: BSD-2-Clause
/*
 * The header, before anything else looks at the tree. Reads bytes only: what
 * is there may be anything, at any address.
 */
#include <base/printf.h>
#include <base/util.h>
#include <drivers/of.h>

#define FDT_HEADER_MAGIC	0xd00dfeedU
#define FDT_HEADER_V16		36U	/* bytes of a version 16 header */
#define FDT_HEADER_V17		40U
#define FDT_MAX_BYTES		(2U << 20)	/* Linux arm64 booting document */
#define FDT_RSV_ENTRY		16U

#define ATAG_CORE		0x54410001U

static u32 be32_bytes(const u8 *p)
{
	return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static u32 le32_bytes(const u8 *p)
{
	return (u32)p[3] << 24 | (u32)p[2] << 16 | (u32)p[1] << 8 | p[0];
}

/* The list a 32-bit kernel is given begins with ATAG_CORE, of 5 words or empty with 2. */
static bool is_atags(const u8 *p)
{
	u32 words = le32_bytes(p);

	return (words == 5 || words == 2) && le32_bytes(p + 4) == ATAG_CORE;
}

static void read_header(const u8 *p, struct of_header *h)
{
	h->magic = be32_bytes(p);
	h->totalsize = be32_bytes(p + 4);
	h->off_dt_struct = be32_bytes(p + 8);
	h->off_dt_strings = be32_bytes(p + 12);
	h->off_mem_rsvmap = be32_bytes(p + 16);
	h->version = be32_bytes(p + 20);
	h->last_comp_version = be32_bytes(p + 24);
	h->boot_cpuid_phys = be32_bytes(p + 28);
	h->size_dt_strings = be32_bytes(p + 32);
	if (h->version >= 17)
		h->size_dt_struct = be32_bytes(p + 36);
	else if (h->off_dt_struct < h->totalsize)
		h->size_dt_struct = (h->totalsize - h->off_dt_struct) & ~3U;
}

static int check_versions(const struct of_header *h, char *why, size_t size)
{
	if (h->version < 16) {
		snprintf(why, size, "header offset 0x14: version %u, 16 or later needed",
			 h->version);
		return -EBADMSG;
	}
	if (h->last_comp_version > 17 || h->last_comp_version > h->version) {
		snprintf(why, size,
			 "header offset 0x18: last_comp_version %u of version %u, 17 is known",
			 h->last_comp_version, h->version);
		return -EBADMSG;
	}
	return 0;
}

static int check_total(const struct of_header *h, size_t limit, char *why, size_t size)
{
	u32 least = h->version >= 17 ? FDT_HEADER_V17 : FDT_HEADER_V16;

	if (h->totalsize < least)
		snprintf(why, size, "header offset 0x4: totalsize 0x%x is less than the header",
			 h->totalsize);
	else if (h->totalsize > FDT_MAX_BYTES)
		snprintf(why, size, "header offset 0x4: totalsize 0x%x is above 2 MiB",
			 h->totalsize);
	else if (h->totalsize > limit)
		snprintf(why, size, "header offset 0x4: totalsize 0x%x, but 0x%zx bytes are there",
			 h->totalsize, limit);
	else
		return 0;
	return -EBADMSG;
}

struct block {
	const char *name;	/* of the header's field */
	u32 field;		/* its place in the header */
	u32 align;
	u32 offset;
	u32 bytes;		/* at least */
};

static int check_block(const struct of_header *h, const struct block *b, char *why, size_t size)
{
	u32 least = h->version >= 17 ? FDT_HEADER_V17 : FDT_HEADER_V16;

	if (b->offset % b->align)
		snprintf(why, size, "header offset 0x%x: %s 0x%x is no multiple of %u",
			 b->field, b->name, b->offset, b->align);
	else if (b->offset < least)
		snprintf(why, size, "header offset 0x%x: %s 0x%x lies inside the header",
			 b->field, b->name, b->offset);
	else if (b->offset > h->totalsize || b->bytes > h->totalsize - b->offset)
		snprintf(why, size,
			 "header offset 0x%x: %s 0x%x + 0x%x bytes pass the end, totalsize 0x%x",
			 b->field, b->name, b->offset, b->bytes, h->totalsize);
	else
		return 0;
	return -EBADMSG;
}

static int check_blocks(const struct of_header *h, char *why, size_t size)
{
	const struct block blocks[] = {
		{ "off_dt_struct", 0x8, 4, h->off_dt_struct, h->size_dt_struct },
		{ "off_dt_strings", 0xc, 1, h->off_dt_strings, h->size_dt_strings },
		{ "off_mem_rsvmap", 0x10, 8, h->off_mem_rsvmap, FDT_RSV_ENTRY },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blocks); i++) {
		if (check_block(h, &blocks[i], why, size))
			return -EBADMSG;
	}
	if (h->size_dt_struct % 4) {
		snprintf(why, size, "header offset 0x24: size_dt_struct 0x%x is no multiple of 4",
			 h->size_dt_struct);
		return -EBADMSG;
	}
	return 0;
}

/* The list of reservations has no count: its end must come before the tree's. */
static int check_reservations(const u8 *fdt, const struct of_header *h, char *why, size_t size)
{
	u32 at, i;

	for (at = h->off_mem_rsvmap; at <= h->totalsize - FDT_RSV_ENTRY; at += FDT_RSV_ENTRY) {
		for (i = 8; i < FDT_RSV_ENTRY && !fdt[at + i]; i++)
			;
		if (i == FDT_RSV_ENTRY)
			return 0;	/* size 0 is where readers stop */
	}
	snprintf(why, size, "memory reservation block at 0x%x has no end", h->off_mem_rsvmap);
	return -EBADMSG;
}

int of_header_check(const void *fdt, size_t limit, struct of_header *header,
		    char *why, size_t size)
{
	*header = (struct of_header){ 0 };
	if (limit < FDT_HEADER_V17) {
		snprintf(why, size, "only %zu bytes are there, a header has %u",
			 limit, FDT_HEADER_V17);
		return -EBADMSG;
	}
	if (is_atags(fdt)) {
		snprintf(why, size, "x0 holds ATAGs, not a device tree (QEMU: give -dtb FILE)");
		return -EBADMSG;
	}
	read_header(fdt, header);
	if (header->magic != FDT_HEADER_MAGIC) {
		snprintf(why, size, "header offset 0x0: magic 0x%08x, 0x%08x expected",
			 header->magic, FDT_HEADER_MAGIC);
		return -EBADMSG;
	}
	if ((uintptr_t)fdt % 8) {
		snprintf(why, size, "it lies at %p, no multiple of 8 (Linux arm64 booting)", fdt);
		return -EINVAL;
	}
	if (check_versions(header, why, size) || check_total(header, limit, why, size) ||
	    check_blocks(header, why, size))
		return -EBADMSG;
	return check_reservations(fdt, header, why, size);
}
