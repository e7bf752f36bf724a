# SPDX-License-Identifier: BSD-2-Clause
# lib/core/memory.c: the map in order, and what is handed over taken out of it.
programs += memory
memory-srcs := lib/core/memory.c lib/core/page_alloc.c $(addprefix tests/host/memory/,main.c handoff.c pages.c map.c)
# Not support.c's map, which other tests fill by hand.
memory-cflags := -I$(srctree)/lib/core -Dmemory_map_get=tested_map_get
# An image that ends inside a page, as real ones may.
memory-libs := -Wl,--defsym=_image_end=_image+0x2801
