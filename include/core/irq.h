/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts: the private ones of each CPU. SGIs are INTID 0 to 15, PPIs 16 to 31
 * (IHI 0069H 2.2.1); a driver of the class DRIVER_IRQCHIP registers the one
 * controller there is.
 *
 * Interrupts are masked everywhere but in a case that runs against its deadline:
 * what waits masked can take what is pending with irq_poll(). Everything here works
 * with the MMU on and off; handlers run with DAIF.I set and never nest.
 */
#ifndef CORE_IRQ_H
#define CORE_IRQ_H

#include <base/types.h>

struct pt_regs;

#define IRQ_SGIS	16U
#define IRQ_PRIVATE	32U	/* SGIs and PPIs */
#define IRQ_NONE	1023U	/* nothing is pending; 1020 to 1022 mean no more to us */

/* SGIs of the image; those from 8 on are the secure world's in Arm's recommendation. */
#define IRQ_SGI_WAKE	0U	/* there is work for an idle CPU; has no handler */

/* What this CPU's interface is set to: compared and put back around a case. */
struct irq_cpu_state {
	u32 enabled;		/* bit n: INTID n */
	u32 pending;		/* likewise, SGIs only: PPIs come and go with their devices */
	u32 priority_mask;	/* PMR */
	u32 running_priority;	/* RPR: differs while an interrupt is active */
	u32 control;		/* what enables the groups and says how an EOI works */
};

struct irqchip {
	const char *name;
	/*
	 * Set up this CPU's interface, whatever it was left like: all private
	 * interrupts disabled, none pending or active, priorities equal, all
	 * let through. 0 or -errno; -ENODEV where nothing describes this CPU's.
	 */
	int (*cpu_init)(void);
	/* Let a private interrupt of this CPU come; -EIO when it does not stay enabled. */
	int (*enable)(u32 intid);
	/* Stop any interrupt; of a private one, this CPU's. */
	void (*disable)(u32 intid);
	/* Acknowledge: what eoi() wants back; *@intid is IRQ_NONE when there is nothing. */
	u32 (*ack)(u32 *intid);
	/* Priority drop and deactivation in one. */
	void (*eoi)(u32 token);
	/* Raise an SGI on the CPU with this MPIDR. */
	void (*send_sgi)(u64 mpidr, u32 sgi);
	void (*save)(struct irq_cpu_state *state);
	/* As save() found it, and nothing active or pending. */
	void (*restore)(const struct irq_cpu_state *state);
};

/**
 * irqchip_register() - make an interrupt controller the one in use
 * @chip: stays the driver's
 *
 * The distributor is set up; the calling CPU's interface is set up here.
 *
 * Return: 0 (NEED_IRQ is provided then); -EEXIST when there is one already; else
 * what cpu_init() returned, and there is none.
 */
int irqchip_register(const struct irqchip *chip);

/** irqchip_get() - the controller in use, NULL without */
const struct irqchip *irqchip_get(void);

/**
 * irq_cpu_init() - set up the calling CPU's interface; each secondary once it runs
 *
 * Also takes stale enables of the firmware away and lets IRQ_SGI_WAKE come.
 *
 * Return: 0; -ENODEV without a controller or a description of this CPU's part;
 * -ETIMEDOUT, -EIO where it does not do as told. No message is printed.
 */
int irq_cpu_init(void);

/* Called when the interrupt is no longer active: may leave the interrupted code for good. */
typedef void (*irq_after_t)(struct pt_regs *regs);

/**
 * typedef irq_handler_t - handles a private interrupt
 * @intid: 0 to 31
 * @regs: the interrupted state; NULL from irq_poll()
 * @arg: as given to irq_request()
 *
 * Silences its source: a level-triggered one comes again at once otherwise.
 *
 * Return: what to call behind the EOI, but for irq_poll(); NULL: go on.
 */
typedef irq_after_t (*irq_handler_t)(u32 intid, struct pt_regs *regs, void *arg);

/**
 * irq_request() - say who handles a private interrupt, on whatever CPU it comes
 * @intid: below IRQ_PRIVATE
 * @handler: NULL: nobody from now on
 * @arg: passed on
 *
 * Before the secondaries are up, or on a machine that is otherwise quiet.
 *
 * Return: 0; -EBUSY when it has one; -ERANGE.
 */
int irq_request(u32 intid, irq_handler_t handler, void *arg);

/** irq_enable() - let a private interrupt of this CPU come; -ENODEV, -ERANGE or -EIO when it cannot */
int irq_enable(u32 intid);

/** irq_disable() - stop a private interrupt of this CPU */
void irq_disable(u32 intid);

/**
 * irq_send_sgi() - raise an SGI on one CPU
 * @mpidr: its affinity fields, as cpu_mpidr() has them
 * @sgi: below IRQ_SGIS
 *
 * Earlier writes of this CPU are seen by whoever takes it. A GICv2 knows its CPUs
 * once they have called irq_cpu_init(); before that all others get it.
 *
 * Return: 0; -ENODEV without a controller, -ERANGE.
 */
int irq_send_sgi(u64 mpidr, u32 sgi);

/**
 * irq_poll() - take what is pending on this CPU, with interrupts masked
 *
 * For a CPU that WFI has woken: handlers are called, and an SGI without one is
 * gone afterwards.
 *
 * Return: how many there were.
 */
unsigned int irq_poll(void);

#endif
