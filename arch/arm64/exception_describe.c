// SPDX-License-Identifier: BSD-2-Clause
/* ESR_ELx in words (DDI 0487J.a D19.2.37). */
#include <base/printf.h>
#include <base/util.h>
#include <asm/exception.h>

static const char *const vector_names[VECTORS] = {
	"synchronous, current EL with SP_EL0", "IRQ, current EL with SP_EL0",
	"FIQ, current EL with SP_EL0", "SError, current EL with SP_EL0",
	"synchronous, current EL with SP_ELx", "IRQ, current EL with SP_ELx",
	"FIQ, current EL with SP_ELx", "SError, current EL with SP_ELx",
	"synchronous, lower EL in AArch64", "IRQ, lower EL in AArch64",
	"FIQ, lower EL in AArch64", "SError, lower EL in AArch64",
	"synchronous, lower EL in AArch32", "IRQ, lower EL in AArch32",
	"FIQ, lower EL in AArch32", "SError, lower EL in AArch32",
};

const char *exception_vector_name(enum exception_vector vector)
{
	return vector < VECTORS ? vector_names[vector] : "no vector";
}

struct ec_name {
	u8 ec;
	const char *name;
};

static const struct ec_name ec_names[] = {
	{ EC_UNKNOWN, "undefined instruction (or no cause given)" },
	{ EC_WFX, "trapped WFI or WFE" },
	{ EC_FP_TRAP, "trapped FP, SIMD or SVE instruction" },
	{ 0x08, "trapped ID register access" },
	{ 0x09, "trapped pointer authentication instruction" },
	{ 0x0a, "trapped LD64B or ST64B" },
	{ EC_BTI, "branch target exception (BTI)" },
	{ EC_ILLEGAL, "illegal execution state" },
	{ 0x11, "SVC in AArch32" },
	{ EC_SVC, "SVC" },
	{ EC_HVC, "HVC" },
	{ EC_SMC, "SMC" },
	{ EC_SYSREG, "trapped system register or system instruction" },
	{ 0x19, "trapped SVE instruction" },
	{ 0x1a, "trapped ERET" },
	{ EC_FPAC, "pointer authentication failure" },
	{ 0x1d, "trapped SME instruction" },
	{ EC_IABT_LOWER, "instruction abort, lower EL" },
	{ EC_IABT, "instruction abort, current EL" },
	{ EC_PC_ALIGNMENT, "program counter not aligned" },
	{ EC_DABT_LOWER, "data abort, lower EL" },
	{ EC_DABT, "data abort, current EL" },
	{ EC_SP_ALIGNMENT, "stack pointer not aligned" },
	{ 0x2c, "floating point exception" },
	{ EC_SERROR, "SError" },
	{ EC_BREAKPOINT_LOWER, "breakpoint, lower EL" },
	{ EC_BREAKPOINT, "breakpoint, current EL" },
	{ EC_STEP_LOWER, "single step, lower EL" },
	{ EC_STEP, "single step, current EL" },
	{ EC_WATCHPOINT_LOWER, "watchpoint, lower EL" },
	{ EC_WATCHPOINT, "watchpoint, current EL" },
	{ EC_BRK, "BRK" },
};

static const char *ec_describe(unsigned int ec)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ec_names); i++)
		if (ec_names[i].ec == ec)
			return ec_names[i].name;
	return "reserved exception class";
}

static const char *fault_describe(unsigned int fsc)
{
	static const char *const by_level[] = {
		"address size fault", "translation fault", "access flag fault", "permission fault",
	};

	if (fsc < 0x10)
		return by_level[fsc >> 2];
	switch (fsc) {
	case 0x10: return "synchronous external abort";
	case 0x11: return "synchronous tag check fault";
	case 0x18: return "synchronous parity or ECC error";
	case 0x21: return "alignment fault";
	case 0x30: return "TLB conflict abort";
	case 0x31: return "unsupported atomic hardware update";
	case 0x34: return "lockdown fault";
	case 0x35: return "unsupported exclusive or atomic access";
	}
	if (fsc >= 0x14 && fsc <= 0x17)
		return "external abort on a table walk";
	if (fsc >= 0x1c && fsc <= 0x1f)
		return "parity or ECC error on a table walk";
	return "reserved fault status";
}

/* Fault codes 0x00-0x0f, 0x14-0x17 and 0x1c-0x1f carry the level of the walk. */
static bool fault_has_level(unsigned int fsc)
{
	return fsc < 0x10 || (fsc & ~0xbU) == 0x14;
}

static void describe_abort(char *buf, size_t size, const struct exception_info *info)
{
	unsigned int ec = ESR_EC(info->esr), fsc = ESR_FSC(info->esr);
	bool data = ec == EC_DABT || ec == EC_DABT_LOWER;
	size_t n;

	n = scnprintf(buf, size, "%s: %s", ec_describe(ec), fault_describe(fsc));
	if (fault_has_level(fsc))
		n += scnprintf(buf + n, size - n, " level %u", fsc & 3);
	if (data)
		n += scnprintf(buf + n, size - n, ", %s", info->esr & BIT(6) ? "write" : "read");
	if (data && info->esr & BIT(24))	/* ISV: SAS is valid */
		n += scnprintf(buf + n, size - n, " of %u bytes", 1U << (info->esr >> 22 & 3));
	if (info->esr & BIT(10))
		scnprintf(buf + n, size - n, ", address not known");
	else
		scnprintf(buf + n, size - n, " at 0x%llx", info->far);
}

void exception_describe(char *buf, size_t size, const struct exception_info *info)
{
	unsigned int ec = ESR_EC(info->esr), kind = info->vector % 4;

	if (info->stack_overflow) {
		scnprintf(buf, size, "stack overflow: the stack pointer left its stack (FAR 0x%llx)",
			  info->far);
	} else if (kind == VECTOR_SP0_IRQ || kind == VECTOR_SP0_FIQ) {
		scnprintf(buf, size, "unexpected %s", kind == VECTOR_SP0_IRQ ? "IRQ" : "FIQ");
	} else if (kind == VECTOR_SP0_SERROR) {
		scnprintf(buf, size, "SError, syndrome 0x%llx", ESR_ISS(info->esr));
	} else if (ec == EC_IABT || ec == EC_IABT_LOWER || ec == EC_DABT || ec == EC_DABT_LOWER) {
		describe_abort(buf, size, info);
	} else if (ec == EC_SVC || ec == EC_HVC || ec == EC_SMC || ec == EC_BRK) {
		scnprintf(buf, size, "%s #0x%llx", ec_describe(ec), info->esr & 0xffff);
	} else {
		scnprintf(buf, size, "%s", ec_describe(ec));
	}
}
