// SPDX-License-Identifier: BSD-2-Clause
/* Whether the run has the MMU on. */
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/string.h>
#include <core/console.h>
#include <core/param.h>
#include <core/stage.h>
#include <asm/mmu_off.h>
#include "core.h"

static bool off = IS_ENABLED(CONFIG_MMU_OFF_AT_BOOT);

static int mmu_set(const char *value)
{
	if (!value || (strcmp(value, "off") && strcmp(value, "on")))
		return -EINVAL;
	off = !strcmp(value, "off");
	return 0;
}
PARAM(mmu, .help = "on or off: off from the end of boot services until the end of the run",
      .set = mmu_set);

bool mmu_stays_off(void)
{
	return off;
}

static int mmu_summary(struct boot_info *bi)
{
	const struct mmu_off_cost *cost = mmu_off_cost();

	(void)bi;
	if (!mmu_is_on())
		console_printf("mmu:      off; %llu DC operations of %u bytes to get there, and %llu for what is only read\n",
			       cost->off, cost->line, cost->read_only);
	return 0;
}
STAGE(mmu_summary, "05", .when = STAGE_SUMMARY, .run = mmu_summary);
