# SPDX-License-Identifier: BSD-2-Clause
#
# Targets that scripts do. The variables that people set for them on make's
# command line reach them as environment variables of the same name, beside
# ASSAY_OBJ, the build directory, and ASSAY_SRC, the source tree.

tool_goals := help tags check prove audit measure coverage
.PHONY: $(tool_goals) run image flash

help:
	@cat $(kbuild)/help.txt

tags:
	$(if $(silent),,@printf '  %-7s %s\n' TAGS $@)
	@command -v ctags >/dev/null || \
		{ echo "ctags not found: run ./scripts/setup (package universal-ctags)" >&2; exit 1; }
	@find $(addprefix $(srctree)/,arch drivers include lib tests) -name '*.[chS]' | sort | \
		ctags -f $@ -L -

export ASSAY_OBJ := $(CURDIR)
export ASSAY_SRC := $(abspath $(srctree))
export PYTHON3

# They may run make themselves, as if nobody had: not with our flags and job slots.
tool = @env -u MAKEFLAGS -u MFLAGS -u MAKEOVERRIDES -u MAKELEVEL -u srctree -u VERSION

run: Image assay.elf
	$(tool) $(PYTHON3) $(srctree)/scripts/run.py

check:
	$(tool) $(PYTHON3) $(srctree)/scripts/check.py

measure:
	$(tool) $(PYTHON3) $(srctree)/scripts/measure.py

audit:
	$(tool) $(PYTHON3) $(srctree)/scripts/audit.py

prove:
	$(tool) $(PYTHON3) $(srctree)/scripts/prove.py

coverage:
	$(tool) $(PYTHON3) $(srctree)/scripts/coverage.py

image: assay.img
	@:

assay.img: Image assay.elf $(srctree)/scripts/mkimage $(wildcard $(srctree)/scripts/image-files/*)
	$(if $(silent),,@printf '  %-7s %s\n' IMG $@)
	$(tool) $(PYTHON3) $(srctree)/scripts/mkimage

# IMAGE= names another file to write.
flash: $(if $(IMAGE),,assay.img)
	$(tool) $(PYTHON3) $(srctree)/scripts/flash
