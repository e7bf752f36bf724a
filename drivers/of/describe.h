/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory as the device tree describes it. */
#ifndef DRIVERS_OF_DESCRIBE_H
#define DRIVERS_OF_DESCRIBE_H

#include <core/boot.h>

/**
 * of_memory_describe() - memory nodes and reservations into the map
 * @bi: its map gets the regions, disjoint as far as the memory nodes are
 */
void of_memory_describe(struct boot_info *bi);

/** of_memory_contains() - whether all of a range lies in memory nodes */
bool of_memory_contains(u64 base, u64 size);

#endif
