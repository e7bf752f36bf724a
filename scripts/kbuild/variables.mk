# SPDX-License-Identifier: BSD-2-Clause
#
# Every variable that means something on make's command line. Another one is a
# slip, which would do nothing without a word: RUM=lib runs all the cases.

command_variables := \
	O V W C LLVM CROSS_COMPILE KCFLAGS GNUEFI LIBFDT VERSION \
	CC LD AR NM OBJCOPY OBJDUMP READELF HOSTCC AWK PYTHON3 SHELL SANITIZE \
	PLATFORM SMP MEM APPEND RUN QEMU QEMU_ARGS FIRMWARE BOARDS ACCEL MIGRATE RESUME GDB GDB_ARGS GDB_PROGRAM \
	CHECK MEASURE DEV IMAGE YES FORCE \
	KCONFIG_SEED KCONFIG_PROBABILITY KCONFIG_ALLCONFIG MENUCONFIG_COLOR MENUCONFIG_MODE \
	SOURCE_DATE_EPOCH

# $(.VARIABLES) once, and not MAKEOVERRIDES: words of a value look like variables there.
given := $(foreach v,$(.VARIABLES),$(if $(findstring command,$(origin $v)),$v))
unknown := $(firstword $(filter-out $(command_variables) MAKEFLAGS MAKEOVERRIDES -%,$(given)))

ifneq ($(unknown),)
  nearest := $(shell $(PYTHON3) -c 'import difflib, sys; \
	print(*difflib.get_close_matches(sys.argv[1], sys.argv[2:], 1, 0.5))' \
	'$(unknown)' $(command_variables))
  $(error unknown variable $(unknown)$(if $(nearest),: is $(nearest) meant?,: \
	"make help" names those there are))
endif
