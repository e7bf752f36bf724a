# SPDX-License-Identifier: BSD-2-Clause
"""scripts/run.py as make calls it, with small programs in QEMU's place."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from runnertest import (SCRIPTS, environment, fake_program, fake_qemu, log_text, qemu_args,
                        run_script)

from assay import qemu
from assay.platform import Platform
from assay.status import UsageError


def run(folder, log=None, then="", **variables):
    return run_script("run.py", folder, QEMU=fake_qemu(folder, log, then), **variables)


def platform_file(folder, text):
    path = Path(folder) / "mine.toml"
    path.write_text(f'about = "mine"\n{text}')
    return str(path)


@pytest.mark.parametrize("log, then, status, words", [
    ("good", "", 0, ""),
    ("failures", "", 1, "6 failed: dt.timer_interrupts_are_ppis"),
    ("", "", 6, "no output at all"),
    ("hello\n", "", 3, "no version line"),
    ("hello\n", "", 3, "firmware: hello"),
    ("assay 0.1.0\n# cpu\n", "", 3, 'last words: "# cpu"'),
    ("", "echo 'fake: bad machine' >&2; exit 1", 2, "fake: bad machine"),
    ("hello\n", "echo 'fake: aborted' >&2; exit 1", 3, "QEMU: fake: aborted"),
    ("assay 0.1.0\nBail out! no heap\n", "", 3, "gave up: no heap"),
    ("assay 0.1.0\nassay: give earlycon=\nBail out! no console\n", "", 3, "image: assay: give earlycon="),
    ("assay: nothing described\nBail out! no console\n0 passed, 1 failed\n", "sleep 60", 3,
     "firmware: assay: nothing described"),
    ("assay 0.1.0\n# EXCEPTION data abort\n# x0 1\n", "sleep 60", 5, "crash after the version line"),
    ("Synchronous Exception at 0x1234\n", "sleep 60", 5, "crash before the image's first line, reported by the firmware"),
])
def test_status(tmp_path, log, then, status, words):
    log = log_text(log) if log in ("good", "failures") else log
    done = run(tmp_path, log, then)
    assert done.returncode == status, done.stderr
    assert words in done.stderr


SHELL_DIES = "BdsDxe: starting the shell\nSynchronous Exception at 0x000000004C3B42BC\n"


@pytest.mark.parametrize("head", ["", "assay 0.1.0\n"])
def test_bail_out_ends_the_run_at_once(tmp_path, head):
    """Whatever firmware does with the machine behind it."""
    begin = time.monotonic()
    done = run(tmp_path, f"{head}assay: give earlycon=\nBail out! no console\n0 passed, 1 failed\n{SHELL_DIES}",
               "while sleep 0.1; do echo more; done")
    assert time.monotonic() - begin < 10
    assert done.returncode == 3, done.stderr
    assert "gave up: no console" in done.stderr and "assay: give earlycon=" in done.stderr
    assert "Exception" not in done.stdout + done.stderr and "BdsDxe" not in done.stdout
    if head:
        assert done.stdout.endswith("Bail out! no console\n0 passed, 1 failed\n")


def test_what_firmware_says_behind_the_last_line_does_not_count(tmp_path):
    done = run(tmp_path, f"{log_text('good')}\n# power: off by PSCI\nmenu: r run again\n{SHELL_DIES}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("4 passed, 0 failed\n# power: off by PSCI\nmenu: r run again\n")
    done = run(tmp_path, f"{log_text('good')}\n# EXCEPTION data abort\n")
    assert done.returncode == 5, done.stderr


@pytest.mark.parametrize("console", ["", "hello\n", f"hello\n{SHELL_DIES}"])
def test_an_image_without_an_efi_entry_is_named_as_the_cause(tmp_path, console):
    qemu_path = fake_qemu(tmp_path, console)
    firmware = tmp_path / "fw.fd"
    firmware.write_bytes(b"fw")
    env = environment(tmp_path, QEMU=qemu_path, FIRMWARE=firmware, PLATFORM="edk2")
    (tmp_path / "Image").write_bytes(b"\x1f\x20\x03\xd5")
    words = "BOOT_EFI is off in this image"
    done = subprocess.run([sys.executable, SCRIPTS / "run.py"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and words in done.stderr, done.stderr
    (tmp_path / "Image").write_bytes(b"MZ\0\0")
    done = subprocess.run([sys.executable, SCRIPTS / "run.py"], env=env, capture_output=True, text=True, check=False)
    assert words not in done.stderr
    (tmp_path / "Image").write_bytes(b"\x1f\x20\x03\xd5")
    env.update(PLATFORM="direct", FIRMWARE="")
    done = subprocess.run([sys.executable, SCRIPTS / "run.py"], env=env, capture_output=True, text=True, check=False)
    assert words not in done.stderr


@pytest.mark.parametrize("given", [(), ("QEMU",), ("FIRMWARE",)])
def test_known_failures_are_those_of_debians_builds(tmp_path, given):
    """A build of the user's own is what is tested: its platform's xfails do not excuse it."""
    path = tmp_path / "bin"
    path.mkdir()
    fake_qemu(tmp_path, log_text("good")).rename(path / "qemu-system-aarch64")
    (tmp_path / "fw.fd").write_bytes(b"fw")
    values = {"QEMU": path / "qemu-system-aarch64", "FIRMWARE": tmp_path / "fw.fd"}
    variables = {name: values[name] for name in given}
    done = run_script("run.py", tmp_path, PLATFORM="edk2", PATH=f"{path}:{os.environ['PATH']}", **variables)
    words = " ".join(qemu_args(tmp_path))
    assert ("xfail=" in words) == (not given)
    assert ("the known failures of Debian's builds count as failures: " in done.stderr) == bool(given)
    assert ("acpi.iort_its_groups" in done.stderr) == bool(given)
    assert len([line for line in done.stderr.splitlines() if line.startswith("run: ")]) == len(given), done.stderr


def test_a_platform_file_of_the_users_own_keeps_its_known_failures(tmp_path):
    mine = platform_file(tmp_path, '[xfails]\n"lib.sort" = "mine"')
    done = run(tmp_path, log_text("good"), PLATFORM=mine)
    assert 'xfail="lib.sort:mine"' in " ".join(qemu_args(tmp_path)) and done.stderr == ""


def test_pipe_carries_the_images_lines_and_nothing_else(tmp_path):
    done = run(tmp_path, log_text("good"))
    lines = done.stdout.splitlines()
    assert lines[0].startswith("assay 0.1.0")
    assert lines[-1] == "4 passed, 0 failed"
    assert "\x1b" not in done.stdout and "BdsDxe" not in done.stdout
    # A QEMU of the user's own: what is known of Debian's does not excuse it, which is said.
    assert re.fullmatch(r"run: QEMU= given: the known failures .*\n", done.stderr)


def test_log_and_junit_are_kept(tmp_path):
    run(tmp_path, log_text("failures"))
    log = (tmp_path / "logs" / "direct.log").read_text()
    assert log.splitlines()[0].startswith("# ") and "-machine" in log.splitlines()[0]
    assert log.endswith(log_text("failures"))
    xml = (tmp_path / "logs" / "direct.xml").read_text()
    assert 'classname="direct.dt"' in xml and "node /timer cell 3" in xml
    assert 'failures="4"' in xml and 'errors="2"' in xml


@pytest.mark.parametrize("log, key, words", [
    ("", "idle_timeout", "no output"),
    ("hello\n", "idle_timeout", "before the image's first line: no output for 1 s"),
    ("cut", "idle_timeout", "timeout in lib.strcmp: no output for 1 s"),
    ("cut", "timeout", "timeout in lib.strcmp: not finished after 1 s"),
])
def test_timeouts(tmp_path, log, key, words):
    if log == "cut":
        text = log_text("good")
        log = text[:text.index("    ok 2 strcmp")]
    begin = time.monotonic()
    done = run(tmp_path, log, "sleep 60", PLATFORM=platform_file(tmp_path, f"{key} = 1"))
    assert done.returncode == (4 if log else 6), done.stderr
    assert words in done.stderr
    assert time.monotonic() - begin < 20


def test_a_machine_that_stays_on_after_the_last_line_is_good(tmp_path):
    begin = time.monotonic()
    done = run(tmp_path, log_text("good"), "sleep 60")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begin < 20


def test_variables_reach_qemu(tmp_path):
    run(tmp_path, log_text("good"), SMP=3, MEM=300, APPEND='el=1 xfail="a.b:so and so"', RUN="lib.* dt.*",
        QEMU_ARGS="-d 'int,guest errors'")
    args = qemu_args(tmp_path)
    pairs = list(zip(args, args[1:]))
    for pair in [("-smp", "3"), ("-m", "300M"), ("-append", 'smp=3 mem=300M el=1 xfail="a.b:so and so" run=lib.*,dt.*'),
                 ("-kernel", f"{tmp_path}/Image"), ("-d", "int,guest errors"), ("-nic", "none"),
                 ("-cpu", "cortex-a57")]:
        assert pair in pairs


def test_firmware_replaces_the_platforms(tmp_path):
    (tmp_path / "fw.bin").write_bytes(b"fw")
    run(tmp_path, log_text("good"), FIRMWARE=tmp_path / "fw.bin")
    assert f"{tmp_path}/fw.bin" in qemu_args(tmp_path)
    (tmp_path / "vars.bin").write_bytes(b"vars")
    run(tmp_path, log_text("good"), FIRMWARE=f"{tmp_path}/fw.bin:{tmp_path}/vars.bin")
    drives = [arg for arg in qemu_args(tmp_path) if arg.startswith("if=pflash")]
    assert len(drives) == 2 and "readonly=on" in drives[0]
    assert f"{tmp_path}/vars.bin" not in drives[1]


@pytest.mark.parametrize("variables, words", [
    ({"PLATFORM": "nobody"}, "unknown platform 'nobody'; there are: direct"),
    ({"SMP": "two"}, "SMP=two: expected a number"),
    ({"SMP": "0"}, "SMP=0: expected a number"),
    ({"MEM": "much"}, "MEM=much"),
    ({"QEMU": "/nowhere/qemu"}, "/nowhere/qemu is not there"),
    ({"FIRMWARE": "/nowhere/fw"}, "/nowhere/fw: there is no such file"),
    ({"ACCEL": "warp"}, "ACCEL=warp: expected one of tcg, kvm, hvf"),
    ({"QEMU_ARGS": "'open"}, "QEMU_ARGS='open"),
    ({"APPEND": 'a"b'}, "quote without an end"),
    ({"APPEND": "a\x07b"}, "control character"),
])
def test_usage_errors(tmp_path, variables, words):
    variables = {"QEMU": fake_qemu(tmp_path, log_text("good")), **variables}
    done = run_script("run.py", tmp_path, **variables)
    assert done.returncode == 2
    assert words in done.stderr and done.stderr.startswith("run: ")
    assert "Traceback" not in done.stderr


def test_a_missing_qemu_is_named_with_its_package(tmp_path):
    empty = tmp_path / "bin"
    empty.mkdir()
    done = run_script("run.py", tmp_path, PATH=empty)
    assert done.returncode == 2
    assert "qemu-system-aarch64 is not installed: install the Debian package qemu-system-arm" in done.stderr


def test_a_missing_image_says_to_build_it(tmp_path):
    env = environment(tmp_path, QEMU=fake_qemu(tmp_path))
    (tmp_path / "Image").unlink()
    done = subprocess.run([sys.executable, SCRIPTS / "run.py"], env=env, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 2 and "build the image with make first" in done.stderr


def test_list(tmp_path):
    done = run_script("run.py", tmp_path, PLATFORM="list")
    assert done.returncode == 0
    assert any(line.startswith("edk2 ") for line in done.stdout.splitlines())


def test_prompts_are_answered(tmp_path):
    rest = tmp_path / "rest.txt"
    rest.write_text(log_text("good"))
    done = run(tmp_path, "Press any key: ", f'read answer; [ "$answer" = yes ] && cat "{rest}"',
               PLATFORM=platform_file(tmp_path, '[type_at]\n"any key" = "yes\\n"'))
    assert done.returncode == 0, done.stderr


def _alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def _wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


@pytest.mark.parametrize("number, status", [
    (signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGHUP, 130), (signal.SIGKILL, -9)])
def test_no_qemu_is_left_behind(tmp_path, number, status):
    pid_file = tmp_path / "pid"
    qemu = fake_program(tmp_path / "qemu", f'echo hello\necho $$ > "{pid_file}"\nexec sleep 60')
    proc = subprocess.Popen([sys.executable, SCRIPTS / "run.py"], env=environment(tmp_path, QEMU=qemu),
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert _wait_for(lambda: pid_file.exists() and pid_file.read_text().strip())
    pid = int(pid_file.read_text())
    assert _alive(pid)
    proc.send_signal(number)
    _, stderr = proc.communicate(timeout=60)
    assert proc.returncode == status
    assert "Traceback" not in stderr
    assert _wait_for(lambda: not _alive(pid))


def test_progress_goes_on_when_no_line_comes(tmp_path):
    """A case that takes long: its name is there, and the time moves."""
    text = log_text("good")
    qemu = fake_qemu(tmp_path, text[:text.index("    ok 2 strcmp")], "sleep 1.5")
    status, shown = on_terminal(tmp_path, qemu)
    times = set(re.findall(r"lib\.strcmp  0 failed  ([\d.]+) s", shown))
    assert status == 3 and len(times) > 8, shown


def test_terminal_has_colours_and_a_progress_line(tmp_path):
    status, text = on_terminal(tmp_path, fake_qemu(tmp_path, log_text("failures")))
    assert status == 1
    assert "\x1b[31m  FAIL    dt.timer_interrupts_are_ppis" in text
    assert "place:    node /timer cell 3" in text
    assert "\r\x1b[K" in text and "[2/6] dt." in text
    assert "1 passed, 6 failed" in text


def on_terminal(tmp_path, qemu):
    """(status, what a terminal was sent) of a run."""
    ours, theirs = pty.openpty()
    proc = subprocess.Popen([sys.executable, SCRIPTS / "run.py"], env=environment(tmp_path, QEMU=qemu),
                            stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    text = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        text += data
    os.close(ours)
    return proc.wait(20), text.decode()


@pytest.mark.parametrize("accel, machine, system, words", [
    ("kvm", "x86_64", "Linux", "ACCEL=kvm needs an arm64 host, and this is x86_64"),
    ("hvf", "aarch64", "Linux", "ACCEL=hvf is macOS', and this is Linux: use ACCEL=kvm"),
    ("kvm", "aarch64", "Linux", "there is no /nowhere/kvm"),
])
def test_an_accelerator_that_cannot_work_says_why(monkeypatch, accel, machine, system, words):
    monkeypatch.setattr(qemu.host, "machine", lambda: machine)
    monkeypatch.setattr(qemu.host, "system", lambda: system)
    monkeypatch.setattr(qemu, "KVM", "/nowhere/kvm")
    with pytest.raises(UsageError, match=words):
        qemu.check_accel(accel)


def test_with_kvm_the_guest_has_the_hosts_cpu_and_gic():
    platform = Platform(name="p", about="x", machine_options={"its": False})
    assert qemu.machine_argument(platform, "kvm") == "virt,its=off,gic-version=host"
    setup = qemu.Setup(image=Path("Image"), logs=Path("logs"), accel="kvm")
    args = qemu.machine_arguments(platform, setup)
    assert ("-cpu", "host") in zip(args, args[1:]) and "-icount" not in args
