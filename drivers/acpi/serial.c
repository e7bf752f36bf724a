// SPDX-License-Identifier: BSD-2-Clause
/* SPCR: the console. DBG2: other serial ports. */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include "internal.h"

#define UART_SIZE	SZ_4K		/* SPCR says none: no UART needs more */

/* Up to the next page: what lies there is somebody else's. */
static u64 uart_size(u64 address)
{
	return UART_SIZE - address % UART_SIZE;
}

/* SPCR, Configured Baud Rate; 0 is "as it is". */
static u32 baud_rate(u8 code)
{
	switch (code) {
	case 3:
		return 9600;
	case 4:
		return 19200;
	case 6:
		return 57600;
	case 7:
		return 115200;
	default:
		return 0;
	}
}

/*
 * Bytes an access, 0 when nothing says so. Some firmware writes the number of
 * bits into access_size, whose own codes end at 4.
 */
static u32 access_bytes(const struct acpi_gas *gas)
{
	if (gas->access_size >= 1 && gas->access_size <= 4)
		return 1U << (gas->access_size - 1);
	if (gas->access_size == 8 || gas->access_size == 16 || gas->access_size == 32)
		return gas->access_size / 8;
	if (gas->register_bit_width == 8 || gas->register_bit_width == 16 ||
	    gas->register_bit_width == 32)
		return gas->register_bit_width / 8;
	return 0;
}

/* Bytes from one register to the next, where the type leaves that to the structure. */
static u32 register_bytes(const struct acpi_gas *gas, u32 type)
{
	u8 bits = gas->register_bit_width;

	if (type == ACPI_DBG2_16550_GAS && (bits == 8 || bits == 16 || bits == 32))
		return bits / 8;
	return access_bytes(gas);
}

/* A 16550's registers are as far apart as they are wide, unless the table knows better. */
static void add_access(struct acpi_device *ad, const struct acpi_gas *gas, u32 type)
{
	u32 bytes = type == ACPI_DBG2_SBSA_32BIT ? 4 : access_bytes(gas);
	u32 distance = register_bytes(gas, type);

	if (bytes)
		acpi_device_u64(ad, "reg-io-width", bytes);
	if (distance)
		acpi_device_u64(ad, "reg-shift", distance / 2);
}

static void add_speed(struct acpi_device *ad, const struct acpi_spcr *spcr)
{
	u8 revision = spcr->header.revision;
	u32 length = spcr->header.length;
	u32 speed = baud_rate(spcr->configured_baud_rate);
	u32 clock = 0;

	if (revision >= 3 && ACPI_HAS(length, struct acpi_spcr, uart_clock_frequency))
		clock = spcr->uart_clock_frequency;
	if (revision >= 4 && ACPI_HAS(length, struct acpi_spcr, precise_baud_rate) &&
	    spcr->precise_baud_rate)
		speed = spcr->precise_baud_rate;
	if (speed)
		acpi_device_u64(ad, "current-speed", speed);
	if (clock)
		acpi_device_u64(ad, "clock-frequency", clock);
}

/* The SPCR whose UART can be used, or NULL. */
static const struct acpi_spcr *find_spcr(void)
{
	u32 needed = offsetof(struct acpi_spcr, pci_device_id);

	return (const void *)acpi_table_min("SPCR", needed);
}

static bool is_console(const struct acpi_spcr *spcr, u64 address)
{
	return spcr && spcr->base_address.address == address;
}

static void add_irq(struct acpi_device *ad, const struct acpi_spcr *spcr)
{
	if ((spcr->interrupt_type & ACPI_SPCR_IRQ_GIC) && spcr->global_system_interrupt)
		acpi_device_irq(ad, "global_system_interrupt", spcr->global_system_interrupt, 0);
}

static int add_console(const struct acpi_spcr *spcr)
{
	const struct acpi_gas gas = spcr->base_address;
	struct acpi_device *ad;

	if (!gas.address) {
		pr_info("ACPI: SPCR has address 0: console redirection is disabled\n");
		return 0;
	}
	if (gas.address_space_id != ACPI_SPACE_SYSTEM_MEMORY) {
		pr_err("ACPI: SPCR, offset 0x28 (base_address.address_space_id): is %u, only "
		       "system memory (0) can be the console\n",
		       gas.address_space_id);
		return 0;
	}
	ad = acpi_device_new(ACPI_SPCR(spcr->interface_type),
			     heap_printf("serial@%llx", gas.address), "SPCR", 2, 4);
	if (!ad)
		return -ENOMEM;
	ad->dev.flags |= DEVICE_STDOUT;
	acpi_device_mem(ad, "base_address", gas.address, uart_size(gas.address));
	add_irq(ad, spcr);
	add_access(ad, &gas, spcr->interface_type);
	add_speed(ad, spcr);
	acpi_device_add(ad);
	return 0;
}

/* The first register block of a debug port; false when it does not lie in the structure. */
static bool port_address(const struct acpi_sub *sub, struct acpi_gas *gas)
{
	const struct acpi_dbg2_device *port = sub->data;
	u32 offset = port->base_address_register_offset;

	if (!port->number_of_generic_address_registers ||
	    offset + sizeof(*gas) > sub->length)
		return false;
	*gas = *(const struct acpi_gas *)((const u8 *)sub->data + offset);
	return true;
}

/* The first register block's size; the table need not have that list. */
static u64 port_size(const struct acpi_sub *sub, u64 address)
{
	const struct acpi_dbg2_device *port = sub->data;
	u32 offset = port->address_size_offset;
	u32 size = 0;

	if (offset && offset + sizeof(size) <= sub->length)
		memcpy(&size, (const u8 *)sub->data + offset, sizeof(size));
	return size && size < uart_size(address) ? size : uart_size(address);
}

/* SPCR's console again: by another type it may have a driver, by the same one it is no news. */
static int add_port(const struct acpi_sub *sub, const struct acpi_spcr *spcr)
{
	const struct acpi_dbg2_device *port = sub->data;
	struct acpi_device *ad;
	struct acpi_gas gas;
	bool console;

	if (sub->length < sizeof(*port) || !port_address(sub, &gas)) {
		pr_err("ACPI: DBG2, offset 0x%x: port without its own address; not used\n",
		       sub->offset);
		return 0;
	}
	if (port->port_type == ACPI_DBG2_SERIAL && !gas.address) {
		pr_info("ACPI: DBG2, offset 0x%x: serial port at address 0; not used\n",
			sub->offset);
		return 0;
	}
	console = is_console(spcr, gas.address);
	if (port->port_type != ACPI_DBG2_SERIAL ||
	    gas.address_space_id != ACPI_SPACE_SYSTEM_MEMORY ||
	    (console && port->port_subtype == spcr->interface_type))
		return 0;
	ad = acpi_device_new(ACPI_DBG2(port->port_subtype),
			     heap_printf("serial@%llx", gas.address),
			     heap_printf("DBG2 port (at offset 0x%x)", sub->offset), 2, 2);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)sub->offset;
	acpi_device_mem(ad, "base_address", gas.address, port_size(sub, gas.address));
	if (console) {
		ad->dev.flags |= DEVICE_STDOUT;
		add_irq(ad, spcr);
	}
	add_access(ad, &gas, port->port_subtype);
	acpi_device_add(ad);
	return 0;
}

static void report_end(const struct acpi_walk *walk)
{
	if (walk->end == ACPI_WALK_WHOLE)
		return;
	log_printf(acpi_walk_rest_is_zero(walk) ? LOG_WARN : LOG_ERROR,
		   "ACPI: DBG2, offset 0x%x (length): port %s; the rest is not used\n",
		   walk->offset + 1, acpi_walk_end_name(walk->end));
}

static int add_ports(const struct acpi_spcr *spcr)
{
	const struct acpi_dbg2 *dbg2 = acpi_table_as(struct acpi_dbg2, "DBG2");
	struct acpi_walk walk;
	struct acpi_sub sub;
	int ret;

	if (!dbg2)
		return 0;
	walk = acpi_walk(&dbg2->header, dbg2->offset_dbg_device_info,
			 MIN(dbg2->number_dbg_device_info, ACPI_MAX_TABLE_LENGTH),
			 ACPI_WALK_LENGTH16);
	while (acpi_walk_next(&walk, &sub)) {
		ret = add_port(&sub, spcr);
		if (ret)
			return ret;
	}
	report_end(&walk);
	return 0;
}

int acpi_serial_populate(void)
{
	const struct acpi_spcr *spcr = find_spcr();
	int ret = spcr ? add_console(spcr) : 0;

	return ret ? ret : add_ports(spcr);
}
