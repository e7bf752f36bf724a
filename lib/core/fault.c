// SPDX-License-Identifier: BSD-2-Clause
/*
 * Faults on request, where the image meets hardware and firmware. Nothing here
 * reads a system register or a device: every such access comes through here.
 */
#include <base/errno.h>
#include <base/parse.h>
#include <base/printf.h>
#include <base/string.h>
#include <core/console.h>
#include <core/log.h>
#include <asm/page.h>
#include <asm/percpu.h>
#include <asm/smccc.h>
#include "fault_private.h"

#define NAME_MAX	48

/* Granules of their own: another CPU may write counts with its MMU off. */
static struct fault faults[FAULTS_MAX] __aligned(MMUOFF_ALIGN);
static unsigned int nr_faults;
static bool inside;

int fault_add(const char *value)
{
	const char *complaint, *at;
	int ret;

	if (nr_faults == FAULTS_MAX) {
		pr_err("fault=%s: more than %u faults", value, FAULTS_MAX);
		return 0;
	}
	ret = fault_parse(value, &faults[nr_faults], &complaint, &at);
	if (ret == -EINVAL) {
		pr_err("fault=%s: \"%s\": %s", value, at, complaint);
		return 0;
	}
	if (!ret)
		fault_armed |= faults[nr_faults++].kind;
	return ret;
}

/* Counts an access that the fault is for; whether it is made this time. */
static bool strike(struct fault *fault)
{
	u64 n;

	if (fault->one_cpu && cpu_local()->index != fault->cpu)
		return false;
	if (fault->in && !(inside && fault->in_scope))
		return false;
	n = fault->hits++;
	if (n < fault->after || (fault->count && n - fault->after >= fault->count))
		return false;
	fault->applied++;
	return true;
}

static u64 change(struct fault *fault, u64 val)
{
	switch (fault->action) {
	case FAULT_SET:
		return fault->value;
	case FAULT_AND:
		return val & fault->value;
	case FAULT_OR:
		return val | fault->value;
	case FAULT_XOR:
		return val ^ fault->value;
	case FAULT_ADD:
		return val + fault->value;
	case FAULT_HOLD:
		if (!fault->held)
			fault->held_value = val;
		fault->held = true;
		return fault->held_value;
	default:
		return val;
	}
}

/* Of a kind and direction, the first from @i on; NULL without. */
static struct fault *next_fault(unsigned int *i, enum fault_kind kind, unsigned int direction)
{
	while (*i < nr_faults) {
		struct fault *fault = &faults[(*i)++];

		if (fault->kind == kind && fault->direction & direction)
			return fault;
	}
	return NULL;
}

static bool is_at(const struct fault *fault, u64 addr)
{
	u64 offset = addr - fault->base;

	return offset < fault->size && offset >= fault->from && offset <= fault->to;
}

u64 fault_mmio_read(u64 addr, u64 val)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_MMIO, FAULT_READ)))
		if (is_at(fault, addr) && strike(fault))
			val = change(fault, val);
	return val;
}

bool fault_mmio_write(u64 addr, u64 *val)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_MMIO, FAULT_WRITE))) {
		if (!is_at(fault, addr) || !strike(fault))
			continue;
		if (fault->action == FAULT_DROP)
			return false;
		*val = change(fault, *val);
	}
	return true;
}

static bool is_named(const struct fault *fault, const char *name)
{
	char lower[NAME_MAX];
	size_t i;

	for (i = 0; i < NAME_MAX - 1 && name[i]; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 'a' - 'A' : name[i];
	lower[i] = '\0';
	return glob_match(fault->name, lower);
}

u64 fault_sysreg_read(const char *name, u64 val)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_SYSREG, FAULT_READ)))
		if (is_named(fault, name) && strike(fault))
			val = change(fault, val);
	return val;
}

bool fault_sysreg_write(const char *name, u64 *val)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_SYSREG, FAULT_WRITE))) {
		if (!is_named(fault, name) || !strike(fault))
			continue;
		if (fault->action == FAULT_DROP)
			return false;
		*val = change(fault, *val);
	}
	return true;
}

static bool is_between(const struct fault *fault, u32 number)
{
	return number >= fault->from && number <= fault->to;
}

bool fault_smc_call(struct smccc_regs *regs)
{
	u32 function = regs->x[0];
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_SMC, FAULT_WRITE))) {
		if (!is_between(fault, function) || !strike(fault))
			continue;
		if (fault->action == FAULT_RETURN) {
			regs->x[0] = fault->value;
			return false;
		}
		regs->x[fault->reg] = change(fault, regs->x[fault->reg]);
	}
	return true;
}

void fault_smc_return(u32 function, struct smccc_regs *regs)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_SMC, FAULT_READ)))
		if (is_between(fault, function) && strike(fault))
			regs->x[fault->reg] = change(fault, regs->x[fault->reg]);
}

bool fault_irq(u32 *intid)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_IRQ, FAULT_READ | FAULT_WRITE))) {
		if (!is_between(fault, *intid) || !strike(fault))
			continue;
		if (fault->action == FAULT_DROP)
			return false;
		*intid = change(fault, *intid);
	}
	return true;
}

bool fault_alloc(const char *what)
{
	struct fault *fault;
	unsigned int i = 0;

	while ((fault = next_fault(&i, FAULT_ALLOC, FAULT_WRITE)))
		if (is_named(fault, what) && strike(fault))
			return false;
	return true;
}

void fault_region_add(const char *device, const char *driver, unsigned int n, u64 base, u64 size)
{
	for (unsigned int i = 0; i < nr_faults; i++) {
		struct fault *fault = &faults[i];

		if (fault->kind != FAULT_MMIO || fault->size || !(fault->any_range || fault->range == n))
			continue;
		if (!glob_match(fault->name, device) &&
		    !(driver && glob_match(fault->name, driver)))
			continue;
		fault->base = base;
		fault->size = size;
	}
}

void fault_scope_set(const char *suite, const char *name)
{
	char text[128];

	snprintf(text, sizeof(text), "%s.%s", suite ? suite : "", name ? name : "");
	for (unsigned int i = 0; i < nr_faults; i++)
		faults[i].in_scope = suite && faults[i].in && glob_list_match(faults[i].in, text);
}

void fault_scope_begin(bool begin)
{
	WRITE_ONCE(inside, begin);
}

void fault_run_report(void)
{
	for (unsigned int i = 0; i < nr_faults; i++) {
		const struct fault *fault = &faults[i];

		if (fault->applied)
			console_printf("# fault %s: %llu of %llu accesses\n", fault->text,
				       fault->applied, fault->hits);
		else if (fault->kind == FAULT_MMIO && !fault->size)
			pr_err("fault=%s: no device of that name was mapped", fault->text);
		else
			pr_err("fault=%s: never hit: %llu accesses, none of them meant",
			       fault->text, fault->hits);
	}
}
