// SPDX-License-Identifier: BSD-2-Clause
/*
 * The driver of memory-mapped timers against a model of a block (DDI0487J.a I5.7): frames
 * 0 and 5 are implemented, 5 with a virtual timer; 2 is described and is not there.
 */
#include <ctest.h>
#include <drivers/device.h>
#include <drivers/device_irq.h>
#include <drivers/timer_mem.h>
#include <asm/io.h>

#define CONTROL		0x2a810000ULL
#define FRAME(n)	(0x2a820000ULL + 0x10000 * (n))
#define CNTTIDR_VALUE	0x00300001U
#define FRAME_WORDS	16

static u64 counter;
static u64 step;		/* what it counts on at each access */
static u32 access_control[8];
static u32 words[8][FRAME_WORDS];	/* of each frame, but for the counter */
static unsigned int strangers;		/* accesses to what is not described */
static char order[256];			/* of writes: "2c=0 20=5 " */

static int frame_of(u64 addr)
{
	for (int n = 0; n < 8; n++)
		if (addr >= FRAME(n) && addr < FRAME(n) + 0x1000)
			return n;
	return -1;
}

static bool is_described(int frame)
{
	return frame == 0 || frame == 2 || frame == 5;
}

u64 host_io_read(u64 addr, unsigned int size)
{
	int frame = frame_of(addr);
	u64 now = counter;

	counter += step;
	if (size != 4)
		strangers++;
	if (addr == CONTROL + 8)
		return CNTTIDR_VALUE;
	if (!is_described(frame) || (addr & 0xfff) >= 4 * FRAME_WORDS) {
		strangers++;
		return 0;
	}
	if ((addr & 0xfff) == 0)
		return (u32)now;
	if ((addr & 0xfff) == 4)
		return now >> 32;
	return words[frame][(addr & 0xfff) / 4];
}

void host_io_write(u64 addr, u64 value, unsigned int size)
{
	int frame = frame_of(addr);
	size_t len = strlen(order);

	if (size != 4)
		strangers++;
	if (addr >= CONTROL + 0x40 && addr < CONTROL + 0x60) {
		access_control[(addr - CONTROL - 0x40) / 4] = value;
		return;
	}
	if (!is_described(frame) || (addr & 0xfff) >= 4 * FRAME_WORDS) {
		strangers++;
		return;
	}
	words[frame][(addr & 0xfff) / 4] = value;
	snprintf(order + len, sizeof(order) - len, "%x=%x ", (unsigned int)(addr & 0xfff),
		 (unsigned int)value);
}

static unsigned int requested = ~0U;

int device_irq_request(const struct device *dev, unsigned int n, irq_handler_t handler __unused,
		       void *arg __unused)
{
	const struct resource *irq = device_irq(dev, n);

	requested = n;
	return irq ? (int)irq->base : -ENOENT;
}

#define MEM(addr, text)	{ .kind = RES_MEM, .base = (addr), .size = 0x1000, .name = text }
#define IRQ(intid, text) { .kind = RES_IRQ, .base = (intid), .size = 1, .name = text }

static const struct resource resources[] = {
	MEM(CONTROL, "CNTCTLBase"),
	MEM(FRAME(5), "frame5"), IRQ(90, "frame5-phys"), IRQ(91, "frame5-virt"),
	MEM(FRAME(2), "frame2"), IRQ(92, "frame2-phys"),
	MEM(FRAME(0), "frame0"), IRQ(93, "frame0-virt"), IRQ(94, "frame0-phys"),
};

static struct device block = {
	.name = "timer-mem", .origin = "/timer-mem", .resources = resources,
	.nr_resources = ARRAY_SIZE(resources),
};

TABLE_DECLARE(struct driver, driver);

static const struct driver *the_driver(void)
{
	const struct driver *const *pp;

	table_for_each(pp, driver)
		return *pp;
	return NULL;
}

static void frames_are_found_and_stopped(void)
{
	memset(words, 0xff, sizeof(words));
	EXPECT_EQ(the_driver()->probe(&block, NULL), 0);
	EXPECT(timer_frame_get(0) && timer_frame_get(2) && !timer_frame_get(3));
	EXPECT_EQ(timer_frame_get(0)->number, 0);
	EXPECT_EQ(timer_frame_get(1)->number, 2);
	EXPECT_EQ(timer_frame_get(2)->number, 5);
	EXPECT_EQ(access_control[0], 0x3f);
	EXPECT_EQ(access_control[1], 0);
	EXPECT_EQ(access_control[5], 0x3f);
	/* CNTTIDR says that there is no frame 2. */
	EXPECT_EQ(access_control[2], 0);
	EXPECT_EQ(words[2][0x2c / 4], ~0U);
	EXPECT_EQ(words[0][0x2c / 4], 0);
	EXPECT_EQ(words[5][0x2c / 4], 0);
	EXPECT_EQ(words[5][0x3c / 4], 0);
	/* It has no virtual timer. */
	EXPECT_EQ(words[0][0x3c / 4], ~0U);
	EXPECT_EQ(strangers, 0);
}

static void missing_frame_is_said(void)
{
	EXPECT_EQ(timer_frame_get(1)->features & TIMER_FRAME_IMPLEMENTED, 0);
	EXPECT_EQ(timer_frame_get(2)->features, TIMER_FRAME_IMPLEMENTED | TIMER_FRAME_VIRTUAL);
}

/* The lower half wraps between the reads of the two, wherever the first one falls. */
static void halves_of_the_counter_belong_together(void)
{
	for (u64 start = 0xfffffff0; start < 0x100000010; start++) {
		u64 count;

		counter = start;
		step = 3;
		count = timer_frame_count(timer_frame_get(0));
		EXPECT(count >= start && count <= counter, "0x%llx, of 0x%llx to 0x%llx",
		       (unsigned long long)count, (unsigned long long)start,
		       (unsigned long long)counter);
	}
	step = 0;
}

/* A counter whose upper half is never the same twice is broken: it must not hold anybody. */
static void a_wild_counter_ends(void)
{
	counter = 0;
	step = 1ULL << 32;
	timer_frame_count(timer_frame_get(0));
	EXPECT(counter < 20 * step);
	step = 0;
}

static void timer_is_off_while_it_is_set(void)
{
	order[0] = '\0';
	timer_frame_start(timer_frame_get(0), 0x123456789aULL);
	EXPECT_STREQ(order, "2c=0 20=3456789a 24=12 2c=1 ");
	words[0][0x2c / 4] = 5;
	EXPECT_EQ(timer_frame_ctl(timer_frame_get(0)), 5);
	timer_frame_stop(timer_frame_get(0));
	EXPECT_EQ(words[0][0x2c / 4], 0);
	words[0][0x10 / 4] = 1000000;
	EXPECT_EQ(timer_frame_frequency(timer_frame_get(0)), 1000000);
	EXPECT_EQ(strangers, 0);
}

static void interrupt_is_the_physical_timers(void)
{
	EXPECT_EQ(timer_frame_request(timer_frame_get(0), NULL, NULL), 94);
	EXPECT_EQ(requested, 4);
	EXPECT_EQ(timer_frame_request(timer_frame_get(2), NULL, NULL), 90);
	EXPECT_EQ(requested, 0);
}

static void more_frames_than_fit_are_said(void)
{
	unsigned int n;

	for (unsigned int i = 0; i < 20; i++)
		EXPECT_EQ(the_driver()->probe(&block, NULL), 0);
	for (n = 0; timer_frame_get(n); n++)
		;
	EXPECT_EQ(n, 4 * TIMER_FRAMES);
	EXPECT(host_log_has("more frames of timers"));
	EXPECT(host_log_has("frame 2 is described, but CNTTIDR 0x300001"));
	EXPECT_EQ(strangers, 0);
}

int main(void)
{
	CTEST(frames_are_found_and_stopped);
	CTEST(missing_frame_is_said);
	CTEST(halves_of_the_counter_belong_together);
	CTEST(a_wild_counter_ends);
	CTEST(timer_is_off_while_it_is_set);
	CTEST(interrupt_is_the_physical_timers);
	CTEST(more_frames_than_fit_are_said);
	return ctest_end();
}
