// SPDX-License-Identifier: BSD-2-Clause
/*
 * Resets: each function and device that can reset the machine does so, and the next
 * start looks at what it came back as. A reset puts the machine into the state that it
 * was started in at first: firmware enters the image at the same exception level with
 * the same controls, all CPUs can be started again, the counter has its frequency, and
 * time went on. A call that comes back has not reset anything.
 *
 * What came of the run so far must be kept over the reset (docs/resets.md), so the ways
 * are those that leave memory alone on the machines that make check has; on a board
 * that clears its memory the runner on the host goes on with after=.
 */
#include <base/kconfig.h>
#include <base/string.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/cpu.h>
#include <core/power.h>
#include <core/time.h>
#include <core/watchdog.h>
#include <drivers/efi_runtime.h>
#include <drivers/efi_variable.h>
#include <drivers/pci.h>
#include <drivers/pl031.h>
#include <drivers/psci.h>
#include <test/reset.h>
#include <test/test.h>

#define CPU_US		100000ULL
#define STAGE_US	200000ULL
#define LONGEST_S	3600U		/* a reset that takes longer has set the clock */
#define VARIABLE	"AssayResetTest"

/* What is the same in each start of a machine. */
enum word { WORD_EL, WORD_SCTLR, WORD_DAIF, WORD_CNTFRQ, WORD_CPUS, WORD_SECONDS, WORDS };
_Static_assert(WORDS <= TEST_RESET_WORDS, "they do not fit");

static u64 seconds(void)
{
	return IS_ENABLED(CONFIG_RTC_PL031) && pl031_device() ? pl031_seconds() : 0;
}

static void take_state(u64 *words)
{
	const struct entry_state *entry = &boot_info_get()->entry;

	words[WORD_EL] = entry_state_el(entry);
	words[WORD_SCTLR] = entry->sctlr;
	words[WORD_DAIF] = entry->daif;
	words[WORD_CNTFRQ] = entry->cntfrq;
	words[WORD_CPUS] = cpu_online_count();
	words[WORD_SECONDS] = seconds();
}

static void check_state(const u64 *before)
{
	u64 now[TEST_RESET_WORDS];

	take_state(now);
	CHECK_EQ(now[WORD_EL], before[WORD_EL], "exception level at entry");
	CHECK_EQ(now[WORD_SCTLR], before[WORD_SCTLR], "SCTLR_ELx at entry");
	CHECK_EQ(now[WORD_DAIF], before[WORD_DAIF], "DAIF at entry");
	CHECK_EQ(now[WORD_CNTFRQ], before[WORD_CNTFRQ], "CNTFRQ_EL0 at entry");
	CHECK_EQ(now[WORD_CPUS], before[WORD_CPUS], "CPUs that were started");
	if (!before[WORD_SECONDS])
		return;
	CHECK_GE(now[WORD_SECONDS], before[WORD_SECONDS], "seconds of the clock");
	CHECK_LE(now[WORD_SECONDS] - before[WORD_SECONDS], (u64)LONGEST_S, "seconds it took");
}

/* The first half of a case does not come back; the second is in the next start. */
static void reset_and_compare(void (*reset)(void))
{
	u64 words[TEST_RESET_WORDS];

	if (test_resets(words)) {
		check_state(words);
		return;
	}
	take_state(words);
	REQUIRE_EQ(test_reset_announce(words, WORDS), 0);
	reset();
	CHECK(false, "the call came back, and the machine was not reset");
}

static void call_system_reset(void)
{
	psci_call(PSCI_FN_SYSTEM_RESET, 0, 0, 0);
}

static void require_psci_0_2(void)
{
	if (psci_version() < PSCI_VERSION(0, 2))
		SKIP("PSCI 0.1 has no SYSTEM_RESET");
}

static void psci_system_reset(void)
{
	require_psci_0_2();
	reset_and_compare(call_system_reset);
}

static void call_system_reset_there(void *arg)
{
	(void)arg;
	call_system_reset();
}

/* Whichever CPU calls: it is the system that is reset. */
static void system_reset_by_another(void)
{
	unsigned int i, last = 0;

	cpu_for_each_online(i)
		last = i;
	cpu_call(last, call_system_reset_there, NULL, CPU_US);
}

static void psci_system_reset_from_another_cpu(void)
{
	require_psci_0_2();
	reset_and_compare(system_reset_by_another);
}

static void call_system_reset2(void)
{
	psci_call(PSCI_FN_SYSTEM_RESET2, 0, 0, 0);
}

static void psci_system_reset2_warm(void)
{
	if (psci_features(PSCI_FN_SYSTEM_RESET2) < 0)
		SKIP("PSCI_FEATURES: no SYSTEM_RESET2, which is optional");
	reset_and_compare(call_system_reset2);
}

static void efi_cold(void)
{
	efi_runtime_reset(EFI_RESET_COLD, 0);
}

static void efi_warm(void)
{
	efi_runtime_reset(EFI_RESET_WARM, 0);
}

static void require_efi_reset(void)
{
	if (!efi_runtime_reset_address())
		SKIP("no runtime services, or an image without them");
}

static void efi_cold_reset(void)
{
	require_efi_reset();
	reset_and_compare(efi_cold);
}

static void efi_warm_reset(void)
{
	require_efi_reset();
	reset_and_compare(efi_warm);
}

/* Written once boot services are gone, read in the next start, and deleted there. */
static void efi_variable_stays(void)
{
	static const char text[] = "kept over a reset";
	char found[sizeof(text) + 1] = "";
	size_t size = sizeof(found);

	require_efi_reset();
	if (!efi_variable_later())
		SKIP("the RT properties table says that no variable can be set now");
	if (!test_resets(NULL)) {
		REQUIRE_EQ(efi_variable_write(VARIABLE, text, sizeof(text)), 0);
		reset_and_compare(efi_cold);
		return;
	}
	CHECK_EQ(efi_variable_read(VARIABLE, found, &size), 0);
	CHECK_EQ(size, sizeof(text));
	CHECK(!memcmp(found, text, sizeof(text)), "\"%.17s\" was written", text);
	CHECK_EQ(efi_variable_write(VARIABLE, NULL, 0), 0, "deleting it");
}

static void let_watchdog_bite(void)
{
	struct watchdog *wd;

	watchdog_for_each(wd) {
		REQUIRE_EQ(wd->start(wd, STAGE_US), 0, "%s", wd->name);
		time_delay_us(4 * STAGE_US);
		wd->stop(wd);
		return;
	}
}

static void watchdog_resets(void)
{
	/* One on PCI is found with the other functions. */
	if (IS_ENABLED(CONFIG_PCI))
		pci_enumerate();
	if (list_empty(watchdog_list()))
		SKIP("no watchdog with a driver is described");
	reset_and_compare(let_watchdog_bite);
}

/* The best way that is not one of the above. */
static struct power_ops *other_way(void)
{
	struct power_ops *ops;

	power_for_each(ops)
		if (ops->reset && strcmp(ops->word, "psci") && strcmp(ops->word, "efi") &&
		    strcmp(ops->word, "watchdog"))
			return ops;
	return NULL;
}

static void reset_otherwise(void)
{
	other_way()->reset(0);
}

static void device_resets(void)
{
	if (!other_way())
		SKIP("no device that resets the machine is described");
	reset_and_compare(reset_otherwise);
}

#define RESET_CASE(fn, ...)	TEST_CASE(fn, .phase = TEST_PHASE_RESET, .destructive = true, \
					  __VA_ARGS__)

static const struct test_case reset_cases[] = {
	RESET_CASE(psci_system_reset, .needs = NEED_PSCI, .spec = "DEN0022F 5.1.10",
		   .hint = "SYSTEM_RESET is not implemented, or firmware does not come back as at "
			   "power-on"),
	RESET_CASE(psci_system_reset_from_another_cpu, .needs = NEED_PSCI | NEED_SMP,
		   .spec = "DEN0022F 5.1.10",
		   .hint = "SYSTEM_RESET resets the CPU that calls, or the others stay as they were"),
	RESET_CASE(psci_system_reset2_warm, .needs = NEED_PSCI, .spec = "DEN0022F 5.1.11",
		   .hint = "PSCI_FEATURES promises SYSTEM_RESET2, and type 0 does not work"),
	RESET_CASE(efi_cold_reset, .needs = NEED_EFI, .spec = "UEFI 2.10 8.5.1",
		   .hint = "ResetSystem(EfiResetCold) returned, or needs what boot services had"),
	RESET_CASE(efi_warm_reset, .needs = NEED_EFI, .spec = "UEFI 2.10 8.5.1",
		   .hint = "ResetSystem(EfiResetWarm) returned; it may do what a cold reset does"),
	RESET_CASE(efi_variable_stays, .needs = NEED_EFI, .spec = "UEFI 2.10 8.2.3",
		   .hint = "a non-volatile variable that was set after ExitBootServices() is gone: "
			   "it never reached the flash"),
	RESET_CASE(watchdog_resets, .spec = "DEN0029B A.2", .timeout_ms = 5000,
		   .hint = "the watchdog's second stage is not wired to the reset"),
	RESET_CASE(device_resets, .spec = "Devicetree bindings syscon-reboot, gpio-restart, "
		   "brcm,bcm2835-pm", .hint = "regmap, offset, value or gpios leads nowhere"),
	{}
};
TEST_SUITE(reset, .about = "the machine comes back from each reset that it has",
	   .mmu = TEST_MMU_ANY, .has_watchdogs = true, .cases = reset_cases);
