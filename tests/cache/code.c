// SPDX-License-Identifier: BSD-2-Clause
/* Code that changes: the maintenance that CTR_EL0 asks for, and no more. */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/cpu.h>
#include <core/page_alloc.h>
#include <asm/audit.h>
#include <asm/barrier.h>
#include <asm/exception.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include "cache.h"

#define TURNS		64
#define TIMEOUT_US	1000000ULL

/*
 * CTR_EL0.IDC and DIC that all CPUs have: what one of them need not do, another may, and
 * maintenance is for the caches of all. Of the last page that was got.
 */
static u64 shared_ctr;

static void take_part(void *unused)
{
	(void)unused;
	shared_ctr &= cache_ctr();
}

/* One after the other. */
static void ask_all_cpus(void)
{
	unsigned int cpu;

	shared_ctr = ~0ULL;
	cpu_for_each_online(cpu)
		CHECK_EQ(cpu_call(cpu, take_part, NULL, TIMEOUT_US), 0, "CPU %u", cpu);
}

void code_page_get(struct code_page *page)
{
	ask_all_cpus();
	page->written = pages_alloc(PAGE_SIZE, 0);
	page->run = address_space_alloc(PAGE_SIZE, 0);
	REQUIRE(page->written && page->run);
	REQUIRE_EQ(mmu_map_at((u64)page->run, (u64)page->written, PAGE_SIZE, page->kind), 0);
}

void code_page_put(struct code_page *page)
{
	CHECK_EQ(mmu_unmap((u64)page->run, PAGE_SIZE), 0);
	CHECK_EQ(address_space_free(page->run, PAGE_SIZE), 0);
	CHECK_EQ(pages_free(page->written, PAGE_SIZE), 0);
}

static void __noinline code_write(u32 *code, u32 word)
{
	WRITE_ONCE(*code, word);
}

/* DDI0487J.a B2.4.4: CVAU unless IDC, IVAU unless DIC, at the address it is run at. */
static void code_publish(u32 *code, const u32 *run)
{
	if (!CTR_IDC(shared_ctr)) {
		audit_site();
		audit_operand(AUDIT_DC_CVAU, (u64)code);
		__asm__ volatile("dc cvau, %0" : : "r"(code) : "memory");
	}
	dsb(ish);
	if (!CTR_DIC(shared_ctr)) {
		audit_site();
		audit_operand(AUDIT_IC_IVAU, (u64)run);
		__asm__ volatile("ic ivau, %0" : : "r"(run) : "memory");
		dsb(ish);
	}
	isb();
}

#define MOV_X0(value)	(0xd2800000 | (u32)(value) << 5)
#define RET		0xd65f03c0

static u64 run(const u32 *code)
{
	u64 (*function)(void) = (u64 (*)(void))(uintptr_t)code;

	return function();
}

void changed_code_is_run(void)
{
	struct code_page page = { .kind = MAP_RX };
	u64 i;

	code_page_get(&page);
	code_write(page.written + 1, RET);
	code_publish(page.written + 1, page.run + 1);
	for (i = 0; i < TURNS; i++) {
		code_write(page.written, MOV_X0(i));
		code_publish(page.written, page.run);
		CHECK_EQ(run(page.run), i);
	}
	code_page_put(&page);
}

struct elsewhere {
	u32 *written;
	const u32 *code;
	u64 want;
};

/* The ISB of the CPU that runs it comes from its way here, and this one. */
static void run_elsewhere(void *arg)
{
	const struct elsewhere *elsewhere = arg;

	isb();
	if (run(elsewhere->code) != elsewhere->want)
		arch_guarded_exit(-EIO);
}

void changed_code_is_run_on_other_cpus(void)
{
	struct code_page page = { .kind = MAP_RX };
	static struct elsewhere elsewhere;
	unsigned int cpu;

	code_page_get(&page);
	elsewhere.code = page.run;
	code_write(page.written + 1, RET);
	code_publish(page.written + 1, page.run + 1);
	for (elsewhere.want = 0; elsewhere.want < 4; elsewhere.want++) {
		code_write(page.written, MOV_X0(elsewhere.want));
		code_publish(page.written, page.run);
		cpu_for_each_online(cpu)
			CHECK_EQ(cpu_call(cpu, run_elsewhere, &elsewhere, TIMEOUT_US), 0,
				 "CPU %u runs what is older", cpu);
	}
	code_page_put(&page);
}

static void write_elsewhere(void *arg)
{
	const struct elsewhere *elsewhere = arg;

	code_write(elsewhere->written, MOV_X0(elsewhere->want));
	code_publish(elsewhere->written, elsewhere->code);
}

/* Whoever runs it needs no more than an ISB: the maintenance reaches all. */
void code_of_other_cpus_is_run(void)
{
	struct code_page page = { .kind = MAP_RX };
	static struct elsewhere elsewhere;
	unsigned int cpu;
	u64 found;

	code_page_get(&page);
	elsewhere = (struct elsewhere){ .written = page.written, .code = page.run };
	code_write(page.written + 1, RET);
	code_publish(page.written + 1, page.run + 1);
	cpu_for_each_online(cpu) {
		elsewhere.want = 0x100 + cpu;
		CHECK_EQ(cpu_call(cpu, write_elsewhere, &elsewhere, TIMEOUT_US), 0, "CPU %u", cpu);
		isb();
		found = run(page.run);
		CHECK_EQ(found, elsewhere.want, "what CPU %u has written", cpu);
	}
	code_page_put(&page);
}
