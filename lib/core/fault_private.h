/* SPDX-License-Identifier: BSD-2-Clause */
/* A fault that was asked for: fault_parse.c fills it, fault.c makes it. */
#ifndef LIB_CORE_FAULT_PRIVATE_H
#define LIB_CORE_FAULT_PRIVATE_H

#include <core/fault.h>

#define FAULTS_MAX	16U

enum fault_action {
	FAULT_NOTHING,
	FAULT_SET,
	FAULT_AND,
	FAULT_OR,
	FAULT_XOR,
	FAULT_ADD,
	FAULT_HOLD,		/* the first value stays */
	FAULT_DROP,		/* nothing happens: no write, no interrupt, no memory */
	FAULT_RETURN,		/* firmware is not called, and this is what it returns */
};

#define FAULT_READ	0x1
#define FAULT_WRITE	0x2

struct fault {
	const char *text;	/* as it was asked for */
	enum fault_kind kind;
	enum fault_action action;
	unsigned int direction;	/* FAULT_READ, FAULT_WRITE, both */
	u64 value;
	const char *name;	/* glob: of a device or driver, a system register, an allocator */
	bool any_range;		/* MMIO: whichever range of the device */
	u64 range;		/* MMIO: this one */
	u64 from, to;		/* MMIO: offsets, inclusive. SMC: functions. IRQ: INTIDs */
	u64 base, size;		/* MMIO: of the device, once it is known; size 0: not yet */
	u64 reg;		/* SMC: x0 to x17 */
	u64 after, count;	/* passes so many by, then takes so many; 0: all */
	bool one_cpu;
	u64 cpu;		/* its index */
	const char *in;		/* globs of cases, comma-separated; NULL: always */
	bool in_scope;		/* the case that is going to run is one of them */
	bool held;
	u64 held_value;
	u64 hits;		/* accesses that it is for */
	u64 applied;		/* of those, where it was made */
};

/** fault_add() - one more fault=. Return: 0, when it is an error that was said, too; -ENOMEM */
int fault_add(const char *value);

/**
 * fault_parse() - take a fault= apart
 * @text: the word's value, lives on
 * @fault: filled
 *
 * Return: 0; -EINVAL with what is wrong in *@complaint and where in *@at; -ENOMEM.
 */
int fault_parse(const char *text, struct fault *fault, const char **complaint, const char **at);

#endif
