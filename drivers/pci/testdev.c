// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <asm/io.h>
#include <drivers/pci_testdev.h>

#define REG_TEST	0x00	/* 8 bits; write only */
#define REG_WIDTH	0x01	/* 8 bits */
#define REG_OFFSET	0x04
#define REG_DATA	0x08
#define REG_COUNT	0x0c
#define REG_NAME	0x10	/* a string */

static struct pci_function *testdev;
static void __iomem *regs[TESTDEV_BARS];

struct pci_function *testdev_get(void)
{
	return testdev;
}

int testdev_map(unsigned int bar)
{
	if (!testdev || bar >= TESTDEV_BARS || !testdev->bar[bar].reachable)
		return -ENODEV;
	if (!regs[bar])
		regs[bar] = pci_map_bar(testdev, bar);
	return regs[bar] ? 0 : -ENODEV;
}

static bool width_is_valid(u8 width)
{
	return width == 1 || width == 2 || width == 4;
}

int testdev_start(unsigned int bar, u8 number, struct testdev_test *test)
{
	void __iomem *base = regs[bar];
	unsigned int i;

	writeb(number, base + REG_TEST);
	test->width = readb(base + REG_WIDTH);
	test->offset = readl(base + REG_OFFSET);
	test->data = readl(base + REG_DATA);
	for (i = 0; i < sizeof(test->name) - 1; i++) {
		test->name[i] = (char)readb(base + REG_NAME + i);
		if (!test->name[i])
			break;
	}
	test->name[i] = '\0';
	return width_is_valid(test->width) && test->offset < testdev->bar[bar].size ? 0 : -ENOENT;
}

void testdev_write(unsigned int bar, const struct testdev_test *test)
{
	void __iomem *at = regs[bar] + test->offset;

	if (test->width == 1)
		writeb((u8)test->data, at);
	else if (test->width == 2)
		writew((u16)test->data, at);
	else
		writel(test->data, at);
}

u32 testdev_count(unsigned int bar)
{
	return readl(regs[bar] + REG_COUNT);
}

static int testdev_probe(struct pci_function *fn)
{
	if (testdev)
		return -ENODEV;
	testdev = fn;
	return 0;
}

static const struct pci_match testdev_match[] = {
	{ .vendor = 0x1b36, .device = 0x0005 },
	{}
};

PCI_DRIVER(testdev, .match = testdev_match, .probe = testdev_probe);
