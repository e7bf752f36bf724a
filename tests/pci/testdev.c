// SPDX-License-Identifier: BSD-2-Clause
/*
 * Accesses that a function counts, in memory and through I/O ports, in the widths
 * that it asks for: each must arrive, once, as wide as it was made.
 */
#include <drivers/pci_testdev.h>
#include "pci.h"

#define WRITES		16U
#define TESTS_MAX	16U	/* more than it has */

static struct pci_function *needed(unsigned int bar)
{
	struct pci_function *fn = testdev_get();

	if (!fn)
		SKIP("there is no pci-testdev function (QEMU's -device pci-testdev)");
	if (fn->host->aml && fn->bar[bar].io)
		SKIP("where I/O ports are is known to AML alone (_CRS), which is not read");
	if (!fn->bar[bar].set && fn->bar[bar].io && !fn->host->assigned)
		SKIP("the firmware has given it no I/O ports");
	REQUIRE_EQ(testdev_map(bar), 0, "%s BAR %u", function_name(fn), bar);
	return fn;
}

/* What goes to an event of the host is counted there, and may read as none. */
static void check_test(const struct pci_function *fn, unsigned int bar, u8 number,
		       const struct testdev_test *test)
{
	u32 count;

	CHECK_EQ(testdev_count(bar), 0U, "%s BAR %u test %u (%s): writes at first",
		 function_name(fn), bar, number, test->name);
	for (unsigned int i = 0; i < WRITES; i++)
		testdev_write(bar, test);
	count = testdev_count(bar);
	if (!number || count)
		CHECK_EQ(count, WRITES, "%s BAR %u test %u (%s): writes of %u bytes at 0x%x",
			 function_name(fn), bar, number, test->name, test->width, test->offset);
}

static void check_bar(unsigned int bar)
{
	const struct pci_function *fn = needed(bar);
	struct testdev_test test;
	u8 number;

	for (number = 0; number < TESTS_MAX; number++) {
		if (testdev_start(bar, number, &test))
			break;
		check_test(fn, bar, number, &test);
	}
	CHECK_GT(number, (u8)0, "%s BAR %u: tests", function_name(fn), bar);
	CHECK_LT(number, (u8)TESTS_MAX, "%s BAR %u: tests", function_name(fn), bar);
}

void memory_writes_arrive(void)
{
	check_bar(0);
}

void port_writes_arrive(void)
{
	check_bar(1);
}
