// SPDX-License-Identifier: BSD-2-Clause
/*
 * What becomes of a machine that a case has broken: on the build machine nothing is, and
 * no stack or section can be told from the others.
 */
#include <core/console.h>
#include <core/heap.h>
#include "../../../lib/test/early_guard.h"
#include "../../../lib/test/isolate_timers.h"
#include "../../../lib/test/recover.h"
#include "../../../lib/test/shield.h"

void shield_raise(const void *frames)
{
	(void)frames;
}

void shield_lower(void)
{
}

bool shield_was_hit(u64 *offset)
{
	(void)offset;
	return false;
}

bool shield_is_broken(void)
{
	return false;
}

void recover_begin(void)
{
}

void recover_end(void)
{
}

void recover_want(const char *reason)
{
	(void)reason;
}

void recover(void)
{
}

void recover_guard(u64 us)
{
	(void)us;
}

void recover_guard_behind(u64 us)
{
	(void)us;
}

void recover_spare_watchdogs(bool spare)
{
	(void)spare;
}

void isolate_timers(struct test_record *record)
{
	(void)record;
}

bool heap_give_up_broken(void)
{
	return false;
}

const char *console_mend(void)
{
	return NULL;
}

void early_guard_begin(struct test_record *record, u64 limit_us)
{
	(void)record;
	(void)limit_us;
}

void early_guard_end(void)
{
}

void early_guard_leave(const struct test_record *record)
{
	(void)record;
}
