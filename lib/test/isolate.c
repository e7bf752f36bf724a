// SPDX-License-Identifier: BSD-2-Clause
#include "isolate.h"
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/alarm.h>
#include <core/console.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <core/lock.h>
#include <core/watchdog.h>
#include <asm/control_state.h>
#include <asm/exception.h>
#include <asm/mmu_off.h>
#include "isolate_cpus.h"
#include "isolate_timers.h"
#include "shield.h"

static struct control_state run_state RUNNER_DATA;
static struct irq_cpu_state run_irq RUNNER_DATA;
static struct irq_cpu_state other_irq RUNNER_DATA;	/* of CPUs that have no alarm */
static enum irq_scope ending RUNNER_DATA;

/* Of CPUs of another make: their registers, and their part of the controller, have other bits. */
#define MAKES	3U
static struct make {
	u64 midr;
	struct control_state control;
	struct irq_cpu_state irq;
} makes[MAKES] RUNNER_DATA;
static unsigned int nr_makes RUNNER_DATA;

void isolate_say(struct test_record *record, const char *fmt, ...)
{
	char text[RECORD_REASON_SIZE], line[RECORD_REASON_SIZE + 16];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	record_fold(record, VERDICT_ERROR, "left behind: %s", text);
	snprintf(line, sizeof(line), "# restored: %s\n", text);
	record_add(record, line);
}

static const struct make *make_of(u64 midr)
{
	for (unsigned int i = 0; i < nr_makes; i++)
		if (makes[i].midr == midr)
			return &makes[i];
	return NULL;
}

static void save_make(void *arg)
{
	struct make *make = arg;

	control_state_save(&make->control);
	if (irqchip_get())
		irqchip_get()->save(&make->irq);
	make->irq.pending &= ~(u32)BIT(IRQ_SGI_WAKE);
}

/* By the first CPU of each. */
static void note_makes(void)
{
	unsigned int i;

	cpu_for_each_online(i) {
		struct make *make = &makes[nr_makes];
		u64 midr = cpu_get(i)->midr;

		if (midr == cpu_get(0)->midr || make_of(midr) || nr_makes == MAKES)
			continue;
		make->midr = midr;
		if (!cpu_call(i, save_make, make, CPU_CALL_TIMEOUT_US))
			nr_makes++;
	}
}

void isolate_run_begin(void)
{
	const struct irqchip *chip = irqchip_get();
	static bool begun;

	control_state_save(&run_state);
	/* Of another run the alarm is there already. */
	if (chip && !begun)
		chip->save(&other_irq);
	if (!begun)
		note_makes();
	begun = true;
	/* Part of what is to stay as it is. */
	alarm_prepare();
	if (chip)
		chip->save(&run_irq);
	run_irq.pending &= ~(u32)BIT(IRQ_SGI_WAKE);
	other_irq.pending &= ~(u32)BIT(IRQ_SGI_WAKE);
}

void isolate_case_begin(enum irq_scope requests, enum irq_scope ends)
{
	irq_scope_set(requests);
	ending = ends;
	isolate_cpus_begin();
}

void isolate_mmu(bool off, bool all)
{
	bool on = run_state.mmu_on && !off;

	/* Off on the others first, on again last: then they share nothing meanwhile. */
	if (all && !on)
		isolate_cpus_mmu(false);
	if (mmu_is_on() && !on)
		mmu_disable();
	else if (!mmu_is_on() && on)
		mmu_enable();
	if (all && on)
		isolate_cpus_mmu(true);
}

static void check_mmu(struct test_record *record, bool mmu_off)
{
	bool want = run_state.mmu_on && !mmu_off, found = mmu_is_on();

	/* First of all: what follows is shared with others. */
	if (found != run_state.mmu_on)
		isolate_mmu(false, false);
	if (found != want)
		isolate_say(record, "the MMU was %s", found ? "on" : "off");
}

static void check_registers(struct test_record *record)
{
	char what[192];

	if (control_state_restore(&run_state, what, sizeof(what)))
		isolate_say(record, "%s", what);
}

/* Before anything is printed. */
static void check_console(struct test_record *record)
{
	const char *name = console_mend();

	if (name)
		isolate_say(record, "the console %s was set otherwise", name);
}

static void check_irq(struct test_record *record, const struct irq_cpu_state *want)
{
	const struct irqchip *chip = irqchip_get();
	struct irq_cpu_state now;

	if (!chip)
		return;
	memset(&now, 0, sizeof(now));
	chip->save(&now);
	/* What woke this CPU for the check itself may be pending still: it saw the work first. */
	now.pending &= ~(u32)BIT(IRQ_SGI_WAKE);
	if (!memcmp(&now, want, sizeof(now)))
		return;
	chip->restore(want);
	if (!cpu_this())
		alarm_restore_priority();
	isolate_say(record, "interrupts enabled 0x%x (0x%x before), SGIs pending 0x%x (0x%x), PMR 0x%x (0x%x), running priority 0x%x (0x%x), control 0x%x (0x%x), distributor 0x%x (0x%x), sum of priorities 0x%x (0x%x)",
		    now.enabled, want->enabled, now.pending, want->pending,
		    now.priority_mask, want->priority_mask,
		    now.running_priority, want->running_priority, now.control, want->control,
		    now.shared, want->shared, now.priorities, want->priorities);
}

/* Shared interrupts of a case that is over, and what it has requested. */
static void check_shared_irqs(struct test_record *record)
{
	u32 intid;
	unsigned int left = irq_scope_end(ending, &intid);

	if (left)
		isolate_say(record, "%u shared interrupts were enabled or active, the first INTID %u",
			    left, intid);
}

void isolate_check_cpu(struct test_record *record)
{
	const struct cpu *cpu = cpu_get(cpu_this());
	const struct control_state *control = &run_state;
	const struct irq_cpu_state *irq = &other_irq;
	char what[192];

	isolate_timers(record);
	if (cpu->midr != cpu_get(0)->midr) {
		const struct make *make = make_of(cpu->midr);

		if (!make)
			return;
		control = &make->control;
		irq = &make->irq;
	}
	if (control_state_restore_other(control, what, sizeof(what)))
		isolate_say(record, "%s", what);
	if (cpu->wakes_by_sgi)
		check_irq(record, irq);
}

/* Left running it would reset the machine in a case that has nothing to do with it. */
static void check_watchdogs(struct test_record *record)
{
	const struct watchdog *ran = watchdog_stop_all();

	if (ran)
		isolate_say(record, "the watchdog %s was running", ran->name);
}

/* This CPU would take it over, but others would wait. One that was ended could not let go. */
static void release_locks(struct test_record *record)
{
	const char *name = spin_release_left(cpu_this());

	if (name && record->returned)
		isolate_say(record, "it held the lock %s", name);
}

void isolate_case_end(struct test_record *record, bool mmu_off, bool all)
{
	check_mmu(record, mmu_off);
	check_console(record);
	if (mmu_off && all)
		isolate_cpus_mmu(run_state.mmu_on);
	exception_reset_handlers();
	check_registers(record);
	check_shared_irqs(record);
	isolate_timers(record);
	check_irq(record, &run_irq);
	check_watchdogs(record);
	release_locks(record);
	isolate_cpus_end(record, run_state.mmu_on);
}
