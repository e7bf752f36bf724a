// SPDX-License-Identifier: BSD-2-Clause
/*
 * Watchdogs: a stage is over when its time is, not before and not never; then comes the
 * interrupt that the table gives; a refresh begins again, and one that was stopped does
 * nothing. That the second stage resets the machine is seen where a run ends by it
 * (power=watchdog, finish=reset).
 *
 * Every stage is stopped in the first tenth of the next one, and the runner stops what a
 * case that ended in its middle has left.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/irq.h>
#include <core/time.h>
#include <core/watchdog.h>
#include <drivers/pci.h>
#include <drivers/sbsa_watchdog.h>
#include <test/sleep.h>
#include <test/test.h>

#define STAGE_US	200000ULL
/* What is left of a stage when it is looked at, and what it may be late. */
#define MARGIN_US	(STAGE_US / 10)
#define REFRESHES	6U
#define PAUSE_US	10000ULL

/* Written by the handler alone. */
static struct {
	struct watchdog *wd;
	u32 count;
	u64 ticks;	/* of the last one */
} came;

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	struct watchdog *wd = arg;

	(void)intid;
	(void)regs;
	came.ticks = time_ticks();
	wd->stop(wd);
	WRITE_ONCE(came.count, came.count + 1);
	return NULL;
}

/* Runs one function for each watchdog that @has says can show it; SKIPs where none can. */
static void for_each(bool (*has)(const struct watchdog *wd), void (*fn)(struct watchdog *wd),
		     const char *lacking)
{
	struct watchdog *wd;
	bool any = false;

	watchdog_for_each(wd) {
		if (has && !has(wd))
			continue;
		any = true;
		fn(wd);
		CHECK_EQ(wd->stop(wd), 0, "stopping %s", wd->name);
	}
	if (!any)
		SKIP("%s", lacking);
}

static bool shows_stage(const struct watchdog *wd)
{
	return wd->is_late;
}

static bool shows_end(const struct watchdog *wd)
{
	return wd->expires;
}

static bool interrupts(const struct watchdog *wd)
{
	return wd->has_interrupt && irqchip_get();
}

/* The driver may be left out. */
static int read_ids(const struct watchdog *wd, u32 *control, u32 *refresh)
{
	*control = 0;
	*refresh = 0;
	if (!IS_ENABLED(CONFIG_WATCHDOG_SBSA))
		return -ENODEV;
	return sbsa_watchdog_ids(wd, control, refresh);
}

static bool has_ids(const struct watchdog *wd)
{
	u32 control, refresh;

	return !read_ids(wd, &control, &refresh);
}

static void check_ids(struct watchdog *wd)
{
	u32 control, refresh;

	REQUIRE_EQ(read_ids(wd, &control, &refresh), 0);
	CHECK_EQ(refresh, control, "W_IIDR of %s: refresh frame, control frame", wd->name);
	CHECK_LE(SBSA_WATCHDOG_REVISION(control), 1U, "W_IIDR 0x%x of %s: architecture revision",
		 control, wd->name);
}

static void frames_identify_themselves(void)
{
	for_each(has_ids, check_ids, "no SBSA generic watchdog is described");
}

static void check_switch(struct watchdog *wd)
{
	CHECK(!wd->is_running(wd), "%s, before anybody has started it", wd->name);
	CHECK_EQ(wd->start(wd, STAGE_US), 0, "starting %s", wd->name);
	CHECK(wd->is_running(wd), "%s, started", wd->name);
	CHECK_EQ(wd->stop(wd), 0, "stopping %s", wd->name);
	CHECK(!wd->is_running(wd), "%s, stopped", wd->name);
}

static void starts_and_stops(void)
{
	for_each(NULL, check_switch, "");
}

/* Its end moves by what has passed between two refreshes, each of which takes its time. */
static void check_end(struct watchdog *wd)
{
	u64 before, first, between, second, after, moved;

	REQUIRE_EQ(wd->start(wd, STAGE_US), 0);
	before = time_ticks();
	wd->refresh(wd);
	first = wd->expires(wd);
	between = time_ticks();
	time_delay_us(PAUSE_US);
	second = time_ticks();
	wd->refresh(wd);
	after = wd->expires(wd);
	moved = after - first;
	CHECK_GE(moved + 1, second - between, "%s: ticks from one compare value to the next",
		 wd->name);
	CHECK_LE(moved, time_ticks() - before + 1, "%s: likewise, at most", wd->name);
}

static void refresh_moves_the_end(void)
{
	for_each(shows_end, check_end, "no watchdog here shows its compare value");
}

static bool turns_late(struct watchdog *wd)
{
	return !wait_until(wd->is_late(wd), STAGE_US + MARGIN_US);
}

static void check_stage(struct watchdog *wd)
{
	u64 start;

	REQUIRE_EQ(wd->start(wd, STAGE_US), 0);
	start = time_ticks();
	CHECK(!wd->is_late(wd), "%s: the first stage is over at once", wd->name);
	REQUIRE(turns_late(wd), "%s: the first stage of %llu us is not over after a tenth more",
		wd->name, STAGE_US);
	/* From before the start it is longer still. */
	CHECK_GE(time_ticks_to_us(time_ticks() - start) + PAUSE_US / 10, STAGE_US,
		 "%s: length of the first stage in us", wd->name);
}

static void first_stage_takes_its_time(void)
{
	for_each(shows_stage, check_stage, "no watchdog here shows its stage");
}

static void check_signal(struct watchdog *wd)
{
	REQUIRE_EQ(wd->start(wd, STAGE_US), 0);
	REQUIRE(turns_late(wd), "%s: the first stage does not end", wd->name);
	wd->refresh(wd);
	CHECK(!wd->is_late(wd), "%s: late still, behind a refresh", wd->name);
	CHECK(wd->is_running(wd), "%s: a refresh has stopped it", wd->name);
}

static void refresh_takes_the_signal_away(void)
{
	for_each(shows_stage, check_signal, "no watchdog here shows its stage");
}

static void check_refreshes(struct watchdog *wd)
{
	REQUIRE_EQ(wd->start(wd, STAGE_US), 0);
	for (unsigned int i = 0; i < REFRESHES; i++) {
		sleep_us(STAGE_US / 2);
		REQUIRE(!wd->is_late || !wd->is_late(wd), "%s: late half a stage behind refresh %u",
			wd->name, i);
		wd->refresh(wd);
	}
}

static void refreshed_in_time_it_stays_quiet(void)
{
	for_each(NULL, check_refreshes, "");
}

static void check_quiet(struct watchdog *wd)
{
	REQUIRE_EQ(wd->start(wd, STAGE_US), 0);
	CHECK_EQ(wd->stop(wd), 0, "stopping %s", wd->name);
	/* Behind both stages: one that does not show them resets the machine. */
	sleep_us(2 * STAGE_US + MARGIN_US);
	CHECK(!wd->is_late || !wd->is_late(wd), "%s: late, though it was stopped", wd->name);
}

static void stopped_it_stays_quiet(void)
{
	for_each(NULL, check_quiet, "");
}

/* Comes to the handler, which stops it, so that there is one and no more. */
static void check_interrupt(struct watchdog *wd)
{
	u64 start;

	came.count = 0;
	REQUIRE_EQ(irq_request(wd->intid, note, wd), 0, "INTID %u", wd->intid);
	CHECK_EQ(irq_set_trigger(wd->intid, wd->edge), 0, "INTID %u", wd->intid);
	REQUIRE_EQ(irq_enable(wd->intid), 0, "INTID %u", wd->intid);
	start = time_ticks();
	REQUIRE_EQ(wd->start(wd, STAGE_US), 0);
	wait_until(READ_ONCE(came.count), STAGE_US + MARGIN_US);
	wd->stop(wd);
	REQUIRE_EQ(READ_ONCE(came.count), 1U, "INTID %u, which %s is described with", wd->intid,
		   wd->name);
	CHECK_GE(time_ticks_to_us(came.ticks - start), STAGE_US, "%s: us until its interrupt",
		 wd->name);
	CHECK_EQ(irq_is_pending(wd->intid), 0, "INTID %u, once %s is stopped", wd->intid, wd->name);
	CHECK_EQ(irq_request(wd->intid, NULL, NULL), 0);
}

static void first_stage_interrupts(void)
{
	for_each(interrupts, check_interrupt, "no watchdog here has an interrupt that could come");
}

static void check_longest(struct watchdog *wd)
{
	CHECK_EQ(wd->start(wd, wd->max_us), 0, "%s, %llu us", wd->name, wd->max_us);
	if (wd->is_late)
		CHECK(!wd->is_late(wd), "%s: a stage of %llu us is over at once", wd->name,
		      wd->max_us);
	CHECK_EQ(wd->stop(wd), 0);
	CHECK_EQ(wd->start(wd, wd->max_us + 1), -ERANGE, "%s, a microsecond more than it can",
		 wd->name);
	CHECK(!wd->is_running(wd), "%s: refused, and running all the same", wd->name);
}

static void longest_stage_is_taken(void)
{
	for_each(NULL, check_longest, "");
}

static int watchdog_init(void)
{
	/* One on PCI is found with the other functions. */
	if (IS_ENABLED(CONFIG_PCI))
		pci_enumerate();
	if (list_empty(watchdog_list()))
		SKIP("no watchdog with a driver is described");
	return 0;
}

static void watchdog_exit(void)
{
	watchdog_stop_all();
}

static const struct test_case watchdog_cases[] = {
	TEST_CASE(frames_identify_themselves, .spec = "DEN0029B A.4",
		  .hint = "one of the two frames is described at a wrong address"),
	TEST_CASE(starts_and_stops, .spec = "DEN0029B A.4",
		  .hint = "the control frame is described at a wrong address, or is the secure side's"),
	TEST_CASE(refresh_moves_the_end, .spec = "DEN0029B A.2",
		  .hint = "the refresh frame is described at a wrong address, or the watchdog "
			  "counts with another clock than CNTVCT_EL0"),
	TEST_CASE(first_stage_takes_its_time, .spec = "DEN0029B A.2",
		  .hint = "the watchdog counts with another clock, or not at all"),
	TEST_CASE(refresh_takes_the_signal_away, .spec = "DEN0029B A.2",
		  .hint = "a watchdog that was late once resets the machine whatever is done"),
	TEST_CASE(refreshed_in_time_it_stays_quiet, .spec = "DEN0029B A.2",
		  .hint = "a refresh does not begin a new stage"),
	TEST_CASE(stopped_it_stays_quiet, .spec = "DEN0029B A.2",
		  .hint = "the watchdog cannot be stopped: it resets the machine before long"),
	TEST_CASE(first_stage_interrupts, .spec = "DEN0029B A.1",
		  .hint = "the table gives the watchdog another interrupt than it is wired to"),
	TEST_CASE(longest_stage_is_taken, .spec = "DEN0029B A.4",
		  .hint = "the offset register has fewer bits than its revision says"),
	{}
};
TEST_SUITE(watchdog, .about = "what resets the machine when nobody refreshes it",
	   .mmu = TEST_MMU_ANY, .has_watchdogs = true, .init = watchdog_init, .exit = watchdog_exit,
	   .cases = watchdog_cases);
