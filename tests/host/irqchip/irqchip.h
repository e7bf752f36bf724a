/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the program irqchip. */
#ifndef HOST_IRQCHIP_H
#define HOST_IRQCHIP_H

/* redist.c */
void redist_tests(void);

#endif
