// SPDX-License-Identifier: BSD-2-Clause
/* Memory services, and the way out. */
#include <base/errno.h>
#include <base/string.h>
#include "efi.h"

#define PAGES	3U

/* Type of the region that holds a page, ~0 when none does. */
static u32 type_at(u64 address)
{
	UINTN count, key, step;
	UINT32 version;
	EFI_MEMORY_DESCRIPTOR *map = LibMemoryMap(&count, &key, &step, &version);
	u32 type = ~0U;
	UINTN i;

	REQUIRE(map, "memory map");
	for (i = 0; i < count; i++) {
		const EFI_MEMORY_DESCRIPTOR *desc = (const void *)((const u8 *)map + i * step);

		if (address - desc->PhysicalStart < desc->NumberOfPages << EFI_PAGE_SHIFT)
			type = desc->Type;
	}
	FreePool(map);
	return type;
}

void pages_are_in_the_map(void)
{
	static const EFI_MEMORY_TYPE types[] = {
		EfiLoaderData, EfiBootServicesData, EfiLoaderCode,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		EFI_PHYSICAL_ADDRESS base = 0;

		REQUIRE_STATUS(BS->AllocatePages(AllocateAnyPages, types[i], PAGES, &base),
			       EFI_SUCCESS, "AllocatePages() of type %u", types[i]);
		CHECK_EQ((u64)base & 0xfff, 0ULL, "alignment of 0x%llx", (u64)base);
		CHECK_EQ(type_at(base), (u32)types[i], "type of 0x%llx", (u64)base);
		CHECK_EQ(type_at(base + (PAGES - 1) * EFI_PAGE_SIZE), (u32)types[i],
			 "type of the last page of 0x%llx", (u64)base);
		CHECK_STATUS(BS->FreePages(base, PAGES), EFI_SUCCESS, "FreePages()");
		CHECK_NE(type_at(base), (u32)types[i], "type of 0x%llx once it is free", (u64)base);
	}
}

void pool_keeps_its_data(void)
{
	static u8 *piece[16];
	unsigned int i, at;

	for (i = 0; i < ARRAY_SIZE(piece); i++) {
		REQUIRE_STATUS(BS->AllocatePool(EfiLoaderData, 8 + 24 * i, (void **)&piece[i]),
			       EFI_SUCCESS, "piece %u", i);
		CHECK_EQ((u64)piece[i] & 7, 0ULL, "alignment of piece %u", i);
		memset(piece[i], 0xa0 + i, 8 + 24 * i);
	}
	for (i = 0; i < ARRAY_SIZE(piece); i++) {
		for (at = 0; at < 8 + 24 * i && piece[i][at] == 0xa0 + i; at++)
			;
		CHECK_EQ(at, 8 + 24 * i, "bytes that piece %u has kept", i);
		CHECK_STATUS(BS->FreePool(piece[i]), EFI_SUCCESS, "piece %u", i);
	}
}

/*
 * The entry itself calls it, since a firmware that takes the key has ended boot
 * services by that, and the run must go on from there.
 */
void stale_key_is_refused(void)
{
	int ret = boot_info_get()->services->leave_with_stale_key();

	CHECK_NE(ret, -EEXIST, "ExitBootServices() with the key of a map that has changed: taken");
	CHECK_EQ(ret, 0, "EFI_INVALID_PARAMETER");
}
