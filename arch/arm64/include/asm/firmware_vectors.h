/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Our vectors while the machine is the firmware's. Exceptions come to us; IRQs and FIQs go
 * on to the firmware's vectors, as if they had come while a few instructions of ours ran,
 * and then to what exception_set_irq() and exception_set_fiq() say.
 *
 * An exception ends the innermost guarded call only where all code between the two is the
 * image's: frames of the firmware are never dropped. Else it is exception_report()'s.
 */
#ifndef ASM_FIRMWARE_VECTORS_H
#define ASM_FIRMWARE_VECTORS_H

#include <asm/exception.h>

/** arch_firmware_vectors_enter() - exceptions come to us, interrupts to the firmware and to us */
void arch_firmware_vectors_enter(void);

/** arch_firmware_vectors_leave() - all go to the firmware again, by the VBAR that it had */
void arch_firmware_vectors_leave(void);

/** arch_firmware_vectors_absorb() - from now on guarded calls end whatever is between */
void arch_firmware_vectors_absorb(void);

/**
 * arch_firmware_is_between() - whether leaving a guarded call would drop frames of the firmware
 * @regs: the interrupted state; NULL: who calls this
 * @esr: syndrome of the exception that interrupted it, 0 for an interrupt
 * @guard: the call; NULL: it says true
 *
 * Where the chain of frames cannot be followed it says true.
 * False while the vectors are not those of arch_firmware_vectors_enter().
 */
bool arch_firmware_is_between(const struct pt_regs *regs, u64 esr, const struct guard *guard);

#endif
