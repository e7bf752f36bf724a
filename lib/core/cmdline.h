/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files that read the command line. */
#ifndef LIB_CORE_CMDLINE_H
#define LIB_CORE_CMDLINE_H

#include <core/boot.h>
#include <core/param.h>

/** param_find() - the param of that name, @len bytes long, or NULL */
const struct param *param_find(const char *name, size_t len);

/** param_nearest() - name of the param most like @name, NULL when none is close */
const char *param_nearest(const char *name, size_t len);

/** word_ends_line() - whether a word says that all behind it is for the init program */
bool word_ends_line(const char *word);

/** word_is_foreign() - whether another system's boot puts this word there, @len bytes of name */
bool word_is_foreign(const char *name, size_t len);

/**
 * word_is_program() - whether a first word is the name the image was started by
 *
 * The EFI shell passes the whole line it was given, the program's name first.
 */
bool word_is_program(const char *word);

/**
 * text_find_binary() - first byte that no text has
 * @text: bytes
 * @size: how many
 *
 * Return: its offset, or @size. Tabs, line ends and UTF-8 are text.
 */
size_t text_find_binary(const char *text, size_t size);

/**
 * text_take_line() - copy the next line, trimmed
 * @text: in: where to go on; out: behind the line
 * @end: end of the text
 * @line: at least @end - *@text + 1 bytes
 *
 * Return: false when none is left.
 */
bool text_take_line(const char **text, const char *end, char *line);

/**
 * env_set() - set a variable; the last one wins
 * @name: its name
 * @name_len: bytes of it
 * @value: copied
 * @origin: for env_summary(); kept, and the same pointer for all of an origin
 */
void env_set(const char *name, size_t name_len, const char *value, const char *origin);

/** env_summary() - print a line per origin with the names of its variables */
void env_summary(void);

/** env_is_assignment() - length of the NAME of a line NAME=value, 0 when it is none */
size_t env_is_assignment(const char *line);

/** env_load_initrd() - take the variables of an initrd that is text */
void env_load_initrd(const struct boot_info *bi);

#endif
