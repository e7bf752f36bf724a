// SPDX-License-Identifier: BSD-2-Clause
/* The hand-off, for those who come after start(). */
#include <base/util.h>
#include <core/boot.h>
#include "core.h"

static const struct boot_info *handed_over;

void boot_info_set(const struct boot_info *bi)
{
	handed_over = bi;
}

const struct boot_info *boot_info_get(void)
{
	return handed_over;
}

void boot_info_complain(struct boot_info *bi, const char *text)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bi->complaints) - 1; i++) {
		if (!bi->complaints[i]) {
			bi->complaints[i] = text;
			return;
		}
	}
}
