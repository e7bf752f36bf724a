/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of isolate.c that is about the other CPUs. */
#ifndef LIB_TEST_ISOLATE_CPUS_H
#define LIB_TEST_ISOLATE_CPUS_H

#include "record.h"

/** isolate_cpus_begin() - note which CPUs run, and what each was last asked */
void isolate_cpus_begin(void);

/** isolate_cpus_mmu() - the MMU of all others, on or off */
void isolate_cpus_mmu(bool on);

/**
 * isolate_cpus_end() - wait for those that still work, find those that are gone
 * @record: of the case; a CPU that is lost is a FAIL
 * @mmu_on: how their MMUs have to be
 */
void isolate_cpus_end(struct test_record *record, bool mmu_on);

#endif
