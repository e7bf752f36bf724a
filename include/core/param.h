/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words of the command line: "name", "name=value". Each is declared where it
 * is used, and lands in a link-time table.
 *
 * Words come from three origins: CONFIG_CMDLINE, then assay.conf, then what
 * the boot method hands over (load options, the shell's arguments, bootargs).
 * Of a word that appears more than once the last one counts. One whose param
 * says .collect is a list instead: it is set with every value of the last
 * origin that has it, and earlier origins' values are dropped as a whole, so
 * that a boot loader can always replace what was built in.
 */
#ifndef CORE_PARAM_H
#define CORE_PARAM_H

#include <base/table.h>
#include <core/boot.h>

struct param {
	const char *name;
	/* One line for people: what it does, with its values. */
	const char *help;
	/*
	 * Called with the value of the origin that wins: NULL for a bare
	 * "name". 0, or -errno, which becomes an error in the verdict naming
	 * the word, its origin and @help. @value lives on.
	 */
	int (*set)(const char *value);
	bool collect;	/* may be given several times; set() is called for each */
};

TABLE_DECLARE(struct param, param);

/**
 * PARAM() - declare a word
 * @id: C identifier; the word itself unless .name is given
 * @...: fields of struct param
 */
#define PARAM(id, ...)								\
	static const struct param param_##id = { .name = #id, __VA_ARGS__ };	\
	TABLE_ENTRY(param, #id, id, param_##id)

/**
 * cmdline_parse() - parse all sources of boot_info and set every param
 * @bi: the hand-off: cmdline[], initrd
 *
 * Words of other systems (root=, BOOT_IMAGE=, ...) and the program's own name
 * are ignored, and so is all behind a bare "--" of the boot loader, which is for
 * Linux's init. Every other unknown word, an open quote, a source of words that is
 * not text and a value that its param refuses is a pr_err(), and so an error in
 * the verdict.
 */
void cmdline_parse(const struct boot_info *bi);

/** cmdline_summary() - print words in force and names of variables, with their origin */
void cmdline_summary(void);

/**
 * env_get() - environment variable
 * @name: upper case by convention
 *
 * Return: its value, or NULL. Variables are lines NAME=value of the initrd, or of
 * assay.conf, where every line that begins with an upper-case name and "=" is one.
 * The initrd wins.
 */
const char *env_get(const char *name);

#endif
