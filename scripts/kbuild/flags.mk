# SPDX-License-Identifier: BSD-2-Clause
#
# How every file of the image is compiled and linked.

# gnu-efi and libfdt for arm64: scripts/setup's sysroot, or GNUEFI=DIR and
# LIBFDT=DIR with the same layout (DIR/usr/include, DIR/usr/lib...).
sysroot := $(srctree)/build/sysroot
GNUEFI ?= $(sysroot)
LIBFDT ?= $(sysroot)

lib_directories := usr/lib usr/lib/aarch64-linux-gnu usr/lib64 lib
# $1: GNUEFI or LIBFDT, $2: file
find_lib = $(firstword $(wildcard $(foreach d,$(lib_directories),$($1)/$d/$2)))
need_lib = $(or $(find_lib),$(error $($1) has no $2: run ./scripts/setup, or give $1=DIR))

ifneq ($(CONFIG_DT),)
  fdt_library := $(call need_lib,LIBFDT,libfdt.a)
endif
ifneq ($(CONFIG_BOOT_EFI)$(CONFIG_EFI_RUNTIME),)
  efi_libraries := $(foreach l,libefi.a libgnuefi.a,$(call need_lib,GNUEFI,$l))
endif

# For the ccflags-y of the directories that use them. -isystem: their warnings are not ours.
libc_include := -I$(srctree)/include/libc
LIBFDT_CFLAGS := $(libc_include) -isystem $(LIBFDT)/usr/include
GNUEFI_CFLAGS := $(libc_include) -isystem $(GNUEFI)/usr/include/efi \
	-isystem $(GNUEFI)/usr/include/efi/aarch64

includes := -nostdinc -isystem $(CC_INCLUDE) -Iinclude \
	$(if $(filter .,$(srctree)),,-I$(srctree)/include) -I$(srctree)/arch/arm64/include
configured := -include generated/autoconf.h

# No unaligned accesses, no FP registers, no calls of libgcc's atomics.
machine := -march=armv8-a -mstrict-align -mgeneral-regs-only -mno-outline-atomics

warnings := -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes
ifneq ($(call asked,W),)
  warnings += -Wshadow -Wundef -Wvla -Wformat-security -Wwrite-strings -Wold-style-definition \
	-Wredundant-decls -Wmissing-declarations
endif

# A violation is a trap instruction: nothing is linked, and nothing is printed but the exception.
ubsan_checks := bounds,shift,signed-integer-overflow,integer-divide-by-zero,bool,unreachable,vla-bound
ubsan := $(if $(CONFIG_UBSAN),-fsanitize=$(ubsan_checks) \
	$(if $(CC_IS_CLANG),-fsanitize-trap=$(ubsan_checks),-fsanitize-undefined-trap-on-error))

cflags := $(CC_TARGET) -std=gnu11 $(machine) -ffreestanding -fpie -fshort-wchar \
	-fno-strict-aliasing -fno-common -fno-omit-frame-pointer \
	$(if $(CONFIG_STACK_PROTECTOR),-fstack-protector-strong,-fno-stack-protector) $(ubsan) \
	-fno-asynchronous-unwind-tables -fno-unwind-tables -O2 -g $(warnings) \
	-fmacro-prefix-map=$(srctree)/= $(includes) $(configured) \
	-include base/visibility.h -include base/kconfig.h $(KCFLAGS)
asflags := $(CC_TARGET) -D__ASSEMBLER__ $(machine) -fpie -g -Wall -Werror $(includes) $(configured)
ifneq ($(CC_IS_CLANG),)
  # An option that only matters when linking, or to the other language, is no mistake.
  cflags += -Qunused-arguments
  asflags += -Qunused-arguments
endif

# GCC turns the loop of memcpy() into a call of memcpy(), -ffreestanding or not.
layer_cflags.base := $(if $(CC_IS_CLANG),,-fno-tree-loop-distribute-patterns)

# -Wno-decl: it would ask for a declaration of what only assembler or the linker uses.
checkflags := --arch=arm64 -ffreestanding -fshort-wchar -Wno-decl

ldflags := -m aarch64linux -pie --no-dynamic-linker -z text -z norelro -z max-page-size=65536 \
	--orphan-handling=error --build-id=sha1 -z noexecstack --no-undefined --fatal-warnings
