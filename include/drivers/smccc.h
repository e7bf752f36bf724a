/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SMC Calling Convention (Arm DEN0028): calls to the firmware or hypervisor by
 * the conduit that a table describes. Without such a description there is no
 * call: an SMC that nobody answers hangs some machines.
 */
#ifndef DRIVERS_SMCCC_H
#define DRIVERS_SMCCC_H

#include <base/types.h>
#include <asm/smccc.h>

enum smccc_conduit {
	SMCCC_CONDUIT_NONE,
	SMCCC_CONDUIT_HVC,
	SMCCC_CONDUIT_SMC,
};

#define SMCCC_VERSION_1_0	0x10000U
#define SMCCC_VERSION_1_1	0x10001U

#define SMCCC_FN_VERSION	0x80000000U
#define SMCCC_FN_64		0x40000000U	/* SMC64: arguments and results have 64 bits */
#define SMCCC_NOT_SUPPORTED	(-1)

/**
 * smccc_set_conduit() - say how calls are made; by the driver that learned it
 * @conduit: instruction
 */
void smccc_set_conduit(enum smccc_conduit conduit);

/** smccc_conduit() - instruction in use, SMCCC_CONDUIT_NONE when none is described */
enum smccc_conduit smccc_conduit(void);

/** smccc_conduit_name() - "HVC", "SMC" or "none" */
const char *smccc_conduit_name(enum smccc_conduit conduit);

/**
 * smccc_call() - make a call
 * @regs: x0 holds the function identifier, x1 on its arguments; all come back as left by the callee
 *
 * Return: 0; -ENODEV when no conduit is described.
 */
int smccc_call(struct smccc_regs *regs);

/**
 * smccc_version() - version of the calling convention
 *
 * Asked for once, and only when PSCI_FEATURES says that SMCCC_VERSION is there
 * (DEN0028 1.4, appendix C); before PSCI 1.0 there is nobody to ask.
 *
 * Return: major << 16 | minor; SMCCC_VERSION_1_0 when it cannot be asked.
 */
u32 smccc_version(void);

#endif
