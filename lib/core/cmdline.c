// SPDX-License-Identifier: BSD-2-Clause
/*
 * The command line. All sources are read in the order of their precedence into
 * one list; what stands last in it counts.
 */
#include "cmdline.h"
#include <base/errno.h>
#include <base/list.h>
#include <base/parse.h>
#include <base/string.h>
#include <core/console.h>
#include <core/heap.h>
#include <core/log.h>

struct word {
	struct list_head node;
	const struct param *param;
	const char *value;		/* NULL for a bare name */
	enum cmdline_origin origin;
	bool in_force;
};

struct source {
	const char *text;
	const char *name;
	enum cmdline_origin origin;
	char *buffer;			/* holds any word of the text */
	size_t size;
	unsigned int words;
};

static LIST_HEAD(words);
static const char *origin_names[CMDLINE_ORIGINS] = {
	[CMDLINE_CONFIG] = "CONFIG_CMDLINE",
	[CMDLINE_FILE] = "assay.conf",
	[CMDLINE_BOOT] = "the boot command line",
};

static void report_unknown(const struct source *source, size_t name_len)
{
	const char *nearest = param_nearest(source->buffer, name_len);

	if (nearest)
		pr_err("%s: unknown word \"%s\": is \"%s\" meant?",
		       source->name, source->buffer, nearest);
	else
		pr_err("%s: unknown word \"%s\"", source->name, source->buffer);
}

static void add_word(const struct source *source, const struct param *param, const char *value)
{
	struct word *word = heap_alloc(sizeof(*word));
	const char *copy = value ? heap_strdup(value) : NULL;

	if (!word || (value && !copy)) {
		pr_err("%s: no memory for \"%s\": raise CONFIG_HEAP_KIB",
		       source->name, source->buffer);
		return;
	}
	word->param = param;
	word->value = copy;
	word->origin = source->origin;
	list_add_tail(&word->node, &words);
}

static void take_word(struct source *source)
{
	const char *word = source->buffer;
	const char *equals = strchr(word, '=');
	size_t name_len = equals ? (size_t)(equals - word) : strlen(word);
	const struct param *param = param_find(word, name_len);

	source->words++;
	if (param)
		add_word(source, param, equals ? equals + 1 : NULL);
	else if (source->origin == CMDLINE_BOOT && source->words == 1 && word_is_program(word))
		pr_debug("%s: \"%s\" is the program's name", source->name, word);
	else if (word_is_foreign(word, name_len))
		pr_debug("%s: \"%s\" is for another system: ignored", source->name, word);
	else
		report_unknown(source, name_len);
}

/* Each turn takes at least one character off the line. */
static void take_words(struct source *source, const char *line, bool comments)
{
	for (;;) {
		const char *before;
		int ret;

		while (*line == ' ' || *line == '\t' || *line == '\r' || *line == '\n')
			line++;
		if (!*line || (comments && *line == '#'))
			return;
		before = line;
		ret = next_word(&line, source->buffer, source->size);
		if (ret == -ENOENT)
			return;
		if (ret < 0) {
			pr_err("%s: %s: word ignored: %s", source->name,
			       ret == -EINVAL ? "quote without an end" : errno_name(ret), before);
			return;
		}
		/* Linux has it on the boot command line only: elsewhere it is a mistake. */
		if (source->origin == CMDLINE_BOOT && word_ends_line(source->buffer)) {
			pr_debug("%s: behind -- words are for init: ignored", source->name);
			return;
		}
		take_word(source);
	}
}

/* assay.conf: comments, environment variables, else words. */
static void take_lines(struct source *source)
{
	const char *text = source->text;
	const char *end = text + strlen(text);
	char *line = heap_alloc(source->size);

	if (!line) {
		pr_err("%s: no memory to read it: raise CONFIG_HEAP_KIB", source->name);
		return;
	}
	if (!strncmp(text, "\xef\xbb\xbf", 3))	/* the mark some editors put in front */
		text += 3;
	while (text_take_line(&text, end, line)) {
		size_t name_len = env_is_assignment(line);

		if (name_len)
			env_set(line, name_len, line + name_len + 1, source->name);
		else
			take_words(source, line, true);
	}
}

static void parse_source(struct source *source)
{
	size_t len = strlen(source->text);
	size_t binary = text_find_binary(source->text, len);

	if (binary < len) {
		pr_err("%s: not text (byte 0x%02x at offset %zu): ignored", source->name,
		       (u8)source->text[binary], binary);
		return;
	}
	source->size = len + 1;
	source->buffer = heap_alloc(source->size);
	if (!source->buffer)
		pr_err("%s: no memory to read it: raise CONFIG_HEAP_KIB", source->name);
	else if (source->origin == CMDLINE_FILE)
		take_lines(source);
	else
		take_words(source, source->text, false);
}

static void set_param(struct word *word)
{
	const struct param *param = word->param;
	int ret = param->set(word->value);

	word->in_force = true;
	if (ret)
		pr_err("%s: %s%s%s: %s%s; %s: %s", origin_names[word->origin], param->name,
		       word->value ? "=" : "", word->value ? word->value : "",
		       errno_name(ret), word->value ? "" : " without a value",
		       param->name, param->help);
}

static void apply_param(const struct param *param)
{
	struct word *word, *last = NULL;

	list_for_each_entry(word, &words, node)
		if (word->param == param)
			last = word;
	if (!last)
		return;
	list_for_each_entry(word, &words, node) {
		if (word->param != param)
			continue;
		if (word == last || (param->collect && word->origin == last->origin))
			set_param(word);
		else
			pr_debug("%s: %s=%s gives way to %s", origin_names[word->origin],
				 param->name, word->value ? word->value : "",
				 origin_names[last->origin]);
	}
}

void cmdline_parse(const struct boot_info *bi)
{
	const struct param *const *pp;

	for (int origin = 0; origin < CMDLINE_ORIGINS; origin++) {
		struct source source = { .text = bi->cmdline[origin], .origin = origin };

		if (bi->cmdline_name[origin])
			origin_names[origin] = bi->cmdline_name[origin];
		source.name = origin_names[origin];
		if (source.text)
			parse_source(&source);
	}
	table_for_each(pp, param)
		apply_param(*pp);
}

static void print(const char *s)
{
	console_write(s, strlen(s));
}

/* Piece by piece: a word may be longer than any buffer. */
void cmdline_summary(void)
{
	const struct word *word;

	list_for_each_entry(word, &words, node) {
		if (!word->in_force)
			continue;
		print("word:     ");
		print(word->param->name);
		if (word->value) {
			print("=");
			print(word->value);
		}
		print(" (");
		print(origin_names[word->origin]);
		print(")\n");
	}
	env_summary();
}
