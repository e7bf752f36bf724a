#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""lib/base on the build machine: see tests/host/base/."""

import re
import shutil
import subprocess

import pytest

import hosttest


def test_base():
    hosttest.run("base")


def test_lib_suite():
    """The suite that the image carries, on this machine: it passes here as well."""
    hosttest.run("lib")


@pytest.mark.parametrize("compiler", [
    ["aarch64-linux-gnu-gcc"], ["clang", "--target=aarch64-linux-gnu"]], ids=lambda c: c[0])
@pytest.mark.parametrize("level", ["-O1", "-O2", "-O3", "-Os"])
def test_no_function_calls_itself(tmp_path, compiler, level):
    """A compiler that knows the loop in memset() as a memset() calls it: without an end.

    With -fbuiltin, which lets it: the source has to hold without help of -ffreestanding.
    """
    for tool in (compiler[0], "aarch64-linux-gnu-objdump"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    for source in ("memory", "string"):
        target = tmp_path / f"{source}.o"
        subprocess.run([*compiler, "-std=gnu11", "-ffreestanding", "-fbuiltin", "-mstrict-align",
                        "-mgeneral-regs-only", level, f"-I{hosttest.TOP}/include", "-c",
                        f"{hosttest.TOP}/lib/base/{source}.c", "-o", target], check=True)
        listing = subprocess.run(["aarch64-linux-gnu-objdump", "-dr", target], check=True,
                                 capture_output=True, text=True).stdout
        function = None
        seen = set()
        for line in listing.splitlines():
            if match := re.match(r"[0-9a-f]+ <(\w+)>:", line):
                function = match.group(1)
                seen.add(function)
            elif match := re.search(r"R_AARCH64_(?:CALL|JUMP)26\s+(\w+)", line):
                assert source != "memory", f"{function}() calls {match.group(1)}()"
                assert match.group(1) != function, f"{function}() calls itself"
            elif function and (match := re.search(r"\tbl\t.*<(\w+)>", line)):
                assert match.group(1) != function, f"{function}() calls itself"
        assert {"memory": "memset", "string": "strlen"}[source] in seen
