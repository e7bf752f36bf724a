// SPDX-License-Identifier: BSD-2-Clause
#include "base.h"

static void errno_names(void)
{
	static const int numbers[] = {
		EPERM, ENOENT, EIO, E2BIG, EAGAIN, ENOMEM, EACCES, EFAULT, EBUSY, EEXIST, ENODEV,
		EINVAL, ENOSPC, ERANGE, ENOSYS, EOVERFLOW, EBADMSG, EILSEQ, EOPNOTSUPP, EALREADY,
		ETIMEDOUT,
	};
	unsigned int named = 0;

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		const char *want = strerrorname_np(numbers[i]);

		/* One number with two names in glibc. */
		if (numbers[i] == EOPNOTSUPP)
			want = "EOPNOTSUPP";
		EXPECT_STREQ(errno_name(numbers[i]), want);
		EXPECT_STREQ(errno_name(-numbers[i]), want);
	}
	for (int err = -200; err <= 200; err++)
		named += strcmp(errno_name(err), "E?") != 0;
	EXPECT_EQ(named, 2 * (unsigned int)ARRAY_SIZE(numbers));
	EXPECT_STREQ(errno_name(0), "E?");
	EXPECT_STREQ(errno_name(INT_MIN), "E?");
}

void test_errno(void)
{
	CTEST(errno_names);
}
