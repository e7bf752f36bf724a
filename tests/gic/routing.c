// SPDX-License-Identifier: BSD-2-Clause
/* Shared interrupts between CPUs: to the one that is meant, or to one of several. */
#include <base/string.h>
#include <asm/cpu.h>
#include "gic.h"

#define STORM	1000U
#define ROUNDS	20U
#define SECOND_US	100
#define LOOKS	50U

/* Each CPU writes its own. */
static struct post {
	u32 ready;
	u32 count;
	u32 looks;	/* how often it looked for one */
	u32 wrong;	/* INTID of what was not meant */
} post[CONFIG_NR_CPUS];

static u32 watched, over;

static void take_mine(struct post *mine)
{
	u32 token, intid;

	while ((intid = take_now(&token)) != IRQ_NONE) {
		irq_eoi(token);
		if (intid == watched)
			WRITE_ONCE(mine->count, mine->count + 1);
		else
			mine->wrong = intid;
	}
}

static void receive(void *arg)
{
	struct post *mine = &post[cpu_this()];
	struct time_bound bound = time_bound_start(GIC_CALL_US / 2);

	(void)arg;
	WRITE_ONCE(mine->ready, 1);
	while (!READ_ONCE(over) && !time_bound_passed(&bound)) {
		take_mine(mine);
		WRITE_ONCE(mine->looks, mine->looks + 1);
	}
	take_mine(mine);
}

static void begin(unsigned int index)
{
	CHECK_EQ(cpu_call_start(index, receive, NULL), 0, "CPU %u", index);
	CHECK_EQ(wait_until(READ_ONCE(post[index].ready), GIC_CALL_US / 4), 0, "CPU %u", index);
}

static void finish(unsigned int index)
{
	CHECK_EQ(cpu_call_wait(index, GIC_CALL_US), 0, "CPU %u", index);
	CHECK_EQ(post[index].wrong, 0U, "INTID of another interrupt on CPU %u", index);
}

static void prepare(u32 spi)
{
	memset(post, 0, sizeof(post));
	watched = spi;
	WRITE_ONCE(over, 0);
	gic_handled_reset();
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
}

static void reaches(u32 spi, unsigned int index)
{
	prepare(spi);
	CHECK_EQ(irq_set_target(spi, cpu_get(index)->mpidr), 0, "SPI %u to CPU %u", spi, index);
	begin(index);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	wait_until(READ_ONCE(post[index].count), GIC_US);
	take_mine(&post[cpu_this()]);
	WRITE_ONCE(over, 1);
	finish(index);
	CHECK_EQ(post[index].count, 1U, "SPIs %u that CPU %u got", spi, index);
	CHECK_EQ(post[cpu_this()].count, 0U, "SPIs %u for CPU %u that the boot CPU got", spi,
		 index);
	CHECK_EQ(gic_handled(), 0U, "SPIs %u for CPU %u that others got", spi, index);
	irq_disable(spi);
}

void spi_reaches_its_cpu(void)
{
	u32 spi = gic_edge(0);
	u64 daif = irq_mask();
	unsigned int i;

	cpu_for_each_online(i)
		if (i != cpu_this() && gic_joins(i))
			reaches(spi, i);
	irq_restore(daif);
}

/* Of all CPUs, those that do not take part handle it where they wait. */
static u32 all_counts(void)
{
	u32 sum = gic_handled();
	unsigned int i;

	cpu_for_each_online(i)
		sum += READ_ONCE(post[i].count);
	return sum;
}

static void raise_rounds(u32 spi)
{
	for (u32 n = 1; n <= ROUNDS; n++) {
		gic_set_bit(GIC_REG_ISPENDR, spi);
		if (!CHECK_EQ(wait_until(({ take_mine(&post[cpu_this()]); all_counts() >= n; }),
					 GIC_CALL_US / 8), 0,
			      "SPI %u, number %u, is taken by nobody", spi, n))
			return;
		/* A second CPU that takes the same one has its time. */
		time_delay_us(SECOND_US);
	}
}

void one_of_n_takes_it(void)
{
	u32 spi = gic_edge(0);
	u64 daif = irq_mask();
	unsigned int i;
	int ret = irq_set_target(spi, IRQ_TARGET_ANY);

	if (ret == -EOPNOTSUPP) {
		irq_restore(daif);
		SKIP("GICD_TYPER.No1N: an SPI goes to one CPU");
	}
	CHECK_EQ(ret, 0, "SPI %u", spi);
	prepare(spi);
	cpu_for_each_online(i)
		if (i != cpu_this() && gic_joins(i))
			begin(i);
	raise_rounds(spi);
	WRITE_ONCE(over, 1);
	cpu_for_each_online(i)
		if (i != cpu_this() && gic_joins(i))
			finish(i);
	CHECK_EQ(all_counts(), ROUNDS, "SPIs %u that all CPUs got", spi);
	irq_disable(spi);
	irq_restore(daif);
}

static unsigned int first_other(void)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (i != cpu_this())
			return i;
	return 0;
}

/* The SPI is active here, acknowledged as @token, while it goes to @index from now on. */
static void move(u32 spi, unsigned int index, u32 token)
{
	u32 looks;

	CHECK_EQ(irq_set_target(spi, cpu_get(index)->mpidr), 0, "SPI %u to CPU %u", spi, index);
	begin(index);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	/* Until the other CPU has looked many times. */
	looks = READ_ONCE(post[index].looks);
	CHECK_EQ(wait_until(READ_ONCE(post[index].looks) - looks > LOOKS, GIC_CALL_US / 4), 0,
		 "CPU %u", index);
	take_mine(&post[cpu_this()]);
	CHECK_EQ(READ_ONCE(post[index].count), 0U, "SPIs %u on CPU %u while active elsewhere", spi,
		 index);
	irq_eoi(token);
	wait_until(READ_ONCE(post[index].count), GIC_US);
	WRITE_ONCE(over, 1);
	finish(index);
	CHECK_EQ(post[index].count, 1U, "SPIs %u on CPU %u once ended elsewhere", spi, index);
	CHECK_EQ(post[cpu_this()].count, 0U, "SPIs %u on the CPU that it went to before", spi);
}

void active_spi_moves_with_its_next(void)
{
	u32 spi = gic_edge(0), token;
	u64 daif = irq_mask();

	prepare(spi);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	if (CHECK_EQ(take_irq(&token), spi, "INTID that came"))
		move(spi, first_other(), token);
	irq_disable(spi);
	irq_restore(daif);
}

void thousand_spis_all_come(void)
{
	u32 spi = gic_edge(0);

	gic_handled_reset();
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	for (u32 n = 1; n <= STORM; n++) {
		gic_set_bit(GIC_REG_ISPENDR, spi);
		if (!CHECK_EQ(wait_until(({ take_waiting(); gic_handled() >= n; }), GIC_US), 0,
			      "SPI %u, number %u, was lost", spi, n))
			break;
	}
	irq_disable(spi);
	CHECK_EQ(gic_handled(), STORM, "SPI %u", spi);
}
