// SPDX-License-Identifier: BSD-2-Clause
/* Watchpoints: which addresses, from which level, and what keeps them away. */
#include <base/string.h>
#include <base/util.h>
#include <base/printf.h>
#include "debug.h"

#define BOTH		(WATCH_LOADS | WATCH_STORES)
#define EXAMPLE		0x1122334455667788ULL

static u64 memory[2] __aligned(16);

static u64 control_for(enum debug_level level)
{
	return DEBUG_E | WATCH_BYTES(0xff) | WATCH_STORES | debug_level_control(level);
}

static void store(struct debug_log *log, u64 mdscr, u64 daif)
{
	struct debug_arg arg = { .x0 = (u64)&memory[1], .daif = daif };

	memory[1] = EXAMPLE;
	debug_call(log, mdscr, code_strx, &arg);
}

/* FAR, the direction, and that the store has not been done (D2.10.5). */
static void check_store(const struct debug_log *log, const char *what)
{
	/* Two instructions behind the one with ISB that unmasks: see code.S. */
	if (!CHECK_EQ(log->count, 1U, "%s", what))
		return;
	CHECK_EQ(log->hit[0].class, EC_WATCHPOINT, "%s, ESR 0x%llx", what, log->hit[0].esr);
	CHECK_EQ(ESR_FSC(log->hit[0].esr), 0x22U, "DFSC: %s", what);
	CHECK_EQ(log->hit[0].far, (u64)&memory[1], "FAR: %s", what);
	CHECK_EQ(log->hit[0].esr & BIT(6), BIT(6), "WnR: %s", what);
	CHECK_EQ(*(u32 *)log->hit[0].elr, 0xf900001fU, "what ELR is at: str xzr, [x0]");
	CHECK_EQ(memory[1], EXAMPLE, "the word that must not have been reached: %s", what);
}

/* Each register in turn; the neighbours of the word are no matter of it. */
void watchpoint_fires(void)
{
	struct debug_log log = { 0 };

	debug_open();
	for (unsigned int i = 0; i < arch_debug_watchpoints(); i++) {
		char what[24];

		snprintf(what, sizeof(what), "watchpoint %u", i);
		arch_debug_set_watchpoint(i, (u64)&memory[1], control_for(LEVEL_OWN));
		store(&log, ENABLED, DAIF_D_CLEAR);
		check_store(&log, what);
		arch_debug_set_watchpoint(i, (u64)&memory[0], control_for(LEVEL_OWN));
		store(&log, ENABLED, DAIF_D_CLEAR);
		arch_debug_set_watchpoint(i, 0, 0);
		CHECK_EQ(log.count, 0U, "%s on the word before", what);
		CHECK_EQ(memory[1], 0ULL, "what is stored where nobody watches");
	}
	debug_close();
}

void watchpoint_fires_at_el0(void)
{
	struct debug_log log = { 0 };
	u64 data;

	debug_el0_prepare();
	data = debug_el0_data();
	debug_open();
	for (unsigned int i = 0; i < arch_debug_watchpoints(); i++) {
		char what[24];

		snprintf(what, sizeof(what), "watchpoint %u", i);
		arch_debug_set_watchpoint(i, data + 8, control_for(LEVEL_EL0));
		debug_el0_call(&log, ENABLED, el0_stores, data, 0);
		arch_debug_set_watchpoint(i, 0, 0);
		if (debug_check_one(&log, LEVEL_EL0, EC_WATCHPOINT_LOWER,
				    debug_el0_address(el0_stores_at), what))
			CHECK_EQ(log.hit[0].far, data + 8, "FAR: %s", what);
	}
	debug_close();
}

static void run_at(struct debug_log *log, const struct debug_enables *with, enum debug_level level)
{
	if (level == LEVEL_EL0)
		debug_el0_call(log, with->mdscr, el0_stores, debug_el0_data(), 0);
	else
		store(log, with->mdscr, with->daif);
}

static u64 word_of(enum debug_level level)
{
	return level == LEVEL_EL0 ? debug_el0_data() + 8 : (u64)&memory[1];
}

void watchpoint_needs_each_enable(void)
{
	struct debug_log log = { 0 };

	debug_el0_prepare();
	debug_open();
	for (unsigned int i = 0; i < DEBUG_ENABLES; i++)
		for (enum debug_level level = LEVEL_OWN; level < LEVELS; level++) {
			arch_debug_set_watchpoint(0, word_of(level),
						  control_for(level) & ~debug_enables[i].control);
			run_at(&log, &debug_enables[i], level);
			CHECK_EQ(log.count, level == LEVEL_EL0 ? debug_enables[i].el0 : debug_enables[i].own,
				 "at %s, where %s", debug_level_name(level), debug_enables[i].what);
		}
	debug_close();
}

void watchpoint_filters_levels(void)
{
	u64 common = DEBUG_E | WATCH_BYTES(0xff) | BOTH;
	struct debug_log log = { 0 };

	debug_el0_prepare();
	debug_open();
	for (enum debug_level runs = LEVEL_OWN; runs < LEVELS; runs++) {
		for (enum debug_level set = LEVEL_OWN; set < LEVELS; set++) {
			arch_debug_set_watchpoint(1, word_of(runs),
						  common | debug_level_control(set));
			run_at(&log, &debug_enables[0], runs);
			CHECK_EQ(log.count, set == runs ? 1U : 0U, "set for %s, stored at %s",
				 debug_level_name(set), debug_level_name(runs));
		}
		arch_debug_set_watchpoint(1, word_of(runs), common | debug_both_levels_control());
		run_at(&log, &debug_enables[0], runs);
		CHECK_EQ(log.count, 1U, "set for both, stored at %s", debug_level_name(runs));
	}
	debug_close();
}

static const struct {
	void (*fn)(void *arg);
	unsigned int size;
	bool store;
} accesses[] = {
	{ code_ldrb, 1, false }, { code_ldrh, 2, false }, { code_ldrw, 4, false },
	{ code_ldrx, 8, false }, { code_strb, 1, true }, { code_strh, 2, true },
	{ code_strw, 4, true }, { code_strx, 8, true },
};

/* Bytes [first, first + count) of the word are watched, [at, at + size) accessed. */
static void check_bytes(unsigned int first, unsigned int count, unsigned int at, unsigned int n)
{
	unsigned int size = accesses[n].size;
	bool meets = at < first + count && first < at + size;
	struct debug_arg arg = { .x0 = (u64)memory + at, .daif = DAIF_D_CLEAR };
	struct debug_log log = { 0 };

	debug_call(&log, ENABLED, accesses[n].fn, &arg);
	if (CHECK_EQ(log.count, meets ? 1U : 0U, "bytes %u to %u watched, %s of %u at %u", first,
		     first + count - 1, accesses[n].store ? "store" : "load", size, at) && meets) {
		/* Between what is accessed first and what is watched last (D2.10.6). */
		CHECK_GE(log.hit[0].far, (u64)memory + at, "FAR");
		CHECK_LT(log.hit[0].far, (u64)memory + first + count, "FAR");
	}
}

/* Every run of bytes in BAS, against every access there is in the word. */
void watchpoint_selects_bytes(void)
{
	u64 common = DEBUG_E | BOTH | debug_level_control(LEVEL_OWN);
	unsigned int first, count, n, at;

	debug_open();
	for (first = 0; first < 8; first++)
		for (count = 1; first + count <= 8; count++) {
			arch_debug_set_watchpoint(0, (u64)memory,
						  common | WATCH_BYTES(GENMASK(count - 1, 0) << first));
			for (n = 0; n < ARRAY_SIZE(accesses); n++)
				for (at = 0; at < 8; at += accesses[n].size)
					check_bytes(first, count, at, n);
		}
	debug_close();
}

#define RANGE_MIN	3	/* MASK: 8 bytes; 1 and 2 are reserved */
#define RANGE_MAX	12	/* 4 KiB: as much as the image holds ready */

static u8 range[3 << RANGE_MAX] __aligned(1 << RANGE_MAX);

static void load_byte(struct debug_log *log, u64 address)
{
	struct debug_arg arg = { .x0 = address, .daif = DAIF_D_CLEAR };

	debug_call(log, ENABLED, code_ldrb, &arg);
}

/* The first and the last byte of the range, and the ones on both sides of it. */
static void check_range(unsigned int bits)
{
	u64 base = (u64)range + (1ULL << RANGE_MAX), size = 1ULL << bits;
	struct debug_log log = { 0 };
	const struct {
		u64 at;
		unsigned int count;
	} wants[] = { { base, 1 }, { base + size - 1, 1 }, { base - 1, 0 }, { base + size, 0 } };

	arch_debug_set_watchpoint(0, base, DEBUG_E | BOTH | WATCH_BYTES(0xff) | WATCH_MASK(bits) |
				  debug_level_control(LEVEL_OWN));
	for (unsigned int i = 0; i < ARRAY_SIZE(wants); i++) {
		load_byte(&log, wants[i].at);
		CHECK_EQ(log.count, wants[i].count, "%llu bytes watched, load at %+lld", size,
			 (s64)(wants[i].at - base));
		if (log.count && wants[i].count)
			CHECK_EQ(log.hit[0].far, wants[i].at, "FAR of %llu bytes", size);
	}
}

void watchpoint_covers_range(void)
{
	debug_open();
	for (unsigned int bits = RANGE_MIN; bits <= RANGE_MAX; bits++)
		check_range(bits);
	debug_close();
}
