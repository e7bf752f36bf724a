/* SPDX-License-Identifier: BSD-2-Clause */
/* The C library's names again. */
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen
#undef strnlen
#undef strcmp
#undef strncmp
#undef strchr
#undef strrchr
#undef strstr
#undef strtoul
#undef strscpy
#undef vsnprintf
#undef snprintf
#undef scnprintf
#undef sort
#undef crc32
#undef __stack_chk_fail
#undef __stack_chk_guard
