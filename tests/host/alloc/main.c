// SPDX-License-Identifier: BSD-2-Clause
/* lib/base/extents.c, lib/core/page_alloc.c, heap.c and address_space.c on the build machine. */
#include "alloc.h"

int main(void)
{
	extents_tests();
	page_tests();
	heap_tests();
	return ctest_end();
}
