# SPDX-License-Identifier: BSD-2-Clause
# Memory-mapped timers, with a model of their registers: QEMU has none for arm64.
programs += timers
timers-srcs := drivers/clocksource/timer_mem.c tests/host/timers/main.c
timers-cflags := -DCONFIG_TIMER_MEM=1
timers-libs := -Wl,-T,$(srctree)/tests/host/devices/tables.lds
