/* SPDX-License-Identifier: BSD-2-Clause */
/* Arithmetic on sizes and pointers. */
#ifndef BASE_UTIL_H
#define BASE_UTIL_H

#include <base/compiler.h>
#include <base/types.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define BIT(n)		(1ULL << (n))
/* GENMASK(7, 4) is 0xf0 */
#define GENMASK(h, l)	((~0ULL >> (63 - (h))) & (~0ULL << (l)))

#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

#define MIN(a, b) ({ __auto_type _min_a = (a); __auto_type _min_b = (b); \
	_min_a < _min_b ? _min_a : _min_b; })
#define MAX(a, b) ({ __auto_type _max_a = (a); __auto_type _max_b = (b); \
	_max_a > _max_b ? _max_a : _max_b; })

/* @n is a power of two; the result has the type of @x. */
#define ALIGN_DOWN(x, n) ((x) & ~((__typeof__(x))(n) - 1))
#define ALIGN_UP(x, n)	ALIGN_DOWN((x) + ((__typeof__(x))(n) - 1), n)
#define IS_ALIGNED(x, n) (((x) & ((__typeof__(x))(n) - 1)) == 0)

#define SZ_4K		0x1000ULL
#define SZ_64K		0x10000ULL
#define SZ_1M		0x100000ULL
#define SZ_2M		0x200000ULL
#define SZ_1G		0x40000000ULL

#endif
