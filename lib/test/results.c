// SPDX-License-Identifier: BSD-2-Clause
/*
 * Two files beside the image, used in turn, so that the last start's is not
 * touched while this one writes its own. Each has its whole size from its beginning
 * on: what is added replaces blanks, so that neither the file system's table nor a
 * length changes any more, and a power cut costs a line.
 *
 * After ExitBootServices() no file can be written. What becomes known then goes
 * into a variable, a few times a run since it may lie in flash, and the next start
 * writes it into the file of the start that it belongs to.
 */
#include "results.h"
#include <base/crc32.h>
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/parse.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/log.h>
#include <core/param.h>
#include <core/time.h>
#include <drivers/efi_variable.h>

#define FILE_BYTES	RESULTS_FILE_BYTES
#define SLOTS		RESULTS_FILES
#define LINE		80
#define HEAD		"assay results of start "
#define STICK		"stick "	/* begins the second line */
#define VARIABLE	"AssayResults"
#define VARIABLE_BYTES	3072U
#define MOST_WRITES	16U	/* of the variable, in a run */
#define SAID		400U	/* bytes of what is said of a failure */
#define SHARE		8U	/* of the suites, after which it is written again */

static enum { RESULTS_AUTO, RESULTS_ON, RESULTS_OFF } wanted;

static struct {
	bool open;
	unsigned int slot;
	u32 stick;			/* which file system: another one counts its own starts */
	size_t used;
	char text[FILE_BYTES];		/* as it is in the file, or what is looked at */
} file;

static struct {
	bool open;
	unsigned int start;
	unsigned int writes;
	unsigned int written_at;	/* suite */
	bool news;			/* a failure since */
	size_t used;			/* of failures */
	char failures[VARIABLE_BYTES - 512];
} later;

static int results_set(const char *value)
{
	if (value && !strcmp(value, "on"))
		wanted = RESULTS_ON;
	else if (value && !strcmp(value, "off"))
		wanted = RESULTS_OFF;
	else
		return -EINVAL;
	return 0;
}
PARAM(results, .set = results_set,
      .help = "on: complain when results cannot be written beside the image; off: do not write them");

/* The number behind HEAD, 0 when the text is none of ours. */
static unsigned int start_of(const char *text, size_t n)
{
	unsigned int number = 0;
	size_t at = strlen(HEAD);

	if (n < at || memcmp(text, HEAD, at))
		return 0;
	for (; at < n && text[at] >= '0' && text[at] <= '9' && number < 100000000; at++)
		number = 10 * number + (text[at] - '0');
	return number;
}

/* The number in the second line, 0 without: eight hexadecimal digits. */
static u32 stick_of(const char *text, size_t n)
{
	size_t at = 0, digits = 0;
	u32 stick = 0;

	while (at < n && text[at] != '\n')
		at++;
	at += 1;
	if (at + strlen(STICK) + 8 > n || memcmp(text + at, STICK, strlen(STICK)))
		return 0;
	for (at += strlen(STICK); digits < 8; digits++, at++) {
		const char *hex = "0123456789abcdef", *digit = text[at] ? strchr(hex, text[at]) : NULL;

		if (!digit)
			return 0;
		stick = stick << 4 | (u32)(digit - hex);
	}
	return stick;
}

/* One that no other stick has, as far as time and the place that firmware gave can tell. */
static u32 new_stick(void)
{
	u64 seed[2] = { time_ticks(), (u64)boot_info_get()->efi_system_table };
	u32 stick = crc32(0, seed, sizeof(seed));

	return stick ? stick : 1;
}

static unsigned int slot_of(unsigned int start)
{
	return (start - 1) % SLOTS;
}

static void give_up(const char *what, int ret)
{
	file.open = false;
	if (wanted == RESULTS_ON)
		pr_err("results=on: %s: %s", what, errno_name(ret));
	else
		pr_debug("results: %s: %s", what, errno_name(ret));
}

/* Bytes up to the last that is no blank. */
static size_t text_end(const char *text)
{
	size_t n = FILE_BYTES;

	while (n && (text[n - 1] == ' ' || text[n - 1] == '\n' || !text[n - 1]))
		n--;
	return n ? n + 1 : 0;
}

static void fill_blank(char *text)
{
	size_t at;

	memset(text, ' ', FILE_BYTES);
	for (at = LINE - 1; at < FILE_BYTES; at += LINE)
		text[at] = '\n';
	text[FILE_BYTES - 1] = '\n';
}

static int slot_read(unsigned int slot, unsigned int *start)
{
	int ret = boot_info_get()->services->results_read(slot, file.text);

	*start = ret ? 0 : start_of(file.text, FILE_BYTES);
	if (*start)
		file.stick = stick_of(file.text, FILE_BYTES);
	return ret == -ENOENT ? 0 : ret;
}

/* Into what the file holds behind its last line. */
static int append(unsigned int slot, size_t *at, const char *text, size_t n)
{
	int ret;

	if (*at + n >= FILE_BYTES)
		return -ENOSPC;
	ret = boot_info_get()->services->results_write(slot, *at, text, n);
	if (!ret)
		*at += n;
	return ret;
}

/* What the start before kept: into its file, where that is still there. */
static void write_out_variable(const unsigned int *starts)
{
	static char text[VARIABLE_BYTES];
	size_t size = sizeof(text), at;
	unsigned int start, found;
	int ret;

	if (efi_variable_read(VARIABLE, text, &size))
		return;
	start = start_of(text, size);
	if (!start || starts[slot_of(start)] != start)
		return;		/* of another stick */
	ret = slot_read(slot_of(start), &found);
	if (!ret && stick_of(text, size) != file.stick)
		return;
	at = text_end(file.text);
	if (!ret && at)
		ret = append(slot_of(start), &at, text, size);
	if (!ret)
		efi_variable_write(VARIABLE, NULL, 0);
	else
		pr_warn("results of start %u, kept in a variable, could not be written to the stick: %s",
			start, errno_name(ret));
}

static int begin_file(unsigned int start)
{
	char head[128];
	int n = snprintf(head, sizeof(head), HEAD "%u\n" STICK "%08x\nwhile boot services lived, as they ended:\n",
			 start, file.stick);

	fill_blank(file.text);
	memcpy(file.text, head, n);
	file.slot = slot_of(start);
	file.used = n;
	return boot_info_get()->services->results_write(file.slot, 0, file.text, FILE_BYTES);
}

/* The first write tells whether there will be others. */
static void begin_variable(unsigned int start)
{
	char text[128];
	int n = snprintf(text, sizeof(text), HEAD "%u\n" STICK "%08x\nboot services were left; no more is known\n",
			 start, file.stick);
	int ret = efi_variable_later() ? efi_variable_write(VARIABLE, text, n) : -EOPNOTSUPP;

	later.start = start;
	later.open = !ret;
	later.writes = 1;
	if (ret)
		results_early("(later results are not kept: this firmware takes no variable)\n");
}

void results_begin(void)
{
	unsigned int slot, start = 0, starts[SLOTS];
	int ret = 0;

	if (!IS_ENABLED(CONFIG_RESULTS) || wanted == RESULTS_OFF ||
	    !boot_info_get()->services->results_read)
		return;
	for (slot = 0; slot < SLOTS && !ret; slot++) {
		ret = slot_read(slot, &starts[slot]);
		start = MAX(start, starts[slot]);
	}
	if (ret) {
		give_up("a file of results beside the image", ret);
		return;
	}
	write_out_variable(starts);
	if (!file.stick)
		file.stick = new_stick();
	ret = begin_file(start + 1);
	if (ret) {
		give_up("no file can be written beside the image", ret);
		return;
	}
	file.open = true;
	begin_variable(start + 1);
}

bool results_are_kept(void)
{
	return file.open && later.open;
}

void results_early(const char *lines)
{
	int ret;

	if (!file.open)
		return;
	ret = append(file.slot, &file.used, lines, strlen(lines));
	/* A full file is no error: what comes first is in it. */
	if (ret && ret != -ENOSPC)
		give_up("the file of results", ret);
}

static void keep(const char *state)
{
	static char text[VARIABLE_BYTES];
	size_t n;
	int ret;

	n = scnprintf(text, sizeof(text), HEAD "%u, after boot services: %s\n" STICK "%08x\n%s",
		      later.start, state, file.stick, later.failures);
	ret = efi_variable_write(VARIABLE, text, n);
	later.news = false;
	if (!ret)
		return;
	later.open = false;
	pr_warn("results: the variable cannot be written any more: %s", errno_name(ret));
}

void results_suite(const char *suite, unsigned int number, unsigned int suites)
{
	char state[160];

	/* One write is left for the end. */
	if (!later.open || later.writes + 1 >= MOST_WRITES)
		return;
	if (!later.news && number > 1 && (number - later.written_at) * SHARE < suites)
		return;
	later.writes++;
	later.written_at = number;
	snprintf(state, sizeof(state), "suite %u of %u, %s, or a later one did not end", number,
		 suites, suite);
	keep(state);
}

/* Bytes of the first lines: none is cut, unless it is the first. */
static size_t first_lines(const char *text)
{
	size_t n = strnlen(text, SAID), end = n;

	while (text[n] && end && text[end - 1] != '\n')
		end--;
	return end ? end : n;
}

void results_case(const char *suite, const char *name, enum outcome outcome,
		  const struct test_record *record)
{
	size_t said = first_lines(record->text);
	const char *end = said && record->text[said - 1] != '\n' ? "\n" : "";

	if (!later.open || outcome_is_good(outcome))
		return;
	later.news = true;
	later.used += scnprintf(later.failures + later.used, sizeof(later.failures) - later.used,
				"not ok %s.%s%s%s%s%s\n%.*s%s", suite, name,
				*outcome_directive(outcome) ? " # " : "",
				outcome_directive(outcome), record->reason[0] ? " " : "",
				record->reason, (int)said, record->text, end);
}

void results_end(const struct test_totals *totals)
{
	char state[64];

	if (!later.open)
		return;
	snprintf(state, sizeof(state), "%u passed, %u failed", totals->count[OUTCOME_PASS],
		 totals_failed(totals));
	keep(state);
	/* finish=menu may run it again. */
	later.used = 0;
	later.failures[0] = '\0';
	later.writes = 0;
}
