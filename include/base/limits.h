/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounds of the basic types; GCC's own limits.h wants a C library's besides. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#ifndef INT_MAX
#define INT_MAX		__INT_MAX__
#define INT_MIN		(-INT_MAX - 1)
#define UINT_MAX	(INT_MAX * 2U + 1U)
#define LONG_MAX	__LONG_MAX__
#define LONG_MIN	(-LONG_MAX - 1L)
#define ULONG_MAX	(LONG_MAX * 2UL + 1UL)
#endif

#endif
