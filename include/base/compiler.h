/* SPDX-License-Identifier: BSD-2-Clause */
/* What the language lacks and both GCC and clang have. */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

#define __used		__attribute__((used))
#define __unused	__attribute__((unused))
#define __packed	__attribute__((packed))
#define __aligned(n)	__attribute__((aligned(n)))
#define __section(s)	__attribute__((section(s)))
#define __noreturn	__attribute__((noreturn))
#define __noinline	__attribute__((noinline))
#define __always_inline	inline __attribute__((always_inline))
#define __must_check	__attribute__((warn_unused_result))
#define __printf(f, a)	__attribute__((format(printf, f, a)))
/* An MMIO pointer: only the accessors of asm/io.h dereference it. */
#ifdef __CHECKER__
#define __iomem		__attribute__((noderef, address_space(2)))
#define __force		__attribute__((force))
#else
#define __iomem
#define __force
#endif

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

#define barrier()	__asm__ volatile("" ::: "memory")
#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))

#endif
