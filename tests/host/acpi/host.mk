# SPDX-License-Identifier: BSD-2-Clause
acpi-rules := $(addprefix tests/acpi/,suite.c rules.c root.c fadt.c madt.c madt_gic.c gtdt.c \
	spcr.c dbg2.c mcfg.c pptt.c iort.c system.c)
acpi-drivers := $(addprefix drivers/acpi/,tables.c walk.c device.c discover.c fadt.c madt.c gtdt.c \
	serial.c mcfg.c iort.c)

programs += acpi
acpi-srcs := $(addprefix tests/host/acpi/,main.c discovery.c planted.c pci.c fuzz.c machine.c base.c \
	check.c) $(acpi-drivers) $(acpi-rules)

programs += acpi-corpus
acpi-corpus-srcs := $(addprefix tests/host/acpi/,corpus.c fuzz.c machine.c base.c check.c) \
	$(acpi-drivers) $(acpi-rules)
