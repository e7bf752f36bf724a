// SPDX-License-Identifier: BSD-2-Clause
/* SGIs between CPUs: to one, to a list, to all others. */
#include <base/string.h>
#include <base/util.h>
#include "irq.h"

#define SGI	3U
/* Deadline of a call that only reads something; a host may have more CPUs to run than it has. */
#define CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 20000ULL)

/* Each CPU's handler writes its own entry only. */
static u32 taken[CONFIG_NR_CPUS];

static irq_after_t take(u32 intid, struct pt_regs *regs, void *arg)
{
	unsigned int self = cpu_this();

	(void)regs;
	(void)arg;
	if (intid == SGI)
		WRITE_ONCE(taken[self], taken[self] + 1);
	return NULL;
}

static void enable(void *arg)
{
	*(int *)arg = irq_enable(SGI);
}

static void disable(void *arg)
{
	*(int *)arg = irq_disable(SGI);
}

static bool takes_sgis(unsigned int index)
{
	return cpu_is_online(index) && (!index || cpu_get(index)->wakes_by_sgi);
}

static void on_all(void (*fn)(void *arg), const char *what)
{
	unsigned int i;

	cpu_for_each_online(i) {
		int ret = -EAGAIN;

		if (!takes_sgis(i))
			continue;
		CHECK_EQ(cpu_call(i, fn, &ret, CALL_US), 0, "CPU %u", i);
		CHECK_EQ(ret, 0, "SGI %u cannot be %s on CPU %u", SGI, what, i);
	}
}

static void begin(void)
{
	memset(taken, 0, sizeof(taken));
	REQUIRE_EQ(irq_request(SGI, take, NULL), 0);
	on_all(enable, "enabled");
}

static void end(void)
{
	on_all(disable, "disabled");
	irq_request(SGI, NULL, NULL);
}

/* @want of each CPU: all that are to come are there before those that are not are looked for. */
static void check_taken(const u32 *want, const char *what, unsigned int target)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (takes_sgis(i) && wait_until(READ_ONCE(taken[i]) >= want[i], COMES_US))
			break;
	time_delay_us(HELD_US);
	cpu_for_each_online(i)
		if (takes_sgis(i))
			CHECK_EQ(taken[i], want[i], "SGIs on CPU %u: %s %u", i, what, target);
}

static u32 want[CONFIG_NR_CPUS];

void irq_case_every_cpu_takes_interrupts(void)
{
	unsigned int i;

	begin();
	cpu_for_each_online(i) {
		const struct cpu *cpu = cpu_get(i);

		if (!CHECK(takes_sgis(i), "CPU %u (MPIDR 0x%llx, %s) waits without interrupts", i,
			   cpu->mpidr, cpu->origin))
			continue;
		CHECK_EQ(irq_send_sgi(cpu->mpidr, SGI), 0, "CPU %u", i);
		CHECK_EQ(wait_until(READ_ONCE(taken[i]), COMES_US), 0,
			 "SGI %u to CPU %u (MPIDR 0x%llx, %s)", SGI, i, cpu->mpidr, cpu->origin);
	}
	end();
}

/* Of hundreds of CPUs, hundreds of times: enough to look at some. */
#define SOME	16U

void irq_case_sgi_reaches_one(void)
{
	unsigned int i;

	memset(want, 0, sizeof(want));
	begin();
	cpu_for_each_online(i) {
		if (i >= SOME || !takes_sgis(i))
			continue;
		CHECK_EQ(irq_send_sgi(cpu_get(i)->mpidr, SGI), 0, "CPU %u", i);
		want[i]++;
		check_taken(want, "one was sent to CPU", i);
	}
	end();
}

static void send_to_list(unsigned int step)
{
	u64 mpidr[IRQ_SGI_LIST];
	unsigned int i, count = 0;

	cpu_for_each_online(i) {
		if (i % step || !takes_sgis(i))
			continue;
		want[i]++;
		mpidr[count++] = cpu_get(i)->mpidr;
		if (count < IRQ_SGI_LIST)
			continue;
		CHECK_EQ(irq_send_sgi_list(mpidr, count, SGI), 0);
		count = 0;
	}
	CHECK_EQ(irq_send_sgi_list(mpidr, count, SGI), 0);
	check_taken(want, "one was sent to a list, step", step);
}

void irq_case_sgi_reaches_list(void)
{
	memset(want, 0, sizeof(want));
	begin();
	send_to_list(1);
	send_to_list(2);
	send_to_list(3);
	end();
}

void irq_case_sgi_reaches_others(void)
{
	unsigned int i;

	memset(want, 0, sizeof(want));
	begin();
	cpu_for_each_online(i)
		want[i] = i && takes_sgis(i);
	CHECK_EQ(irq_send_sgi_others(SGI), 0);
	check_taken(want, "one was sent to all others than CPU", 0);
	end();
}
