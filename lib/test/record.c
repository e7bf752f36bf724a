// SPDX-License-Identifier: BSD-2-Clause
#include "record.h"
#include "cpu_record.h"
#include "shield.h"
#include <base/printf.h>
#include <base/string.h>
#include <core/cpu.h>
#include <core/symbols.h>

static struct test_record *current RUNNER_DATA;

void record_clear(struct test_record *record, u32 text_size)
{
	/* What is behind counts only with a flag or a length before it: for each SKIP, too. */
	memset(record, 0, offsetof(struct test_record, exception));
	record->reason[0] = '\0';
	record->text_size = text_size;
	record->text_len = 0;
	record->text[0] = '\0';
	record->verdict = VERDICT_CRASHED;
}

void record_copy(struct test_record *to, const struct test_record *from)
{
	memcpy(to, from, sizeof(*from) + from->text_len + 1);
}

void record_begin(struct test_record *record)
{
	record_clear(record, RECORD_TEXT_SIZE);
	current = record;
	cpu_records_begin();
}

void record_finish(struct test_record *record)
{
	if (record->returned || record->ending || record->has_exception || record->timed_out)
		record->verdict = record->worst;
	current = NULL;
	cpu_records_end();
}

void record_set(struct test_record *record, enum verdict verdict, const char *reason)
{
	record_clear(record, RECORD_TEXT_SIZE);
	record_fold(record, verdict, "%s", reason);
	record->verdict = record->worst;
}

struct test_record *record_current(void)
{
	return cpu_this() ? cpu_record_own() : current;
}

void text_make_printable(char *text)
{
	for (; *text; text++)
		if ((u8)*text < 0x20 || *text == 0x7f)
			*text = ' ';
}

void record_vfold(struct test_record *record, enum verdict verdict,
		  const char *fmt, va_list args)
{
	if (verdict < record->worst || (verdict == record->worst && record->reason[0]))
		return;
	record->worst = verdict;
	vsnprintf(record->reason, sizeof(record->reason), fmt, args);
	text_make_printable(record->reason);
	cpu_record_publish(record);
}

const struct test_record *record_in_flight(void)
{
	return current;
}

void record_check(struct test_record *record, const void *place)
{
	record->checks++;
	if (place)
		record->place = (u64)place;
	cpu_record_publish_head(record);
}

void record_end(struct test_record *record)
{
	record->ending = true;
	cpu_record_publish(record);
}

void record_fold(struct test_record *record, enum verdict verdict, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	record_vfold(record, verdict, fmt, args);
	va_end(args);
}

void record_fold_exception(struct test_record *record, const struct exception_info *info,
			   const struct pt_regs *regs)
{
	char words[RECORD_REASON_SIZE - 64], where[32] = "";

	exception_describe(words, sizeof(words), info);
	if (info->cpu)
		snprintf(where, sizeof(where), "CPU %u: ", info->cpu);
	/* A stack overflow is described as such. */
	record_fold(record, VERDICT_FAIL, "%s%s%s", where,
		    info->stack_overflow ? "" : "unexpected exception: ", words);
	if (record->has_exception)
		return;
	record->has_exception = true;
	if (info == &record->exception)
		return;
	record->exception = *info;
	record->regs = *regs;
}

void record_fold_timeout(struct test_record *record, u64 limit_ms)
{
	u64 offset;
	const char *name = symbol_find(record->regs.pc, &offset);

	if (name)
		record_fold(record, VERDICT_TIMEOUT, "did not end within %llu ms; it was at %s+0x%llx",
			    limit_ms, name, offset);
	else
		record_fold(record, VERDICT_TIMEOUT, "did not end within %llu ms; it was at 0x%llx",
			    limit_ms, record->regs.pc);
}

void record_add(struct test_record *record, const char *lines)
{
	size_t len = strlen(lines);

	/* One that does not fit ends the text: later, shorter ones would hide the gap. */
	if (record->dropped || record->shown == RECORD_MAX_SHOWN ||
	    len >= record->text_size - record->text_len) {
		record->dropped++;
		cpu_record_publish(record);
		return;
	}
	record->shown++;
	memcpy(record->text + record->text_len, lines, len + 1);
	record->text_len += len;
	cpu_record_publish(record);
}
