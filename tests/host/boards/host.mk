# SPDX-License-Identifier: BSD-2-Clause
# boards-dt, boards-acpi: what discovery makes of boards, by device trees and tables in files.
# The drivers' match tables are the drivers' own; nothing is probed.
programs += boards-dt boards-acpi

boards-common := $(addprefix drivers/base/,driver.c console.c earlycon.c) drivers/cpu/collect.c \
	tests/host/boards/report.c
boards-flags := -DCONFIG_DT=1 -DCONFIG_ACPI=1 -DCONFIG_CPU_PSCI=1 -DCONFIG_CPU_SPIN_TABLE=1 \
	-DCONFIG_NR_CPUS=512 -I$(out)/gen
boards-tables := -Wl,-T,$(srctree)/tests/host/devices/tables.lds

boards-dt-srcs := $(patsubst $(srctree)/%,%,$(wildcard $(srctree)/drivers/of/*.c)) \
	drivers/base/discovery.c tests/host/boards/dt.c $(boards-common)
boards-dt-cflags := $(boards-flags)
boards-dt-libs := -lfdt $(boards-tables)

boards-acpi-srcs := $(patsubst $(srctree)/%,%,$(wildcard $(srctree)/drivers/acpi/*.c)) \
	tests/host/boards/acpi.c tests/host/acpi/machine.c $(boards-common)
boards-acpi-cflags := $(boards-flags)
boards-acpi-libs := $(boards-tables)

$(out)/gen/board-drivers.inc: $(srctree)/tests/host/boards/drivers.py \
		$(wildcard $(srctree)/drivers/*/*.c)
	@mkdir -p $(@D)
	python3 $< $(srctree) >$@

$(foreach program,boards-dt boards-acpi,$(out)/obj/$(program)/tests/host/boards/report.o): \
	$(out)/gen/board-drivers.inc
