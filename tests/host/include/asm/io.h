/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MMIO on the build machine: a program that drives a device has a model of its
 * registers, in these two functions. Addresses are those that device_map() gave.
 */
#ifndef HOST_ASM_IO_H
#define HOST_ASM_IO_H

#include <base/types.h>

u64 host_io_read(u64 addr, unsigned int size);
void host_io_write(u64 addr, u64 value, unsigned int size);

#define HOST_IO_ACCESSORS(suffix, type)						\
static inline type read##suffix(const volatile void *addr)			\
{										\
	return (type)host_io_read((uintptr_t)addr, sizeof(type));		\
}										\
static inline void write##suffix(type val, volatile void *addr)			\
{										\
	host_io_write((uintptr_t)addr, val, sizeof(type));			\
}

HOST_IO_ACCESSORS(b, u8)
HOST_IO_ACCESSORS(w, u16)
HOST_IO_ACCESSORS(l, u32)
HOST_IO_ACCESSORS(q, u64)

#endif
