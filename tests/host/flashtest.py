# SPDX-License-Identifier: BSD-2-Clause
"""Loop devices, an image to write, and runs of scripts/flash, for its tests."""

import fcntl
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
# Administrators' programs are not on everybody's PATH.
os.environ["PATH"] += ":/usr/sbin:/sbin"
FLASH = TOP / "scripts" / "flash"
sys.path.insert(0, str(TOP / "scripts"))

from assay import blockdev  # noqa: E402

MIB = 1 << 20
IMAGE_SIZE = 8 * MIB


def loop_obstacle():
    """Why there are no loop devices here, or ""."""
    if os.geteuid() != 0:
        return "losetup needs root"
    proc = subprocess.run(["losetup", "-f"], capture_output=True, text=True, check=False)
    return "" if proc.returncode == 0 else f"no loop devices: {proc.stderr.strip()}"


OBSTACLE = loop_obstacle()
needs_loop = pytest.mark.skipif(bool(OBSTACLE), reason=OBSTACLE or "none")


class Loop:
    """A loop device on a file."""

    def __init__(self, file, *options):
        self.file = file
        self.path = subprocess.run(["losetup", "-f", "--show", *options, file], check=True,
                                   capture_output=True, text=True).stdout.strip()
        self.name = self.path.removeprefix("/dev/")
        with open(self.path, "rb") as disk:
            self.size = disk.seek(0, os.SEEK_END)

    def words(self):
        return [f"DEV={self.path}", f"YES={self.name}", f"FORCE={self.size}"]


@pytest.fixture(name="alone")
def fixture_alone():
    """One test at a time, whoever runs them: a loop device's name is free for a moment in some."""
    with open("/dev/loop-control", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(name="loops")
def fixture_loops(alone, tmp_path):
    """Makes loop devices, and takes them away at the end."""
    made = []

    def make(size=12 * MIB, options=(), file=None):
        if file is None:
            file = tmp_path / f"disk{len(made)}"
            file.touch()
            os.truncate(file, size)
        made.append(Loop(file, *options))
        return made[-1]

    yield make
    for loop in reversed(made):
        subprocess.run(["losetup", "-d", loop.path], check=False)


@pytest.fixture(name="image")
def fixture_image(tmp_path):
    """Something to write that no loss leaves equal."""
    path = tmp_path / "image"
    block = b"".join(i.to_bytes(4, "little") for i in range(MIB // 4))
    path.write_bytes(b"".join(bytes([n + 1]) * 16 + block[16:] for n in range(IMAGE_SIZE // MIB)))
    return path


def run_flash(*words, env=None, **kwargs):
    """Run flash without a terminal; returns status, standard output, standard error."""
    clean = {key: value for key, value in os.environ.items() if key not in ("DEV", "YES", "FORCE", "IMAGE")}
    proc = subprocess.run([sys.executable, FLASH, *map(str, words)], env=clean | (env or {}), text=True,
                          capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False, **kwargs)
    return proc.returncode, proc.stdout, proc.stderr


def refused(result, *words):
    """Status 2, and a message that holds the words."""
    status, _, err = result
    assert status == 2, result
    assert err.startswith("flash: ") and "Traceback" not in err
    for word in words:
        assert word in err, (word, err)


def on_terminal(words, typed):
    """Run flash on a terminal of its own, type a line; returns status and output."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, str(FLASH), *words])
    output = b""
    sent = False
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            more = os.read(fd, 4096)
        except OSError:
            break
        if not more:
            break
        output += more
        if b"Type loop" in output and not sent:
            os.write(fd, typed.encode() + b"\n")
            sent = True
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return os.waitstatus_to_exitcode(status), output.decode()


def add_partition(loop):
    """One partition of 8 MiB from 1 MiB on, known to the kernel whatever tables it reads."""
    subprocess.run(["sfdisk", "--quiet", "--no-reread", loop.path], input="label: gpt\nstart=2048, size=16384\n",
                   text=True, check=True, capture_output=True)
    part = f"{loop.path}p1"
    if not os.path.exists(part):
        subprocess.run(["addpart", loop.path, "1", "2048", "16384"], check=True)
    for _ in range(50):
        if os.path.exists(part):
            return part
        time.sleep(0.1)
    pytest.skip("the kernel makes no node for a partition of a loop device")
    return None


def stick(**changes):
    """A stick as examine() would give it."""
    part = blockdev.Part("sdb1", "8:17", 30 << 30, "vfat", "STICK", "EFI System",
                         ["/dev/sdb1", "UUID=1234-5678", "LABEL=STICK"])
    values = {"path": "/dev/sdb", "name": "sdb", "size": 30 << 30, "model": "Stick", "serial": "S1",
              "transport": "usb", "removable": True, "read_only": False, "sector": 512, "sequence": "1",
              "parts": [blockdev.Part("sdb", "8:16", 30 << 30), part]}
    part_changes = {key[5:]: changes.pop(key) for key in list(changes) if key.startswith("part_")}
    for key, value in part_changes.items():
        setattr(part, key, value)
    return blockdev.Disk(**(values | changes))
