/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starting the other CPUs: the memory each has for itself, and its way from the
 * first instruction to C. Shared with assembler.
 *
 * A CPU's area, in whole pages:
 *	guard page, stack, guard page, overflow stack, struct cpu_area
 * Guard pages are left out of the map.
 */
#ifndef ASM_SECONDARY_H
#define ASM_SECONDARY_H

#include <asm/page.h>

/* struct secondary_args: the cpu_control is at its beginning */
#define SECONDARY_ARGS_LOCAL		80
#define SECONDARY_ARGS_STACK		88
#define SECONDARY_ARGS_EARLY_STACK	96
#define SECONDARY_ARGS_CAPTURED		104
#define SECONDARY_ARGS_EL		56	/* control.el */

/* struct secondary_captured, behind the entry state */
#define SECONDARY_CAPTURED_ENTERED	208
#define SECONDARY_CAPTURED_SIZE		2048

/* struct secondary_place */
#define SECONDARY_PLACE_MPIDR		0
#define SECONDARY_PLACE_ARGS		8
#define SECONDARY_PLACE_SIZE		16

/* How far a CPU came. */
#define SECONDARY_ENTERED		0x1	/* its first instructions ran */
#define SECONDARY_LOW_EL		0x2	/* below the boot CPU's exception level: it stays there */

#ifndef __ASSEMBLER__
#include <base/types.h>
#include <asm/cpu_control.h>
#include <asm/entry_state.h>
#include <asm/percpu.h>

#define SECONDARY_STACK_SIZE		0x8000
#define SECONDARY_OVERFLOW_SIZE		0x4000

/* Written by the boot CPU, which cleans it; read with the MMU off. */
struct secondary_args {
	struct cpu_control control;
	struct cpu_local *local;
	u64 stack;		/* top */
	u64 early_stack;	/* top */
	struct secondary_captured *captured;
};

/* Written by the CPU with its MMU off, cleaned and invalidated behind that. */
struct secondary_captured {
	struct entry_state entry;
	u64 entered;		/* SECONDARY_* */
};

/* By MPIDR, for methods that hand over nothing. */
struct secondary_place {
	u64 mpidr;
	const struct secondary_args *args;	/* NULL: the end */
};

/* Each member fills granules of its own and has one writer. */
struct cpu_area {
	struct cpu_local local __attribute__((aligned(MMUOFF_ALIGN)));
	struct secondary_args args __attribute__((aligned(MMUOFF_ALIGN)));
	struct secondary_captured captured __attribute__((aligned(MMUOFF_ALIGN)));
	char early_stack[MMUOFF_ALIGN] __attribute__((aligned(MMUOFF_ALIGN)));
	char request[MMUOFF_ALIGN] __attribute__((aligned(MMUOFF_ALIGN)));	/* boot CPU writes */
	char response[MMUOFF_ALIGN] __attribute__((aligned(MMUOFF_ALIGN)));	/* the CPU writes */
};

_Static_assert(sizeof(struct cpu_control) == SECONDARY_ARGS_LOCAL, "SECONDARY_ARGS_LOCAL");
_Static_assert(offsetof(struct secondary_args, captured) == SECONDARY_ARGS_CAPTURED,
	       "SECONDARY_ARGS_CAPTURED");
_Static_assert(offsetof(struct cpu_control, el) == SECONDARY_ARGS_EL, "SECONDARY_ARGS_EL");
_Static_assert(offsetof(struct secondary_captured, entered) == SECONDARY_CAPTURED_ENTERED,
	       "SECONDARY_CAPTURED_ENTERED");
_Static_assert(sizeof(struct secondary_place) == SECONDARY_PLACE_SIZE, "SECONDARY_PLACE_SIZE");

/** arch_cpu_area_size() - bytes of one CPU's area, a multiple of PAGE_SIZE */
size_t arch_cpu_area_size(void);

/**
 * arch_cpu_areas_set() - where the areas are; before arch_take_over(), which maps them
 * @base: aligned to PAGE_SIZE
 * @count: areas behind each other
 */
void arch_cpu_areas_set(void *base, unsigned int count);

/** arch_cpu_area() - the n-th one */
struct cpu_area *arch_cpu_area(unsigned int n);

/**
 * arch_cpu_map_areas() - map all of them but the guard pages
 *
 * Return: as mmu_map().
 */
int arch_cpu_map_areas(void);

/** arch_cpu_areas_range() - what all areas take, guard pages included; @size 0: nothing */
void arch_cpu_areas_range(u64 *base, u64 *size);

/**
 * arch_cpu_prepare() - make an area ready for its CPU to start
 * @area: filled, but for the request and the response
 * @index: of the CPU
 * @mpidr: its affinity fields
 *
 * The CPU will run as the one that prepares it: the same registers, the MMU on or
 * off. What it reads with the MMU off is cleaned to the point of coherency.
 */
void arch_cpu_prepare(struct cpu_area *area, unsigned int index, u64 mpidr);

/**
 * arch_cpu_entry() - address to start CPUs at
 * @by_mpidr: nothing arrives in x0: the CPU finds its area by MPIDR_EL1
 */
u64 arch_cpu_entry(bool by_mpidr);

/** arch_cpu_context() - what to hand over in x0 */
u64 arch_cpu_context(const struct cpu_area *area);

/**
 * arch_cpu_publish() - let a CPU find its area by MPIDR
 *
 * Return: 0; -ENOSPC when NR_CPUS are known already.
 */
int arch_cpu_publish(const struct cpu_area *area, u64 mpidr);

/**
 * arch_cpu_write_word() - write a word that another CPU reads with its MMU off
 *
 * Whoever else writes beside it.
 */
void arch_cpu_write_word(u64 *word, u64 value);

/** struct cpu_own_range - memory that a CPU writes and nobody else does */
struct cpu_own_range {
	u64 start, end;		/* multiples of MMUOFF_ALIGN */
};

#define CPU_OWN_RANGES	3

/**
 * arch_cpu_own_ranges() - what the calling CPU, not the boot CPU, writes beside what it is told to
 * @ranges: filled: its stack; its overflow stack and state; its answers. Not the
 *	requests, which only the boot CPU maintains
 */
void arch_cpu_own_ranges(struct cpu_own_range ranges[CPU_OWN_RANGES]);

/** arch_cpu_signal() - an event for every CPU that waits in WFE, behind all earlier writes */
static inline void arch_cpu_signal(void)
{
	__asm__ volatile("dsb sy\n\tsev" ::: "memory");
}
#endif
#endif
