// SPDX-License-Identifier: BSD-2-Clause
#include "base.h"

u32 test_random(u32 seed)
{
	static u64 state;

	if (seed)
		state = seed;
	/* 64-bit linear congruential generator; its upper bits are the good ones. */
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (u32)(state >> 33);
}

static const struct {
	const char *name;
	void (*run)(void);
} groups[] = {
	{ "memory", test_memory },
	{ "string", test_string },
	{ "strtoul", test_strtoul },
	{ "printf", test_printf },
	{ "printf", test_printf_odd },
	{ "printf", test_printf_fuzz },
	{ "utf", test_utf },
	{ "sort", test_sort },
	{ "crc32", test_crc32 },
	{ "parse", test_parse },
	{ "parse", test_glob },
	{ "errno", test_errno },
	{ "stack_protector", test_stack_protector },
};

static bool wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], name))
			return true;
	}
	return argc < 2;
}

/* Arguments: names of groups, which are those of the files in lib/base/; none for all. */
int main(int argc, char **argv)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		if (wanted(groups[i].name, argc, argv))
			groups[i].run();
	}
	return ctest_end();
}
