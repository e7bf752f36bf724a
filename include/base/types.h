/* SPDX-License-Identifier: BSD-2-Clause */
/* Fixed-width types under the names used all over the tree. */
#ifndef BASE_TYPES_H
#define BASE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef unsigned long long u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef long long s64;

/** typedef char16 - one UTF-16 code unit, as UEFI strings have them */
typedef uint16_t char16;

#endif
