// SPDX-License-Identifier: BSD-2-Clause
#include "early_guard.h"
#include "cpu_record.h"
#include "progress.h"
#include <asm/firmware_vectors.h>
#include <base/printf.h>
#include <core/boot.h>
#include <core/console.h>
#include <core/exception.h>
#include <core/symbols.h>
#include <core/time.h>

/* What a function of the firmware may take longer than the case that called it. */
#define GRACE_US	3000000ULL

static struct {
	struct test_record *record;
	u64 deadline;		/* in ticks; 0: none */
	u64 grace;		/* in ticks */
	bool given_up;
} early;

static const char *place_of(u64 pc, char *text, size_t size)
{
	u64 offset;
	const char *name = symbol_find(pc, &offset);

	if (name)
		snprintf(text, size, "%s+0x%llx", name, offset);
	else
		snprintf(text, size, "0x%llx, in the firmware", pc);
	return text;
}

/*
 * First what the next start needs, since the firmware's console is what may be broken.
 * An exception in the rest comes here again, and says no more.
 */
static void give_up(enum verdict verdict, const char *reason, const struct pt_regs *regs,
		    const struct exception_info *info)
{
	const struct boot_services *services = boot_info_get()->services;

	arch_firmware_vectors_absorb();
	if (!early.given_up) {
		early.given_up = true;
		progress_note(verdict, reason);
		if (services && services->may_talk()) {
			firmware_console_use();
			if (info)
				exception_dump("unexpected exception:", regs, info);
		}
	}
	progress_reset(verdict, reason);
}

static void rescue(const struct pt_regs *regs, const struct exception_info *info)
{
	char words[128], place[64], reason[RECORD_REASON_SIZE];

	exception_describe(words, sizeof(words), info);
	snprintf(reason, sizeof(reason), "%s, at %s; the firmware is on the stack, which nobody leaves",
		 words, place_of(info->elr, place, sizeof(place)));
	give_up(VERDICT_CRASHED, reason, regs, info);
}

/* In no hurry where the firmware is between: a function of its may just be slow. */
static void give_up_late(const struct pt_regs *regs)
{
	char place[64], reason[RECORD_REASON_SIZE];

	snprintf(reason, sizeof(reason), "did not end, and the firmware is on the stack; it was at %s",
		 place_of(regs->pc, place, sizeof(place)));
	give_up(VERDICT_TIMEOUT, reason, regs, NULL);
}

/* Behind each interrupt of the firmware's, as a rule its timer's. */
static bool look_at_deadline(struct pt_regs *regs)
{
	struct test_record *record = early.record;
	u64 now = time_ticks();

	if (!early.deadline || now <= early.deadline)
		return true;
	if (arch_firmware_is_between(regs, 0, record->guard)) {
		if (now - early.deadline > early.grace)
			give_up_late(regs);
		return true;
	}
	record->timed_out = true;
	record->regs = *regs;
	arch_backtrace_fill(&record->exception, regs);
	arch_guarded_exit_to(record->guard, TEST_ENDED);
}

void early_guard_begin(struct test_record *record, u64 limit_us)
{
	early.record = record;
	early.deadline = 0;
	if (limit_us && time_frequency()) {
		early.deadline = time_ticks() + time_us_to_ticks(limit_us);
		early.grace = time_us_to_ticks(limit_us + GRACE_US);
	}
	exception_set_rescue(rescue);
	exception_set_irq(look_at_deadline);
	exception_set_fiq(look_at_deadline);
	arch_firmware_vectors_enter();
}

void early_guard_end(void)
{
	arch_firmware_vectors_leave();
	exception_set_fiq(NULL);
	exception_set_irq(NULL);
	exception_set_rescue(NULL);
}

void early_guard_leave(const struct test_record *record)
{
	char reason[RECORD_REASON_SIZE];

	if (!arch_firmware_is_between(NULL, 0, record->guard))
		return;
	snprintf(reason, sizeof(reason), "a function that the firmware called wanted to leave the case: %s",
		 record->reason[0] ? record->reason : "a check did not hold");
	give_up(VERDICT_FAIL, reason, NULL, NULL);
}
