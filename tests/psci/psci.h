/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_PSCI_H
#define TESTS_PSCI_H

/* struct psci_visit, for visit.S */
#define PSCI_VISIT_LET_GO	0
#define PSCI_VISIT_USE_SMC	8
#define PSCI_VISIT_CPU_OFF	16

#ifndef __ASSEMBLER__
#include <asm/page.h>
#include <drivers/psci.h>
#include <test/test.h>

/* Reserved in the range of PSCI (0x84000000-0x8400001f) up to issue F, so no firmware has it. */
#define PSCI_FN_RESERVED	0x8400001fU

extern char psci_park[];

/* What a CPU reads that was started at psci_visit_entry, with its MMU off; granules of its own. */
struct psci_visit {
	u64 let_go;
	u64 use_smc;
	u64 cpu_off;		/* function identifier */
	char unused[MMUOFF_ALIGN - 3 * sizeof(u64)];
};

_Static_assert(offsetof(struct psci_visit, cpu_off) == PSCI_VISIT_CPU_OFF, "PSCI_VISIT_CPU_OFF");
extern char psci_visit_entry[], psci_visit_end[];

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

/* race.c */
void cpu_on_race_has_one_winner(void);
void all_others_go_off_and_come_back(void);
#endif

#endif
