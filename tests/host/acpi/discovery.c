// SPDX-License-Identifier: BSD-2-Clause
/* Which devices come out of tables, and what is said about bad ones. */
#include "tests.h"

static struct machine machine;

static void start(void)
{
	base_machine(&machine);
}

static void end(void)
{
	machine_free(&machine);
}

static struct base_apic *apic(void)
{
	return (void *)machine_find(&machine, "APIC")->data;
}

static void boot_again(const char *changed)
{
	machine_seal_checksum(machine_find(&machine, changed));
	machine_boot(&machine);
}

static const struct device *nth(u64 acpi_id, unsigned int n)
{
	struct device *dev;

	device_for_each(dev)
		if (dev->acpi_id == acpi_id && !n--)
			return dev;
	return NULL;
}

static unsigned int count(u64 acpi_id)
{
	unsigned int n = 0;

	while (nth(acpi_id, n))
		n++;
	return n;
}

static u64 number(const struct device *dev, const char *name)
{
	u64 value = 0xbadbadbad;

	EXPECT_EQ(dev->ops->get_u64(dev, name, &value), 0);
	return value;
}

static void makes_cpus(void)
{
	start();
	machine_boot(&machine);
	EXPECT_EQ(count(ACPI_MADT_CPU), BASE_CPUS);
	for (unsigned int i = 0; i < BASE_CPUS; i++) {
		const struct device *cpu = nth(ACPI_MADT_CPU, i);

		EXPECT_EQ(number(cpu, "reg"), i << 8);
		EXPECT_EQ(cpu->flags, i == BASE_CPUS - 1 ? DEVICE_DISABLED : 0);
		EXPECT_EQ(cpu->source, SOURCE_ACPI);
	}
	EXPECT_STREQ(nth(ACPI_MADT_CPU, 2)->name, "cpu@200");
	EXPECT_STREQ(nth(ACPI_MADT_CPU, 2)->origin, "MADT GICC UID 18 (at offset 0xd0)");
	apic()->gicc[3].flags = ACPI_GICC_ONLINE_CAPABLE;
	boot_again("APIC");
	EXPECT_EQ(nth(ACPI_MADT_CPU, 3)->flags, DEVICE_DISABLED);
	EXPECT(nth(ACPI_MADT_CPU, 3)->ops->has(nth(ACPI_MADT_CPU, 3), "online-capable"));
	end();
}

static void makes_gicv3(void)
{
	const struct device *gic;

	start();
	machine_boot(&machine);
	gic = nth(ACPI_MADT_GICV3, 0);
	EXPECT_EQ(count(ACPI_MADT_GICV3), 1);
	EXPECT_EQ(device_mem(gic, 0)->base, 0x8000000);
	EXPECT_EQ(device_mem(gic, 0)->size, 0x10000);
	EXPECT_EQ(device_mem(gic, 1)->base, 0x80a0000);
	EXPECT_EQ(device_mem(gic, 1)->size, 0x80000);
	EXPECT(!device_mem(gic, 2));
	EXPECT_EQ(device_irq_by_name(gic, "maintenance")->base, 25);
	EXPECT_EQ(number(gic, "#redistributor-regions"), 1);
	EXPECT_EQ(count(ACPI_MADT(ACPI_MADT_ITS)), 2);
	EXPECT_EQ(device_mem(nth(ACPI_MADT(ACPI_MADT_ITS), 1), 0)->base, 0x9080000);
	EXPECT_EQ(count(ACPI_MADT(ACPI_MADT_MSI_FRAME)), 2);
	EXPECT_EQ(number(nth(ACPI_MADT(ACPI_MADT_MSI_FRAME), 0), "arm,msi-base-spi"), 80);
	end();
}

/* As on most laptops: redistributors by GICC, those of CPUs that are not there left out. */
static void takes_redistributors_from_gicc(void)
{
	const struct device *gic;

	start();
	apic()->gicr.type = 0x80;
	for (unsigned int i = 0; i < BASE_CPUS; i++)
		apic()->gicc[i].gicr_base_address = 0x17080000 + i * 0x40000ULL;
	boot_again("APIC");
	gic = nth(ACPI_MADT_GICV3, 0);
	EXPECT_EQ(device_mem(gic, 3)->base, 0x17100000);
	EXPECT_EQ(device_mem(gic, 3)->size, 0x20000);
	EXPECT(!device_mem(gic, 4));
	EXPECT_EQ(error_count(), 0);
	end();
}

static void makes_gicv2(void)
{
	const struct device *gic;

	start();
	apic()->gicr.type = 0x80;
	apic()->gicd.gic_version = 0;
	for (unsigned int i = 0; i < BASE_CPUS; i++) {
		apic()->gicc[i].physical_base_address = 0x8010000;
		apic()->gicc[i].gich = 0x8030000;
		apic()->gicc[i].gicv = 0x8040000;
	}
	boot_again("APIC");
	gic = nth(ACPI_MADT_GICV2, 0);
	EXPECT_EQ(count(ACPI_MADT_GICV3), 0);
	EXPECT_EQ(device_mem(gic, 0)->size, 0x1000);
	EXPECT_EQ(device_mem(gic, 1)->base, 0x8010000);
	EXPECT_STREQ(device_mem(gic, 1)->name, "GICC");
	EXPECT_EQ(device_mem(gic, 2)->base, 0x8030000);
	EXPECT_EQ(device_mem(gic, 3)->base, 0x8040000);
	end();
}

static void makes_timers(void)
{
	const struct device *timer;

	start();
	machine_boot(&machine);
	timer = nth(ACPI_GTDT_TIMER, 0);
	EXPECT_EQ(device_irq_by_name(timer, "sec-phys")->base, 29);
	EXPECT_EQ(device_irq_by_name(timer, "phys")->base, 30);
	EXPECT_EQ(device_irq_by_name(timer, "phys")->flags, RES_IRQ_ALWAYS_ON);
	EXPECT_EQ(device_irq_by_name(timer, "virt")->base, 27);
	EXPECT_EQ(device_irq_by_name(timer, "virt")->flags, RES_IRQ_LOW);
	EXPECT_EQ(device_irq_by_name(timer, "hyp-phys")->base, 26);
	EXPECT_EQ(device_irq_by_name(timer, "hyp-virt")->base, 28);
	timer = nth(ACPI_GTDT(ACPI_GTDT_BLOCK), 0);
	EXPECT_EQ(device_mem(timer, 0)->base, 0x2a810000);
	EXPECT_EQ(device_mem(timer, 2)->base, 0x2a840000);
	EXPECT_EQ(device_irq_by_name(timer, "frame0-virt")->base, 95);
	EXPECT(!device_irq_by_name(timer, "frame1-virt"));
	timer = nth(ACPI_GTDT(ACPI_GTDT_WATCHDOG), 0);
	EXPECT_EQ(device_mem(timer, 0)->base, 0x2a440000);
	EXPECT_EQ(device_mem(timer, 1)->base, 0x2a450000);
	EXPECT_EQ(device_irq(timer, 0)->flags, RES_IRQ_EDGE);
	end();
}

static void makes_uarts(void)
{
	const struct device *uart;

	start();
	machine_boot(&machine);
	uart = nth(ACPI_SPCR(ACPI_DBG2_PL011), 0);
	EXPECT_EQ(uart->flags, DEVICE_STDOUT);
	EXPECT_EQ(device_mem(uart, 0)->base, 0x9000000);
	EXPECT_EQ(device_mem(uart, 0)->size, 0x1000);
	EXPECT_EQ(device_irq(uart, 0)->base, 33);
	EXPECT_EQ(number(uart, "current-speed"), 1500000);
	EXPECT_EQ(number(uart, "clock-frequency"), 24000000);
	EXPECT_EQ(number(uart, "reg-io-width"), 4);
	/* The first port is the console itself. */
	EXPECT_EQ(count(ACPI_DBG2(ACPI_DBG2_PL011)), 0);
	uart = nth(ACPI_DBG2(ACPI_DBG2_SBSA), 0);
	EXPECT_EQ(uart->flags, 0);
	EXPECT_EQ(device_mem(uart, 0)->base, 0x9040000);
	end();
}

/* SPCR's type may have no driver: what DBG2 says of that port is the console then, too. */
static void the_debug_port_stands_in(void)
{
	const struct device *uart;
	struct base_spcr *spcr;
	struct base_dbg2 *dbg2;

	start();
	spcr = (void *)machine_find(&machine, "SPCR")->data;
	spcr->spcr.interface_type = 2;
	boot_again("SPCR");
	uart = nth(ACPI_DBG2(ACPI_DBG2_PL011), 0);
	EXPECT_EQ(uart->flags, DEVICE_STDOUT);
	EXPECT_EQ(device_mem(uart, 0)->base, 0x9000000);
	EXPECT_EQ(device_irq(uart, 0)->base, 33);
	EXPECT_EQ(nth(ACPI_DBG2(ACPI_DBG2_SBSA), 0)->flags, 0);
	/* Registers of a 16550: as far apart as the type, or the access, says. */
	dbg2 = (void *)machine_find(&machine, "DBG2")->data;
	dbg2->port[1].device.port_subtype = ACPI_DBG2_16550_GAS;
	dbg2->port[1].address.address = 0x9040040;
	dbg2->port[1].address.register_bit_width = 32;
	dbg2->port[1].address.access_size = 1;
	dbg2->port[1].size = 0x2000;
	boot_again("DBG2");
	uart = nth(ACPI_DBG2(ACPI_DBG2_16550_GAS), 0);
	EXPECT_EQ(number(uart, "reg-shift"), 2);
	EXPECT_EQ(number(uart, "reg-io-width"), 1);
	EXPECT_EQ(device_mem(uart, 0)->size, 0xfc0);
	dbg2->port[1].device.port_subtype = ACPI_DBG2_16550;
	dbg2->port[1].address.access_size = 3;
	dbg2->port[1].size = 0x20;
	boot_again("DBG2");
	uart = nth(ACPI_DBG2(ACPI_DBG2_16550), 0);
	EXPECT_EQ(number(uart, "reg-shift"), 2);
	EXPECT_EQ(number(uart, "reg-io-width"), 4);
	EXPECT_EQ(device_mem(uart, 0)->size, 0x20);
	dbg2->port[1].address.address = 0;
	boot_again("DBG2");
	EXPECT_EQ(count(ACPI_DBG2(ACPI_DBG2_16550)), 0);
	EXPECT(host_log_has("serial port at address 0; not used"));
	end();
}

static void console_may_be_disabled(void)
{
	struct base_spcr *spcr;

	start();
	spcr = (void *)machine_find(&machine, "SPCR")->data;
	spcr->spcr.base_address.address = 0;
	boot_again("SPCR");
	EXPECT_EQ(count(ACPI_SPCR(ACPI_DBG2_PL011)), 0);
	EXPECT_EQ(count(ACPI_DBG2(ACPI_DBG2_PL011)), 1);
	EXPECT_EQ(error_count(), 0);
	spcr->spcr.base_address.address_space_id = ACPI_SPACE_SYSTEM_IO;
	spcr->spcr.base_address.address = 0x3f8;
	boot_again("SPCR");
	EXPECT_EQ(count(ACPI_SPCR(ACPI_DBG2_PL011)), 0);
	EXPECT(host_log_has("SPCR, offset 0x28"));
	end();
}

static void makes_psci(void)
{
	const struct device *psci;
	struct acpi_fadt *fadt;

	start();
	fadt = (void *)machine_find(&machine, "FACP")->data;
	machine_boot(&machine);
	psci = nth(ACPI_FADT_PSCI, 0);
	EXPECT_STREQ(psci->ops->get_string(psci, "method"), "smc");
	fadt->arm_boot_arch |= ACPI_FADT_PSCI_USE_HVC;
	boot_again("FACP");
	psci = nth(ACPI_FADT_PSCI, 0);
	EXPECT_STREQ(psci->ops->get_string(psci, "method"), "hvc");
	fadt->arm_boot_arch = 0;
	boot_again("FACP");
	EXPECT_EQ(count(ACPI_FADT_PSCI), 0);
	/* A field of 5.1 in a table that says 5.0. */
	fadt->arm_boot_arch = ACPI_FADT_PSCI_COMPLIANT;
	fadt->header.revision = 5;
	fadt->fadt_minor_version = 0;
	boot_again("FACP");
	EXPECT_EQ(count(ACPI_FADT_PSCI), 1);
	EXPECT(host_log_has("taken for 5.1"));
	end();
}

/* One message, by name and offset; the others are used. */
static void bad_checksum_drops_one_table(void)
{
	start();
	machine_find(&machine, "GTDT")->data[0x30]++;
	machine_boot(&machine);
	EXPECT_EQ(error_count(), 2);
	EXPECT(host_log_has("GTDT at 0x"));
	EXPECT(host_log_has("offset 0x9 (checksum)"));
	EXPECT(host_log_has("no good GTDT table"));
	EXPECT_EQ(count(ACPI_GTDT_TIMER), 0);
	EXPECT_EQ(count(ACPI_MADT_CPU), BASE_CPUS);
	EXPECT(!acpi_table("GTDT", 0));
	end();
}

static void bad_lengths_are_bounded(void)
{
	static const u32 lengths[] = { 0, 35, 0x10000, 0x1000001, 0xffffffff };

	for (unsigned int i = 0; i < ARRAY_SIZE(lengths); i++) {
		start();
		memcpy(machine_find(&machine, "APIC")->data + 4, &lengths[i], 4);
		machine_boot(&machine);
		EXPECT(!acpi_table("APIC", 0), "%u", lengths[i]);
		EXPECT(host_log_has("APIC at 0x") && host_log_has("offset 0x4 (length)"), "%u",
		       lengths[i]);
		end();
	}
}

static void pointers_out_of_ram_are_not_followed(void)
{
	start();
	machine.hole = (uintptr_t)machine_find(&machine, "SPCR")->data;
	machine_boot(&machine);
	EXPECT(host_log_has("XSDT, offset 0x") && host_log_has("has no RAM"));
	EXPECT(!acpi_table("SPCR", 0));
	machine.hole = (uintptr_t)machine_find(&machine, "XSDT")->data;
	machine_boot(&machine);
	EXPECT(!acpi_available());
	machine.hole = (uintptr_t)machine_find(&machine, "RSDP")->data;
	machine_boot(&machine);
	EXPECT(!acpi_rsdp() && !acpi_available());
	EXPECT(error_count() >= 1);
	end();
}

/* A root table that is only wrong in its checksum still leads to a console. */
static void follows_root_with_bad_checksum(void)
{
	start();
	machine_find(&machine, "XSDT")->data[0x18]++;
	machine_find(&machine, "RSDP")->data[8]++;
	machine_boot(&machine);
	EXPECT(acpi_available());
	EXPECT(error_count() >= 2);
	EXPECT(host_log_has("RSDP at 0x") && host_log_has("XSDT at 0x"));
	EXPECT_EQ(count(ACPI_SPCR(ACPI_DBG2_PL011)), 1);
	end();
}

static void null_entry_is_reported(void)
{
	start();
	memset(machine_find(&machine, "XSDT")->data + 36 + 8, 0, 8);
	boot_again("XSDT");
	EXPECT(host_log_has("XSDT, offset 0x2c: the pointer is 0"));
	EXPECT_EQ(error_count(), 2);
	EXPECT_EQ(count(ACPI_SPCR(ACPI_DBG2_PL011)), 1);
	end();
}

static void subtable_of_no_length_ends_the_walk(void)
{
	start();
	apic()->gicc[1].length = 0;
	boot_again("APIC");
	EXPECT_EQ(count(ACPI_MADT_CPU), 1);
	EXPECT(host_log_has("APIC, offset 0x7f (length)"));
	apic()->gicc[1].length = 255;
	boot_again("APIC");
	EXPECT(count(ACPI_MADT_CPU) >= 1);
	end();
}

static void without_rsdp_nothing_happens(void)
{
	struct machine none = {};

	machine_boot(&none);
	EXPECT(!acpi_available() && !acpi_rsdp() && !acpi_root());
	EXPECT(list_empty(device_list()));
}

static void memory_may_run_out(void)
{
	start();
	for (machine.heap = 1; machine.heap < 9000; machine.heap += 100) {
		machine_boot(&machine);
		/* In DESCRIBE the stage's return value is reported by start(). */
		if (machine.heap > sizeof(struct acpi_table) * machine.count &&
		    !nth(ACPI_DBG2(ACPI_DBG2_SBSA), 0))
			EXPECT(host_log_has("CONFIG_HEAP_KIB"), "%zu bytes", machine.heap);
	}
	EXPECT(nth(ACPI_DBG2(ACPI_DBG2_SBSA), 0));
	end();
}

void discovery_tests(void)
{
	CTEST(makes_cpus);
	CTEST(makes_gicv3);
	CTEST(takes_redistributors_from_gicc);
	CTEST(makes_gicv2);
	CTEST(makes_timers);
	CTEST(makes_uarts);
	CTEST(the_debug_port_stands_in);
	CTEST(console_may_be_disabled);
	CTEST(makes_psci);
	CTEST(bad_checksum_drops_one_table);
	CTEST(bad_lengths_are_bounded);
	CTEST(pointers_out_of_ram_are_not_followed);
	CTEST(follows_root_with_bad_checksum);
	CTEST(null_entry_is_reported);
	CTEST(subtable_of_no_length_ends_the_walk);
	CTEST(without_rsdp_nothing_happens);
	CTEST(memory_may_run_out);
}
