// SPDX-License-Identifier: BSD-2-Clause
#include "progress.h"
#include "progress_log.h"
#include "progress_mark.h"
#include "select.h"
#include "verdict.h"
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/console.h>
#include <core/log.h>
#include <core/param.h>
#include <core/power.h>
#include <core/stage.h>
#include <test/reset.h>
#include <asm/page.h>
#include <asm/sections.h>

#define LOG_BYTES	(IS_ENABLED(CONFIG_PROGRESS) ? CONFIG_PROGRESS_KIB * 1024U : 8192U)
#define MOST_RESETS	32U	/* that no case has announced */
#define TEXT_BYTES	2048U	/* kept of a failure */

/*
 * In what no loader writes to: the file ends before it. Under UEFI the log is elsewhere,
 * and this is the stack of progress_mark_set().
 */
static u8 room[LOG_BYTES] __section(".noinit.parts") __aligned(PAGE_SIZE);

static struct {
	bool open;
	bool wanted;
	struct progress_log log;
	unsigned int start;
	unsigned int announced;			/* resets that cases have announced */
	const struct progress_entry *cursor;	/* results are asked for in the order they were made */
	u32 flight;				/* what has begun; 0: nothing */
	bool running;
	unsigned int errors;			/* that the log has, or another start will say */
	bool unnumbered;			/* there was no room for the number of this start */
} progress = { .wanted = true, .start = 1 };

static int set_progress(const char *value)
{
	if (value && !strcmp(value, "off"))
		progress.wanted = false;
	else if (!value || strcmp(value, "on"))
		return -EINVAL;
	return 0;
}
PARAM(progress, .set = set_progress,
      .help = "on: a run goes on behind a reset; off: each start begins anew");

/* ELF note: three words, the name "GNU", the SHA-1. */
extern const u8 _build_id[];
#define BUILD_ID_OFFSET	16

static u64 image_id(void)
{
	u64 id;

	memcpy(&id, _build_id + BUILD_ID_OFFSET, sizeof(id));
	return id;
}

/* FNV-1a: other words, another run. */
static u64 words_id(const struct boot_info *bi)
{
	u64 hash = 0xcbf29ce484222325ULL;

	for (unsigned int i = 0; i < CMDLINE_ORIGINS; i++)
		for (const char *at = bi->cmdline[i]; at && *at; at++)
			hash = (hash ^ (u8)*at) * 0x100000001b3ULL;
	return hash;
}

static u32 offset_of(const void *what)
{
	return (u32)((u64)what - (u64)_image);
}

/* Not an error: without a reset nothing of it is needed. */
static int keep(struct progress_entry *entry, const void *text)
{
	bool full = progress.log.full;
	int ret = progress_log_add(&progress.log, entry, text);

	if (ret && !full)
		pr_warn("progress: no room for more results (CONFIG_PROGRESS_KIB): no run goes on behind a reset from here on");
	return ret;
}

static void add(enum progress_kind kind, u32 what, const struct test_record *record)
{
	static char text[TEXT_BYTES];
	struct progress_entry entry = { .kind = kind, .what = what, .value = progress.start };

	if (!progress.open)
		return;
	if (record) {
		size_t n = scnprintf(text, sizeof(text) / 2, "%s", record->reason) + 1;

		n += scnprintf(text + n, sizeof(text) - n, "%s", record->text) + 1;
		entry.verdict = record->verdict;
		/* Most have neither. */
		entry.len = n > 2 ? n : 0;
	}
	keep(&entry, text);
}

/* What was in flight when the last start ended has its result now. */
static void settle(const struct progress_entry *begun)
{
	const struct progress_note *note = progress_note_read(&progress.log, begun->value);
	struct progress_entry entry = {
		.kind = PROGRESS_END, .what = begun->what, .value = begun->value,
		.verdict = note ? note->verdict : VERDICT_CRASHED,
	};
	char text[PROGRESS_REASON + 1] = "the machine was reset while it ran";

	if (note)
		strscpy(text, note->reason, PROGRESS_REASON);
	entry.len = strlen(text) + 2;
	text[entry.len - 1] = '\0';
	progress_log_add(&progress.log, &entry, text);
}

/* Number of the last start; what it left unfinished gets its result. */
static unsigned int take_up(void)
{
	const struct progress_entry *entry = NULL, *begun = NULL;
	unsigned int last = 0;
	bool meant = false;

	while ((entry = progress_log_next(&progress.log, entry))) {
		last = entry->value;
		if (entry->kind == PROGRESS_ERRORS)
			continue;
		if (entry->kind == PROGRESS_BEGIN)
			begun = entry;
		else if (entry->kind != PROGRESS_EXPECT)
			begun = NULL;
		meant = entry->kind == PROGRESS_EXPECT;
		progress.announced += meant;
	}
	/* What it has announced did not come where somebody else had to reset the machine. */
	if (begun && (!meant || progress_note_read(&progress.log, begun->value)))
		settle(begun);
	return last;
}

static void open_log(const struct boot_info *bi, void *base)
{
	unsigned int last = 0;

	if (progress_log_open(&progress.log, base, LOG_BYTES, image_id(), words_id(bi)))
		last = take_up();
	progress.open = true;
	progress.start = last + 1;
	add(PROGRESS_START, 0, NULL);
	progress.unnumbered = progress.log.full;
}

/* Once: what takes a reset in this start ends the run. */
static void say_lost(void)
{
	pr_warn("progress: the last start has reset the machine, and its results are gone: memory is not kept over a reset here. "
		"What takes a reset in this start ends the run; the word after= goes on behind a case");
}

static bool is_wanted(void)
{
	return IS_ENABLED(CONFIG_PROGRESS) && progress.wanted && !test_options.list;
}

/*
 * A loader of UEFI's clears what is behind the file. Where the last start has left
 * something, that place is taken, else one far from where firmware allocates.
 */
static int progress_place(struct boot_info *bi)
{
	u64 place[16], image = image_id(), words = words_id(bi);
	unsigned int count, i;
	bool marked;

	if (!bi->services || !is_wanted())
		return 0;
	count = bi->services->places(place, ARRAY_SIZE(place), LOG_BYTES);
	for (i = 0; i < count; i++)
		if (progress_log_is((void *)place[i], LOG_BYTES, image, words))
			break;
	marked = progress_mark_begin(image, words);
	if (i == count && marked) {
		say_lost();
		return 0;
	}
	if (i == count)
		i = count / 2;
	if (count && !bi->services->take_place(place[i], LOG_BYTES))
		open_log(bi, (void *)place[i]);
	return 0;
}
STAGE(progress_place, "05", .when = STAGE_SERVICES, .run = progress_place);

static int progress_probe(struct boot_info *bi)
{
	if (is_wanted() && !bi->efi_system_table)
		open_log(bi, room);
	return 0;
}
STAGE(progress_probe, "05", .when = STAGE_PROBE, .run = progress_probe);

void progress_errors_begin(void)
{
	progress.running = true;
	progress.errors = error_count();
}

void progress_error_repeats(void)
{
	progress.errors++;
}

/* Those behind the last result: a reset would take them away. */
static void keep_errors(void)
{
	struct progress_entry entry = {
		.kind = PROGRESS_ERRORS, .what = error_count() - progress.errors,
		.value = progress.start,
	};
	const char *first = error_first_text();

	if (!progress.open || !progress.running || !entry.what)
		return;
	entry.len = strlen(first) + 1;
	keep(&entry, first);
	progress.errors = error_count();
}

unsigned int progress_errors(const char **first)
{
	const struct progress_entry *entry = NULL;
	unsigned int count = 0;

	*first = "";
	while (progress.open && (entry = progress_log_next(&progress.log, entry))) {
		if (entry->kind != PROGRESS_ERRORS || entry->value == progress.start)
			continue;
		if (!count)
			*first = progress_log_text(entry);
		count += entry->what;
	}
	return count;
}

void progress_begin(const void *what)
{
	keep_errors();
	progress.flight = offset_of(what);
	add(PROGRESS_BEGIN, progress.flight, NULL);
}

void progress_end(const void *what, const struct test_record *record)
{
	keep_errors();
	add(PROGRESS_END, offset_of(what), record);
	progress.flight = 0;
}

void progress_idle(void)
{
	add(PROGRESS_IDLE, progress.flight, NULL);
	progress.flight = 0;
}

bool progress_is_futile(void)
{
	return progress.unnumbered || progress.start > MOST_RESETS + progress.announced;
}

/* Behind @from, up to and with @to: the same may be asked for twice in a row. */
static const struct progress_entry *find_end(u32 what, const struct progress_entry *from,
					     const struct progress_entry *to)
{
	const struct progress_entry *entry = from;

	while ((entry = progress_log_next(&progress.log, entry))) {
		if (entry->kind == PROGRESS_END && entry->what == what)
			return entry;
		if (entry == to)
			break;
	}
	return NULL;
}

static void fill_record(struct test_record *record, const struct progress_entry *entry)
{
	const char *text = progress_log_text(entry);

	record_set(record, entry->verdict, entry->len ? text : "");
	record->verdict = entry->verdict;
	if (entry->len && text[entry->len - 1] == '\0')
		record_add(record, text + strlen(text) + 1);
}

enum progress_state progress_find(const void *what, struct test_record *record,
				  unsigned int *start)
{
	const struct progress_entry *entry;
	u32 offset = offset_of(what);

	if (!progress.open || progress.start == 1)
		return PROGRESS_NONE;
	entry = find_end(offset, progress.cursor, NULL);
	if (!entry)
		entry = find_end(offset, NULL, progress.cursor);
	if (!entry || entry->value == progress.start)
		return PROGRESS_NONE;
	progress.cursor = entry;
	if (record)
		fill_record(record, entry);
	if (start)
		*start = entry->value;
	return PROGRESS_DONE;
}

unsigned int progress_start(void)
{
	return progress.start;
}

void progress_over(void)
{
	if (!progress.open)
		return;
	progress_mark_drop(room, sizeof(room));
	progress_log_clear(&progress.log);
	progress.start = 1;
	progress.unnumbered = false;
	progress.announced = 0;
	progress.cursor = NULL;
}

int test_reset_announce(const u64 *words, unsigned int count)
{
	struct progress_entry entry = {
		.kind = PROGRESS_EXPECT, .what = progress.flight, .value = progress.start,
		.len = count * sizeof(*words),
	};
	int ret;

	if (!progress.flight || count > TEST_RESET_WORDS)
		return -EINVAL;
	if (!progress.open)
		return -EOPNOTSUPP;
	if (test_resets(NULL) >= TEST_RESETS_MOST)
		return -ENOSPC;
	keep_errors();
	ret = keep(&entry, words);
	if (!ret)
		progress_mark_set(room, sizeof(room));
	return ret;
}

/* What was announced in this start has not come: it is this start. */
unsigned int test_resets(u64 *words)
{
	const struct progress_entry *entry = NULL;
	unsigned int count = 0;

	while (progress.open && (entry = progress_log_next(&progress.log, entry))) {
		if (entry->kind != PROGRESS_EXPECT || entry->what != progress.flight ||
		    entry->value == progress.start)
			continue;
		if (words)
			memcpy(words, progress_log_text(entry), entry->len);
		count++;
	}
	return count;
}

bool progress_resets(void)
{
	return progress.open && !progress.log.full && progress_log_is_whole(&progress.log) &&
	       !progress_is_futile();
}

/* Who reads the log of the console learns it there as well. */
static void say_reset(enum verdict verdict, const char *reason)
{
	const char *directive = outcome_directive(outcome_of(verdict, false));

	console_end_line();
	console_printf("# reset: %s %s\n", *directive ? directive : "FAIL", reason);
}

static void __noreturn give_up(const char *why)
{
	console_printf("Bail out! the run cannot go on: %s\n", why);
	power_off(1);
	halt();
}

void progress_note(enum verdict verdict, const char *reason)
{
	if (progress_resets())
		progress_note_write(&progress.log, progress.start, verdict, reason);
}

void progress_reset(enum verdict verdict, const char *reason)
{
	bool goes_on = progress_resets();

	progress_note(verdict, reason);
	say_reset(verdict, reason);
	if (progress_is_futile())
		give_up("the machine was reset too often in it");
	if (!goes_on)
		give_up("no memory keeps what came of it over a reset; the word after= goes on behind a case");
	progress_mark_set(room, sizeof(room));
	power_reset_warm(1);
	progress_mark_drop(room, sizeof(room));
	give_up("nothing resets this machine; the word after= goes on behind a case");
}
