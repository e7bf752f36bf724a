# SPDX-License-Identifier: BSD-2-Clause
"""Builds and runs the C tests of the build machine, for pytest.

Output goes into host/ of the build directory: $ASSAY_OBJ as make passes it on, or $O by
hand; of ./build when there is none or it is the source tree.
"""

import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(os.environ.get("ASSAY_OBJ") or os.environ.get("O") or TOP).resolve()
if OUT == TOP:
    OUT = TOP / "build"
TIMEOUT_S = 600


def build(*names, make_args=()):
    """Build test programs; returns the path of the first."""
    command = ["make", "-s", "-f", str(TOP / "tests/host/Makefile"), f"O={OUT}",
               *make_args, *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S,
                          env={k: v for k, v in os.environ.items()
                               if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")},
                          check=False)
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}{done.stderr}"
    return OUT / "host" / names[0]


def run(name, *args):
    """Build and run a test program; its cases must all pass. Returns its output."""
    program = build(name)
    done = subprocess.run([str(program), *map(str, args)], capture_output=True, text=True,
                          errors="replace", timeout=TIMEOUT_S, check=False)
    lines = done.stdout.splitlines()
    shown = "\n".join(line for line in lines if not line.startswith("ok "))
    assert done.returncode == 0, f"{name}: exit status {done.returncode}\n{shown}\n{done.stderr}"
    # A program that ended early says 0 passed, or nothing, and is no success.
    summary = [line for line in lines if line.endswith(", 0 failed")]
    assert summary and not summary[-1].startswith("# 0 passed"), f"{name}: no summary\n{shown}"
    return done.stdout
