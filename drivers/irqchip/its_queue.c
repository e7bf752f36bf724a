// SPDX-License-Identifier: BSD-2-Clause
/*
 * The queue of commands: a ring in memory that this side writes to and the ITS reads
 * (IHI 0069H 5.3).
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <drivers/device.h>
#include "gic_memory.h"
#include "its_private.h"

#define QUEUE_BYTES		(2 * SZ_4K)
#define QUEUE_PAGE		SZ_4K		/* GITS_CBASER counts in these */
#define COMMAND_BYTES		((u32)sizeof(struct its_command))

#define OFFSET_MASK		GENMASK(19, 5)
#define CREADR_STALLED		1ULL
#define CWRITER_RETRY		1ULL

u64 __noinline its_read_creadr(const struct its *its)
{
	return readq(its->regs + GITS_CREADR);
}

static u32 next_offset(const struct its_queue *queue, u32 offset)
{
	return (offset + COMMAND_BYTES) % queue->bytes;
}

static int tell(struct its *its)
{
	struct its_queue *queue = &its->queue;
	u64 value = BASE_VALID | (u64)queue->command | (queue->bytes / QUEUE_PAGE - 1);
	u64 found = gic_memory_set_base(its->regs + GITS_CBASER, value, GIC_MEMORY_ITS,
					&queue->coherent);
	u64 kept = BASE_VALID | GENMASK(51, 12) | GENMASK(7, 0);

	if ((found & kept) == value)
		return 0;
	pr_err("%s: GITS_CBASER reads 0x%llx where 0x%llx was written: no ITS is there, or its queue cannot lie at 0x%llx",
	       its->dev->origin, found, value, (u64)queue->command);
	return -EIO;
}

int its_queue_set_up(struct its *its)
{
	struct its_queue *queue = &its->queue;

	if (!queue->command) {
		queue->bytes = QUEUE_BYTES;
		queue->command = gic_memory_alloc(QUEUE_BYTES, SZ_64K);
		if (!queue->command || gic_memory_keep(queue->command, QUEUE_BYTES))
			return -ENOMEM;
	}
	/* A write of GITS_CBASER also sets GITS_CREADR to 0 (IHI 0069H 12.19). */
	queue->write = 0;
	queue->posted = 0;
	queue->read = 0;
	writeq(0, its->regs + GITS_CWRITER);
	return tell(its);
}

unsigned int its_queue_size(const struct its *its)
{
	return its->queue.bytes / COMMAND_BYTES;
}

static void write_command(const struct its_queue *queue, u32 offset, struct its_command command)
{
	struct its_command *place = &queue->command[offset / COMMAND_BYTES];

	*place = command;
	gic_memory_publish(place, COMMAND_BYTES, queue->coherent);
}

/* One in its place that does nothing, and on it goes (IHI 0069H 5.3). */
static void step_over(struct its *its, u32 offset)
{
	const struct its_command *command = &its->queue.command[offset / COMMAND_BYTES];
	u64 rdbase = 0;

	pr_err("%s: the ITS stalled at the command 0x%llx 0x%llx 0x%llx 0x%llx (offset 0x%x of its queue): it is left out",
	       its->dev->origin, command->word[0], command->word[1], command->word[2],
	       command->word[3], offset);
	its_target(its, cpu_mpidr(), &rdbase);
	write_command(&its->queue, offset, its_sync(rdbase));
	writeq(its->queue.posted | CWRITER_RETRY, its->regs + GITS_CWRITER);
}

static int say_silent(const struct its *its, u64 creadr)
{
	pr_err("%s: the ITS does not answer: GITS_CREADR stays 0x%llx, GITS_CWRITER reads 0x%llx, GITS_CTLR 0x%x",
	       its->dev->origin, creadr, readq(its->regs + GITS_CWRITER),
	       readl(its->regs + GITS_CTLR));
	return -ETIMEDOUT;
}

#define NOWHERE	(~0ULL)

/*
 * Until it has read as far as @offset, or stalls; @found: GITS_CREADR. The stall at
 * @left_out is over when the ITS has taken notice of Retry, not when that was written.
 */
static int wait_read(const struct its *its, u32 offset, u64 left_out, u64 *found)
{
	return wait_until(((*found = its_read_creadr(its)) & OFFSET_MASK) == offset ||
			  (*found & CREADR_STALLED && (*found & OFFSET_MASK) != left_out),
			  ITS_WAIT_US);
}

static int flush(struct its *its)
{
	struct its_queue *queue = &its->queue;
	u64 found = 0, left_out = NOWHERE;
	int ret = 0;

	queue->posted = queue->write;
	writeq(queue->posted, its->regs + GITS_CWRITER);
	/* Each command stalls once at the most. */
	for (u32 i = 0; i < queue->bytes / COMMAND_BYTES; i++) {
		if (wait_read(its, queue->posted, left_out, &found))
			return say_silent(its, found);
		queue->read = found & OFFSET_MASK;
		if (queue->read == queue->posted)
			return ret;
		ret = -EIO;
		left_out = found & OFFSET_MASK;
		step_over(its, (u32)left_out);
	}
	return say_silent(its, found);
}

/* One place stays empty: a full ring would look like an empty one. */
static bool is_full(const struct its_queue *queue)
{
	return next_offset(queue, queue->write) == queue->read;
}

static int post(struct its *its, struct its_command command)
{
	struct its_queue *queue = &its->queue;
	int ret = 0;

	if (is_full(queue))
		ret = flush(its);
	if (ret == -ETIMEDOUT)
		return ret;
	write_command(queue, queue->write, command);
	queue->write = next_offset(queue, queue->write);
	return ret;
}

/* Not inlined: planted defects stand between. */
static int __noinline locked_post(struct its *its, const struct its_command *command)
{
	int ret;

	spin_lock(&its->lock);
	ret = post(its, *command);
	spin_unlock(&its->lock);
	return ret;
}

int __noinline its_post(struct its *its, struct its_command command)
{
	return its->running ? locked_post(its, &command) : -ENODEV;
}

int its_flush(struct its *its)
{
	int ret;

	if (!its->running)
		return -ENODEV;
	spin_lock(&its->lock);
	ret = flush(its);
	spin_unlock(&its->lock);
	return ret;
}

int its_send(struct its *its, struct its_command command)
{
	int ret = its_post(its, command);

	return ret ? ret : its_flush(its);
}

int its_sync_cpu(struct its *its, u64 mpidr)
{
	u64 rdbase;
	int ret = its_target(its, mpidr, &rdbase);

	return ret ? ret : its_send(its, its_sync(rdbase));
}
