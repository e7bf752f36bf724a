/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Private to the EFI entry: what its files share. Everything here ends with
 * boot services; what outlives them is in struct boot_info.
 *
 * gnu-efi's headers come first, since they define a few macros of their own.
 */
#ifndef BOOT_EFI_H
#define BOOT_EFI_H

#include <efi.h>
#include <efilib.h>
#include <base/compiler.h>
#include <base/errno.h>
#include <base/types.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/hooks.h>

/* UEFI 2.10 7.2: bits that gnu-efi's headers lack */
#define MEMORY_ATTR_NV	0x0000000000008000ULL
#define MEMORY_ATTR_RO	0x0000000000020000ULL
#define MEMORY_ATTR_SP	0x0000000000040000ULL

/* Sizes beyond which a file cannot be what it is taken for. */
#define EFI_CONF_MAX	(64U << 10)
#define EFI_INITRD_MAX	(1U << 20)
#define EFI_FILE_MAX	(16U << 20)
#define EFI_FDT_MAX	(2U << 20)	/* Linux arm64 booting document: 2 MiB */
#define EFI_CMDLINE_MAX	8192U		/* bytes of UTF-8, terminator included */
#define EFI_PATH_MAX	256U		/* UTF-16 code units, terminator included */

/* A range that must not be free memory once boot services are gone. */
struct efi_hold {
	u64 base;
	u64 size;
};

struct efi_context {
	EFI_HANDLE image;
	EFI_LOADED_IMAGE *loaded;	/* NULL when the handle has none */
	struct boot_info *bi;
	struct efi_hold holds[16];
	unsigned int nr_holds;
	u64 allocated[16];		/* those of the holds that we allocated: bases */
	unsigned int nr_allocated;
};

extern struct efi_context efi_context;

/* efi_entry.c */
int efi_error(EFI_STATUS status);

/* efi_services.c */
extern const struct boot_services efi_services;

/* efi_pages.c */
int efi_hold(u64 base, u64 size);
void *efi_alloc(size_t size);
int efi_alloc_at(u64 base, u64 size);
void efi_free_last(void *data, size_t size);
void efi_free_all(void);

/* efi_tables.c */
void efi_tables_read(struct boot_info *bi);

/* efi_cmdline.c */
void efi_cmdline_read(struct boot_info *bi);

/* efi_file.c */
int efi_file_load(const char *path, void **data, size_t *size);
int efi_file_load16(const CHAR16 *path, size_t limit, void **data, size_t *size);

/* efi_path.c */
int efi_path_beside(CHAR16 *path, const CHAR16 *name);

/* efi_results.c */
int efi_results_read(unsigned int number, void *data);
int efi_results_write(unsigned int number, size_t at, const void *data, size_t size);

/* efi_conf.c */
void efi_conf_read(struct boot_info *bi);

/* efi_initrd.c */
void efi_initrd_read(struct boot_info *bi);

/* efi_gop.c */
void efi_gop_read(struct boot_info *bi);

/* efi_memory.c */
u64 efi_memory_limit(const void *p, u64 most);
unsigned int efi_memory_places(u64 *address, unsigned int max, u64 size);
void efi_memory_survey(struct boot_info *bi);
void efi_memory_release(void);
int efi_memory_leave(struct boot_info *bi);
int efi_memory_leave_stale(void);

/* efi_map.c */
void efi_map_fill(struct mem_map *map, const void *descriptors, size_t size, size_t step);

#endif
