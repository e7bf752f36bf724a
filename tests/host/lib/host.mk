# SPDX-License-Identifier: BSD-2-Clause
# The image's own suite "lib" on the build machine, so that mutate_base.py can break what it tests.
programs += lib
lib-srcs := tests/host/lib/main.c \
	$(patsubst $(srctree)/%,%,$(wildcard $(srctree)/tests/lib/*.c))
