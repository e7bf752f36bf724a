# SPDX-License-Identifier: BSD-2-Clause
# lib/base against the C library, and against plain references where that has no such function.
programs += base
base-srcs := $(addprefix tests/host/base/, main.c memory.c string.c strtoul.c printf.c \
	printf_odd.c printf_fuzz.c utf.c sort.c crc32.c parse.c glob.c errno.c stack_protector.c)
# strerrorname_np()
base-cflags := -D_GNU_SOURCE
