# SPDX-License-Identifier: BSD-2-Clause
#
# From the layers' archives to assay.elf and Image.

all: Image assay.elf
	@:

linker_script := arch/arm64/assay.lds
cmd.$(linker_script) = $(CC) $(asflags) -E -P -x assembler-with-cpp \
	-MD -MF $(call dep_file,$(linker_script)) -MT $(linker_script) \
	-o $(linker_script) $(srctree)/$(linker_script).S

$(linker_script): $(srctree)/$(linker_script).S
	$(call run,LDS,$(call dep_file,$@))

# Writes only what changed.
$(shell $(kbuild)/version $(VERSION))

# Who uses whom; the file is there when all is well.
cmd..checked-layers = NM='$(NM)' $(kbuild)/check-layers '$(fdt_library)' '$(efi_libraries)' \
	$(foreach l,$(layers),$l: $(objects.$l)) && touch .checked-layers
.checked-layers: $(archives) $(kbuild)/check-layers $(kbuild)/check-layers.awk \
		$(srctree)/include/core/hooks.h
	$(call run,CHECK)

# Every CONFIG_ word stands in a Kconfig file.
cmd..checked-options = $(kbuild)/check-options $(kconfig_files) && touch .checked-options
.checked-options: $(objects) $(makefiles) $(kconfig_files) $(kbuild)/check-options
	$(call run,CHECK)

libraries := $(fdt_library) $(efi_libraries)

cmd.assay.elf = CC='$(CC)' LD='$(LD)' NM='$(NM)' ASFLAGS='$(CC_TARGET)' LDFLAGS='$(ldflags)' \
	SYMBOLS=$(CONFIG_SYMBOLS) $(kbuild)/link assay.elf $(linker_script) $(archives) -- $(libraries)

assay.elf: .toolchain.mk $(archives) $(linker_script) $(libraries) $(kbuild)/link $(kbuild)/symbols.awk \
		.checked-layers .checked-options
	$(call run,LINK)

cmd.Image = $(OBJCOPY) -O binary assay.elf Image
Image: assay.elf
	$(call run,OBJCOPY)

$(eval $(call remember,$(linker_script) .checked-layers .checked-options assay.elf Image))

# Their Makefile took the flag away: they test floating point.
fp_objects = $(foreach o,$(objects),$(if $(filter -mgeneral-regs-only,$(flags.$o)),,$o))

.PHONY: check-insns
check-insns: assay.elf
	$(if $(silent),,@printf '  %-7s %s\n' CHECK $<)
	@OBJDUMP='$(OBJDUMP)' NM='$(NM)' $(kbuild)/check-insns $< '$(fp_objects)' $(objects)

# Every run writes it anew: it is what would be run now, built or not.
.PHONY: compile_commands.json
compile_commands.json:
	$(if $(silent),,@printf '  %-7s %s\n' GEN $@)
	$(file >.$@.list)
	$(foreach o,$(objects),$(file >>.$@.list,$(source.$o) $o $(cmd.$o)))
	@$(PYTHON3) $(kbuild)/compile-commands.py <.$@.list >$@
	@rm -f .$@.list
