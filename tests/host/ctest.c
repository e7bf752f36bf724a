// SPDX-License-Identifier: BSD-2-Clause
#include <ctest.h>

static unsigned int ran, failed, case_failures;

void ctest_run(const char *name, void (*fn)(void))
{
	case_failures = 0;
	host_reset();
	fn();
	ran++;
	if (case_failures) {
		failed++;
		printf("# %u checks failed\n", case_failures);
	}
	printf("%sok %u %s\n", case_failures ? "not " : "", ran, name);
	fflush(stdout);
	host_reset();
}

bool ctest_check(bool ok, const char *file, int line, const char *expr, const char *fmt, ...)
{
	va_list args;

	if (ok)
		return true;
	if (++case_failures > 10)
		return false;
	printf("# %s:%d: %s\n", file, line, expr);
	if (fmt[1]) {
		printf("#    ");
		va_start(args, fmt);
		vprintf(fmt, args);
		va_end(args);
		printf("\n");
	}
	return false;
}

int ctest_end(void)
{
	printf("1..%u\n# %u passed, %u failed\n", ran, ran - failed, failed);
	return failed || !ran;
}
