# SPDX-License-Identifier: BSD-2-Clause
"""Compares a run with what its platform file, or a table of results, expects."""

import re
from dataclasses import dataclass, fields

from . import ktap, status
from .platform import load_toml
from .status import UsageError

REGISTER = re.compile(r"^reg (\S+) (0x[0-9a-fA-F]+)$")
REGISTER_CASE = "boot.register_dump"
VERDICTS = (ktap.PASS, ktap.SKIP, ktap.XFAIL, *ktap.FAILED)


def _compare_table(parser, table, name, verdict, runs):
    """Lines on each case that @table expects to be @verdict and is not, and the other way round."""
    cases = {case.id: case for case in parser.cases}
    found = []
    for case_id, reason in table.items():
        case = cases.get(case_id)
        if case is None and not runs(case_id):
            continue
        if case is None:
            found.append(f'[{name}] names "{case_id}", and there is no such case')
        elif case.verdict != verdict:
            found.append(f'[{name}] names "{case_id}", which came out as {case.verdict}')
        elif case.reason != reason:
            found.append(f'{case_id}: {verdict} for the reason "{case.reason}",'
                         f' [{name}] says "{reason}"')
    for case in parser.cases:
        if case.verdict == verdict and case.id not in table:
            found.append(f'{case.id}: unexpected {verdict}; were it right, [{name}] would hold'
                         f' "{case.id}" = "{case.reason}"')
    return found


def _known(case_id, known):
    return f" (known of Debian's build: {known[case_id]})" if case_id in known else ""


def platform_problems(result, known=None):
    """
    Why a run is not exactly what its platform file expects, [] when it is.
    @known: failures that the file excuses in another build than the one that ran.
    """
    if result.status not in (status.GOOD, status.FAILURES):
        return [result.headline, *result.details]
    parser, platform = result.parser, result.platform
    failures = [case for case in parser.cases if case.verdict in ktap.FAILED]
    problems = _compare_table(parser, platform.skips, "skips", ktap.SKIP, platform.runs)
    if platform.words:
        problems += _compare_table(parser, platform.xfails, "xfails", ktap.XFAIL, platform.runs)
    else:
        # Nobody told the image what is known to fail there.
        ids = [case.id for case in failures]
        problems += [f'[xfails] names "{case_id}", which did not fail'
                     for case_id in platform.xfails if case_id not in ids]
        failures = [case for case in failures if case.id not in platform.xfails]
    return [*[f"{case.id}: {case.verdict} {case.reason}".rstrip() + _known(case.id, known or {})
              for case in failures], *problems]


def registers(parser):
    """{name: value} that the case boot.register_dump printed."""
    for case in parser.cases:
        if case.id == REGISTER_CASE:
            found = [REGISTER.match(line) for line in case.diag]
            return {match[1]: int(match[2], 16) for match in found if match}
    return {}


def register_problems(name, ours, other, theirs):
    """Lines on how the register dumps of two runs differ."""
    for platform, dump in ((name, ours), (other, theirs)):
        if not dump:
            return [f'{platform}: {REGISTER_CASE} printed no line "# reg NAME 0x..."']
    found = [f"{reg}: {ours[reg]:#x} on {name}, {theirs[reg]:#x} on {other}"
             for reg in ours if reg in theirs and ours[reg] != theirs[reg]]
    found += [f"{reg}: only on {name}" for reg in ours if reg not in theirs]
    return found + [f"{reg}: only on {other}" for reg in theirs if reg not in ours]


@dataclass(frozen=True)
class Results:
    """A run whose every result is known beforehand (tests/selftest/expected.toml)."""
    append: str         # words that the run gets
    totals: str         # its last two lines, word for word
    last: str
    cases: dict         # "suite.case" = verdict, or verdict and words that the reason has


def load_results(path):
    """Results from @path; UsageError when it makes no sense."""
    data = load_toml(path)
    wanted = {item.name for item in fields(Results)}
    if set(data) != wanted:
        raise UsageError(f"{path}: expected {', '.join(sorted(wanted))}, found"
                         f" {', '.join(sorted(data))}")
    for case_id, verdict in data["cases"].items():
        if verdict.partition(" ")[0] not in VERDICTS:
            raise UsageError(f'{path}: "{case_id}" = "{verdict}": expected one of'
                             f' {", ".join(VERDICTS)}')
    return Results(**data)


def result_problems(parser, results):
    """Why the cases of a run did not come out as they had to."""
    cases = {case.id: case for case in parser.cases}
    found = []
    for case_id, wanted in results.cases.items():
        verdict, _, words = wanted.partition(" ")
        case = cases.pop(case_id, None)
        if case is None:
            found.append(f"{case_id}: expected {verdict}, and it did not run")
        elif case.verdict != verdict or words not in case.reason:
            found.append(f"{case_id}: expected {wanted}, got {case.verdict}"
                         f" {case.reason}".rstrip())
    found += [f"{case_id}: ran, and is not in the table" for case_id in cases]
    for line in (results.totals, results.last):
        if line not in parser.closing:
            found.append(f'the run ends on "{" / ".join(parser.closing)}", expected "{line}"')
    return found
