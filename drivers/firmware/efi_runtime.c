// SPDX-License-Identifier: BSD-2-Clause
/*
 * The end of the run by EFI ResetSystem.
 *
 * It comes before PSCI: the firmware may have writes of its own to finish
 * (variables in flash, a capsule) and resets what PSCI does not know of. An
 * exception in it is absorbed, and PSCI is tried next.
 */
#include <efi.h>
#include <asm/exception.h>
#include <asm/mmu_off.h>
#include <asm/stack.h>
#include <base/errno.h>
#include <base/util.h>
#include <core/log.h>
#include <core/power.h>
#include <core/stage.h>
#include <drivers/efi_runtime.h>

#define EFI_RATING	200
#define STACK_NEEDED	0x20000		/* UEFI 2.10 2.3.6: 128 KiB or more */

struct reset_call {
	EFI_RUNTIME_SERVICES *rt;
	EFI_RESET_TYPE type;
	EFI_STATUS status;
	int ret;
};

static void call_reset(void *arg)
{
	struct reset_call *reset = arg;

	reset->rt->ResetSystem(reset->type, reset->status, 0, NULL);
}

/* Firmware wants its memory cached (UEFI 2.10 2.3.6.1), whatever the run had. */
static void call_guarded(void *arg)
{
	struct reset_call *reset = arg;

	mmu_enable();
	reset->ret = arch_guarded_call(call_reset, reset, NULL, NULL);
}

/* Bytes below the current frame on a stack; 0 when that is not the one in use. */
static u64 stack_room(const char *base, u64 size)
{
	u64 sp = (u64)__builtin_frame_address(0);

	return sp - (u64)base < size ? sp - (u64)base : 0;
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

	if (!reset.rt)
		return -ENODEV;
	/* The case stack is free unless a case runs, and then it is the one in use. */
	if (stack_room(main_stack, MAIN_STACK_SIZE) >= STACK_NEEDED ||
	    stack_room(case_stack, CASE_STACK_SIZE) >= STACK_NEEDED)
		call_guarded(&reset);
	else if (stack_room(main_stack, MAIN_STACK_SIZE))
		arch_stack_call(call_guarded, &reset, case_stack, CASE_STACK_SIZE);
	else
		return -ENOSPC;
	return reset.ret ? reset.ret : -EIO;
}

static int efi_off(int status)
{
	return efi_runtime_reset(EFI_RESET_SHUTDOWN, status);
}

static int efi_reset_cold(int status)
{
	return efi_runtime_reset(EFI_RESET_COLD, status);
}

static struct power_ops efi_power = {
	.name = "EFI ResetSystem",
	.word = "efi",
	.rating = EFI_RATING,
	.off = efi_off,
	.reset = efi_reset_cold,
};

/* With the MMU off, what the firmware wrote last may be in the caches only. */
static int share_tables(const EFI_SYSTEM_TABLE *st)
{
	int ret = mmu_off_share_read(st, sizeof(*st));

	if (!ret && st->RuntimeServices)
		ret = mmu_off_share_read(st->RuntimeServices, sizeof(*st->RuntimeServices));
	return ret;
}

static int efi_runtime_probe(struct boot_info *bi)
{
	int ret;

	if (!bi->efi_system_table)
		return 0;
	ret = share_tables(bi->efi_system_table);
	if (ret)
		return ret;
	if (runtime_services())
		power_register(&efi_power);
	else
		pr_warn("UEFI: no runtime services with a ResetSystem; the run ends by PSCI, "
			"if that is there");
	return 0;
}
STAGE(efi_runtime, "20", .when = STAGE_PROBE, .run = efi_runtime_probe);
