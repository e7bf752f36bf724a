# SPDX-License-Identifier: BSD-2-Clause
# of: drivers/of, with fuzzing. dt: the suite tests/dt over trees in files.
programs += of dt

of-sources := $(addprefix drivers/of/,header.c tree.c node.c property.c address.c irq.c chosen.c)
of-srcs := $(of-sources) $(addprefix drivers/of/,memory.c describe.c discover.c links.c pci.c) \
	drivers/base/discovery.c $(addprefix tests/host/of/,main.c trees.c pci.c fuzz.c)
of-cflags := -DCONFIG_DT=1 -DCONFIG_ACPI=1
of-libs := -lfdt

dt-srcs := $(of-sources) $(addprefix tests/dt/,suite.c header.c properties.c phandles.c buses.c \
	interrupts.c memory.c cpus.c firmware.c timer.c gic.c chosen.c) tests/host/of/suite.c
dt-libs := -lfdt
