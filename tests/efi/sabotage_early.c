// SPDX-License-Identifier: BSD-2-Clause
/*
 * Saboteurs while boot services live: the machine is the firmware's, and what breaks
 * may be the image's own code, the firmware's, or the image's again, called by the
 * firmware from its timer's interrupt. Only the first can be left; the others take a
 * reset, and the next start goes on behind the case (docs/isolation.md).
 */
#include <efi.h>
#include <efilib.h>
#include <test/test.h>
#include "../selftest/sabotage.h"

/* No address of any machine, and none that a firmware maps, as it may do with 0. */
#define NOWHERE		0xdead000000000000ULL
#define DEADLINE_MS	200
#define SOON_100NS	10000ULL

static void loop(void)
{
	for (;;)
		__asm__ volatile("" ::: "memory");
}

static void early_writes_nowhere(void)
{
	volatile u32 *nothing = (volatile u32 *)NOWHERE;

	__asm__ volatile("" : "+r"(nothing));
	*nothing = 1;
}

static void early_jumps_wild(void)
{
	void (*wild)(void) = (void (*)(void))NOWHERE;

	__asm__ volatile("" : "+r"(wild));
	wild();
}

static void early_executes_undefined(void)
{
	__asm__ volatile("udf #0");
}

static void early_loops(void)
{
	loop();
}

/* The image's code does no more here than its caller's, which is the firmware's. */
static void early_crashes_in_firmware(void)
{
	u64 from[8] = { 0 };

	CHECK(true);
	BS->CopyMem((void *)NOWHERE, from, sizeof(from));
}

static void EFIAPI crash(EFI_EVENT event __unused, void *context __unused)
{
	early_writes_nowhere();
}

static void EFIAPI hang(EFI_EVENT event __unused, void *context __unused)
{
	loop();
}

/* Signalled by a firmware without interrupts, too: from its own functions. */
static void wait_for_event(EFI_EVENT_NOTIFY notify)
{
	EFI_EVENT event;

	REQUIRE_EQ((u64)BS->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, notify, NULL,
					&event), (u64)EFI_SUCCESS);
	REQUIRE_EQ((u64)BS->SetTimer(event, TimerRelative, SOON_100NS), (u64)EFI_SUCCESS);
	for (unsigned int i = 0; i < 100; i++)
		BS->Stall(1000);
}

static void early_crashes_in_callback(void)
{
	wait_for_event((EFI_EVENT_NOTIFY)crash);
}

static void early_hangs_in_callback(void)
{
	wait_for_event((EFI_EVENT_NOTIFY)hang);
}

static void early_resets(void)
{
	CHECK(true);
	RT->ResetSystem(EfiResetCold, EFI_SUCCESS, 0, NULL);
}

/* Whoever is not named does nothing at all. */
#define DEFINE_RUN(fn)								\
static void run_##fn(void)							\
{										\
	if (!sabotage_is_chosen(#fn))						\
		SKIP("sabotage= does not name it");				\
	fn();									\
}
DEFINE_RUN(early_writes_nowhere)
DEFINE_RUN(early_jumps_wild)
DEFINE_RUN(early_executes_undefined)
DEFINE_RUN(early_loops)
DEFINE_RUN(early_crashes_in_firmware)
DEFINE_RUN(early_crashes_in_callback)
DEFINE_RUN(early_hangs_in_callback)
DEFINE_RUN(early_resets)

#define SABOTEUR(fn)								\
	{ .name = #fn, .run = run_##fn, .phase = TEST_PHASE_BOOT_SERVICES,	\
	  .needs = NEED_EFI, .timeout_ms = DEADLINE_MS }

static const struct test_case sabotage_early_cases[] = {
	SABOTEUR(early_writes_nowhere),
	SABOTEUR(early_jumps_wild),
	SABOTEUR(early_executes_undefined),
	SABOTEUR(early_loops),
	SABOTEUR(early_crashes_in_firmware),
	SABOTEUR(early_crashes_in_callback),
	SABOTEUR(early_hangs_in_callback),
	SABOTEUR(early_resets),
	{}
};

/* In front of all that are sorted by their names, as the other saboteurs are. */
static const struct test_suite sabotage_early = {
	.name = "sabotage_early", .about = "cases that break what the firmware needs",
	.mmu = TEST_MMU_ANY, .cases = sabotage_early_cases,
};
TABLE_ENTRY(suite, "0.sabotage_early", sabotage_early, sabotage_early);
