// SPDX-License-Identifier: BSD-2-Clause
/*
 * The sieve of Eratosthenes as a load on memory: each prime strikes out its
 * multiples with a stride of its own, so that every word is written from many
 * sides and all are read at the end. How many primes are left, and their sum, is
 * known; one word that was lost, came twice or went elsewhere changes them.
 *
 * It is run over memory as it comes to be used: at its own address, with the MMU
 * off, while it goes off and on, at addresses of its own whose pages lie in memory
 * in another order, and by all CPUs together. Words are four bytes apart, so that
 * it fills several pages of any size.
 */
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/cpu.h>
#include <core/page_alloc.h>
#include <test/test.h>

#define NUMBERS		32768U
#define PRIMES		3512U		/* below it */
#define SUM		54056763ULL	/* of these */
#define BYTES		(NUMBERS * sizeof(u32))
#define PAGES		(ALIGN_UP(BYTES, (u64)PAGE_SIZE) / PAGE_SIZE)
#define CALL_US		(CPU_CALL_TIMEOUT_US + cpu_count() * 50000ULL)

_Static_assert(BYTES >= 2 * PAGE_SIZE, "several pages of any size");

/* A word is 1 for a number that nobody struck out. */
static void __noinline sieve_begin(volatile u32 *words)
{
	unsigned int i;

	for (i = 0; i < NUMBERS; i++)
		words[i] = i > 1;
}

/* Striking out twice, or on several CPUs at once, changes nothing more. */
static void __noinline sieve_strike(volatile u32 *words, unsigned int prime)
{
	unsigned int i;

	for (i = prime * prime; i < NUMBERS; i += prime)
		words[i] = 0;
}

static void sieve_check(const volatile u32 *words)
{
	unsigned int i, primes = 0;
	u64 sum = 0;

	for (i = 0; i < NUMBERS; i++) {
		primes += words[i];
		sum += words[i] ? i : 0;
	}
	CHECK_EQ(primes, PRIMES, "numbers that are left below %u", NUMBERS);
	CHECK_EQ(sum, SUM, "their sum");
}

static void sieve(volatile u32 *words)
{
	unsigned int i;

	sieve_begin(words);
	for (i = 2; i * i < NUMBERS; i++)
		if (words[i])
			sieve_strike(words, i);
	sieve_check(words);
}

static u32 *memory_get(void)
{
	u32 *words = pages_alloc(BYTES, 0);

	REQUIRE(words);
	REQUIRE_EQ(mmu_off_share(words, ALIGN_UP(BYTES, (u64)PAGE_SIZE)), 0);
	return words;
}

static void memory_put(u32 *words)
{
	CHECK_EQ(mmu_off_unshare(words, ALIGN_UP(BYTES, (u64)PAGE_SIZE)), 0);
	CHECK_EQ(pages_free(words, BYTES), 0);
}

static void primes_are_found(void)
{
	u32 *words = memory_get();

	sieve(words);
	memory_put(words);
}

static void primes_are_found_with_mmu_off(void)
{
	primes_are_found();
}

static void switch_mmu(void)
{
	if (cpu_mmu_is_on())
		mmu_disable();
	else
		mmu_enable();
}

/* The numbers of one state of the MMU are struck out, and read, in the other. */
static void primes_are_found_while_mmu_changes(void)
{
	u32 *words = memory_get();
	volatile u32 *now = words;
	unsigned int i, struck = 0;

	sieve_begin(now);
	for (i = 2; i * i < NUMBERS; i++) {
		if (!now[i])
			continue;
		sieve_strike(now, i);
		if (++struck % 8 == 0)
			switch_mmu();
	}
	CHECK_GE(struck / 8, 4U, "changes");
	if (!cpu_mmu_is_on())
		mmu_enable();
	sieve_check(now);
	memory_put(words);
}

/* The last page of memory at the first address. */
static void map_backwards(u64 va, u64 pa)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++)
		REQUIRE_EQ(mmu_map_at(va + i * PAGE_SIZE, pa + (PAGES - 1 - i) * PAGE_SIZE,
				      PAGE_SIZE, MAP_RW), 0);
}

static void primes_are_found_at_other_addresses(void)
{
	u64 va = (u64)address_space_alloc(PAGES * PAGE_SIZE, PAGE_SIZE);
	u32 *words = memory_get();
	u64 last = (u64)words + (PAGES - 1) * PAGE_SIZE;

	REQUIRE_NE(va, 0ULL);
	map_backwards(va, (u64)words);
	sieve((volatile u32 *)va);
	CHECK_EQ(*(volatile u32 *)(last + 5 * sizeof(u32)), 1U, "number 5, by its memory");
	CHECK_EQ(*(volatile u32 *)(last + 9 * sizeof(u32)), 0U, "number 9, by its memory");
	CHECK_EQ(mmu_unmap(va, PAGES * PAGE_SIZE), 0);
	CHECK_EQ(address_space_free((void *)va, PAGES * PAGE_SIZE), 0);
	memory_put(words);
}

/* Each CPU has the numbers of its own remainder; those that are no primes do no harm. */
static void strike_mine(void *arg)
{
	unsigned int i, n = cpu_count();

	for (i = 2; i * i < NUMBERS; i++)
		if (i % n == cpu_this())
			sieve_strike(arg, i);
}

static void primes_are_found_by_all_cpus(void)
{
	u32 *words = memory_get();
	unsigned int i;

	sieve_begin(words);
	CHECK_EQ(cpu_call_all(strike_mine, words, CALL_US), 0);
	/* What those strike out that do not run. */
	for (i = 2; i * i < NUMBERS; i++)
		if (!cpu_is_online(i % cpu_count()))
			sieve_strike(words, i);
	sieve_check(words);
	memory_put(words);
}

#define MEMORY_HINT	"memory, a cache or an address line that loses or moves a word: look at " \
			"the suite memory"

static const struct test_case sieve_cases[] = {
	TEST_CASE(primes_are_found, .mmu = TEST_MMU_ANY, .spec = "DDI0487J.a B2.3 memory model",
		  .hint = MEMORY_HINT),
	TEST_CASE(primes_are_found_with_mmu_off, .mmu = TEST_MMU_OFF, .spec = "DDI0487J.a D8.2.10",
		  .hint = MEMORY_HINT ", and mmu_off"),
	TEST_CASE(primes_are_found_while_mmu_changes, .mmu = TEST_MMU_ON,
		  .spec = "DDI0487J.a D8.2.10, D7.5.9",
		  .hint = "a line that came back from a cache behind the MMU's change: look at "
			  "the suite mmu_off"),
	TEST_CASE(primes_are_found_at_other_addresses, .mmu = TEST_MMU_ON,
		  .spec = "DDI0487J.a D8.2, D8.3",
		  .hint = "a page shows other memory than its entry says"),
	TEST_CASE(primes_are_found_by_all_cpus, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 30000, .spec = "DDI0487J.a B2.3 memory model",
		  .hint = "caches of two CPUs do not see each other's words, or merge what lies "
			  "beside them"),
	{}
};

TEST_SUITE(sieve, .about = "memory under load, with the MMU on and off", .cases = sieve_cases);
