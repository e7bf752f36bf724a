// SPDX-License-Identifier: BSD-2-Clause
/* CPUs by PSCI: CPU_ON, CPU_OFF, AFFINITY_INFO (DEN0022F 5.4 to 5.6, 5.7). */
#include <base/errno.h>
#include <base/util.h>
#include <drivers/psci.h>
#include "methods.h"

/* A tree of PSCI 0.1 gives its own numbers; all later versions have the standard ones. */
static int function(u32 standard, const char *name, u32 *fn)
{
	u64 value;

	*fn = standard;
	if (!psci_present())
		return -ENODEV;
	if (psci_version() >= PSCI_VERSION(0, 2))
		return 0;
	if (device_get_u64(psci_device(), name, &value))
		return -EOPNOTSUPP;
	*fn = value;
	return 0;
}

static const struct {
	int code;
	int ret;
	const char *why;
} errors[] = {
	{ PSCI_NOT_SUPPORTED, -EOPNOTSUPP, "PSCI CPU_ON returns NOT_SUPPORTED" },
	{ PSCI_INVALID_PARAMETERS, -EINVAL,
	  "PSCI CPU_ON returns INVALID_PARAMETERS: firmware does not know this MPIDR" },
	{ PSCI_DENIED, -EIO, "PSCI CPU_ON returns DENIED" },
	{ PSCI_ALREADY_ON, -EALREADY, "PSCI CPU_ON returns ALREADY_ON, and nobody here started it" },
	{ PSCI_INTERNAL_FAILURE, -EIO, "PSCI CPU_ON returns INTERNAL_FAILURE" },
	{ PSCI_NOT_PRESENT, -ENODEV, "PSCI CPU_ON returns NOT_PRESENT" },
	{ PSCI_DISABLED, -ENODEV, "PSCI CPU_ON returns DISABLED" },
	{ PSCI_INVALID_ADDRESS, -EINVAL,
	  "PSCI CPU_ON returns INVALID_ADDRESS for an entry in the image" },
};

static int on(struct cpu *cpu, u64 entry, u64 context, const char **why)
{
	unsigned int i;
	s64 answer;
	u32 fn;

	if (function(PSCI_FN_64(PSCI_FN_CPU_ON), "cpu_on", &fn)) {
		*why = psci_present() ? "PSCI 0.1 without cpu_on" : psci_reason();
		return -ENODEV;
	}
	/* Before 0.2 the 64-bit form need not have the bit that says so. */
	answer = (s32)psci_call(fn, cpu->mpidr, entry, context);
	if (answer == PSCI_SUCCESS || answer == PSCI_ON_PENDING)
		return 0;
	for (i = 0; i < ARRAY_SIZE(errors); i++) {
		if (errors[i].code != answer)
			continue;
		*why = errors[i].why;
		return errors[i].ret;
	}
	*why = "PSCI CPU_ON returns a code that PSCI does not have";
	return -EIO;
}

/* Firmware cleans what caches it takes away (DEN0022F 6.8). */
static int off(void)
{
	u32 fn;

	if (function(PSCI_FN_CPU_OFF, "cpu_off", &fn))
		return -EOPNOTSUPP;
	psci_call(fn, 0, 0, 0);
	return -EIO;
}

static int affinity(const struct cpu *cpu)
{
	s64 answer = psci_call(PSCI_FN_64(PSCI_FN_AFFINITY_INFO), cpu->mpidr, 0, 0);

	return answer >= 0 && answer <= 2 ? answer : -EIO;
}

const struct cpu_ops psci_cpu_ops = {
	.name = "PSCI",
	.on = on,
	.off = off,
	.affinity = affinity,
};
