// SPDX-License-Identifier: BSD-2-Clause
/* Memory from the firmware, and what is to survive the end of boot services. */
#include "efi.h"

/* Keep a range out of free memory after boot services; -ENOSPC beyond 16. */
int efi_hold(u64 base, u64 size)
{
	struct efi_context *ctx = &efi_context;

	if (ctx->nr_holds == ARRAY_SIZE(ctx->holds))
		return -ENOSPC;
	ctx->holds[ctx->nr_holds++] = (struct efi_hold){ base, size };
	return 0;
}

/* Whole pages that stay ours, NULL without memory. */
void *efi_alloc(size_t size)
{
	struct efi_context *ctx = &efi_context;
	EFI_PHYSICAL_ADDRESS base = 0;
	UINTN pages = EFI_SIZE_TO_PAGES(size);

	if (ctx->nr_holds == ARRAY_SIZE(ctx->holds))
		return NULL;
	if (BS->AllocatePages(AllocateAnyPages, EfiLoaderData, pages, &base))
		return NULL;
	efi_hold(base, (u64)pages << EFI_PAGE_SHIFT);
	ctx->allocated[ctx->nr_allocated++] = base;
	return (void *)base;
}

/*
 * Pages at an address of ours, a multiple of EFI's page; -ENOMEM when somebody has them.
 * As boot services' data: where loader's data may be executed, and free memory may not,
 * EDK2 would split its page tables for them, all the more the larger the memory.
 */
int efi_alloc_at(u64 base, u64 size)
{
	struct efi_context *ctx = &efi_context;
	EFI_PHYSICAL_ADDRESS at = base;

	if (ctx->nr_holds == ARRAY_SIZE(ctx->holds))
		return -ENOSPC;
	if (BS->AllocatePages(AllocateAddress, EfiBootServicesData, EFI_SIZE_TO_PAGES(size),
			      &at))
		return -ENOMEM;
	efi_hold(base, size);
	ctx->allocated[ctx->nr_allocated++] = base;
	return 0;
}

/* Give back the newest allocation, when what was to fill it failed. */
void efi_free_last(void *data, size_t size)
{
	struct efi_context *ctx = &efi_context;

	BS->FreePages((EFI_PHYSICAL_ADDRESS)data, EFI_SIZE_TO_PAGES(size));
	ctx->nr_allocated--;
	ctx->nr_holds--;
}

static u64 hold_size(u64 base)
{
	struct efi_context *ctx = &efi_context;
	unsigned int i;

	for (i = 0; i < ctx->nr_holds; i++) {
		if (ctx->holds[i].base == base)
			return ctx->holds[i].size;
	}
	return 0;
}

void efi_free_all(void)
{
	struct efi_context *ctx = &efi_context;

	while (ctx->nr_allocated) {
		u64 base = ctx->allocated[--ctx->nr_allocated];

		BS->FreePages(base, hold_size(base) >> EFI_PAGE_SHIFT);
	}
}
