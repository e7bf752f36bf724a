# SPDX-License-Identifier: BSD-2-Clause
"""
The defects planted in lib/base: tests/host/mutate_base.py builds the suite that the image
carries for this machine, once for each of them, which takes no boot.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field

from . import process, variant

SCRIPT = "tests/host/mutate_base.py"
SEEN = "seen to fail:"
SUITE = "lib"
SECONDS = 600           # it takes about a minute


@dataclass
class Found:
    """What became of them."""
    cases: set = field(default_factory=set)     # "suite.case" that were seen to fail
    last: str = ""                              # the script's last line
    problems: list = field(default_factory=list)


def judge(lines, returncode):
    """Found in the lines that the script printed."""
    names = [name for line in lines if line.startswith(SEEN)
             for name in line.removeprefix(SEEN).split()]
    found = Found({f"{SUITE}.{name}" for name in names}, lines[-1] if lines else "no output")
    if returncode:
        found.problems = [line for line in lines if not line.startswith(SEEN)] or [found.last]
    elif not names:
        found.problems = [f"{SCRIPT} ended well and saw no case fail: {found.last}"]
    return found


def run(source, obj):
    """Plant them all; returns Found."""
    env = {key: val for key, val in os.environ.items() if key not in variant.PRIVATE}
    env.update(ASSAY_OBJ=str(obj), PYTHONDONTWRITEBYTECODE="1")
    proc = process.start([sys.executable, str(source / SCRIPT), "--list"], env=env,
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, errors="replace")
    try:
        output, _ = proc.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Found(problems=[f"{SCRIPT} did not end in {SECONDS} s"])
    finally:
        process.stop(proc)
    return judge(output.splitlines(), proc.returncode)
