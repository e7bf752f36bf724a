# SPDX-License-Identifier: BSD-2-Clause
"""A copy of the source tree for a user without a past, where test_docs.py tries the pages' commands."""

import os
import re
import signal
import subprocess
import sys

import pytest
from docpages import PIECES
from hosttest import TOP
from kbuildtree import SYSROOT, copy_tree, environment

sys.path.insert(0, str(TOP / "scripts"))

from assay.platform import PlatformSet  # noqa: E402

# Bounds what hangs: a build or an audit on a machine with other work takes minutes.
COMMAND_S = 600
# The suite of docs/adding-a-test.md.
EXAMPLE = "counter"


class Tree:
    """A copy of the source tree, with O= beside it, for a user without a past."""

    def __init__(self, root):
        self.root, self.home, self.bin = root, root / "home", root / "bin"
        self.source, self.out, self.scratch = root / "src", root / "out", root / "scratch"
        self.checked, self.measured, self.printed = set(), set(), ""
        for folder in (self.home, self.bin, self.out, self.scratch):
            folder.mkdir(parents=True)
        copy_tree(self.source)
        (self.source / "build").mkdir()
        if SYSROOT.exists():
            (self.source / "build" / "sysroot").symlink_to(SYSROOT)
        # make check builds the defconfig beside the user's own build: here they are one.
        (self.out / "variants").mkdir()
        (self.out / "variants" / "defconfig").symlink_to(self.out)
        # A test installs nothing.
        for name in ("apt-get", "sudo"):
            (self.bin / name).write_text('#!/bin/sh\necho "test: $0 $*: run scripts/setup first" >&2\nexit 1\n')
            (self.bin / name).chmod(0o755)

    def run(self, text, out=None, **variables):
        """Run a command from the source tree, its make with O=; the CompletedProcess."""
        private = ("PLATFORM", "SMP", "MEM", "APPEND", "RUN", "QEMU", "QEMU_ARGS", "FIRMWARE", "ACCEL", "GDB",
                   "CHECK", "MEASURE", "DEV", "IMAGE", "YES", "FORCE", "ASSAY_OBJ", "ASSAY_SRC")
        env = {key: val for key, val in environment().items() if key not in private}
        env.update(HOME=str(self.home), PATH=f"{self.bin}:{env['PATH']}", LC_ALL="C", **variables)
        make = f'make() {{ command make O="{out or self.out}" "$@"; }}\n'
        proc = subprocess.Popen(["bash", "-c", f"{make}{text}"], cwd=self.source, env=env, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                errors="replace", start_new_session=True)
        try:
            stdout, stderr = proc.communicate(timeout=COMMAND_S)
        except subprocess.TimeoutExpired:
            os.killpg(proc.pid, signal.SIGKILL)
            pytest.fail(f"{text}: did not end in {COMMAND_S} s:\n{proc.communicate()[0][-2000:]}")
        return subprocess.CompletedProcess(text, proc.returncode, stdout, stderr)

    def works(self, text, out=None, **variables):
        """Run a command that must do; its output."""
        done = self.run(text, out, **variables)
        assert done.returncode == 0, f"{text}: status {done.returncode}\n{done.stdout[-3000:]}{done.stderr}"
        return done.stdout

    def refused(self, text, *words, **variables):
        """Run a command that must say @words and end in failure."""
        done = self.run(text, **variables)
        assert done.returncode != 0, f"{text} went through:\n{done.stdout[-3000:]}"
        for word in words:
            assert word in done.stderr, f"{text} does not say {word!r}:\n{done.stderr}"

    def default_run(self):
        """What make run prints."""
        if not self.printed:
            self.printed = self.works("make run")
        return self.printed

    def platforms(self):
        return PlatformSet(self.source / "tests" / "platforms")


def add_example(source):
    """The suite of docs/adding-a-test.md, word for word."""
    code = "\n".join(piece.text for piece in PIECES if piece.block and "adding-a-test.md" in piece.where)
    suite = code[code.index("// SPDX"):code.index("\nobj-$")].rstrip()
    makefile = re.search(r"^obj-.*$", code, re.M)[0]
    kconfig = code[code.index("config TEST_"):code.index("\nmake -s")].rstrip()
    area = source / "tests" / EXAMPLE
    area.mkdir()
    (area / f"{EXAMPLE}.c").write_text(f"{suite}\n")
    (area / "Makefile").write_text(f"{makefile}\n")
    (area / "Kconfig").write_text(f"{kconfig}\n")
    with open(source / "tests" / "Kconfig", "a", encoding="utf-8") as file:
        file.write(f'source "tests/{EXAMPLE}/Kconfig"\n')
    with open(source / "tests" / "Makefile", "a", encoding="utf-8") as file:
        file.write(f"obj-y += {EXAMPLE}/\n")
