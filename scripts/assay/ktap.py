# SPDX-License-Identifier: BSD-2-Clause
"""
Reads the console of a run line by line and keeps what the image says.

The firmware's talk before the version line is kept apart. What a whole
verdict is made of is checked at the end by Parser.problems(). The format is
described in docs/output.md.
"""

import copy
import json
import re
from dataclasses import dataclass, field

PASS, SKIP, XFAIL = "PASS", "SKIP", "XFAIL"
FAIL, ERROR, TIMEOUT, CRASHED, XPASS = "FAIL", "ERROR", "TIMEOUT", "CRASHED", "XPASS"
FAILED = (FAIL, ERROR, TIMEOUT, CRASHED, XPASS)

INDENT = "    "
VERSION = re.compile(r"^assay \d+\.\d+")
LOAD_ADDRESS = re.compile(r"\bat (0x[0-9a-fA-F]+)")
RESULT = re.compile(r"^(ok|not ok) (\d+) ([^#]*?)(?: # ?(.*))?$")
PLAN = re.compile(r"^1\.\.(\d+)$")
TOTALS = re.compile(r"^# totals: pass (\d+), fail (\d+), error (\d+), skip (\d+), xfail (\d+)$")
LAST = re.compile(r"^(\d+) passed, (\d+) failed$")
SUBTEST = "# Subtest: "
RUN = "# run "
# While boot services live, before the version line: the result of a case that "# run" has named.
EARLY_RESULT = re.compile(r"^(?:ok|not ok) ([\w-]+\.[\w-]+)(?: |$)")
BAIL = "Bail out!"
ERROR_LINE = "error: "
LIST = "# list "
JSON = "json: "         # of a comment, without its "# "
START = re.compile(r"^# start (\d+) of this run:")
ENVIRONMENT = "environment"
DIRECTIVES = {
    "ok": {"SKIP": SKIP, "XPASS": XPASS},
    "not ok": {name: name for name in (ERROR, TIMEOUT, CRASHED, XFAIL, XPASS)},
}

# What dies in the image and in the two firmwares says so in one of these ways.
CRASH_LINES = (
    re.compile(r"^\s*# EXCEPTION"),
    re.compile(r"^(Synchronous|SError|IRQ|FIQ) Exception at 0x"),
    re.compile(r'^"(Synchronous Abort|Error)" handler, esr'),
    re.compile(r"^ASSERT \["),
)

# The image's own lines behind its verdict: how the run ends.
CLOSING = re.compile(r"^(#|menu:)")

# CSI, OSC and two-character escape sequences, and control characters other than tab.
ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
                     r"|\x1b[ -/]*[0-~]|[\x00-\x08\x0b-\x1f\x7f]")


def clean(text):
    """Text without what a terminal would swallow."""
    return ESCAPES.sub("", text)


def _figure(line):
    """The object of a line "json: {...}"; None of any other, and of one that was garbled."""
    if not line.startswith(JSON):
        return None
    try:
        value = json.loads(line[len(JSON):])
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


@dataclass
class Case:
    """One case with its verdict, and the comment lines around it."""
    suite: str
    name: str
    verdict: str = ""
    reason: str = ""
    diag: list = field(default_factory=list)

    @property
    def id(self):
        return f"{self.suite}.{self.name}"

    def figures(self):
        """What it measured, a dictionary each: its lines "json: {...}" of docs/output.md."""
        return [figure for figure in map(_figure, self.diag) if figure is not None]

    def facts(self):
        """The lines "key:   value" under a failure, as (key, value)."""
        pairs = (line.split(":", 1) for line in self.diag if ":" in line)
        return [(key.strip(), value.strip()) for key, value in pairs]


@dataclass
class Suite:
    name: str
    plan: int = None
    ok: bool = None
    cases: list = field(default_factory=list)


# The word timestamps puts them before each line, as Linux does.
STAMP = re.compile(r"^\[ *\d+\.\d{6}\] ")


@dataclass
class Event:
    """What a line meant, for whoever shows the run as it goes."""
    kind: str       # firmware version free plan subtest run case diag suite totals last bail crash
    line: str
    item: object = None
    stamp: str = ""     # what stood before the line, see STAMP


class Parser:
    """Feed it lines; then read suites, problems(), crashes."""

    def __init__(self):
        self.starts = []        # what earlier starts of the run said, a Parser each, in order
        self.lost = []          # cases that ended a part of a run of several (resume.py)
        self.again = False      # the image starts once more behind its verdict
        self._begin()

    def _begin(self):
        """A start of the image: nothing is known of it."""
        self.firmware = []      # lines before the version line
        self.version = None
        self.summary = []       # lines between the version line and the plan
        self.started = False    # KTAP version line seen
        self.plan = None
        self.suites = []
        self.totals = None
        self.last = None
        self.closing = []       # the lines that totals and last were read from
        self.bail = None
        self.last_words = []    # the lines before "Bail out!"
        self.resumed = False    # this start says that it goes on behind a reset
        self.listed = False     # the word "list": the cases are named and not run
        self.running = None     # id of the case whose "# run" line came last without a result
        self.early = None       # likewise before the version line
        self.crashes = []
        self.broken = []        # contradictions found on the way
        self.errors = []        # "# error:" lines behind the plan
        self._suite = None
        self._case = None
        self.pending = []       # comments of the running case, before its result

    # -- reading ---------------------------------------------------------

    def feed(self, raw):
        """Take one line without its end; returns its Event."""
        text = clean(raw)
        stamp = STAMP.match(text)
        event = self._line(text[stamp.end():].rstrip() if stamp else text.rstrip())
        event.stamp = stamp[0] if stamp else ""
        return event

    def _line(self, line):
        if self._is_crash(line):
            self.crashes.append(line.strip())
            return self._keep(Event("crash", line))
        if VERSION.match(line):
            return self._version(line)
        if line.strip().startswith(BAIL):
            return self._bail(line)
        if self.over() and not CLOSING.match(line):
            return self._behind_the_end(line)
        if self.version is None:
            return self._before_version(line)
        if not self.started:
            return self._before_plan(line)
        if line.startswith(INDENT):
            return self._nested(line[len(INDENT):], line)
        return self._top(line)

    def _is_crash(self, line):
        """A crash dump begins; firmware's count only as long as the image runs."""
        patterns = CRASH_LINES[:1] if self.over() else CRASH_LINES
        return any(pattern.match(line) for pattern in patterns)

    def _bail(self, line):
        if self.bail is None:
            self.bail = line.strip()[len(BAIL):].strip() or "without a reason"
            said = self.summary if self.version else self.firmware
            self.last_words = [] if self.started else [text for text in said if text.strip()]
        return self._keep(Event("bail", line))

    def _behind_the_end(self, line):
        """The firmware has the machine again."""
        own = self.bail is not None and self.version is not None and LAST.match(line)
        return Event("last" if own else "firmware", line)

    def _version(self, line):
        if self.over():
            self.again = True
            return Event("firmware", line)
        if self.version is not None:
            self._start_again()
        self.version, self.early = line, None
        return Event("version", line)

    def _start_again(self):
        """The machine was reset in the run: what was said so far is kept apart."""
        self.starts.append(copy.copy(self))
        self._begin()

    def _before_version(self, line):
        """Cases that run while boot services live are told on the firmware's console."""
        result = EARLY_RESULT.match(line)
        if line.startswith(RUN):
            self.early = line[len(RUN):]
        elif result and result[1] == self.early:
            self.early = None
        self.firmware.append(line)
        return Event("firmware", line)

    def _before_plan(self, line):
        if line == "KTAP version 1":
            self.started = True
            return Event("plan", line)
        self.summary.append(line)
        return Event("free", line)

    def _top(self, line):
        plan, totals, last = PLAN.match(line), TOTALS.match(line), LAST.match(line)
        if plan and self.plan is None:
            self.plan = int(plan[1])
            return Event("plan", line)
        if totals:
            self.totals = tuple(int(number) for number in totals.groups())
            self.closing.append(line)
            return Event("totals", line)
        if last:
            self.last = tuple(int(number) for number in last.groups())
            self.closing.append(line)
            return Event("last", line)
        if line.startswith(LIST):
            self.listed = True
        if START.match(line):
            self.resumed = True
        result = RESULT.match(line)
        if result:
            return self._end_suite(result, line)
        return self._keep(Event("diag" if line.startswith("#") else "free", line))

    def _nested(self, text, line):
        if START.match(text):
            return Event("free", line)
        if text.startswith(SUBTEST):
            return self._subtest(text[len(SUBTEST):], line)
        if text.startswith(RUN):
            return self._run(text[len(RUN):], line)
        if text == "KTAP version 1":
            return Event("plan", line)
        plan, result = PLAN.match(text), RESULT.match(text)
        if self._suite and plan and self._suite.plan is None:
            self._suite.plan = int(plan[1])
            return Event("plan", line, self._suite)
        if self._suite and result:
            return self._result(result, line)
        return self._keep(Event("diag" if text.startswith("#") else "free", line))

    def _subtest(self, name, line):
        if self._suite:
            self.broken.append(f"suite {self._suite.name} has no closing line")
        self._suite = Suite(name)
        self.suites.append(self._suite)
        self._case, self.pending = None, []
        return Event("subtest", line, self._suite)

    def _run(self, name, line):
        if self.running:
            self.broken.append(f"{self.running} has no result")
        self.running, self._case, self.pending = name, None, []
        return Event("run", line, name)

    def _result(self, result, line):
        case = Case(self._suite.name, result[3].strip())
        case.verdict, case.reason = self._verdict(case, result[1], result[4] or "")
        case.diag, self.pending = self.pending, []
        self._number(f"case {case.id}", result[2], self._suite.cases)
        if self.running and self.running != case.id:
            self.broken.append(f"{self.running} has no result: {case.id} follows")
        if any(other.name == case.name for other in self._suite.cases):
            self.broken.append(f"{case.id} has two results")
        self._suite.cases.append(case)
        self.running, self._case = None, case
        return Event("case", line, case)

    def _verdict(self, case, word, directive):
        if not directive:
            return (PASS if word == "ok" else FAIL), ""
        name, _, reason = directive.partition(" ")
        verdict = DIRECTIVES[word].get(name)
        if verdict is None:
            self.broken.append(f'{case.id}: "{word}" with the unknown directive "{name}"')
            verdict = ERROR
        elif verdict == SKIP and not reason:
            self.broken.append(f"{case.id}: SKIP without a reason")
        return verdict, reason

    def _end_suite(self, result, line):
        name, suite = result[3].strip(), self._suite
        if suite is None or suite.name != name:
            self.broken.append(f"suite {name} ends and did not begin")
            return Event("free", line)
        suite.ok = result[1] == "ok"
        self._number(f"suite {name}", result[2], self.suites[:-1])
        if suite.ok == any(case.verdict in FAILED for case in suite.cases):
            self.broken.append(f'suite {name} says "{result[1]}", its cases say otherwise')
        self._suite = self._case = None
        return Event("suite", line, suite)

    def _number(self, what, number, before):
        if int(number) != len(before) + 1:
            self.broken.append(f"{what} has number {number}, expected {len(before) + 1}")

    def _keep(self, event):
        text = event.line.strip()
        if text.startswith("# "):
            text = text[2:]
        if text.startswith(ERROR_LINE):
            self.errors.append(text[len(ERROR_LINE):])
        if self._case is not None:
            self._case.diag.append(text)
            event.item = self._case
        elif self.running:
            self.pending.append(text)
        return event

    # -- what came of it -------------------------------------------------

    @property
    def cases(self):
        return [case for suite in self.suites for case in suite.cases]

    def count(self, *verdicts):
        return sum(case.verdict in verdicts for case in self.cases)

    @property
    def planned(self):
        """Cases announced so far."""
        return sum(suite.plan or 0 for suite in self.suites)

    def load_address(self):
        """Where the image runs, from its banner; None when it did not say."""
        for line in [self.version or ""] + self.summary:
            found = LOAD_ADDRESS.search(line)
            if found:
                return int(found[1], 16)
        return None

    def finished(self):
        """True from the very last line on."""
        return self.last is not None

    def begins_anew(self):
        """
        True where a start behind a reset does all of it again. It says in the line behind the
        plan if not; before its first suite nobody can tell.
        """
        return bool(self.starts and self.suites and not self.resumed)

    def over(self):
        """True from where the image has nothing more to say of its tests."""
        return self.finished() or self.bail is not None

    def problems(self):
        """Why there is no whole verdict: one sentence each, [] when it is whole."""
        if self.bail is not None:
            return [f"the run gave up: {self.bail}"]
        if self.version is None:
            return ["no version line: the image did not start, or found no console"]
        if self.starts and not self.resumed:
            return ["the image started a second time: the machine was reset during the run, and"
                    " nothing of it was kept" + self._in_flight()]
        if not self.started:
            return ["no KTAP line after the version line: the run ended before the first test"
                    + self._last_words()]
        found = list(self.broken)
        found += self._plan_problems()
        found += self._total_problems()
        return found + self._zero_problems()

    def _zero_problems(self):
        """The suite of the environment tests nothing; what it found is told all the same."""
        tests = [case for case in self.cases if case.suite != ENVIRONMENT]
        if self.listed or any(case.verdict != SKIP for case in tests):
            return []
        return ["zero tests: all were skipped" if tests else "zero tests: none was selected",
                *[f"{case.id}: {case.verdict} {case.reason}" for case in self.cases
                  if case.suite == ENVIRONMENT and case.verdict in FAILED]]

    def _in_flight(self):
        running = self.starts[-1].running
        return f", in {running}" if running else ""

    def _last_words(self):
        words = [line for line in self.summary if line]
        return f', last words: "{words[-1]}"' if words else ""

    def _plan_problems(self):
        found = []
        if self.running:
            found.append(f"{self.running} began and has no result")
        for suite in self.suites:
            if suite.plan is None:
                found.append(f"suite {suite.name} has no plan")
            elif suite.plan != len(suite.cases):
                found.append(f"suite {suite.name}: {len(suite.cases)} of {suite.plan} planned"
                             " cases")
            elif suite.ok is None:
                found.append(f"suite {suite.name} has no closing line")
        if self.plan is None:
            found.append("no plan")
        elif self.plan != len(self.suites):
            found.append(f"{len(self.suites)} of {self.plan} planned suites")
        return found

    def _total_problems(self):
        if self.totals is None:
            return ["no totals"]
        found = []
        counted = (self.count(PASS), self.count(FAIL, TIMEOUT, CRASHED, XPASS), self.count(ERROR),
                   self.count(SKIP), self.count(XFAIL))
        if self.totals != counted:
            found.append(f"totals say pass, fail, error, skip, xfail {self.totals}, counted"
                         f" {counted}")
        if self.last is None:
            found.append('no last line "N passed, N failed"')
        elif self.last != (self.count(PASS), self.count(*FAILED)):
            found.append(f"the last line says {self.last[0]} passed, {self.last[1]} failed, counted"
                         f" {self.count(PASS)} and {self.count(*FAILED)}")
        return found


def parse(text):
    """Parse a whole log."""
    parser = Parser()
    for line in split_lines(text):
        parser.feed(line)
    return parser


def split_lines(text):
    """Lines of a console, where firmware also ends them with a lone carriage return."""
    return re.split(r"\r*\n|\r", text)
