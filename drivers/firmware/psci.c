// SPDX-License-Identifier: BSD-2-Clause
/*
 * PSCI: power off, reset, and the calls that tests make.
 *
 * Function identifiers are the standard ones since 0.2; a 0.1 tree names its own
 * four functions, none of which ends the machine.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include <core/boot.h>
#include <core/capability.h>
#include <core/log.h>
#include <core/power.h>
#include <drivers/psci.h>

/* Firmware that knows how to end the machine better than PSCI has a higher one. */
#define PSCI_RATING	100

static const struct device *psci_dev;
static u32 described, version;
static bool seen;
static const char *unusable = "no table describes PSCI";

bool psci_described(void)
{
	return seen;
}

bool psci_present(void)
{
	return psci_dev != NULL;
}

const struct device *psci_device(void)
{
	return psci_dev;
}

const char *psci_reason(void)
{
	return psci_dev ? NULL : unusable;
}

u32 psci_described_version(void)
{
	return described;
}

u32 psci_version(void)
{
	return version;
}

static s64 call(u32 fn, u64 arg0, u64 arg1, u64 arg2)
{
	struct smccc_regs regs = { .x = { fn, arg0, arg1, arg2 } };

	if (smccc_call(&regs))
		return PSCI_NOT_SUPPORTED;
	return fn & SMCCC_FN_64 ? (s64)regs.x[0] : (s64)(s32)regs.x[0];
}

s64 psci_call(u32 fn, u64 arg0, u64 arg1, u64 arg2)
{
	return psci_dev ? call(fn, arg0, arg1, arg2) : PSCI_NOT_SUPPORTED;
}

s32 psci_features(u32 fn)
{
	if (version < PSCI_VERSION(1, 0))
		return PSCI_NOT_SUPPORTED;
	return psci_call(PSCI_FN_FEATURES, fn, 0, 0);
}

/* Neither returns when it works (DEN0022F SYSTEM_OFF, SYSTEM_RESET). */
static int psci_off(int status)
{
	(void)status;
	psci_call(PSCI_FN_SYSTEM_OFF, 0, 0, 0);
	return -EIO;
}

static int psci_reset(int status)
{
	(void)status;
	psci_call(PSCI_FN_SYSTEM_RESET, 0, 0, 0);
	return -EIO;
}

/* Architectural type 0, SYSTEM_WARM_RESET (DEN0022F 5.1.11), which not every firmware has. */
static int psci_reset_warm(int status)
{
	(void)status;
	if (psci_features(PSCI_FN_SYSTEM_RESET2) >= 0)
		psci_call(PSCI_FN_SYSTEM_RESET2, 0, 0, 0);
	return -EOPNOTSUPP;
}

static int psci_check(void)
{
	if (version < PSCI_VERSION(1, 0))
		return 0;	/* both are mandatory, and there is no way to ask */
	return psci_features(PSCI_FN_SYSTEM_OFF) < 0 || psci_features(PSCI_FN_SYSTEM_RESET) < 0 ?
	       -EOPNOTSUPP : 0;
}

static struct power_ops psci_power = {
	.name = "PSCI",
	.word = "psci",
	.rating = PSCI_RATING,
	.off = psci_off,
	.reset = psci_reset,
	.reset_warm = psci_reset_warm,
	.check = psci_check,
};

/* An HVC from EL2, or from an EL1 whose EL2 is ours too, comes to our own vectors. */
static int choose_conduit(const struct device *dev, enum smccc_conduit *conduit)
{
	const char *method = device_get_string(dev, "method");
	const struct entry_state *entry = &boot_info_get()->entry;

	if (!method) {
		unusable = "its description names no method";
		pr_err("%s: PSCI has no method property, so nobody knows whether to use SMC or HVC",
		       dev->origin);
		return -EINVAL;
	}
	if (!strcmp(method, "smc")) {
		*conduit = SMCCC_CONDUIT_SMC;
		return 0;
	}
	if (strcmp(method, "hvc")) {
		unusable = "its method is neither smc nor hvc";
		pr_err("%s: PSCI method \"%s\" is neither \"smc\" nor \"hvc\"", dev->origin,
		       method);
		return -EINVAL;
	}
	if (entry_state_el(entry) == 2) {
		unusable = "it is described by HVC and EL2 is ours: a call would trap to ourselves";
		pr_err("%s: PSCI by HVC, but the image was entered at EL2: the call would trap to "
		       "itself. A description for EL2 says \"smc\"", dev->origin);
		return -EOPNOTSUPP;
	}
	*conduit = SMCCC_CONDUIT_HVC;
	return 0;
}

static void ask_version(void *arg)
{
	*(s64 *)arg = call(PSCI_FN_VERSION, 0, 0, 0);
}

/* The first call ever made: it may be undefined here, or nobody's. */
static int read_version(const struct device *dev)
{
	s64 answer = PSCI_NOT_SUPPORTED;

	if (arch_guarded_call(ask_version, &answer, NULL, NULL)) {
		unusable = "its conduit raises an exception";
		pr_err("%s: PSCI_VERSION by %s raises an exception: the conduit is wrong, or the "
		       "firmware behind it is missing", dev->origin,
		       smccc_conduit_name(smccc_conduit()));
		return -EIO;
	}
	if (answer < PSCI_VERSION(0, 2)) {
		unusable = "PSCI_VERSION does not return a version";
		pr_err("%s: PSCI_VERSION by %s returns %lld, which is no version (0.2 or later)",
		       dev->origin, smccc_conduit_name(smccc_conduit()), answer);
		return -EIO;
	}
	version = answer;
	return 0;
}

static int psci_probe(struct device *dev, const struct device_match *match)
{
	enum smccc_conduit conduit;
	int ret;

	seen = true;
	if (psci_dev) {
		pr_warn("%s: PSCI is described twice, by %s too; this one is ignored",
			dev->origin, psci_dev->origin);
		return -EEXIST;
	}
	ret = choose_conduit(dev, &conduit);
	if (ret)
		return ret;
	smccc_set_conduit(conduit);
	described = match->data;
	version = PSCI_VERSION(0, 1);
	if (described >= PSCI_VERSION(0, 2)) {
		ret = read_version(dev);
		if (ret) {
			smccc_set_conduit(SMCCC_CONDUIT_NONE);
			described = version = 0;
			return ret;
		}
		power_register(&psci_power);
	}
	psci_dev = dev;
	capability_provide(NEED_PSCI);
	pr_info("PSCI %u.%u by %s (%s)", version >> 16, version & 0xffff,
		smccc_conduit_name(conduit), dev->origin);
	return 0;
}

static const struct device_match psci_match[] = {
	{ .compatible = "arm,psci-1.0", .data = PSCI_VERSION(1, 0) },
	{ .compatible = "arm,psci-0.2", .acpi = ACPI_FADT_PSCI, .data = PSCI_VERSION(0, 2) },
	{ .compatible = "arm,psci", .data = PSCI_VERSION(0, 1) },
	{}
};

DRIVER(psci, .class = DRIVER_FIRMWARE, .match = psci_match, .probe = psci_probe);
