// SPDX-License-Identifier: BSD-2-Clause
/* What the interrupt controller holds: settings, and what is on its way to a CPU. */
#include "migrate.h"
#include <base/util.h>
#include <asm/control_state.h>
#include <asm/cpu.h>
#include <drivers/device.h>

#define SGI	5U
#define SPIS	3U

irq_after_t migrate_note(u32 intid, struct pt_regs *regs, void *arg)
{
	struct came *came = arg;

	(void)regs;
	came->intid = intid;
	WRITE_ONCE(came->count, came->count + 1);
	return NULL;
}

bool migrate_came(const struct came *came, u32 count, const char *what)
{
	wait_until(READ_ONCE(came->count) >= count, COMES_US);
	time_delay_us(QUIET_US);
	return CHECK_EQ(READ_ONCE(came->count), count, "%s: times that it came", what);
}

static bool is_described(u32 intid)
{
	const struct device *dev;

	device_for_each(dev)
		for (unsigned int i = 0; device_irq(dev, i); i++)
			if (device_irq(dev, i)->base == intid)
				return true;
	return false;
}

/* The @n-th that no table gives to a device, from the end. */
static u32 free_spi(unsigned int n)
{
	for (u32 intid = IRQ_SPI_END - 1; intid >= IRQ_SPI_FIRST; intid--)
		if (irq_get_priority(intid) >= 0 && !is_described(intid) && !n--)
			return intid;
	SKIP("there is no SPI that no device has and software can raise");
	return 0;
}

struct state {
	int enabled, edge, pending, active, priority;
};

static struct state read_state(u32 intid)
{
	return (struct state){
		irq_is_enabled(intid), irq_is_edge(intid), irq_is_pending(intid),
		irq_is_active(intid), irq_get_priority(intid),
	};
}

/* One that is enabled and an edge, one that is pending, one that is active. */
static void set_states(const u32 *intid, struct came *came)
{
	for (unsigned int i = 0; i < SPIS; i++) {
		REQUIRE_EQ(irq_request(intid[i], migrate_note, came), 0, "SPI %u", intid[i]);
		REQUIRE_EQ(irq_set_priority(intid[i], 0x40 + 0x20 * i), 0, "SPI %u", intid[i]);
	}
	REQUIRE_EQ(irq_set_trigger(intid[0], true), 0);
	REQUIRE_EQ(irq_enable(intid[0]), 0);
	REQUIRE_EQ(irq_set_pending(intid[1], true), 0);
	REQUIRE_EQ(irq_set_active(intid[2], true), 0);
	REQUIRE_EQ(irq_is_pending(intid[1]), 1, "SPI %u", intid[1]);
	REQUIRE_EQ(irq_is_active(intid[2]), 1, "SPI %u", intid[2]);
}

void interrupt_states_stay(void)
{
	struct irq_cpu_state cpu = { 0 }, cpu_behind = { 0 };
	struct state before[SPIS];
	struct came came = { 0 };
	u32 intid[SPIS];

	for (unsigned int i = 0; i < SPIS; i++)
		intid[i] = free_spi(i);
	set_states(intid, &came);
	for (unsigned int i = 0; i < SPIS; i++)
		before[i] = read_state(intid[i]);
	irqchip_get()->save(&cpu);
	test_migrate();
	for (unsigned int i = 0; i < SPIS; i++) {
		struct state behind = read_state(intid[i]);

		CHECK_EQ(behind.enabled, before[i].enabled, "SPI %u: enabled", intid[i]);
		CHECK_EQ(behind.edge, before[i].edge, "SPI %u: edge", intid[i]);
		CHECK_EQ(behind.pending, before[i].pending, "SPI %u: pending", intid[i]);
		CHECK_EQ(behind.active, before[i].active, "SPI %u: active", intid[i]);
		CHECK_EQ(behind.priority, before[i].priority, "SPI %u: priority", intid[i]);
	}
	irqchip_get()->save(&cpu_behind);
	CHECK_MEMEQ(&cpu_behind, &cpu, sizeof(cpu));
	CHECK_EQ(came.count, 0U, "interrupts that came");
	for (unsigned int i = 0; i < SPIS; i++)
		CHECK_EQ(irq_request(intid[i], NULL, NULL), 0, "SPI %u", intid[i]);
}

/* Raised with IRQs masked: it waits over the move, comes once they are not, and once only. */
static void move_with_pending(u32 intid, struct came *came, const char *what)
{
	test_migrate();
	CHECK_EQ(came->count, 0U, "%s came with IRQs masked", what);
	CHECK_EQ(irq_is_pending(intid), 1, "%s is pending at the target", what);
	control_irq_unmask();
	migrate_came(came, 1, what);
	CHECK_EQ(came->intid, intid, "INTID");
}

void pending_spi_comes_behind_it(void)
{
	struct came came = { 0 };
	u32 intid = free_spi(0);

	REQUIRE_EQ(irq_request(intid, migrate_note, &came), 0, "SPI %u", intid);
	REQUIRE_EQ(irq_set_trigger(intid, true), 0);
	REQUIRE_EQ(irq_enable(intid), 0, "SPI %u", intid);
	control_irq_mask();
	REQUIRE_EQ(irq_set_pending(intid, true), 0, "SPI %u", intid);
	move_with_pending(intid, &came, "an SPI");
	CHECK_EQ(irq_request(intid, NULL, NULL), 0, "SPI %u", intid);
}

void pending_sgi_comes_behind_it(void)
{
	struct came came = { 0 };

	REQUIRE_EQ(irq_request(SGI, migrate_note, &came), 0);
	REQUIRE_EQ(irq_enable(SGI), 0);
	control_irq_mask();
	REQUIRE_EQ(irq_send_sgi(cpu_mpidr(), SGI), 0);
	move_with_pending(SGI, &came, "an SGI");
	CHECK_EQ(irq_disable(SGI), 0);
	CHECK_EQ(irq_request(SGI, NULL, NULL), 0);
}
