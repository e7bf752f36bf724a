// SPDX-License-Identifier: BSD-2-Clause
/* Asking EL2, where it is ours beneath EL1. */
#include <base/errno.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/virtual_exception.h>
#include "el2.h"

extern char el2_forward[], el2_forward_end[];

static bool service_below;

void el2_service_prepare(bool below)
{
	service_below = below;
	/* A UEFI loader cleans code to the point of unification only. */
	if (below)
		cache_clean_poc(el2_forward, el2_forward_end - el2_forward);
}

int arch_virtual_exceptions_set(unsigned int which)
{
	register u64 x0 __asm__("x0") = which & VIRTUAL_EXCEPTIONS;

	if (!service_below)
		return -ENODEV;
	__asm__ volatile("hvc %1"
			 : : "r"(x0), "i"(EL2_SERVICE_HVC) : "memory");
	isb();
	return 0;
}
