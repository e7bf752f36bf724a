# SPDX-License-Identifier: BSD-2-Clause
"""Every suite and case of the tree, as the sources of tests/ have them."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from . import csource

NOT_OF_THE_IMAGE = ("host", "platforms", "defects", "variants")
SELFTEST = "selftest"       # its cases must fail


@dataclass
class Case:
    """One entry of a suite's array."""
    suite: object
    fields: dict

    def __getattr__(self, name):
        """A field of struct test_case as text; "" when it is not set."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.fields.get(name, "")

    @property
    def id(self):
        return f"{self.suite.name}.{self.name}"

    def place(self):
        """(path, line, comment) of the case's function."""
        paths = sorted(self.suite.path.parent.glob("*.c"), key=lambda path: path != self.suite.path)
        for path in paths:
            line, comment = csource.comment_above(path.read_text(), self.run)
            if line:
                return path, line, comment
        return self.suite.path, 0, ""


@dataclass
class Suite:
    """One TEST_SUITE()."""
    name: str
    about: str
    path: Path
    symbol: str                 # the Kconfig symbol that builds it, "" when it always is
    cases: list = field(default_factory=list)

    @property
    def selftest(self):
        return self.path.parent.name == SELFTEST

    def prose(self):
        """What the suite's file opens with."""
        return csource.head_comment(self.path.read_text())


def _known_macros(source, path, text):
    """Macros that a suite's array may use: of its own file, its headers, and test/test.h."""
    found = csource.macros((source / "include" / "test" / "test.h").read_text())
    del found["TEST_SUITE"]
    for name in re.findall(r'^#include "([^"]+)"', text, re.M):
        header = path.parent / name
        if header.is_file():
            found.update(_known_macros(source, header, header.read_text()))
    found.update(csource.macros(text))
    return found


def symbols(area):
    """{object: Kconfig symbol} of an area's Makefile."""
    makefile = area / "Makefile"
    text = makefile.read_text().replace("\\\n", " ") if makefile.is_file() else ""
    return {name: symbol for symbol, names in re.findall(r"^obj-\$\((CONFIG_\w+)\)\s*\+=(.*)$", text, re.M)
            for name in names.split()}


def _array(body, name):
    """The tokens between the braces of an array, or None."""
    for index, token in enumerate(body):
        if token == name and body[index + 1:index + 2] == ["["]:
            end = csource.closing(body, index + 1)
            if body[end + 1:end + 3] == ["=", "{"]:
                return body[end + 3:csource.closing(body, end + 2)]
    return None


def _read_suites(source, path):
    text = path.read_text()
    if "TEST_SUITE(" not in text:
        return
    known = _known_macros(source, path, text)
    body = csource.tokens(csource.directives(text)[1])
    symbol = symbols(path.parent).get(f"{path.stem}.o", "")
    for index, token in enumerate(body):
        if token != "TEST_SUITE":
            continue
        name, *rest = csource.split(body[index + 2:csource.closing(body, index + 1)])
        about = {}
        for part in rest:
            about.update(csource.initialiser(csource.expand(part, known)))
        suite = Suite(name[0], about.get("about", ""), path, symbol)
        entries = _array(body, about.get("cases", ""))
        if entries is None:
            raise csource.SourceError(f"{path}: suite {suite.name}: its cases are not an array of this file")
        for entry in csource.split(csource.expand(entries, known)):
            fields = csource.initialiser(entry[1:-1])
            if fields:
                suite.cases.append(Case(suite, fields))
        yield suite


def load_suites(source):
    """Every suite below tests/ of a source tree, in the order of their names."""
    found = []
    for path in sorted((Path(source) / "tests").glob("*/*.c")):
        if path.parent.name in NOT_OF_THE_IMAGE:
            continue
        try:
            found += _read_suites(Path(source), path)
        except csource.SourceError as err:
            raise csource.SourceError(f"{path}: {err}") from err
    return sorted(found, key=lambda suite: suite.name)


def load_cases(source, selftest=False):
    """Every case of the tree, the framework's own only when asked for."""
    return [case for suite in load_suites(source) if selftest or not suite.selftest for case in suite.cases]
