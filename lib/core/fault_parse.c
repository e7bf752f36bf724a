// SPDX-License-Identifier: BSD-2-Clause
/*
 * fault=KIND:WHAT[:FIELD]... docs/faults.md has the words. A fault that is not
 * understood in full is none: half of one would prove something else.
 */
#include <base/errno.h>
#include <base/parse.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include "fault_private.h"

static const struct {
	const char *name;
	enum fault_kind kind;
} kinds[] = {
	{ "mmio", FAULT_MMIO },
	{ "sysreg", FAULT_SYSREG },
	{ "smc", FAULT_SMC },
	{ "irq", FAULT_IRQ },
	{ "alloc", FAULT_ALLOC },
};

#define VALUED	(FAULT_MMIO | FAULT_SYSREG | FAULT_SMC | FAULT_IRQ)

static const struct {
	const char *name;
	enum fault_action action;
	unsigned int kinds;
	bool has_value;
} actions[] = {
	{ "set", FAULT_SET, VALUED, true },
	{ "and", FAULT_AND, VALUED, true },
	{ "or", FAULT_OR, VALUED, true },
	{ "xor", FAULT_XOR, VALUED, true },
	{ "add", FAULT_ADD, VALUED, true },
	{ "hold", FAULT_HOLD, FAULT_MMIO | FAULT_SYSREG | FAULT_SMC, false },
	{ "drop", FAULT_DROP, FAULT_MMIO | FAULT_SYSREG | FAULT_IRQ, false },
	{ "fail", FAULT_DROP, FAULT_ALLOC, false },
	{ "ret", FAULT_RETURN, FAULT_SMC, true },
};

/* What stands before @sep, as a string of its own; *@text is left behind it. */
static char *take_until(char **text, char sep)
{
	char *part = *text, *end = strchr(part, sep);

	if (end)
		*end = '\0';
	*text = end ? end + 1 : part + strlen(part);
	return part;
}

static void make_lower(char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s += 'a' - 'A';
}

/* A number, -number or ~number. */
static int parse_value(const char *s, u64 *value)
{
	bool minus = *s == '-', inverted = *s == '~';
	int ret = parse_u64(s + (minus || inverted), value);

	if (minus)
		*value = -*value;
	if (inverted)
		*value = ~*value;
	return ret;
}

/* "A" or "A-B". */
static int parse_range(char *s, u64 *from, u64 *to)
{
	bool two = strchr(s, '-');
	char *end = s, *first = take_until(&end, '-');

	if (parse_u64(first, from))
		return -EINVAL;
	*to = *from;
	if (two && parse_u64(end, to))
		return -EINVAL;
	return *to < *from ? -EINVAL : 0;
}

/* NAME[.RANGE][+OFFSET[-OFFSET]], or an address for NAME. */
static const char *parse_mmio(struct fault *fault, char *what)
{
	bool offset = strchr(what, '+');
	char *name = take_until(&what, '+'), *dot = strrchr(name, '.');

	fault->to = ~0ULL;
	if (offset && parse_range(what, &fault->from, &fault->to))
		return "behind + stands an offset, or two: 0x400-0x7ff";
	if (!parse_u64(name, &fault->base)) {
		/* Never 0, which is a device that is not mapped yet. */
		fault->size = MAX(~0ULL - fault->base, 1ULL);
		if (fault->to == ~0ULL)
			fault->to = 0;
		return NULL;
	}
	fault->any_range = !dot || parse_u64(dot + 1, &fault->range);
	if (!fault->any_range)
		*dot = '\0';
	fault->name = name;
	return *name ? NULL : "which device? the name of it, of its driver, or an address";
}

static const char *parse_what(struct fault *fault, char *what)
{
	switch (fault->kind) {
	case FAULT_MMIO:
		return parse_mmio(fault, what);
	case FAULT_SMC:
	case FAULT_IRQ:
		return parse_range(what, &fault->from, &fault->to) ?
		       "behind smc: stands a function, behind irq: an INTID, or two: 0-15" : NULL;
	default:
		make_lower(what);
		fault->name = what;
		return *what ? NULL : "of what?";
	}
}

static const char *parse_action(struct fault *fault, const char *name, const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (strcmp(actions[i].name, name) || !(actions[i].kinds & fault->kind))
			continue;
		if (fault->action)
			return "one fault does one thing: give two fault= words";
		fault->action = actions[i].action;
		if (actions[i].has_value != !!value)
			return value ? "takes no value" : "needs a value";
		return value && parse_value(value, &fault->value) ? "is no number" : NULL;
	}
	return "is nothing that such a fault does or has";
}

static const char *parse_number(const char *value, u64 *to)
{
	return !value || parse_u64(value, to) ? "needs a number" : NULL;
}

static const char *parse_field(struct fault *fault, char *field)
{
	const char *name = take_until(&field, '=');
	const char *value = field > name + strlen(name) ? field : NULL;

	if (!strcmp(name, "r") || !strcmp(name, "w")) {
		fault->direction |= *name == 'r' ? FAULT_READ : FAULT_WRITE;
		if (value)
			return "takes no value";
		return fault->kind & (FAULT_IRQ | FAULT_ALLOC) ? "has no direction" : NULL;
	}
	if (!strcmp(name, "after"))
		return parse_number(value, &fault->after);
	if (!strcmp(name, "count"))
		return parse_number(value, &fault->count);
	if (!strcmp(name, "cpu")) {
		fault->one_cpu = true;
		return parse_number(value, &fault->cpu);
	}
	if (!strcmp(name, "reg") && fault->kind == FAULT_SMC)
		return parse_number(value, &fault->reg) || fault->reg > 17 ?
		       "of x0 to x17" : NULL;
	if (!strcmp(name, "in")) {
		fault->in = value;
		return value ? NULL : "needs cases: in=gic.*";
	}
	return parse_action(fault, name, value);
}

static const char *settle(struct fault *fault)
{
	if (!fault->action)
		return "does nothing: set=, and=, or=, xor=, add=, hold, drop; of smc: ret=; of alloc: fail";
	if (fault->action == FAULT_DROP && fault->direction & FAULT_READ)
		return "a read cannot be dropped: set= says what it gives";
	if (fault->action == FAULT_RETURN && (fault->direction || fault->reg))
		return "ret= is x0 of a call that is not made: for another register r, reg= and set=";
	if (fault->action == FAULT_DROP || fault->action == FAULT_RETURN)
		fault->direction = FAULT_WRITE;
	if (!fault->direction)
		fault->direction = FAULT_READ;
	return NULL;
}

static const char *find_kind(struct fault *fault, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].name, name))
			fault->kind = kinds[i].kind;
	return fault->kind ? NULL : "is no kind of fault: mmio, sysreg, smc, irq, alloc";
}

int fault_parse(const char *text, struct fault *fault, const char **complaint, const char **at)
{
	char *rest = heap_strdup(text);

	*fault = (struct fault){ .text = text };
	if (!rest)
		return -ENOMEM;
	*at = take_until(&rest, ':');
	*complaint = find_kind(fault, *at);
	if (!*complaint) {
		*at = take_until(&rest, ':');
		*complaint = parse_what(fault, (char *)*at);
	}
	while (!*complaint && *rest) {
		*at = take_until(&rest, ':');
		*complaint = parse_field(fault, (char *)*at);
	}
	if (!*complaint) {
		*at = "it";
		*complaint = settle(fault);
	}
	return *complaint ? -EINVAL : 0;
}
