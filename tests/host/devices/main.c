// SPDX-License-Identifier: BSD-2-Clause
/* drivers/base on the build machine, with drivers that only note that they were called. */
#include <ctest.h>
#include <asm/exception.h>
#include <core/console.h>
#include <core/param.h>
#include <core/stage.h>
#include <drivers/device.h>
#include <drivers/discovery.h>

#define LIST(strings)	.compatible = strings, .compatible_len = sizeof(strings)

static const struct resource uart_mem = { .kind = RES_MEM, .base = 0x9000000, .size = 0x1000 };
#define UART	LIST("x,uart"), .resources = &uart_mem, .nr_resources = 1

static char calls[256];		/* "driver:device " each */
static const char *planned_name;
static int old_result, new_result, uart_result;

void console_plan(const char *name)
{
	planned_name = name;
}

/* The image's guarded call, without exceptions but where a device's name asks for one. */
static bool faults;

int arch_guarded_call(void (*fn)(void *arg), void *arg, struct exception_info *info __unused,
		      struct pt_regs *regs __unused)
{
	faults = false;
	fn(arg);
	return faults ? -EFAULT : 0;
}

void exception_describe(char *buf, size_t size, const struct exception_info *info __unused)
{
	snprintf(buf, size, "an exception");
}

static unsigned int dropped;

void console_drop_broken(void)
{
	dropped++;
}

static int note(const char *driver, const struct device *dev, int result)
{
	size_t len = strlen(calls);

	snprintf(calls + len, sizeof(calls) - len, "%s:%s ", driver, dev->name);
	return result;
}

static int probe_new(struct device *dev, const struct device_match *match)
{
	return note(match->data ? "new+" : "new", dev, new_result);
}

static int probe_old(struct device *dev, const struct device_match *match __unused)
{
	return note("old", dev, old_result);
}

static int probe_uart(struct device *dev, const struct device_match *match __unused)
{
	faults = strchr(dev->name, '?');
	return note("uart", dev, strchr(dev->name, '!') ? -EIO : uart_result);
}

static int probe_clock(struct device *dev, const struct device_match *match __unused)
{
	return note("clock", dev, 0);
}

/* In the table "aold" comes first: only the compatible list may decide. */
static const struct device_match old_match[] = { { .compatible = "x,old" }, {} };
DRIVER(aold, .class = DRIVER_OTHER, .match = old_match, .probe = probe_old);
static const struct device_match new_match[] = {
	{ .compatible = "x,new" }, { .compatible = "x,newer", .acpi = ACPI_GTDT(1), .data = 1 }, {}
};
DRIVER(bnew, .class = DRIVER_OTHER, .match = new_match, .probe = probe_new);
static const struct device_match uart_match[] = { { .compatible = "x,uart" }, {} };
DRIVER(uart, .class = DRIVER_CONSOLE, .match = uart_match, .probe = probe_uart);
static const struct device_match clock_match[] = { { .compatible = "x,clock" }, {} };
DRIVER(zclock, .class = DRIVER_CLOCK, .match = clock_match, .probe = probe_clock);

static void run_stages(enum stage_when when)
{
	extern const struct stage *const __table_stage_start[], *const __table_stage_end[];
	const struct stage *const *pp;

	table_for_each(pp, stage) {
		if ((*pp)->when == when)
			(*pp)->run(host_boot_info());
	}
}

static int set_param(const char *name, const char *value)
{
	const struct param *const *pp;

	table_for_each(pp, param) {
		if (!strcmp((*pp)->name, name))
			return (*pp)->set(value);
	}
	return -ENOENT;
}

static void discover_and_probe(void)
{
	static const int tree;

	calls[0] = '\0';
	planned_name = NULL;
	host_boot_info()->fdt = &tree;
	discovery_offer_dt(DISCOVERY_DT_WHOLE);
	run_stages(STAGE_DISCOVER);
	run_stages(STAGE_PROBE);
}

static void the_compatible_list_decides(void)
{
	static struct device both = { .name = "both", LIST("x,new\0x,old") };
	static struct device reversed = { .name = "reversed", LIST("x,old\0x,new") };
	static struct device newer = { .name = "newer", LIST("x,unknown\0x,newer") };
	static struct device unknown = { .name = "unknown", LIST("x,unknow\0x,ne") };
	static struct device open = { .name = "open", .compatible = "x,new", .compatible_len = 5 };
	static struct device acpi = { .name = "acpi", .acpi_id = ACPI_GTDT(1) };

	device_add(&both);
	device_add(&reversed);
	device_add(&newer);
	device_add(&unknown);
	device_add(&open);
	device_add(&acpi);
	discover_and_probe();
	EXPECT_STREQ(calls, "new:both old:reversed new+:newer new+:acpi ");
	EXPECT(both.probed && !unknown.driver && !open.driver);
}

static void a_driver_that_declines_passes_on(void)
{
	static struct device both = { .name = "both", LIST("x,new\0x,old") };

	device_add(&both);
	new_result = -ENODEV;
	discover_and_probe();
	EXPECT_STREQ(calls, "new:both old:both ");
	EXPECT_EQ(error_count(), 0U);
	both.probed = false;
	new_result = -EIO;
	discover_and_probe();
	EXPECT_STREQ(calls, "new:both ");
	EXPECT(host_log_has("driver bnew failed: EIO"), "%s", host_log());
	new_result = 0;
}

static void classes_go_before_devices(void)
{
	static struct device other = { .name = "other", LIST("x,old") };
	static struct device uart = { .name = "uart", UART };
	static struct device clock = { .name = "clock", LIST("x,clock") };
	static struct device off = { .name = "off", LIST("x,old"), .flags = DEVICE_DISABLED };

	device_add(&other);
	device_add(&off);
	device_add(&uart);
	device_add(&clock);
	discover_and_probe();
	EXPECT_STREQ(calls, "clock:clock uart:uart old:other ");
	EXPECT_STREQ(planned_name, "uart");
}

static void the_console_is_the_firmware_s_choice(void)
{
	static struct device first = { .name = "first", UART };
	static struct device second = { .name = "second", UART, .flags = DEVICE_STDOUT };
	static struct device strange = { .name = "strange", LIST("x,?"), .flags = DEVICE_STDOUT };

	device_add(&first);
	device_add(&second);
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:second ");
	EXPECT(device_console() == &second);

	second.flags = DEVICE_STDOUT | DEVICE_DISABLED;
	second.probed = false;
	device_add(&strange);
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:first ");
	EXPECT(host_log_has("W| console second (") && host_log_has("its node is disabled"));
	EXPECT(host_log_has("W| console strange ("), "%s", host_log());
}

static void the_next_console_stands_in(void)
{
	static struct device broken = { .name = "broken!", UART, .flags = DEVICE_STDOUT };
	static struct device good = { .name = "good", UART };

	device_add(&broken);
	device_add(&good);
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:broken! uart:good ");
	EXPECT(device_console() == &good);
}

static void a_console_that_faults_is_dropped(void)
{
	static struct device absent = { .name = "absent?", UART, .flags = DEVICE_STDOUT };
	static struct device good = { .name = "good", UART };

	device_add(&absent);
	device_add(&good);
	dropped = 0;
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:absent? uart:good ");
	EXPECT(device_console() == &good && !absent.probed);
	EXPECT_EQ(dropped, 1U);
	EXPECT(host_log_has("an exception"), "%s", host_log());
}

static void a_console_without_an_address_is_none(void)
{
	static const struct resource nowhere = { .kind = RES_MEM, .base = 0, .size = 0x1000 };
	static const struct resource beyond = { .kind = RES_MEM, .base = 1ULL << 48, .size = 0x1000 };
	static struct device zero = {
		.name = "zero", LIST("x,uart"), .resources = &nowhere, .nr_resources = 1,
		.flags = DEVICE_STDOUT,
	};
	static struct device high = {
		.name = "high", LIST("x,uart"), .resources = &beyond, .nr_resources = 1,
	};

	device_add(&zero);
	device_add(&high);
	discover_and_probe();
	EXPECT(!planned_name, "%s", planned_name);
	EXPECT(host_log_has("no device can be at its address"), "%s", host_log());
}

static void more_consoles_on_request(void)
{
	static const struct resource other_mem = { .kind = RES_MEM, .base = 0x9100000, .size = 0x1000 };
	static struct device first = { .name = "uart@1", UART, .flags = DEVICE_STDOUT };
	static struct device twice = { .name = "uart@1", UART };
	static struct device other = {
		.name = "uart@2", LIST("x,uart"), .resources = &other_mem, .nr_resources = 1,
	};
	static struct device off = {
		.name = "uart@3", LIST("x,uart"), .resources = &other_mem, .nr_resources = 1,
		.flags = DEVICE_DISABLED,
	};

	device_add(&other);
	device_add(&first);
	device_add(&twice);
	device_add(&off);
	EXPECT_EQ(set_param("consoles", "all"), 0);
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:uart@1 uart:uart@2 ");
	EXPECT(console_wanted("anything"));

	first.probed = other.probed = false;
	EXPECT_EQ(set_param("consoles", "firmware"), 0);
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:uart@1 ");
	EXPECT(!console_wanted("uart@2"));

	first.probed = false;
	EXPECT_EQ(set_param("consoles", "pci-serial@*,uart@9"), 0);
	discover_and_probe();
	EXPECT_STREQ(calls, "uart:uart@1 ");
	EXPECT_EQ(error_count(), 0U);
	EXPECT(console_wanted("pci-serial@") && !console_wanted("serial@"));
	EXPECT_EQ(set_param("consoles", "uart@9,pc*"), 0);
	EXPECT(console_wanted("pci-serial@") && !console_wanted("serial@"));

	first.probed = false;
	EXPECT_EQ(set_param("consoles", "uart@9"), 0);
	discover_and_probe();
	EXPECT(host_log_has("E| consoles=uart@9"), "%s", host_log());
	EXPECT_EQ(set_param("consoles", NULL), -EINVAL);
	EXPECT_EQ(set_param("consoles", "firmware"), 0);
}

static void no_console_is_said(void)
{
	discover_and_probe();
	EXPECT(!device_console() && !planned_name);
	EXPECT(host_log_has("W| no console is described"), "%s", host_log());
}

static int table_u64(const struct device *dev __unused, const char *name, u64 *value)
{
	*value = 48000000;
	return strcmp(name, "clock-frequency") ? -ENOENT : 0;
}

static void earlycon_makes_a_console(void)
{
	static const struct device_source_ops ops = { .get_u64 = table_u64 };
	static const struct resource res[] = {
		{ .kind = RES_MEM, .base = 0x9000000, .size = 0x1000 },
		{ .kind = RES_IRQ, .base = 33, .size = 1 },
	};
	static struct device stdout_dev = { .name = "stdout", LIST("x,uart"),
		.flags = DEVICE_STDOUT, .resources = res, .nr_resources = 2, .ops = &ops };
	const struct device *con;
	u64 value;

	device_add(&stdout_dev);
	EXPECT_EQ(set_param("earlycon", "uart,mmio32,0x9000000,115200n8"), 0);
	discover_and_probe();
	con = device_console();
	EXPECT_STREQ(calls, "uart:uart@9000000 ");
	EXPECT(con && con->source == SOURCE_CMDLINE && device_mem(con, 0)->base == 0x9000000);
	EXPECT(!device_get_u64(con, "current-speed", &value) && value == 115200);
	EXPECT(!device_get_u64(con, "reg-io-width", &value) && value == 4);
	EXPECT(!device_get_u64(con, "reg-shift", &value) && value == 2);
	EXPECT(device_irq(con, 0) && device_irq(con, 0)->base == 33);
	/* What earlycon= does not say, the table's device at that address does. */
	EXPECT(!device_get_u64(con, "clock-frequency", &value) && value == 48000000);
	EXPECT_EQ(set_param("earlycon", NULL), 0);
}

static void earlycon_refuses_nonsense(void)
{
	static const char *const wrong[] = {
		"", "uart", "uart,", "uart,0", "uart,zero", "nobody,0x1000", "bnew,0x1000",
		"uart,0x1000,fast", "uart,0x1000,115200x", "uart,0x1000,9600,1,2",
		"uart,0x1000,99999999999999999999", "uart,mmio64,0x1000", "uart8250,0x1000",
	};

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		EXPECT(set_param("earlycon", wrong[i]) < 0, "earlycon=%s", wrong[i]);
		EXPECT(host_log_count(LOG_ERROR) == i + 1, "earlycon=%s", wrong[i]);
	}
}

/* The tree, the RSDP, acpi=, and what comes of it. */
static void expect_source(enum discovery_dt dt, u64 rsdp, const char *word, const char *name,
			  unsigned int errors)
{
	static const int tree;

	host_reset();
	EXPECT_EQ(set_param("acpi", word), 0);
	host_boot_info()->fdt = dt == DISCOVERY_DT_NONE ? NULL : &tree;
	host_boot_info()->rsdp = rsdp;
	discovery_offer_dt(dt);
	run_stages(STAGE_DISCOVER);
	EXPECT(!strcmp(discovery_source_name(), name), "tree %d, RSDP 0x%llx, acpi=%s: %s (%s)", dt,
	       rsdp, word, discovery_source_name(), discovery_reason());
	EXPECT(error_count() == errors, "tree %d, RSDP 0x%llx, acpi=%s: %s", dt, rsdp, word,
	       host_log());
}

static void one_source_is_chosen(void)
{
	EXPECT_EQ(set_param("acpi", "maybe"), -EINVAL);
	EXPECT_EQ(set_param("acpi", NULL), -EINVAL);
	expect_source(DISCOVERY_DT_WHOLE, 0, "on", "device tree", 0);
	expect_source(DISCOVERY_DT_WHOLE, 4096, "on", "ACPI", 0);
	expect_source(DISCOVERY_DT_WHOLE, 4096, "off", "device tree", 0);
	expect_source(DISCOVERY_DT_WHOLE, 4096, "force", "ACPI", 0);
	expect_source(DISCOVERY_DT_WHOLE, 0, "force", "device tree", 1);
	expect_source(DISCOVERY_DT_BARE, 4096, "on", "ACPI", 0);
	expect_source(DISCOVERY_DT_BARE, 4096, "off", "device tree", 0);
	expect_source(DISCOVERY_DT_NONE, 4096, "on", "ACPI", 0);
	expect_source(DISCOVERY_DT_NONE, 4096, "off", "none", 1);
	expect_source(DISCOVERY_DT_NONE, 0, "on", "none", 1);
}

int main(void)
{
	/* earlycon= stays for the rest of the program, so that comes last. */
	CTEST(the_compatible_list_decides);
	CTEST(a_driver_that_declines_passes_on);
	CTEST(classes_go_before_devices);
	CTEST(the_console_is_the_firmware_s_choice);
	CTEST(the_next_console_stands_in);
	CTEST(a_console_that_faults_is_dropped);
	CTEST(a_console_without_an_address_is_none);
	CTEST(more_consoles_on_request);
	CTEST(no_console_is_said);
	CTEST(one_source_is_chosen);
	CTEST(earlycon_refuses_nonsense);
	CTEST(earlycon_makes_a_console);
	return ctest_end();
}
