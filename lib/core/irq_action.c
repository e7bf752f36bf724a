// SPDX-License-Identifier: BSD-2-Clause
/*
 * Who handles which interrupt. Most machines have hundreds of them and use a few:
 * their entries come by the word of 32, as the controller has their bits, once one
 * of them is asked for. They stay, so that a CPU may look at them at any time.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/lock.h>
#include <asm/barrier.h>
#include "irq_private.h"

#define WORD		32U
#define SPI_WORDS	(IRQ_SPI_END / WORD + 1)	/* SGIs and PPIs, too */
#define EPPI_WORDS	((IRQ_EPPI_END - IRQ_EPPI_FIRST) / WORD)
#define ESPI_WORDS	((IRQ_ESPI_END - IRQ_ESPI_FIRST) / WORD)
#define WORDS		(SPI_WORDS + EPPI_WORDS + ESPI_WORDS)

static struct irq_action private_actions[WORD];
static struct irq_action *words[WORDS] = { private_actions };
static const struct irq_range *range;
static enum irq_scope scope;
/* Held for a few loads and stores; no deadline ends a case in between. */
static struct spinlock lock = SPINLOCK_WHOLE("interrupts");

/* Of words[]; WORDS for what is in none of them. */
static unsigned int word_of(u32 intid)
{
	if (intid < IRQ_SPI_END)
		return intid / WORD;
	if (intid >= IRQ_EPPI_FIRST && intid < IRQ_EPPI_END)
		return SPI_WORDS + (intid - IRQ_EPPI_FIRST) / WORD;
	if (intid >= IRQ_ESPI_FIRST && intid < IRQ_ESPI_END)
		return SPI_WORDS + EPPI_WORDS + (intid - IRQ_ESPI_FIRST) / WORD;
	return WORDS;
}

static u32 intid_of(unsigned int word)
{
	if (word < SPI_WORDS)
		return word * WORD;
	if (word < SPI_WORDS + EPPI_WORDS)
		return IRQ_EPPI_FIRST + (word - SPI_WORDS) * WORD;
	return IRQ_ESPI_FIRST + (word - SPI_WORDS - EPPI_WORDS) * WORD;
}

static bool in_range(u32 intid)
{
	return range && intid >= range->first && intid - range->first < range->count;
}

struct irq_action *irq_action_find(u32 intid)
{
	unsigned int word = word_of(intid);

	if (in_range(intid))
		return &range->action[intid - range->first];
	if (word == WORDS || !words[word])
		return NULL;
	/* Ranges begin with a word. */
	return &words[word][intid % WORD];
}

const struct irq_ops *irq_ops_of(u32 intid)
{
	const struct irqchip *chip = irqchip_get();

	if (!chip)
		return NULL;
	return in_range(intid) ? range->ops : chip->ops;
}

int irq_register_range(const struct irq_range *candidate)
{
	if (candidate && candidate->first < IRQ_LPI_FIRST)
		return -ERANGE;
	if (candidate && range)
		return -EEXIST;
	range = candidate;
	return 0;
}

/* Its entry, made where there is none yet. */
static struct irq_action *action_get(u32 intid)
{
	unsigned int word = word_of(intid);
	struct irq_action *fresh;

	if (word == WORDS || words[word])
		return irq_action_find(intid);
	fresh = heap_alloc(WORD * sizeof(*fresh));
	if (!fresh)
		return NULL;
	spin_lock(&lock);
	if (!words[word]) {
		words[word] = fresh;
		fresh = NULL;
	}
	spin_unlock(&lock);
	heap_free(fresh);
	return irq_action_find(intid);
}

void irq_touch(u32 intid)
{
	struct irq_action *action = action_get(intid);

	if (action)
		action->touched = 1;
}

/* As irq_request() promises, before anybody is called for it. */
static int make_ready(u32 intid)
{
	const struct irq_ops *ops = irq_ops_of(intid);

	if (!irq_is_shared(intid))
		return 0;
	if (!ops)
		return -ENODEV;
	return ops->reset ? ops->reset(intid) : 0;
}

static int take(struct irq_action *action, irq_handler_t handler, void *arg)
{
	int ret = 0;

	spin_lock(&lock);
	if (handler && action->handler) {
		ret = -EBUSY;
	} else {
		action->arg = arg;
		action->scope = scope;
		/* A handler that is seen has its argument. */
		dmb(sy);
		action->handler = handler;
	}
	spin_unlock(&lock);
	return ret;
}

int irq_request(u32 intid, irq_handler_t handler, void *arg)
{
	struct irq_action *action;
	int ret;

	if (word_of(intid) == WORDS && !in_range(intid))
		return -ERANGE;
	action = irq_action_find(intid);
	if (handler && action && action->handler)
		return -EBUSY;
	ret = make_ready(intid);
	if (ret)
		return ret;
	action = action_get(intid);
	return action ? take(action, handler, arg) : -ENOMEM;
}

enum irq_scope irq_scope_set(enum irq_scope now)
{
	enum irq_scope before = scope;

	scope = now;
	return before;
}

/* 1 when it was left enabled or active. */
static unsigned int drop(u32 intid, struct irq_action *action, enum irq_scope ending)
{
	const struct irq_ops *ops = irq_ops_of(intid);
	unsigned int left = 0;

	if (action->handler && action->scope < ending)
		return 0;
	if (action->touched && irq_is_shared(intid) && ops) {
		left = irq_is_enabled(intid) > 0 || irq_is_active(intid) > 0;
		if (ops->reset)
			ops->reset(intid);
	}
	action->touched = 0;
	action->handler = NULL;
	return left;
}

static unsigned int drop_all(u32 first, u32 count, struct irq_action *action,
			     enum irq_scope ending, u32 *left)
{
	unsigned int found = 0;

	for (u32 i = 0; i < count; i++) {
		if (!action[i].handler && !action[i].touched)
			continue;
		if (!drop(first + i, &action[i], ending))
			continue;
		if (!found++)
			*left = first + i;
	}
	return found;
}

unsigned int irq_scope_end(enum irq_scope ending, u32 *left)
{
	unsigned int found = 0;
	u32 other = IRQ_NONE;

	*left = IRQ_NONE;
	for (unsigned int i = 0; i < WORDS; i++) {
		if (words[i])
			found += drop_all(intid_of(i), WORD, words[i], ending, &other);
		if (*left == IRQ_NONE)
			*left = other;
	}
	if (range)
		found += drop_all(range->first, range->count, range->action, ending, &other);
	if (*left == IRQ_NONE)
		*left = other;
	return found;
}
