/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included by force before every source of lib/ and drivers/ that is built for
 * the build machine: gives lib/base's functions names of their own, base_strlen()
 * for strlen(), so that the C library is there besides them.
 *
 * The C library's headers come first: their guards keep them from being read
 * again behind the macros, and some of their names are those of base/compiler.h.
 */
#ifndef HOST_PREFIX_H
#define HOST_PREFIX_H

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef __always_inline

#include <prefix_on.h>

#endif
