// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <core/log.h>
#include <core/power.h>
#include <asm/exception.h>

static LIST_HEAD(ways);

void power_register(struct power_ops *ops)
{
	struct power_ops *other;

	list_for_each_entry(other, &ways, node)
		if (other->rating < ops->rating)
			break;
	/* Before the first that is worse: the head where there is none. */
	list_add_tail(&ops->node, &other->node);
}

struct attempt {
	int (*way)(int status);
	int status;
	int ret;
};

static void attempt(void *arg)
{
	struct attempt *a = arg;

	a->ret = a->way(a->status);
}

/* Firmware that takes an exception in its last call must not keep others from trying. */
static void try(const struct power_ops *ops, int (*way)(int status), int status, const char *what)
{
	struct attempt a = { .way = way, .status = status };
	int ret;

	if (!way)
		return;
	ret = arch_guarded_call(attempt, &a, NULL, NULL);
	pr_warn("%s by %s failed: %s", what, ops->name, errno_name(ret ? ret : a.ret));
}

void power_off(int status)
{
	struct power_ops *ops;

	list_for_each_entry(ops, &ways, node)
		try(ops, ops->off, status, "power off");
}

void power_reset(int status)
{
	struct power_ops *ops;

	list_for_each_entry(ops, &ways, node)
		try(ops, ops->reset, status, "reset");
}
