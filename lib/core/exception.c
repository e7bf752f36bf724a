// SPDX-License-Identifier: BSD-2-Clause
/* Exceptions in words, on the console. */
#include <base/util.h>
#include <core/console.h>
#include <core/exception.h>
#include <core/hooks.h>
#include <core/symbols.h>
#include <asm/sections.h>
#include "core.h"

static void print_pc(const char *what, u64 pc)
{
	u64 offset;
	const char *name = symbol_find(pc, &offset);

	if (name)
		console_printf("#   %s 0x%016llx %s+0x%llx (image + 0x%llx)\n", what, pc, name,
			       offset, pc - (u64)_image);
	else
		console_printf("#   %s 0x%016llx (not in the image's text)\n", what, pc);
}

static void print_registers(const struct pt_regs *regs)
{
	unsigned int i;

	for (i = 0; i < 30; i += 3)
		console_printf("#   x%-2u 0x%016llx  x%-2u 0x%016llx  x%-2u 0x%016llx\n",
			       i, regs->x[i], i + 1, regs->x[i + 1], i + 2, regs->x[i + 2]);
	console_printf("#   x30 0x%016llx  sp  0x%016llx  spsr 0x%08llx\n", regs->x[30],
		       regs->sp, regs->pstate);
}

void exception_dump_place(const char *heading, const struct pt_regs *regs,
			  const struct exception_info *info)
{
	unsigned int i;

	console_printf("# %s\n", heading);
	print_registers(regs);
	print_pc("pc ", regs->pc);
	print_pc("lr ", regs->x[30]);
	for (i = 0; i < EXCEPTION_TRACE && info->trace[i]; i++)
		print_pc("by ", info->trace[i]);
}

void exception_dump(const char *heading, const struct pt_regs *regs,
		    const struct exception_info *info)
{
	char text[160];
	unsigned int i;

	exception_describe(text, sizeof(text), info);
	console_printf("# %s %s\n", heading, text);
	console_printf("#   vector: %s; CPU %u\n", exception_vector_name(info->vector), info->cpu);
	console_printf("#   ESR 0x%llx  FAR 0x%llx  ELR 0x%llx\n", info->esr, info->far, info->elr);
	print_registers(regs);
	print_pc("pc ", regs->pc);
	print_pc("lr ", regs->x[30]);
	for (i = 0; i < EXCEPTION_TRACE && info->trace[i]; i++)
		print_pc("by ", info->trace[i]);
}

static void (*rescue_fn)(const struct pt_regs *regs, const struct exception_info *info);

void exception_set_rescue(void (*rescue)(const struct pt_regs *regs,
					 const struct exception_info *info))
{
	rescue_fn = rescue;
}

void exception_report(struct pt_regs *regs, const struct exception_info *info)
{
	static unsigned int depth;

	/* The report itself may fault: then say less, and at last nothing. */
	depth++;
	console_drop_broken();
	if (depth == 1)
		exception_dump("EXCEPTION", regs, info);
	else if (depth == 2)
		console_printf("# EXCEPTION while reporting the one above\n");
	else
		halt();
	if (rescue_fn)
		rescue_fn(regs, info);
	console_printf("Bail out! unexpected exception outside of any test case\n");
	finish(1);
}
