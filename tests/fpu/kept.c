// SPDX-License-Identifier: BSD-2-Clause
/* What is in the registers stays there, whatever happens between. */
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/el0.h>
#include <asm/exception.h>
#include <asm/extable.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <core/address_space.h>
#include <core/irq.h>
#include <core/page_alloc.h>
#include <core/time.h>
#include <drivers/psci.h>
#include <asm/cpu.h>
#include "fpu.h"

#define ROUNDS		4U
#define SGI		3U
#define COMES_US	100000ULL

/* Load, do something, look: with other values each time. */
static void check_kept(void (*happen)(void), const char *behind)
{
	struct fpu_areas areas = fpu_areas_get();
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		fp_state_fill(areas.want, i + 1);
		fp_state_restore(areas.want);
		happen();
		fp_state_save(areas.found);
		fpu_compare(&areas, behind);
	}
	fpu_areas_put(&areas);
}

static void nothing(void)
{
}

void registers_hold_their_values(void)
{
	check_kept(nothing, "nothing");
}

static bool skip_brk(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	regs->pc += 4;
	return true;
}

/* One that a handler returns from, one that is a value, one that ends what took it. */
static void brk(void *unused)
{
	(void)unused;
	__asm__ volatile("brk #0x72" ::: "memory");
}

static void take_exceptions(void)
{
	static const struct exception_handler handler = { skip_brk };
	const struct exception_handler *before = exception_set_handler(VECTOR_SPX_SYNC, &handler);

	brk(NULL);
	exception_set_handler(VECTOR_SPX_SYNC, before);
	CHECK_EQ(arch_try_insn("brk #0x73"), -EFAULT);
	CHECK_EQ(test_guarded_call(brk, NULL, NULL, NULL), -EFAULT);
}

void kept_over_exceptions(void)
{
	check_kept(take_exceptions, "exceptions");
}

static u32 came;

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)intid;
	(void)regs;
	(void)arg;
	WRITE_ONCE(came, came + 1);
	return NULL;
}

static void take_interrupts(void)
{
	u32 wanted = READ_ONCE(came) + 1;

	CHECK_EQ(irq_send_sgi(cpu_mpidr(), SGI), 0);
	CHECK_EQ(wait_until(READ_ONCE(came) == wanted, COMES_US), 0, "SGI %u to itself", SGI);
}

void kept_over_interrupts(void)
{
	came = 0;
	REQUIRE_EQ(irq_request(SGI, note, NULL), 0);
	REQUIRE_EQ(irq_enable(SGI), 0);
	check_kept(take_interrupts, "interrupts");
	CHECK_EQ(irq_disable(SGI), 0);
	irq_request(SGI, NULL, NULL);
}

#define INSN_SVC	0xd4000001

/* An SVC that EL0 runs: in a page of EL0's, or where EL0 has no translation at its own address. */
static u64 el0_code;

static void visit_el0(void)
{
	struct pt_regs regs = { .pc = el0_code };
	struct exception_info info;

	CHECK_EQ(arch_el0_call(&regs, &info), 0, "ESR 0x%llx", info.esr);
	CHECK_EQ(ESR_EC(info.esr), EC_SVC, "ESR 0x%llx", info.esr);
}

static u32 *code_make(void)
{
	u32 *code = pages_alloc(PAGE_SIZE, PAGE_SIZE);

	REQUIRE(code);
	if (!cpu_mmu_is_on())
		mmu_off_share(code, PAGE_SIZE);
	*code = INSN_SVC;
	cache_sync_code(code, sizeof(*code));
	cache_clean_poc(code, sizeof(*code));
	return code;
}

static void code_free(u32 *code)
{
	if (!cpu_mmu_is_on())
		mmu_off_unshare(code, PAGE_SIZE);
	CHECK_EQ(pages_free(code, PAGE_SIZE), 0);
}

void kept_over_el0(void)
{
	u32 *code = code_make();
	void *window = NULL;

	el0_code = (u64)code;
	if (arch_el0_translated()) {
		window = address_space_alloc(PAGE_SIZE, PAGE_SIZE);
		REQUIRE(window);
		REQUIRE_EQ(mmu_map_at((u64)window, (u64)code, PAGE_SIZE, MAP_EL0_RX), 0);
		el0_code = (u64)window;
	}
	check_kept(visit_el0, "EL0");
	if (window) {
		CHECK_EQ(mmu_unmap((u64)window, PAGE_SIZE), 0);
		CHECK_EQ(address_space_free(window, PAGE_SIZE), 0);
	}
	code_free(code);
}

static void call_firmware(void)
{
	CHECK_GT(psci_call(PSCI_FN_VERSION, 0, 0, 0), 0LL, "PSCI_VERSION");
}

void kept_over_firmware_calls(void)
{
	if (psci_version() < PSCI_VERSION(0, 2))
		SKIP("PSCI 0.1 has no function that can be called without an effect");
	check_kept(call_firmware, "a call of firmware");
}

static void switch_mmu(void)
{
	CHECK_EQ(mmu_disable(), 0);
	CHECK_EQ(mmu_enable(), 0);
}

void kept_over_the_mmu(void)
{
	check_kept(switch_mmu, "the MMU off and on");
}
