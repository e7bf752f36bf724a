// SPDX-License-Identifier: BSD-2-Clause
/*
 * Switching the machine off and resetting it, short of doing so: the end of every run
 * does, and power= chooses by which way. A way that is described must be ready: PSCI
 * has the functions, ResetSystem lies in code that stays, registers answer.
 */
#include <base/kconfig.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/memory.h>
#include <core/power.h>
#include <drivers/device.h>
#include <drivers/efi_runtime.h>
#include <drivers/psci.h>
#include <test/test.h>

static void each_way_is_ready(void)
{
	struct power_ops *ops;

	if (list_empty(power_list()))
		SKIP("nothing that can switch off or reset is described");
	power_for_each(ops) {
		if (ops->check)
			CHECK_EQ(ops->check(), 0, "%s", ops->name);
		CHECK(ops->off || ops->reset, "%s can do nothing", ops->name);
	}
}

static bool can(bool off)
{
	struct power_ops *ops;

	power_for_each(ops)
		if (off ? ops->off : ops->reset)
			return true;
	return false;
}

/* What PSCI 0.1 and bare boards lack, nobody promised. */
static void require_firmware(void)
{
	u32 psci = psci_described_version();

	if (!boot_info_get()->efi_system_table && psci < PSCI_VERSION(0, 2))
		SKIP("neither UEFI nor PSCI of 0.2 or later is described");
}

static void machine_can_be_switched_off(void)
{
	require_firmware();
	CHECK(can(true), "a way to switch off");
}

static void machine_can_be_reset(void)
{
	require_firmware();
	CHECK(can(false), "a way to reset");
}

/* Elsewhere it would be gone, or have been overwritten, when the run is over. */
static void efi_reset_system_stays(void)
{
	u64 address = efi_runtime_reset_address();
	const struct mem_map *map = memory_map_get();

	if (!IS_ENABLED(CONFIG_EFI_RUNTIME))
		SKIP("CONFIG_EFI_RUNTIME is not set");
	REQUIRE_NE(address, 0ULL, "ResetSystem of the runtime services");
	for (unsigned int i = 0; i < map->count; i++) {
		const struct mem_region *region = &map->region[i];

		if (address - region->base >= region->size)
			continue;
		CHECK_EQ(region->type, (enum mem_type)MEM_RUNTIME_CODE,
			 "region 0x%llx + 0x%llx with ResetSystem 0x%llx", region->base,
			 region->size, address);
		return;
	}
	CHECK(false, "ResetSystem 0x%llx lies outside all that the memory map describes", address);
}

/* Every device of this class has the driver that ends the run, or a reason in the log. */
static void described_devices_work(void)
{
	const struct device *dev;
	unsigned int count = 0;

	device_for_each(dev) {
		if (!dev->driver || dev->driver->class != DRIVER_POWER ||
		    dev->flags & DEVICE_DISABLED)
			continue;
		count++;
		CHECK(dev->probed, "%s: its driver did not take it", dev->origin);
	}
	if (!count)
		SKIP("no device that switches the power is described");
}

static const struct test_case power_cases[] = {
	TEST_CASE(each_way_is_ready, .spec = "DEN0022F 5.1.9, 5.1.10; UEFI 2.10 8.5.1",
		  .hint = "the run cannot end by this way, and an operating system neither"),
	TEST_CASE(machine_can_be_switched_off, .spec = "DEN0022F 5.1.9; UEFI 2.10 8.5.1",
		  .hint = "firmware has neither SYSTEM_OFF nor ResetSystem that could work"),
	TEST_CASE(machine_can_be_reset, .spec = "DEN0022F 5.1.10; UEFI 2.10 8.5.1",
		  .hint = "firmware has neither SYSTEM_RESET nor ResetSystem that could work"),
	TEST_CASE(described_devices_work, .spec = "Devicetree bindings syscon-poweroff, "
		  "syscon-reboot, gpio-poweroff, gpio-restart, brcm,bcm2835-pm",
		  .hint = "regmap, offset or gpios leads nowhere"),
	TEST_CASE(efi_reset_system_stays, .needs = NEED_EFI, .spec = "UEFI 2.10 7.2, 8.5.1",
		  .hint = "ResetSystem would be overwritten by the operating system"),
	{}
};
TEST_SUITE(power, .about = "switching the machine off, and resetting it", .mmu = TEST_MMU_ANY,
	   .cases = power_cases);
