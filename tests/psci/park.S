/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>

	.text

/*
 * Entry point of a CPU_ON that must be refused. Should the firmware start a CPU
 * all the same, it stays here: MMU off, no stack.
 */
function psci_park
	msr	daifset, #0xf
1:	wfi
	b	1b
function_end psci_park
