// SPDX-License-Identifier: BSD-2-Clause
/*
 * From a loaded file to a running program, the same for every entry: MMU on,
 * nothing relocated yet, so no pointer in data is used here.
 */
#include <base/string.h>
#include <asm/cpu.h>
#include <asm/percpu.h>
#include <asm/sections.h>
#include <asm/stack.h>
#include "boot.h"

struct elf_rela {
	u64 offset;
	u64 info;	/* R_AARCH64_RELATIVE in all of them: tests/host checks the file */
	u64 addend;
};

struct boot_info boot_info;

/* An entry with the MMU off writes it. */
struct entry_state boot_entry_state __section(".mmuoff") __aligned(16);

/* RELA carries the addend, so that doing this twice changes nothing. */
static inline void relocate(u64 base, const struct elf_rela *rela)
{
	*(u64 *)(base + rela->offset) = base + rela->addend;
}

/* Four at a time: there are some for each case and each check of the image. */
static void image_relocate(void)
{
	extern const struct elf_rela _rela[], _rela_end[];
	u64 base = (u64)_image;
	const struct elf_rela *rela;

	for (rela = _rela; _rela_end - rela >= 4; rela += 4) {
		relocate(base, &rela[0]);
		relocate(base, &rela[1]);
		relocate(base, &rela[2]);
		relocate(base, &rela[3]);
	}
	for (; rela < _rela_end; rela++)
		relocate(base, rela);
}

void image_prepare(void)
{
	memset(_bss, 0, _bss_end - _bss);
	image_relocate();
	cpu_local_init(&boot_cpu_local, 0, cpu_mpidr(), main_stack, sizeof(main_stack),
		       overflow_stack, sizeof(overflow_stack));
}
