// SPDX-License-Identifier: BSD-2-Clause
/* The firmware's memory map, and the end of boot services. */
#include <asm/exception.h>
#include "efi.h"
#include <asm/sections.h>

#define EXIT_TRIES	4
#define MAP_TRIES	4
/* Room for what changes between asking for the size and taking the map. */
#define MAP_SLACK	32
#define PLACE_STEP	0x10000ULL

static EFI_GUID attributes_table_guid = { 0xdcfa911d, 0x26eb, 0x469f,
	{ 0xa2, 0x20, 0x38, 0xb7, 0xdc, 0x46, 0x12, 0x20 } };

/* UEFI 2.10 4.6.4 */
struct attributes_table {
	u32 version;
	u32 entries;
	u32 descriptor_size;
	u32 flags;
	u8 descriptors[];
};

struct firmware_map {
	void *buffer;
	UINTN room;
	UINTN size;
	UINTN step;
	UINTN key;
	bool taken;		/* what the buffer holds is a map */
};

/*
 * Every look at the map is into the same buffer: asking for the size first costs the
 * firmware as much as the map itself. The last taken stays in it.
 */
static struct firmware_map kept;

void efi_memory_release(void)
{
	if (kept.buffer)
		FreePool(kept.buffer);
	kept = (struct firmware_map){ .buffer = NULL };
}

/* Take the map; the buffer grows when it has to, so this may allocate. */
static EFI_STATUS map_take(struct firmware_map *fm)
{
	EFI_STATUS status = EFI_BUFFER_TOO_SMALL;
	unsigned int try;
	UINT32 version;

	fm->taken = false;
	for (try = 0; try < MAP_TRIES; try++) {
		fm->size = fm->room;
		status = BS->GetMemoryMap(&fm->size, fm->buffer, &fm->key, &fm->step, &version);
		if (status != EFI_BUFFER_TOO_SMALL)
			break;
		if (fm->buffer)
			FreePool(fm->buffer);
		fm->room = fm->size + MAP_SLACK * MAX(fm->step, sizeof(EFI_MEMORY_DESCRIPTOR));
		fm->buffer = AllocatePool(fm->room);
		if (!fm->buffer) {
			fm->room = 0;
			return EFI_OUT_OF_RESOURCES;
		}
	}
	if (!status && fm->step < sizeof(EFI_MEMORY_DESCRIPTOR))
		status = EFI_INCOMPATIBLE_VERSION;
	fm->taken = !status;
	return status;
}

/*
 * Any map for those who ask what is RAM, which no allocation changes, or where to
 * try to allocate: each one costs the firmware thousands of instructions.
 */
static bool map_is_kept(void)
{
	return kept.taken || !map_take(&kept);
}

/*
 * How many bytes from @p on lie in one region of RAM, at most @most; 0 when @p
 * is not in RAM at all.
 */
u64 efi_memory_limit(const void *p, u64 most)
{
	u64 limit = 0;
	UINTN at;

	if (map_is_kept()) {
		for (at = 0; at + kept.step <= kept.size; at += kept.step) {
			const EFI_MEMORY_DESCRIPTOR *desc = kept.buffer + at;
			u64 offset = (u64)p - desc->PhysicalStart;
			u64 bytes = desc->NumberOfPages << EFI_PAGE_SHIFT;

			if ((u64)p >= desc->PhysicalStart && offset < bytes &&
			    desc->Attribute & EFI_MEMORY_WB)
				limit = MIN(bytes - offset, most);
		}
	}
	return limit;
}

static const EFI_MEMORY_DESCRIPTOR *largest_free(void)
{
	const EFI_MEMORY_DESCRIPTOR *largest = NULL;
	UINTN at;

	for (at = 0; at + kept.step <= kept.size; at += kept.step) {
		const EFI_MEMORY_DESCRIPTOR *desc = kept.buffer + at;

		if (desc->Type == EfiConventionalMemory && desc->Attribute & EFI_MEMORY_WB &&
		    !(desc->Attribute & (MEMORY_ATTR_SP | MEMORY_ATTR_NV)) &&
		    (!largest || desc->NumberOfPages > largest->NumberOfPages))
			largest = desc;
	}
	return largest;
}

/* So far apart that the ends of the piece may move a bit from start to start. */
unsigned int efi_memory_places(u64 *address, unsigned int max, u64 size)
{
	const EFI_MEMORY_DESCRIPTOR *desc = map_is_kept() ? largest_free() : NULL;
	u64 bytes = desc ? desc->NumberOfPages << EFI_PAGE_SHIFT : 0, step = PLACE_STEP, at;
	unsigned int n = 0;

	if (!desc)
		return 0;
	while (step < bytes / 16)
		step *= 2;
	for (at = ALIGN_UP(desc->PhysicalStart, step);
	     n < max && at + size <= desc->PhysicalStart + bytes; at += step)
		address[n++] = at;
	return n;
}

/*
 * The map as it is now, for those who must know what is RAM before they follow
 * a pointer; efi_memory_leave() takes the one that counts.
 */
void efi_memory_survey(struct boot_info *bi)
{
	if (!map_take(&kept))
		efi_map_fill(&bi->map, kept.buffer, kept.size, kept.step);
}

/* The memory attributes table, when it lies whole in RAM and its sizes make sense. */
static const struct attributes_table *attributes_find(void)
{
	const struct attributes_table *table;
	VOID *found = NULL;
	u64 limit, need;

	if (EFI_ERROR(LibGetSystemConfigurationTable(&attributes_table_guid, &found)))
		return NULL;
	table = found;
	limit = efi_memory_limit(table, EFI_FILE_MAX);
	if (limit < sizeof(*table) || table->descriptor_size < sizeof(EFI_MEMORY_DESCRIPTOR)) {
		pr_err("UEFI memory attributes table at %p: not in RAM, or descriptors too small; "
		       "ignored", found);
		return NULL;
	}
	need = (u64)table->entries * table->descriptor_size;
	if (need > limit - sizeof(*table)) {
		pr_err("UEFI memory attributes table at %p: %u entries reach beyond its memory "
		       "region; ignored", found, table->entries);
		return NULL;
	}
	return table;
}

static void attributes_apply(struct mem_map *map, const struct attributes_table *table)
{
	u32 i;

	for (i = 0; table && i < table->entries; i++) {
		const EFI_MEMORY_DESCRIPTOR *desc =
			(const void *)(table->descriptors + (u64)i * table->descriptor_size);
		u32 flags = 0;

		if (desc->Attribute & MEMORY_ATTR_RO)
			flags |= MEM_REGION_RO;
		if (desc->Attribute & EFI_MEMORY_XP)
			flags |= MEM_REGION_XP;
		if (flags)
			mem_map_flag(map, desc->PhysicalStart,
				     desc->NumberOfPages << EFI_PAGE_SHIFT,
				     MEM_REGION_RUNTIME, flags);
	}
}

/*
 * Drawn to past the caches: never mapped as the RAM around it, nor allocated. Where
 * it claims what is somebody's all stays as it is, and its driver refuses it.
 */
static void hold_framebuffer(struct mem_map *map, const struct boot_framebuffer *fb)
{
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		const struct mem_region *region = &map->region[i];

		if (fb->base < region->base + region->size && region->base < fb->base + fb->size &&
		    region->type != MEM_FREE && region->type != MEM_NOMAP &&
		    region->type != MEM_RESERVED && region->type != MEM_MMIO)
			return;
	}
	mem_map_retype(map, fb->base, fb->size, MEM_NOMAP, MEM_MAP_STRICTER);
}

static void map_finish(struct boot_info *bi, const struct firmware_map *fm,
		       const struct attributes_table *attributes)
{
	unsigned int i;

	efi_map_fill(&bi->map, fm->buffer, fm->size, fm->step);
	mem_map_retype(&bi->map, (u64)_image, (u64)(_image_end - _image), MEM_IMAGE,
		       MEM_MAP_STRICTER);
	for (i = 0; i < efi_context.nr_holds; i++)
		mem_map_retype(&bi->map, efi_context.holds[i].base, efi_context.holds[i].size,
			       MEM_IMAGE, MEM_MAP_STRICTER);
	hold_framebuffer(&bi->map, &bi->framebuffer);
	attributes_apply(&bi->map, attributes);
	mem_map_join(&bi->map, MEM_MAP_JOIN_SAME);
}

/*
 * UEFI 2.10 7.4.6: the key goes stale when the map changes between the two
 * calls, even by the firmware's own doing; then the map is taken again. After
 * the first try only memory services may be called.
 */
static EFI_STATUS exit_boot_services(struct firmware_map *fm)
{
	EFI_STATUS status = EFI_ABORTED;
	unsigned int try;

	for (try = 0; try < EXIT_TRIES; try++) {
		status = map_take(fm);
		if (status)
			break;
		status = BS->ExitBootServices(efi_context.image, fm->key);
		if (status != EFI_INVALID_PARAMETER)
			break;
	}
	return status;
}

/* The call with a stale key was taken: the map kept is the last there is. */
static bool stale_was_taken;

/*
 * One page more makes the key stale; it is held by nobody afterwards. After a
 * refusal the firmware may be half gone: no function but of memory may follow.
 */
int efi_memory_leave_stale(void)
{
	EFI_PHYSICAL_ADDRESS page = 0;
	EFI_STATUS status = map_take(&kept);

	if (status)
		return efi_error(status);
	if (BS->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &page))
		return -ENOMEM;
	status = BS->ExitBootServices(efi_context.image, kept.key);
	stale_was_taken = !status;
	return status == EFI_INVALID_PARAMETER ? 0 : status ? -EIO : -EEXIST;
}

int efi_memory_leave(struct boot_info *bi)
{
	const struct attributes_table *attributes = stale_was_taken ? NULL : attributes_find();
	EFI_STATUS status = stale_was_taken ? EFI_SUCCESS : exit_boot_services(&kept);

	if (status)
		return efi_error(status);
	/* The firmware's vectors are free memory now. */
	__asm__ volatile("msr daifset, #0xf" ::: "memory");
	arch_vectors_install();
	bi->services = NULL;
	/* The map and the attributes are in memory that nobody reuses before this is done. */
	map_finish(bi, &kept, attributes);
	return 0;
}
