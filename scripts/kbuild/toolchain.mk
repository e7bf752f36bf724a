# SPDX-License-Identifier: BSD-2-Clause
#
# Which compiler and tools. What they must be asked is asked once and kept in
# .toolchain.mk, until another compiler is named or the program changed.

host_machine := $(shell uname -m)
CROSS_COMPILE ?= $(if $(filter aarch64 arm64,$(host_machine)),,aarch64-linux-gnu-)

# Not ?=: make has values of its own for some, and the environment may for the rest.
ifneq ($(filter-out 0,$(LLVM)),)
  CC := clang
  LD := ld.lld
  AR := llvm-ar
  NM := llvm-nm
  OBJCOPY := llvm-objcopy
  OBJDUMP := llvm-objdump
  READELF := llvm-readelf
  CC_TARGET := --target=aarch64-linux-gnu
else
  CC := $(CROSS_COMPILE)gcc
  LD := $(CROSS_COMPILE)ld
  AR := $(CROSS_COMPILE)ar
  NM := $(CROSS_COMPILE)nm
  OBJCOPY := $(CROSS_COMPILE)objcopy
  OBJDUMP := $(CROSS_COMPILE)objdump
  READELF := $(CROSS_COMPILE)readelf
  CC_TARGET :=
endif
CHECK := sparse

# $1: command. The file that runs, or nothing.
which = $(firstword $(wildcard $(if $(findstring /,$1),$1,$(addsuffix /$1,$(subst :, ,$(PATH))))))
need_tool = $(or $(which),$(error $1 not found: run ./scripts/setup, or say CROSS_COMPILE=prefix- \
	or LLVM=1))

tool_files := $(foreach t,$(firstword $(CC)) $(LD),$(call need_tool,$t))
# A package that brings another compiler changes size or time of the file.
tool_identity := $(strip $(CC) $(LD) $(shell stat -L -c '%n:%s:%Y:%Z' $(tool_files)))

-include .toolchain.mk
# Written here, not by a rule; whatever is compiled is compiled anew when it was.
.toolchain.mk: ;
ifneq ($(call differ,$(TOOLCHAIN_IDENTITY),$(tool_identity)),)
  $(shell $(kbuild)/probe-toolchain '$(tool_identity)' $(CC) $(CC_TARGET) >.toolchain.mk)
  $(eval $(file <.toolchain.mk))
endif
