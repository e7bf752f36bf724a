/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of core/irq.h share: who handles what, and what can be done to it. */
#ifndef LIB_CORE_IRQ_PRIVATE_H
#define LIB_CORE_IRQ_PRIVATE_H

#include <core/irq.h>

/** irq_action_find() - of an interrupt, NULL where nobody ever asked for it */
struct irq_action *irq_action_find(u32 intid);

/** irq_ops_of() - what can be done to an interrupt; NULL without a controller */
const struct irq_ops *irq_ops_of(u32 intid);

/** irq_touch() - note that an interrupt's state is no longer that of irq_request() */
void irq_touch(u32 intid);

static inline bool irq_is_shared(u32 intid)
{
	return intid >= IRQ_PRIVATE && !(intid >= IRQ_EPPI_FIRST && intid < IRQ_EPPI_END);
}

#endif
