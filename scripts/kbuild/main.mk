# SPDX-License-Identifier: BSD-2-Clause
#
# Runs in the build directory with srctree in the environment. Which parts are
# read depends on the goals, so that help and clean need neither a compiler
# nor a configuration.

MAKEFLAGS += -rR --no-print-directory
SHELL := /bin/sh
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all
export LC_ALL := C

kbuild := $(srctree)/scripts/kbuild
goals := $(or $(MAKECMDGOALS),all)

# make V=1: whole commands. make -s: nothing but complaints.
silent := $(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
# Only from the command line: letters are too easily in an environment.
asked = $(if $(findstring command,$(origin $1)),$(filter-out 0,$($1)))
verbose := $(call asked,V)
Q := $(if $(verbose),,@)

PYTHON3 ?= $(firstword $(wildcard /usr/bin/python3) python3)
AWK ?= awk

include $(kbuild)/variables.mk
include $(kbuild)/lib.mk
include $(kbuild)/config.mk
include $(kbuild)/tools.mk
include $(kbuild)/clean.mk

# Goals that work on an unconfigured tree.
unconfigured := $(config_goals) $(clean_goals) $(tool_goals)

ifneq ($(filter-out $(unconfigured),$(goals)),)
  ifeq ($(wildcard .config),)
    $(error No configuration in $(CURDIR): run "make defconfig", or "make menuconfig", first)
  endif
  include $(kbuild)/sync.mk
  # Not on the pass before auto.conf exists: make reads everything again once it does.
  ifneq ($(wildcard include/config/auto.conf),)
    include $(kbuild)/toolchain.mk
    include $(kbuild)/flags.mk
    include $(kbuild)/engine.mk
    include $(kbuild)/image.mk
  endif
endif

.PHONY: FORCE all
FORCE:
