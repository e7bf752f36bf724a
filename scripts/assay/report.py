# SPDX-License-Identifier: BSD-2-Clause
"""Shows a run on a terminal (colours, progress line) or on a pipe (the image's own lines)."""

import shutil
import sys
import time

from . import ktap, status

GREEN, RED, YELLOW, BOLD, DIM, PLAIN = "32", "31", "33", "1", "2", "0"
COLOURS = {ktap.PASS: GREEN, ktap.SKIP: YELLOW, ktap.XFAIL: YELLOW}
CLEAR_LINE = "\r\x1b[K"
REDRAW = 0.05           # seconds between two progress lines


def paint(text, colour):
    return f"\x1b[{colour}m{text}\x1b[{PLAIN}m"


class PipeReport:
    """From the version line on, what the image says, as it is: KTAP for the next program."""

    def __init__(self, out=None, verbose=False):
        self.out = out or sys.stdout
        self.verbose = verbose

    def event(self, event):
        if event.kind != "firmware" or self.verbose:
            print(f"{event.stamp}{event.line}".rstrip(), file=self.out, flush=True)

    def tick(self):
        """Nothing on a pipe moves by itself."""

    def end(self, result):
        """The runner's own words, beside the image's output and not in it."""
        if result.status != status.GOOD:
            for line in conclusion(result):
                print(line, file=sys.stderr, flush=True)


class TerminalReport:
    """One line a suite, failures whole, a progress line below."""

    def __init__(self, out=None, verbose=False):
        self.out = out or sys.stdout
        self.verbose = verbose
        self.parser = None              # for the progress line; the runner sets it
        self.begin = time.monotonic()
        self.drawn = -REDRAW

    def event(self, event):
        handler = getattr(self, f"_{event.kind}", None)
        text = handler(event) if handler else None
        self._print(text if text is None else event.stamp + text)
        self._progress(text is not None)

    def tick(self):
        """Time goes on, and the case that began last may be in no line yet."""
        self._progress(False)

    def _print(self, text):
        if text is not None:
            self.out.write(f"{CLEAR_LINE}{text}\n")

    def _progress(self, now):
        """Draw the progress line: again when it was written over, else not too often."""
        parser = self.parser
        seconds = time.monotonic() - self.begin
        if parser is None or parser.finished() or not (now or seconds - self.drawn > REDRAW):
            return
        self.drawn = seconds
        what = parser.running or (parser.cases[-1].id if parser.cases else
                                  "starting" if parser.version else "firmware")
        planned = f"[{len(parser.cases)}/{parser.planned}] " if parser.planned else ""
        failed = parser.count(*ktap.FAILED)
        line = f"{planned}{what}  {failed} failed  {seconds:.1f} s"
        columns = shutil.get_terminal_size().columns
        self.out.write(CLEAR_LINE + paint(line[:columns - 1], DIM))
        self.out.flush()

    def _firmware(self, event):
        return paint(event.line, DIM) if self.verbose else None

    def _version(self, event):
        return paint(event.line, BOLD)

    def _free(self, event):
        return event.line

    def _diag(self, event):
        case = event.item
        if case is not None and case.verdict in ktap.FAILED:
            return f"      {event.line.strip().removeprefix('# ')}"
        return event.line if self.verbose or case is None and not self.parser.running else None

    def _case(self, event):
        case = event.item
        if case.verdict in (ktap.PASS, ktap.SKIP) and not self.verbose:
            return None
        reason = f"  {case.reason}" if case.reason else ""
        text = f"  {case.verdict:7} {case.id}{reason}"
        return paint(text, COLOURS.get(case.verdict, RED))

    def _suite(self, event):
        suite = event.item
        failed = sum(case.verdict in ktap.FAILED for case in suite.cases)
        passed = sum(case.verdict == ktap.PASS for case in suite.cases)
        text = f"{suite.name:16} {passed} passed" + (f", {failed} failed" if failed else "")
        lines = [] if self.verbose else self._skips(suite)
        return "\n".join([*lines, paint(text, RED if failed else GREEN if passed else YELLOW)])

    @staticmethod
    def _skips(suite):
        """A line for each reason, since one thing that is missing skips many cases."""
        reasons = {}
        for case in suite.cases:
            if case.verdict == ktap.SKIP:
                reasons.setdefault(case.reason, []).append(case.id)
        return [paint(f"  SKIP    {ids[0] if len(ids) == 1 else f'{len(ids)} cases'}  {reason}", YELLOW)
                for reason, ids in reasons.items()]

    def _crash(self, event):
        return paint(event.line, RED)

    _bail = _crash

    def _last(self, event):
        return paint(event.line, GREEN if event.line.endswith(" 0 failed") else RED)

    def end(self, result):
        self.out.write(CLEAR_LINE)
        if result.status != status.GOOD:
            head, *rest = conclusion(result)
            self._print(paint(head, RED))
            for line in rest:
                self._print(line)
        self.out.flush()


def conclusion(result):
    """What the runner itself has to say about a run that is not good."""
    lines = [f"{result.platform.name}: {status.NAMES[result.status]} (status {result.status}):"
             f" {result.headline}"]
    lines += [f"  {line}" for line in result.details]
    failed = [case for case in result.parser.cases if case.verdict in ktap.FAILED and case.suite != ktap.ENVIRONMENT]
    if failed:
        lines.append(f"  what it means, and what makes it fail: scripts/explain {failed[0].id}")
    return lines + [f"  log: {result.log}"]


def make_report(verbose=False, out=None):
    out = out or sys.stdout
    return (TerminalReport if out.isatty() else PipeReport)(out, verbose)
