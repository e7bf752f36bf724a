// SPDX-License-Identifier: BSD-2-Clause
/* Memory and the registers of CPUs. */
#include "migrate.h"
#include <base/compiler.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/heap.h>
#include <core/page_alloc.h>
#include <asm/control_state.h>
#include <asm/fp.h>
#include <asm/sysreg.h>

#define BYTES	SZ_1M
#define GO_US	(TEST_MIGRATE_MS * 1000ULL)

static u64 pattern(u64 i, u64 turn)
{
	return i * 0x9e3779b97f4a7c15ULL + turn;
}

/* Not inlined: a defect is planted here. */
static void __noinline rewrite_every_third(u64 *words)
{
	for (u64 i = 0; i < BYTES / 8; i += 3)
		words[i] = pattern(i, 2);
}

/* Written whole before, and in part right before: what is dirty last is sent last. */
void memory_stays(void)
{
	u64 *words = pages_alloc(BYTES, 0), i;

	REQUIRE_NE(words, NULL);
	for (i = 0; i < BYTES / 8; i++)
		words[i] = pattern(i, 1);
	test_migrate();
	for (i = 0; i < BYTES / 8 && words[i] == pattern(i, 1); i++)
		;
	CHECK_EQ(i, BYTES / 8, "first word that is another");
	rewrite_every_third(words);
	test_migrate();
	for (i = 0; i < BYTES / 8 && words[i] == pattern(i, i % 3 ? 1 : 2); i++)
		;
	CHECK_EQ(i, BYTES / 8, "first word that is another, the second time");
	CHECK_EQ(pages_free(words, BYTES), 0);
}

/* Those that the image runs by, and two that nothing but this uses. */
void control_registers_stay(void)
{
	u64 tpidr = read_sysreg(tpidr_el0), context = read_sysreg(contextidr_el1);
	u64 midr = read_sysreg(midr_el1), mpidr = read_sysreg(MPIDR_EL1);
	u64 features = read_sysreg(ID_AA64PFR0_EL1);
	struct control_state before;
	char what[192];

	write_sysreg(0x0123456789abcdefULL, tpidr_el0);
	write_sysreg(0x13579bdULL, contextidr_el1);
	control_state_save(&before);
	test_migrate();
	CHECK_EQ(control_state_restore(&before, what, sizeof(what)), 0U, "%s", what);
	CHECK_EQ(read_sysreg(tpidr_el0), 0x0123456789abcdefULL, "TPIDR_EL0");
	CHECK_EQ(read_sysreg(contextidr_el1), 0x13579bdULL, "CONTEXTIDR_EL1");
	CHECK_EQ(read_sysreg(midr_el1), midr, "MIDR_EL1");
	CHECK_EQ(read_sysreg(MPIDR_EL1), mpidr, "MPIDR_EL1");
	CHECK_EQ(read_sysreg(ID_AA64PFR0_EL1), features, "ID_AA64PFR0_EL1");
	write_sysreg(tpidr, tpidr_el0);
	write_sysreg(context, contextidr_el1);
}

/* Nothing else of the image touches them. */
void fp_registers_stay(void)
{
	size_t size = fp_state_size(), i;
	u8 *memory, *want, *found;

	if (!size)
		SKIP("ID_AA64PFR0_EL1.FP: no floating point");
	memory = heap_alloc(2 * size + 32);
	REQUIRE_NE(memory, NULL);
	want = memory + (-(u64)memory & 15);
	found = want + ALIGN_UP(size, (size_t)16);
	/*
	 * Vectors are 256 of 273 parts; what lies behind them, FFR and FPCR among it, does
	 * not take every value.
	 */
	fp_state_save(want);
	for (i = 0; i < size / 16 * 15; i++)
		want[i] = (u8)(i * 7 + 1);
	fp_state_restore(want);
	test_migrate();
	fp_state_save(found);
	CHECK_MEMEQ(found, want, size);
	heap_free(memory);
}

/* Each CPU its own; with one writer, who is not the boot CPU. */
static u64 turns[CONFIG_NR_CPUS];
static bool stop;

static void __noinline go_round(void *unused __unused)
{
	struct time_bound bound = time_bound_start(GO_US);
	unsigned int self = cpu_this();

	while (!READ_ONCE(stop) && !time_bound_passed(&bound))
		WRITE_ONCE(turns[self], turns[self] + 1);
}

static void check_turning(unsigned int cpu, const char *when)
{
	u64 before = READ_ONCE(turns[cpu]);

	CHECK_EQ(wait_until(READ_ONCE(turns[cpu]) != before, COMES_US), 0, "CPU %u %s", cpu, when);
}

/* They are in the middle of something when the machine leaves, and go on with that. */
void other_cpus_go_on(void)
{
	unsigned int cpu;
	u64 before;

	WRITE_ONCE(stop, false);
	cpu_for_each_online(cpu)
		if (cpu)
			REQUIRE_EQ(cpu_call_start(cpu, go_round, NULL), 0, "CPU %u", cpu);
	cpu_for_each_online(cpu)
		if (cpu)
			check_turning(cpu, "does not begin");
	before = READ_ONCE(turns[1]);
	test_migrate();
	CHECK_GE(READ_ONCE(turns[1]), before, "what CPU 1 has counted");
	cpu_for_each_online(cpu)
		if (cpu)
			check_turning(cpu, "stands still");
	WRITE_ONCE(stop, true);
	cpu_for_each_online(cpu)
		if (cpu)
			CHECK_EQ(cpu_call_wait(cpu, CPU_CALL_TIMEOUT_US), 0, "CPU %u", cpu);
}
