/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of drivers/cpu. */
#ifndef DRIVERS_CPU_METHODS_H
#define DRIVERS_CPU_METHODS_H

#include <core/cpu.h>

extern const struct cpu_ops psci_cpu_ops, spin_table_cpu_ops;

#endif
