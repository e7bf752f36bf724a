# SPDX-License-Identifier: BSD-2-Clause
"""What the parser makes of whole, broken and noisy consoles."""

import pytest
from runnertest import log_text

from assay import ktap


def changed(name, old, new, count=1):
    text = log_text(name)
    assert old in text
    return text.replace(old, new, count)


def test_good_log_is_whole():
    parser = ktap.parse(log_text("good"))
    assert parser.problems() == []
    assert [case.id for case in parser.cases] == [
        "lib.strlen", "lib.strcmp", "lib.memcpy", "lib.sort", "boot.register_dump", "environment.clean"]
    assert [case.verdict for case in parser.cases] == ["PASS", "PASS", "SKIP", "XFAIL", "PASS", "PASS"]
    assert parser.cases[2].reason == "no memory to spare"
    assert parser.load_address() == 0x4fe00000
    assert parser.last == (4, 0)


def test_firmware_is_not_the_image():
    parser = ktap.parse(log_text("good"))
    assert "ok 1 firmware.says_so" in parser.firmware
    assert parser.version == "assay 0.1.0 build 0123abcd config 89ef at 0x4fe00000"


def test_comments_belong_to_their_case():
    parser = ktap.parse(log_text("good"))
    cases = {case.name: case for case in parser.cases}
    assert cases["strcmp"].diag == ["a comment of the case"]
    assert cases["register_dump"].diag == ["reg SCTLR 0x30d0198d", "reg TCR 0x2"]
    assert dict(cases["sort"].facts())["expected"] == "2 (0x2)"


def test_failures_are_counted_by_kind():
    parser = ktap.parse(log_text("failures"))
    assert parser.problems() == []
    assert [case.verdict for case in parser.cases] == [
        "PASS", "FAIL", "TIMEOUT", "CRASHED", "ERROR", "XPASS", "ERROR"]
    assert parser.count(*ktap.FAILED) == 6


def test_lone_carriage_returns_end_lines():
    parser = ktap.parse(log_text("good").replace("BdsDxe: starting", "progress 1%\rprogress 2%\rassay", 1))
    assert "progress 2%" in parser.firmware
    assert parser.problems() == []


@pytest.mark.parametrize("old, new, problem", [
    ("\x1b[0massay 0.1.0", "say 0.1.0", "no version line"),
    ("1..3\r\n", "", "no plan"),
    ("1..3\r\n", "1..4\r\n", "3 of 4 planned suites"),
    ("    1..4\r\n", "    1..5\r\n", "suite lib: 4 of 5 planned cases"),
    ("    1..4\r\n", "", "suite lib has no plan"),
    ("# totals: pass 4", "# total: pass 4", "no totals"),
    ("# totals: pass 4", "# totals: pass 5", "totals say"),
    ("4 passed, 0 failed", "", "no last line"),
    ("4 passed, 0 failed", "3 passed, 0 failed", "the last line says 3 passed"),
    ("ok 1 lib\r\n", "", "suite lib has no closing line"),
    ("ok 1 lib\r\n", "not ok 1 lib\r\n", 'suite lib says "not ok"'),
    ("ok 2 strcmp", "ok 3 strcmp", "case lib.strcmp has number 3"),
    ("ok 2 boot", "ok 3 boot", "suite boot has number 3"),
    ("    ok 2 strcmp\r\n", "", "lib.strcmp has no result"),
    ("ok 2 strcmp", "ok 2 strlen", "lib.strlen has two results"),
    ("# SKIP no memory to spare", "# SKIP", "SKIP without a reason"),
    ("# SKIP no memory to spare", "# PERHAPS so", "unknown directive"),
    ("ok 1 lib\r\n", "Bail out! no heap\r\n", "gave up: no heap"),
    ("    # run boot.register_dump\r\n", "assay 0.1.0\r\n", "a second time"),
])
def test_what_makes_a_verdict_not_whole(old, new, problem):
    problems = ktap.parse(changed("good", old, new)).problems()
    assert any(problem in line for line in problems), problems


def test_a_log_cut_anywhere_is_not_whole():
    lines = log_text("good").split("\r\n")
    last = lines.index("4 passed, 0 failed")
    for count in range(last):
        assert ktap.parse("\r\n".join(lines[:count])).problems(), lines[count]


def test_running_names_what_hangs():
    text = log_text("good")
    parser = ktap.parse(text[:text.index("    ok 2 strcmp")])
    assert parser.running == "lib.strcmp"


def test_everything_skipped_is_no_verdict():
    text = """assay 0.1.0
KTAP version 1
1..1
    KTAP version 1
    # Subtest: lib
    1..1
    ok 1 strlen # SKIP not today
ok 1 lib
# totals: pass 0, fail 0, error 0, skip 1, xfail 0
0 passed, 0 failed
"""
    assert ktap.parse(text).problems() == ["zero tests: all were skipped"]


ENVIRONMENT = """    KTAP version 1
    # Subtest: environment
    1..1
    # run environment.clean
    ok 1 clean
ok 2 environment
# totals: pass 1, fail 0, error 0, skip 1, xfail 0
1 passed, 0 failed
"""
SKIPPED = """    KTAP version 1
    # Subtest: lib
    1..1
    # run lib.strlen
    ok 1 strlen # SKIP not today
ok 1 lib
"""


def test_a_clean_environment_alone_is_no_verdict():
    head = "assay 0.1.0\nKTAP version 1\n1..2\n"
    assert ktap.parse(head + SKIPPED + ENVIRONMENT).problems() == ["zero tests: all were skipped"]
    alone = ENVIRONMENT.replace("ok 2", "ok 1").replace("skip 1", "skip 0")
    head = head.replace("1..2", "1..1")
    assert ktap.parse(head + alone).problems() == ["zero tests: none was selected"]
    error = alone.replace("ok 1 clean", "not ok 1 clean # ERROR run=nix: no case").replace("ok 1 env", "not ok 1 env")
    error = error.replace("pass 1, fail 0, error 0", "pass 0, fail 0, error 1").replace("1 passed, 0", "0 passed, 1")
    assert ktap.parse(head + error).problems()[1:] == ["environment.clean: ERROR run=nix: no case"]


def test_a_list_is_whole():
    head = "assay 0.1.0\nKTAP version 1\n1..1\n# list lib.strlen C11\n"
    alone = ENVIRONMENT.replace("ok 2", "ok 1").replace("skip 1", "skip 0")
    assert ktap.parse(head + alone).problems() == []


@pytest.mark.parametrize("line", [
    "# EXCEPTION data abort at EL1",
    "    # EXCEPTION data abort at EL1",
    "Synchronous Exception at 0x000000004FE01234",
    '"Synchronous Abort" handler, esr 0x96000004',
    "ASSERT [ArmCpuDxe] something(12): x",
])
def test_crash_dumps_are_seen(line):
    parser = ktap.parse(changed("good", "    # run lib.strcmp\r\n", f"    # run lib.strcmp\r\n{line}\r\n"))
    assert parser.crashes == [line.strip()]


@pytest.mark.parametrize("raw, text", [
    ("\x1b[2J\x1b[01;01H\x1b[=3hhello", "hello"),
    ("\x1b]0;title\x07hello\x1b[0m", "hello"),
    ("\x1b7hel\x00lo\x1b8\x1b(B", "hello"),
    ("tab\tstays", "tab\tstays"),
])
def test_escape_sequences_go(raw, text):
    assert ktap.clean(raw) == text


def test_timestamps_are_no_part_of_a_line():
    plain = ktap.parse(log_text("good"))
    at = plain.version
    stamped = ktap.Parser()
    events = []
    begun = False
    for number, line in enumerate(ktap.split_lines(log_text("good"))):
        begun = begun or at in line
        events.append(stamped.feed(f"[{number:5}.000123] {ktap.clean(line)}" if begun else line))
    assert stamped.problems() == []
    assert [case.verdict for case in stamped.cases] == [case.verdict for case in plain.cases]
    assert stamped.version == at
    first = next(event for event in events if event.kind == "version")
    assert first.stamp.endswith(".000123] ") and first.line == at


def test_brackets_of_a_line_are_no_timestamp():
    for line in ("[ 1.5] x", "[1/2] ok", "[    1.000001]x", "x [    1.000001] y"):
        assert ktap.Parser().feed(line).stamp == ""


FIGURE = '{"what": "device read", "clock": "CNTVCT_EL0", "hz": 62500000, "count": 2, "min": 4}'


def test_figures_are_read():
    text = changed("good", "    ok 1 strlen", f"    # json: {FIGURE}\n    ok 1 strlen")
    parser = ktap.parse(text)
    assert parser.problems() == []
    assert parser.cases[0].figures() == [
        {"what": "device read", "clock": "CNTVCT_EL0", "hz": 62500000, "count": 2, "min": 4}]
    assert parser.cases[1].figures() == []


@pytest.mark.parametrize("line", ["json: {", "json: 3", "json:", "JSON: {}"])
def test_garbled_figures_are_none(line):
    parser = ktap.parse(changed("good", "    ok 1 strlen", f"    # {line}\n    ok 1 strlen"))
    assert parser.problems() == []
    assert parser.cases[0].figures() == []
