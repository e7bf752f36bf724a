// SPDX-License-Identifier: BSD-2-Clause
/*
 * The end of the run by Arm semihosting: QEMU (with -semihosting) and debuggers
 * get the verdict as an exit status. Only on request: without anybody listening
 * the HLT is an undefined instruction, and with a debugger it stops a board.
 */
#include <base/errno.h>
#include <base/types.h>
#include <asm/exception.h>
#include <core/param.h>
#include <core/power.h>
#include <drivers/semihosting.h>

/* Asked for, so before everything else. */
#define SEMIHOSTING_RATING	1000

/* Arm "Semihosting for AArch32 and AArch64" 2020Q2: 6.8 and 7 */
#define SYS_EXIT_EXTENDED		0x20UL
#define ADP_STOPPED_APPLICATION_EXIT	0x20026UL

static void semihosting_call(void *block)
{
	register u64 x0 __asm__("x0") = SYS_EXIT_EXTENDED;
	register u64 x1 __asm__("x1") = (u64)block;

	__asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

int semihosting_exit(int status)
{
	u64 block[2] = { ADP_STOPPED_APPLICATION_EXIT, status ? 1 : 0 };
	int ret = arch_guarded_call(semihosting_call, block, NULL, NULL);

	return ret ? ret : -EIO;
}

static struct power_ops semihosting_power = {
	.name = "semihosting",
	.word = "semihosting",
	.rating = SEMIHOSTING_RATING,
	.off = semihosting_exit,
};

static int semihosting_set(const char *value)
{
	if (value)
		return -EINVAL;
	power_register(&semihosting_power);
	return 0;
}
PARAM(semihosting, .set = semihosting_set,
      .help = "end a power-off by semihosting SYS_EXIT_EXTENDED, status 0 or 1; without a value");
