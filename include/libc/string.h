/* SPDX-License-Identifier: BSD-2-Clause */
/* For the headers of libfdt and gnu-efi, which ask for the C library's. */
#include <base/string.h>
