// SPDX-License-Identifier: BSD-2-Clause
#include "shield.h"
#include <base/string.h>
#include <asm/sections.h>
#include <asm/stack.h>

/* Both parts together; the runner is a few calls deep. */
#define COPY_SIZE	0x4000U

struct part {
	char *base;
	size_t size;
};

/* What a stray write hits beside the copy, it does not hit beside what was copied. */
static u64 copy[COPY_SIZE / sizeof(u64)];
static struct part parts[2];
static u64 sum;
static bool up, broken;
static const void *hit;

/* Zeroes that become others, words that change places: both differ. */
static u64 checksum(size_t size)
{
	u64 value = size;

	for (size_t i = 0; i < size / sizeof(u64); i++)
		value = (value << 1 | value >> 63) ^ copy[i];
	for (unsigned int i = 0; i < 2; i++)
		value = (value << 1 | value >> 63) ^ (u64)parts[i].base ^ parts[i].size;
	return value;
}

void shield_raise(const void *frames)
{
	char *low = (char *)((u64)frames & ~15ULL), *top = main_stack + MAIN_STACK_SIZE;

	up = false;
	broken = false;
	hit = NULL;
	parts[0] = (struct part){ _runner, _runner_end - _runner };
	parts[1] = (struct part){ low, top - low };
	if (low < main_stack || low > top || parts[0].size + parts[1].size > COPY_SIZE)
		return;
	memcpy(copy, parts[0].base, parts[0].size);
	memcpy((char *)copy + parts[0].size, parts[1].base, parts[1].size);
	sum = checksum(parts[0].size + parts[1].size);
	up = true;
}

static void mend(const struct part *part, const char *from)
{
	size_t differs = 0;

	if (!memcmp(part->base, from, part->size))
		return;
	while (part->base[differs] == from[differs])
		differs++;
	if (!hit)
		hit = part->base + differs;
	if (checksum(parts[0].size + parts[1].size) != sum)
		broken = true;
	else
		memcpy(part->base, from, part->size);
}

static bool on_main_stack(void)
{
	u64 here = (u64)__builtin_frame_address(0);

	return here >= (u64)main_stack && here < (u64)main_stack + MAIN_STACK_SIZE;
}

void shield_lower(void)
{
	if (!up)
		return;
	up = false;
	mend(&parts[0], (const char *)copy);
	if (!on_main_stack())
		mend(&parts[1], (const char *)copy + parts[0].size);
}

bool shield_was_hit(u64 *offset)
{
	*offset = (u64)hit - (u64)_image;
	return hit;
}

bool shield_is_broken(void)
{
	return broken;
}
