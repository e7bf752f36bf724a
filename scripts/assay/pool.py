# SPDX-License-Identifier: BSD-2-Clause
"""Runs items two at a time, prints a line as each ends, and closes with 'N passed, N failed'."""

import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from . import junit, process, report
from .items import guarded

WORKERS = 2


class Printer:
    """Lines on a pipe; colours and a progress line on a terminal."""

    def __init__(self, total, out=None):
        self.out = out or sys.stdout
        self.terminal = self.out.isatty()
        self.total = total
        self.done = self.failed = 0
        self.begin = time.monotonic()

    def item(self, name, outcome, seconds):
        self.done += 1
        self.failed += bool(outcome.failed)
        verdict = "FAIL" if outcome.failed else "ok"
        head = f"{verdict:4} {name:32} {seconds:6.1f} s"
        self.line(f"{head}  {outcome.notes[0]}" if outcome.notes else head,
                  report.RED if outcome.failed else report.GREEN)
        for note in outcome.notes[1:]:
            self.line(f"{'':48}{note}")
        for problem in outcome.problems:
            self.line(f"       {problem}")
        self.progress()

    def line(self, text, colour=None):
        if self.terminal:
            text = report.CLEAR_LINE + (report.paint(text, colour) if colour else text)
        print(text, file=self.out, flush=True)

    def progress(self):
        if self.terminal and self.done < self.total:
            seconds = time.monotonic() - self.begin
            text = f"[{self.done}/{self.total}] {self.failed} failed  {seconds:.0f} s"
            self.out.write(report.CLEAR_LINE + text[:shutil.get_terminal_size().columns - 1])
            self.out.flush()


def run(items, context):
    """Run all; returns [(item, outcome)] in the order of @items."""
    printer = Printer(len(items))
    printer.progress()
    outcomes = {}
    executor = ThreadPoolExecutor(max_workers=WORKERS)
    try:
        futures = {executor.submit(guarded, item, context): item for item in items}
        for future in as_completed(futures):
            outcome, seconds = future.result()
            outcomes[futures[future]] = outcome
            printer.item(futures[future].name, outcome, seconds)
    finally:
        if len(outcomes) < len(items):
            process.stop_all()
        executor.shutdown(cancel_futures=True)
    return [(item, outcomes[item]) for item in items]


def close(pairs, path):
    """Write the JUnit file, print the last lines; returns the exit status."""
    junit.write(path, [outcome.suite for _, outcome in pairs if outcome.suite is not None])
    failed = sum(outcome.failed for _, outcome in pairs)
    passed = sum(outcome.passed for _, outcome in pairs)
    skipped = sum(outcome.skipped for _, outcome in pairs)
    if skipped:
        print(f"# {skipped} skipped on this machine; their reasons are in {path}")
    for item, outcome in pairs:
        if outcome.failed:
            print(f"# failed: {item.name}")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if passed and not failed else 1
