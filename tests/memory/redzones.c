// SPDX-License-Identifier: BSD-2-Clause
/*
 * The usual errors with allocated memory, each made on purpose: the heap finds
 * it and names the piece with the function that allocated it.
 */
#include <base/string.h>
#include <core/heap.h>
#include <core/symbols.h>
#include <test/test.h>

#define SIZE	40

static void check_fault(const struct heap_fault *fault, const void *p, const char *what)
{
	u64 offset;
	const char *name = symbol_find((u64)fault->place, &offset);

	CHECK_STREQ(fault->what, what);
	CHECK_EQ((u64)fault->p, (u64)p, "the piece that is named");
	CHECK_EQ(fault->size, (size_t)SIZE, "its size");
	CHECK_STREQ(name, "piece_new", "the function that allocated it");
}

static __noinline char *piece_new(void)
{
	char *p = heap_alloc(SIZE);

	barrier();
	REQUIRE(p);
	return p;
}

static void heap_is_sound_before(void)
{
	CHECK_EQ(heap_check(NULL), 0U, "faults found before any was made");
}

static void write_behind_the_end_is_found(void)
{
	struct heap_fault fault;
	char *p = piece_new();

	WRITE_ONCE(p[SIZE], 0);
	CHECK_EQ(heap_check(&fault), 1U, "faults");
	check_fault(&fault, p, "written behind its end");
	CHECK_EQ(heap_check(NULL), 0U, "faults the second time");
	heap_free(p);
}

static void write_in_front_is_found(void)
{
	struct heap_fault fault;
	char *p = piece_new();

	WRITE_ONCE(p[-1], 1);
	CHECK_EQ(heap_check(&fault), 1U, "faults");
	check_fault(&fault, p, "written in front of its start");
	heap_free(p);
}

static void write_after_free_is_found(void)
{
	struct heap_fault fault;
	char *p = piece_new();
	u64 offset;

	heap_free(p);
	WRITE_ONCE(p[SIZE / 2], 2);
	CHECK_EQ(heap_check(&fault), 1U, "faults");
	check_fault(&fault, p, "written to after it was freed");
	CHECK_STREQ(symbol_find((u64)fault.freed_at, &offset), "write_after_free_is_found",
		    "the function that freed it");
}

static const struct test_case redzones_cases[] = {
	TEST_CASE(heap_is_sound_before,
		  .spec = "include/core/heap.h",
		  .hint = "a case before this one wrote beside its memory: the lines of the heap "
			  "name the piece"),
	TEST_CASE(write_behind_the_end_is_found,
		  .spec = "include/core/heap.h",
		  .hint = "HEAP_REDZONES misses a write behind a piece: do not trust its silence"),
	TEST_CASE(write_in_front_is_found,
		  .spec = "include/core/heap.h",
		  .hint = "HEAP_REDZONES misses a write in front of a piece: do not trust its "
			  "silence"),
	TEST_CASE(write_after_free_is_found,
		  .spec = "include/core/heap.h",
		  .hint = "HEAP_REDZONES misses a write to freed memory: do not trust its silence"),
	{}
};
TEST_SUITE(redzones, .about = "errors with allocated memory are found", .cases = redzones_cases);
