/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite gic. */
#ifndef TESTS_GIC_H
#define TESTS_GIC_H

#include <core/cpu.h>
#include <core/irq.h>
#include <core/time.h>
#include <asm/lock.h>
#include <drivers/gic.h>
#include <test/test.h>

/* What is on its way is there by then. */
#define GIC_US		100000ULL
/* A call in which CPUs wait for each other; a host may have fewer than they are. */
#define GIC_CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 50000ULL)

/* gic.c */

/* Filled by the suite's init(). */
extern struct gic_info gic;

/**
 * gic_spi() - the @n-th SPI that no device has, requested by the case, at its defaults
 *
 * Disabled, not pending, level-sensitive, at IRQ_PRIORITY, for this CPU. Its handler only
 * counts on it: cases take it with take_irq(). Ends the case with a SKIP where there
 * are not as many.
 */
u32 gic_spi(unsigned int n);

/** gic_edge() - the same, triggered by edges */
u32 gic_edge(unsigned int n);

/** gic_handled() - how often such SPIs came to their handler: IRQs let through, or the CPU idle */
u32 gic_handled(void);

/** gic_handled_reset() - count from 0 again */
void gic_handled_reset(void);

/** take_waiting() - have handlers called for what is pending, should IRQs be masked */
void take_waiting(void);

/** gic_bit() - of an interrupt, in one of the registers with a bit each, as it reads */
bool gic_bit(u32 reg, u32 intid);

/** gic_set_bit() - write that bit alone as 1 */
void gic_set_bit(u32 reg, u32 intid);

/**
 * take_irq() - acknowledge, with IRQs masked, what comes before long
 * @token: for irq_eoi()
 *
 * What only wakes CPUs is passed over. Return: INTID, IRQ_NONE when nothing came.
 */
u32 take_irq(u32 *token);

/** take_now() - likewise, what is there at once: takes the time that a GIC takes to signal */
u32 take_now(u32 *token);

/** nothing_comes() - that nothing is signalled: what was, is ended, and a failure */
void nothing_comes(const char *when);

/** gic_interface() - of the calling CPU: one bit, a GICv2 knows CPUs by it; 0 of a lone CPU's */
u32 gic_interface(void);

/** gic_joins() - whether a CPU takes part in cases that have CPUs wait for each other */
bool gic_joins(unsigned int index);

/** gic_is_v2() - for what one GIC does by other registers */
static inline bool gic_is_v2(void)
{
	return gic.version == 2;
}

/* sgi.c */
void sgis_reach_their_own_cpu(void);
void sgi_sent_twice_is_pending_once(void);
void thousand_sgis_all_come(void);

/* sgi_cpus.c */
void sgi_reaches_just_the_list(void);
void sgi_reaches_all_others(void);
void sgi_tells_its_number_and_sender(void);

/* registers.c */
void identification_is_read_only(void);
void security_states_fit_the_cpu(void);
void lines_are_as_many_as_said(void);
void enables_set_and_clear(void);
void triggers_are_configured(void);
void every_cpu_has_its_interface(void);

/* targets.c */
void shared_interrupts_name_their_cpu(void);
void absent_cpus_are_no_targets(void);

/* priority_registers.c */
void priorities_have_16_levels(void);
void priorities_are_bytes(void);
void spi_priorities_are_words_of_bytes(void);

/* states.c */

/** check_state() - pending and active as all registers show them, of this CPU's or a shared one */
void check_state(u32 intid, bool pending, bool active, const char *when);

/** take_this() - take_irq() of @intid alone; false, with a failure, where that does not come */
bool take_this(u32 intid, u32 *token, const char *when);

/** take_and_end() - the same, and its end */
void take_and_end(u32 intid, const char *when);

void states_go_round(void);
void disabled_interrupt_stays_pending(void);
void withdrawn_interrupt_is_spurious(void);
void edge_is_remembered_while_active(void);
void level_follows_its_source(void);

/* active.c */
void active_interrupt_is_held_back(void);
void active_state_is_seen_by_all(void);
void active_state_is_set_from_elsewhere(void);
void sgi_is_active_until_its_end(void);
void active_sgi_is_its_cpus(void);
void sgi_is_deactivated_by_software(void);

/* priority.c */
void priority_mask_holds_back(void);
void more_urgent_comes_first(void);
void more_urgent_preempts(void);
void equal_does_not_preempt(void);
void binary_point_groups_priorities(void);
void split_end_drops_then_deactivates(void);

/* routing.c */
void spi_reaches_its_cpu(void);
void one_of_n_takes_it(void);
void active_spi_moves_with_its_next(void);
void thousand_spis_all_come(void);

/* ppi.c */
void el1_timer_interrupts_fire(void);
void el2_timer_interrupts_fire(void);
void maintenance_interrupt_fires(void);

/* system.c */
void pci_has_message_interrupts(void);
void its_has_lpis(void);
void redistributor_sleeps_and_wakes(void);

#endif
