/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite migrate. */
#ifndef TESTS_MIGRATE_H
#define TESTS_MIGRATE_H

#include <base/kconfig.h>
#include <core/irq.h>
#include <core/time.h>
#include <test/migrate.h>
#include <test/test.h>

/* What is on its way is there by then; what must not come would have come. */
#define COMES_US	100000ULL
#define QUIET_US	1000ULL

/* irq.c: how often an interrupt came; @arg of migrate_note() */
struct came {
	u32 count;
	u32 intid;
};

irq_after_t migrate_note(u32 intid, struct pt_regs *regs, void *arg);

/* It has come @count times before long, and not once more. */
bool migrate_came(const struct came *came, u32 count, const char *what);

/* cpu.c */
void memory_stays(void);
void control_registers_stay(void);
void fp_registers_stay(void);
void other_cpus_go_on(void);

/* debug.c */
void breakpoints_stay(void);
void watchpoints_stay(void);
void stepping_goes_on(void);

/* irq.c */
void interrupt_states_stay(void);
void pending_spi_comes_behind_it(void);
void pending_sgi_comes_behind_it(void);

/* timer.c */
void counters_go_on(void);
void timer_registers_stay(void);
void timers_fire_behind_it(void);

/* its.c */
#if IS_ENABLED(CONFIG_TEST_MIGRATE_ITS)
void events_become_lpis_behind_it(void);
void pending_lpi_comes_behind_it(void);
#else
static inline void events_become_lpis_behind_it(void)
{
	SKIP("the image has no driver of an ITS");
}

static inline void pending_lpi_comes_behind_it(void)
{
	SKIP("the image has no driver of an ITS");
}
#endif

#endif
