// SPDX-License-Identifier: BSD-2-Clause
/*
 * Damaged trees: each is refused with a message or read to its end, and the
 * sanitizers see that nothing outside of it is touched. The same damage each time.
 */
#include "trees.h"

static u32 state;

static u32 next_random(void)
{
	/* xorshift32 */
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* @fdt may be freed before the next one is used. */
static bool use(const void *fdt, size_t size)
{
	char why[192] = "";
	int ret;

	host_reset();
	ret = of_load(fdt, size, why, sizeof(why));
	if (ret) {
		EXPECT(why[0], "refused without a word: %d", ret);
		EXPECT(!of_present());
	} else {
		host_boot_info()->fdt = fdt;
		host_boot_info()->fdt_limit = size;
		tree_use_all();
	}
	return !ret;
}

void fuzz_truncated(void)
{
	size_t size, length;
	void *whole = tree_read("machine", &size);
	unsigned int accepted = 0;
	void *part;

	for (length = 0; length < size; length += length < 64 ? 1 : 7) {
		/* Blocks of malloc() are 16-byte aligned, and end where it is seen. */
		part = malloc(length + !length);
		memcpy(part, whole, length);
		accepted += use(part, length);
		free(part);
	}
	EXPECT_EQ(accepted, 0U);
	free(whole);
}

static void damage(const char *name, unsigned int rounds, void (*change)(u8 *fdt, size_t size))
{
	unsigned int i, accepted = 0;
	size_t size;
	u8 *whole = tree_read(name, &size), *copy;

	state = 0x20240229;
	for (i = 0; i < rounds; i++) {
		copy = malloc(size);
		memcpy(copy, whole, size);
		change(copy, size);
		accepted += use(copy, size);
		free(copy);
	}
	/* Neither outcome may be the only one: the other half would go untested. */
	EXPECT(accepted > rounds / 20 && accepted < rounds, "%s: %u of %u", name, accepted, rounds);
	free(whole);
}

static void flip_bits(u8 *fdt, size_t size)
{
	unsigned int n = 1 + next_random() % 4;

	while (n--)
		fdt[next_random() % size] ^= 1U << next_random() % 8;
}

/* Cells that matter: sizes, tags, phandles. */
static void write_words(u8 *fdt, size_t size)
{
	static const u32 words[] = {
		0, 1, 2, 3, 4, 5, 9, 16, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc, 0x10000,
	};
	u32 word = words[next_random() % ARRAY_SIZE(words)];
	size_t at = next_random() % (size / 4) * 4;

	fdt[at] = word >> 24;
	fdt[at + 1] = word >> 16;
	fdt[at + 2] = word >> 8;
	fdt[at + 3] = word;
}

void fuzz_flipped_bits(void)
{
	damage("machine", 3000, flip_bits);
	damage("lies", 1500, flip_bits);
}

void fuzz_written_words(void)
{
	damage("machine", 3000, write_words);
	damage("lies", 1500, write_words);
}
