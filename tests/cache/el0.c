// SPDX-License-Identifier: BSD-2-Clause
/* SCTLR_ELx.UCT, UCI and DZE: what EL0 may do, and what comes to us instead. */
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/el0.h>
#include <asm/mmu.h>
#include <asm/sysreg.h>
#include "cache.h"

#define SCTLR_DZE	BIT(14)
#define SCTLR_UCT	BIT(15)
#define SCTLR_UCI	BIT(26)

#define SVC		0xd4000001

static const struct el0_insn {
	const char *name;
	u32 insn;		/* its operand in x0 */
	u64 bit;
	enum { NOWHERE, TO_POC, TO_POU, CODE_TO_POU } reach;
} insns[] = {
	{ "MRS CTR_EL0", 0xd53b0020, SCTLR_UCT, NOWHERE },
	{ "DC CVAU", 0xd50b7b20, SCTLR_UCI, TO_POU },
	{ "DC CVAC", 0xd50b7a20, SCTLR_UCI, TO_POC },
	{ "DC CIVAC", 0xd50b7e20, SCTLR_UCI, TO_POC },
	{ "IC IVAU", 0xd50b7520, SCTLR_UCI, CODE_TO_POU },
	{ "DC ZVA", 0xd50b7420, SCTLR_DZE, NOWHERE },
};

/* Exception class that one instruction at EL0 came back with. */
static unsigned int class_of(struct code_page *code, struct code_page *data, u32 insn)
{
	struct exception_info info = { 0 };
	struct pt_regs regs = { .pc = (u64)code->run, .x[0] = (u64)data->run };

	code->written[0] = insn;
	code->written[1] = SVC;
	cache_sync_code(code->written, 8);
	REQUIRE_EQ(arch_el0_call(&regs, &info), 0);
	return info.esr >> 26;
}

static void __noinline sctlr_write(u64 sctlr)
{
	write_sysreg(sctlr, sctlr_el1);
	isb();
}

static bool is_prohibited(const struct el0_insn *insn)
{
	return insn->bit == SCTLR_DZE && cache_dczid() & 0x10;
}

/* With nothing to maintain on the way it may pass, trap or not (DDI0487J.a D19.2.122 UCI). */
static bool may_pass(const struct el0_insn *insn)
{
	switch (insn->reach) {
	case TO_POC:
		return !(cache_clidr() >> 24 & 7);
	case TO_POU:
		return !(cache_clidr() >> 27 & 7);
	case CODE_TO_POU:
		return CTR_DIC(cache_ctr());
	default:
		return false;
	}
}

static void check_insns(bool allowed)
{
	struct code_page code = { .kind = MAP_EL0_RX }, data = { .kind = MAP_EL0_RW };
	u64 sctlr = read_sysreg(sctlr_el1);
	unsigned int i;

	if (!arch_el0_translated())
		SKIP("EL0 does not see the image's tables (EL2 without VHE)");
	code_page_get(&code);
	code_page_get(&data);
	for (i = 0; i < ARRAY_SIZE(insns); i++) {
		unsigned int class;

		if (is_prohibited(&insns[i]) || (!allowed && may_pass(&insns[i])))
			continue;
		sctlr_write(allowed ? sctlr | insns[i].bit : sctlr & ~insns[i].bit);
		class = class_of(&code, &data, insns[i].insn);
		sctlr_write(sctlr);
		CHECK_EQ(class, allowed ? EC_SVC : EC_SYSREG, "%s at EL0", insns[i].name);
	}
	code_page_put(&code);
	code_page_put(&data);
}

void el0_may_maintain_when_allowed(void)
{
	check_insns(true);
}

void el0_traps_when_not_allowed(void)
{
	check_insns(false);
}
