/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtual SError, IRQ and FIQ: how they are had at EL1 without a device that raises them. */
#ifndef ASM_VIRTUAL_EXCEPTION_H
#define ASM_VIRTUAL_EXCEPTION_H

/* As in HCR_EL2 */
#define VIRTUAL_FIQ		0x040U
#define VIRTUAL_IRQ		0x080U
#define VIRTUAL_SERROR		0x100U
#define VIRTUAL_EXCEPTIONS	0x1c0U

/**
 * arch_virtual_exceptions_set() - which are pending on this CPU from now on
 * @which: mask; 0: none any more
 *
 * They come once PSTATE lets them. A virtual SError is over when it is taken, the
 * others stay pending. While a kind is pending, EL2 has the physical ones of it
 * routed to itself and forwards them here.
 *
 * Return: 0; -ENODEV unless the image was entered at EL2 and runs at EL1.
 */
int arch_virtual_exceptions_set(unsigned int which);

#endif
