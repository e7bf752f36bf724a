# SPDX-License-Identifier: BSD-2-Clause
#
# The door to the build: finds the source tree and the build directory, and
# hands every target to scripts/kbuild/main.mk, which runs in the build
# directory. "make help" lists the targets.

VERSION := 0.1.0

srctree := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))

# Only from the command line: a stray O in the environment moves no build.
ifeq ($(origin O),command line)
  objtree := $(abspath $(O))
else
  objtree := $(CURDIR)
endif

goals := $(or $(MAKECMDGOALS),all)

# These change what a build is, so nothing else runs beside them: with several
# targets on one line, one after the other.
alone := $(filter %config clean mrproper,$(goals))

ifneq ($(and $(alone),$(word 2,$(goals))),)
  passes := $(goals)
else
  passes := together
endif

# Seen from the build directory; relative where both are one, so that messages stay short.
export srctree := $(if $(filter $(srctree),$(objtree)),.,$(srctree))
export VERSION
# These would change the prefix of every symbol in conf, and where it looks for .config.
unexport CONFIG_ KCONFIG_CONFIG

ifneq ($(word 2,$(CURDIR))$(word 2,$(O)),)
  $(error make cannot work in a directory with a space in its name)
endif

descend = $(MAKE) -rR --no-print-directory -C $(objtree) -f $(srctree)/scripts/kbuild/main.mk

.PHONY: $(goals) descend
$(goals): descend
	@:

descend:
	@mkdir -p $(objtree)
	+@$(if $(filter together,$(passes)),$(descend) $(goals),$(foreach g,$(passes),$(descend) $g &&) :)

# Not something to be remade, whatever the goals are.
Makefile: ;
