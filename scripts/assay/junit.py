# SPDX-License-Identifier: BSD-2-Clause
"""JUnit XML by junitparser: a suite a platform, a case a case."""

import json

from . import ktap, status
from .status import UsageError

try:
    import junitparser
except ImportError:
    junitparser = None


def require():
    """The junitparser module, or UsageError naming its package."""
    if junitparser is None:
        raise UsageError("the Python module junitparser is not installed: install the Debian"
                         " package python3-junitparser")
    return junitparser


def _outcome(case):
    text = "\n".join(case.diag)
    if case.verdict in (ktap.SKIP, ktap.XFAIL):
        prefix = "expected failure: " if case.verdict == ktap.XFAIL else ""
        return junitparser.Skipped(prefix + case.reason)
    kind = junitparser.Error if case.verdict == ktap.ERROR else junitparser.Failure
    outcome = kind(f"{case.verdict} {case.reason}".strip() + _summary(case), case.verdict)
    outcome.text = text
    return outcome


def _summary(case):
    facts = dict(case.facts())
    keys = ("check", "found", "expected", "where")
    parts = [f"{key} {facts[key]}" for key in keys if key in facts]
    return ": " + ", ".join(parts) if parts else ""


def make_case(name, classname, seconds=0.0, failure=None, text="", skipped=None):
    """A test case of our own, outside of the image."""
    case = require().TestCase(name, classname=classname, time=seconds)
    if skipped is not None:
        case.result = [junitparser.Skipped(skipped)]
    if failure is not None:
        outcome = junitparser.Failure(failure)
        outcome.text = text
        case.result = [outcome]
    return case


def figures(result):
    """What the cases of a run measured, as (id of the case, figure)."""
    return [(case.id, figure) for case in result.parser.cases for figure in case.figures()
            if "what" in figure]


def write_figures(path, result):
    """All that was measured, as one JSON file; none where nothing was."""
    found = [{"platform": result.platform.name, "case": case, **figure}
             for case, figure in figures(result)]
    path.unlink(missing_ok=True)
    if found:
        path.write_text(json.dumps(found, indent=1) + "\n")


def image_suite(result):
    """The suite of one run: every case, what was measured as properties, and "verdict", which fails when the run is not whole."""
    require()
    name = result.platform.name
    suite = junitparser.TestSuite(name)
    for case in result.parser.cases:
        entry = junitparser.TestCase(case.name, classname=f"{name}.{case.suite}")
        if case.verdict != ktap.PASS:
            entry.result = [_outcome(case)]
        suite.add_testcase(entry)
    for case, figure in figures(result):
        suite.add_property(f"{case}: {figure['what']}", json.dumps(figure))
    whole = result.status in (status.GOOD, status.FAILURES)
    suite.add_testcase(make_case("verdict", name, result.seconds,
                                 None if whole else result.headline, "\n".join(result.details)))
    return suite


def write(path, suites):
    """Write suites to a file."""
    xml = require().JUnitXml("assay")
    for suite in suites:
        xml.add_testsuite(suite)
    xml.update_statistics()
    xml.write(str(path), pretty=True)
