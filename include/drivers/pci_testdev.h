/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's "pci-testdev" (docs/specs/pci-testdev): a function whose BARs 0 and 1 tell
 * which accesses to make, and count them. BAR 0 is memory, BAR 1 I/O ports: the one function
 * there is that answers in both.
 */
#ifndef DRIVERS_PCI_TESTDEV_H
#define DRIVERS_PCI_TESTDEV_H

#include <drivers/pci.h>

#define TESTDEV_BARS	2U

/** struct testdev_test - one of the tests of a BAR, as the function describes it */
struct testdev_test {
	u8 width;		/* bytes an access: 1, 2 or 4 */
	u32 offset;		/* where, in the same BAR */
	u32 data;		/* what is to be written */
	char name[32];
};

/** testdev_get() - the first one of the machine, NULL without; pci_enumerate() finds it */
struct pci_function *testdev_get(void);

/**
 * testdev_map() - have a BAR
 * @bar: below TESTDEV_BARS
 *
 * Return: 0; -ENODEV where it cannot be reached.
 */
int testdev_map(unsigned int bar);

/**
 * testdev_start() - begin a test of a BAR, its count 0
 * @bar: one that was mapped
 * @number: from 0 on
 * @test: filled
 *
 * Return: 0; -ENOENT when it has none of that number.
 */
int testdev_start(unsigned int bar, u8 number, struct testdev_test *test);

/** testdev_write() - make one of the accesses that @test asks for */
void testdev_write(unsigned int bar, const struct testdev_test *test);

/** testdev_count() - how many it has seen; 0 of those that go to an event of its host */
u32 testdev_count(unsigned int bar);

#endif
