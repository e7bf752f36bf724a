/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor, as far as code that also runs on the build machine asks for it. */
#ifndef HOST_ASM_CPU_H
#define HOST_ASM_CPU_H

/* As the largest that the image handles. */
static inline unsigned int cpu_physical_bits(void)
{
	return 48;
}

/** cpu_current_el() - a program that asks has a model of the processor, and says */
unsigned int cpu_current_el(void);

#endif
