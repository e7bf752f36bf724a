#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The runner of the image and its command line, on the build machine.

tests/host/runner/ links lib/test and the command line of lib/core with suites
that pass (suites.c) and with tests/selftest. Each test here is a run of it.
"""

import dataclasses
import functools
import re
import shutil
import subprocess
import tomllib

import pytest

import hosttest

SELFTEST = hosttest.TOP / "tests/selftest/expected.toml"
RESULT = re.compile(r"    (ok|not ok) (\d+) (\S+)(?: # ([A-Z]+)(?: (.*))?)?$")


@dataclasses.dataclass
class Report:
    """What a run has printed, taken apart."""
    text: str
    errors: list
    warnings: list
    status: int
    results: dict        # "suite.case" -> verdict, in order
    reasons: dict

    def under(self, case):
        """Lines between a case's result and the next case, comments without '# '."""
        name = case.split(".")[1]
        tail = self.text.split(f"# run {case}\n", 1)[1]
        tail = re.split(rf"(?:not )?ok \d+ {name}[^\n]*\n", tail, maxsplit=1)[1]
        body = re.split(r"^(?: +# run |(?:not )?ok )", tail, maxsplit=1, flags=re.M)[0]
        return [line.strip().removeprefix("# ") for line in body.splitlines()]

    def cases(self, *suites):
        """Names of the cases of these suites, in the order they came."""
        return [name for name in self.results if name.split(".")[0] in suites]


def parse(text):
    """Results and reasons; the plan of each suite and the numbering must hold."""
    results, reasons = {}, {}
    suite, left, number = None, 0, 0
    for line in text.splitlines():
        if line.startswith("    # Subtest: "):
            assert left == 0, f"{suite}: {left} cases missing"
            suite, number = line.split(": ")[1], 0
        elif re.fullmatch(r"    1\.\.\d+", line):
            left = int(line.split("..")[1])
            assert left, f"{suite}: no cases"
        elif match := RESULT.match(line):
            number, left = number + 1, left - 1
            assert int(match[2]) == number, line
            plain = "PASS" if match[1] == "ok" else "FAIL"
            results[f"{suite}.{match[3]}"] = match[4] or plain
            reasons[f"{suite}.{match[3]}"] = match[5] or ""
            assert (match[1] == "ok") == ((match[4] or plain) in ("PASS", "SKIP")), line
    assert left == 0
    return results, reasons


@functools.lru_cache
def build(program):
    """Once a session."""
    return hosttest.build(program)


def run(*args, program="runner"):
    """Run the program; its report must be whole, whatever the verdict."""
    done = subprocess.run([str(build(program)), *map(str, args)], capture_output=True, text=True,
                          timeout=60, check=False)
    assert "Sanitizer" not in done.stderr and "runtime error" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stderr
    results, reasons = parse(done.stdout)
    top = re.findall(r"^(?:not )?ok (\d+) \S+$", done.stdout, flags=re.M)
    plan = re.search(r"^1\.\.(\d+)$", done.stdout, flags=re.M)
    assert [str(n + 1) for n in range(int(plan[1]))] == top, done.stdout
    logged = {level: [line[3:] for line in done.stderr.splitlines()
                      if line.startswith(f"{level}| ")] for level in "EW"}
    return Report(done.stdout, logged["E"], logged["W"], done.returncode, results, reasons)


def boot(words, *args, **kwargs):
    """A run with words of the boot loader."""
    return run("--boot", words, *args, **kwargs)


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
                     "expected: 0 (0x0)", "where:"],
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


ALPHA = ["alpha.one", "alpha.two", "alpha.three"]
BETA = ["beta.one", "beta.flaky", "beta.destructive"]
END = ["environment.clean"]

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


# Command line: words by origin, and what is set in the end.

def conf(tmp_path, text):
    path = tmp_path / "assay.conf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def settings(report):
    return re.findall(r"^set (.*)$", report.text, flags=re.M)


def test_precedence(tmp_path):
    path = conf(tmp_path, "once=file\n")
    assert settings(run("--config", "once=config run=alpha")) == ["once=config"]
    assert settings(run("--config", "once=config run=alpha", "--file", path)) == ["once=file"]
    report = run("--config", "once=config run=alpha", "--file", path, "--boot", "once=boot")
    assert settings(report) == ["once=boot"]
    assert "word:     once=boot (load options)\n" in report.text
    assert "word:     run=alpha (CONFIG_CMDLINE)\n" in report.text
    assert "once=file" not in report.text and report.status == 0


def test_last_of_an_origin_wins():
    assert settings(boot("run=alpha once=1 once=2 once")) == ["once=(bare)"]


def test_list_words_collect_within_the_last_origin(tmp_path):
    path = conf(tmp_path, "many=3\nmany=4\n")
    assert settings(run("--config", "run=alpha many=1 many=2")) == ["many=1", "many=2"]
    assert settings(run("--config", "run=alpha many=1 many=2", "--file", path)) == [
        "many=3", "many=4"]


def test_quotes():
    report = boot('run=alpha many="a b" "many=c d" many=""')
    assert settings(report) == ["many=a b", "many=c d", "many="]


@pytest.mark.parametrize("words", [
    "quiet splash root=/dev/sda2 ro rw rootwait console=ttyAMA0,115200 debug init=/bin/sh",
    "BOOT_IMAGE=/boot/Image initrd=initrd panic=5 nokaslr earlyprintk=x",
    r"FS0:\assay.efi", "Image.efi", "ASSAY.EFI", r"\EFI\BOOT\BOOTAA64.EFI quiet",
])
def test_foreign_words_are_ignored(words):
    report = boot(f"{words} run=alpha")
    assert not report.errors and report.status == 0


@pytest.mark.parametrize("rest", [
    "--", "-- single run=nix", '-- --rnu=1 once="open', "-- once=1 -- once=2"])
def test_words_for_init_are_ignored(rest):
    report = boot(f"run=alpha once=0 {rest}")
    assert not report.errors and report.status == 0
    assert list(report.results) == ALPHA + END and settings(report) == ["once=0"]


def test_words_for_init_only_from_boot(tmp_path):
    report = run("--file", conf(tmp_path, "run=alpha\n-- once=1\n"))
    assert report.errors == ['assay.conf: unknown word "--"'] and settings(report) == ["once=1"]
    assert run("--config", "run=alpha -- once=1").errors == ['CONFIG_CMDLINE: unknown word "--"']


# words: the complaint
UNKNOWN = {
    "rnu=alpha": 'load options: unknown word "rnu=alpha": is "run" meant?',
    "shufle=1": 'load options: unknown word "shufle=1": is "shuffle" meant?',
    "tiemout=3": 'load options: unknown word "tiemout=3": is "timeout" meant?',
    "List": 'load options: unknown word "List": is "list" meant?',
    "completely=different": 'load options: unknown word "completely=different"',
    "quieter": 'load options: unknown word "quieter"',
    "=x": 'load options: unknown word "=x"',
    "x" * 5000: 'load options: unknown word "' + "x" * 400,
    "--- run=alpha": 'load options: unknown word "---"',
    "run=alpha image.efi": 'load options: unknown word "image.efi"',
    'run=alpha once="open': 'load options: quote without an end: word ignored: once="open',
    "run=alpha picky=bad": "load options: picky=bad: EINVAL; picky: picky=good",
    "run=alpha once=\x01": "load options: not text (byte 0x01 at offset 15): ignored",
}


@pytest.mark.parametrize("words", UNKNOWN)
def test_bad_word(words):
    report = boot(words, "--config", "run=alpha.one")
    assert report.errors[0].startswith(UNKNOWN[words])
    assert report.results["environment.clean"] == "ERROR" and report.status == 1


def test_long_words_are_whole():
    value = "y" * 3000
    report = boot(f"run=alpha many={value}")
    assert settings(report) == [f"many={value}"]
    assert f"word:     many={value} (load options)\n" in report.text


def test_conf_file(tmp_path):
    path = conf(tmp_path, b"\xef\xbb\xbf# a comment\r\n\r\n  run=alpha  many=1 # behind\r\n"
                b'many="# not one"\r\nVAR=some value # kept\r\nE1_X=\r\n')
    report = run("--file", path, "--env", "VAR")
    assert settings(report) == ["many=1", "many=# not one"]
    assert "env VAR=some value # kept\n" in report.text
    assert not report.errors
    assert "env E1_X=\n" in run("--file", path, "--env", "E1_X").text
    assert "env NONE=(unset)\n" in run("--file", path, "--env", "NONE").text


def test_conf_file_error(tmp_path):
    report = run("--file", conf(tmp_path, "run=alpha\nnonsense=1\n"))
    assert report.errors == ['assay.conf: unknown word "nonsense=1"']


def test_program_name_only_from_boot(tmp_path):
    assert run("--file", conf(tmp_path, "assay.efi run=alpha")).status == 1


def test_environment_from_initrd(tmp_path):
    path = conf(tmp_path, "VAR=file\nONLY=file\nrun=alpha\n")
    initrd = tmp_path / "initrd"
    initrd.write_bytes(b"# comment\n\nVAR=initrd\nVAR2= x = y \n\0\0\0")
    args = ("--file", path, "--initrd", initrd)
    assert "env VAR=initrd\n" in run(*args, "--env", "VAR").text
    assert "env VAR2= x = y\n" in run(*args, "--env", "VAR2").text
    assert "env ONLY=file\n" in run(*args, "--env", "ONLY").text
    assert run(*args).status == 0


def env_lines(report):
    return re.findall(r"^env:.*$", report.text, flags=re.M)


def test_environment_leaves_a_trace(tmp_path):
    path = conf(tmp_path, "VAR=secret\nONLY=secret\nrun=alpha\n")
    initrd = tmp_path / "initrd"
    initrd.write_bytes(b"FOO=secret\nVAR=secret\nBAZ=\nFOO=secret\n")
    assert env_lines(run("--file", path)) == ["env:      2 variables (assay.conf): VAR ONLY"]
    report = run("--file", path, "--initrd", initrd)
    assert env_lines(report) == ["env:      3 variables (initrd LoadFile2): VAR FOO BAZ",
                                 "env:      1 variable (assay.conf): ONLY"]
    assert "secret" not in report.text


def test_many_variables_leave_a_whole_trace(tmp_path):
    initrd = tmp_path / "initrd"
    names = [f"V{n}" for n in range(500)] + ["X" * 2000]
    initrd.write_text("".join(f"{name}=1\n" for name in names))
    assert env_lines(boot("run=alpha", "--initrd", initrd)) == [
        "env:      501 variables (initrd LoadFile2): " + " ".join(names)]


def test_no_environment_no_line():
    assert not env_lines(boot("run=alpha"))


INITRDS = {
    b"VAR=1\nnot one\n": "initrd (LoadFile2): line 2 is not NAME=value with an upper-case name",
    b"lower=1\n": "initrd (LoadFile2): line 1 is not NAME=value",
    b"1VAR=1\n": "initrd (LoadFile2): line 1 is not NAME=value",
    b"=1\n": "initrd (LoadFile2): line 1 is not NAME=value",
}


@pytest.mark.parametrize("data", INITRDS, ids=range(len(INITRDS)))
def test_bad_initrd(data, tmp_path):
    initrd = tmp_path / "initrd"
    initrd.write_bytes(data)
    report = boot("run=alpha", "--initrd", initrd)
    assert report.errors[0].startswith(INITRDS[data]) and report.status == 1
    assert env_lines(report) == (["env:      1 variable (initrd LoadFile2): VAR"]
                                 if data.startswith(b"VAR") else [])


FOREIGN_INITRDS = {
    b"\x1f\x8b\x08\0\0gzip": "initrd (LoadFile2): not NAME=value text (byte 0x1f at offset 0)",
    b"VAR=\0\1": "initrd (LoadFile2): not NAME=value text (byte 0x00 at offset 4)",
    b"A=1\n" * 20000: "initrd (LoadFile2): 80000 bytes, more than the 65536",
}


@pytest.mark.parametrize("data", FOREIGN_INITRDS, ids=range(len(FOREIGN_INITRDS)))
def test_initrd_of_another_system(data, tmp_path):
    """Boot loaders pass what they have: a warning, and nothing of it is used."""
    initrd = tmp_path / "initrd"
    initrd.write_bytes(data)
    for name in ("VAR", "A"):
        report = boot("run=alpha", "--initrd", initrd, "--env", name)
        assert report.warnings[0].startswith(FOREIGN_INITRDS[data]) and report.status == 0
        assert f"env {name}=(unset)\n" in report.text and not env_lines(report)


@pytest.mark.parametrize("left", range(0, 1400, 40))
def test_out_of_memory_is_no_success(left):
    """However early the heap ends, the report is whole and its verdict is not good."""
    report = boot("run=alpha many=1 xfail=beta.one:x skip=gamma", "--heap", left)
    assert report.status == 1 and report.errors


# What a case holds, and other CPUs.

ZETA = {"zeta.passes_deadline": "TIMEOUT", "zeta.passes_deadline_in_guarded_call": "TIMEOUT",
        "zeta.leaves_register": "ERROR", "zeta.leaves_register_and_fails": "FAIL",
        "zeta.leaves_mmu_off": "ERROR", "zeta.leaves_interrupt_enabled": "ERROR",
        "zeta.wants_mmu_off": "PASS", "zeta.wants_mmu_on": "PASS", "environment.clean": "PASS"}


def test_alarm_ends_a_case():
    report = boot("run=zeta", "--irq", 1)
    assert report.results == ZETA
    assert report.reasons["zeta.passes_deadline"] == (
        "did not end within 20 ms; it was at somewhere+0x4")
    assert report.reasons["zeta.leaves_register"] == "left behind: register"
    assert report.reasons["zeta.leaves_mmu_off"] == "left behind: the MMU was off"
    assert "restored: register" in report.under("zeta.leaves_register_and_fails")
    assert "went on" not in report.text and "came back" not in report.text


def test_deadline_without_interrupts():
    """Judged when the case has come back: then what it did behind it counts, too."""
    report = boot("run=zeta")
    late = {"zeta.passes_deadline": "TIMEOUT", "zeta.passes_deadline_in_guarded_call": "TIMEOUT",
            "zeta.leaves_interrupt_enabled": "SKIP"}
    assert report.results == ZETA | late
    assert report.reasons["zeta.passes_deadline"] == "took 30 ms, the deadline is 20 ms"


def test_no_deadlines():
    report = boot("run=zeta.passes* timeout=0", "--irq", 1)
    assert set(report.results.values()) == {"FAIL", "PASS"}


def test_other_cpus():
    report = boot("run=eta", "--cpus", 3)
    assert report.results == {
        "eta.everywhere": "PASS", "eta.fails_on_two": "FAIL", "eta.skips_first_fails_later": "FAIL",
        "eta.faults_on_two": "FAIL", "eta.leaves_one_off": "ERROR",
        "eta.leaves_mmu_of_one_off": "ERROR", "eta.hangs_on_two": "FAIL",
        "eta.needs_another": "PASS", "environment.clean": "PASS"}
    lines = report.under("eta.fails_on_two")
    assert lines[0] == "on CPU:   2 (MPIDR 0x102)"
    assert lines[1] == "check:    CHECK_NE(cpu_this(), 2U)"
    assert "reason:   CPU 2 (MPIDR 0x102) did not come back" in report.under("eta.hangs_on_two")
    assert "CPU 1 (MPIDR 0x101) was off" in report.reasons["eta.leaves_one_off"]


def test_cases_that_need_another_cpu():
    report = boot("run=eta.hangs_on_two,eta.needs_another", "--cpus", 3, "--needs", 0x80)
    assert report.results["eta.needs_another"] == "PASS"
    report = boot("run=eta", "--cpus", 1)
    assert report.results["eta.needs_another"] == "SKIP"
    assert report.results["eta.everywhere"] == "PASS"


# Checks that must not compile.

@pytest.mark.parametrize("check, complaint", [
    ("CHECK_EQ(u, -1)", "signedness|different signs"),
    ("CHECK_LT(s, u)", "signedness|different signs"),
    ("CHECK_EQ(p, u)", "pointer"),
    ("CHECK_EQ(u, 1U, 42)", ""),
    ("CHECK_EQ(u, 1U, \"%s\", u)", "format"),
    ("SKIP()", ""),
])
@pytest.mark.parametrize("compiler", ["cc", "clang"])
def test_misuse_does_not_compile(check, complaint, compiler):
    if not shutil.which(compiler):
        pytest.skip(f"{compiler} is not installed")
    compile_one = functools.partial(compile_check, compiler)
    assert compile_one("CHECK_EQ(u, 1U)").returncode == 0
    done = compile_one(check)
    assert done.returncode != 0
    assert re.search(complaint, done.stderr), done.stderr


def compile_check(compiler, check):
    source = ("#include <test/test.h>\nvoid f(unsigned int u, int s, void *p);\n"
              f"void f(unsigned int u, int s, void *p) {{ (void)u; (void)s; (void)p; {check}; }}\n")
    command = [
        compiler, "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-O1",
        f"-I{hosttest.TOP}/include", f"-I{hosttest.TOP}/arch/arm64/include", "-x", "c", "-"]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=False)
