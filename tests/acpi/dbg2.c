// SPDX-License-Identifier: BSD-2-Clause
/* Debug Port Table 2: every port's own lengths and offsets stay within it. */
#include "rules.h"

static bool inside(const struct acpi_sub *sub, u32 offset, u32 size)
{
	return offset >= sizeof(struct acpi_dbg2_device) && offset + size <= sub->length;
}

static void check_name(const struct acpi_sub *sub)
{
	const struct acpi_dbg2_device *port = sub->data;
	u32 offset = port->namespace_string_offset;
	u32 length = port->namespace_string_length;

	if (CHECK(length && inside(sub, offset, length),
		  AT_SUB("DBG2", sub, struct acpi_dbg2_device, namespace_string_offset)))
		CHECK(memchr((const u8 *)sub->data + offset, 0, length) != NULL,
		      "DBG2, offset 0x%x (namespace string): not terminated", sub->offset + offset);
}

static void check_port(const struct acpi_sub *sub)
{
	const struct acpi_dbg2_device *port = sub->data;
	u32 registers;

	if (!CHECK_GE(sub->length, (u32)sizeof(*port),
		      AT_SUB("DBG2", sub, struct acpi_dbg2_device, length)))
		return;
	registers = port->number_of_generic_address_registers;
	CHECK_GE(registers, 1U, AT_SUB("DBG2", sub, struct acpi_dbg2_device,
				       number_of_generic_address_registers));
	CHECK(inside(sub, port->base_address_register_offset,
		     registers * (u32)sizeof(struct acpi_gas)),
	      AT_SUB("DBG2", sub, struct acpi_dbg2_device, base_address_register_offset));
	CHECK(inside(sub, port->address_size_offset, registers * (u32)sizeof(u32)),
	      AT_SUB("DBG2", sub, struct acpi_dbg2_device, address_size_offset));
	CHECK_EQ(port->reserved, 0U, AT_SUB("DBG2", sub, struct acpi_dbg2_device, reserved));
	CHECK(!port->oem_data_length || inside(sub, port->oem_data_offset, port->oem_data_length),
	      AT_SUB("DBG2", sub, struct acpi_dbg2_device, oem_data_offset));
	CHECK_NE(port->port_type & 0x8000, 0,
		 AT_SUB("DBG2", sub, struct acpi_dbg2_device, port_type));
	check_name(sub);
}

void dbg2_ports(void)
{
	const struct acpi_dbg2 *dbg2 = TABLE(struct acpi_dbg2, "DBG2");
	struct acpi_walk walk;
	struct acpi_sub sub;

	REQUIRE_GE(dbg2->offset_dbg_device_info, (u32)sizeof(*dbg2),
		   AT_TABLE("DBG2", struct acpi_dbg2, offset_dbg_device_info));
	REQUIRE_LE(dbg2->number_dbg_device_info, dbg2->header.length,
		   AT_TABLE("DBG2", struct acpi_dbg2, number_dbg_device_info));
	walk = acpi_walk(&dbg2->header, dbg2->offset_dbg_device_info, dbg2->number_dbg_device_info,
			 ACPI_WALK_LENGTH16);
	while (acpi_walk_next(&walk, &sub))
		check_port(&sub);
	if (walk.end == ACPI_WALK_SHORT && acpi_walk_rest_is_zero(&walk)) {
		test_diag("DBG2, offset 0x%x: nothing but zeroes, where more ports were to come",
			  walk.offset);
		return;
	}
	CHECK_EQ(walk.end, (enum acpi_walk_end)ACPI_WALK_WHOLE,
		 "DBG2, offset 0x%x (length): port: %s", walk.offset + 1,
		 acpi_walk_end_name(walk.end));
}
