/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite fpu. */
#ifndef TESTS_FPU_H
#define TESTS_FPU_H

#include <asm/fp.h>
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <test/test.h>

#define FPU_CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 50000ULL)

/* What registers hold, and what they held. */
struct fpu_areas {
	char *memory;	/* of both */
	char *want, *found;
};

/* For the vector length in use; or the case ends. SKIPs without FP. */
struct fpu_areas fpu_areas_get(void);
void fpu_areas_put(struct fpu_areas *areas);

/* A check for the first register that differs. */
void fpu_compare(const struct fpu_areas *areas, const char *behind);

void fpu_need_sve(void);

/* kept.c */
void registers_hold_their_values(void);
void kept_over_exceptions(void);
void kept_over_interrupts(void);
void kept_over_el0(void);
void kept_over_firmware_calls(void);
void kept_over_the_mmu(void);

/* cpus.c */
void private_to_each_cpu(void);
void vectors_have_the_length_asked_for(void);
void lengths_are_each_cpus_own(void);
void disabled_registers_trap(void);

#endif
