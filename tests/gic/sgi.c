// SPDX-License-Identifier: BSD-2-Clause
/* SGIs from a CPU to itself: the number right, none lost, none twice. */
#include <asm/cpu.h>
#include "gic.h"

/* BSA B_GIC_05: INTIDs 0 to 7 are for the operating system. */
#define OS_SGIS		8U
#define STORM		1000U
#define ARRIVES_US	10U

/* Bits 12 to 10 of what a GICv2 gives: who sent it. */
static void check_sender(u32 token)
{
	if (gic_is_v2() && gic_interface())
		CHECK_EQ(1U << (token >> 10 & 7), gic_interface(),
			 "interface of the sender as a bit, GICC_IAR 0x%x", token);
}

static void send_and_take(u32 sgi)
{
	u32 token = 0, intid;

	CHECK_EQ(irq_send_sgi(cpu_mpidr(), sgi), 0);
	intid = take_irq(&token);
	if (!CHECK_EQ(intid, sgi, "INTID that came of SGI %u sent to CPU %u by itself", sgi,
		      cpu_this()))
		return;
	check_sender(token);
	irq_eoi(token);
	nothing_comes("behind an SGI's end");
}

/* 0 wakes CPUs here: those of the calls that run this are on their way, too. */
void sgis_reach_their_own_cpu(void)
{
	u64 daif = irq_mask();

	for (u32 sgi = IRQ_SGI_WAKE + 1; sgi < OS_SGIS; sgi++) {
		if (!CHECK_EQ(irq_enable(sgi), 0, "SGI %u on CPU %u", sgi, cpu_this()))
			continue;
		send_and_take(sgi);
		irq_disable(sgi);
	}
	irq_restore(daif);
}

void sgi_sent_twice_is_pending_once(void)
{
	u64 daif = irq_mask();
	u32 token = 0;

	CHECK_EQ(irq_enable(1), 0);
	irq_send_sgi(cpu_mpidr(), 1);
	irq_send_sgi(cpu_mpidr(), 1);
	CHECK_EQ(wait_until(gic_bit(GIC_REG_ISPENDR, 1), GIC_US), 0, "SGI 1 is never pending");
	/* The second may still be on its way, and is another one behind the acknowledge. */
	time_delay_us(ARRIVES_US);
	if (CHECK_EQ(take_irq(&token), 1U, "INTID of the first"))
		irq_eoi(token);
	nothing_comes("of the second SGI, which is one with the first");
	irq_disable(1);
	irq_restore(daif);
}

void thousand_sgis_all_come(void)
{
	u64 daif = irq_mask();
	unsigned int came = 0;
	u32 token = 0;

	for (u32 sgi = 1; sgi < OS_SGIS; sgi++)
		CHECK_EQ(irq_enable(sgi), 0, "SGI %u", sgi);
	for (unsigned int i = 0; i < STORM; i++) {
		u32 sgi = 1 + i % (OS_SGIS - 1);

		irq_send_sgi(cpu_mpidr(), sgi);
		if (!CHECK_EQ(take_irq(&token), sgi, "INTID of the SGI sent as number %u", i))
			break;
		irq_eoi(token);
		came++;
	}
	CHECK_EQ(came, STORM);
	for (u32 sgi = 1; sgi < OS_SGIS; sgi++)
		irq_disable(sgi);
	irq_restore(daif);
}
