# SPDX-License-Identifier: BSD-2-Clause
"""Helps the tests of the host's scripts: canned logs, and small programs in QEMU's place."""

import os
import stat
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SCRIPTS = TOP / "scripts"
LOGS = Path(__file__).resolve().parent / "logs"
sys.path.insert(0, str(SCRIPTS))

# Variables of a surrounding make that would reach the scripts under test.
VARIABLES = ("PLATFORM", "SMP", "MEM", "APPEND", "RUN", "QEMU", "QEMU_ARGS", "FIRMWARE", "ACCEL", "GDB",
             "GDB_ARGS", "MIGRATE", "V", "CHECK", "ASSAY_OBJ", "ASSAY_SRC")


def log_text(name):
    return (LOGS / f"{name}.log").read_bytes().decode()


def fake_program(path, body):
    """A shell script at @path; returns the path."""
    path = Path(path)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def fake_qemu(folder, log=None, then=""):
    """
    A program in QEMU's place. It keeps its arguments in folder/args, prints
    the canned text @log, and then does @then.
    """
    folder = Path(folder)
    text = folder / "console.txt"
    text.write_bytes((log or "").encode())
    return fake_program(folder / "qemu", f'printf "%s\\n" "$@" > "{folder}/args"\ncat "{text}"\n{then}')


def qemu_args(folder):
    """The arguments that the fake QEMU was last given."""
    return (Path(folder) / "args").read_text().splitlines()


def environment(folder, **variables):
    folder = Path(folder)
    (folder / "Image").write_bytes(b"MZ")
    env = {key: val for key, val in os.environ.items() if key not in VARIABLES}
    env.update(ASSAY_OBJ=str(folder), ASSAY_SRC=str(TOP), PLATFORM="direct")
    env.update({key: str(val) for key, val in variables.items()})
    return env


def run_script(name, folder, *args, **variables):
    """Run scripts/@name as make does; returns the CompletedProcess."""
    return subprocess.run([sys.executable, SCRIPTS / name, *args], env=environment(folder, **variables),
                          capture_output=True, text=True, timeout=60, check=False,
                          stdin=subprocess.DEVNULL)
