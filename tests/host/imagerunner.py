# SPDX-License-Identifier: BSD-2-Clause
"""The runner of the image as a program of the build machine: runs of it, taken apart.

tests/host/runner/ links lib/test and the command line of lib/core with suites
that pass (suites.c) and with tests/selftest.
"""

import dataclasses
import functools
import re
import subprocess

import hosttest

# Cases of tests/host/runner/suites.c, and the one that the runner adds.
ALPHA = ["alpha.one", "alpha.two", "alpha.three"]
BETA = ["beta.one", "beta.flaky", "beta.destructive"]
END = ["environment.clean"]

RESULT = re.compile(r"    (ok|not ok) (\d+) (\S+)(?: # ([A-Z]+)(?: (.*))?)?$")


@dataclasses.dataclass
class Report:
    """What a run has printed, taken apart."""
    text: str
    errors: list
    warnings: list
    status: int
    results: dict        # "suite.case" -> verdict, in order
    reasons: dict

    def under(self, case):
        """Lines between a case's result and the next case, comments without '# '."""
        name = case.split(".")[1]
        tail = self.text.split(f"# run {case}\n", 1)[1]
        tail = re.split(rf"(?:not )?ok \d+ {name}[^\n]*\n", tail, maxsplit=1)[1]
        body = re.split(r"^(?: +# run |(?:not )?ok )", tail, maxsplit=1, flags=re.M)[0]
        return [line.strip().removeprefix("# ") for line in body.splitlines()]

    def cases(self, *suites):
        """Names of the cases of these suites, in the order they came."""
        return [name for name in self.results if name.split(".")[0] in suites]


def parse(text):
    """Results and reasons; the plan of each suite and the numbering must hold."""
    results, reasons = {}, {}
    suite, left, number = None, 0, 0
    for line in text.splitlines():
        if line.startswith("    # Subtest: "):
            assert left == 0, f"{suite}: {left} cases missing"
            suite, number = line.split(": ")[1], 0
        elif re.fullmatch(r"    1\.\.\d+", line):
            left = int(line.split("..")[1])
            assert left, f"{suite}: no cases"
        elif match := RESULT.match(line):
            number, left = number + 1, left - 1
            assert int(match[2]) == number, line
            plain = "PASS" if match[1] == "ok" else "FAIL"
            results[f"{suite}.{match[3]}"] = match[4] or plain
            reasons[f"{suite}.{match[3]}"] = match[5] or ""
            assert (match[1] == "ok") == ((match[4] or plain) in ("PASS", "SKIP")), line
    assert left == 0
    return results, reasons


@functools.lru_cache
def build(program):
    """Once a session."""
    return hosttest.build(program)


def run(*args, program="runner"):
    """Run the program; its report must be whole, whatever the verdict."""
    done = subprocess.run([str(build(program)), *map(str, args)], capture_output=True, text=True,
                          timeout=60, check=False)
    assert "Sanitizer" not in done.stderr and "runtime error" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stderr
    results, reasons = parse(done.stdout)
    top = re.findall(r"^(?:not )?ok (\d+) \S+$", done.stdout, flags=re.M)
    plan = re.search(r"^1\.\.(\d+)$", done.stdout, flags=re.M)
    assert [str(n + 1) for n in range(int(plan[1]))] == top, done.stdout
    logged = {level: [line[3:] for line in done.stderr.splitlines()
                      if line.startswith(f"{level}| ")] for level in "EW"}
    return Report(done.stdout, logged["E"], logged["W"], done.returncode, results, reasons)


def boot(words, *args, **kwargs):
    """A run with words of the boot loader."""
    return run("--boot", words, *args, **kwargs)


def conf(tmp_path, text):
    path = tmp_path / "assay.conf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def settings(report):
    return re.findall(r"^set (.*)$", report.text, flags=re.M)
