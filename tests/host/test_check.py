# SPDX-License-Identifier: BSD-2-Clause
"""make check's pool: what it prints, counts and ends with."""

import io
import shutil
import signal
import subprocess
import sys
import time

import pytest
from runnertest import SCRIPTS, TOP, environment, run_script

import check
from assay import defects, items, ktap, pool, status
from assay.platform import Platform
from assay.process import stopping
from assay.status import UsageError


class Item:
    def __init__(self, name, passed=1, failed=0, problems=(), error=None):
        self.name, self.error = name, error
        self.outcome = items.Outcome(passed, failed, 0, ["note"], list(problems))

    def run(self, _context):
        if self.error:
            raise self.error
        return self.outcome


@pytest.fixture(autouse=True)
def fixture_not_stopping():
    stopping.clear()
    yield
    stopping.clear()


def test_each_item_has_a_line_and_the_last_line_counts(tmp_path, capsys):
    found = [Item("a.one"), Item("b.two", 0, 1, ["it broke"]), Item("c.three", 5, 0)]
    pairs = pool.run(found, None)
    assert [item for item, _ in pairs] == found
    assert pool.close(pairs, tmp_path / "check.xml") == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("ok   a.one") and line.endswith("note") for line in lines)
    assert any(line.startswith("FAIL b.two") for line in lines)
    assert "       it broke" in lines
    assert "# failed: b.two" in lines
    assert lines[-1] == "6 passed, 1 failed"


def test_all_good_is_status_0_and_nothing_run_is_not(tmp_path, capsys):
    assert pool.close(pool.run([Item("a.one")], None), tmp_path / "check.xml") == 0
    assert pool.close([], tmp_path / "check.xml") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 0 failed"


def test_what_an_item_cannot_do_fails_that_item_alone(tmp_path, capsys):
    found = [Item("a.one", error=UsageError("QEMU is missing\ninstall it")), Item("b.two")]
    assert pool.close(pool.run(found, None), tmp_path / "check.xml") == 1
    out = capsys.readouterr().out
    assert "       QEMU is missing\n       install it\n" in out
    assert out.splitlines()[-1] == "1 passed, 1 failed"
    assert "QEMU is missing" in (tmp_path / "check.xml").read_text()


def test_a_part_is_chosen_by_glob():
    found = [Item("host"), Item("platform.a"), Item("platform.b")]
    assert [item.name for item in check.select(found, ["platform.*"])] == ["platform.a", "platform.b"]
    assert check.select(found, []) == found
    with pytest.raises(UsageError, match="CHECK=prove.x names no item; there are: host, platform$"):
        check.select(found, ["host", "prove.x"])
    with pytest.raises(UsageError, match="the nearest are: platform.b, platform.a"):
        check.select(found, ["platform.bb"])


def test_a_part_that_is_not_there_is_a_usage_error(tmp_path):
    done = run_script("check.py", tmp_path, CHECK="nothing.*")
    assert done.returncode == 2
    assert "CHECK=nothing.* names no item" in done.stderr
    assert "Traceback" not in done.stderr


def test_cases_that_never_failed_are_told_by_all_the_proofs_only(tmp_path, monkeypatch):
    found = [Item("host"), Item("prove.a"), Item("prove.b")]
    told = []

    class Nothing:
        obj = tmp_path

        @staticmethod
        def note():
            return ""

    monkeypatch.setattr(check, "Context", Nothing)
    monkeypatch.setattr(check, "report_never_failed", lambda context, pairs: told.append(len(pairs)))
    for chosen, count in (("prove.a", 0), ("host prove.a", 0), ("prove.*", 1), ("", 2)):
        monkeypatch.setenv("CHECK", chosen)
        assert check.check(lambda context: found) == 0
        assert len(told) == count, chosen


def test_a_failure_known_of_another_qemu_is_no_reason_to_plant_nothing():
    """With QEMU= the healthy run may fail in what the platform's file excuses, and in nothing else."""
    known = {"dt.a": "Debian's"}
    context = type("C", (), {"platforms": type("P", (), {"load": lambda self, name: Platform(name, xfails=known)})()})()

    def ground(failed, code, catcher="dt.c"):
        parser = ktap.Parser()
        parser.suites = [ktap.Suite("dt", cases=[ktap.Case("dt", name, ktap.FAIL) for name in failed])]
        healthy = type("R", (), {"status": code, "parser": parser})()
        item = items.DefectItem(defects.Defect("d", platform="p", caught_by=[catcher]))
        return item._is_ground(context, healthy)

    assert ground([], status.GOOD) and ground(["a"], status.FAILURES)
    assert not ground(["a", "b"], status.FAILURES) and not ground(["a"], status.FAILURES, "dt.a")
    assert not ground([], status.CRASH)


def test_terminal_has_colours_and_progress():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    out = Terminal()
    printer = pool.Printer(2, out)
    printer.item("a.one", items.Outcome(1, 0, 0, ["note"]), 1.0)
    printer.item("b.two", items.Outcome(0, 1, 0, [], ["broke"]), 1.0)
    text = out.getvalue()
    assert "\x1b[32mok   a.one" in text and "\x1b[31mFAIL b.two" in text
    assert "[1/2] 0 failed" in text


HOST_TESTS = """
import pytest
def test_good(): pass
def test_bad(): assert 1 == 2
def test_skipped(): pytest.skip("not here")
"""


class Tree:
    """A source tree with host tests and nothing else."""

    def __init__(self, folder, text):
        self.source, self.obj, self.logs = folder / "src", folder, folder / "logs"
        (self.source / "tests" / "host").mkdir(parents=True)
        (self.source / "tests" / "host" / "test_x.py").write_text(text)
        (self.source / "Makefile").write_text("all defconfig:\n\t@touch $(O)/Image\n.PHONY: all defconfig\n")

    def image(self, _name):
        return self.obj / "Image"


def test_host_tests_are_counted_one_by_one(tmp_path):
    outcome = items.HostItem().run(Tree(tmp_path, HOST_TESTS))
    assert (outcome.passed, outcome.failed, outcome.skipped) == (1, 1, 1)
    assert any("test_bad" in line for line in outcome.problems)
    assert outcome.notes == ["test_x 1 passed, 1 failed, 1 skipped"]


@pytest.mark.parametrize("text", ["", "import nothing_of_that_name", "def broken(:"])
def test_host_tests_that_do_not_run_fail(tmp_path, text):
    outcome = items.HostItem().run(Tree(tmp_path, text))
    assert outcome.failed and outcome.problems


def test_an_interrupted_check_leaves_nothing_behind(tmp_path):
    """The tests of the build machine run in a group of their own, which ends with check.py."""
    marker = f"assay-marker-{tmp_path.name}"
    source = tmp_path / "src"
    Tree(tmp_path, f"import subprocess\ndef test_x():\n    subprocess.run(['sh', '-c', 'sleep 60; : {marker}'])")
    for name in ("platforms", "defects", "variants", "audit", "power"):
        (source / "tests" / name).mkdir()
    for name in ("configurations", "unseen"):
        (source / "tests" / "audit" / f"{name}.toml").write_text("")
    (source / "tests" / "power" / "ends.toml").write_text("")
    (source / "tests" / "selftest").mkdir()
    shutil.copy2(TOP / "tests" / "selftest" / "sabotage.toml", source / "tests" / "selftest")
    (source / "configs").mkdir(exist_ok=True)
    (source / "configs" / "defconfig").write_text("")
    env = environment(tmp_path, ASSAY_SRC=source, CHECK="host")
    proc = subprocess.Popen([sys.executable, SCRIPTS / "check.py"], env=env, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)
    begun = wait_for(lambda: running(marker) or proc.poll() is not None) and proc.poll() is None
    assert begun, proc.communicate(timeout=60)[1] if proc.poll() is not None else "the tests did not begin"
    proc.send_signal(signal.SIGTERM)
    _, stderr = proc.communicate(timeout=60)
    assert proc.returncode == 130 and "Traceback" not in stderr
    assert wait_for(lambda: not running(marker))


def running(marker):
    done = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return any(marker in line for line in done.stdout.splitlines())


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()
