# SPDX-License-Identifier: BSD-2-Clause
"""
The items of make check and make prove. Each is a name and a run(context) that
returns an Outcome; the pool runs two at a time.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace

from . import defects, ends, expect, junit, ktap, libdefects, process, runner, status, variant
from .status import Absent, UsageError
from .tools import find_tool

HOST_SECONDS = 3600         # all the tests of the build machine together
SELFTEST_VARIANT = "selftest"
SELFTEST_PLATFORMS = ("direct", "direct-el2", "direct-el2-vhe", "edk2", "u-boot-efi")
ISOLATION_PLATFORMS = ("direct-16", "edk2-smp8")    # with other CPUs to lose
GDB_PLATFORMS = ("direct", "edk2")
GDB_SECONDS = 60


@dataclass
class Outcome:
    """What an item came to: counted tests, and lines on what went wrong."""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list = field(default_factory=list)       # shown whatever came of it
    problems: list = field(default_factory=list)
    suite: object = None                            # junitparser.TestSuite


def single(name, problems, seconds, notes=()):
    """An item that is one test."""
    suite = junit.require().TestSuite(name)
    suite.add_testcase(junit.make_case(name.partition(".")[2], name.partition(".")[0], seconds,
                                       problems[0] if problems else None, "\n".join(problems)))
    return Outcome(int(not problems), int(bool(problems)), 0, list(notes), list(problems), suite)


def absent(name, reason, seconds):
    """An item that cannot run here, and why."""
    suite = junit.require().TestSuite(name)
    suite.add_testcase(junit.make_case(name.partition(".")[2], name.partition(".")[0], seconds,
                                       skipped=reason))
    return Outcome(0, 0, 1, [f"SKIP: {reason}"], [], suite)


class PlatformItem:
    """The image on one platform; its verdict, SKIPs and XFAILs are those of the platform's file."""

    def __init__(self, platform):
        self.platform = platform
        self.name = f"platform.{platform.name}"

    def run(self, context):
        result = context.result(self.platform.name)
        problems = expect.platform_problems(result, self.platform.xfails)
        suite = junit.image_suite(result)
        suite.add_testcase(junit.make_case("as_expected", self.platform.name, 0.0,
                                           problems[0] if problems else None, "\n".join(problems)))
        cases = result.parser.cases
        if problems:
            problems = [*problems, f"log: {result.log}"]
        return Outcome(int(not problems), int(bool(problems)), 0,
                       [f"{len(cases)} cases, {result.headline}"], problems, suite)


class RegistersItem:
    """The registers at the first case do not tell how the image was booted."""

    def __init__(self, platform):
        self.platform = platform
        self.other = platform.same_registers_as
        self.name = f"registers.{platform.name}"

    def run(self, context):
        begin = time.monotonic()
        ours = expect.registers(context.result(self.platform.name).parser)
        theirs = expect.registers(context.result(self.other).parser)
        problems = expect.register_problems(self.platform.name, ours, self.other, theirs)
        return single(self.name, problems, time.monotonic() - begin,
                       [f"{len(ours)} as on {self.other}"])


class SelftestItem:
    """The framework's own failures come out as a table of tests/selftest says."""

    def __init__(self, platform, kind="selftest", table="expected.toml"):
        self.platform = platform
        self.name = f"{kind}.{platform}"
        self.table = table

    def run(self, context):
        begin = time.monotonic()
        results = expect.load_results(context.source / "tests" / "selftest" / self.table)
        result = context.run_variant(self.platform, SELFTEST_VARIANT, results.append)
        if result.status == status.FAILURES:
            problems = expect.result_problems(result.parser, results)
        else:
            problems = [f"expected a whole verdict with failures: {result.headline}",
                        *result.details]
        if problems:
            problems.append(f"log: {result.log}")
        return single(self.name, problems, time.monotonic() - begin,
                       [f"{len(results.cases)} results as they must be"])


class EndItem:
    """A run ends by the way that power= names, as QEMU saw it."""

    TRACE = "qemu_system_shutdown_request"
    GUEST_SHUTDOWN = "reason=6"     # QEMU's enum ShutdownCause

    def __init__(self, end):
        self.end = end
        self.name = f"end.{end.name}"

    def run(self, context):
        begin = time.monotonic()
        platform = context.platform(self.end.platform)
        platform = replace(platform.with_append(self.end.append), run="lib.crc*",
                           name=f"end-{self.end.name}", tree=[*platform.tree, *self.end.tree])
        setup = context.setup(platform.variant)
        trace = setup.logs / f"{platform.name}.trace"
        trace.unlink(missing_ok=True)
        setup = replace(setup, qemu_args=[*setup.qemu_args, "-no-reboot", "-trace", self.TRACE,
                                          "-D", str(trace)])
        result = runner.run(platform, setup)
        problems = self._problems(result, trace)
        if problems:
            problems.append(f"log: {result.log}")
        return single(self.name, problems, time.monotonic() - begin, [self.end.ends])

    def _problems(self, result, trace):
        if result.status != status.GOOD:
            return [result.headline, *result.details]
        traced = trace.read_text() if trace.exists() else ""
        log = result.log.read_text(errors="replace")
        found = "off" if self.GUEST_SHUTDOWN in traced else "reset"
        problems = [] if found == self.end.ends else [f"ended by {found}"]
        if self.end.says and self.end.says not in log:
            problems.append(f"the log does not say {self.end.says!r}")
        elif not self.end.says and re.search(r"(power off|reset) by .* failed", log):
            problems.append("the way failed, and another one ended the run")
        return problems


class GdbItem:
    """make run GDB=1 stops at the entry, and knows the image's symbols where it was loaded."""

    def __init__(self, platform):
        self.platform = platform
        self.name = f"gdb.{platform}"

    def run(self, context):
        begin = time.monotonic()
        env = dict(os.environ, PLATFORM=self.platform, GDB="1", ASSAY_SRC=str(context.source),
                   ASSAY_OBJ=str(context.image(variant.DEFCONFIG).parent),
                   GDB_ARGS="-batch -ex 'break runner_run' -ex continue -ex bt")
        for name in ("SMP", "MEM", "APPEND", "RUN", "QEMU_ARGS", "FIRMWARE", "ACCEL", "MIGRATE"):
            env.pop(name, None)
        script = context.source / "scripts" / "run.py"
        proc = process.start([sys.executable, str(script)], env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            output, _ = proc.communicate(timeout=GDB_SECONDS)
        except subprocess.TimeoutExpired:
            output = f"gdb did not end in {GDB_SECONDS} s"
        finally:
            process.stop(proc)
        frames = [line for line in output.splitlines() if line.startswith("#")]
        good = any(" in start (" in line for line in frames)
        problems = [] if good else ["no such backtrace", *output.splitlines()[-20:]]
        return single(self.name, problems, time.monotonic() - begin,
                       ["backtrace from runner_run to start"])


class DefectItem:
    """A planted defect is caught by the cases that its file names."""

    def __init__(self, defect):
        self.defect = defect
        self.name = f"prove.{defect.name}"
        self.result = None          # for the list of cases that never failed

    def run(self, context):
        begin = time.monotonic()
        healthy = context.result(self.defect.platform)
        if not self._is_ground(context, healthy):
            problems = [f"{self.defect.platform} is not good without the defect:"
                        f" {healthy.headline}"]
            return single(self.name, problems, time.monotonic() - begin)
        platform, setup = self._plant(context)
        self.result = runner.run(platform, setup)
        problems = defects.problems(self.defect, self.result, healthy)
        if problems:
            problems.append(f"log: {self.result.log}")
        caught = self.defect.caught_by or [self.result.headline]
        return single(self.name, problems, time.monotonic() - begin,
                       [] if problems else [f"caught by {', '.join(caught)}"])

    def _is_ground(self, context, healthy):
        """Good without the defect, but for failures known of another QEMU than the user's."""
        known = set(context.platforms.load(self.defect.platform).xfails)
        failed = {case.id for case in healthy.parser.cases if case.verdict in ktap.FAILED}
        return healthy.status == status.GOOD or (
            healthy.status == status.FAILURES and failed <= known - set(self.defect.caught_by))

    def _plant(self, context):
        defect = self.defect
        platform = context.platform(defect.platform)
        described = context.platforms.load(defect.described_as or defect.platform)
        if defect.fault and platform.variant:
            raise UsageError(f"{defect.name}: {platform.name} has an image of its own, and the one"
                             " that takes faults is another")
        setup = context.setup(defects.FAULTS_VARIANT if defect.fault else
                              defect.variant or platform.variant)
        return defects.plant(defect, platform, described, setup, context.tables)


class LibDefectsItem:
    """Each function of lib/base, broken on purpose, is caught by its tests on both machines."""

    name = "prove.lib-base"

    def __init__(self):
        self.failed = set()         # for the list of cases that never failed

    def run(self, context):
        begin = time.monotonic()
        found = libdefects.run(context.source, context.obj)
        self.failed = found.cases
        return single(self.name, found.problems, time.monotonic() - begin, [found.last])


class HostItem:
    """The tests of the build machine, by pytest."""

    name = "host"

    def run(self, context):
        xml = context.logs / "host.xml"
        log = context.logs / "host.log"
        context.logs.mkdir(parents=True, exist_ok=True)
        xml.unlink(missing_ok=True)
        ended = self._pytest(context, xml, log)
        tail = log.read_text(errors="replace").splitlines()[-40:]
        if not xml.is_file():
            return single("host.pytest", [f"pytest {ended}, and left no results", *tail], 0)
        return self._outcome(xml, ended, tail, log)

    @staticmethod
    def _pytest(context, xml, log):
        """Run pytest; returns how it ended in words."""
        env = {key: val for key, val in os.environ.items() if key not in variant.PRIVATE}
        env.update(O=str(context.obj), ASSAY_OBJ=str(context.obj), ASSAY_SRC=str(context.source),
                   ASSAY_IMAGE=str(context.image(variant.DEFCONFIG)), PYTHONDONTWRITEBYTECODE="1")
        command = [find_tool("pytest-3"), "-q", "-p", "no:cacheprovider", f"--junitxml={xml}",
                   str(context.source / "tests" / "host")]
        with open(log, "wb") as out:
            proc = process.start(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env,
                                 cwd=context.source)
            try:
                return f"ended with status {proc.wait(HOST_SECONDS)}"
            except subprocess.TimeoutExpired:
                return f"did not end in {HOST_SECONDS} s"
            finally:
                process.stop(proc)

    @staticmethod
    def _outcome(xml, ended, tail, log):
        parsed = junit.require().JUnitXml.fromfile(str(xml))
        merged = junit.require().TestSuite("host")
        outcome, files = Outcome(suite=merged), {}
        for case in (case for suite in parsed for case in suite):
            merged.add_testcase(case)
            kind = _kind(case)
            setattr(outcome, kind, getattr(outcome, kind) + 1)
            files.setdefault(case.classname, []).append(kind)
            if kind == "failed":
                words = f"{case.classname}.{case.name}: {case.result[0].message}"
                outcome.problems.append(words.splitlines()[0])
        outcome.notes = [_counts(name.rpartition(".")[2], kinds) for name, kinds in files.items()]
        if not outcome.passed and not outcome.failed:
            outcome.failed, outcome.problems = 1, [f"pytest {ended} and ran no test", *tail]
        elif not ended.endswith(" 0") and not outcome.failed:
            outcome.failed, outcome.problems = 1, [f"pytest {ended}", *tail]
        if outcome.problems:
            outcome.problems.append(f"log: {log}")
        return outcome


def _kind(case):
    results = case.result or []
    bad = (junit.junitparser.Failure, junit.junitparser.Error)
    if any(isinstance(result, bad) for result in results):
        return "failed"
    return "skipped" if results else "passed"


def _counts(name, kinds):
    present = [kind for kind in ("passed", "failed", "skipped") if kind in kinds]
    return f"{name} " + ", ".join(f"{kinds.count(kind)} {kind}" for kind in present)


def guarded(item, context):
    """Run an item; what the user has to put right fails this item and not the others."""
    begin = time.monotonic()
    try:
        return item.run(context), time.monotonic() - begin
    except Absent as err:
        return absent(item.name, str(err), time.monotonic() - begin), time.monotonic() - begin
    except (UsageError, OSError, RuntimeError) as err:
        name = item.name if "." in item.name else f"{item.name}.{item.name}"
        seconds = time.monotonic() - begin
        return single(name, str(err).splitlines() or [repr(err)], seconds), seconds


def platform_items(context):
    platforms = context.platforms.load_all()
    items = [PlatformItem(platform) for platform in platforms]
    return items + [RegistersItem(platform) for platform in platforms
                    if platform.same_registers_as and platform.runs(expect.REGISTER_CASE)]


def defect_items(context):
    planted = defects.load_all(context.source / "tests" / "defects")
    # The longest comes first, so that nothing waits for it.
    return [LibDefectsItem(), *[DefectItem(defect) for defect in planted]]


def selftest_items():
    return [*[SelftestItem(platform) for platform in SELFTEST_PLATFORMS],
            *[SelftestItem(platform, "isolation", "isolation.toml")
              for platform in ISOLATION_PLATFORMS]]


def end_items(context):
    return [EndItem(end) for end in ends.load_all(context.source / "tests" / "power" / "ends.toml")]


def gdb_items():
    return [GdbItem(platform) for platform in GDB_PLATFORMS]
