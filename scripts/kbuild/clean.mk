# SPDX-License-Identifier: BSD-2-Clause
#
# clean leaves the configuration, mrproper what a fresh clone has. Neither
# touches build/: the sysroot there is scripts/setup's.

clean_goals := clean mrproper
.PHONY: $(clean_goals)

out_of_tree := $(filter-out .,$(srctree))
built_below := $(wildcard arch lib drivers tests)
built_names := '*.o' '.*.o.cmd' '.*.o.d' built-in.a .built-in.a.cmd assay.lds '.assay.lds.*'
empty_below := $(if $(out_of_tree),$(built_below))

clean:
	$(if $(silent),,@printf '  %-7s %s\n' CLEAN .)
	@$(if $(built_below),find $(built_below) -type f \
		\( -false $(foreach n,$(built_names),-o -name $n) \) -delete)
	@$(if $(empty_below),find $(empty_below) -type d -empty -delete)
	@rm -rf Image assay.elf assay.map assay.img .Image.cmd .assay.elf.cmd .tmp_link \
		.checked-layers .checked-options ..checked-layers.cmd ..checked-options.cmd \
		include/generated/utsversion.h compile_commands.json .compile_commands.json.list \
		.toolchain.mk

# What runs and tests leave: below build/ where the sources are built in place.
run_output := $(addprefix $(if $(out_of_tree),,build/),check check.xml logs variants host prove docs)

mrproper: clean
	@rm -rf $(run_output)
	@rm -rf include/config include/generated .config .config.old .kconfig.err defconfig tags
	@$(if $(and $(out_of_tree),$(wildcard include)),rmdir --ignore-fail-on-non-empty include)
