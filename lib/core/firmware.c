// SPDX-License-Identifier: BSD-2-Clause
/* From the firmware's boot services to a machine of our own, or back to the firmware. */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/console.h>
#include <core/log.h>
#include <core/stage.h>
#include "core.h"

static int firmware_console_write(struct console *con, const char *s, size_t n)
{
	char text[128];

	(void)con;
	while (n && boot_info_get()->services) {
		size_t part = MIN(n, sizeof(text) - 1);

		memcpy(text, s, part);
		text[part] = '\0';
		boot_info_get()->services->puts(text);
		s += part;
		n -= part;
	}
	return 0;
}

void firmware_console_use(void)
{
	static struct console console = {
		.name = "firmware's console", .write = firmware_console_write,
	};

	console_register(&console);
}

static void __noreturn end_without_console(struct boot_info *bi)
{
	firmware_console_use();
	pr_err("no console is described that this image has a driver for: no stdout-path, no SPCR, no UART");
	pr_err("give earlycon=DRIVER,ADDRESS, or dtb=PATH of a tree that has one");
	console_printf("Bail out! no console\n0 passed, 1 failed\n");
	bi->services->exit(1);
}

/* finish=return: what can be done while the machine is still the firmware's. */
static void __noreturn run_and_return(struct boot_info *bi)
{
	unsigned int failures;

	firmware_console_use();
	failures = stages_run(STAGE_RUN, bi);
	bi->services->exit(failures ? 1 : 0);
}

void firmware_leave(struct boot_info *bi)
{
	unsigned int told;
	int ret;

	if (!bi->services)
		return;
	if (finish_returns())
		run_and_return(bi);
	told = stages_run(STAGE_SERVICES, bi);
	if (!console_planned() && !told)
		end_without_console(bi);
	if (!console_planned())
		bi->services->puts("assay: no console is described that this image has a driver for: going on\n"
				   "without; start it again to have the results written beside it, or give\n"
				   "earlycon=DRIVER,ADDRESS\n");
	stages_run(STAGE_LEAVE, bi);
	ret = bi->services->leave(bi);
	if (!ret)
		return;
	firmware_console_use();
	console_printf("assay: ExitBootServices() failed: %s\n"
		       "Bail out! boot services cannot be left\n0 passed, 1 failed\n", errno_name(ret));
	bi->services->exit(1);
}
