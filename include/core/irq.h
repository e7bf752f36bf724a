/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts, by INTID as a GIC numbers them (IHI 0069H 2.2.1), whatever the
 * controller: a driver of the class DRIVER_IRQCHIP registers the one there is, and
 * whoever brings LPIs registers their range.
 *
 *	intid = device_irq_request(dev, 0, handler, priv);	(drivers/device_irq.h)
 *	ret = intid < 0 ? intid : irq_enable(intid);
 *
 * Private interrupts (SGIs, PPIs) are those of the calling CPU; shared ones go to
 * the CPU that requested them until irq_set_target(). Every function may be called
 * on every CPU, at any time, with the MMU on or off.
 *
 * Interrupts are masked everywhere but in a case that runs against its deadline:
 * what waits masked can take what is pending with irq_poll(). Handlers run with
 * DAIF.I set and never nest.
 *
 * What a case requests goes with it, and what a suite's init() requests goes behind
 * its exit(): the handler is dropped and the interrupt put back into the state that
 * irq_request() makes. One left enabled is an error of the case that left it.
 */
#ifndef CORE_IRQ_H
#define CORE_IRQ_H

#include <base/errno.h>
#include <base/types.h>

struct pt_regs;

#define IRQ_SGIS	16U
#define IRQ_PRIVATE	32U	/* SGIs and PPIs; the extended PPIs are private, too */
#define IRQ_SPI_FIRST	32U
#define IRQ_SPI_END	1020U
#define IRQ_NONE	1023U	/* nothing is pending; 1020 to 1022 mean no more to us */
#define IRQ_EPPI_FIRST	1056U	/* extended PPIs and SPIs: GICv3.1 */
#define IRQ_EPPI_END	1120U
#define IRQ_ESPI_FIRST	4096U
#define IRQ_ESPI_END	5120U
#define IRQ_LPI_FIRST	8192U

/* SGIs of the image; those from 8 on are the secure world's in Arm's recommendation. */
#define IRQ_SGI_WAKE	0U	/* there is work for an idle CPU; has no handler */

/* What every interrupt has unless irq_set_priority() says otherwise; lower is more urgent. */
#define IRQ_PRIORITY	0xa0U
/* The priority mask between cases: all that is numerically below comes. */
#define IRQ_PRIORITY_MASK	0xf0U

/* For irq_set_target(): whichever CPU the controller picks (1 of N). */
#define IRQ_TARGET_ANY	(~0ULL)

/* What this CPU's interface is set to: compared and put back around a case. */
struct irq_cpu_state {
	u32 enabled;		/* bit n: INTID n */
	u32 extended[2];	/* likewise, extended PPIs */
	u32 pending;		/* likewise, SGIs only: PPIs come and go with their devices */
	u32 active;		/* bit n: INTID n */
	u32 priorities;		/* sum of the words of theirs */
	u32 triggers;		/* of PPIs: two bits each */
	u32 priority_mask;	/* PMR */
	u32 running_priority;	/* RPR: differs while an interrupt is active */
	u32 shared;		/* what lets interrupts through to all CPUs: GICD_CTLR */
	u32 control;		/* what enables the groups and says how an EOI works */
};

/* What can be done to one interrupt; a private one is this CPU's. NULL: -EOPNOTSUPP. */
struct irq_ops {
	/* -EIO when it does not stay enabled. */
	int (*enable)(u32 intid);
	/* It takes effect before this returns. */
	int (*disable)(u32 intid);
	/*
	 * Whatever it was: disabled, neither pending nor active, of our group, at
	 * IRQ_PRIORITY, and a shared one level-sensitive and for this CPU.
	 */
	int (*reset)(u32 intid);
	int (*is_enabled)(u32 intid);
	int (*set_priority)(u32 intid, u32 priority);
	int (*get_priority)(u32 intid);
	int (*set_trigger)(u32 intid, bool edge);
	int (*is_edge)(u32 intid);
	int (*set_target)(u32 intid, u64 mpidr);
	int (*set_pending)(u32 intid, bool pending);
	int (*is_pending)(u32 intid);
	int (*set_active)(u32 intid, bool active);
	int (*is_active)(u32 intid);
	int (*set_group)(u32 intid, unsigned int group);
};

struct irqchip {
	const char *name;
	const struct irq_ops *ops;	/* of all but LPIs; -ERANGE for what there is not */
	/*
	 * Set up this CPU's interface, whatever it was left like: all private
	 * interrupts disabled, none pending or active, priorities equal, all
	 * let through. 0 or -errno; -ENODEV where nothing describes this CPU's.
	 */
	int (*cpu_init)(void);
	/* Acknowledge: what eoi() wants back; *@intid is IRQ_NONE when there is nothing. */
	u32 (*ack)(u32 *intid);
	/* Priority drop, and deactivation where split_eoi() has not parted them. */
	void (*eoi)(u32 token);
	void (*deactivate)(u32 token);
	/* -EOPNOTSUPP where they cannot be parted. */
	int (*split_eoi)(bool split);
	bool (*eoi_is_split)(void);
	/* Raise an SGI on the CPUs with these MPIDRs; on all others than this one. */
	int (*send_sgi)(const u64 *mpidr, unsigned int count, u32 sgi);
	int (*send_sgi_others)(u32 sgi);
	void (*set_priority_mask)(u32 mask);
	u32 (*priority_mask)(void);
	void (*save)(struct irq_cpu_state *state);
	/* As save() found it, nothing active or pending, priorities equal. */
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
 * typedef irq_handler_t - handles an interrupt
 * @intid: which
 * @regs: the interrupted state; NULL from irq_poll()
 * @arg: as given to irq_request()
 *
 * Silences its source: a level-triggered one comes again at once otherwise.
 *
 * Return: what to call behind the EOI, but for irq_poll(); NULL: go on.
 */
typedef irq_after_t (*irq_handler_t)(u32 intid, struct pt_regs *regs, void *arg);

/* Who handles an interrupt; core/irq.h's own. */
struct irq_action {
	irq_handler_t handler;
	void *arg;
	u32 scope;
	u32 touched;
};

/**
 * struct irq_range - interrupts that another driver than the controller's knows
 * @first: INTID of the first, IRQ_LPI_FIRST or later
 * @count: of them
 * @ops: what can be done to them
 * @action: @count of them, zeroed; stays the driver's
 *
 * The controller acknowledges them and ends them; all else is up to @ops.
 */
struct irq_range {
	u32 first;
	u32 count;
	const struct irq_ops *ops;
	struct irq_action *action;
};

/**
 * irq_register_range() - have LPIs handled
 * @range: stays the driver's; NULL: none from now on
 *
 * Return: 0; -EEXIST when there is another already; -ERANGE.
 */
int irq_register_range(const struct irq_range *range);

/**
 * irq_request() - say who handles an interrupt, on whatever CPU it comes
 * @intid: any
 * @handler: NULL: nobody from now on; a shared interrupt is disabled then
 * @arg: passed on
 *
 * A shared interrupt is then disabled, not pending, level-sensitive, at IRQ_PRIORITY
 * and for the calling CPU, whatever it was. Of a private one each CPU has its own
 * state, which stays as it is; that may be requested before there is a controller.
 *
 * Return: 0; -EBUSY when it has a handler; -ERANGE when there is no such interrupt;
 * -ENOMEM; -ENODEV for a shared one without a controller; -EIO where the controller
 * does not do as told.
 */
int irq_request(u32 intid, irq_handler_t handler, void *arg);

/* Those below return -ENODEV without a controller, -ERANGE where it has no such interrupt. */

/** irq_enable() - let an interrupt come; -EIO when it does not stay enabled */
int irq_enable(u32 intid);

/** irq_disable() - stop an interrupt: it does not come once this has returned */
int irq_disable(u32 intid);

/** irq_is_enabled() - 1 or 0 */
int irq_is_enabled(u32 intid);

/**
 * irq_set_priority() - how urgent an interrupt is
 * @priority: 0, most urgent, to 0xff; the low bits that the controller lacks read as 0
 *
 * In the non-secure view (IHI 0069H 4.8.6).
 */
int irq_set_priority(u32 intid, u32 priority);

/** irq_get_priority() - as it reads back, 0 to 0xff */
int irq_get_priority(u32 intid);

/**
 * irq_set_trigger() - what makes a disabled interrupt pending
 * @edge: an edge; else a level
 *
 * Return: 0; -EBUSY while it is enabled (IHI 0069H 12.9.9); -EOPNOTSUPP where the
 * hardware has it the other way for good, as PPIs may.
 */
int irq_set_trigger(u32 intid, bool edge);

/** irq_is_edge() - 1: an edge makes it pending; 0: a level */
int irq_is_edge(u32 intid);

/**
 * irq_set_target() - which CPU a shared interrupt goes to
 * @mpidr: its affinity fields, as cpu_mpidr() has them, or IRQ_TARGET_ANY
 *
 * Return: 0; -EINVAL for a private one; -ENODEV for a CPU that the controller does
 * not know (a GICv2 knows those that called irq_cpu_init()); -EOPNOTSUPP for
 * IRQ_TARGET_ANY where GICD_TYPER.No1N says so; -EIO.
 */
int irq_set_target(u32 intid, u64 mpidr);

/**
 * irq_set_pending() - make an interrupt pending by software, or no longer so
 *
 * Taking it back does not change what a level-sensitive source asks for. An SGI of
 * a GICv2 is then one from this CPU.
 */
int irq_set_pending(u32 intid, bool pending);

/** irq_is_pending() - 1 or 0 */
int irq_is_pending(u32 intid);

/** irq_set_active() - as if it had been acknowledged, or deactivated */
int irq_set_active(u32 intid, bool active);

/** irq_is_active() - 1 or 0 */
int irq_is_active(u32 intid);

/**
 * irq_set_group() - of an interrupt, where there is one security state
 * @group: 0 or 1; those of the other group than the image's are not taken
 *
 * Return: 0; -EPERM where groups are the secure side's.
 */
int irq_set_group(u32 intid, unsigned int group);

/**
 * irq_send_sgi() - raise an SGI on one CPU
 * @mpidr: its affinity fields, as cpu_mpidr() has them
 * @sgi: below IRQ_SGIS
 *
 * Earlier writes of this CPU are seen by whoever takes it. A GICv2 knows its CPUs
 * once they have called irq_cpu_init(); before that all others get it.
 *
 * Return: 0; -ENODEV without a controller, -ERANGE; -EOPNOTSUPP where SGIs do not
 * get to a CPU of that affinity (Aff0 above 15 without GICD_TYPER.RSS).
 */
int irq_send_sgi(u64 mpidr, u32 sgi);

/**
 * irq_send_sgi_list() - raise an SGI on several CPUs, in as few writes as it takes
 * @mpidr: of each
 * @count: of them; at most IRQ_SGI_LIST
 *
 * Return: as above; -ENODEV, too, for a CPU that a GICv2 does not know.
 */
int irq_send_sgi_list(const u64 *mpidr, unsigned int count, u32 sgi);
#define IRQ_SGI_LIST	64U

/** irq_send_sgi_others() - raise an SGI on all CPUs but this one; as above */
int irq_send_sgi_others(u32 sgi);

/** irq_set_priority_mask() - let only interrupts of a priority below @mask come to this CPU */
int irq_set_priority_mask(u32 mask);

/** irq_priority_mask() - as it reads back; 0 without a controller */
u32 irq_priority_mask(void);

/**
 * irq_split_eoi() - have an EOI of this CPU drop the priority only (EOImode 1)
 *
 * Handlers go on as before: both are done behind them.
 *
 * Return: 0; -EOPNOTSUPP where the CPU interface cannot.
 */
int irq_split_eoi(bool split);

/**
 * irq_ack() - acknowledge what is pending, with interrupts masked, for no handler
 * @token: what irq_eoi() and irq_deactivate() want
 *
 * For cases on the controller itself. It may be the deadline's: mask or end all
 * that comes.
 *
 * Return: the INTID; IRQ_NONE when there is nothing.
 */
u32 irq_ack(u32 *token);

/** irq_eoi() - end what irq_ack() gave; drops the priority only after irq_split_eoi(true) */
void irq_eoi(u32 token);

/** irq_deactivate() - the other half of the end, after irq_split_eoi(true) */
void irq_deactivate(u32 token);

/**
 * irq_poll() - take what is pending on this CPU, with interrupts masked
 *
 * For a CPU that WFI has woken: handlers are called, and an SGI without one is
 * gone afterwards.
 *
 * Return: how many there were.
 */
unsigned int irq_poll(void);

/* Who requested it: the image itself, a suite's init(), or a case. */
enum irq_scope { IRQ_SCOPE_IMAGE, IRQ_SCOPE_SUITE, IRQ_SCOPE_CASE };

/** irq_scope_set() - whose irq_request() is from now on; for the runner. Return: whose it was */
enum irq_scope irq_scope_set(enum irq_scope scope);

/**
 * irq_scope_end() - drop what was requested in @scope or a smaller one; for the runner
 * @left: filled with the first that was left enabled or active, IRQ_NONE without
 *
 * On the boot CPU. Private interrupts of other CPUs stay as they are: save() and
 * restore() of the controller are for those.
 *
 * Return: how many were left enabled or active.
 */
unsigned int irq_scope_end(enum irq_scope scope, u32 *left);

#endif
