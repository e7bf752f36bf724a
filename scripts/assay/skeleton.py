# SPDX-License-Identifier: BSD-2-Clause
"""
Skeletons of tests, for scripts/new-test. What is written builds, and its case fails until
somebody puts a real check in place of the one that cannot hold.
"""

import re
from dataclasses import dataclass, field

from . import cases
from .status import UsageError

NAME = re.compile(r"(?:([a-z][a-z0-9_]*)/)?([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
KEYWORDS = set("auto break case char const continue default do double else enum extern float for goto if inline int"
               " long register restrict return short signed sizeof static struct switch typedef union unsigned void"
               " volatile while bool true false".split())
END_OF_CASES = "\t{}\n};\n"

FUNCTION = """\
/* Why this holds, where the clause does not say it by itself. */
static void {case}(void)
{{
	CHECK(false, "put here what was looked at, and a check of it above");
}}
"""

ENTRY = """\
	TEST_CASE({case}, .spec = "document with its issue letter, and clause",
		  .hint = "what such a failure usually means, and where to look"),
"""

FILE = """\
// SPDX-License-Identifier: BSD-2-Clause
/*
 * What is tested here, in prose: what an operating system relies on, and why it should
 * hold on a machine that is sound. Then, what these cases cannot see.
 */
#include <test/test.h>

{function}
static const struct test_case {suite}_cases[] = {{
{entry}	{{}}
}};
TEST_SUITE({suite}, .about = "one line on it", .cases = {suite}_cases);
"""

OWN = ("tests/selftest holds the framework's own cases, whose results its tables list: write case and result by"
       " hand")

SPDX = "# SPDX-License-Identifier: BSD-2-Clause\n"

KCONFIG = """\
config TEST_{symbol}
	bool "{suite}: one line on it" if !TESTS_ALL
	default TESTS_ALL
	help
	  What the suite tests, on which machines it says something, and when
	  to leave it off.
"""

DEFECT = """\
#
# [{name}-{dashed}]
# about = "what is broken, in one line"
# source = "the clause that it breaks, or a link to whom it happened"
# platform = "direct"
# tree = [{{ node = "/cpus", property = "#address-cells", cells = [3] }}]
# caught_by = ["{suite}.{case}"]
"""


@dataclass
class Plan:
    """What is to be written: {path: text}, in order, and which of the files are there already."""
    name: str
    files: dict = field(default_factory=dict)
    changed: list = field(default_factory=list)

    def write(self):
        for path, text in self.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def change(self, path, text):
        self.files[path] = text
        self.changed.append(path)


def _check(name, source):
    """(area or "", suite, case) of the name that was given."""
    match = NAME.fullmatch(name)
    if not match:
        raise UsageError(f"{name!r} is not of the form suite.case, or area/suite.case, in lower-case letters,"
                         " digits and _")
    area, suite, case = match.groups("")
    for word in (suite, case):
        if word in KEYWORDS:
            raise UsageError(f"{word!r} is a word of C, so that no function can have the name")
    if area == cases.SELFTEST:
        raise UsageError(OWN)
    if (area or suite) in cases.NOT_OF_THE_IMAGE:
        raise UsageError(f"tests/{area or suite} holds no suites of the image")
    if area and not (source / "tests" / area / "Kconfig").is_file():
        raise UsageError(f"there is no area tests/{area}; without \"{area}/\" a new one is made for the suite")
    return area, suite, case


def _refuse_taken(suite, name):
    """A function of the suite's file, or one that a header beside it declares, has the name."""
    for path in (suite.path, *sorted(suite.path.parent.glob("*.h"))):
        if re.search(rf"\b{name}\(", path.read_text()):
            raise UsageError(f"{path} has a function {name}, so that no case can have the name")


def _add_case(plan, suite, case):
    """One more case in a suite that is there: its function in front of the array, its entry last."""
    path = suite.path
    text = path.read_text()
    _refuse_taken(suite, case)
    arrays = [match for match in re.finditer(r"^static const struct test_case (\w+)\[\] = \{$", text, re.M)
              if re.search(rf"TEST_SUITE\({suite.name},[^;]*\.cases = {match[1]}\)", text, re.S)]
    end = text.find(END_OF_CASES, arrays[0].start()) if arrays else -1
    if end < 0:
        raise UsageError(f"{path}: no array of cases that ends in a line with {{}}: write the case by hand")
    start = arrays[0].start()
    plan.change(path, "".join([text[:start], FUNCTION.format(case=case), "\n", text[start:end],
                               ENTRY.format(case=case), text[end:]]))


def _insert_line(text, line):
    """@text with @line among its like, in the order of the alphabet."""
    lines = text.splitlines()
    at = next((n for n, other in enumerate(lines) if other.startswith("obj-") and other > line), len(lines))
    return "\n".join([*lines[:at], line, *lines[at:], ""])


def _add_suite(plan, source, area, suite, case):
    """A suite in an area that is there, or in one of its own."""
    tests = source / "tests"
    folder = tests / (area or suite)
    if not area and folder.exists():
        raise UsageError(f"tests/{suite} is there, and has no suite {suite}: name it {suite}/suite.case")
    names = {"suite": suite, "case": case, "symbol": suite.upper()}
    path = folder / f"{suite}.c"
    if path.exists():
        raise UsageError(f"{path} is there, and holds no suite {suite}")
    plan.files[path] = FILE.format(function=FUNCTION.format(**names), entry=ENTRY.format(**names), **names)
    obj = f"obj-$(CONFIG_TEST_{suite.upper()}) += {suite}.o\n"
    if area:
        plan.change(folder / "Makefile", (folder / "Makefile").read_text() + obj)
        plan.change(folder / "Kconfig", f"{(folder / 'Kconfig').read_text()}\n{KCONFIG.format(**names)}")
        return
    plan.files[folder / "Makefile"] = SPDX + obj
    plan.files[folder / "Kconfig"] = SPDX + KCONFIG.format(**names)
    plan.change(tests / "Makefile", _insert_line((tests / "Makefile").read_text(), f"obj-y += {suite}/"))
    last = 'source "tests/selftest/Kconfig"'
    kconfig = (tests / "Kconfig").read_text()
    if last not in kconfig:
        raise UsageError(f"{tests / 'Kconfig'} has no line {last}")
    plan.change(tests / "Kconfig", kconfig.replace(last, f'source "tests/{suite}/Kconfig"\n{last}'))


def _add_defect(plan, source, suite, case):
    """What makes the case fail, as comments: only who has written the check knows what."""
    path = source / "tests" / "defects" / f"{suite}.toml"
    entry = DEFECT.format(name=suite.replace("_", "-"), dashed=case.replace("_", "-"), suite=suite, case=case)
    if path.exists():
        plan.change(path, path.read_text() + entry)
    else:
        plan.files[path] = SPDX + entry


def plan(source, name):
    """The Plan for a case called @name; nothing is written yet."""
    area, suite, case = _check(name, source)
    made = Plan(f"{suite}.{case}")
    there = next((item for item in cases.load_suites(source) if item.name == suite), None)
    if there and there.selftest:
        raise UsageError(OWN)
    if there and any(item.name == case for item in there.cases):
        raise UsageError(f"{suite}.{case} is there: {there.path}")
    if there and area and there.path.parent.name != area:
        raise UsageError(f"the suite {suite} is in another area: {there.path}")
    if there:
        _add_case(made, there, case)
    else:
        _add_suite(made, source, area, suite, case)
    _add_defect(made, source, suite, case)
    return made
