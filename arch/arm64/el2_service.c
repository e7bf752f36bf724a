// SPDX-License-Identifier: BSD-2-Clause
/* Asking EL2, where it is ours beneath EL1. */
#include <base/errno.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/sections.h>
#include <asm/virtual_exception.h>
#include "el2.h"

static bool service_below;

void el2_service_prepare(bool below)
{
	service_below = below;
	/*
	 * A UEFI loader cleans code to the point of unification only. EL2 runs with
	 * its MMU off, and may fetch ahead what lies behind its own (DDI0487J.a D8.2.9).
	 */
	if (below)
		cache_clean_poc(_text, _text_end - _text);
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
