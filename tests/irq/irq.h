/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite irq. */
#ifndef TESTS_IRQ_H
#define TESTS_IRQ_H

#include <core/cpu.h>
#include <core/irq.h>
#include <core/time.h>
#include <test/test.h>

/* An interrupt that is on its way is there by then. */
#define COMES_US	100000ULL
/* What may or may not come is not waited for as long: one that is late comes behind the case. */
#define SILENT_US	5000ULL
/* One that is held back would have come by then. */
#define HELD_US		100ULL

/* What came, of one interrupt; written by the handler alone. */
struct came {
	u32 count;
	u32 intid;	/* of the last one, as all below */
	u32 cpu;
	u32 order;	/* among all that came */
};

/** note_came() - handler that writes into its struct came */
irq_after_t note_came(u32 intid, struct pt_regs *regs, void *arg);

/** free_spi() - the @n-th SPI that no device has; ends the case with a SKIP where there is none */
u32 free_spi(unsigned int n);

/** is_described() - whether a table gives the interrupt to a device */
bool is_described(u32 intid);

/** request_spi() - a free one with note_came(); requires that this works */
u32 request_spi(unsigned int n, struct came *came);

/** raise_spi() - the same, enabled and pending */
u32 raise_spi(unsigned int n, struct came *came);

/** comes() - whether an interrupt has come @count times before long */
bool comes(const struct came *came, u32 count);

/** is_held() - whether it stays pending and does not come, for HELD_US */
bool is_held(u32 intid, const struct came *came, u32 count);

/** wait_signal() - until the controller signals an interrupt to this CPU, which masks it */
bool wait_signal(void);

/* shared.c */
void irq_case_spi_comes(void);
void irq_case_every_free_spi_comes(void);
void irq_case_disabled_spi_waits(void);
void irq_case_pending_is_taken_back(void);
void irq_case_active_spi_waits(void);
void irq_case_edge_and_level_are_kept(void);
void irq_case_only_our_group_comes(void);

/* order.c */
void irq_case_urgent_one_comes_first(void);
void irq_case_priority_reads_back(void);
void irq_case_priority_mask_holds_back(void);
void irq_case_split_eoi_keeps_it_active(void);
void irq_case_nothing_pending_is_none(void);

/* request.c */
void irq_case_request_forgets_the_past(void);
void irq_case_device_interrupt_is_as_described(void);
void irq_case_unasked_is_stopped(void);
void irq_case_misuse_is_refused(void);

/* sgi.c */
void irq_case_every_cpu_takes_interrupts(void);
void irq_case_sgi_reaches_one(void);
void irq_case_sgi_reaches_list(void);
void irq_case_sgi_reaches_others(void);

/* cpus.c */
void irq_case_spi_goes_to_its_target(void);
void irq_case_any_target_takes_it(void);
void irq_case_ppi_is_of_one_cpu(void);
void irq_case_cpus_change_at_once(void);

#endif
