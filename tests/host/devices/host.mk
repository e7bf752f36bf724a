# SPDX-License-Identifier: BSD-2-Clause
# drivers/base: matching, order of probing, the console, earlycon=, acpi=.
programs += devices
devices-srcs := $(addprefix drivers/base/,driver.c console.c earlycon.c discovery.c) \
	tests/host/devices/main.c
devices-cflags := -DCONFIG_DT=1 -DCONFIG_ACPI=1 -DCONFIG_SERIAL_NS16550_PCI=1
devices-libs := -Wl,-T,$(srctree)/tests/host/devices/tables.lds
