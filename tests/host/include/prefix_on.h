/* SPDX-License-Identifier: BSD-2-Clause */
/* lib/base's names get their prefix; prefix_off.h ends that. */
#define memcpy base_memcpy
#define memmove base_memmove
#define memset base_memset
#define memcmp base_memcmp
#define memchr base_memchr
#define strlen base_strlen
#define strnlen base_strnlen
#define strcmp base_strcmp
#define strncmp base_strncmp
#define strchr base_strchr
#define strrchr base_strrchr
#define strstr base_strstr
#define strtoul base_strtoul
#define strscpy base_strscpy
#define vsnprintf base_vsnprintf
#define snprintf base_snprintf
#define scnprintf base_scnprintf
#define sort base_sort
#define crc32 base_crc32
#define __stack_chk_fail base_stack_chk_fail
#define __stack_chk_guard base_stack_chk_guard
