/* SPDX-License-Identifier: BSD-2-Clause */
/* Free RAM made of memory of the build machine. */
#ifndef HOST_ALLOC_ALLOC_H
#define HOST_ALLOC_ALLOC_H

#include <ctest.h>
#include <base/extents.h>
#include <core/address_space.h>
#include <core/memory.h>
#include <core/page_alloc.h>
#include <asm/page.h>
#include "core.h"

#define RAM_PAGES	2048U

/* RAM_PAGES pages that can be written to, and nothing allocated of them. */
u64 machine_ram(void);
/* Begin anew: all of it free, and @more regions of one page that cannot be written to. */
void machine_begin(unsigned int more);

/* By file. */
void extents_tests(void);
void page_tests(void);
void heap_tests(void);

#endif
