// SPDX-License-Identifier: BSD-2-Clause
/* Synchronous exceptions of this level, but for aborts: vector, class, syndrome, return address. */
#include <base/errno.h>
#include <asm/cpu.h>
#include <asm/sections.h>
#include <asm/virtual_exception.h>
#include <drivers/smccc.h>
#include "exceptions.h"

#define ESR_IL		(1ULL << 25)	/* of a 32-bit instruction */
#define SPSR_IL		(1ULL << 20)

void take(struct taken *taken, void (*fn)(void *arg), void *arg)
{
	REQUIRE_EQ(test_guarded_call(fn, arg, &taken->info, &taken->regs), -EFAULT,
		   "no exception came");
}

bool take_handled(struct taken *taken, enum exception_vector vector,
		  const struct exception_handler *handler, void (*fn)(void *arg), void *arg)
{
	const struct exception_handler *before = exception_set_handler(vector, handler);
	int ret = test_guarded_call(fn, arg, &taken->info, &taken->regs);

	exception_set_handler(vector, before);
	return ret;
}

static void check_sync(const struct taken *taken, unsigned int class, const char *elr)
{
	CHECK_VECTOR(taken, VECTOR_SPX_SYNC);
	CHECK_CLASS(taken, class);
	CHECK_EQ(taken->info.elr, (u64)elr, "ELR, image + 0x%llx", taken->info.elr - (u64)_image);
	CHECK_EQ(taken->info.spsr & 0xf, (u64)cpu_current_el() << 2 | 1, "SPSR 0x%llx",
		 taken->info.spsr);
}

void undefined_instruction(void)
{
	struct taken taken;

	take(&taken, run_undefined, NULL);
	check_sync(&taken, EC_UNKNOWN, undefined_at);
	CHECK_EQ(ESR_ISS(taken.info.esr), 0ULL);
	CHECK_EQ(taken.info.esr & ESR_IL, ESR_IL);
}

void brk_syndrome(void)
{
	struct taken taken;

	take(&taken, run_brk, NULL);
	check_sync(&taken, EC_BRK, brk_at);
	CHECK_EQ(ESR_ISS(taken.info.esr), (u64)BRK_IMMEDIATE);
}

void svc_syndrome(void)
{
	struct taken taken;

	take(&taken, run_svc, NULL);
	check_sync(&taken, EC_SVC, svc_at + 4);
	CHECK_EQ(ESR_ISS(taken.info.esr), (u64)SVC_IMMEDIATE);
}

static void need_firmware(void)
{
	if (capability_missing(NEED_PSCI))
		SKIP("nothing describes firmware above, so the call might end nowhere");
}

/* NOT_SUPPORTED by whoever answers; undefined where nobody does. */
static void check_answer(const struct taken *taken, int ret, u64 result, const char *at)
{
	if (ret)
		check_sync(taken, EC_UNKNOWN, at);
	else
		CHECK_EQ((s32)result, -1, "function 0x%x", UNKNOWN_FUNCTION);
}

/* Taken to EL2, which is where we are or passes it on; else somebody else's, or nobody's. */
void hvc_syndrome(void)
{
	bool ours = cpu_current_el() == 2 || !arch_virtual_exceptions_set(0);
	struct taken taken = { 0 };
	u64 result = 0;
	int ret;

	if (!ours && cpu_has_el2())
		need_firmware();
	ret = test_guarded_call(run_hvc, &result, &taken.info, &taken.regs);

	if (!ours) {
		check_answer(&taken, ret, result, hvc_at);
		return;
	}
	REQUIRE_EQ(ret, -EFAULT, "no exception came");
	check_sync(&taken, EC_HVC, hvc_at + 4);
	CHECK_EQ(ESR_ISS(taken.info.esr), (u64)HVC_IMMEDIATE);
}

/* Of firmware at EL3; a hypervisor may answer in its place. */
void smc_is_answered(void)
{
	struct taken taken = { 0 };
	u64 result = 0;
	int ret;

	if (cpu_has_el3()) {
		need_firmware();
		if (IS_ENABLED(CONFIG_PSCI) && smccc_conduit() != SMCCC_CONDUIT_SMC)
			SKIP("firmware is called by HVC, and EL3 is not said to answer");
	}
	ret = test_guarded_call(run_smc, &result, &taken.info, &taken.regs);

	check_answer(&taken, ret, result, smc_at);
	if (ret)
		CHECK(!cpu_has_el3(), "ID_AA64PFR0_EL1 0x%llx shows EL3, and SMC is undefined",
		      read_sysreg(ID_AA64PFR0_EL1));
}

void sync_from_sp0(void)
{
	static u64 somewhere[2] __aligned(16);
	struct taken taken;

	take(&taken, run_brk_on_sp0, somewhere);
	CHECK_VECTOR(&taken, VECTOR_SP0_SYNC);
	CHECK_CLASS(&taken, EC_BRK);
	CHECK_EQ(taken.info.elr, (u64)sp0_brk_at);
	CHECK_EQ(taken.info.spsr & 0xf, (u64)cpu_current_el() << 2, "SPSR 0x%llx", taken.info.spsr);
	CHECK_EQ(taken.regs.sp, (u64)somewhere);
}

void sp_alignment(void)
{
	struct taken taken;

	take(&taken, run_misaligned_sp, NULL);
	check_sync(&taken, EC_SP_ALIGNMENT, misaligned_sp_at);
	CHECK_EQ(taken.regs.sp % 16, 8ULL);
	CHECK(!taken.info.stack_overflow);
}

static void branch(void *to)
{
	((void (*)(void))to)();
}

void pc_alignment(void)
{
	struct taken taken;

	take(&taken, branch, brk_at + 2);
	check_sync(&taken, EC_PC_ALIGNMENT, brk_at + 2);
	CHECK_EQ(taken.info.far, (u64)brk_at + 2, "FAR");
}

static bool return_illegal(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	regs->pc += 4;
	regs->pstate |= SPSR_IL;
	return true;
}

/* PSTATE.IL comes from SPSR: the instruction returned to does not run. */
void illegal_state(void)
{
	static const struct exception_handler handler = { return_illegal };
	struct taken taken = { 0 };

	REQUIRE(take_handled(&taken, VECTOR_SPX_SYNC, &handler, run_brk, NULL),
		"no exception came");
	check_sync(&taken, EC_ILLEGAL, brk_at + 4);
	CHECK_EQ(taken.info.spsr & SPSR_IL, SPSR_IL, "SPSR 0x%llx", taken.info.spsr);
}

static __noinline u32 element(unsigned int index)
{
	static volatile u32 array[4] = { 1, 2, 3, 4 };

	return array[index];
}

static void read_element(void *index)
{
	element((unsigned int)(u64)index);
}

/* Of the image itself: CONFIG_UBSAN is worth something only when it traps. */
void undefined_behaviour_traps(void)
{
	struct taken taken;

	if (!IS_ENABLED(CONFIG_UBSAN))
		SKIP("CONFIG_UBSAN is not set");
	REQUIRE_EQ(element(3), 4U);
	take(&taken, read_element, (void *)4);
	CHECK_VECTOR(&taken, VECTOR_SPX_SYNC);
	CHECK_CLASS(&taken, EC_BRK);
}
