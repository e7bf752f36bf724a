# SPDX-License-Identifier: BSD-2-Clause
"""The generated part of docs/coverage.md: tables of every case, from a coverage.Coverage."""

import hashlib
from itertools import groupby

from . import coverage
from .status import UsageError

BEGIN = "<!-- Behind this line: by make coverage. -->"
DEFECTS_SHOWN = 2

INTRODUCTION = """
## Every case

Written by `make coverage` from the sources, the files of tests/platforms and those of tests/defects: `make check`
passes only when each platform gives exactly the SKIPs and XFAILs of its file, with their reasons, and passes all
else, and when each defect is caught by the cases that it names. So this is what a good `make check` has seen.
`scripts/explain` tells the same of one case, with its prose and its hint.

Cases are those of the image; the framework's own, which must fail, are in tests/selftest. P and a number is a set of
platforms, R and a number a reason, both below; behind a set stands how many it has. The numbers come of the words
there, so that they stay when others come.
"""


def _cell(text):
    return text.replace("|", "\\|")


def _table(head, rows):
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)])


def _numbered(letter, texts):
    """{text: name}: four hexadecimal digits of its digest, one more where another has these."""
    names = {}
    for text in sorted(texts):
        digest = hashlib.sha256(text.encode()).hexdigest()
        names[text] = next(name for name in (f"{letter}{digest[:digits]}" for digits in range(4, 64))
                           if name not in names.values())
    return names


class Page:
    """Names sets and reasons by what they are, and tells of all of them at the end."""

    def __init__(self, found):
        self.found = found
        self.told = coverage.Names(found.platforms)
        self.sets, self.reasons = {}, {}
        self._name_sets()

    def _name_sets(self):
        used = {frozenset(names) for row in self.found.rows
                for names in (row.passed, *row.xfailed.values(), *row.skipped.values()) if names}
        order = sorted(used, key=lambda names: (-len(names), sorted(names)))
        names_of = _numbered("P", {self.told.tell(names) for names in used})
        self.sets = {names: names_of[self.told.tell(names)] for names in order}
        self.reasons = _numbered("R", {reason for row in self.found.rows
                                       for reason in (*row.xfailed, *row.skipped)})

    def _set(self, names):
        return f"{self.sets[frozenset(names)]} ({len(names)})" if names else "nowhere"

    def _reasons(self, table):
        return ", ".join(f"{self.reasons[reason]} on {self._set(names)}"
                         for reason, names in table.items())

    @staticmethod
    def _in_words(table):
        return "; ".join(f"{reason} ({len(names)})" for reason, names in table.items())

    @staticmethod
    def _caught(row):
        more = len(row.caught) - DEFECTS_SHOWN
        names = [*row.caught[:DEFECTS_SHOWN], *([f"{more} more"] if more > 0 else [])]
        return ", ".join(names) or "none"

    def _first(self):
        """Cases of which something was never seen."""
        rows = []
        for row in self.found.rows:
            missing = [*(["nowhere seen to pass"] if not row.passed else []),
                       *(["never seen to fail"] if not row.caught and not row.xfailed else []),
                       *(["no defect is planted for it"] if not row.caught and row.xfailed else [])]
            if missing:
                rows.append([row.case.id, "; ".join(missing), self._in_words(row.xfailed),
                             self._in_words(row.skipped), self._caught(row)])
        return ["### Nowhere seen to pass, or never seen to fail\n",
                "A number in brackets is one of platforms.\n",
                _table(["case", "what was not seen", "XFAIL", "SKIP", "made to fail by"], rows)
                if rows else "No case: each was seen to pass, and to fail."]

    def _suite(self, rows):
        suite = rows[0].case.suite
        return [f"### {suite.name}: {suite.about}\n",
                _table(["case", "clause", "passed on", "XFAIL", "SKIP", "made to fail by"],
                       [[row.case.name, row.case.spec, self._set(row.passed),
                         self._reasons(row.xfailed), self._reasons(row.skipped), self._caught(row)]
                        for row in rows])]

    def _legends(self):
        return ["### Sets of platforms\n",
                _table(["set", "platforms", "which"],
                       [[number, str(len(names)), f"`{self.told.tell(names)}`"]
                        for names, number in self.sets.items()]),
                "### Reasons\n",
                _table(["reason", "words"], [[number, text] for text, number in self.reasons.items()])]

    def text(self):
        """All of it."""
        rows = self.found.rows
        without = [row for row in rows if not row.passed or not row.caught]
        totals = (f"{len(rows)} cases in {len({row.case.suite.name for row in rows})} suites, on"
                  f" {len(self.found.platforms)} platforms: {len(rows) - len(without)} were seen to pass"
                  " somewhere and are made to fail by a planted defect.\n")
        parts = [INTRODUCTION, totals, *self._first()]
        for _, group in groupby(rows, lambda row: row.case.suite.name):
            parts += ["", *self._suite(list(group))]
        first, second, third, fourth = self._legends()
        return "\n".join([*parts, "", first, second, "", third, fourth, ""])


def merge(page, generated):
    """@page with its generated part replaced."""
    head, mark, _ = page.partition(BEGIN)
    if not mark:
        raise UsageError(f"docs/coverage.md lacks the line {BEGIN!r}")
    return f"{head}{BEGIN}\n{generated}"
