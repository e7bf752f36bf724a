/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What checks on secondary CPUs have found. Each of these CPUs has a record of
 * its own, which it alone writes and, whatever its MMU's state, cleans and
 * invalidates after each write: the boot CPU reads it when the case is over, its
 * own MMU on or off. A record fills whole granules of the MMU-off rules.
 */
#ifndef LIB_TEST_CPU_RECORD_H
#define LIB_TEST_CPU_RECORD_H

#include "record.h"

/* What arch_guarded_call(), and so cpu_call(), returns when a case ends itself. */
#define TEST_ENDED	(-EALREADY)

/** cpu_records_prepare() - memory for all CPUs that run; before the first case; pr_err() without */
void cpu_records_prepare(void);

/** cpu_records_begin() - a case begins: what the CPUs have is stale from now on */
void cpu_records_begin(void);

/** cpu_records_end() - none runs: checks on other CPUs find no record */
void cpu_records_end(void);

/** cpu_record_own() - record of the secondary that asks, emptied for a new case; NULL outside of any */
struct test_record *cpu_record_own(void);

/** cpu_record_publish() - have other CPUs see what was written; nothing for the case's record */
void cpu_record_publish(const struct test_record *record);

/** cpu_record_publish_head() - the same for the counts alone */
void cpu_record_publish_head(const struct test_record *record);

/** cpu_record_of() - what a secondary has found in the case that runs; NULL: it made no check */
const struct test_record *cpu_record_of(unsigned int index);

/**
 * cpu_records_fold() - take over what all CPUs have found
 * @record: of the case: the most severe verdict stays, checks add up, texts follow
 */
void cpu_records_fold(struct test_record *record);

#endif
