/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers on the build machine: a program that reaches any has a model of them,
 * in these two functions, by the names that stand in the source.
 */
#ifndef HOST_ASM_SYSREG_H
#define HOST_ASM_SYSREG_H

#include <base/types.h>

u64 host_sysreg_read(const char *name);
void host_sysreg_write(const char *name, u64 value);

#define read_sysreg(reg)	host_sysreg_read(#reg)
#define write_sysreg(val, reg)	host_sysreg_write(#reg, (u64)(val))

#endif
