# SPDX-License-Identifier: BSD-2-Clause
"""Exit statuses of the runner, and the errors that end it before a verdict."""

GOOD = 0            # whole and good verdict
FAILURES = 1        # whole verdict, with failures
USAGE = 2           # usage, missing tool or firmware, QEMU refuses its command line
NO_VERDICT = 3      # no version line, short plan, no totals, zero tests, bail out
TIMEOUT = 4         # too long without output, or altogether
CRASH = 5           # a crash dump of the image or of the firmware
NO_OUTPUT = 6       # not one byte
INTERRUPTED = 130   # Ctrl-C or SIGTERM

NAMES = {
    GOOD: "good", FAILURES: "failures", USAGE: "usage", NO_VERDICT: "no whole verdict",
    TIMEOUT: "timeout", CRASH: "crash", NO_OUTPUT: "no output", INTERRUPTED: "interrupted",
}


class UsageError(Exception):
    """What the user has to put right: ends in status 2 with this text."""


class Absent(UsageError):
    """A file that scripts/setup fetches is not there: make check skips what is tried with it."""
