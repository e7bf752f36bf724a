# SPDX-License-Identifier: BSD-2-Clause
"""Parts of a run that are put together: scripts/assay/resume.py."""

from types import SimpleNamespace

import hosttest  # noqa: F401  (the path to scripts)
import pytest

from assay import ktap, resume, runner, status
from assay.platform import Platform
from assay.process import Ending

HEAD = ["assay 0.1.0", "KTAP version 1", "1..2", "    KTAP version 1", "    # Subtest: a"]
TAIL = ["    KTAP version 1", "    # Subtest: environment", "    1..1", "    ok 1 clean",
        "ok 2 environment"]


def parse(*lines):
    parser = ktap.Parser()
    for line in lines:
        parser.feed(line)
    return parser


def ending(reason="exit"):
    return Ending(reason, 0, "", 1.0, 100)


def whole(case="ok 1 two"):
    good = "ok" if case.startswith("ok") else "not ok"
    counts = ("pass 2, fail 0", "2 passed, 0") if good == "ok" else ("pass 1, fail 1", "1 passed, 1")
    return parse(*HEAD, "    1..1", "    # run a.two", f"    {case}", f"{good} 1 a", *TAIL,
                 f"# totals: {counts[0]}, error 0, skip 0, xfail 0", f"{counts[1]} failed")


@pytest.mark.parametrize("reason, verdict", [
    ("idle", ktap.TIMEOUT), ("total", ktap.TIMEOUT), ("exit", ktap.CRASHED), ("cut", ktap.CRASHED),
])
def test_case_in_flight_is_lost(reason, verdict):
    first = parse(*HEAD, "    1..2", "    # run a.one")
    joined = resume.Joined()
    assert joined.add(first, ending(reason)) == "a.one"
    assert joined.add(whole(), ending()) is None
    parser = joined.parser(whole())
    assert [(case.id, case.verdict) for case in parser.cases] == [
        ("a.one", verdict), ("a.two", ktap.PASS), ("environment.clean", ktap.PASS)]
    assert parser.problems() == []
    assert parser.lost == ["a.one"]
    assert resume.closing(parser)[1] == "2 passed, 1 failed"


def test_verdict_that_the_image_gave():
    first = parse(*HEAD, "    1..2", "    # run a.one", "# reset: TIMEOUT at loop+0x4")
    joined = resume.Joined()
    joined.add(first, ending())
    case = joined.cases["a.one"]
    assert (case.verdict, case.reason) == (ktap.TIMEOUT, "at loop+0x4")


def test_between_two_cases_nothing_is_lost():
    first = parse(*HEAD, "    1..2", "    # run a.one", "    ok 1 one")
    joined = resume.Joined()
    assert joined.add(first, ending("cut")) == "a.one"
    assert joined.lost == []


def test_start_that_kept_nothing():
    first = parse(*HEAD, "    1..2", "    # run a.one", *HEAD)
    assert resume.is_broken(first, ending("done"))
    joined = resume.Joined()
    assert joined.add(first, ending("done")) == "a.one"
    assert "nothing of the run was kept" in joined.cases["a.one"].reason


def test_start_that_goes_on_is_one_run():
    first = parse(*HEAD, "    1..2", "    # run a.one", *HEAD[:3],
                  "# start 2 of this run: it goes on behind a reset", *HEAD[3:], "    1..2",
                  "    not ok 1 one # CRASHED the machine was reset while it ran",
                  "    # start 2 of this run:", "    # run a.two", "    ok 2 two", "not ok 1 a", *TAIL,
                  "# totals: pass 2, fail 1, error 0, skip 0, xfail 0", "2 passed, 1 failed")
    assert not resume.is_broken(first, ending())
    assert first.problems() == []


def test_start_tells_before_its_first_suite_whether_it_goes_on():
    parser = parse(*HEAD, "    1..2", "    # run a.one", *HEAD[:3])
    assert not parser.begins_anew()
    for line in HEAD[3:]:
        parser.feed(line)
    assert parser.begins_anew()


EARLY = ["UEFI Shell", "# run a.early", "ok a.early", "# run b.early", "# check:    1", "not ok b.early"]


def test_case_that_hangs_while_boot_services_live_is_left_out():
    first = parse(*EARLY, "# run c.early", "a word of the firmware's")
    assert resume.is_broken(first, ending("idle"))
    joined = resume.Joined()
    assert joined.add(first, ending("idle")) == ""
    assert (joined.lost, joined.early) == (["c.early"], ["c.early"])
    assert joined.add(parse(*HEAD, "    1..2", "    # run a.one"), ending("idle")) == "a.one"
    joined.add(whole(), ending())
    parser = joined.parser(whole())
    assert [(case.id, case.verdict) for case in parser.cases][:2] == [
        ("c.early", ktap.TIMEOUT), ("a.one", ktap.TIMEOUT)]
    assert parser.problems() == []


@pytest.mark.parametrize("lines", [EARLY, [*EARLY, "# run c.last_call", HEAD[0]]])
def test_start_without_a_case_in_flight_is_not_begun_again(lines):
    assert not resume.is_broken(parse(*lines), ending("idle"))


@pytest.mark.parametrize("append, words", [
    ("", 'skip="a.b" after=c.d'),
    ("skip=x.* loglevel=3", 'skip=x.* loglevel=3 skip="x.*,a.b" after=c.d'),
    ('skip="x.*,y"', 'skip="x.*,y" skip="x.*,y,a.b" after=c.d'),
])
def test_words_to_go_on_with(append, words):
    platform = resume.behind(Platform("direct", append=append), "c.d", ["a.b"])
    assert platform.append == words


def test_part_that_brings_nothing_new_is_the_last():
    joined = resume.Joined()
    assert joined.add(parse(*HEAD, "    1..2", "    # run a.one"), ending("idle")) == "a.one"
    assert joined.add(parse(*HEAD, "    1..2", "    # run a.one"), ending("idle")) is None


@pytest.mark.parametrize("reason", ["cut", "exit"])
def test_machine_that_goes_away_before_its_first_case_is_started_again(reason):
    joined = resume.Joined()
    assert joined.add(parse(*HEAD, "    1..2", "    # run a.one"), ending(reason)) == "a.one"
    for _ in range(resume.PATIENCE):
        assert joined.add(parse(HEAD[0]), ending(reason)) == "a.one"
    assert joined.add(whole(), ending()) is None
    assert joined.lost == ["a.one"]


def test_machine_that_always_goes_away_is_given_up():
    joined = resume.Joined()
    joined.add(parse(*HEAD, "    1..2", "    # run a.one"), ending("cut"))
    for _ in range(resume.PATIENCE):
        joined.add(parse(HEAD[0]), ending("cut"))
    assert joined.add(parse(HEAD[0]), ending("cut")) is None


def test_last_case_of_all():
    first = parse(*HEAD, "    1..1", "    # run a.one")
    last = parse(*HEAD[:3], *TAIL[:3],
                 "    not ok 1 clean # ERROR nothing was tested: no case is left behind after=a.one",
                 "not ok 1 environment", "# totals: pass 0, fail 0, error 1, skip 0, xfail 0",
                 "0 passed, 1 failed")
    joined = resume.Joined()
    joined.add(first, ending())
    joined.add(last, ending())
    assert resume.closing(joined.parser(last))[1] == "1 passed, 1 failed"


def test_joined_run_is_ktap():
    joined = resume.Joined()
    joined.add(parse(*HEAD, "    1..2", "    # run a.one"), ending("idle"))
    joined.add(whole("not ok 1 two"), ending())
    again = parse(*resume.ktap_text(joined.parser(whole("not ok 1 two"))).splitlines())
    assert again.problems() == []
    assert [case.verdict for case in again.cases] == [ktap.TIMEOUT, ktap.FAIL, ktap.PASS]


def test_end_that_was_cut_off_is_looked_at_again():
    first = parse(*HEAD, "    1..1", "    # run a.one", "    ok 1 one", "ok 1 a", *TAIL)
    assert resume.Joined().add(first, ending("cut")) == "a.one"


def test_errors_of_a_part_without_its_end_are_kept():
    first = parse(*HEAD, "    1..2", "    # run a.one", "    ok 1 one",
                  "# error: suite b: exit() failed")
    joined = resume.Joined()
    joined.add(first, ending("cut"))
    joined.add(whole(), ending())
    parser = joined.parser(whole())
    assert [(case.id, case.verdict, case.reason) for case in parser.cases][-1] == (
        "environment.clean", ktap.ERROR, "suite b: exit() failed")


def test_parts_that_lead_nowhere_keep_their_results(monkeypatch, tmp_path):
    parts = [[*HEAD, "    1..3", "    # run a.one"],
             [*HEAD, "    1..2", "    # run a.two", "    ok 1 two", "    # run a.three"],
             [HEAD[0]]]

    def play(_platform, _setup, _log, parser, _options):
        for line in parts.pop(0):
            parser.feed(line)
        return ending("idle")
    monkeypatch.setattr(runner, "_part", play)
    monkeypatch.setattr(runner.qemu, "unbootable", lambda *_: "")
    result = runner.run(Platform("direct"), SimpleNamespace(logs=tmp_path), resume=True)
    assert (result.status, result.headline.split(":")[0]) == (status.TIMEOUT, "timeout in a.one")
    assert [(case.id, case.verdict) for case in result.parser.cases] == [
        ("a.one", ktap.TIMEOUT), ("a.two", ktap.PASS), ("a.three", ktap.TIMEOUT)]
