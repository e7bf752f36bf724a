# SPDX-License-Identifier: BSD-2-Clause
"""tests/power/ends.toml: ways to end a run, and what they come to."""

from dataclasses import dataclass, field, fields

from . import edits
from .platform import load_toml
from .status import UsageError

ENDS = ("off", "reset")


@dataclass(frozen=True)
class End:
    """One run to its end."""
    name: str
    platform: str
    append: str
    ends: str                   # off, reset: as QEMU sees it
    about: str = ""
    says: str = ""              # a line of the log; without it no way may fail
    tree: list = field(default_factory=list)


def load_all(path):
    """All of them, in the order of the file; UsageError naming place and cause."""
    known = {item.name for item in fields(End)} - {"name"}
    found = []
    for name, table in load_toml(path).items():
        unknown = set(table) - known
        missing = {"platform", "append", "ends"} - set(table)
        if unknown or missing:
            raise UsageError(f"{path}: [{name}]: unknown {sorted(unknown)}, missing"
                             f" {sorted(missing)}")
        if table["ends"] not in ENDS:
            raise UsageError(f"{path}: [{name}]: ends is {table['ends']!r}, expected one of"
                             f" {', '.join(ENDS)}")
        edits.check(f"{path}: [{name}]", "tree", table.get("tree", []))
        found.append(End(name=name, **table))
    return found
