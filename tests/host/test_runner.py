# SPDX-License-Identifier: BSD-2-Clause
"""The runner of the image, on the build machine: selections, verdicts and what is reported."""

import functools
import re
import tomllib

import hosttest
import pytest
from imagerunner import ALPHA, BETA, END, boot, run

SELFTEST = hosttest.TOP / "tests/selftest/expected.toml"


@functools.lru_cache
def selftest():
    """The run that expected.toml describes, and what it expects."""
    expected = tomllib.loads(SELFTEST.read_text())
    return boot(expected["append"]), expected


def test_selftest_verdicts():
    report, expected = selftest()
    assert report.results == expected["cases"]


def test_selftest_totals():
    report, expected = selftest()
    lines = report.text.splitlines()
    assert lines[-2:] == [expected["totals"], expected["last"]]
    assert report.status == 1


def test_selftest_is_clean():
    assert not selftest()[0].errors


REPORTS = {
    "fails": ["check:    CHECK_EQ(1 + 1, 3)", "found:    2 (0x2)", "expected: 3 (0x3)",
              "place:    node /timer cell 3", "where:", "clause:   SPEC-A 1.2.3",
              "hint:     arithmetic is broken"],
    "fails_in_high_bits": ["check:    CHECK_EQ(0x100000000ULL, 0ULL)",
                           "found:    4294967296 (0x100000000)", "expected: 0 (0x0)", "where:"],
    "fails_signed": ["check:    CHECK_GE(found, 0)", "found:    -1 (0xff)",
                     "expected: 0 (0x0)", "where:", "check:    CHECK_EQ(-ETIMEDOUT, 0)",
                     "found:    -110 (0xffffff92, ETIMEDOUT)", "expected: 0 (0x0)", "where:"],
    "fails_bool": ["check:    CHECK_EQ(found, true)", "found:    false", "expected: true",
                   "where:"],
    "fails_pointer": ["check:    CHECK_NE(found, NULL)", "found:    NULL, 0x0",
                      "expected: NULL, 0x0", "where:"],
    "fails_string": [r'check:    CHECK_STREQ("bochs\n", "BOCHS")',
                     r'found:    "bochs\x0a" (length 6)', 'expected: "BOCHS" (length 5)',
                     "where:"],
    "fails_memory": ["check:    CHECK_MEMEQ(found, expected, sizeof(found))",
                     "found:    03 04 at offset 2 (0x2) of 4 bytes",
                     "expected: 09 04 at offset 2 (0x2) of 4 bytes",
                     "place:    table APIC", "where:"],
    "fails_by_statement": ["check:    FAIL", "reason:   no check says this: 42", "where:"],
    "errs": ["check:    ERROR", "reason:   the environment is broken: EIO", "where:"],
    "checks_nothing": [],
    "runs_late": [],
    "skips": [],
    "known_but_passes": [],
    "known_late": ["reason:   took 60 ms, the deadline is 20 ms"],
}


@pytest.mark.parametrize("case", REPORTS)
def test_selftest_report(case):
    lines = selftest()[0].under(f"selftest.{case}")
    lines = [re.sub(r"^where:    .*tests/selftest/verdicts\.c:\d+$", "where:", line)
             for line in lines]
    assert lines == REPORTS[case]


@pytest.mark.parametrize("case, reason", [
    ("selftest.skips", "ID_AA64PFR0_EL1 is 0x11"),
    ("selftest.errs", "the environment is broken: EIO"),
    ("selftest.checks_nothing", "nothing checked"),
    ("selftest.runs_late", "took 60 ms, the deadline is 20 ms"),
    ("selftest.known_failure", "seen before"),
    ("selftest.known_but_passes", "seen before"),
    ("selftest.is_destructive", "destructive: runs only with destructive=on"),
    ("selftest_init_errno.second", "init(): ENODEV"),
    ("selftest_init_check.first", "init(): a check did not hold"),
    ("selftest_init_fault.first", "init(): unexpected exception: signal 11"),
    ("selftest_init_skip.first", "nothing of the kind here"),
])
def test_selftest_reason(case, reason):
    assert selftest()[0].reasons[case] == reason


def test_exception_is_reported():
    report = selftest()[0]
    assert report.under("selftest_faults.takes_data_abort") == [
        "reason:   unexpected exception: signal 11", "clause:   SPEC-B 1",
        "hint:     nothing is mapped there", "exception signal 11"]
    behind = report.under("selftest_faults.takes_data_abort_behind_failure")
    assert behind[0] == "check:    CHECK_EQ(1, 2)"
    assert "reason:   unexpected exception: signal 11" in behind
    assert report.under("selftest_faults.overflows_stack")[0] == (
        "reason:   stack overflow: signal 11")
    assert report.under("selftest_faults.writes_end_of_stack")[0] == (
        "reason:   stack overflow: all 163840 bytes of the stack were used")


def test_failures_in_a_loop_are_counted():
    lines = selftest()[0].under("selftest.fails_many")
    assert sum(line.startswith("check:") for line in lines) == 10
    assert lines[-1] == "more:     990 failures of which nothing is shown"


def test_line_before_each_case():
    report = selftest()[0]
    assert re.findall(r"^    # run (\S+)$", report.text, flags=re.M) == list(report.results)


def test_without_suites():
    report = run(program="runner_empty")
    assert report.results == {"environment.clean": "ERROR"}
    assert report.reasons["environment.clean"].startswith("no suites")
    assert report.text.splitlines()[-1] == "0 passed, 1 failed"
    assert report.status == 1



# words: what runs, in order
SELECTIONS = {
    "run=alpha": ALPHA,
    "run=alpha,beta": ALPHA + BETA,
    "run=beta,alpha": ALPHA + BETA,
    "run=alpha.one": ALPHA[:1],
    "run=alpha,alpha.one": ALPHA,
    "run=*.one": ["alpha.one", "beta.one", "gamma.one"],
    "run=?lpha.t*": ALPHA[1:],
    "run=al*": ALPHA,
    "run=alpha after=alpha.one": ALPHA[1:],
    "run=alpha,beta after=alpha.three": BETA,
    "run=alpha,beta after=beta.one": BETA[1:],
    "run=alpha after=alpha.three": [],
}


@pytest.mark.parametrize("words", SELECTIONS)
def test_selection(words):
    report = boot(words)
    assert list(report.results) == SELECTIONS[words] + END
    assert not [text for text in report.errors if "matches no case" in text]


def test_skip_says_so():
    report = boot("run=alpha skip=alpha.one,*.two")
    assert [report.results[name] for name in ALPHA] == ["SKIP"] * 3
    assert [report.reasons[name] for name in ALPHA] == [
        "skip=alpha.one", "skip=*.two", "needs a device tree"]


# words: the only error of a run that tests nothing
NOTHING_TESTED = {
    "run=alpha.three": "nothing was tested: all 1 selected cases were skipped",
    "run=alpha skip=alpha.one,*.two": "nothing was tested: all 3 selected cases were skipped",
    "run=alpha skip=alpha": "nothing was tested: all 3 selected cases were skipped",
    "run=selftest_init_skip": "nothing was tested: all 2 selected cases were skipped",
    "run=alpha after=alpha.two": "nothing was tested: all 1 selected cases were skipped",
    "run=alpha after=alpha.three":
        "nothing was tested: no case is left behind after=alpha.three",
}


@pytest.mark.parametrize("words", NOTHING_TESTED)
def test_nothing_tested_is_no_success(words):
    report = boot(words)
    assert report.errors == [NOTHING_TESTED[words]]
    assert report.reasons["environment.clean"] == NOTHING_TESTED[words]
    assert report.results["environment.clean"] == "ERROR" and report.status == 1
    listed = boot(f"list {words}")
    assert not listed.errors and listed.status == 0


@pytest.mark.parametrize("words", [
    "run=alpha", "run=alpha,beta skip=beta", "run=alpha.two,alpha.three",
    'run=selftest.fails,alpha.three xfail="selftest.fails:known"'])
def test_one_case_is_something(words):
    assert not boot(words).errors


def test_needs():
    assert boot("run=alpha.three", "--needs", 0x8).reasons["alpha.three"] == "needs PSCI"
    assert boot("run=alpha.three", "--needs", 0x28).results["alpha.three"] == "PASS"


# words: first error; each fails the run
SELECTION_ERRORS = {
    "run=alpha,nix": "run=nix matches no case of this image",
    "run=alpha skip=nix.*": "skip=nix.* matches no case of this image",
    "run=alpha xfail=nix:because": "xfail=nix matches no case of this image",
    "run=nix": "run=nix matches no case of this image",
    "run=alpha skip=alpha": "nothing was tested",
    "run=alpha after=beta.one": "after=beta.one: no such case is selected",
    "run=alpha after=alpha.nix": "after=alpha.nix: no such case is selected",
    "run=alpha,": "load options: run=alpha,: EINVAL; run: runs only these",
    "run=": "load options: run=: EINVAL",
    "run": "load options: run: EINVAL without a value",
    "run=alpha xfail=alpha": "load options: xfail=alpha: EINVAL; xfail: a known failure",
    "run=alpha xfail=alpha:": "load options: xfail=alpha:: EINVAL",
    "run=alpha repeat=0": "load options: repeat=0: ERANGE; repeat: runs each case so often",
    "run=alpha repeat=x": "load options: repeat=x: EINVAL",
    "run=alpha shuffle": "load options: shuffle: EINVAL without a value",
    "run=alpha timeout=-1": "load options: timeout=-1: EINVAL",
    "run=alpha destructive=maybe": "load options: destructive=maybe: EINVAL",
}


@pytest.mark.parametrize("words", SELECTION_ERRORS)
def test_selection_error(words):
    report = boot(words)
    assert report.errors[0].startswith(SELECTION_ERRORS[words])
    assert report.results["environment.clean"] == "ERROR"
    assert report.reasons["environment.clean"] == report.errors[0]
    assert report.status == 1


def test_after_unknown_runs_nothing():
    report = boot("run=alpha after=alpha.nix")
    assert list(report.results) == END and len(report.errors) == 1


def test_shuffle():
    first = boot("run=alpha,beta shuffle=7")
    assert list(boot("run=alpha,beta shuffle=7").results) == list(first.results)
    assert sorted(first.results) == sorted(ALPHA + BETA + END)
    assert "# shuffle: seed 7\n" in first.text
    orders = {tuple(boot(f"run=alpha,beta shuffle={seed}").results) for seed in range(20)}
    assert len(orders) > 10
    assert {order[0].split(".")[0] for order in orders} == {"alpha", "beta"}
    for order in orders:    # suites stay together
        assert [n.split(".")[0] for n in order[:6]] in (["alpha"] * 3 + ["beta"] * 3,
                                                        ["beta"] * 3 + ["alpha"] * 3)


def splitmix64(state):
    """The generator, from its paper."""
    mask = 2**64 - 1
    while True:
        state = (state + 0x9e3779b97f4a7c15) & mask
        z = ((state ^ state >> 30) * 0xbf58476d1ce4e5b9) & mask
        z = ((z ^ z >> 27) * 0x94d049bb133111eb) & mask
        yield z ^ z >> 31


def shuffled(items, numbers):
    """Fisher and Yates, from the end."""
    items = list(items)
    for n in range(len(items), 1, -1):
        other = next(numbers) % n
        items[n - 1], items[other] = items[other], items[n - 1]
    return items


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_shuffle_is_the_same_everywhere(seed):
    """An order that was seen to fail can be asked for again on any machine."""
    numbers = splitmix64(seed)
    expected = sum([shuffled(suite, numbers) for suite in shuffled([ALPHA, BETA], numbers)], [])
    assert list(boot(f"run=alpha,beta shuffle={seed}").results) == expected + END


def test_after_goes_with_shuffle():
    order = list(boot("run=alpha,beta shuffle=5").results)
    rest = boot(f"run=alpha,beta shuffle=5 after={order[2]}")
    assert list(rest.results) == order[3:]


def test_repeat_keeps_the_worst():
    assert boot("run=beta.flaky repeat=2").results["beta.flaky"] == "PASS"
    report = boot("run=beta.flaky repeat=5")
    assert report.results == {"beta.flaky": "FAIL", "environment.clean": "PASS"}
    assert report.under("beta.flaky")[1] == "found:    3 (0x3)"
    assert "# repeat:   1 of 5 runs did not pass; what follows is of run 3\n" in report.text


def test_destructive():
    assert boot("run=beta.destructive").results["beta.destructive"] == "SKIP"
    assert boot("run=beta.destructive destructive=on").results["beta.destructive"] == "PASS"


@pytest.mark.parametrize("factor, verdict", [(1, "TIMEOUT"), (2, "TIMEOUT"), (3, "PASS"),
                                             (0, "PASS")])
def test_timeout_factor(factor, verdict):
    """The case takes 60 ms, its deadline is 20."""
    assert boot(f"run=selftest.runs_late timeout={factor}").results[
        "selftest.runs_late"] == verdict


def test_list():
    report = boot("list run=alpha")
    assert re.findall("^# list (.*)$", report.text, flags=re.M) == [
        "alpha.one SPEC-A 1", "alpha.two", "alpha.three"]
    assert list(report.results) == END and report.status == 0


@pytest.mark.parametrize("words, names", [
    ("list run=alpha skip=alpha.t*", ["alpha.one"]),
    ("list run=alpha,beta skip=beta", ["alpha.one", "alpha.two", "alpha.three"]),
    ("list run=alpha skip=alpha.one after=alpha.one", ["alpha.two", "alpha.three"]),
])
def test_list_leaves_out_what_skip_names(words, names):
    report = boot(words)
    assert re.findall(r"^# list (\S+)", report.text, flags=re.M) == names
    assert not report.errors


BOOT_SERVICES = ("--services", 1)
ALIVE = "boot services are alive (finish=return): only list and cases for that phase run"


def test_boot_services_alive():
    """No case of ours touches a machine that is still the firmware's."""
    report = boot("run=alpha,epsilon", *BOOT_SERVICES)
    assert [name for name in report.results if report.results[name] == "PASS"] == [
        "epsilon.early", "environment.clean"]
    for name in [*ALPHA, "epsilon.two", "epsilon.three"]:
        assert (report.results[name], report.reasons[name]) == ("SKIP", ALIVE)
    assert report.status == 0


def test_boot_services_alive_and_nothing_to_run():
    report = boot("run=alpha", *BOOT_SERVICES)
    assert report.errors == ["nothing was tested: all 3 selected cases were skipped"]
    assert report.status == 1


def test_list_while_boot_services_are_alive():
    report = boot("list run=epsilon", *BOOT_SERVICES)
    assert re.findall("^# list (.*)$", report.text, flags=re.M) == [
        "epsilon.early", "epsilon.two", "epsilon.three"]
    assert not report.errors and report.status == 0


def test_phases_without_boot_services():
    report = boot("run=epsilon", "--needs", 0x20)
    assert list(report.results.values()) == ["SKIP", "PASS", "SKIP", "PASS"]
    assert report.reasons["epsilon.early"] == (
        "needs to be booted by UEFI")


@pytest.mark.parametrize("words, case, line", [
    ('xfail="alpha.one:see # SKIP bug"', "alpha.one", "not ok 1 one # XPASS see _ SKIP bug"),
    ('xfail="beta.one:#1\n#2"', "beta.one", "not ok 1 one # XPASS _1__2"),
    ("skip=alpha.one[#]", "environment.clean",
     "not ok 1 clean # ERROR skip=alpha.one[_] matches no case of this image: "
     '"list" names them'),
    ("", "delta.hashes", "ok 1 hashes # SKIP node /x has no _size-cells"),
])
def test_one_directive_a_line(words, case, line):
    """Other parsers of KTAP take what follows the last '#' for the directive."""
    report = boot(f"run={case} {words}" if not case.startswith("env") else f"run=alpha {words}")
    assert f"    {line}\n" in report.text


def test_long_reason_is_whole():
    reason = "r#" * 2000
    report = boot(f"run=alpha xfail=alpha.one:{reason}")
    assert report.reasons["alpha.one"] == reason.replace("#", "_")


def test_diag():
    assert "    # run alpha.two\n    # in two\n    ok 1 two\n" in boot("run=alpha.two").text


def test_error_in_a_case_is_the_environments():
    report = boot("run=delta.complains")
    assert report.results == {"delta.complains": "PASS", "environment.clean": "ERROR"}
    assert report.reasons["environment.clean"] == "table FACP: checksum 0x12"


def test_errors_are_counted():
    report = boot("run=alpha one=1 two=2")
    assert report.under("environment.clean") == ['errors:   2, each on a line "# error:" above']


def test_case_that_never_comes_back_is_crashed():
    report = boot("run=delta.hides_end")
    assert report.results["delta.hides_end"] == "CRASHED"
    assert "# totals: pass 1, fail 1, error 0, skip 0, xfail 0" in report.text


def test_skip_needs_a_reason():
    assert boot("run=delta.skips_in_silence").reasons["delta.skips_in_silence"] == (
        "SKIP() without a reason")


def test_exit_that_fails():
    report = boot("run=gamma")
    assert report.results == {"gamma.one": "PASS", "environment.clean": "ERROR"}
    assert "suite gamma: exit() failed" in report.reasons["environment.clean"]
