// SPDX-License-Identifier: BSD-2-Clause
/* Registers, vector length and traps of each CPU by itself, while all others use theirs. */
#include <asm/barrier.h>
#include <asm/exception.h>
#include <asm/extable.h>
#include <asm/lock.h>
#include <base/string.h>
#include <core/heap.h>
#include <core/time.h>
#include "fpu.h"

#define ROUNDS	8U
#define MEET_US	1000000ULL

/* Each CPU has one of its own; the boot CPU allocates and compares. */
static struct fpu_areas areas[CONFIG_NR_CPUS];
static u32 rounds[CONFIG_NR_CPUS];
static bool together[CONFIG_NR_CPUS];
static u32 round;

static bool all_have_loaded(void)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (READ_ONCE(rounds[i]) != round)
			return false;
	return true;
}

/* Nobody looks before all have loaded theirs. */
static void load_meet_and_save(void *unused)
{
	unsigned int self = cpu_this();

	(void)unused;
	fp_state_restore(areas[self].want);
	WRITE_ONCE(rounds[self], round);
	dmb(sy);
	together[self] = wait_until(all_have_loaded(), MEET_US) == 0;
	fp_state_save(areas[self].found);
}

static void compare_round(void)
{
	unsigned int i;

	cpu_for_each_online(i) {
		CHECK(together[i], "CPU %u met all others", i);
		fpu_compare(&areas[i], "all CPUs at once");
	}
}

static void fill_round(void)
{
	unsigned int i;

	round++;
	cpu_for_each_online(i)
		fp_state_fill(areas[i].want, round * cpu_count() + i);
	dmb(sy);
}

void private_to_each_cpu(void)
{
	unsigned int i, n;

	cpu_for_each_online(i)
		areas[i] = fpu_areas_get();
	round = 0;
	memset(rounds, 0, sizeof(rounds));
	for (n = 0; n < ROUNDS; n++) {
		fill_round();
		CHECK_EQ(cpu_call_all(load_meet_and_save, NULL, FPU_CALL_US), 0);
		compare_round();
	}
	cpu_for_each_online(i)
		fpu_areas_put(&areas[i]);
}

/* The longest that the CPU has and that is not longer; it has all powers of two up to the last. */
void vectors_have_the_length_asked_for(void)
{
	size_t bytes, before, longest, length;

	fpu_need_sve();
	before = fp_vector_limit(256);
	longest = fp_vector_bytes();
	for (bytes = 16; bytes <= 256; bytes += 16) {
		fp_vector_limit(bytes);
		length = fp_vector_bytes();
		CHECK_LE(length, bytes, "ZCR.LEN %zu", bytes / 16 - 1);
		if (!(bytes & (bytes - 1)) && bytes <= longest)
			CHECK_EQ(length, bytes, "ZCR.LEN %zu, vectors of %zu bytes at most",
				 bytes / 16 - 1, longest);
	}
	fp_vector_limit(before);
	test_diag("vectors of %zu bytes", longest);
}

static size_t limits[CONFIG_NR_CPUS], found[CONFIG_NR_CPUS];

static void limit_vectors(void *unused)
{
	unsigned int self = cpu_this();

	(void)unused;
	limits[self] = fp_vector_limit(self % 2 ? 16 : 32);
}

static void read_length(void *unused)
{
	(void)unused;
	found[cpu_this()] = fp_vector_bytes();
}

static void restore_limit(void *unused)
{
	(void)unused;
	fp_vector_limit(limits[cpu_this()]);
}

void lengths_are_each_cpus_own(void)
{
	unsigned int i;

	fpu_need_sve();
	if (fp_vector_bytes() < 32)
		SKIP("vectors are of 16 bytes, and of no other length");
	CHECK_EQ(cpu_call_all(limit_vectors, NULL, FPU_CALL_US), 0);
	CHECK_EQ(cpu_call_all(read_length, NULL, FPU_CALL_US), 0);
	CHECK_EQ(cpu_call_all(restore_limit, NULL, FPU_CALL_US), 0);
	cpu_for_each_online(i)
		CHECK_EQ(found[i], i % 2 ? (size_t)16 : (size_t)32, "vectors of CPU %u", i);
}

#define FPCR		S3_3_C4_C4_0
#define ZCR_EL1		S3_0_C1_C2_0
#define EC_SVE_TRAP	0x19U

static void check_fp_trap(void)
{
	u64 value = 0;
	int ret;

	fp_trap(true, false);
	ret = arch_try_read_sysreg(FPCR, &value);
	fp_trap(false, false);
	CHECK_EQ(ret, -EFAULT, "FPCR is read, FP disabled, on CPU %u", cpu_this());
	CHECK_EQ(ESR_EC(arch_try_esr()), EC_FP_TRAP, "ESR 0x%llx", arch_try_esr());
	CHECK_EQ(arch_try_read_sysreg(FPCR, &value), 0, "FP enabled: ESR 0x%llx", arch_try_esr());
}

static void check_sve_trap(void)
{
	u64 value = 0;
	int ret;

	fp_trap(true, true);
	ret = arch_try_read_sysreg(ZCR_EL1, &value);
	fp_trap(false, true);
	CHECK_EQ(ret, -EFAULT, "ZCR_EL1 is read, SVE disabled, on CPU %u", cpu_this());
	CHECK_EQ(ESR_EC(arch_try_esr()), EC_SVE_TRAP, "ESR 0x%llx", arch_try_esr());
	CHECK_EQ(arch_try_read_sysreg(ZCR_EL1, &value), 0, "SVE enabled: ESR 0x%llx",
		 arch_try_esr());
}

static void check_traps(void *unused)
{
	(void)unused;
	check_fp_trap();
	if (fp_has_sve())
		check_sve_trap();
}

void disabled_registers_trap(void)
{
	if (!fp_has_simd())
		SKIP("ID_AA64PFR0_EL1.FP: no floating point");
	CHECK_EQ(cpu_call_all(check_traps, NULL, FPU_CALL_US), 0);
}
