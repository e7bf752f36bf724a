# SPDX-License-Identifier: BSD-2-Clause
"""
The items of make check on isolation: a saboteur in front of all suites costs itself, and
every other case comes out as it does without (tests/selftest/sabotage.toml).
"""

import time
from dataclasses import dataclass, replace

from . import ktap, runner, status
from .context import Once
from .items import single
from .platform import load_toml
from .status import UsageError

VARIANT = "sabotage"
SUITES = ("sabotage", "sabotage_early")
VERDICTS = (ktap.PASS, *ktap.FAILED)
SHOWN = 10


@dataclass(frozen=True)
class Saboteur:
    """A case of one of the suites, and where it is tried."""
    name: str
    verdict: str
    machines: dict          # short name = {platform = its name, and keys that are otherwise}


def load(path):
    """The saboteurs of a file; UsageError when it makes no sense."""
    data = load_toml(path)
    machines, found = {}, []
    for name, value in data.get("machines", {}).items():
        machines[name] = {"platform": value} if isinstance(value, str) else value
    for name, table in data.get("saboteurs", {}).items():
        if set(table) != {"verdict", "on"} or table["verdict"] not in VERDICTS:
            raise UsageError(f"{path}: [saboteurs.{name}] needs on, and verdict, one of"
                             f" {', '.join(VERDICTS)}")
        unknown = [machine for machine in table["on"] if machine not in machines]
        if unknown or not table["on"]:
            raise UsageError(f"{path}: [saboteurs.{name}] on = {unknown}: there are:"
                             f" {', '.join(machines)}")
        found.append(Saboteur(name, table["verdict"], {key: machines[key] for key in table["on"]}))
    if not found:
        raise UsageError(f"{path}: no saboteurs")
    return found


def is_saboteur(case):
    return case.id.split(".")[0] in SUITES


def others(parser):
    """{"suite.case": (verdict, reason)} of all that are no saboteurs."""
    return {case.id: (case.verdict, case.reason) for case in parser.cases
            if not is_saboteur(case)}


def differences(without, behind):
    """Lines on what came out otherwise behind a saboteur."""
    found = [f"{case}: {behind[case][0]} {behind[case][1]}, without the saboteur {verdict} {reason}"
             if case in behind else f"{case}: did not run behind the saboteur"
             for case, (verdict, reason) in without.items() if behind.get(case) != (verdict, reason)]
    found += [f"{case}: ran only behind the saboteur" for case in behind if case not in without]
    left = len(found) - SHOWN
    return found[:SHOWN] + ([f"and {left} more"] if left > 0 else [])


class SabotageItem:
    """One saboteur on one machine."""

    def __init__(self, saboteur, machine, healthy):
        self.saboteur = saboteur
        self.machine = machine
        self.name = f"sabotage.{saboteur.name}.{machine}"
        self.healthy = healthy

    def run(self, context):
        begin = time.monotonic()
        changes = self.saboteur.machines[self.machine]
        without = others(self.healthy(self.machine).parser)
        result = run_with(context, changes, self.saboteur.name)
        problems = self._problems(result, without)
        if problems:
            problems.append(f"log: {result.log}")
        return single(self.name, problems, time.monotonic() - begin,
                      [f"{self.saboteur.verdict}, and {len(without)} cases as without it"])

    def _problems(self, result, without):
        if result.status != status.FAILURES:
            return [f"expected a whole verdict with one failure: {result.headline}",
                    *result.details]
        own = [case for case in result.parser.cases
               if is_saboteur(case) and case.id.split(".")[1] == self.saboteur.name]
        problems = differences(without, others(result.parser))
        if [case.verdict for case in own] != [self.saboteur.verdict]:
            found = ", ".join(f"{case.verdict} {case.reason}".rstrip() for case in own)
            problems.insert(0, f"the saboteur is {found or 'not there'}, expected"
                               f" {self.saboteur.verdict}")
        return problems


def run_with(context, changes, saboteur):
    """All suites of the platform's machine, whichever it runs otherwise; "": no saboteur."""
    changes = {"run": "", **changes}
    name = changes.pop("platform")
    platform = replace(context.platform(name, **changes),
                       name=".".join(filter(None, [name, VARIANT, saboteur])))
    if saboteur:
        platform = platform.with_append(f"sabotage={saboteur}")
    return runner.run(platform, context.setup(VARIANT))


def sabotage_items(context):
    saboteurs = load(context.source / "tests" / "selftest" / "sabotage.toml")
    machines = {name: changes for saboteur in saboteurs
                for name, changes in saboteur.machines.items()}
    healthy = Once(lambda name: run_with(context, machines[name], ""))
    return [SabotageItem(saboteur, machine, healthy)
            for saboteur in saboteurs for machine in saboteur.machines]
