// SPDX-License-Identifier: BSD-2-Clause
/*
 * The word fault=: a fault that is not understood in full is none, and says why. What faults
 * do is tried in the image: tests/defects/faults.toml.
 */
#include <host.h>
#include <ctest.h>
#include "fault_private.h"

static struct fault fault;
static const char *complaint, *at;

static int parse(const char *text)
{
	complaint = "";
	return fault_parse(text, &fault, &complaint, &at);
}

static void devices(void)
{
	EXPECT_EQ(parse("mmio:gicv2.1+0x100-0x17f:w:drop:in=irq.*,gic.*"), 0);
	EXPECT(fault.kind == FAULT_MMIO && fault.action == FAULT_DROP, "a write that is not made");
	EXPECT_EQ(fault.direction, FAULT_WRITE);
	EXPECT(!strcmp(fault.name, "gicv2") && !strcmp(fault.in, "irq.*,gic.*"), "names");
	EXPECT(!fault.any_range && fault.range == 1, "the second range");
	EXPECT_EQ(fault.from, 0x100);
	EXPECT_EQ(fault.to, 0x17f);
	EXPECT_EQ(fault.size, 0);

	EXPECT_EQ(parse("mmio:pl011@9000000:hold"), 0);
	EXPECT(fault.any_range && fault.from == 0 && fault.to == ~0ULL, "all of the device");
	EXPECT_EQ(fault.direction, FAULT_READ);

	EXPECT_EQ(parse("mmio:0x9000000+0x18:r:w:or=0x20"), 0);
	EXPECT(fault.base == 0x9000000 && fault.size && fault.to == 0x18, "by its address");
	EXPECT_EQ(fault.direction, FAULT_READ | FAULT_WRITE);

	EXPECT_EQ(parse("mmio:0xffffffffffffffff:set=0"), 0);
	EXPECT(!fault.name && fault.size, "the last address is one, too");
}

static void others(void)
{
	EXPECT_EQ(parse("sysreg:CNTFRQ_EL0:and=~0x1f:cpu=2"), 0);
	EXPECT(!strcmp(fault.name, "cntfrq_el0"), "in small letters: %s", fault.name);
	EXPECT(fault.value == ~0x1fULL && fault.one_cpu && fault.cpu == 2, "its fields");

	EXPECT_EQ(parse("smc:0xc4000003:ret=-2:after=1:count=3"), 0);
	EXPECT(fault.action == FAULT_RETURN && fault.value == -2ULL, "what is returned");
	EXPECT(fault.from == 0xc4000003 && fault.to == fault.from, "the function");
	EXPECT(fault.after == 1 && fault.count == 3, "when");
	EXPECT_EQ(parse("smc:0-0xffff:reg=17:xor=1"), 0);
	EXPECT_EQ(fault.reg, 17);

	EXPECT_EQ(parse("irq:30:drop"), 0);
	EXPECT_EQ(fault.action, FAULT_DROP);
	EXPECT_EQ(parse("alloc:pages:fail"), 0);
	EXPECT_EQ(fault.direction, FAULT_WRITE);
}

static const struct {
	const char *text;
	const char *says;
} refused[] = {
	{ "", "no kind" },
	{ "mmoi:gicv2:set=0", "no kind" },
	{ "mmio", "which device" },
	{ "mmio:+4:set=0", "which device" },
	{ "mmio:gicv2+zz:set=0", "an offset" },
	{ "mmio:gicv2+8-4:set=0", "an offset" },
	{ "mmio:gicv2+:set=0", "an offset" },
	{ "mmio:gicv2+4-:set=0", "an offset" },
	{ "mmio:gicv2+4:r=5:set=0", "takes no value" },
	{ "mmio:gicv2+4", "does nothing" },
	{ "mmio:gicv2+4:r:drop", "cannot be dropped" },
	{ "mmio:gicv2+4:ret=0", "nothing that such a fault" },
	{ "mmio:gicv2+4:reg=1:set=0", "nothing that such a fault" },
	{ "sysreg::set=0", "of what" },
	{ "sysreg:x:set", "needs a value" },
	{ "sysreg:x:set=", "is no number" },
	{ "sysreg:x:hold=1", "takes no value" },
	{ "sysreg:x:set=1:and=2", "one thing" },
	{ "sysreg:x:set=18446744073709551616", "is no number" },
	{ "sysreg:x:set=1:after=-1", "needs a number" },
	{ "sysreg:x:set=1:count", "needs a number" },
	{ "sysreg:x:set=1:in", "needs cases" },
	{ "smc:x:ret=0", "behind smc:" },
	{ "smc:1:reg=18:set=0", "x0 to x17" },
	{ "smc:1:r:ret=0", "not made" },
	{ "smc:1:reg=3:ret=0", "not made" },
	{ "irq:5-1:drop", "behind irq:" },
	{ "irq:5:w:drop", "no direction" },
	{ "alloc:heap:set=1", "nothing that such a fault" },
};

static void mistakes(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
		EXPECT_EQ(parse(refused[i].text), -EINVAL);
		EXPECT(complaint && strstr(complaint, refused[i].says), "%s: %s",
		       refused[i].text, complaint ?: "taken");
	}
}

int main(void)
{
	CTEST(devices);
	CTEST(others);
	CTEST(mistakes);
	return ctest_end();
}
