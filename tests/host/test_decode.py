# SPDX-License-Identifier: BSD-2-Clause
"""scripts/decode: the addresses of a dump, held against the symbols of the image's ELF file."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECODE = ROOT / "scripts" / "decode"


def elf():
    image = os.environ.get("ASSAY_IMAGE")
    path = Path(image).parent / "assay.elf" if image else None
    if not path or not path.is_file():
        pytest.skip("ASSAY_IMAGE names no image with an assay.elf beside it")
    return path


def symbol(path, name):
    out = subprocess.run(["aarch64-linux-gnu-nm", path], check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    return next(int(line.split()[0], 16) for line in out.splitlines() if line.split()[-1] == name)


def decode(path, text):
    return subprocess.run([DECODE, "-e", path], input=text, check=True, text=True,
                          stdout=subprocess.PIPE).stdout.splitlines()


def test_names_function_and_file():
    path = elf()
    at = symbol(path, "exception_entry")
    lines = decode(path, f"#   pc  0x0000000040201000 x+0x0 (image + {at:#x})\n")
    assert len(lines) >= 2
    assert "exception_entry" in lines[-1]
    assert "arch/arm64/exception.c:" in lines[-1]


def test_caller_is_the_call_not_the_line_behind_it():
    path = elf()
    at = symbol(path, "exception_entry")
    lines = decode(path, f"#   by  0x0000000040201000 x+0x0 (image + {at + 4:#x})\n")
    assert lines[1:] == decode(path, f"#   pc  0x0 x+0x0 (image + {at:#x})\n")[1:]


def test_other_lines_stay():
    text = "ok 1 a\n# nothing here\nimage at 0x40200000\n"
    assert decode(elf(), text) == text.splitlines()


def test_missing_elf_is_told(tmp_path):
    done = subprocess.run([DECODE, "-e", tmp_path / "none.elf"], input="", text=True, check=False,
                          stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert "none.elf" in done.stderr
