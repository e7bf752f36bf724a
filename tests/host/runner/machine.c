// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the runner calls of arch and lib/core, for the build machine: signals are
 * the exceptions, a context of its own the stack of the cases, a counter that
 * only time_delay_us() moves the time.
 */
#define _GNU_SOURCE
#include <host.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <asm/sections.h>
#include <asm/stack.h>
#include <core/console.h>
#include <core/exception.h>
#include <core/power.h>
#include <core/time.h>
#include "machine.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#else
#define __sanitizer_start_switch_fiber(save, base, size) ((void)(base), (void)(size))
#define __sanitizer_finish_switch_fiber(save, base, size) ((void)(base), (void)(size))
#define __asan_unpoison_memory_region(base, size) ((void)(base), (void)(size))
#endif

#define GUARD_SIZE	0x10000

/* Assembler, because the compiler would put things of its own around it. */
__asm__(".pushsection .bss.case_stack, \"aw\", %nobits\n"
	".balign 0x10000\n"
	"case_stack_guard: .zero 0x10000\n"
	".globl case_stack\n"
	"case_stack: .zero 0x28000\n"
	".balign 0x10000\n"
	".popsection\n");
_Static_assert(CASE_STACK_SIZE == 0x28000, "the size is repeated above");

struct guard {
	struct guard *outer;
	sigjmp_buf jump;
	bool on_case_stack;
	struct exception_info *info;
};

static struct guard *innermost;
static bool on_case_stack;
static ucontext_t main_context, case_context;
static const void *main_stack_bottom;
static size_t main_stack_size;
static struct {
	void (*fn)(void *arg);
	void *arg;
} stack_call;

static u64 now_us;

static void __noreturn leave_to(struct guard *guard, int ret)
{
	if (on_case_stack && !guard->on_case_stack) {
		on_case_stack = false;
		__asan_unpoison_memory_region(case_stack, CASE_STACK_SIZE);
		__sanitizer_start_switch_fiber(NULL, main_stack_bottom, main_stack_size);
	}
	innermost = guard->outer;
	siglongjmp(guard->jump, ret);
}

static void on_signal(int signal, siginfo_t *info, void *context)
{
	char *address = info->si_addr;
	char *bottom = case_stack;
	struct guard *guard = innermost;

	(void)context;
	if (!guard)
		abort();
	if (guard->info) {
		memset(guard->info, 0, sizeof(*guard->info));
		guard->info->esr = signal;
		guard->info->stack_overflow = address >= bottom - GUARD_SIZE && address < bottom;
	}
	leave_to(guard, EFAULT);
}

int arch_guarded_call(void (*fn)(void *arg), void *arg, struct exception_info *info,
		      struct pt_regs *regs)
{
	bool was_on_case_stack = on_case_stack;
	struct guard guard;
	int ret;

	guard.outer = innermost;
	guard.on_case_stack = on_case_stack;
	guard.info = info;
	if (regs)
		memset(regs, 0, sizeof(*regs));
	ret = sigsetjmp(guard.jump, 1);
	if (ret) {
		if (!was_on_case_stack)
			__sanitizer_finish_switch_fiber(NULL, NULL, NULL);
		return -ret;
	}
	innermost = &guard;
	fn(arg);
	innermost = guard.outer;
	return 0;
}

void arch_guarded_exit(int ret)
{
	if (!innermost)
		abort();
	leave_to(innermost, -ret);
	abort();
}

static void case_entry(void)
{
	__sanitizer_finish_switch_fiber(NULL, &main_stack_bottom, &main_stack_size);
	stack_call.fn(stack_call.arg);
	on_case_stack = false;
	__sanitizer_start_switch_fiber(NULL, main_stack_bottom, main_stack_size);
}

void arch_stack_call(void (*fn)(void *arg), void *arg, void *base, size_t size)
{
	stack_call.fn = fn;
	stack_call.arg = arg;
	getcontext(&case_context);
	case_context.uc_stack.ss_sp = base;
	case_context.uc_stack.ss_size = size;
	case_context.uc_link = &main_context;
	makecontext(&case_context, case_entry, 0);
	on_case_stack = true;
	__sanitizer_start_switch_fiber(NULL, base, size);
	swapcontext(&main_context, &case_context);
	__sanitizer_finish_switch_fiber(NULL, NULL, NULL);
	__asan_unpoison_memory_region(base, size);
}

void exception_describe(char *buf, size_t size, const struct exception_info *info)
{
	snprintf(buf, size, "%ssignal %llu", info->stack_overflow ? "stack overflow: " : "",
		 info->esr);
}

void exception_dump(const char *heading, const struct pt_regs *regs,
		    const struct exception_info *info)
{
	(void)regs;
	printf("# %s signal %llu\n", heading, info->esr);
}

void console_write(const char *s, size_t n)
{
	fwrite(s, 1, n, stdout);
	fflush(stdout);
}

void console_printf(const char *fmt, ...)
{
	char text[1024];
	va_list args;

	va_start(args, fmt);
	base_vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	console_write(text, strlen(text));
}

/* Of the log that support.c keeps. */
const char *error_first_text(void)
{
	static char text[512];
	const char *line = strstr(host_log(), "E| ");

	if (line)
		snprintf(text, sizeof(text), "%.*s", (int)strcspn(line + 3, "\n"), line + 3);
	return text;
}

u64 time_frequency(void)
{
	return 1000000;
}

u64 time_ticks(void)
{
	return now_us;
}

u64 time_ticks_to_us(u64 ticks)
{
	return ticks;
}

void time_delay_us(u64 us)
{
	now_us += us;
	machine_time_passed(now_us);
}

u64 time_us_to_ticks(u64 us)
{
	return us;
}

struct guard *arch_guard_current(void)
{
	return innermost;
}

void arch_guarded_exit_to(struct guard *guard, int ret)
{
	leave_to(guard, -ret);
	abort();
}

void arch_backtrace_fill(struct exception_info *info, const struct pt_regs *regs)
{
	(void)regs;
	info->trace[0] = 0;
}

void exception_dump_place(const char *heading, const struct pt_regs *regs,
			  const struct exception_info *info)
{
	(void)info;
	printf("# %s 0x%llx\n", heading, regs->pc);
}

void console_end_line(void)
{
}

/* The leak checker would read the guard page; heap_alloc() never frees anyway. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

void machine_init(void)
{
	static char signal_stack[0x10000];
	stack_t stack = { .ss_sp = signal_stack, .ss_size = sizeof(signal_stack) };
	struct sigaction action = { .sa_sigaction = on_signal,
				    .sa_flags = SA_SIGINFO | SA_ONSTACK };

	sigaltstack(&stack, NULL);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	sigaction(SIGILL, &action, NULL);
	sigaction(SIGTRAP, &action, NULL);
	if (mprotect(case_stack - GUARD_SIZE, GUARD_SIZE, PROT_NONE)) {
		perror("guard page");
		exit(2);
	}
}

/* Nothing of the run is kept over the end of the program. */
char _image[1];
extern const u8 _build_id[36];
const u8 _build_id[36] = { 0 };

void power_off(int status)
{
	exit(status);
}

void power_reset(int status)
{
	(void)status;
}

void power_reset_warm(int status)
{
	power_reset(status);
}

void halt(void)
{
	abort();
}
