// SPDX-License-Identifier: BSD-2-Clause
/*
 * Arm semihosting: QEMU (with -semihosting) and debuggers get the verdict as an
 * exit status, and show the run where that is asked for, too. Only on request:
 * without anybody listening the HLT is an undefined instruction, and with a
 * debugger it stops a board.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/types.h>
#include <base/util.h>
#include <asm/exception.h>
#include <core/console.h>
#include <core/log.h>
#include <core/param.h>
#include <core/power.h>
#include <core/stage.h>
#include <drivers/semihosting.h>

/* Asked for, so before everything else. */
#define SEMIHOSTING_RATING	1000

/* Arm "Semihosting for AArch32 and AArch64" 2020Q2: 6.8 and 7 */
#define SYS_WRITE0			0x04UL
#define SYS_EXIT_EXTENDED		0x20UL
#define ADP_STOPPED_APPLICATION_EXIT	0x20026UL

struct semihosting_call {
	u64 operation;
	const void *argument;
};

static void semihosting_call(void *arg)
{
	const struct semihosting_call *call = arg;
	register u64 x0 __asm__("x0") = call->operation;
	register u64 x1 __asm__("x1") = (u64)call->argument;

	__asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

int semihosting_exit(int status)
{
	u64 block[2] = { ADP_STOPPED_APPLICATION_EXIT, status ? 1 : 0 };
	struct semihosting_call call = { SYS_EXIT_EXTENDED, block };
	int ret = arch_guarded_call(semihosting_call, &call, NULL, NULL);

	return ret ? ret : -EIO;
}

static struct power_ops semihosting_power = {
	.name = "semihosting",
	.word = "semihosting",
	.rating = SEMIHOSTING_RATING,
	.off = semihosting_exit,
};

static bool console_wanted;

/* Nobody listening is found out once; other consoles go on. */
static int semihosting_write(struct console *con __unused, const char *s, size_t n)
{
	static bool deaf;
	char text[128];

	while (n && !deaf) {
		size_t part = MIN(n, sizeof(text) - 1);
		struct semihosting_call call = { SYS_WRITE0, text };

		memcpy(text, s, part);
		text[part] = '\0';
		deaf = arch_guarded_call(semihosting_call, &call, NULL, NULL);
		s += part;
		n -= part;
	}
	return deaf ? -EFAULT : 0;
}

static int semihosting_set(const char *value)
{
	if (value && strcmp(value, "console"))
		return -EINVAL;
	console_wanted = value;
	power_register(&semihosting_power);
	return 0;
}
PARAM(semihosting, .set = semihosting_set,
      .help = "end a power-off by semihosting SYS_EXIT_EXTENDED, status 0 or 1; without a value, or "
	      "=console to show the run there as well");

/* Behind console_plan: it is the only one where no table describes another. */
static int semihosting_plan(struct boot_info *bi __unused)
{
	if (console_wanted && !console_planned())
		console_plan("semihosting");
	return 0;
}
STAGE(semihosting_plan, "96", .when = STAGE_DISCOVER, .run = semihosting_plan);

static int semihosting_probe(struct boot_info *bi __unused)
{
	static struct console console = { .name = "semihosting", .write = semihosting_write };

	if (console_wanted)
		console_register(&console);
	return 0;
}
STAGE(semihosting, "05", .when = STAGE_PROBE, .run = semihosting_probe);
