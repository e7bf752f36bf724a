// SPDX-License-Identifier: BSD-2-Clause
/* Serial Port Console Redirection: the UART that people read this on. */
#include "rules.h"

#define SPCR_V4_LENGTH		88U
#define SPCR_LAST_TYPE		0x15U	/* of the serial subtypes that DBG2 lists */
#define SPCR_RESERVED_TYPE	0x07U

static const struct acpi_spcr *get_spcr(void)
{
	return (const void *)rules_table("SPCR", ACPI_SPCR_V2_LENGTH);
}

/* A console that is described, and not switched off by its address. */
static const struct acpi_spcr *console_or_skip(void)
{
	const struct acpi_spcr *spcr = get_spcr();

	if (!spcr->base_address.address)
		SKIP("SPCR, offset 0x2c (base_address.address): 0, console redirection is "
		     "disabled");
	return spcr;
}

void spcr_structure(void)
{
	const struct acpi_spcr *spcr = get_spcr();
	u32 length = spcr->header.length;

	CHECK_EQ(spcr->reserved1[0] | spcr->reserved1[1] | spcr->reserved1[2], 0,
		 AT_TABLE("SPCR", struct acpi_spcr, reserved1));
	if (spcr->header.revision < 4) {
		CHECK_EQ(length, ACPI_SPCR_V2_LENGTH, AT_TABLE("SPCR", struct acpi_header, length));
		return;
	}
	REQUIRE_GE(length, SPCR_V4_LENGTH, AT_TABLE("SPCR", struct acpi_header, length));
	CHECK(acpi_range(&spcr->header, spcr->namespace_string_offset,
			 spcr->namespace_string_length) != NULL,
	      AT_TABLE("SPCR", struct acpi_spcr, namespace_string_offset));
}

static bool is_bits(u8 width)
{
	return width == 8 || width == 16 || width == 32 || width == 64;
}

void spcr_uart(void)
{
	const struct acpi_spcr *spcr = console_or_skip();
	const struct acpi_gas gas = spcr->base_address;

	if (spcr->header.revision < 2)
		CHECK_LE(spcr->interface_type, 1U,
			 AT_TABLE("SPCR", struct acpi_spcr, interface_type));
	CHECK_LE(spcr->interface_type, SPCR_LAST_TYPE,
		 AT_TABLE("SPCR", struct acpi_spcr, interface_type));
	CHECK_NE(spcr->interface_type, SPCR_RESERVED_TYPE,
		 AT_TABLE("SPCR", struct acpi_spcr, interface_type));
	CHECK_EQ(gas.address_space_id, (u8)ACPI_SPACE_SYSTEM_MEMORY,
		 AT_TABLE("SPCR", struct acpi_spcr, base_address.address_space_id));
	CHECK(is_bits(gas.register_bit_width),
	      "SPCR, offset 0x29 (base_address.register_bit_width): %u", gas.register_bit_width);
	CHECK_EQ(gas.register_bit_offset, 0U,
		 AT_TABLE("SPCR", struct acpi_spcr, base_address.register_bit_offset));
	CHECK_EQ(gas.address % 4, 0ULL, AT_TABLE("SPCR", struct acpi_spcr, base_address.address));
	/* One vendor's firmware has the number of bits there, in every machine that it is in. */
	if (is_bits(gas.access_size))
		test_diag("SPCR, offset 0x2b (base_address.access_size): %u bits, where ACPI has "
			  "codes 0 to 4",
			  gas.access_size);
	else
		CHECK_LE(gas.access_size, 4U,
			 AT_TABLE("SPCR", struct acpi_spcr, base_address.access_size));
}

void spcr_interrupt(void)
{
	const struct acpi_spcr *spcr = console_or_skip();

	CHECK_EQ(spcr->interrupt_type & ~ACPI_SPCR_IRQ_GIC, 0U,
		 AT_TABLE("SPCR", struct acpi_spcr, interrupt_type));
	CHECK_EQ(spcr->irq, 0U, AT_TABLE("SPCR", struct acpi_spcr, irq));
	if (!(spcr->interrupt_type & ACPI_SPCR_IRQ_GIC))
		SKIP("SPCR, offset 0x34 (interrupt_type): 0x%x, the UART is polled",
		     spcr->interrupt_type);
	CHECK(rules_is_spi(spcr->global_system_interrupt),
	      "SPCR, offset 0x36 (global_system_interrupt): %u is no SPI",
	      spcr->global_system_interrupt);
}

static bool is_baud_code(u8 code)
{
	return code == 0 || code == 3 || code == 4 || code == 6 || code == 7;
}

void spcr_settings(void)
{
	const struct acpi_spcr *spcr = console_or_skip();
	bool pci = spcr->pci_device_id != 0xffff || spcr->pci_vendor_id != 0xffff;

	CHECK(is_baud_code(spcr->configured_baud_rate),
	      "SPCR, offset 0x3a (configured_baud_rate): %u is none of 0, 3, 4, 6, 7",
	      spcr->configured_baud_rate);
	CHECK_EQ(spcr->parity, 0U, AT_TABLE("SPCR", struct acpi_spcr, parity));
	CHECK_EQ(spcr->stop_bits, 1U, AT_TABLE("SPCR", struct acpi_spcr, stop_bits));
	CHECK_EQ(spcr->flow_control & 0xf8, 0, AT_TABLE("SPCR", struct acpi_spcr, flow_control));
	CHECK_LE(spcr->terminal_type, 3U, AT_TABLE("SPCR", struct acpi_spcr, terminal_type));
	CHECK_EQ(spcr->language, 0U, AT_TABLE("SPCR", struct acpi_spcr, language));
	if (!pci)
		CHECK_EQ(spcr->pci_bus | spcr->pci_device | spcr->pci_function |
			 spcr->pci_segment, 0, AT_TABLE("SPCR", struct acpi_spcr, pci_bus));
}
