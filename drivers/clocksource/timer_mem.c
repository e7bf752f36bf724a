// SPDX-License-Identifier: BSD-2-Clause
/* Memory-mapped timers (DDI0487J.a I5.6, I5.7). */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/log.h>
#include <drivers/acpi_tables.h>
#include <drivers/device.h>
#include <drivers/device_irq.h>
#include <drivers/timer_mem.h>
#include <asm/io.h>

/* CNTCTLBase */
#define CNTTIDR		0x008
#define CNTACR(n)	(0x040 + 4 * (n))
#define CNTACR_ALL	0x3fU		/* counters, frequency, offset, both timers */
/* CNTBaseN */
#define CNTPCT_LOW	0x000
#define CNTPCT_HIGH	0x004
#define CNTFRQ		0x010
#define CNTP_CVAL_LOW	0x020
#define CNTP_CVAL_HIGH	0x024
#define CNTP_CTL	0x02c
#define CNTV_CTL	0x03c

#define CTL_ENABLE	1U
#define BLOCKS_MAX	4U		/* a machine has one, and perhaps one a socket */
/* The upper half changes once in some seconds at the most. */
#define COUNT_TRIES	4U

static struct timer_frame frames[BLOCKS_MAX * TIMER_FRAMES];
static unsigned int count;

const struct timer_frame *timer_frame_get(unsigned int n)
{
	return n < count ? &frames[n] : NULL;
}

u32 timer_frame_frequency(const struct timer_frame *frame)
{
	return readl(frame->regs + CNTFRQ);
}

/* By halves: accesses of 64 bits need not be single (I5.6). */
u64 timer_frame_count(const struct timer_frame *frame)
{
	u32 high = readl(frame->regs + CNTPCT_HIGH), low, again;

	for (unsigned int i = 0; i < COUNT_TRIES; i++) {
		low = readl(frame->regs + CNTPCT_LOW);
		again = readl(frame->regs + CNTPCT_HIGH);
		if (again == high)
			return (u64)high << 32 | low;
		high = again;
	}
	return (u64)high << 32;
}

void timer_frame_start(const struct timer_frame *frame, u64 cval)
{
	/* Half of a new value must not match. */
	writel(0, frame->regs + CNTP_CTL);
	writel((u32)cval, frame->regs + CNTP_CVAL_LOW);
	writel((u32)(cval >> 32), frame->regs + CNTP_CVAL_HIGH);
	writel(CTL_ENABLE, frame->regs + CNTP_CTL);
}

u32 timer_frame_ctl(const struct timer_frame *frame)
{
	return readl(frame->regs + CNTP_CTL);
}

void timer_frame_stop(const struct timer_frame *frame)
{
	writel(0, frame->regs + CNTP_CTL);
}

/* Index of a resource of a kind by its name, as device_mem() and device_irq() count; -ENOENT. */
static int find(const struct device *dev, enum resource_kind kind, unsigned int frame,
		const char *suffix)
{
	int at = 0;

	for (unsigned int i = 0; i < dev->nr_resources; i++) {
		const struct resource *res = &dev->resources[i];

		if (res->kind != kind)
			continue;
		/* "frame0" to "frame7", "-phys" and "-virt" behind it of interrupts */
		if (res->name && !strncmp(res->name, "frame", 5) &&
		    res->name[5] == (char)('0' + frame) && !strcmp(res->name + 6, suffix))
			return at;
		at++;
	}
	return -ENOENT;
}

int timer_frame_request(const struct timer_frame *frame, irq_handler_t handler, void *arg)
{
	int n = find(frame->block, RES_IRQ, frame->number, "-phys");

	return n < 0 ? n : device_irq_request(frame->block, (unsigned int)n, handler, arg);
}

static int add_frame(const struct device *dev, void __iomem *control, unsigned int number, int mem)
{
	u32 features = readl(control + CNTTIDR) >> 4 * number & 0xf;
	struct timer_frame *frame = &frames[count];

	*frame = (struct timer_frame){ .block = dev, .number = number, .features = features };
	if (!(features & TIMER_FRAME_IMPLEMENTED)) {
		pr_warn("%s: frame %u is described, but CNTTIDR 0x%x says that there is none: it is not touched",
			dev->origin, number, readl(control + CNTTIDR));
		count++;
		return 0;
	}
	frame->regs = device_map(dev, (unsigned int)mem);
	if (!frame->regs)
		return -EINVAL;
	/* Without effect where the frame is the secure side's. */
	writel(CNTACR_ALL, control + CNTACR(number));
	timer_frame_stop(frame);
	if (features & TIMER_FRAME_VIRTUAL)
		writel(0, frame->regs + CNTV_CTL);
	count++;
	return 0;
}

static int timer_mem_probe(struct device *dev, const struct device_match *match)
{
	void __iomem *control = device_map(dev, 0);
	int ret = 0;

	(void)match;
	if (!control)
		return -EINVAL;
	for (unsigned int number = 0; !ret && number < TIMER_FRAMES; number++) {
		int mem = find(dev, RES_MEM, number, "");

		if (mem < 0)
			continue;
		if (count == ARRAY_SIZE(frames)) {
			pr_warn("%s: more frames of timers than the %zu that are used", dev->origin,
				ARRAY_SIZE(frames));
			return 0;
		}
		ret = add_frame(dev, control, number, mem);
	}
	return ret;
}

static const struct device_match timer_mem_match[] = {
	{ .compatible = "arm,armv7-timer-mem", .acpi = ACPI_GTDT(ACPI_GTDT_BLOCK) },
	{}
};

DRIVER(timer_mem, .class = DRIVER_OTHER, .match = timer_mem_match, .probe = timer_mem_probe);
