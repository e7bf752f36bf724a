// SPDX-License-Identifier: BSD-2-Clause
/*
 * Move the image to where its segments can be protected.
 *
 * The sections are aligned to 64 KiB so that W^X holds with every granule, and
 * a loader may give less than that (UEFI 2.10 promises 4 KiB only). This runs
 * before relocation: nothing here may use a pointer kept in data.
 */
#include "efi.h"
#include "efi_place.h"
#include <asm/cache.h>
#include <asm/sections.h>

/*
 * A compiler turns a byte loop into a call of memcpy(); that is fine here, it
 * is position independent and needs no relocation.
 */
static void copy_words(u64 to, u64 from, u64 size)
{
	const u64 *src = (const u64 *)from;
	u64 *dst = (u64 *)to;
	u64 n = size / sizeof(u64);
	u64 i;

	for (i = 0; i < n; i++)
		dst[i] = src[i];
}

/* Whole 4 KiB pages, 64 KiB aligned; what is beyond them goes back. */
static u64 allocate_aligned(EFI_BOOT_SERVICES *bs, u64 pages)
{
	EFI_PHYSICAL_ADDRESS raw = 0;
	u64 slack = SZ_64K / SZ_4K - 1;
	u64 base, head;

	/* LoaderCode: firmware that enforces no-execute lets only code types run. */
	if (bs->AllocatePages(AllocateAnyPages, EfiLoaderCode, pages + slack, &raw))
		return 0;
	base = ALIGN_UP((u64)raw, SZ_64K);
	head = (base - raw) / SZ_4K;
	if (head)
		bs->FreePages(raw, head);
	if (head < slack)
		bs->FreePages(base + pages * SZ_4K, slack - head);
	return base;
}

u64 efi_place_image(void *system_table, u64 base, u64 image_size)
{
	EFI_SYSTEM_TABLE *st = system_table;
	u64 pages = (image_size + SZ_4K - 1) / SZ_4K;
	u64 to;

	if (IS_ALIGNED(base, SZ_64K))
		return base;
	to = allocate_aligned(st->BootServices, pages);
	if (!to)
		return 0;
	copy_words(to, base, ALIGN_UP(image_size, 8));
	cache_sync_code((const void *)(to + (_text - _image)), _text_end - _text);
	return to;
}
