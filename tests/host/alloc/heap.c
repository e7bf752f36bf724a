// SPDX-License-Identifier: BSD-2-Clause
/* The heap: random pieces that keep what is written to them, and the errors it must find. */
#include "alloc.h"
#include <base/kconfig.h>
#include <asm/sections.h>

#define PIECES	300U

static struct {
	u8 *p;
	size_t size;
} pieces[PIECES];

static bool holds_only(const u8 *p, size_t n, u8 value)
{
	while (n && *p == value)
		n--, p++;
	return !n;
}

static void random_piece(unsigned int i)
{
	if (pieces[i].p) {
		EXPECT(holds_only(pieces[i].p, pieces[i].size, i), "piece %u was changed", i);
		heap_free(pieces[i].p);
		pieces[i].p = NULL;
		return;
	}
	pieces[i].size = rand() % 8 ? rand() % 700 : rand() % 200000;
	pieces[i].p = heap_alloc(pieces[i].size);
	if (!pieces[i].p)
		return;
	EXPECT_EQ((u64)pieces[i].p % 16, 0ULL);
	EXPECT(holds_only(pieces[i].p, pieces[i].size, 0), "piece %u is not zeroed", i);
	memset(pieces[i].p, i, pieces[i].size);
}

static void random_pieces(void)
{
	unsigned int round, i;

	machine_begin(0);
	heap_may_grow();
	srand(4);
	for (round = 0; round < 20000; round++) {
		random_piece(rand() % PIECES);
		if (!(round % 500))
			EXPECT_EQ(heap_check(NULL), 0U);
	}
	for (i = 0; i < PIECES; i++)
		if (pieces[i].p)
			random_piece(i);
	EXPECT_EQ(heap_check(NULL), 0U);
}

static void a_second_free_is_said(void)
{
	char *p = heap_alloc(40), *q = heap_alloc(40);

	EXPECT(p && q);
	heap_free(p);
	heap_free(p);
	EXPECT_EQ(error_count(), 1U);
	EXPECT(host_log_has("is freed a second time"), "%s", host_log());
	heap_free(q + 8);
	heap_free(_image);
	EXPECT_EQ(error_count(), 3U);
	EXPECT(host_log_has("no piece of the heap"), "%s", host_log());
	heap_free(q);
	heap_free(NULL);
	EXPECT_EQ(error_count(), 3U);
}

static void too_much_is_said_once(void)
{
	void *p = heap_alloc(1ULL << 40), *q = heap_alloc(~(size_t)0);

	EXPECT(!p && !q);
	EXPECT_EQ(error_count(), 1U);
	EXPECT(host_log_has("ENOMEM"), "%s", host_log());
}

static void an_overwritten_header_is_found(void)
{
	struct heap_fault fault;
	char *p = heap_alloc(32), *q = heap_alloc(32);
	u64 *header = (u64 *)(q - 32 - (IS_ENABLED(CONFIG_HEAP_REDZONES) ? 16 : 0)), old = *header;

	EXPECT(p && q && q > p);
	*header = 0x4141414141414141ULL;
	EXPECT_EQ(heap_check(&fault), 1U);
	EXPECT(fault.what && strstr(fault.what, "header"), "%s", fault.what);
	EXPECT(fault.place != NULL);
	*header = old;
	EXPECT_EQ(heap_check(NULL), 0U);
	heap_free(p);
	heap_free(q);
}

static void expect_fault(const void *p, const char *what)
{
	struct heap_fault fault;

	EXPECT_EQ(heap_check(&fault), 1U);
	EXPECT_STREQ(fault.what, what);
	EXPECT(fault.p == p && fault.size == 21, "%p %zu", fault.p, fault.size);
	EXPECT_EQ(heap_check(NULL), 0U);
}

static void writes_beside_are_found(void)
{
	char *p = heap_alloc(21);

	if (!IS_ENABLED(CONFIG_HEAP_REDZONES)) {
		heap_free(p);
		return;
	}
	p[21] = 0;
	expect_fault(p, "written behind its end");
	p[-1] = 0;
	expect_fault(p, "written in front of its start");
	p[-16] = 0;
	expect_fault(p, "written in front of its start");
	p[21 + 16] = 0;
	expect_fault(p, "written behind its end");
	heap_free(p);
	EXPECT_EQ(error_count(), 0U);
	p[20] = 0;
	expect_fault(p, "written to after it was freed");
}

void heap_tests(void)
{
	CTEST(random_pieces);
	CTEST(a_second_free_is_said);
	CTEST(too_much_is_said_once);
	CTEST(an_overwritten_header_is_found);
	CTEST(writes_beside_are_found);
}
