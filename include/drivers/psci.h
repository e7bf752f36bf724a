/* SPDX-License-Identifier: BSD-2-Clause */
/* Power State Coordination Interface (Arm DEN0022F), as the DT's /psci or the FADT describe it. */
#ifndef DRIVERS_PSCI_H
#define DRIVERS_PSCI_H

#include <base/compiler.h>
#include <base/kconfig.h>
#include <base/types.h>
#include <drivers/device.h>
#include <drivers/smccc.h>

/* DEN0022F 5.1: function identifiers, SMC32 forms */
#define PSCI_FN_VERSION			0x84000000U
#define PSCI_FN_CPU_SUSPEND		0x84000001U
#define PSCI_FN_CPU_OFF			0x84000002U
#define PSCI_FN_CPU_ON			0x84000003U
#define PSCI_FN_AFFINITY_INFO		0x84000004U
#define PSCI_FN_MIGRATE			0x84000005U
#define PSCI_FN_MIGRATE_INFO_TYPE	0x84000006U
#define PSCI_FN_MIGRATE_INFO_UP_CPU	0x84000007U
#define PSCI_FN_SYSTEM_OFF		0x84000008U
#define PSCI_FN_SYSTEM_RESET		0x84000009U
#define PSCI_FN_FEATURES		0x8400000aU
#define PSCI_FN_SYSTEM_RESET2		0x84000012U
/* The same function with 64-bit arguments, where it has such a form */
#define PSCI_FN_64(fn)			((fn) | SMCCC_FN_64)

/* DEN0022F 5.2.2: return codes */
#define PSCI_SUCCESS			0
#define PSCI_NOT_SUPPORTED		(-1)
#define PSCI_INVALID_PARAMETERS		(-2)
#define PSCI_DENIED			(-3)
#define PSCI_ALREADY_ON			(-4)
#define PSCI_ON_PENDING			(-5)
#define PSCI_INTERNAL_FAILURE		(-6)
#define PSCI_NOT_PRESENT		(-7)
#define PSCI_DISABLED			(-8)
#define PSCI_INVALID_ADDRESS		(-9)

#define PSCI_VERSION(major, minor)	((u32)(major) << 16 | (u32)(minor))

/** psci_described() - whether a table describes PSCI, usable or not */
bool psci_described(void);

/** psci_present() - whether PSCI is described and can be called */
bool psci_present(void);

/** psci_device() - the description in use, or NULL */
const struct device *psci_device(void);

/**
 * psci_reason() - why PSCI cannot be used, for people
 *
 * Return: static text; "no table describes PSCI" and the like, NULL when it can.
 */
const char *psci_reason(void);

#if IS_ENABLED(CONFIG_PSCI)

/**
 * psci_described_version() - lowest version that the description promises
 *
 * Return: PSCI_VERSION(1, 0) for "arm,psci-1.0", (0, 2) for "arm,psci-0.2" and
 * for ACPI (whose FADT speaks of 0.2 or later), (0, 1) for "arm,psci"; 0 without PSCI.
 */
u32 psci_described_version(void);

/**
 * psci_version() - what PSCI_VERSION returned when the driver was probed
 *
 * Return: major << 16 | minor; PSCI_VERSION(0, 1) where the description is of
 * 0.1, which has no such call; 0 without PSCI.
 */
u32 psci_version(void);

/**
 * psci_call() - call a function
 * @fn: function identifier
 * @arg0: first argument, in x1
 * @arg1: second
 * @arg2: third
 *
 * Return: x0 as left by the call, sign-extended from 32 bits for an SMC32
 * function; PSCI_NOT_SUPPORTED without PSCI.
 */
s64 psci_call(u32 fn, u64 arg0, u64 arg1, u64 arg2);

/**
 * psci_features() - PSCI_FEATURES
 * @fn: function identifier to ask about
 *
 * Return: feature flags, or PSCI_NOT_SUPPORTED; that also before PSCI 1.0,
 * which lacks the call.
 */
s32 psci_features(u32 fn);

#else

static inline u32 psci_described_version(void)
{
	return 0;
}

static inline u32 psci_version(void)
{
	return 0;
}

static inline s64 psci_call(u32 fn __unused, u64 arg0 __unused, u64 arg1 __unused,
			    u64 arg2 __unused)
{
	return PSCI_NOT_SUPPORTED;
}

static inline s32 psci_features(u32 fn __unused)
{
	return PSCI_NOT_SUPPORTED;
}

#endif

#endif
