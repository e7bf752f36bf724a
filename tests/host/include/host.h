/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For C tests on the build machine: parts of lib/ and drivers/ that touch no
 * hardware, built with the machine's own compiler, with what they call of
 * lib/core replaced by the functions of tests/host/support.c.
 *
 * How to add a test program:
 *
 *  1. tests/host/<area>/host.mk names it:
 *
 *	programs += of
 *	of-srcs := tests/host/of/of.c drivers/of/fdt.c
 *	of-libs := -lfdt
 *	of-cflags := -DCONFIG_DT=1
 *
 *     Paths are from the top of the tree. Sources outside of tests/host/ are
 *     compiled with lib/base's names prefixed (include/prefix.h). Every
 *     program is linked with lib/base, drivers/base/device.c, support.c and
 *     ctest.c. Headers are found in include/, arch/arm64/include/, here, and
 *     beside the source.
 *
 *  2. The test itself includes <host.h> first. memcpy(), strlen(), snprintf(), ...
 *     are then the C library's, base_memcpy(), base_strlen(), ... those of lib/base.
 *     Others (heap_alloc(), parse_u64(), log_printf(), ...) have no prefix.
 *     With <ctest.h> it says what it found:
 *
 *	static void reads_header(void)
 *	{
 *		EXPECT_EQ(fdt_check(blob, size), 0);
 *		EXPECT(host_log_has("totalsize"), "log: %s", host_log());
 *	}
 *
 *	int main(void)
 *	{
 *		CTEST(reads_header);
 *		return ctest_end();
 *	}
 *
 *  3. tests/host/test_<area>.py runs it:
 *
 *	import hosttest
 *
 *	def test_of():
 *		hosttest.run("of")
 *
 * By hand: make -f tests/host/Makefile O=/tmp/x of && /tmp/x/host/of
 *
 * CTEST() calls host_reset() before each case: empty log, empty device list,
 * what heap_alloc() gave is freed.
 */
#ifndef HOST_H
#define HOST_H

#include <prefix.h>
#include <base/compiler.h>
#include <base/crc32.h>
#include <base/errno.h>
#include <base/list.h>
#include <base/parse.h>
#include <base/printf.h>
#include <base/sort.h>
#include <base/stack_protector.h>
#include <base/string.h>
#include <base/types.h>
#include <base/util.h>
#include <prefix_off.h>
#include <core/boot.h>
#include <core/heap.h>
#include <core/log.h>

/** host_reset() - forget log, errors, heap, devices and boot_info */
void host_reset(void);

/**
 * host_log() - all that was logged since host_reset()
 *
 * A letter and "| " before each message: E, W, I or D.
 */
const char *host_log(void);

/** host_log_has() - whether @text is in the log */
bool host_log_has(const char *text);

/** host_log_count() - messages of that level since host_reset() */
unsigned int host_log_count(enum log_level level);

/** host_log_echo() - also print messages as they come; so does HOST_LOG=1 in the environment */
void host_log_echo(bool on);

/** host_heap_limit() - have heap_alloc() return NULL once @bytes more are handed out */
void host_heap_limit(size_t bytes);

/** host_boot_info() - what boot_info_get() gives; zeroed by host_reset() */
struct boot_info *host_boot_info(void);

/**
 * host_read_file() - a file as a block of malloc() that ends exactly with it
 *
 * So that reading behind it is seen. The test ends with a message when it
 * cannot be read.
 */
void *host_read_file(const char *path, size_t *size);

#endif
