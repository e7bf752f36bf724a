# SPDX-License-Identifier: BSD-2-Clause
#
# From the directories' Makefiles to objects and archives. All Makefiles are
# read into this one make, top down, each with an empty slate:
#
#	obj-y += foo.o dir/		objects, and directories to go on to
#	obj-$(CONFIG_X) += bar.o	the same when X is y
#	ccflags-y, asflags-y		for every C (assembler) file of this directory
#	CFLAGS_foo.o, AFLAGS_foo.o	for one file
#	CFLAGS_REMOVE_foo.o, AFLAGS_REMOVE_foo.o	flags it must not have
#
# Anything else that a directory's Makefile sets stops the build: a name with
# a slip in it would do nothing without a word.

vocabulary := obj-y obj-$$(CONFIG_...) ccflags-y asflags-y \
	CFLAGS_foo.o AFLAGS_foo.o CFLAGS_REMOVE_foo.o AFLAGS_REMOVE_foo.o

# Lowest first: a layer uses only those before it, which check-layers proves.
layers := base arch core drivers test tests
layer_directory.base := lib/base
layer_directory.arch := arch/arm64
layer_directory.core := lib/core
layer_directory.drivers := drivers
layer_directory.test := lib/test
layer_directory.tests := tests

# $1: object
layer_of = $(firstword $(foreach l,$(layers),$(if $(filter $(layer_directory.$l)/%,$1),$l)))

makefiles :=
c_objects :=
s_objects :=
$(foreach l,$(layers),$(eval objects.$l :=))

# $1: directory with a slash behind it
define read_makefile
  ifeq ($(wildcard $(srctree)/$1Makefile),)
    $$(error $1 has no Makefile, but the Makefile above it descends there)
  endif
  obj-y :=
  obj-n :=
  obj- :=
  ccflags-y :=
  asflags-y :=
  before := $$(.VARIABLES)
  include $(srctree)/$1Makefile
endef

# The object that a per-object variable is about, else nothing.
strip_prefix = $(if $(filter $1%.o,$2),$(patsubst $1%,%,$2))
about_object = $(or $(call strip_prefix,CFLAGS_REMOVE_,$1),$(call strip_prefix,AFLAGS_REMOVE_,$1), \
	$(call strip_prefix,CFLAGS_,$1),$(call strip_prefix,AFLAGS_,$1))

# $1: directory, $2: variable that its Makefile made
define check_variable
  $(if $(call about_object,$2),,$(error $1Makefile: unknown variable "$2"; \
	a directory's Makefile sets only $(vocabulary)))
  $(if $(filter $(call about_object,$2),$(obj-y) $(obj-n) $(obj-)),,$(error \
	$1Makefile: $2 is about an object that is not in obj-y or obj-$$(CONFIG_...) here))
endef

# $1: object. Its source below $(srctree), or an error.
source_of = $(call one_source,$1,$(wildcard $(srctree)/$(1:.o=.c) $(srctree)/$(1:.o=.S)))
one_source = $(if $(word 2,$2),$(error $1 could come from $(1:.o=.c) as well as $(1:.o=.S): \
	rename one),$(or $2,$(error $1 is in a Makefile, but neither $(1:.o=.c) nor $(1:.o=.S) exists)))

# $1: directory, $2: object in it. Keeps what this Makefile says of it.
define add_object
  source.$1$2 := $(call source_of,$1$2)
  objects.$(or $(call layer_of,$1$2),$(error $1 belongs to no layer of \
	scripts/kbuild/engine.mk)) += $1$2
  $(if $(filter %.c,$(call source_of,$1$2)),$(add_c_object),$(add_s_object))
endef

define add_c_object
  c_objects += $1$2
  flags.$1$2 := $(filter-out $(CFLAGS_REMOVE_$2),$(cflags) $(layer_cflags.$(call layer_of,$1$2))) \
	$(ccflags-y) $(CFLAGS_$2)
endef

define add_s_object
  s_objects += $1$2
  flags.$1$2 := $(filter-out $(AFLAGS_REMOVE_$2),$(asflags)) $(asflags-y) $(AFLAGS_$2)
endef

# $1: directory with a slash behind it. Per-object variables end with their
# Makefile, for the next one may have an object of the same name.
define walk
  $(eval $(call read_makefile,$1))
  $(eval made := $(filter-out $(before) before,$(.VARIABLES)))
  $(foreach v,$(made),$(call check_variable,$1,$v))
  $(foreach w,$(filter-out %.o %/,$(obj-y) $(obj-n) $(obj-)),$(error \
	$1Makefile: "$w" in obj is neither an object.o nor a directory/))
  $(eval makefiles += $(srctree)/$1Makefile)
  $(foreach o,$(sort $(filter %.o,$(obj-y))),$(eval $(call add_object,$1,$o)))
  $(foreach v,$(made),$(eval undefine $v))
  $(foreach d,$(addprefix $1,$(filter %/,$(obj-y))),$(call walk,$d))
endef

before :=
made :=
walked := $(foreach d,arch/arm64/ lib/ drivers/ tests/,$(call walk,$d))

objects := $(c_objects) $(s_objects)
$(call make_dirs,$(sort $(dir $(objects))))

# $1: object
dep_file = $(dir $1).$(notdir $1).d
define object_rule
  cmd.$1 = $$(CC) $(flags.$1) -MD -MF $(call dep_file,$1) -c -o $1 $(source.$1)
  $1: $(source.$1) .toolchain.mk
endef
$(foreach o,$(objects),$(eval $(call object_rule,$o)))

# Not part of what is remembered: C=1 checks what is compiled, and compiles no more.
ifneq ($(call asked,C),)
  check_source = $(call say,CHECK,$(source.$@:$(srctree)/%=%)) $(CHECK) $(checkflags) \
	$(filter-out -W% -m% -f% --target%,$(flags.$@)) $(source.$@) &&
endif

$(c_objects):
	$(call run,CC,$(call dep_file,$@),$(check_source))

$(s_objects):
	$(call run,AS,$(call dep_file,$@))

# One archive a layer, of references to the objects.
archive_of = $(layer_directory.$1)/built-in.a
archives := $(foreach l,$(layers),$(call archive_of,$l))
$(call make_dirs,$(dir $(archives)))

# $1: layer
define archive_rule
  cmd.$(archive_of) = rm -f $(archive_of) && $$(AR) cDPrST $(archive_of) $(objects.$1)
  $(archive_of): $(objects.$1)
endef
$(foreach l,$(layers),$(eval $(call archive_rule,$l)))

$(archives):
	$(call run,AR)

$(eval $(call remember,$(objects) $(archives)))
