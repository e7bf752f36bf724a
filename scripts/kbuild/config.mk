# SPDX-License-Identifier: BSD-2-Clause
#
# Targets that make or change .config.

config_goals := config menuconfig nconfig oldconfig olddefconfig savedefconfig \
	allyesconfig allnoconfig randconfig defconfig $(filter %_defconfig,$(goals))

.PHONY: $(config_goals)
$(config_goals):
	+$(Q)$(kbuild)/kconfig $@
