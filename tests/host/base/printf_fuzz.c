// SPDX-License-Identifier: BSD-2-Clause
/* printf with formats put together at random, from a fixed seed. */
#include "base.h"

#define SIZE	1024
#define ROUNDS	20000
#define ARGS	v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11]

static char pick(const char *set)
{
	return set[test_random(0) % strlen(set)];
}

static u64 random_value(void)
{
	u64 value = (u64)test_random(0) << 33 ^ (u64)test_random(0) << 16 ^ test_random(0);

	return value >> test_random(0) % 64;
}

/* One conversion of 64 bits that the C library has as well. */
static int valid_conversion(char *fmt)
{
	int n = 0;

	fmt[n++] = '%';
	for (unsigned int i = test_random(0) % 4; i; i--)
		fmt[n++] = pick("-+ #0");
	if (test_random(0) % 2)
		n += sprintf(fmt + n, "%u", test_random(0) % 40 + 1);
	if (test_random(0) % 3 == 0)
		n += sprintf(fmt + n, ".%u", test_random(0) % 40);
	return n + sprintf(fmt + n, "%s%c", test_random(0) % 2 ? "ll" : "j", pick("diuxXo"));
}

static void printf_random_formats(void)
{
	test_random(5);
	for (unsigned int round = 0; round < ROUNDS; round++) {
		char fmt[512], want[SIZE], got[SIZE];
		u64 v[12];
		int n = 0, len;

		for (size_t i = 0; i < ARRAY_SIZE(v); i++)
			v[i] = random_value();
		for (unsigned int i = test_random(0) % 12; i; i--) {
			n += valid_conversion(fmt + n);
			fmt[n++] = pick("ab/|");
		}
		fmt[n] = '\0';
		len = snprintf(want, SIZE, fmt, ARGS);
		EXPECT_EQ(base_snprintf(got, SIZE, fmt, ARGS), len);
		EXPECT(!strcmp(got, want), "\"%s\": \"%s\", expected \"%s\"", fmt, got, want);
	}
}

/* Any text for a format: the result is terminated and no longer than it says, whatever it is. */
static void printf_random_text(void)
{
	test_random(6);
	for (unsigned int round = 0; round < ROUNDS; round++) {
		size_t size = test_random(0) % 64;
		char fmt[24], *buf = malloc(size + !size);
		unsigned int taken = 0;
		size_t n = 0;
		u64 v[12];
		int len;

		for (size_t i = 0; i < ARRAY_SIZE(v); i++)
			v[i] = random_value();
		while (n < sizeof(fmt) - 1) {
			fmt[n] = pick("%%%%-+ #0123456789.**hljztLqdiuxXocpnfA\x80\xff");
			/* No more than there are arguments. */
			if ((fmt[n] == '%' || fmt[n] == '*') && taken++ >= 12)
				break;
			n++;
		}
		fmt[n] = '\0';
		len = base_snprintf(buf, size, fmt, ARGS);
		EXPECT(len >= 0);
		if (size && !strchr(fmt, 'c'))
			EXPECT_EQ(strnlen(buf, size), MIN((size_t)len, size - 1));
		free(buf);
	}
}

void test_printf_fuzz(void)
{
	CTEST(printf_random_formats);
	CTEST(printf_random_text);
}
