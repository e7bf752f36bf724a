# SPDX-License-Identifier: BSD-2-Clause
"""
Goes on with a run that a case has ended: the machine is started again with after=, and what
all of its parts said is put together. docs/resets.md says when.
"""

import re
import shlex
from dataclasses import replace

from . import ktap

MOST = 16               # parts of a run
PATIENCE = 2            # parts in a row that bring nothing, of machines that just went away
NOTHING_LEFT = "nothing was tested: no case is left behind after="


def results(parser):
    """{id: case} of all starts that a part has seen, in the order of the last one that has it."""
    found = {}
    for start in [*parser.starts, parser]:
        for case in start.cases:
            known = found.get(case.id)
            # A later start prints results again, without the dumps.
            found[case.id] = known if known and known.verdict == case.verdict else case
    return found


def last_start(parser):
    """The start that was under way when a case ended it: the one before an image that begins anew."""
    if parser.starts and not parser.resumed:
        return parser.starts[-1]
    return parser


def is_broken(parser, ending):
    """Whether a case, or whoever drew the plug, ended the run before its end."""
    if ending.reason == "stopped" or parser.listed:
        return False
    if parser.starts and not parser.resumed:
        return True
    return not parser.finished() and bool(parser.running or parser.early or parser.cases
                                          or ending.reason == "cut")


RESET = re.compile(r"^reset: (FAIL|TIMEOUT|ERROR|CRASHED) (.*)$")


def _why(parser, ending):
    """(verdict, reason) of a case that has no result."""
    start = last_start(parser)
    said = [match for match in map(RESET.match, start.pending) if match]
    if said:
        return said[-1][1], said[-1][2]
    if start is not parser:
        return ktap.CRASHED, "the machine was reset while it ran, and nothing of the run was kept"
    if start.crashes:
        return ktap.CRASHED, f"crash: {start.crashes[0].lstrip('# ')}"
    if ending.reason in ("idle", "total"):
        return ktap.TIMEOUT, "the runner ended it: no output any more"
    if start.bail is not None:
        return ktap.CRASHED, f"the run gave up: {start.bail}"
    return ktap.CRASHED, "the machine went away while it ran"


class Joined:
    """What the parts of a run have said so far."""

    def __init__(self):
        self.cases = {}         # id: case
        self.parts = 0
        self.first = None       # the parser of the first part that came to its version line
        self.lost = []          # ids of the cases that had to be given up
        self.early = []         # those of them that run before there is a plan, in each start
        self.errors = []        # that parts have named whose end nobody saw
        self.barren = 0         # parts in a row that have brought nothing

    def add(self, parser, ending):
        """
        Take a part. The id to go on behind, "" for from the start; None: there is no way on.
        """
        self.parts += 1
        if self.first is None or self.first.version is None:
            self.first = parser
        before = len(self.cases)
        for name, case in results(parser).items():
            if name not in self.cases or case.suite == ktap.ENVIRONMENT:
                self.cases[name] = case
        if not is_broken(parser, ending) and not self._went_away(parser, ending):
            return None
        self._give_up(parser, ending)
        self.errors += [line for start in [*parser.starts, parser] for line in start.errors
                        if not line.startswith(NOTHING_LEFT)]
        self.barren = 0 if len(self.cases) > before else self.barren + 1
        if self.parts == MOST or self._leads_nowhere(ending):
            return None
        return next((name for name, case in reversed(self.cases.items())
                     if case.suite != ktap.ENVIRONMENT and name not in self.early), "")

    def _went_away(self, parser, ending):
        """Before its first case: of the first part that would be a machine that never started."""
        return self.parts > 1 and ending.reason == "exit" and not parser.over()

    def _leads_nowhere(self, ending):
        """A machine that hangs does it again; the power may be there the next time."""
        patience = PATIENCE if ending.reason in ("cut", "exit") else 0
        return self.parts > 1 and self.barren > patience

    def _give_up(self, parser, ending):
        start = last_start(parser)
        running = start.running or start.early
        if not running or running in self.cases:
            return
        if not start.running:
            self.early.append(running)
        suite, _, name = running.partition(".")
        case = ktap.Case(suite, name, *_why(parser, ending))
        case.diag = list(start.pending)
        self.cases[running] = case
        self.lost.append(running)

    def parser(self, last):
        """One parser that has seen everything: @last saw the end of the run."""
        whole = ktap.Parser()
        for name in ("firmware", "version", "summary", "started"):
            setattr(whole, name, getattr(self.first, name))
        whole.started, whole.lost = True, list(self.lost)
        whole.broken = list(last.broken)
        for case in self.cases.values():
            if case.suite == ktap.ENVIRONMENT and case.reason.startswith(NOTHING_LEFT):
                case.verdict, case.reason = ktap.PASS, ""
            if case.suite == ktap.ENVIRONMENT and case.verdict == ktap.PASS and self.errors:
                case.verdict, case.reason = ktap.ERROR, self.errors[0]
            suite = next((suite for suite in whole.suites if suite.name == case.suite), None)
            if suite is None:
                suite = ktap.Suite(case.suite)
                whole.suites.append(suite)
            suite.cases.append(case)
        _close(whole)
        return whole


def _close(whole):
    """The plans and totals that a run in one piece would have printed."""
    for suite in whole.suites:
        suite.plan = len(suite.cases)
        suite.ok = not any(case.verdict in ktap.FAILED for case in suite.cases)
    whole.plan = len(whole.suites)
    errors = whole.count(ktap.ERROR)
    failed = whole.count(*ktap.FAILED)
    whole.totals = (whole.count(ktap.PASS), failed - errors, errors, whole.count(ktap.SKIP),
                    whole.count(ktap.XFAIL))
    whole.last = (whole.count(ktap.PASS), failed)
    whole.closing = closing(whole)


def closing(parser):
    """The last two lines of a run."""
    names = ("pass", "fail", "error", "skip", "xfail")
    counts = ", ".join(f"{name} {count}" for name, count in zip(names, parser.totals))
    return [f"# totals: {counts}", "{} passed, {} failed".format(*parser.last)]


def ktap_text(parser):
    """A run as KTAP in one piece, for a program that reads only that."""
    lines = [parser.version or "", "KTAP version 1", f"1..{len(parser.suites)}"]
    for number, suite in enumerate(parser.suites, 1):
        lines += ["    KTAP version 1", f"    # Subtest: {suite.name}", f"    1..{len(suite.cases)}"]
        for index, case in enumerate(suite.cases, 1):
            word = "ok" if case.verdict in (ktap.PASS, ktap.SKIP) else "not ok"
            directive = "" if case.verdict in (ktap.PASS, ktap.FAIL) else f" # {case.verdict} {case.reason}"
            lines.append(f"    {word} {index} {case.name}{directive}".rstrip())
            lines += [f"    # {line}" for line in case.diag]
        lines.append(f"{'ok' if suite.ok else 'not ok'} {number} {suite.name}")
    lines += closing(parser)
    return "\n".join(lines) + "\n"


def _skip_word(platform, cases):
    """The word skip= with @cases, too: of two the image takes the last."""
    globs = [word[len("skip="):] for word in shlex.split(platform.append)
             if word.startswith("skip=")][-1:]
    return f'skip="{",".join([*globs, *cases])}"'


def behind(platform, case_id, early=()):
    """
    @platform, to go on behind a case, and without those that ended it while boot services lived:
    nothing of the plan came before them, so that after= would leave out what never ran.
    """
    words = [_skip_word(platform, early)] if early else []
    return platform.with_append(*words, *([f"after={case_id}"] if case_id else []))


def joined_ending(endings):
    """All parts' time and bytes; how the last one ended."""
    return replace(endings[-1], seconds=sum(ending.seconds for ending in endings),
                   received=sum(ending.received for ending in endings))
