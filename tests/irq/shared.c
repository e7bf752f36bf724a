// SPDX-License-Identifier: BSD-2-Clause
/* One shared interrupt through all of its states. */
#include "irq.h"

void spi_comes(void)
{
	struct came came;
	u32 intid = request_spi(0, &came);

	REQUIRE_EQ(irq_enable(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_is_enabled(intid), 1, "SPI %u", intid);
	REQUIRE_EQ(irq_set_pending(intid, true), 0, "SPI %u", intid);
	REQUIRE(comes(&came, 1), "SPI %u", intid);
	CHECK_EQ(came.intid, intid);
	CHECK_EQ(came.cpu, cpu_this(), "SPI %u: CPU that it came to", intid);
	CHECK_EQ(irq_is_pending(intid), 0, "SPI %u behind its handler", intid);
	CHECK_EQ(irq_is_active(intid), 0, "SPI %u behind its handler", intid);
	CHECK_EQ(came.count, 1U, "SPI %u", intid);
	irq_disable(intid);
}
