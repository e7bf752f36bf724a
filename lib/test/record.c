// SPDX-License-Identifier: BSD-2-Clause
#include "record.h"
#include <base/printf.h>
#include <base/string.h>

static struct test_record *current;

void record_begin(struct test_record *record)
{
	/* The text's 8 KiB, cleared for each SKIP, were a twentieth of start-up. */
	memset(record, 0, offsetof(struct test_record, text) + 1);
	record->verdict = VERDICT_CRASHED;
	current = record;
}

void record_finish(struct test_record *record)
{
	if (record->returned || record->ending || record->has_exception)
		record->verdict = record->worst;
	current = NULL;
}

void record_set(struct test_record *record, enum verdict verdict, const char *reason)
{
	record_begin(record);
	record_fold(record, verdict, "%s", reason);
	record->returned = true;
	record_finish(record);
}

struct test_record *record_current(void)
{
	return current;
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
}

void record_fold(struct test_record *record, enum verdict verdict, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	record_vfold(record, verdict, fmt, args);
	va_end(args);
}

void record_add(struct test_record *record, const char *lines)
{
	size_t len = strlen(lines);

	/* One that does not fit ends the text: later, shorter ones would hide the gap. */
	if (record->dropped || record->shown == RECORD_MAX_SHOWN ||
	    len >= sizeof(record->text) - record->text_len) {
		record->dropped++;
		return;
	}
	record->shown++;
	memcpy(record->text + record->text_len, lines, len + 1);
	record->text_len += len;
}
