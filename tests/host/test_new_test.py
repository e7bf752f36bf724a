# SPDX-License-Identifier: BSD-2-Clause
"""
scripts/new-test: what it writes and what it refuses. That a skeleton builds, boots and fails
until its check is real is tried with the command of docs/adding-a-test.md (docways.py).
"""

import subprocess
import sys

import pytest
from hosttest import TOP

sys.path.insert(0, str(TOP / "scripts"))

from assay import cases, defects, skeleton  # noqa: E402
from assay.status import UsageError  # noqa: E402

SELFTEST = 'source "tests/selftest/Kconfig"\n'
OLD = """\
// SPDX-License-Identifier: BSD-2-Clause
/* An old suite. */
#include <test/test.h>

static bool helper(int a)
{
	return a;
}

static void first(void)
{
	CHECK(helper(1));
}

static const struct test_case old_cases[] = {
	TEST_CASE(first, .spec = "S", .hint = "h"),
	{}
};
TEST_SUITE(old, .about = "old", .cases = old_cases);
"""


@pytest.fixture(name="source")
def fixture_source(tmp_path):
    """A tree with an area `area` that holds a suite `old`."""
    (tmp_path / "include" / "test").mkdir(parents=True)
    (tmp_path / "include" / "test" / "test.h").write_text((TOP / "include" / "test" / "test.h").read_text())
    tests = tmp_path / "tests"
    for folder in ("area", "zone", "defects"):
        (tests / folder).mkdir(parents=True)
    (tests / "Makefile").write_text(f"{skeleton.SPDX}obj-y += area/\nobj-y += zone/\n")
    (tests / "Kconfig").write_text(f'source "tests/area/Kconfig"\n{SELFTEST}')
    (tests / "area" / "old.c").write_text(OLD)
    (tests / "zone" / "Kconfig").write_text("")
    (tests / "area" / "area.h").write_text("void declared(void);\n")
    (tests / "area" / "Makefile").write_text("obj-$(CONFIG_TEST_OLD) += old.o\n")
    (tests / "area" / "Kconfig").write_text("config TEST_OLD\n\tbool\n")
    return tmp_path


def write(source, name):
    made = skeleton.plan(source, name)
    made.write()
    return {case.id: case for case in cases.load_cases(source)}


def test_a_suite_of_its_own(source):
    case = write(source, "new.works")["new.works"]
    assert case.suite.symbol == "CONFIG_TEST_NEW" and case.suite.prose() and case.spec and case.hint
    assert case.place()[1] and "CHECK(false" in case.suite.path.read_text()
    assert (source / "tests" / "Makefile").read_text().splitlines()[1:] == [
        "obj-y += area/", "obj-y += new/", "obj-y += zone/"]
    assert (source / "tests" / "Kconfig").read_text().endswith(f'source "tests/new/Kconfig"\n{SELFTEST}')
    kconfig = (source / "tests" / "new" / "Kconfig").read_text()
    assert "config TEST_NEW\n" in kconfig and "help" in kconfig and "default TESTS_ALL" in kconfig


def test_a_suite_in_an_area(source):
    found = write(source, "area/new.works")
    assert found["new.works"].suite.symbol == "CONFIG_TEST_NEW" and "old.first" in found
    assert "config TEST_NEW" in (source / "tests" / "area" / "Kconfig").read_text()
    assert not (source / "tests" / "new").exists()


def test_a_case_of_a_suite(source):
    found = write(source, "old.second")
    assert list(found) == ["old.first", "old.second"]
    text = found["old.second"].suite.path.read_text()
    assert text.index("static void second(void)") < text.index("old_cases[]")
    assert list(write(source, "old.third")) == ["old.first", "old.second", "old.third"]


def test_its_defect_is_a_form_to_fill_in(source):
    write(source, "old.second")
    write(source, "old.third")
    path = source / "tests" / "defects" / "old.toml"
    assert not defects.load(path)
    path.write_text("".join(line.removeprefix("# ") for line in path.read_text().splitlines(True)
                            if not line.startswith("# SPDX")))
    assert [(item.name, item.caught_by) for item in defects.load(path)] == [
        ("old-second", ["old.second"]), ("old-third", ["old.third"])]


@pytest.mark.parametrize("name, words", [
    ("works", "not of the form suite.case"),
    ("New.works", "not of the form suite.case"),
    ("new.works fine", "not of the form suite.case"),
    ("old.first", "old.first is there: "),
    ("old.helper", "old.c has a function helper"),
    ("old.declared", "area.h has a function declared"),
    ("new.while", "'while' is a word of C"),
    ("nowhere/new.works", "no area tests/nowhere"),
    ("host/new.works", "tests/host holds no suites"),
    ("host.works", "tests/host holds no suites"),
    ("zone/old.works", "the suite old is in another area: .*old.c"),
    ("selftest/new.works", "the framework's own cases"),
    ("area.works", "has no suite area: name it area/suite.case"),
])
def test_what_cannot_be_is_refused(source, name, words):
    before = sorted(source.rglob("*"))
    with pytest.raises(UsageError, match=words):
        skeleton.plan(source, name)
    assert sorted(source.rglob("*")) == before


def test_a_suite_of_another_form_is_left_alone(source):
    path = source / "tests" / "area" / "old.c"
    text = path.read_text().replace("\t{}\n};", "\t{} };")
    path.write_text(text)
    with pytest.raises(UsageError, match="write the case by hand"):
        skeleton.plan(source, "old.second")
    assert path.read_text() == text


def test_every_suite_of_the_tree_takes_a_case():
    for suite in cases.load_suites(TOP):
        if suite.selftest:
            with pytest.raises(UsageError, match="the framework's own"):
                skeleton.plan(TOP, f"{suite.name}.never_heard_of")
            continue
        assert skeleton.plan(TOP, f"{suite.name}.never_heard_of").changed, suite.name


def test_the_script_says_what_is_next():
    script = TOP / "scripts" / "new-test"
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "scripts/new-test SUITE.CASE" in done.stdout
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "scripts/new-test SUITE.CASE" in done.stderr
    done = subprocess.run([sys.executable, script, "x"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.startswith("new-test: 'x' is not of the form")
