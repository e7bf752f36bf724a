# SPDX-License-Identifier: BSD-2-Clause
# The allocators of lib/core, with and without redzones, on memory of the build machine.
alloc-base-srcs := lib/core/memory.c lib/core/page_alloc.c lib/core/heap.c lib/core/heap_check.c \
	lib/core/address_space.c $(addprefix tests/host/alloc/,main.c extents.c machine.c pages.c heap.c)
alloc-base-cflags := -I$(srctree)/lib/core -Dmemory_map_get=tested_map_get \
	-Dheap_alloc=tested_heap_alloc -Dheap_strdup=tested_heap_strdup \
	-Dheap_printf=tested_heap_printf -Daddress_space_avoid=tested_address_space_avoid -DCONFIG_HEAP_KIB=64

programs += alloc alloc_redzones
alloc-srcs := $(alloc-base-srcs)
alloc-cflags := $(alloc-base-cflags)
alloc_redzones-srcs := $(alloc-base-srcs)
alloc_redzones-cflags := $(alloc-base-cflags) -DCONFIG_HEAP_REDZONES=1
