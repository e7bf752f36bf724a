/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite "mm". */
#ifndef TESTS_MM_H
#define TESTS_MM_H

#include <asm/mmu.h>
#include <asm/page.h>
#include <asm/page_table.h>
#include <base/errno.h>
#include <base/util.h>
#include <test/test.h>

#define MM_PAGES	4	/* of memory */
#define MM_BLOCKS	4	/* of virtual addresses */

/* Virtual addresses with nothing mapped, and memory to map there. */
struct mm {
	u64 va;			/* a multiple of the block size */
	u64 page[MM_PAGES];	/* physical, and mapped there */
};

enum mm_access { MM_READ, MM_WRITE, MM_EXECUTE, MM_EL0_READ, MM_EL0_WRITE };

enum mm_fault {
	MM_NONE = -1,
	MM_ADDRESS_SIZE,
	MM_TRANSLATION,
	MM_ACCESS_FLAG,
	MM_PERMISSION,
	MM_OTHER,
};

/* For a case to begin with: nothing is mapped in the window. */
const struct mm *mm_begin(void);
int mm_init(void);
void mm_exit(void);

/* Bytes of a block of level 2. */
u64 mm_block_size(void);

/* Give back the memory that cases with blocks use. */
void mm_give_block(void);

/* EL2 without VHE: no EL0, no ASIDs. */
bool mm_one_level(void);

/* Fault status of ESR and PAR. */
enum mm_fault mm_fault_of(unsigned int fsc);
int mm_level_of(unsigned int fsc);
const char *mm_fault_name(enum mm_fault fault);

/*
 * One access. @want MM_NONE: it must succeed; else it must fault so, at @level,
 * with FAR_ELx the address.
 */
void mm_expect(enum mm_access access, u64 va, enum mm_fault want, int level);

/* One access, whatever comes of it. */
enum mm_fault mm_try(enum mm_access access, u64 va);

/* PAR_EL1 after the AT instruction for an access. */
u64 mm_at(enum mm_access access, u64 va);

/* The leaf's own level; REQUIREs one. */
struct mmu_walk mm_leaf(u64 va);

/* Instructions at @pa that return. */
void mm_put_code(u64 pa);

/* An SVC at @pa. */
void mm_put_el0_code(u64 pa);

void map_shows_memory(void);
void unmap_takes_it_away(void);
void protect_changes_permissions(void);
void remap_shows_other_memory(void);
void map_refuses_what_is_mapped(void);
void changes_refuse_what_is_not_mapped(void);
void changes_refuse_partial_pages(void);
void changes_refuse_what_they_need(void);
void changes_refuse_the_stack_in_use(void);
void tables_come_and_go(void);
void tables_come_from_pages_at_last(void);
void highest_address_translates(void);

void blocks_where_they_fit(void);
void unmap_splits_a_block(void);
void protect_splits_a_block(void);
void stack_survives_a_split(void);
void contiguous_entries_translate(void);

void data_is_not_executed(void);
void read_only_is_not_written(void);
void code_runs_and_is_not_written(void);
void el0_permissions(void);
void el0_code_is_not_run(void);
void el0_runs_its_code_only(void);
void pan_keeps_from_el0_memory(void);
void access_flag_faults(void);

void null_page_faults(void);
void stack_guards_fault(void);
void faults_report_their_level(void);
void addresses_beyond_fault(void);
void output_beyond_faults(void);

void at_agrees_with_accesses(void);
void at_el0_agrees_with_accesses(void);
void at_reports_faults(void);
void at_reports_memory_types(void);
void output_has_all_bits(void);

void tlbi_by_va(void);
void tlbi_by_va_last_level(void);
void tlbi_by_va_all_asids(void);
void tlbi_by_asid(void);
void tlbi_all(void);
void asids_are_apart(void);
void every_cpu_sees_a_change(void);
void change_is_whole_for_others(void);

void only_what_is_described(void);
void nothing_is_writable_and_executable(void);
void image_has_its_permissions(void);
void devices_are_ngnre(void);

#endif
