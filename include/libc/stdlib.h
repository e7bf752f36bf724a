/* SPDX-License-Identifier: BSD-2-Clause */
/* For the headers of libfdt, which ask for the C library's: strtoul(). */
#include <base/string.h>
