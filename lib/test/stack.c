// SPDX-License-Identifier: BSD-2-Clause
#include "stack.h"
#include <asm/stack.h>
#include <base/util.h>

#define STACK_PATTERN	0xa55a5aa5c33c3cc3ULL

/*
 * The end of the stack, and not all of it: to fill and to look at 160 KiB was more
 * than a tenth of the start-up. The last of it has to be reached to count, since a
 * report may use what is above (STACK_HANDLER_ROOM).
 */
#define PATTERN_WORDS	128U
#define LAST_WORDS	8U

/* Words from here on may differ from the pattern; all of them at first. */
static size_t first_dirty;

static u64 *stack_words(void)
{
	return (u64 *)case_stack;
}

void case_stack_prepare(void)
{
	u64 *words = stack_words();

	for (size_t i = first_dirty; i < PATTERN_WORDS; i++)
		words[i] = STACK_PATTERN;
	first_dirty = PATTERN_WORDS;
}

bool case_stack_overflowed(void)
{
	const u64 *words = stack_words();
	size_t i = 0;

	while (i < PATTERN_WORDS && words[i] == STACK_PATTERN)
		i++;
	first_dirty = i;
	return i < LAST_WORDS;
}
