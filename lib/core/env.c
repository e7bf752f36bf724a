// SPDX-License-Identifier: BSD-2-Clause
/* Environment variables, and the lines of text they come from. */
#include "cmdline.h"
#include <base/list.h>
#include <base/string.h>
#include <core/console.h>
#include <core/heap.h>
#include <core/log.h>
#include <asm/mmu_off.h>

/* A real initrd by mistake is megabytes; a list of variables never is. */
#define ENV_MAX_BYTES	0x10000

struct variable {
	struct list_head node;
	const char *name;
	const char *value;
	const char *origin;	/* one object for all variables of an origin */
};

static LIST_HEAD(variables);

static struct variable *find_variable(const char *name, size_t len)
{
	struct variable *var;

	list_for_each_entry(var, &variables, node)
		if (strlen(var->name) == len && !strncmp(var->name, name, len))
			return var;
	return NULL;
}

const char *env_get(const char *name)
{
	const struct variable *var = find_variable(name, strlen(name));

	return var ? var->value : NULL;
}

void env_set(const char *name, size_t name_len, const char *value, const char *origin)
{
	struct variable *var = find_variable(name, name_len);
	const char *copy = heap_strdup(value);

	if (!var && copy) {
		var = heap_alloc(sizeof(*var));
		if (var) {
			var->name = heap_printf("%.*s", (int)name_len, name);
			if (var->name)
				list_add_tail(&var->node, &variables);
		}
	}
	if (!copy || !var || !var->name) {
		pr_err("environment: no memory for %.*s: raise CONFIG_HEAP_KIB",
		       (int)name_len, name);
		return;
	}
	var->value = copy;
	var->origin = origin;
}

static void print(const char *s)
{
	console_write(s, strlen(s));
}

/* Piece by piece: names have any length. */
static void print_origin(const char *origin)
{
	const struct variable *var;
	unsigned int count = 0;

	list_for_each_entry(var, &variables, node)
		count += var->origin == origin;
	console_printf("env:      %u variable%s (", count, count == 1 ? "" : "s");
	print(origin);
	print("):");
	list_for_each_entry(var, &variables, node) {
		if (var->origin != origin)
			continue;
		print(" ");
		print(var->name);
	}
	print("\n");
}

static bool is_first_of_origin(const struct variable *var)
{
	const struct variable *other;

	list_for_each_entry(other, &variables, node)
		if (other->origin == var->origin)
			return other == var;
	return false;
}

void env_summary(void)
{
	const struct variable *var;

	list_for_each_entry(var, &variables, node)
		if (is_first_of_origin(var))
			print_origin(var->origin);
}

size_t env_is_assignment(const char *line)
{
	size_t len = 0;

	if (*line >= '0' && *line <= '9')
		return 0;
	while ((line[len] >= 'A' && line[len] <= 'Z') || line[len] == '_' ||
	       (line[len] >= '0' && line[len] <= '9'))
		len++;
	return line[len] == '=' ? len : 0;
}

size_t text_find_binary(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		u8 c = text[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			break;
	}
	return i;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool text_take_line(const char **text, const char *end, char *line)
{
	const char *start = *text;
	const char *stop = start;

	if (start >= end)
		return false;
	while (stop < end && *stop != '\n')
		stop++;
	*text = stop < end ? stop + 1 : end;
	while (start < stop && is_blank(*start))
		start++;
	while (stop > start && is_blank(stop[-1]))
		stop--;
	memcpy(line, start, stop - start);
	line[stop - start] = '\0';
	return true;
}

static void load_lines(const char *text, size_t size, char *line, const char *origin)
{
	const char *end = text + size;
	const char *shown = heap_printf("initrd %s", origin);

	for (unsigned int number = 1; text_take_line(&text, end, line); number++) {
		size_t name_len;

		if (!*line || *line == '#')
			continue;
		name_len = env_is_assignment(line);
		if (name_len)
			env_set(line, name_len, line + name_len + 1, shown ? shown : origin);
		else
			pr_err("initrd (%s): line %u is not NAME=value with an upper-case name: \"%.60s\"",
			       origin, number, line);
	}
}

void env_load_initrd(const struct boot_info *bi)
{
	const char *origin = bi->initrd_origin ? bi->initrd_origin : "boot";
	const char *text = bi->initrd;
	size_t size = bi->initrd_size;
	size_t binary;
	char *line;

	if (!text)
		return;
	/* An initrd for another system is none of ours, and no error. */
	if (size > ENV_MAX_BYTES) {
		pr_warn("initrd (%s): %zu bytes, more than the %u of a list of variables: ignored",
			origin, size, ENV_MAX_BYTES);
		return;
	}
	if (mmu_off_share_read(text, size))
		pr_err("initrd (%s): too many ranges of memory for the MMU to be off", origin);
	while (size && !text[size - 1])		/* loaders pad */
		size--;
	binary = text_find_binary(text, size);
	if (binary < size) {
		pr_warn("initrd (%s): not NAME=value text (byte 0x%02x at offset %zu): ignored",
			origin, (u8)text[binary], binary);
		return;
	}
	line = heap_alloc(size + 1);
	if (!line)
		pr_err("initrd (%s): no memory to read it: raise CONFIG_HEAP_KIB", origin);
	else
		load_lines(text, size, line, origin);
}
