# SPDX-License-Identifier: BSD-2-Clause
#
# Commands that are remembered. A target's command is in cmd.<target>; the one
# it was made with is read back from <dir>/.<name>.cmd as saved.<target>. When
# the two differ the target depends on FORCE, else make's own rules decide.

comma := ,
quote := '
empty :=
space := $(empty) $(empty)
define newline


endef

# $1 as one word of the shell
shell_word = '$(subst $(quote),'\'',$1)'

cmd_file = $(dir $1).$(notdir $1).cmd

# $1, $2: text. Not empty when they differ.
differ = $(subst <$(strip $1)>,,<$(strip $2)>)

# $1: targets. Those whose command is not the one they were made with.
changed = $(foreach t,$1,$(if $(call differ,$(saved.$t),$(cmd.$t)),$t))

# $1: targets, whose cmd.<target> is set. To be evaluated after those are.
define remember
  -include $(wildcard $(foreach t,$1,$(call cmd_file,$t)))
  $$(call changed,$1): FORCE
endef

# $1: tag, $2: what to say behind it
ifneq ($(silent),)
  say :=
else ifneq ($(verbose),)
  say = printf '%s\n' $(call shell_word,$(strip $(cmd.$@)));
else
  say = printf '  %-7s %s\n' $1 $2;
endif

# The recipe of a remembered target. $1: tag, $2: file with the compiler's
# dependencies, $3: what to run before, not remembered.
define run
@$(call say,$1,$@) $3 $(cmd.$@)
@KB_CMD=$(call shell_word,$(strip $(cmd.$@))) $(AWK) -v target=$@ -v deps=$2 -v srctree=$(srctree) \
	-f $(kbuild)/savecmd.awk >$(call cmd_file,$@)
endef

# $1: directories. Creates those that are missing, without a process when there is none.
make_dirs = $(if $(filter-out $(wildcard $(addsuffix .,$1)),$(addsuffix .,$1)),$(shell mkdir -p $1))
