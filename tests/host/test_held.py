# SPDX-License-Identifier: BSD-2-Clause
"""The runner on the build machine: what a case leaves behind, other CPUs, checks that must not compile."""

import functools
import re
import shutil
import subprocess

import hosttest
import pytest
from imagerunner import boot


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
