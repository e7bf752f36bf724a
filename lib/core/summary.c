// SPDX-License-Identifier: BSD-2-Clause
/* The machine, for people: printed before the first test. */
#include <base/printf.h>
#include <base/util.h>
#include <core/console.h>
#include <core/memory.h>
#include <core/param.h>
#include <core/time.h>
#include <generated/utsversion.h>
#include <asm/cpu.h>
#include <asm/sections.h>
#include "core.h"

/* ELF note: three words, the name "GNU", the 20 bytes of a SHA-1. */
extern const u8 _build_id[];
#define BUILD_ID_OFFSET	16
#define BUILD_ID_SHOWN	8	/* bytes; enough to tell builds apart */

void banner_print(void)
{
	char id[2 * BUILD_ID_SHOWN + 1];
	unsigned int i;

	for (i = 0; i < BUILD_ID_SHOWN; i++)
		scnprintf(id + 2 * i, 3, "%02x", _build_id[BUILD_ID_OFFSET + i]);
	console_printf("assay %s build-id %s config %s at 0x%llx\n", ASSAY_VERSION, id,
		       ASSAY_CONFIG_HASH, (u64)_image);
}

static void print_firmware(const struct boot_info *bi)
{
	unsigned int major = bi->uefi_revision >> 16, minor = bi->uefi_revision & 0xffff;

	if (!bi->uefi_revision)
		return;
	console_printf("firmware: %s revision 0x%x, UEFI %u.%u", bi->firmware,
		       bi->firmware_revision, major, minor / 10);
	if (minor % 10)
		console_printf(".%u", minor % 10);
	console_printf("\n");
}

static void print_boot(const struct boot_info *bi)
{
	unsigned int el = cpu_current_el();

	console_printf("boot:     %s, entered at EL%u, running at EL%u%s\n", bi->method_name,
		       entry_state_el(&bi->entry), el,
		       el == 1 ? "" : cpu_runs_vhe() ? " with VHE" : " without VHE");
	if (bi->entry.base != (u64)_image)
		console_printf("          loaded at 0x%llx, which is no multiple of 64 KiB: moved\n",
			       bi->entry.base);
}

static void print_cpu(void)
{
	u64 midr = read_sysreg(midr_el1);

	console_printf("cpu:      %s r%llup%llu (MIDR 0x%08llx), MPIDR 0x%llx, counter at %llu Hz\n",
		       cpu_name(midr), midr >> 20 & 0xf, midr & 0xf, midr & GENMASK(31, 0),
		       cpu_mpidr(), time_frequency());
}

static const char *const type_names[MEM_TYPES] = {
	[MEM_FREE] = "free", [MEM_IMAGE] = "image and hand-off", [MEM_RESERVED] = "reserved",
	[MEM_NOMAP] = "not to be mapped", [MEM_ACPI] = "ACPI tables",
	[MEM_RUNTIME_CODE] = "runtime code", [MEM_RUNTIME_DATA] = "runtime data",
	[MEM_MMIO] = "firmware's devices",
};

static void print_memory(void)
{
	const struct mem_map *map = memory_map_get();
	u64 bytes[MEM_TYPES] = { 0 };
	unsigned int i;

	for (i = 0; i < map->count; i++)
		bytes[map->region[i].type] += map->region[i].size;
	console_printf("memory:   %llu MiB of RAM in %u regions", memory_ram_bytes() / SZ_1M,
		       map->count);
	for (i = 0; i < MEM_TYPES; i++)
		if (bytes[i])
			console_printf(", %llu KiB %s", bytes[i] / 1024, type_names[i]);
	console_printf("\n");
}

void summary_print(const struct boot_info *bi)
{
	print_firmware(bi);
	print_boot(bi);
	print_cpu();
	cpu_summary();
	print_memory();
	cmdline_summary();
}
