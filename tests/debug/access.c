// SPDX-License-Identifier: BSD-2-Clause
/* Watchpoints by the kind of access. */
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/el0.h>
#include <asm/mmu_off.h>
#include "debug.h"

static u64 memory[2] __aligned(16);

static void watch(u64 kind, u64 levels)
{
	arch_debug_set_watchpoint(0, (u64)memory, DEBUG_E | WATCH_BYTES(0xff) | kind | levels);
}

static void access(struct debug_log *log, void (*fn)(void *arg), u64 address)
{
	struct debug_arg arg = { .x0 = address, .daif = DAIF_D_CLEAR };

	debug_call(log, ENABLED, fn, &arg);
}

static void check_direction(const struct debug_log *log, bool fires, bool store, const char *what)
{
	if (!CHECK_EQ(log->count, fires ? 1U : 0U, "%s", what) || !fires)
		return;
	CHECK_EQ((log->hit[0].esr >> 6 & 1) != 0, store, "WnR: %s, ESR 0x%llx", what,
		 log->hit[0].esr);
}

void watchpoint_tells_loads_from_stores(void)
{
	static const struct {
		u64 kind;
		const char *load, *store;
	} kinds[] = {
		{ WATCH_LOADS, "a load, loads watched", "a store, loads watched" },
		{ WATCH_STORES, "a load, stores watched", "a store, stores watched" },
		{ WATCH_LOADS | WATCH_STORES, "a load, both watched", "a store, both watched" },
	};
	struct debug_log log = { 0 };

	debug_open();
	for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++) {
		watch(kinds[i].kind, debug_level_control(LEVEL_OWN));
		access(&log, code_ldrx, (u64)memory);
		check_direction(&log, kinds[i].kind & WATCH_LOADS, false, kinds[i].load);
		access(&log, code_strx, (u64)memory);
		check_direction(&log, kinds[i].kind & WATCH_STORES, true, kinds[i].store);
	}
	debug_close();
}

static const struct {
	const char *what;
	void (*fn)(void *arg);
	bool store;
	bool exclusive;		/* not on Device memory, which all is with the MMU off */
} kinds[] = {
	{ "LDP", code_ldp, false, false },
	{ "STP", code_stp, true, false },
	{ "LDAR", code_ldar, false, false },
	{ "STLR", code_stlr, true, false },
	{ "LDXR", code_ldxr, false, true },
	{ "STXR", code_stxr, true, true },
};

void watchpoint_sees_each_access(void)
{
	struct debug_log log = { 0 };

	debug_open();
	for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (kinds[i].exclusive && !mmu_is_on())
			continue;
		watch(kinds[i].store ? WATCH_STORES : WATCH_LOADS, debug_level_control(LEVEL_OWN));
		access(&log, kinds[i].fn, (u64)memory);
		check_direction(&log, true, kinds[i].store, kinds[i].what);
	}
	debug_close();
}

/* Neither loads nor stores (D2.10.7): a debugger would stop where nothing was touched. */
void watchpoint_ignores_hints(void)
{
	struct debug_log log = { 0 };

	debug_open();
	watch(WATCH_LOADS | WATCH_STORES, debug_level_control(LEVEL_OWN));
	access(&log, code_prfm, (u64)memory);
	CHECK_EQ(log.count, 0U, "PRFM");
	access(&log, code_dc_cvac, (u64)memory);
	CHECK_EQ(log.count, 0U, "DC CVAC");
	access(&log, code_ldrx, (u64)memory);
	CHECK_EQ(log.count, 1U, "LDR of the same word");
	debug_close();
}

/* LDTR and STTR are EL0's accesses, whoever makes them; the exception is of this level. */
void unprivileged_access_is_el0s(void)
{
	struct debug_log log = { 0 };
	u64 data;

	if (!arch_el0_translated())
		SKIP("EL0 does not see the image's tables (EL2 without VHE)");
	debug_el0_prepare();
	data = debug_el0_data();
	debug_open();
	for (enum debug_level level = LEVEL_OWN; level < LEVELS; level++) {
		arch_debug_set_watchpoint(0, data, DEBUG_E | WATCH_BYTES(0xff) | WATCH_LOADS |
					  WATCH_STORES | debug_level_control(level));
		access(&log, code_ldtr, data);
		check_direction(&log, level == LEVEL_EL0, false, "LDTR");
		if (log.count)
			CHECK_EQ(log.hit[0].class, EC_WATCHPOINT, "LDTR");
		access(&log, code_sttr, data);
		check_direction(&log, level == LEVEL_EL0, true, "STTR");
	}
	debug_close();
}
