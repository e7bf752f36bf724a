// SPDX-License-Identifier: BSD-2-Clause
/*
 * SGIs between CPUs. Those that take part look for them until they are told that it
 * is over, so that one too many, or one for a CPU that was not meant, is seen.
 */
#include <base/string.h>
#include <asm/cpu.h>
#include "gic.h"

#define SGI	3U

/* Each CPU writes its own. */
static struct inbox {
	u32 ready;
	u32 count;	/* of SGI */
	u32 others;	/* anything else */
	u32 other;	/* the last of those */
	u32 interface;
	bool meant;
} inbox[CONFIG_NR_CPUS];

static u32 over;

static void take_all(struct inbox *box)
{
	u32 token, intid;

	while ((intid = take_now(&token)) != IRQ_NONE) {
		irq_eoi(token);
		if (intid == SGI) {
			WRITE_ONCE(box->count, box->count + 1);
		} else {
			box->other = intid;
			box->others++;
		}
	}
}

static void receive(void *arg)
{
	struct inbox *box = &inbox[cpu_this()];
	struct time_bound bound = time_bound_start(GIC_CALL_US / 2);

	(void)arg;
	CHECK_EQ(irq_enable(SGI), 0, "SGI %u on CPU %u", SGI, cpu_this());
	WRITE_ONCE(box->ready, 1);
	while (!READ_ONCE(over) && !time_bound_passed(&bound))
		take_all(box);
	take_all(box);
	irq_disable(SGI);
}

#define for_each_joining(i) cpu_for_each_online(i) if ((i) == cpu_this() || !gic_joins(i)) {} else

static bool all_ready(void)
{
	unsigned int i;

	for_each_joining(i)
		if (!READ_ONCE(inbox[i].ready))
			return false;
	return true;
}

static bool all_meant_have_it(void)
{
	unsigned int i;

	for_each_joining(i)
		if (inbox[i].meant && !READ_ONCE(inbox[i].count))
			return false;
	return true;
}

/* Have the others wait, send, and look at what each got. */
static void deliver(void (*send)(void))
{
	unsigned int i;

	WRITE_ONCE(over, 0);
	for_each_joining(i)
		CHECK_EQ(cpu_call_start(i, receive, NULL), 0, "CPU %u", i);
	CHECK_EQ(wait_until(all_ready(), GIC_CALL_US / 4), 0, "CPUs that wait for it");
	send();
	wait_until(all_meant_have_it(), GIC_CALL_US / 8);
	WRITE_ONCE(over, 1);
	for_each_joining(i)
		CHECK_EQ(cpu_call_wait(i, GIC_CALL_US), 0, "CPU %u", i);
	for_each_joining(i) {
		CHECK_EQ(inbox[i].count, (u32)inbox[i].meant, "SGIs that CPU %u got", i);
		CHECK_EQ(inbox[i].others, 0U, "others that CPU %u got, INTID %u the last", i,
			 inbox[i].other);
	}
	take_all(&inbox[cpu_this()]);
	CHECK_EQ(inbox[cpu_this()].count + inbox[cpu_this()].others, 0U,
		 "interrupts that the sender itself got");
}

static void send_to_list(void)
{
	u64 list[IRQ_SGI_LIST];
	unsigned int i, n = 0;

	for_each_joining(i)
		if (inbox[i].meant)
			list[n++] = cpu_get(i)->mpidr;
	CHECK_EQ(irq_send_sgi_list(list, n, SGI), 0, "%u CPUs", n);
}

static void with_masked(void (*send)(void))
{
	u64 daif = irq_mask();

	CHECK_EQ(irq_enable(SGI), 0);
	deliver(send);
	irq_disable(SGI);
	irq_restore(daif);
}

void sgi_reaches_just_the_list(void)
{
	unsigned int i;

	memset(inbox, 0, sizeof(inbox));
	for_each_joining(i)
		inbox[i].meant = i % 2;
	with_masked(send_to_list);
}

static void send_to_others(void)
{
	CHECK_EQ(irq_send_sgi_others(SGI), 0);
}

/* CPUs that are online and do not take part get it too: theirs is disabled, and taken back. */
static void drop(void *arg)
{
	(void)arg;
	irq_set_pending(SGI, false);
}

void sgi_reaches_all_others(void)
{
	unsigned int i;

	memset(inbox, 0, sizeof(inbox));
	for_each_joining(i)
		inbox[i].meant = true;
	with_masked(send_to_others);
	cpu_for_each_online(i)
		if (!gic_joins(i))
			CHECK_EQ(cpu_call(i, drop, NULL, GIC_CALL_US), 0, "CPU %u", i);
}

static u64 receiver;

static u32 number_of(unsigned int index)
{
	return 1 + index % 7;
}

static void send_mine(void *arg)
{
	(void)arg;
	inbox[cpu_this()].interface = gic_interface();
	CHECK_EQ(irq_send_sgi(receiver, number_of(cpu_this())), 0, "from CPU %u", cpu_this());
}

static void take_from(unsigned int index)
{
	u32 token = 0;

	CHECK_EQ(cpu_call(index, send_mine, NULL, GIC_CALL_US), 0, "CPU %u", index);
	if (!CHECK_EQ(take_irq(&token), number_of(index), "INTID that came from CPU %u", index))
		return;
	if (gic_is_v2())
		CHECK_EQ(1U << (token >> 10 & 7), inbox[index].interface,
			 "interface of the sender as a bit: CPU %u, GICC_IAR 0x%x", index, token);
	irq_eoi(token);
	nothing_comes("behind an SGI of another CPU");
}

void sgi_tells_its_number_and_sender(void)
{
	u64 daif = irq_mask();
	unsigned int i;

	receiver = cpu_mpidr();
	for (u32 sgi = 1; sgi < 8; sgi++)
		CHECK_EQ(irq_enable(sgi), 0, "SGI %u", sgi);
	for_each_joining(i)
		take_from(i);
	for (u32 sgi = 1; sgi < 8; sgi++)
		irq_disable(sgi);
	irq_restore(daif);
}
