// SPDX-License-Identifier: BSD-2-Clause
/* drivers/of on the build machine: of DIR, where the trees are DIR/NAME.dtb. */
#include "trees.h"
#include <libfdt.h>
#include <drivers/device.h>
#include <drivers/discovery.h>

const char *tree_directory;

static void put_be32(u8 *fdt, size_t at, u32 value)
{
	fdt[at] = value >> 24;
	fdt[at + 1] = value >> 16;
	fdt[at + 2] = value >> 8;
	fdt[at + 3] = value;
}

/* The tree with one word of its header changed is refused, and says which. */
static void expect_refused(size_t at, u32 value, const char *words)
{
	char why[192] = "";
	size_t size;
	u8 *fdt = tree_read("machine", &size);

	put_be32(fdt, at, value);
	EXPECT(of_load(fdt, size, why, sizeof(why)) == -EBADMSG, "offset 0x%zx", at);
	EXPECT(strstr(why, words), "offset 0x%zx: \"%s\", expected \"%s\"", at, why, words);
	EXPECT(!of_present());
	free(fdt);
}

static void header_fields_are_checked(void)
{
	expect_refused(0, 0xd00dfeec, "offset 0x0: magic 0xd00dfeec");
	expect_refused(4, 39, "offset 0x4: totalsize 0x27 is less");
	expect_refused(4, 0x200004, "above 2 MiB");
	expect_refused(4, 0x100000, "bytes are there");
	expect_refused(8, 0x3a, "offset 0x8: off_dt_struct 0x3a is no multiple of 4");
	expect_refused(8, 0xfffffffc, "off_dt_struct 0xfffffffc + ");
	expect_refused(8, 0x10, "inside the header");
	expect_refused(12, 0xffffff00, "offset 0xc: off_dt_strings");
	expect_refused(16, 0x2c, "offset 0x10: off_mem_rsvmap 0x2c is no multiple of 8");
	expect_refused(20, 15, "offset 0x14: version 15");
	expect_refused(24, 18, "offset 0x18: last_comp_version 18");
	expect_refused(32, 0xffffffff, "off_dt_strings");
	expect_refused(36, 0xfffffffc, "off_dt_struct");
	expect_refused(36, 6, "offset 0x24: size_dt_struct 0x6");
}

/* Its header ends before size_dt_struct, and no size need be a multiple of 4. */
static void version_16_is_read(void)
{
	char why[192] = "";
	size_t size;
	u8 *fdt = tree_read("machine", &size), *longer = malloc(size + 1);

	memcpy(longer, fdt, size);
	put_be32(longer, 4, size + 1);
	put_be32(longer, 20, 16);
	put_be32(longer, 36, 0xffffffff);
	EXPECT_EQ(of_load(longer, size + 1, why, sizeof(why)), 0);
	EXPECT_STREQ(why, "");
	EXPECT_EQ(of_header()->version, 16U);
	EXPECT(of_find_path("/soc/serial") > 0);
	free(longer);
	free(fdt);
}

static void reservations_must_end(void)
{
	char why[192];
	size_t size;
	u8 *fdt = tree_read("machine", &size);

	put_be32(fdt, 16, (size - 32) & ~7U);
	memset(fdt + ((size - 32) & ~7U), 0xff, 32);
	EXPECT_EQ(of_load(fdt, size, why, sizeof(why)), -EBADMSG);
	EXPECT(strstr(why, "has no end"), "%s", why);
	free(fdt);
}

static void unaligned_trees_are_refused(void)
{
	char why[192] = "";
	size_t size, shift;
	u8 *fdt = tree_read("machine", &size), *moved = malloc(size + 8);

	for (shift = 1; shift < 8; shift++) {
		memcpy(moved + shift, fdt, size);
		EXPECT_EQ(of_load(moved + shift, size, why, sizeof(why)), -EINVAL);
		EXPECT(strstr(why, "no multiple of 8"), "%s", why);
	}
	free(moved);
	free(fdt);
}

static void atags_are_recognised(void)
{
	static const u32 atags[16] = { 5, 0x54410001, 1, 4096, 0, 0, 0 };
	static const u32 empty[16] = { 2, 0x54410001 };
	char why[192] = "";

	EXPECT_EQ(of_load(atags, sizeof(atags), why, sizeof(why)), -EBADMSG);
	EXPECT(strstr(why, "x0 holds ATAGs, not a device tree"), "%s", why);
	EXPECT_EQ(of_load(empty, sizeof(empty), why, sizeof(why)), -EBADMSG);
	EXPECT(strstr(why, "ATAGs"), "%s", why);
}

static void bad_trees_are_dropped_with_a_message(void)
{
	struct boot_info *bi = host_boot_info();
	static const u64 nothing[8];

	bi->fdt = nothing;
	bi->fdt_limit = sizeof(nothing);
	bi->fdt_origin = "x0";
	tree_discover();
	EXPECT(!bi->fdt);
	EXPECT(host_log_has("E| device tree (x0) is not used: header offset 0x0: magic 0x00000000"),
	       "%s", host_log());
	EXPECT(!discovery_uses(SOURCE_DT));
}

static void nodes_are_found(void)
{
	int uart, flash;

	tree_load("machine");
	uart = of_find_path("/soc/serial@1000");
	EXPECT(uart > 0);
	EXPECT_EQ(of_find_path("/soc/serial"), uart);
	EXPECT_EQ(of_find_path("serial0"), uart);
	EXPECT_EQ(of_find_path("bus/serial@1000"), uart);
	EXPECT_EQ(of_find_path("/"), OF_ROOT);
	EXPECT_EQ(of_find_path("/soc/serial@2000"), -ENOENT);
	EXPECT_EQ(of_find_path("/soc/seria"), -ENOENT);
	EXPECT_EQ(of_find_path("chained"), -ENOENT);
	EXPECT_EQ(of_find_path("serial1"), -ENOENT);
	EXPECT_STREQ(of_path(uart), "/soc/serial@1000");
	EXPECT_STREQ(of_path(OF_ROOT), "/");
	flash = of_find_compatible(-1, "example,flash");
	EXPECT_STREQ(of_path(flash), "/soc/local@10000/flash@2,100");
	EXPECT_EQ(of_find_compatible(flash, "example,flash"), -ENOENT);
	EXPECT_EQ(of_parent(of_parent(of_parent(flash))), OF_ROOT);
	EXPECT_EQ(of_by_phandle(of_phandle(uart)), of_phandle(uart) ? uart : -ENOENT);
	EXPECT(of_compatible(uart, "arm,primecell"));
	EXPECT(!of_compatible(uart, "arm,prime"));
	EXPECT_STREQ(of_string(uart, "clock-names", 1), "apb_pclk");
	EXPECT(!of_string(uart, "clock-names", 2));
	EXPECT(of_available(uart));
	EXPECT(!of_available(of_find_path("/soc/same/rtc")));
	EXPECT(of_enabled(of_find_path("/soc/same/rtc")));
}

static void siblings_and_children_agree_with_libfdt(void)
{
	const void *fdt;
	int node, child, count = 0, offset, depth = 0;
	char path[256];

	tree_load("machine");
	fdt = of_fdt();
	of_for_each_node(node) {
		offset = fdt_path_offset(fdt, of_path(node));
		EXPECT(offset >= 0, "%s", of_path(node));
		EXPECT_EQ(fdt_get_path(fdt, offset, path, sizeof(path)), 0);
		EXPECT_STREQ(of_path(node), path);
		of_for_each_child(child, node)
			EXPECT_EQ(of_parent(child), node);
		count++;
	}
	/* It goes on behind the root's end once: depth tells. */
	for (offset = 0; offset >= 0 && depth >= 0; offset = fdt_next_node(fdt, offset, &depth))
		count--;
	EXPECT_EQ(count, 0);
}

static void expect_address(const char *path, unsigned int n, int ret, u64 base, u64 size)
{
	u64 b = 0, s = 0;

	EXPECT(of_address(of_find_path(path), n, &b, &s) == ret, "%s %u", path, n);
	if (!ret)
		EXPECT(b == base && s == size, "%s %u: 0x%llx + 0x%llx", path, n, b, s);
}

static void addresses_are_translated(void)
{
	tree_load("machine");
	expect_address("/soc/serial", 0, 0, 0x9001000, 0x1000);
	expect_address("/soc/serial", 1, -ENOENT, 0, 0);
	expect_address("/soc/dma", 0, 0, 0x400002000, 0x100);
	expect_address("/soc/dma", 1, -ERANGE, 0, 0);
	expect_address("/soc/edge", 0, -ERANGE, 0, 0);
	expect_address("/soc/local/flash", 0, 0, 0x9020100, 0x10);
	expect_address("/soc/same/rtc", 0, 0, 0x9030010, 4);
	expect_address("/soc/i2c/sensor", 0, -ENOENT, 0, 0);
	expect_address("/pcie", 0, 0, 0x4010000000, 0x10000000);
	expect_address("/pcie/device", 0, -EOPNOTSUPP, 0, 0);
	expect_address("/cpus/cpu@100000100", 0, -ENOENT, 0, 0);
}

static void expect_irq(const char *path, unsigned int n, int ret, u32 intid, u32 flags)
{
	struct of_irq irq;
	u32 i = 0, f = 0;
	int found = of_irq(of_find_path(path), n, &irq);

	if (!found)
		found = of_irq_gic(&irq, &i, &f);
	EXPECT(found == ret, "%s %u: %d", path, n, found);
	EXPECT(ret || (i == intid && f == flags), "%s %u: INTID %u flags %x", path, n, i, f);
}

static void interrupts_are_resolved(void)
{
	tree_load("machine");
	expect_irq("/timer", 0, 0, 29, RES_IRQ_LOW);
	expect_irq("/timer", 4, 0, 1058, RES_IRQ_LOW);
	expect_irq("/timer", 5, -ENOENT, 0, 0);
	expect_irq("/soc/serial", 0, 0, 33, 0);
	expect_irq("/soc/dma", 0, -ENODEV, 0, 0);
	expect_irq("/soc/dma", 1, 0, 4099, RES_IRQ_EDGE);
	expect_irq("/soc/dma", 2, 0, 1019, RES_IRQ_EDGE | RES_IRQ_LOW);
	expect_irq("/psci", 0, -ENOENT, 0, 0);
}

static void stdout_and_clocks_are_found(void)
{
	const char *options;
	int uart;
	u64 hz;

	tree_load("machine");
	uart = of_find_path("/soc/serial");
	EXPECT_EQ(of_stdout(&options), uart);
	EXPECT_STREQ(options, "115200n8");
	EXPECT_EQ(of_clock_rate(uart, 0, &hz), 0);
	EXPECT_EQ(hz, 24000000ULL);
	EXPECT_EQ(of_clock_rate(uart, 1, &hz), -ENODEV);
	EXPECT_EQ(of_clock_rate(uart, 2, &hz), -ENOENT);
}

/* The type of one byte of memory, -1 when no region has it. */
static int type_at(u64 address)
{
	const struct mem_map *map = &host_boot_info()->map;
	int type = -1;

	for (unsigned int i = 0; i < map->count; i++) {
		const struct mem_region *r = &map->region[i];

		if (address < r->base || address - r->base >= r->size)
			continue;
		EXPECT(type < 0, "0x%llx is in two regions", address);
		type = r->type;
	}
	return type;
}

static void hand_off_is_described(void)
{
	struct boot_info *bi = host_boot_info();

	tree_load("machine");
	tree_discover();
	EXPECT_EQ(host_log_count(LOG_ERROR), 0U);
	EXPECT_STREQ(bi->cmdline[CMDLINE_BOOT], "run=dt.* timeout=2");
	EXPECT_STREQ(bi->cmdline_name[CMDLINE_BOOT], "/chosen/bootargs");
	EXPECT_EQ((u64)(uintptr_t)bi->initrd, 0x44000000ULL);
	EXPECT_EQ(bi->initrd_size, 0x800UL);
	EXPECT_EQ(type_at(0x40000000), MEM_RESERVED);
	EXPECT_EQ(type_at(0x40001000), MEM_FREE);
	EXPECT_EQ(type_at(0x41000000), MEM_NOMAP);
	EXPECT_EQ(type_at(0x41100000), MEM_FREE);
	EXPECT_EQ(type_at(0x420007ff), MEM_FREE);
	EXPECT_EQ(type_at(0x42000800), MEM_RESERVED);
	EXPECT_EQ(type_at(0x420017ff), MEM_RESERVED);
	EXPECT_EQ(type_at(0x42001800), MEM_FREE);
	EXPECT_EQ(type_at(0x47ffffff), MEM_FREE);
	EXPECT_EQ(type_at(0x48000100), -1);
	EXPECT_EQ(type_at(0x60000000), MEM_FREE);
	EXPECT_EQ(type_at(0x70000000), -1);
	EXPECT_EQ(type_at(0x8ffffffffULL), MEM_FREE);
}

static void efi_rules_over_the_tree(void)
{
	struct boot_info *bi = host_boot_info();

	tree_load("machine");
	bi->method = BOOT_METHOD_EFI;
	tree_discover();
	EXPECT_EQ(bi->map.count, 0U);
	EXPECT(!bi->cmdline[CMDLINE_BOOT]);
	EXPECT(!bi->initrd);
	EXPECT(bi->fdt && discovery_uses(SOURCE_DT));
}

static const struct device *find_device(const char *name)
{
	const struct device *dev;

	device_for_each(dev) {
		if (!strcmp(dev->name, name))
			return dev;
	}
	return NULL;
}

/* Those in use and with a number that there is; the node's own registers come first. */
static void frames_are_their_blocks(void)
{
	const struct device *timers;

	tree_load("machine");
	tree_discover();
	timers = find_device("timer@2a810000");
	EXPECT(timers && !find_device("frame@10000"));
	EXPECT_EQ(timers->nr_resources, 4U);
	EXPECT_EQ(device_mem(timers, 0)->base, 0x2a810000ULL);
	EXPECT_EQ(device_mem(timers, 1)->base, 0x2a830000ULL);
	EXPECT_STREQ(device_mem(timers, 1)->name, "frame1");
	EXPECT_EQ(device_irq_by_name(timers, "frame1-phys")->base, 92ULL);
	EXPECT_EQ(device_irq_by_name(timers, "frame1-virt")->base, 93ULL);
}

static void nodes_become_devices(void)
{
	const struct device *uart, *cpu, *dma, *timer;
	u64 value;

	tree_load("machine");
	tree_discover();
	uart = find_device("serial@1000");
	cpu = find_device("cpu@100000100");
	dma = find_device("dma@80002000");
	timer = find_device("timer");
	EXPECT(uart && cpu && dma && timer && !find_device("memory@40000000"));
	EXPECT_EQ(uart->flags, DEVICE_STDOUT);
	EXPECT_STREQ(uart->origin, "/soc/serial@1000");
	EXPECT_EQ(device_mem(uart, 0)->base, 0x9001000ULL);
	EXPECT_STREQ(device_mem(uart, 0)->name, "regs");
	EXPECT_EQ(device_irq(uart, 0)->base, 33ULL);
	EXPECT(device_compatible(uart, "arm,primecell") && !device_compatible(uart, "arm"));
	EXPECT_EQ(device_get_u64(uart, "clock-frequency", &value), 0);
	EXPECT_EQ(value, 24000000ULL);
	EXPECT_EQ(cpu->flags, DEVICE_DISABLED);
	EXPECT_EQ(cpu->nr_resources, 0U);
	EXPECT_EQ(device_get_u64(cpu, "reg", &value), 0);
	EXPECT_EQ(value, 0x100000100ULL);
	EXPECT_EQ(dma->nr_resources, 3U);
	EXPECT_EQ(device_irq_by_name(dma, "fail")->base, 1019ULL);
	EXPECT_EQ(device_irq_by_name(timer, "virt")->base, 27ULL);
	EXPECT_EQ(device_irq_by_name(timer, "hyp-virt")->flags, RES_IRQ_LOW | RES_IRQ_ALWAYS_ON);
	EXPECT_STREQ(device_get_string(find_device("psci"), "method"), "smc");
	EXPECT_EQ(find_device("rtc@30010")->flags, DEVICE_DISABLED);
}

static void a_bare_tree_yields_to_acpi(void)
{
	tree_load("bare");
	host_boot_info()->rsdp = 0x1000;
	tree_discover();
	EXPECT(discovery_uses(SOURCE_ACPI) && !discovery_uses(SOURCE_DT));
	EXPECT(list_empty(device_list()));
	/* The hand-off's words still count. */
	EXPECT_STREQ(host_boot_info()->cmdline[CMDLINE_BOOT], "quiet");
}

static void a_tree_goes_before_acpi(void)
{
	tree_load("machine");
	host_boot_info()->rsdp = 0x1000;
	tree_discover();
	EXPECT(discovery_uses(SOURCE_DT) && !discovery_uses(SOURCE_ACPI));
}

static void lies_are_survived(void)
{
	struct boot_info *bi = host_boot_info();
	u64 base, size;

	tree_load("lies");
	tree_use_all();
	EXPECT_EQ(of_irq_parent(of_find_path("/nowhere")), -EINVAL);
	EXPECT_EQ(of_irq_parent(of_find_path("/circle-a")), -EINVAL);
	EXPECT_EQ(of_reg(of_find_path("/short"), 0, &base, &size), -EINVAL);
	EXPECT_EQ(of_reg(of_find_path("/zero/child"), 0, &base, &size), -EINVAL);
	EXPECT_EQ(of_reg(of_find_path("/five/child"), 0, &base, &size), -EINVAL);
	EXPECT_EQ(of_reg(of_find_path("/bytes/child"), 0, &base, &size), -EINVAL);
	expect_irq("/spi-beyond", 0, -ERANGE, 0, 0);
	expect_irq("/spi-beyond", 1, -ERANGE, 0, 0);
	expect_irq("/spi-beyond", 2, -EINVAL, 0, 0);
	expect_irq("/spi-beyond", 3, -EINVAL, 0, 0);
	expect_irq("/no-cells", 0, -EINVAL, 0, 0);
	expect_irq("/nine-cells", 0, -EINVAL, 0, 0);
	EXPECT_EQ(of_stdout(NULL), -EINVAL);
	EXPECT(!bi->cmdline[CMDLINE_BOOT]);
	EXPECT(!bi->initrd);
	EXPECT(host_log_has("E| device tree: /chosen bootargs is no terminated string"));
	EXPECT(host_log_has("E| device tree: /chosen linux,initrd-start and -end are no range"));
	EXPECT(host_log_has("E| device tree: /memory@0 reg entry 0 is no range"), "%s", host_log());
	EXPECT(host_log_has("E| device tree: no enabled memory node"), "%s", host_log());
	EXPECT(!of_enabled(of_find_path("/unterminated")));
}

static void deep_trees_are_refused(void)
{
	size_t size = 1 << 20;
	void *fdt = malloc(size);
	char why[192] = "";
	int i;

	fdt_create(fdt, size);
	fdt_finish_reservemap(fdt);
	fdt_begin_node(fdt, "");
	for (i = 0; i < 10000; i++)
		fdt_begin_node(fdt, "n");
	for (i = 0; i <= 10000; i++)
		fdt_end_node(fdt);
	EXPECT_EQ(fdt_finish(fdt), 0);
	EXPECT_EQ(of_load(fdt, size, why, sizeof(why)), -EBADMSG);
	EXPECT(strstr(why, "nest deeper than 64 levels"), "%s", why);
	free(fdt);
}

static void a_small_heap_is_said(void)
{
	char why[192] = "";
	size_t size;
	void *fdt = tree_read("machine", &size);

	host_heap_limit(64);
	EXPECT_EQ(of_load(fdt, size, why, sizeof(why)), -ENOMEM);
	EXPECT(strstr(why, "raise CONFIG_HEAP_KIB"), "%s", why);
	free(fdt);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	tree_directory = argv[1];
	CTEST(header_fields_are_checked);
	CTEST(version_16_is_read);
	CTEST(reservations_must_end);
	CTEST(unaligned_trees_are_refused);
	CTEST(atags_are_recognised);
	CTEST(bad_trees_are_dropped_with_a_message);
	CTEST(nodes_are_found);
	CTEST(siblings_and_children_agree_with_libfdt);
	CTEST(addresses_are_translated);
	CTEST(interrupts_are_resolved);
	CTEST(stdout_and_clocks_are_found);
	CTEST(hand_off_is_described);
	CTEST(efi_rules_over_the_tree);
	CTEST(nodes_become_devices);
	CTEST(frames_are_their_blocks);
	CTEST(a_bare_tree_yields_to_acpi);
	CTEST(a_tree_goes_before_acpi);
	CTEST(pci_windows_are_translated);
	CTEST(pci_pins_are_mapped);
	CTEST(pci_messages_are_mapped);
	CTEST(lies_are_survived);
	CTEST(deep_trees_are_refused);
	CTEST(a_small_heap_is_said);
	CTEST(fuzz_truncated);
	CTEST(fuzz_flipped_bits);
	CTEST(fuzz_written_words);
	return ctest_end();
}
