// SPDX-License-Identifier: BSD-2-Clause
/* Memory and addresses for the cases, and accesses that may fault. */
#include <asm/cache.h>
#include <asm/exception.h>
#include <asm/tlb.h>
#include <core/address_space.h>
#include <core/page_alloc.h>
#include "mm.h"

#define ESR_WNR			BIT(6)
#define INSN_RET		0xd65f03c0
#define INSN_SVC		0xd4000001

static struct mm window;

u64 mm_block_size(void)
{
	return 1ULL << (2 * mmu_page_shift() - 3);
}

bool mm_one_level(void)
{
	return tlb_one_level();
}

int mm_init(void)
{
	u64 block = mm_block_size();
	unsigned int i;

	window.va = (u64)address_space_alloc(MM_BLOCKS * block, block);
	if (!window.va)
		return -ENOMEM;
	for (i = 0; i < MM_PAGES; i++) {
		window.page[i] = (u64)pages_alloc(PAGE_SIZE, PAGE_SIZE);
		if (!window.page[i])
			return -ENOMEM;
	}
	return 0;
}

static void clear_window(void)
{
	u64 at = window.va, end = window.va + MM_BLOCKS * mm_block_size();
	struct mmu_walk walk;

	for (; at < end; at = ALIGN_DOWN(at, walk.size) + walk.size) {
		/* A case that ended early may have left an entry of any kind. */
		if (mmu_walk(at, &walk) == 0)
			mmu_unmap(at, MAX(walk.size, (u64)PAGE_SIZE));
	}
}

void mm_exit(void)
{
	unsigned int i;

	if (window.va)
		clear_window();
	mm_give_block();
	address_space_free((void *)window.va, MM_BLOCKS * mm_block_size());
	for (i = 0; i < MM_PAGES; i++)
		pages_free((void *)window.page[i], PAGE_SIZE);
	window = (struct mm){ .va = 0 };
}

const struct mm *mm_begin(void)
{
	unsigned int i;

	clear_window();
	for (i = 0; i < MM_PAGES; i++)
		*(volatile u64 *)window.page[i] = 0x1000 + i;
	return &window;
}

void mm_put_code(u64 pa)
{
	*(volatile u32 *)pa = INSN_RET;
	cache_sync_code((const void *)pa, sizeof(u32));
}

void mm_put_el0_code(u64 pa)
{
	*(volatile u32 *)pa = INSN_SVC;
	cache_sync_code((const void *)pa, sizeof(u32));
}

struct mmu_walk mm_leaf(u64 va)
{
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_walk(va, &walk), 0, "walk of 0x%llx", va);
	return walk;
}

/* DDI0487J.a D19.2.37, DFSC: the level is -1 in codes of its own. */
enum mm_fault mm_fault_of(unsigned int fsc)
{
	if (fsc == 0x29)
		return MM_ADDRESS_SIZE;
	if (fsc == 0x2b)
		return MM_TRANSLATION;
	return fsc < 0x10 ? (enum mm_fault)(fsc >> 2) : MM_OTHER;
}

int mm_level_of(unsigned int fsc)
{
	return fsc < 0x10 ? (int)(fsc & 3) : -1;
}

const char *mm_fault_name(enum mm_fault fault)
{
	switch (fault) {
	case MM_NONE:
		return "no fault";
	case MM_ADDRESS_SIZE:
		return "address size fault";
	case MM_TRANSLATION:
		return "translation fault";
	case MM_ACCESS_FLAG:
		return "access flag fault";
	case MM_PERMISSION:
		return "permission fault";
	default:
		return "another exception";
	}
}

static const char *access_name(enum mm_access access)
{
	static const char *const names[] = {
		"read", "write", "execution", "read as EL0", "write as EL0",
	};

	return names[access];
}

/* One instruction each, so that nothing else can fault. */
static void access_read(void *va)
{
	u64 value;

	__asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(va) : "memory");
}

static void access_write(void *va)
{
	__asm__ volatile("str %0, [%1]" : : "r"(0x77ULL), "r"(va) : "memory");
}

static void access_execute(void *va)
{
	((void (*)(void))va)();
}

static void access_el0_read(void *va)
{
	u64 value;

	__asm__ volatile("ldtr %0, [%1]" : "=r"(value) : "r"(va) : "memory");
}

static void access_el0_write(void *va)
{
	__asm__ volatile("sttr %0, [%1]" : : "r"(0x77ULL), "r"(va) : "memory");
}

static bool faults(enum mm_access access, u64 va, struct exception_info *info)
{
	static void (*const functions[])(void *) = {
		access_read, access_write, access_execute, access_el0_read, access_el0_write,
	};

	return test_guarded_call(functions[access], (void *)va, info, NULL) != 0;
}

enum mm_fault mm_try(enum mm_access access, u64 va)
{
	struct exception_info info;

	return faults(access, va, &info) ? mm_fault_of(info.esr & 0x3f) : MM_NONE;
}

void mm_expect(enum mm_access access, u64 va, enum mm_fault want, int level)
{
	bool writes = access == MM_WRITE || access == MM_EL0_WRITE;
	struct exception_info info;
	char words[128];
	unsigned int class;

	if (!faults(access, va, &info)) {
		CHECK(want == MM_NONE, "%s at 0x%llx: no fault, expected a %s level %d",
		      access_name(access), va, mm_fault_name(want), level);
		return;
	}
	exception_describe(words, sizeof(words), &info);
	if (want == MM_NONE) {
		FAIL("%s at 0x%llx: %s", access_name(access), va, words);
		return;
	}
	class = access == MM_EXECUTE ? EC_IABT : EC_DABT;
	CHECK_EQ((unsigned int)(info.esr >> 26), class, "%s at 0x%llx: ESR.EC of: %s", access_name(access), va,
		 words);
	CHECK(mm_fault_of(info.esr & 0x3f) == want, "%s at 0x%llx: %s, expected a %s",
	      access_name(access), va, words, mm_fault_name(want));
	CHECK_EQ(mm_level_of(info.esr & 0x3f), level, "%s at 0x%llx: level of: %s",
		 access_name(access), va, words);
	CHECK_EQ(info.far, va, "%s at 0x%llx: FAR of: %s", access_name(access), va, words);
	if (access != MM_EXECUTE)
		CHECK_EQ((info.esr & ESR_WNR) != 0, writes, "%s at 0x%llx: ESR.WnR of: %s",
			 access_name(access), va, words);
}

u64 mm_at(enum mm_access access, u64 va)
{
	bool one_level = mm_one_level();

	switch (access) {
	case MM_EL0_READ:
		__asm__ volatile("at s1e0r, %0" : : "r"(va) : "memory");
		break;
	case MM_EL0_WRITE:
		__asm__ volatile("at s1e0w, %0" : : "r"(va) : "memory");
		break;
	case MM_WRITE:
		if (one_level)
			__asm__ volatile("at s1e2w, %0" : : "r"(va) : "memory");
		else
			__asm__ volatile("at s1e1w, %0" : : "r"(va) : "memory");
		break;
	default:
		if (one_level)
			__asm__ volatile("at s1e2r, %0" : : "r"(va) : "memory");
		else
			__asm__ volatile("at s1e1r, %0" : : "r"(va) : "memory");
		break;
	}
	isb();
	return read_sysreg(par_el1);
}
