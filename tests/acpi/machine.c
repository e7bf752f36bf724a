// SPDX-License-Identifier: BSD-2-Clause
/* What the rules ask of the processor; the build machine has its own. */
#include <asm/cpu.h>
#include "rules.h"

u64 rules_boot_mpidr(void)
{
	return cpu_mpidr();
}

unsigned int rules_current_el(void)
{
	return cpu_current_el();
}
