// SPDX-License-Identifier: BSD-2-Clause
#include "recover.h"
#include "ktap.h"
#include "progress.h"
#include "record.h"
#include "shield.h"
#include <base/printf.h>
#include <base/string.h>
#include <core/cpu.h>
#include <core/exception.h>
#include <core/symbols.h>
#include <core/time.h>
#include <core/watch.h>
#include <core/watchdog.h>
#include <asm/cache.h>

static const char *wanted RUNNER_DATA;
/* Of a machine with one CPU; NULL: none is there, or other CPUs watch. */
static struct watchdog *watchdog RUNNER_DATA;
static bool spared RUNNER_DATA;
static bool resets RUNNER_DATA;	/* a watchdog's reset is no loss */

void recover_want(const char *reason)
{
	if (!wanted)
		wanted = reason;
}

void recover(void)
{
	const char *reason = wanted;

	if (!reason)
		return;
	wanted = NULL;
	if (progress_resets())
		progress_reset(VERDICT_CRASHED, reason);
	ktap_comment("no reset:  %s; the run goes on without what is lost", reason);
}

/* Where the boot CPU was when it was heard of last: at a check. */
static void describe_place(char *text, size_t size, const struct test_record *record)
{
	const char *name = NULL;
	u64 offset = 0;

	if (record && record->place)
		name = symbol_find(record->place, &offset);
	if (name)
		snprintf(text, size, "its last check was at %s+0x%llx", name, offset);
	else
		strscpy(text, record ? "it had made no check" : "it was in the runner itself", size);
}

/* On another CPU: the boot CPU's MMU may be off, and its record in memory alone. */
static void give_up(void)
{
	const struct test_record *record = record_in_flight();
	char place[96], reason[RECORD_REASON_SIZE];

	if (record)
		cache_clean_invalidate_poc(record, sizeof(*record));
	describe_place(place, sizeof(place), record);
	snprintf(reason, sizeof(reason),
		 "it did not come back, and no interrupt ended it; %s (found by CPU %u)", place,
		 cpu_this());
	progress_reset(VERDICT_TIMEOUT, reason);
}

/* What a case has left behind came to light in the runner. */
static void rescue(const struct pt_regs *regs, const struct exception_info *info)
{
	char words[160], reason[RECORD_REASON_SIZE];

	(void)regs;
	if (!progress_resets())
		return;
	exception_describe(words, sizeof(words), info);
	snprintf(reason, sizeof(reason), "an exception behind its end: %s", words);
	progress_reset(VERDICT_CRASHED, reason);
}

void recover_begin(void)
{
	resets = progress_resets();
	exception_set_rescue(rescue);
}

void recover_end(void)
{
	recover_guard(0);
	exception_set_rescue(NULL);
}

static void guard_by_watchdog(u64 us)
{
	struct watchdog *wd;

	/* Two stages, the second of which resets: none of them before the case's own deadline. */
	watchdog_for_each(wd) {
		if (us / 2 > wd->max_us)
			continue;
		if (!wd->start(wd, us / 2)) {
			watchdog = wd;
			return;
		}
		wd->stop(wd);
	}
}

void recover_guard_behind(u64 us)
{
	if (watchdog)
		watchdog->stop(watchdog);
	watchdog = NULL;
	if (us && watch_is_kept())
		watch_start(us, give_up);
	else
		watch_stop();
}

void recover_guard(u64 us)
{
	recover_guard_behind(us);
	if (us && !spared && !watch_is_kept() && resets)
		guard_by_watchdog(us);
}

void recover_spare_watchdogs(bool spare)
{
	spared = spare;
}
