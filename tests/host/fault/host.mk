# SPDX-License-Identifier: BSD-2-Clause
# The word fault=, taken apart.
programs += fault
fault-srcs := lib/core/fault_parse.c tests/host/fault/main.c
fault-cflags := -I$(srctree)/lib/core
