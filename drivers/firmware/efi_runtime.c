// SPDX-License-Identifier: BSD-2-Clause
/*
 * The end of the run by EFI ResetSystem.
 *
 * It comes before PSCI: the firmware may have writes of its own to finish
 * (variables in flash, a capsule) and resets what PSCI does not know of. An
 * exception in it is absorbed, and PSCI is tried next.
 */
#include <efi.h>
#include <asm/mmu_off.h>
#include <base/errno.h>
#include <core/log.h>
#include <core/power.h>
#include <core/stage.h>
#include <drivers/efi_runtime.h>
#include "efi_call.h"

#define EFI_RATING	200

struct reset_call {
	EFI_RUNTIME_SERVICES *rt;
	EFI_RESET_TYPE type;
	EFI_STATUS status;
};

static void call_reset(void *arg)
{
	struct reset_call *reset = arg;

	reset->rt->ResetSystem(reset->type, reset->status, 0, NULL);
}

static EFI_RUNTIME_SERVICES *runtime_services(void)
{
	const EFI_SYSTEM_TABLE *st = boot_info_get()->efi_system_table;

	if (!st || !st->RuntimeServices || !st->RuntimeServices->ResetSystem ||
	    st->RuntimeServices->Hdr.Signature != EFI_RUNTIME_SERVICES_SIGNATURE)
		return NULL;
	return st->RuntimeServices;
}

int efi_runtime_reset(enum efi_reset type, int status)
{
	struct reset_call reset = {
		.rt = runtime_services(),
		.type = (EFI_RESET_TYPE)type,
		.status = status ? EFI_ABORTED : EFI_SUCCESS,
	};
	int ret;

	if (!reset.rt)
		return -ENODEV;
	ret = efi_call(call_reset, &reset);
	return ret ? ret : -EIO;
}

static int efi_off(int status)
{
	return efi_runtime_reset(EFI_RESET_SHUTDOWN, status);
}

static int efi_reset_cold(int status)
{
	return efi_runtime_reset(EFI_RESET_COLD, status);
}

static int efi_reset_warm(int status)
{
	return efi_runtime_reset(EFI_RESET_WARM, status);
}

u64 efi_runtime_reset_address(void)
{
	const EFI_RUNTIME_SERVICES *rt = runtime_services();

	return rt ? (u64)(uintptr_t)rt->ResetSystem : 0;
}

static int efi_check(void)
{
	return runtime_services() ? 0 : -ENODEV;
}

static struct power_ops efi_power = {
	.name = "EFI ResetSystem",
	.word = "efi",
	.rating = EFI_RATING,
	.off = efi_off,
	.reset = efi_reset_cold,
	.reset_warm = efi_reset_warm,
	.check = efi_check,
};

/* With the MMU off, what the firmware wrote last may be in the caches only. */
static int share_tables(const EFI_SYSTEM_TABLE *st)
{
	int ret = mmu_off_share_read(st, sizeof(*st));

	if (!ret && st->RuntimeServices)
		ret = mmu_off_share_read(st->RuntimeServices, sizeof(*st->RuntimeServices));
	return ret;
}

static void register_once(void)
{
	static bool registered;

	if (!registered)
		power_register(&efi_power);
	registered = true;
}

/* Cases run from here on, and what they break may take a reset. */
static int efi_runtime_early(struct boot_info *bi)
{
	(void)bi;
	if (runtime_services())
		register_once();
	return 0;
}
STAGE(efi_runtime_early, "02", .when = STAGE_SERVICES, .run = efi_runtime_early);

static int efi_runtime_probe(struct boot_info *bi)
{
	int ret;

	if (!bi->efi_system_table)
		return 0;
	ret = share_tables(bi->efi_system_table);
	if (ret)
		return ret;
	if (runtime_services())
		register_once();
	else
		pr_warn("UEFI: no runtime services with a ResetSystem; the run ends by PSCI, "
			"if that is there");
	return 0;
}
STAGE(efi_runtime, "20", .when = STAGE_PROBE, .run = efi_runtime_probe);
