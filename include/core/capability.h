/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the machine has that a test may need. Drivers say so when they probed
 * well; a case that needs more than there is becomes a SKIP naming it.
 */
#ifndef CORE_CAPABILITY_H
#define CORE_CAPABILITY_H

#define NEED_IRQ		0x1	/* an interrupt controller with a driver */
#define NEED_EL2		0x2	/* to run at EL2 */
#define NEED_EFI		0x4	/* booted by UEFI */
#define NEED_DT			0x8	/* a device tree was given */
#define NEED_ACPI		0x10	/* ACPI tables were given */
#define NEED_PSCI		0x20	/* PSCI is described and its driver works */
#define NEED_IMAGE_BOOT		0x40	/* booted by the Linux boot protocol */
#define NEED_SMP		0x80	/* a second CPU that runs */

/**
 * capability_provide() - the machine has these
 * @needs: mask of NEED_*
 */
void capability_provide(unsigned int needs);

/**
 * capability_missing() - which of @needs nobody has provided
 */
unsigned int capability_missing(unsigned int needs);

/**
 * capability_name() - the lowest capability of a mask, in words
 * @needs: mask of NEED_*
 *
 * Return: "an interrupt controller with a driver" and the like.
 */
const char *capability_name(unsigned int needs);

#endif
