// SPDX-License-Identifier: BSD-2-Clause
/* The end of the run. */
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/string.h>
#include <base/util.h>
#include <core/console.h>
#include <core/log.h>
#include <core/param.h>
#include <core/power.h>
#include <core/time.h>
#include "core.h"

enum finish_way {
	FINISH_POWEROFF,
	FINISH_RESET,
	FINISH_HALT,
	FINISH_RETURN,
	FINISH_MENU,
};

static enum finish_way way =
	IS_ENABLED(CONFIG_FINISH_RESET) ? FINISH_RESET :
	IS_ENABLED(CONFIG_FINISH_HALT) ? FINISH_HALT :
	IS_ENABLED(CONFIG_FINISH_RETURN) ? FINISH_RETURN :
	IS_ENABLED(CONFIG_FINISH_MENU) ? FINISH_MENU : FINISH_POWEROFF;

/* The word finish= was given. */
static bool said;

/* Whoever asked for the menu may have gone home. */
#define MENU_TIMEOUT_US	(600 * 1000000ULL)

static int finish_set(const char *value)
{
	static const char *const names[] = {
		[FINISH_POWEROFF] = "poweroff", [FINISH_RESET] = "reset",
		[FINISH_HALT] = "halt", [FINISH_RETURN] = "return",
		[FINISH_MENU] = "menu",
	};
	unsigned int i;

	for (i = 0; value && i < ARRAY_SIZE(names); i++) {
		if (!strcmp(value, names[i])) {
			way = i;
			said = true;
			return 0;
		}
	}
	return -EINVAL;
}
PARAM(finish, .help = "poweroff, reset, halt, menu, or return (only while UEFI's boot services live)",
      .set = finish_set);

void halt(void)
{
	for (;;)
		__asm__ volatile("wfi");
}

static bool is_choice(int key)
{
	return key > 0 && strchr("rpbh", key);
}

bool finish_menu(void)
{
	int key = -EAGAIN;

	if (way != FINISH_MENU)
		return false;
	console_printf("menu: r run again, p power off, b reset, h halt (p after 10 minutes)\n");
	/* One bound for all keys: an open line makes noise for ever. */
	if (wait_until(is_choice(key = console_read()), MENU_TIMEOUT_US))
		key = 'p';
	if (key == 'r')
		return true;
	way = key == 'b' ? FINISH_RESET : key == 'h' ? FINISH_HALT : FINISH_POWEROFF;
	return false;
}

bool finish_returns(void)
{
	return way == FINISH_RETURN;
}

void finish(unsigned int failures)
{
	int status = failures ? 1 : 0;

	if (way == FINISH_RETURN)
		pr_warn("finish=return: there are no boot services to return to; powering off");
	/* Switched off, it would show nobody how the run ended. */
	if (way == FINISH_POWEROFF && !said && console_vanishes())
		way = FINISH_HALT;
	if (way == FINISH_RESET)
		power_reset(status);
	else if (way != FINISH_HALT)
		power_off(status);
	pr_info("halted: switch the machine off or reset it by hand");
	halt();
}
