# SPDX-License-Identifier: BSD-2-Clause
# The runner and the command line, with suites and with none.
programs += runner runner_empty

runner-common := $(addprefix lib/test/,runner.c execute.c stack.c select.c options.c shuffle.c \
	check.c record.c cpu_record.c isolate.c isolate_cpus.c value.c verdict.c report.c ktap.c early.c results.c progress.c progress_log.c progress_mark.c) \
	$(addprefix lib/core/,cmdline.c cmdline_words.c env.c capability.c alarm.c watchdog.c) \
	$(addprefix tests/host/runner/,main.c machine.c cpus.c params.c)
runner-common += tests/host/runner/recover.c
runner-tables := -Wl,-T,$(srctree)/tests/host/runner/tables.lds

runner-srcs := $(runner-common) $(addprefix tests/selftest/,verdicts.c faults.c init.c) \
	tests/host/runner/suites.c
runner-cflags := -DCONFIG_TEST_TIMEOUT_MS=10000 -DCONFIG_PROGRESS_KIB=128 -DCONFIG_NR_CPUS=8
runner-libs := $(runner-tables)

runner_empty-srcs := $(runner-common)
runner_empty-cflags := $(runner-cflags)
runner_empty-libs := $(runner-tables)
