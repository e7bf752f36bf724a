# SPDX-License-Identifier: BSD-2-Clause
"""What make check expects of a run, and what it says when a run differs."""

from dataclasses import replace
from pathlib import Path

import pytest
from runnertest import log_text

from assay import expect, ktap, verdict
from assay.platform import Platform
from assay.process import Ending
from assay.status import UsageError

SKIPS = {"lib.memcpy": "no memory to spare"}
XFAILS = {"lib.sort": "known since board revision 2"}


def result(log="good", skips=None, xfails=None, change=("", "")):
    platform = Platform(name="p", about="x", skips=SKIPS if skips is None else skips,
                        xfails=XFAILS if xfails is None else xfails)
    text = log_text(log).replace(*change) if change[0] else log_text(log)
    ending = Ending("exit", 0, "", 1.0, len(text))
    return verdict.make_result(platform, ktap.parse(text), ending, Path("p.log"))


def test_a_run_as_expected_has_no_problems():
    assert expect.platform_problems(result()) == []


@pytest.mark.parametrize("tables, words", [
    ({"skips": {}}, 'lib.memcpy: unexpected SKIP; were it right, [skips] would hold "lib.memcpy" = "no memory'),
    ({"skips": {**SKIPS, "lib.strlen": "why"}}, '[skips] names "lib.strlen", which came out as PASS'),
    ({"skips": {**SKIPS, "lib.gone": "why"}}, '[skips] names "lib.gone", and there is no such case'),
    ({"skips": {"lib.memcpy": "another"}}, 'SKIP for the reason "no memory to spare", [skips] says "another"'),
    ({"xfails": {}}, "lib.sort: unexpected XFAIL"),
    ({"xfails": {**XFAILS, "lib.strlen": "why"}}, '[xfails] names "lib.strlen", which came out as PASS'),
    ({"change": ("1..3", "1..4")}, "no whole verdict: 3 of 4 planned suites"),
    ({"log": "failures"}, "dt.timer_interrupts_are_ppis: FAIL"),
])
def test_one_more_or_one_less_is_a_problem(tables, words):
    assert any(words in line for line in expect.platform_problems(result(**tables)))


def test_a_failure_known_of_another_build_is_called_so():
    known = {"dt.timer_interrupts_are_ppis": "Debian's tree"}
    lines = expect.platform_problems(result(log="failures"), known)
    assert any(line.startswith("dt.timer_interrupts_are_ppis: FAIL (known of Debian's build: Debian's tree)")
               for line in lines)
    assert sum("known of" in line for line in lines) == 1


def test_register_dumps_are_compared_both_ways():
    ours = expect.registers(result().parser)
    assert ours == {"SCTLR": 0x30d0198d, "TCR": 2}
    assert expect.register_problems("a", ours, "b", dict(ours)) == []
    assert expect.register_problems("a", ours, "b", {**ours, "TCR": 3}) == ["TCR: 0x2 on a, 0x3 on b"]
    assert expect.register_problems("a", ours, "b", {"TCR": 2}) == ["SCTLR: only on a"]
    assert expect.register_problems("a", {"TCR": 2}, "b", ours) == ["SCTLR: only on b"]
    assert "printed no line" in expect.register_problems("a", ours, "b", {})[0]


RESULTS = """
append = "run=x"
totals = "# totals: pass 4, fail 0, error 0, skip 1, xfail 1"
last = "4 passed, 0 failed"
[cases]
"lib.strlen" = "PASS"
"lib.strcmp" = "PASS"
"lib.memcpy" = "SKIP"
"lib.sort" = "XFAIL"
"boot.register_dump" = "PASS"
"environment.clean" = "PASS"
"""


@pytest.mark.parametrize("old, new, words", [
    ("", "", None),
    ('"lib.strlen" = "PASS"', '"lib.strlen" = "FAIL"', "lib.strlen: expected FAIL, got PASS"),
    ('"lib.strlen" = "PASS"', "", "lib.strlen: ran, and is not in the table"),
    ('"lib.strlen"', '"lib.gone"', "lib.gone: expected PASS, and it did not run"),
    ("4 passed", "5 passed", 'expected "5 passed, 0 failed"'),
    ("pass 4", "pass 5", 'expected "# totals: pass 5'),
])
def test_known_results(tmp_path, old, new, words):
    path = tmp_path / "expected.toml"
    path.write_text(RESULTS.replace(old, new) if old else RESULTS)
    problems = expect.result_problems(result().parser, expect.load_results(path))
    assert any(words in line for line in problems) if words else problems == []


@pytest.mark.parametrize("old, new, words", [
    ('last = "4 passed, 0 failed"', "", "expected append, cases, last, totals, found"),
    ('"PASS"', '"GOOD"', "expected one of PASS, SKIP"),
])
def test_a_bad_table_is_named(tmp_path, old, new, words):
    path = tmp_path / "expected.toml"
    path.write_text(RESULTS.replace(old, new, 1))
    with pytest.raises(UsageError, match=words) as error:
        expect.load_results(path)
    assert "expected.toml" in str(error.value)


def test_known_failures_without_words():
    """Where nobody could tell the image, they come out as failures, and must."""
    silent = replace(result(log="failures").platform, words=False)
    run = replace(result(log="failures"), platform=silent)
    ids = [case.id for case in run.parser.cases if case.verdict in expect.ktap.FAILED]
    assert ids and all(any(name in line for line in expect.platform_problems(run)) for name in ids)
    known = replace(run, platform=replace(silent, xfails=dict.fromkeys(ids, "known")))
    assert not any(name in line for line in expect.platform_problems(known) for name in ids)
    gone = replace(run, platform=replace(silent, xfails={"no.such": "known"}))
    assert any('"no.such", which did not fail' in line for line in expect.platform_problems(gone))
