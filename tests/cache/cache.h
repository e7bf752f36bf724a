/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_CACHE_H
#define TESTS_CACHE_H

#include <base/types.h>
#include <asm/mmu.h>
#include <test/test.h>

#define CTR_IDC(ctr)		((ctr) >> 28 & 1)
#define CTR_DIC(ctr)		((ctr) >> 29 & 1)
#define CTR_IMINLINE(ctr)	(4ULL << ((ctr) & 0xf))
#define CTR_DMINLINE(ctr)	(4ULL << ((ctr) >> 16 & 0xf))

/* The registers; each in a function of its own, so that a defect can be planted there. */
u64 cache_ctr(void);
u64 cache_clidr(void);
u64 cache_dczid(void);

/* A page that is written at one address, and used as @kind at another. */
struct code_page {
	enum map_kind kind;
	u32 *written;
	u32 *run;
};

/* Or the case ends. */
void code_page_get(struct code_page *page);
void code_page_put(struct code_page *page);

/* geometry.c */
void ctr_is_sane(void);
void clidr_levels_are_in_order(void);
void every_level_has_a_size(void);
void lines_are_not_below_the_smallest(void);
void step_is_the_smallest_line_of_all_cpus(void);
void levels_are_equal_on_cpus(void);

/* operations.c */
void clean_to_poc_keeps_data(void);
void clean_to_pou_keeps_data(void);
void clean_and_invalidate_keeps_data(void);
void invalidate_keeps_what_was_cleaned(void);
void clean_to_persistence_keeps_data(void);
void zva_clears_its_block_only(void);

/* code.c */
void changed_code_is_run(void);
void changed_code_is_run_on_other_cpus(void);
void code_of_other_cpus_is_run(void);

/* el0.c */
void el0_may_maintain_when_allowed(void);
void el0_traps_when_not_allowed(void);

#endif
