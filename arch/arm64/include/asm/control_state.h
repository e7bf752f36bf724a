/* SPDX-License-Identifier: BSD-2-Clause */
/* What this CPU is set to, to find and put back what a case has left behind. */
#ifndef ASM_CONTROL_STATE_H
#define ASM_CONTROL_STATE_H

#include <base/types.h>

#define CONTROL_STATE_REGISTERS	12
/* The first of them: vectors and map, which all CPUs of a make have alike. */
#define CONTROL_STATE_SHARED	5

/** struct control_state - control registers of the level run at; which ones is control_state.c's */
struct control_state {
	u64 value[CONTROL_STATE_REGISTERS];
	bool mmu_on;
};

/** control_state_save() - as they are now; those of the calling CPU */
void control_state_save(struct control_state *state);

/**
 * control_state_restore() - put back what differs
 * @state: of the same CPU, saved with the MMU as it is now
 * @what: names of what did differ, comma-separated; "" for nothing
 * @size: bytes at @what
 *
 * Return: how many registers did.
 */
unsigned int control_state_restore(const struct control_state *state, char *what, size_t size);

/**
 * control_state_restore_other() - the same on another CPU of the same make
 *
 * Vectors and map only: with what else firmware started it is for tests to find,
 * and not to be healed.
 */
unsigned int control_state_restore_other(const struct control_state *state, char *what, size_t size);

#define CONTROL_DAIF_I		0x80ULL

/** control_daif() - which interrupts are masked: DAIF as it is */
u64 control_daif(void);

/** control_tpidr() - TPIDR_EL1, where asm/percpu.h keeps its pointer, as it is now */
u64 control_tpidr(void);

/** control_tpidr_set() - put it back, before anything may fault */
void control_tpidr_set(u64 tpidr);

/** control_daif_set() - mask just these */
void control_daif_set(u64 daif);

/** control_irq_unmask() - let IRQs come; the other bits of DAIF stay */
void control_irq_unmask(void);

/** control_irq_mask() - have IRQs wait */
void control_irq_mask(void);

#endif
