// SPDX-License-Identifier: BSD-2-Clause
/* The word fault=, which an image that takes none knows too: it says so. */
#include <base/errno.h>
#include <base/kconfig.h>
#include <core/log.h>
#include <core/param.h>
#include "fault_private.h"

static int fault_set(const char *value)
{
	if (!value || !*value)
		return -EINVAL;
	if (IS_ENABLED(CONFIG_FAULT_INJECT))
		return fault_add(value);
	pr_err("fault=%s: this image makes no faults: it was built without CONFIG_FAULT_INJECT",
	       value);
	return 0;
}
PARAM(fault, .set = fault_set, .collect = true,
      .help = "KIND:WHAT:FIELD:..., as mmio:gicv3+0x4:and=~0x1f, sysreg:cntfrq_el0:set=0, smc:0x84000000:ret=-1, irq:30:drop, alloc:pages:fail");
