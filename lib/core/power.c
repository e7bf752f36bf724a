// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/string.h>
#include <core/log.h>
#include <core/param.h>
#include <core/power.h>
#include <core/stage.h>
#include <asm/exception.h>

static LIST_HEAD(ways);
static const char *chosen;	/* power=: this way first */

static int power_set(const char *value)
{
	if (!value || !*value)
		return -EINVAL;
	chosen = value;
	return 0;
}
PARAM(power, .help = "end the run this way first: docs/power.md has the names",
      .set = power_set);

struct list_head *power_list(void)
{
	return &ways;
}

static bool is_chosen(const struct power_ops *ops)
{
	return chosen && !strcmp(chosen, ops->word);
}

/* Behind the drivers. A way that is not there is said now, not when the run is over. */
static int power_check(struct boot_info *bi)
{
	struct power_ops *ops;

	(void)bi;
	power_for_each(ops)
		if (is_chosen(ops))
			return 0;
	if (chosen)
		pr_err("power=%s: this machine has no such way to power off or reset", chosen);
	return 0;
}
STAGE(power_check, "90", .when = STAGE_PROBE, .run = power_check);

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
	/* Not this machine's: another way is there. */
	if (!ret && a.ret == -EOPNOTSUPP)
		return;
	pr_warn("%s by %s failed: %s", what, ops->name, errno_name(ret ? ret : a.ret));
}

static void try_all(int status, bool off, bool first)
{
	struct power_ops *ops;

	power_for_each(ops)
		if (is_chosen(ops) == first)
			try(ops, off ? ops->off : ops->reset, status, off ? "power off" : "reset");
}

void power_off(int status)
{
	try_all(status, true, true);
	try_all(status, true, false);
}

void power_reset(int status)
{
	try_all(status, false, true);
	try_all(status, false, false);
}

void power_reset_warm(int status)
{
	struct power_ops *ops;

	power_for_each(ops)
		try(ops, ops->reset_warm, status, "warm reset");
	power_reset(status);
}
