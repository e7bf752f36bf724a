// SPDX-License-Identifier: BSD-2-Clause
#include "cpu_record.h"
#include <base/compiler.h>
#include <base/printf.h>
#include <base/string.h>
#include <core/cpu.h>
#include <core/log.h>
#include <core/page_alloc.h>
#include <asm/cache.h>
#include <asm/page.h>

#define CPU_TEXT_SIZE	(MMUOFF_ALIGN - sizeof(struct test_record))

/*
 * Written by the boot CPU alone; others may read it with their MMU off while it
 * changes, so nothing else lies in its granule.
 */
static struct cpu_records {
	char *records;		/* by index - 1; MMUOFF_ALIGN bytes each */
	unsigned int count;
	u32 generation;		/* which case runs, 0 for none */
	u32 last_generation;
	char rest[MMUOFF_ALIGN - sizeof(char *) - 3 * sizeof(u32)];
} shared __aligned(MMUOFF_ALIGN);

static struct test_record *record_at(unsigned int index)
{
	return (struct test_record *)(shared.records + (u64)(index - 1) * MMUOFF_ALIGN);
}

void cpu_records_prepare(void)
{
	unsigned int others = cpu_count() - 1;

	_Static_assert(sizeof(struct test_record) + 512 < MMUOFF_ALIGN, "no room for text");
	if (shared.records || !others)
		return;
	shared.records = pages_alloc((u64)others * MMUOFF_ALIGN, MMUOFF_ALIGN);
	if (!shared.records) {
		pr_err("no memory for the records of %u CPUs: what checks find there is lost",
		       others);
		return;
	}
	shared.count = others;
	/* Whatever anybody left dirty there must not come over what is written now, MMU off or on. */
	cache_clean_invalidate_poc(shared.records, (size_t)others * MMUOFF_ALIGN);
	for (unsigned int i = 1; i <= others; i++)
		record_at(i)->generation = 0;
	/* Nor this over what they write. */
	cache_clean_invalidate_poc(shared.records, (size_t)others * MMUOFF_ALIGN);
}

static void set_generation(u32 generation)
{
	if (!shared.count)
		return;
	WRITE_ONCE(shared.generation, generation);
	cache_clean_invalidate_poc(&shared, offsetof(struct cpu_records, rest));
}

void cpu_records_begin(void)
{
	if (!++shared.last_generation)
		shared.last_generation = 1;
	set_generation(shared.last_generation);
}

void cpu_records_end(void)
{
	set_generation(0);
}

struct test_record *cpu_record_own(void)
{
	u32 generation = READ_ONCE(shared.generation);
	unsigned int index = cpu_this();
	struct test_record *record;

	if (!generation || index > shared.count)
		return NULL;
	record = record_at(index);
	if (record->generation != generation) {
		record_clear(record, CPU_TEXT_SIZE);
		record->generation = generation;
		/* The MMU of this CPU may change from case to case: nothing stays in a cache. */
		cache_clean_invalidate_poc(record, sizeof(*record) + 1);
	}
	return record;
}

void cpu_record_publish(const struct test_record *record)
{
	if (cpu_this() && record->generation)
		cache_clean_invalidate_poc(record, sizeof(*record) + record->text_len + 1);
}

/* Once for each check that holds: no more than it takes. */
void cpu_record_publish_head(const struct test_record *record)
{
	if (cpu_this() && record->generation)
		cache_clean_invalidate_poc(record, offsetof(struct test_record, exception));
}

const struct test_record *cpu_record_of(unsigned int index)
{
	if (!index || index > shared.count || record_at(index)->generation != shared.last_generation)
		return NULL;
	return record_at(index);
}

static void fold_one(struct test_record *record, unsigned int index)
{
	const struct test_record *of_cpu = cpu_record_of(index);
	char head[64];

	if (!of_cpu)
		return;
	record->checks += of_cpu->checks;
	if (of_cpu->worst == VERDICT_PASS)
		return;
	if (of_cpu->reason[0])
		record_fold(record, of_cpu->worst, "CPU %u: %s", index, of_cpu->reason);
	else
		record_fold(record, of_cpu->worst, "%s", "");
	record->dropped += of_cpu->dropped;
	if (!of_cpu->text_len)
		return;
	snprintf(head, sizeof(head), "# on CPU:   %u (MPIDR 0x%llx)\n", index,
		 cpu_get(index)->mpidr);
	record_add(record, head);
	record_add(record, of_cpu->text);
}

void cpu_records_fold(struct test_record *record)
{
	for (unsigned int i = 1; i <= shared.count; i++)
		fold_one(record, i);
}
