# SPDX-License-Identifier: BSD-2-Clause
"""
Items on runs that are not in one piece: cases that take the machine down, with memory that
keeps the run and without, and power cuts.
"""

import random
import time
from dataclasses import replace

from . import expect, items, runner, status, variant

RESETS_PLATFORMS = ("direct-16", "edk2-smp8")
CUT_PLATFORMS = ("direct", "edk2")
CUTS = 4


class ResetsItem:
    """Each case that takes the machine down costs itself: tests/selftest/resets.toml."""

    def __init__(self, platform, kind, append=""):
        self.platform, self.append = platform, append
        self.name = f"{kind}.{platform}"

    def run(self, context):
        begin = time.monotonic()
        results = expect.load_results(context.source / "tests" / "selftest" / "resets.toml")
        platform = replace(context.platform(self.platform), name=self.name)
        platform = platform.with_append(results.append, self.append)
        result = runner.run(platform, context.setup(items.SELFTEST_VARIANT),
                            resume=bool(self.append))
        problems = [result.headline, *result.details]
        if result.status == status.FAILURES:
            problems = expect.result_problems(result.parser, results)
        if problems:
            problems.append(f"log: {result.log}")
        return items.single(self.name, problems, time.monotonic() - begin,
                            [f"{len(results.cases)} results as they must be"])


class Cutter:
    """Draws the plug at places that a number gives, a few times."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.left = CUTS
        self.parser = self.at = None

    def __call__(self, parser):
        if parser is not self.parser:
            self.parser, self.at = parser, self.random.randrange(200)
        if not self.left or parser.over() or len(parser.cases) < self.at:
            return False
        self.left -= 1
        return True


class CutItem:
    """A power cut at any place costs the case that ran, at most, and no other."""

    def __init__(self, platform, seed):
        self.platform, self.seed = platform, seed
        self.name = f"cut.{platform}"

    def run(self, context):
        begin = time.monotonic()
        whole = context.result(self.platform)
        platform = replace(context.platform(self.platform), name=self.name)
        cutter = Cutter(self.seed)
        result = runner.run(platform, context.setup(platform.variant or variant.DEFCONFIG),
                            resume=True, cut=cutter)
        problems = self._problems(whole.parser, result)
        if cutter.left:
            problems.append(f"the power was to be cut {CUTS} times, and was {CUTS - cutter.left}")
        if problems:
            problems.append(f"log: {result.log}")
        return items.single(self.name, problems, time.monotonic() - begin,
                            [f"{CUTS} power cuts, {len(result.parser.lost)} cases lost"])

    @staticmethod
    def _problems(whole, result):
        if result.status not in (status.GOOD, status.FAILURES):
            return [result.headline, *result.details]
        ours = {case.id: case for case in result.parser.cases}
        problems = [f"{name} has no result" for name in
                    (case.id for case in whole.cases) if name not in ours]
        if len(result.parser.lost) > CUTS:
            problems.append(f"{CUTS} cuts cost {len(result.parser.lost)} cases")
        for case in whole.cases:
            other = ours.get(case.id)
            if other and other.verdict != case.verdict and case.id not in result.parser.lost:
                problems.append(f"{case.id}: {other.verdict} {other.reason}, and {case.verdict}"
                                " without a cut")
        return problems


def resume_items():
    return [*[ResetsItem(platform, "resets") for platform in RESETS_PLATFORMS],
            ResetsItem("direct-16", "resume", "progress=off"),
            *[CutItem(platform, seed) for seed, platform in enumerate(CUT_PLATFORMS, 1)]]
