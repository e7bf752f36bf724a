# SPDX-License-Identifier: BSD-2-Clause
"""
What is read of the cases without a build is what the image has; each has its clause and a
line on what its failure means; scripts/explain and docs/coverage.md tell of all of them.
"""

import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hosttest import OUT, TOP

sys.path.insert(0, str(TOP / "scripts"))

import coverage as coverage_script  # noqa: E402
from assay import cases, coverage, coverage_page, csource, skeleton  # noqa: E402
from assay.elf import Elf  # noqa: E402
from assay.status import UsageError  # noqa: E402

OBJ = Path(os.environ.get("ASSAY_IMAGE") or OUT / "Image").parent
SUITES = cases.load_suites(TOP)
IMAGE_CASES = cases.load_cases(TOP)


def explain(*words):
    return subprocess.run([sys.executable, TOP / "scripts" / "explain", *words], capture_output=True, text=True,
                          timeout=60, check=False, env={**os.environ, "ASSAY_SRC": str(TOP)})


# -- reading sources -----------------------------------------------------------------------


SUITE = """
// a licence
/*
 * Prose, of
 * two lines.
 */
#define HINT "look at " "it"
#define ONE(fn, ...) TEST_CASE(fn, .spec = "S 1", __VA_ARGS__)
#define TWO(id, what) { .name = #id, .run = two_##id, .hint = what }
static const struct test_case x_cases[] = {
	ONE(first, .hint = HINT " \\"now\\"", .needs = NEED_A | NEED_B),
	TWO(second, /* a comment, with a comma */ "x"),
	TEST_CASE(third),
	{}
};
TEST_SUITE(x, .about = "an x", .init = f, .cases = x_cases);
"""


def tree(folder, text=SUITE):
    (folder / "include" / "test").mkdir(parents=True)
    (folder / "include" / "test" / "test.h").write_text((TOP / "include" / "test" / "test.h").read_text())
    area = folder / "tests" / "x"
    area.mkdir(parents=True)
    (area / "x.c").write_text(text.lstrip())
    (area / "Makefile").write_text("obj-$(CONFIG_TEST_X) += y.o \\\n\tx.o\n")
    return folder


def test_fields_are_read_through_macros(tmp_path):
    suite, = cases.load_suites(tree(tmp_path))
    assert (suite.name, suite.about, suite.symbol) == ("x", "an x", "CONFIG_TEST_X")
    assert suite.prose() == "Prose, of\ntwo lines."
    first, second, third = suite.cases
    assert (first.id, first.run, first.spec) == ("x.first", "first", "S 1")
    assert first.hint == 'look at it "now"' and first.needs == "NEED_A | NEED_B"
    assert (second.name, second.run, second.hint) == ("second", "two_second", "x")
    assert (third.name, third.spec, third.hint) == ("third", "", "")


def test_what_is_not_understood_is_named(tmp_path):
    text = SUITE.replace("x_cases);", "other_cases);")
    with pytest.raises(csource.SourceError, match="x.c: .*suite x: its cases are not an array"):
        cases.load_suites(tree(tmp_path, text))


@pytest.mark.parametrize("code, line, words", [
    ("/* Why. */\nvoid f(void)\n{\n", 2, "Why."),
    ("int a;\n/*\n * Two\n * lines.\n */\nstatic void f(void)\n{\n", 6, "Two\nlines."),
    ("// one\n// two\nvoid f(void)\n{\n", 3, "one\ntwo"),
    ("/* of another */\nint a;\nvoid f(void)\n{\n", 3, ""),
    ("/* Each. */\nEACH(f)\n{\n", 2, "Each."),
    ("void f(void);\n", 0, ""),
])
def test_comment_above(code, line, words):
    assert csource.comment_above(code, "f") == (line, words)


def image_cases(elf):
    """{suite.case: (spec, hint)} of the image's own tables."""
    found = {}
    sizes = {symbol.value: symbol.size for symbol in elf.every_symbol if symbol.size}
    counts = {suite.name: len(suite.cases) for suite in SUITES}
    for suite in elf.table("suite"):
        name = elf.read_string(elf.read_pointer(suite))
        array = elf.read_pointer(suite + sizes[suite] - 8)
        size, rest = divmod(sizes[array], counts[name] + 1)
        assert not rest, f"{name}: the image has another number of cases than the {counts[name]} of its source"
        for at in range(array, array + sizes[array] - size, size):
            text = [elf.read_pointer(at + offset) for offset in (0, 16, 24)]
            case, *fields = [elf.read_string(addr) if addr else "" for addr in text]
            found[f"{name}.{case}"] = tuple(fields)
    return found


def test_sources_say_what_the_image_has():
    path = OBJ / "assay.elf"
    if not path.exists():
        pytest.skip(f"{path} is not built")
    built = image_cases(Elf(path))
    read = {case.id: (case.spec, case.hint) for case in IMAGE_CASES}
    assert len(built) > 500
    assert built == {name: read.get(name) for name in built}


# -- every case is documented ---------------------------------------------------------------


def test_every_case_has_a_clause():
    assert not [case.id for case in IMAGE_CASES if not case.spec]


def test_every_case_has_a_hint():
    assert not [case.id for case in IMAGE_CASES if not case.hint]


def test_no_case_has_the_words_of_a_skeleton():
    forms = [line.split('"')[1] for line in skeleton.ENTRY.splitlines() if '"' in line]
    assert len(forms) == 2
    assert not [case.id for case in IMAGE_CASES if case.spec in forms or case.hint in forms]
    assert not [suite.name for suite in SUITES if f'.about = "{suite.about}"' in skeleton.FILE]


def test_hints_are_one_line():
    assert not [case.id for case in IMAGE_CASES if "\n" in case.hint or len(case.hint) > 160 or case.hint.endswith(".")]


def test_every_suite_opens_with_prose():
    assert not [suite.name for suite in SUITES if not suite.selftest and len(suite.prose()) < 80]


def test_every_case_has_a_function():
    assert not [case.id for case in IMAGE_CASES if not case.place()[1]]


# -- scripts/explain ------------------------------------------------------------------------


def test_explain_tells_all():
    done = explain("timer.every_cpu_has_its_own")
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    for words in ("tests/timer/fires.c:", "what an operating system schedules with", "clause: DDI0487J.a",
                  "hint: a timer's interrupt goes to another CPU", "skipped: needs a second CPU",
                  "defect: prove.timer-interrupts-are-exchanged: ",
                  "try: make run PLATFORM=", " RUN=timer.every_cpu_has_its_own && make check CHECK=prove."):
        assert words in text, words


def test_explain_has_a_case_tried_where_it_runs():
    mte = explain("mte.blocks_of_tags_are_stored").stdout
    assert "try:      make run PLATFORM=direct-mte RUN=" in mte
    assert "try:      make run RUN=" in explain("acpi.rsdp_checksums").stdout
    assert "try:      make check CHECK=" in explain("timer.frames_fire").stdout


def test_explain_tells_of_known_failures():
    text = " ".join(explain("exceptions.sp_alignment").stdout.split())
    assert "passed: nowhere in make check" in text and "xfail: QEMU 7.2 does not check" in text
    assert "defect: none makes it fail" in text


@pytest.mark.parametrize("word, least", [("lock", 10), ("inv_reads_one", 1), ("its.inv*", 2)])
def test_explain_takes_a_suite_a_name_or_a_glob(word, least):
    done = explain(word)
    assert done.returncode == 0 and done.stdout.count("\nclause:") >= least


def test_explain_knows_the_cases_that_must_fail():
    done = explain("resets.gives_up")
    assert done.returncode == 0 and "framework's own tests" in done.stdout and "defect" not in done.stdout


def test_explain_offers_what_is_near():
    done = explain("inv_reads")
    assert done.returncode == 2 and "is one of these meant: its.inv_reads_one" in done.stderr
    assert explain().returncode == 2 and "scripts/explain CASE" in explain("--help").stdout


# -- docs/coverage.md ------------------------------------------------------------------------


def test_coverage_is_up_to_date():
    path, text = coverage_script.generate(TOP, OUT)
    if path.read_text() != text:
        pytest.fail("docs/coverage.md is that of another tree: run make coverage")


def test_a_page_without_the_mark_is_refused():
    with pytest.raises(UsageError, match="lacks the line"):
        coverage_page.merge("text\n", "")


EVERY = ["direct", "direct-el2", "direct-el2-mmu-off", "edk2", "edk2-el2", "grid-a-x-1", "grid-a-y-1", "grid-b-x-1"]


@pytest.mark.parametrize("names, told", [
    (EVERY, "all"),
    (EVERY[1:], "all but direct"),
    (["direct", "direct-el2", "direct-el2-mmu-off"], "direct*"),
    (["direct-el2", "edk2-el2"], "*-el2"),
    (["edk2"], "edk2"),
    (["grid-a-x-1", "grid-b-x-1"], "*-x-1"),
    (["grid-a-x-1", "grid-a-y-1"], "grid-a-*"),
    (["edk2", "grid-a-x-1"], "edk2, grid-a-x-1"),
])
def test_sets_are_told_in_few_words(names, told):
    assert coverage.Names(EVERY).tell(names) == told


def test_what_is_told_of_the_trees_sets_is_exact():
    found = coverage.load(TOP)
    told = coverage.Names(found.platforms)
    for names in coverage_page.Page(found).sets:
        text = told.tell(names)
        globs = text.removeprefix("all but ").split(", ")
        meant = {name for name in found.platforms if text == "all" or any(fnmatchcase(name, glob) for glob in globs)}
        assert (set(found.platforms) - meant if text.startswith("all but ") else meant) == set(names), text


def platform_tree(folder):
    tree(folder)
    for name in ("platforms", "defects"):
        (folder / "tests" / name).mkdir()
    platforms = folder / "tests" / "platforms"
    (platforms / "a.toml").write_text('about = "a"\n[skips]\n"x.first" = "none"\n[xfails]\n"x.third" = "known"\n')
    (platforms / "b.toml").write_text('about = "b"\nrun = "x.first"\nvariant = "without"\n')
    (folder / "tests" / "defects" / "d.toml").write_text(
        '[bad]\nabout = "x"\nsource = "y"\nplatform = "a"\nappend = "z"\ncaught_by = ["x.second"]\n')
    return folder


def test_rows_say_what_the_files_demand(tmp_path):
    found = coverage.load(platform_tree(tmp_path))
    first, second, third = (found.row(f"x.{name}") for name in ("first", "second", "third"))
    assert first.passed == ["b"] and first.skipped == {"none": ["a"]} and not first.caught
    assert second.passed == ["a"] and second.caught == ["bad"]
    assert not third.passed and third.xfailed == {"known": ["a"]}


def test_an_image_without_the_suite_passes_nothing(tmp_path):
    found = coverage.load(platform_tree(tmp_path), lambda variant: set() if variant else {"CONFIG_TEST_X"})
    assert found.row("x.first").passed == [] and found.row("x.second").passed == ["a"]


def test_what_was_never_seen_comes_first(tmp_path):
    text = coverage_page.Page(coverage.load(platform_tree(tmp_path))).text()
    first, _, others = text.partition("### x: an x")
    assert "x.first | never seen to fail |" in first and "x.second" not in first
    assert "x.third | nowhere seen to pass; no defect is planted for it | known (1) |" in first
    assert re.search(r"\| second \|  \| P[0-9a-f]{4} \(1\) \|  \|  \| bad \|", others)
