// SPDX-License-Identifier: BSD-2-Clause
/* A broken canary ends in a trap, after the report, and never in silence. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base.h"

static int report_pipe;

static void report(void)
{
	if (write(report_pipe, "R", 1) != 1)
		_exit(3);
}

static void report_overflows(void)
{
	report();
	base_stack_chk_fail();
}

/* The signal that ended a process with a broken canary; *@reports: how often it reported. */
static int fail_in_child(void (*fn)(void), int *reports)
{
	char text[8];
	int fds[2], status;
	pid_t pid;

	if (pipe(fds))
		return -1;
	fflush(stdout);
	pid = fork();
	if (!pid) {
		report_pipe = fds[1];
		/* The sanitizer's own handler would turn the signal into a status. */
		signal(SIGILL, SIG_DFL);
		signal(SIGTRAP, SIG_DFL);
		stack_chk_set_report(fn);
		base_stack_chk_fail();
	}
	close(fds[1]);
	*reports = (int)read(fds[0], text, sizeof(text));
	close(fds[0]);
	if (waitpid(pid, &status, 0) != pid || !WIFSIGNALED(status))
		return -1;
	return WTERMSIG(status);
}

static bool is_trap(int signal_number)
{
	return signal_number == SIGILL || signal_number == SIGTRAP;
}

static void stack_protector_traps(void)
{
	int reports;

	EXPECT(is_trap(fail_in_child(NULL, &reports)));
	EXPECT_EQ(reports, 0);
	EXPECT(is_trap(fail_in_child(report, &reports)));
	EXPECT_EQ(reports, 1);
	EXPECT(is_trap(fail_in_child(report_overflows, &reports)));
	EXPECT_EQ(reports, 1);
}

static void stack_protector_guard(void)
{
	/* A string that overflows ends at the guard's zero byte; the rest is no text. */
	EXPECT_EQ(base_stack_chk_guard & 0xff, 0UL);
	EXPECT(base_stack_chk_guard >> 8);
}

void test_stack_protector(void)
{
	CTEST(stack_protector_traps);
	CTEST(stack_protector_guard);
}
