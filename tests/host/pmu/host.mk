# SPDX-License-Identifier: BSD-2-Clause
# The suite pmu and the driver on a model of a PMU that has what QEMU's lacks.
programs += pmu
pmu-srcs := drivers/perf/pmuv3.c drivers/perf/pmuv3_counters.c \
	$(patsubst $(srctree)/%,%,$(wildcard $(srctree)/tests/host/pmu/*.c)) \
	$(filter-out tests/pmu/el0.c, \
		$(patsubst $(srctree)/%,%,$(wildcard $(srctree)/tests/pmu/*.c)))
pmu-cflags := -DCONFIG_PERF_PMUV3=1 -DCONFIG_DT=1 -DCONFIG_ACPI=1 -DCONFIG_NR_CPUS=4
pmu-libs := -Wl,-T,$(srctree)/tests/host/devices/tables.lds
