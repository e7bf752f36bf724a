#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""
What discovery finds of boards (tests/host/boards/), as objects, and as the table of
docs/boards.md. Run as a program it writes that table anew.
"""

import os
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field

import hosttest

BEGIN = "<!-- made by tests/host/boardfacts.py -->"
END = "<!-- until here -->"
BOARDS = pathlib.Path(os.environ.get("BOARDS") or hosttest.TOP / "build" / "boards")
CORPUS = pathlib.Path(os.environ.get("CORPUS") or hosttest.TOP.parent / "shared/corpus")
NONE = "not described"


def trees():
    return sorted((BOARDS / "dtbs").rglob("*.dtb"))


def machines():
    return sorted(path for path in (CORPUS / "acpi").glob("*") if path.is_dir())


def version():
    """The package that the trees are of, "" when it is not known."""
    path = BOARDS / "VERSIONS"
    return " ".join(path.read_text(encoding="utf-8").split()[:2]) if path.is_file() else ""


@dataclass
class Board:
    """What one board's description came to."""
    path: str
    console: str = ""               # driver compatible | origin | address
    stdout: list = field(default_factory=list)
    serial: list = field(default_factory=list)      # without a driver
    irqchip: list = field(default_factory=list)
    timer: str = ""
    psci: str = ""
    described: int = 0              # CPUs
    startable: int = 0
    how: str = ""
    mpidr: str = "0"                # of the first CPU
    why: str = ""
    memory: str = ""
    ended: str = ""                 # how, if not well
    log: list = field(default_factory=list)

    @property
    def name(self):
        path = pathlib.Path(self.path)
        return f"{path.parent.name}/{path.stem}" if path.suffix == ".dtb" else path.name

    def take(self, key, value):
        """One line of the program."""
        if key == "cpus":
            described, startable, self.how, self.mpidr = value.split()
            self.described, self.startable = int(described), int(startable)
        elif key in ("died", "status"):
            self.ended = f"{key} {value}"
        elif key == "cpus-why":
            self.why = value
        elif isinstance(getattr(self, key, None), list):
            getattr(self, key).append(value)
        elif hasattr(self, key):
            setattr(self, key, value)

    def row(self):
        """Console, interrupt controller, timer, CPUs, memory, in words."""
        return (self._console(), self._irqchip(), self._timer(), self._cpus(), self._memory())

    def _console(self):
        if self.console:
            driver, compatible = self.console.split(" | ")[0].split(" ", 1)
            return f"{driver} ({compatible})"
        known = self.stdout or self.serial
        if not known:
            return NONE
        driver, compatible = known[0].split()[:2]
        return f"no driver: {compatible}" if driver == "-" else f"{compatible}, in described RAM"

    def _irqchip(self):
        if not self.irqchip:
            return "no driver"
        # Where there is a GIC, a Raspberry Pi's own controller leaves it to that.
        chips = sorted(self.irqchip, key=lambda line: not line.startswith("gic"))
        driver, what = chips[0].split(" | ")[0].split(" ", 1)
        return driver if what.startswith("APIC") else what

    def _timer(self):
        if not self.timer:
            return "no interrupt by a GIC"
        irqs = dict(zip(*[iter(self.timer.split())] * 2))
        missing = [name for name in ("phys", "virt") if name not in irqs]
        return f"no {' or '.join(missing)}" if missing else "PPIs " + ", ".join(irqs.values())

    def _cpus(self):
        if not self.described:
            return NONE
        if not self.startable:
            return f"{self.described}: {self.why}"
        how = self.how
        if how == "psci":
            how = f"PSCI by {self.psci.upper()}" if self.psci else "by PSCI, which no node describes"
        return f"{self.described}, {how}"

    def _memory(self):
        if self.memory:
            return f"{int(self.memory.split()[0]) >> 10} MiB"
        return "the boot loader's to fill in" if self.path.endswith(".dtb") else "UEFI's map"


def discover(program, paths):
    """Run a program of tests/host/boards over files or folders."""
    done = subprocess.run([hosttest.build(program), *map(str, paths)], capture_output=True,
                          text=True, errors="replace", timeout=hosttest.TIMEOUT_S, check=False)
    boards = []
    for line in done.stdout.splitlines():
        key, _, value = line.partition(": ")
        if key == "board":
            boards.append(Board(value))
        elif boards:
            boards[-1].take(key, value)
    for board in boards:
        if board.ended:
            board.ended += f"\n{done.stderr}"
    return boards


def _vendor(board):
    return board.name.partition("/")[0] if "/" in board.name else "ACPI"


def _short(names):
    """Names of one vendor, those that begin alike together: a-b-c, a-b-d -> a-b-{c, d}."""
    return ", ".join(re.sub(r"^[^/]*/", "", name) for name in names)


def table(dt, acpi):
    """Boards of one vendor whose descriptions come to the same are one row."""
    rows = {}
    for board in [*dt, *acpi]:
        # Memory differs with what somebody once had: that there is some is what counts.
        found = board.row()
        memory = "described" if board.memory else found[4]
        rows.setdefault((_vendor(board), *found[:4], memory), []).append(board.name)
    lines = ["| from | boards | console | interrupts | timer | CPUs | memory |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    for (vendor, *found), names in rows.items():
        lines.append(f"| {vendor} | {len(names)}: {_short(names)} | {' | '.join(found)} |")
    return "\n".join(lines)


def main():
    page = hosttest.TOP / "docs" / "boards.md"
    text = page.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    made = table(discover("boards-dt", trees()), discover("boards-acpi", machines()))
    page.write_text(f"{text[:begin]}\n{made}\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
