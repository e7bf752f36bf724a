# SPDX-License-Identifier: BSD-2-Clause
"""Judges a run: one status, one headline, and what to look at."""

from dataclasses import dataclass, field
from pathlib import Path

from . import ktap, status
from .platform import Platform
from .process import Ending

LAST_LINES = 8


@dataclass
class Result:
    """A run and what came of it."""
    platform: Platform
    parser: ktap.Parser
    ending: Ending
    log: Path
    status: int = status.GOOD
    headline: str = ""
    details: list = field(default_factory=list)

    @property
    def seconds(self):
        return self.ending.seconds


def _where(parser):
    """The place that the run had reached."""
    if parser.running:
        return f"in {parser.running}"
    if parser.cases:
        return f"after {parser.cases[-1].id}"
    if parser.started:
        return "before the first test"
    if parser.version:
        return "after the version line, before the first test"
    return "before the image's first line"


def _last_firmware(parser):
    lines = [line for line in parser.firmware if line.strip()][-LAST_LINES:]
    return [f"firmware: {line}" for line in lines]


def _no_output(ending):
    if ending.reason == "exit" and ending.stderr and ending.returncode:
        return (status.USAGE, "QEMU ended before the machine started",
                ending.stderr.splitlines()[-LAST_LINES:])
    return (status.NO_OUTPUT, f"no output at all in {ending.seconds:.0f} s",
            ["Either nothing ran (EDK2 hangs in silence below 128 MiB, and with secure=on), or no"
             " console is described: give earlycon= for a machine without stdout-path or SPCR.",
             *ending.stderr.splitlines()[-LAST_LINES:]])


def _timeout(parser, ending, platform):
    limit = (f"no output for {platform.idle_timeout} s" if ending.reason == "idle"
             else f"not finished after {platform.timeout} s")
    headline = f"timeout {_where(parser)}: {limit}"
    return status.TIMEOUT, headline, [] if parser.version else _last_firmware(parser)


def _crash(parser):
    where = _where(parser)
    by = "" if parser.crashes[0].startswith("#") else ", reported by the firmware"
    headline = f"crash {where}{by}"
    return (status.CRASH, headline,
            [*parser.crashes[:3], *([] if parser.version else _last_firmware(parser))])


def _no_verdict(parser, ending, problems):
    details = problems[1:6]
    if parser.bail is not None and parser.version:
        details += [f"image: {line}" for line in parser.last_words[-LAST_LINES:]]
    elif parser.version is None:
        details += _last_firmware(parser)
    if ending.reason == "exit" and ending.returncode and ending.stderr:
        details += [f"QEMU: {line}" for line in ending.stderr.splitlines()[-LAST_LINES:]]
    return status.NO_VERDICT, f"no whole verdict: {problems[0]}", details


def judge(platform, parser, ending):
    """(status, headline, details) of a run."""
    if ending.reason == "stopped":
        return status.INTERRUPTED, f"interrupted {_where(parser)}", []
    if parser.crashes:
        return _crash(parser)
    if not ending.received:
        return _no_output(ending)
    if ending.reason in ("idle", "total"):
        return _timeout(parser, ending, platform)
    problems = parser.problems()
    if problems:
        return _no_verdict(parser, ending, problems)
    failed = parser.count(*ktap.FAILED)
    counts = ", ".join(f"{parser.count(verdict)} {verdict.lower()}"
                       for verdict in (ktap.PASS, ktap.SKIP, ktap.XFAIL) if parser.count(verdict))
    if failed:
        names = [case.id for case in parser.cases if case.verdict in ktap.FAILED]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return status.FAILURES, f"{failed} failed: {', '.join(names[:3])}{more}", []
    return status.GOOD, counts, []


def make_result(platform, parser, ending, log, unbootable=""):
    """@unbootable: why this image cannot start on this platform, where that is known."""
    found = judge(platform, parser, ending)
    if unbootable and not parser.version and found[0] not in (status.USAGE, status.INTERRUPTED):
        found = status.NO_VERDICT, f"no whole verdict: {unbootable}", _last_firmware(parser)
    return Result(platform, parser, ending, log, *found)
