// SPDX-License-Identifier: BSD-2-Clause
/* SMC Calling Convention: the conduit, and the version by way of PSCI_FEATURES. */
#include <base/errno.h>
#include <core/fault.h>
#include <drivers/psci.h>
#include <drivers/smccc.h>

static enum smccc_conduit conduit;
static u32 version;

void smccc_set_conduit(enum smccc_conduit how)
{
	conduit = how;
	version = 0;
}

enum smccc_conduit smccc_conduit(void)
{
	return conduit;
}

const char *smccc_conduit_name(enum smccc_conduit how)
{
	switch (how) {
	case SMCCC_CONDUIT_HVC:
		return "HVC";
	case SMCCC_CONDUIT_SMC:
		return "SMC";
	default:
		return "none";
	}
}

static int call(struct smccc_regs *regs)
{
	switch (conduit) {
	case SMCCC_CONDUIT_HVC:
		arch_hvc(regs);
		return 0;
	case SMCCC_CONDUIT_SMC:
		arch_smc(regs);
		return 0;
	default:
		return -ENODEV;
	}
}

int smccc_call(struct smccc_regs *regs)
{
	u32 function = regs->x[0];
	int ret;

	if (!fault_is_armed(FAULT_SMC))
		return call(regs);
	if (!fault_smc_call(regs))
		return 0;
	ret = call(regs);
	fault_smc_return(function, regs);
	return ret;
}

static u32 ask_version(void)
{
	struct smccc_regs regs = { .x = { SMCCC_FN_VERSION } };

	if (psci_features(SMCCC_FN_VERSION) < 0 || smccc_call(&regs))
		return SMCCC_VERSION_1_0;
	/* A version has bit 31 clear; anything else is an error code. */
	if ((s32)regs.x[0] < 0)
		return SMCCC_VERSION_1_0;
	return regs.x[0];
}

u32 smccc_version(void)
{
	if (!version)
		version = ask_version();
	return version;
}
