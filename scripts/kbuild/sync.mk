# SPDX-License-Identifier: BSD-2-Clause
#
# From .config to what make (auto.conf) and the compiler (autoconf.h, and a
# file for each option below include/config) read. make starts again when
# auto.conf was made.

-include include/config/kconfig.mk
include include/config/auto.conf

include/config/auto.conf: .config $(kconfig_files)
	$(if $(silent),,@printf '  %-7s %s\n' CONFIG .config)
	@$(kbuild)/kconfig sync

.config: ;
