// SPDX-License-Identifier: BSD-2-Clause
#include "stack.h"
#include <asm/stack.h>
#include <base/util.h>

#define STACK_PATTERN	0xa55a5aa5c33c3cc3ULL
#define STACK_WORDS	(CASE_STACK_SIZE / sizeof(u64))

/* Words from here on may differ from the pattern; all of them at first. */
static size_t first_dirty;

static u64 *stack_words(void)
{
	return (u64 *)case_stack;
}

void case_stack_prepare(void)
{
	u64 *words = stack_words();

	for (size_t i = first_dirty; i < STACK_WORDS; i++)
		words[i] = STACK_PATTERN;
	first_dirty = STACK_WORDS;
}

size_t case_stack_used(void)
{
	const u64 *words = stack_words();
	size_t i = 0;

	while (i < STACK_WORDS && words[i] == STACK_PATTERN)
		i++;
	first_dirty = i;
	return (STACK_WORDS - i) * sizeof(u64);
}
