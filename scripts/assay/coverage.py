# SPDX-License-Identifier: BSD-2-Clause
"""
What make check demands of each case, on which platform, and by which planted defect. It is
read off the sources and the files of tests/, without a run: a platform passes in make check
only when its SKIPs and XFAILs are those of its file, and all else has passed.
"""

import re
from dataclasses import dataclass, field
from itertools import product

from . import cases, defects
from .platform import PlatformSet

LIB_SUITE, LIB_ITEM = "lib", "lib-base"     # its defects are those of tests/host/mutate_base.py
FEW = 3                                     # names that are left out by name


@dataclass
class Row:
    """One case over all platforms: names by what comes of it there."""
    case: object
    passed: list = field(default_factory=list)
    xfailed: dict = field(default_factory=dict)     # reason: names
    skipped: dict = field(default_factory=dict)
    defects: list = field(default_factory=list)     # that it must catch

    @property
    def caught(self):
        """Names of what makes it fail."""
        names = [defect.name for defect in self.defects]
        return [*names, LIB_ITEM] if self.case.suite.name == LIB_SUITE else names

    def outcome(self, platform):
        """Sort a platform in that runs the case."""
        if self.case.id in platform.xfails:
            self.xfailed.setdefault(platform.xfails[self.case.id], []).append(platform.name)
        elif self.case.id in platform.skips:
            self.skipped.setdefault(platform.skips[self.case.id], []).append(platform.name)
        else:
            self.passed.append(platform.name)


@dataclass
class Coverage:
    """Rows of every case that is in the image of a platform, the framework's own left out."""
    rows: list
    platforms: list     # names

    def row(self, case_id):
        return next((row for row in self.rows if row.case.id == case_id), None)


def load(source, symbols=None):
    """
    The Coverage of a source tree. @symbols: function that gives the symbols that are set in
    the image of a variant; without it every image is taken to hold every suite.
    """
    platforms = PlatformSet(source / "tests" / "platforms").load_all()
    planted = defects.load_all(source / "tests" / "defects")
    rows = [Row(case, defects=[defect for defect in planted if case.id in defect.caught_by])
            for case in cases.load_cases(source)]
    for row, platform in product(rows, platforms):
        symbol = row.case.suite.symbol
        built = symbols is None or not symbol or symbol in symbols(platform.variant)
        if built and platform.runs(row.case.id):
            row.outcome(platform)
    return Coverage(rows, [platform.name for platform in platforms])


def own_rows(source):
    """Of the framework's own cases, which no platform runs."""
    return [Row(case) for case in cases.load_cases(source, selftest=True) if case.suite.selftest]


class Names:
    """Sets of names, told in few words."""

    def __init__(self, every):
        self.every = every
        self._told = {}
        globs = sorted({glob for name in every for glob in _globs(name)})
        # The same names by two globs: the shorter one is enough.
        shortest = {self._matches(glob): glob for glob in sorted(globs, key=lambda glob: (-len(glob), glob))}
        self._globs = [(glob, names) for names, glob in shortest.items()]

    def tell(self, names):
        """"all", "all but a, b", or globs and names that are exactly @names."""
        key = frozenset(names)
        if key not in self._told:
            self._told[key] = self._tell(key)
        return self._told[key]

    def _tell(self, names):
        missing = [name for name in self.every if name not in names]
        if not missing:
            return "all"
        if len(missing) <= FEW < len(names):
            return f"all but {', '.join(missing)}"
        within = self._cover(names)
        without = self._cover(frozenset(missing))
        if len(without) + 2 < len(within):
            return f"all but {', '.join(without)}"
        return ", ".join(within)

    def _cover(self, names):
        """Globs that match all of @names and no other."""
        good = [(glob, found) for glob, found in self._globs if found <= names]
        left, told = set(names), []
        while left:
            glob, found = max(good, key=lambda item: (len(item[1] & left), -item[0].count("*"), item[0]))
            told.append(glob if len(found) > 1 else next(iter(found)))
            left -= found
        return sorted(told)

    def _matches(self, glob):
        pattern = re.compile(glob.replace("*", ".*"))
        return frozenset(name for name in self.every if pattern.fullmatch(name))


def _globs(name):
    """The name, and what is left of it with parts open."""
    parts = name.split("-")
    found = {name, f"{parts[0]}*"}
    found.update("-".join(parts[:count]) + "-*" for count in range(1, len(parts)))
    found.update("*-" + "-".join(parts[count:]) for count in range(1, len(parts)))
    if len(parts) > 3:
        found.update("-".join(parts[:1] + [part if keep else "*" for part, keep in zip(parts[1:], mask)])
                     for mask in product((True, False), repeat=len(parts) - 1))
    return found
