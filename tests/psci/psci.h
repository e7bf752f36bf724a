/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_PSCI_H
#define TESTS_PSCI_H

#include <drivers/psci.h>
#include <test/test.h>

/* Reserved in the range of PSCI (0x84000000-0x8400001f) up to issue F, so no firmware has it. */
#define PSCI_FN_RESERVED	0x8400001fU

extern char psci_park[];

/* calls.c */
void conduit_works(void);
void version_is_as_described(void);
void mandatory_functions_are_reported(void);
void pairs_are_reported_together(void);
void unknown_feature_is_not_supported(void);
void unknown_function_is_not_supported(void);
void migrate_info_type_is_in_range(void);
void smccc_version_is_1_1_or_later(void);

/* cpu.c */
void affinity_info_boot_cpu_is_on(void);
void affinity_info_rejects_invalid_mpidr(void);
void cpu_on_boot_cpu_is_already_on(void);
void cpu_on_rejects_invalid_mpidr(void);

/* registers.c */
void call_preserves_x18_to_x30_and_sp(void);
void call_preserves_x4_to_x17(void);

#endif
