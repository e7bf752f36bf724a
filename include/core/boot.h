/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hand-off from a boot method. Each entry in arch/<arch>/boot fills one
 * struct boot_info and calls start(); nothing behind start() knows how the
 * machine was booted, but through this record.
 */
#ifndef CORE_BOOT_H
#define CORE_BOOT_H

#include <base/compiler.h>
#include <base/mem_map.h>
#include <base/types.h>
#include <core/framebuffer.h>
#include <asm/entry_state.h>

enum boot_method {
	BOOT_METHOD_IMAGE,	/* Linux arm64 boot protocol */
	BOOT_METHOD_EFI,	/* UEFI application */
};

/* Where words of the command line come from; a later one wins. */
enum cmdline_origin {
	CMDLINE_CONFIG,		/* CONFIG_CMDLINE */
	CMDLINE_FILE,		/* assay.conf beside the image on the EFI system partition */
	CMDLINE_BOOT,		/* bootargs, load options or the shell's arguments */
	CMDLINE_ORIGINS,
};

/*
 * The firmware while its boot services live. NULL in struct boot_info when
 * there are none. All run on our own stack of at least 128 KiB.
 */
#define RESULTS_FILES		2U
#define RESULTS_FILE_BYTES	16384U

struct boot_info;
struct boot_services {
	/* Write to the firmware's own console. */
	void (*puts)(const char *s);
	/*
	 * Read a file of the file system that the image came from into memory
	 * of ours. 0 with *@data and *@size, or -errno.
	 */
	int (*load_file)(const char *path, void **data, size_t *size);
	/*
	 * Have the firmware reset the machine after so many seconds (UEFI 2.10
	 * 7.5); 0 turns that off.
	 */
	void (*watchdog)(unsigned int seconds);
	/*
	 * In the middle of anything, with interrupts masked: whether puts() may be called
	 * (UEFI 2.10 7.1: up to TPL_NOTIFY). Nothing below that comes afterwards: only
	 * the end of the machine may follow.
	 */
	bool (*may_talk)(void);
	/* Behind code that was left anywhere: events and timers come again. */
	void (*settle)(void);
	/*
	 * The files of results, RESULTS_FILES of RESULTS_FILE_BYTES each, beside
	 * the image. Reading is of a whole one, zeroes where it is shorter: -ENOENT
	 * when it is not there, -EINVAL when it is longer. A write of a whole one
	 * makes it; others go into one that is there. The medium has it on return.
	 * Both 0 or -errno.
	 */
	int (*results_read)(unsigned int file, void *data);
	int (*results_write)(unsigned int file, size_t at, const void *data, size_t size);
	/*
	 * Addresses, at most @max, where @size bytes are free now and, since they depend
	 * on nothing but the largest piece of free RAM, most likely in the next start too.
	 */
	unsigned int (*places)(u64 *address, unsigned int max, u64 size);
	/* Take one of them, for as long as the image runs: 0 or -errno. */
	int (*take_place)(u64 address, u64 size);
	/*
	 * ExitBootServices() with a key of a map that has changed since: 0 when it
	 * was refused as UEFI 2.10 7.4.6 wants it, -EIO when otherwise, -EEXIST
	 * when it was taken: boot services are gone then. Only leave() may follow.
	 */
	int (*leave_with_stale_key)(void);
	/*
	 * Leave boot services; the map in @bi is the final one afterwards and
	 * @bi->services is NULL. 0 or -errno (boot services then live on).
	 */
	int (*leave)(struct boot_info *bi);
	/* Return to whoever started the image, 0 for a good verdict. */
	void (*exit)(int status) __noreturn;
};

struct boot_info {
	enum boot_method method;
	const char *method_name;	/* for people: "UEFI", "Linux boot protocol" */
	struct entry_state entry;	/* the processor as we were entered */

	/* As described, in order of address; of a direct boot, filled from the DT. */
	struct mem_map map;

	const void *fdt;		/* NULL when none was given */
	size_t fdt_limit;		/* bytes that may be read at fdt before its header is known */
	const char *fdt_origin;		/* "x0", "EFI configuration table", "dtb=..." */
	u64 rsdp;			/* physical address of the RSDP, 0 when none was given */

	/* Raw text by origin, NULL where there is none, with its name for people. */
	const char *cmdline[CMDLINE_ORIGINS];
	const char *cmdline_name[CMDLINE_ORIGINS];	/* "load options", "shell arguments", ... */

	const void *initrd;		/* environment variables as NAME=value lines */
	size_t initrd_size;
	const char *initrd_origin;	/* "LoadFile2", "/chosen/linux,initrd-start", ... */

	char firmware[64];		/* vendor, as UTF-8; "" when unknown */
	u32 firmware_revision;		/* vendor's own number */
	u32 uefi_revision;		/* major << 16 | minor * 10 (UEFI 2.7 is 0x00020046), 0 without UEFI */
	const void *efi_system_table;	/* EFI_SYSTEM_TABLE, NULL without UEFI */

	struct boot_framebuffer framebuffer;	/* of the firmware's display; base 0 without one */

	const struct boot_services *services;	/* NULL once there are none */

	/*
	 * Complaints of an entry that could not print: "x0 holds ATAGs ...".
	 * They become errors of the verdict. NULL-terminated.
	 */
	const char *complaints[8];
};

/**
 * boot_info_complain() - record a complaint for the verdict
 * @bi: the hand-off
 * @text: static text; dropped when there are too many already
 */
void boot_info_complain(struct boot_info *bi, const char *text);

/**
 * boot_info_get() - the hand-off, valid once start() was called
 */
const struct boot_info *boot_info_get(void);

#endif
