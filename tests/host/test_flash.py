# SPDX-License-Identifier: BSD-2-Clause
"""
scripts/flash on loop devices: what it refuses, what it writes, what it finds
when it reads back. Loop devices are not removable, so every run that is to
write says so with FORCE.
"""

import fcntl
import importlib.machinery
import importlib.util
import os
import pty
import re
import signal
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


@pytest.fixture
def alone():
    """One test at a time, whoever runs them: a loop device's name is free for a moment in some."""
    with open("/dev/loop-control", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def loops(alone, tmp_path):
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


@pytest.fixture
def image(tmp_path):
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


@needs_loop
def test_writes_and_compares(loops, image):
    loop = loops()
    before = loop.file.read_bytes()
    status, out, err = run_flash(*loop.words(), f"IMAGE={image}")
    assert status == 0, err
    assert re.search(r"written 8 of 8 MiB, 100%, [\d.]+ MiB/s", out)
    assert re.search(r"compared 8 of 8 MiB, 100%", out)
    assert out.rstrip().endswith("is written and compared; it can be taken out.")
    after = loop.file.read_bytes()
    assert after[:IMAGE_SIZE] == image.read_bytes()
    assert after[IMAGE_SIZE:] == before[IMAGE_SIZE:], "bytes behind the image were touched"


@needs_loop
def test_words_from_the_environment(loops, image):
    """make exports the variables of its command line."""
    loop = loops()
    words = dict(word.split("=") for word in loop.words())
    status, _, err = run_flash(env=words | {"IMAGE": str(image)})
    assert status == 0, err


@needs_loop
@pytest.mark.parametrize("word", ["", "FORCE=1", "FORCE=yes", "FORCE=12"])
def test_not_removable_needs_its_own_word(loops, image, word):
    loop = loops()
    words = [w for w in [f"DEV={loop.path}", f"YES={loop.name}", f"IMAGE={image}", word] if w]
    refused(run_flash(*words), "not removable" if not word else "another device's", str(loop.size))
    assert not any(loop.file.read_bytes())


@needs_loop
@pytest.mark.parametrize("word", ["", "YES=1", "YES=yes", "YES=sdz"])
def test_not_confirmed(loops, image, word):
    loop = loops()
    words = [f"DEV={loop.path}", f"FORCE={loop.size}", f"IMAGE={image}"] + ([word] if word else [])
    refused(run_flash(*words), "othing was written")
    assert not any(loop.file.read_bytes())


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


@needs_loop
def test_asks_on_a_terminal(loops, image):
    loop = loops()
    words = [f"DEV={loop.path}", f"FORCE={loop.size}", f"IMAGE={image}"]
    status, out = on_terminal(words, "y")
    assert status == 2 and "not confirmed" in out
    assert not any(loop.file.read_bytes())
    status, out = on_terminal(words, loop.name)
    assert status == 0, out
    assert "\r" in out and "MiB/s" in out
    assert loop.file.read_bytes()[:IMAGE_SIZE] == image.read_bytes()


@needs_loop
def test_shows_what_is_on_it(loops, image):
    loop = loops()
    subprocess.run(["mkfs.vfat", "-n", "HOLIDAYS", loop.path], check=True, capture_output=True)
    _, out, _ = run_flash(f"DEV={loop.path}", f"IMAGE={image}")
    assert f"{loop.path}: " in out and "12.0 MiB" in out
    assert re.search(r"vfat +\"HOLIDAYS\"", out)


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


@needs_loop
def test_mounted_partition_is_refused(loops, image, tmp_path):
    loop = loops(options=["-P"])
    part = add_partition(loop)
    subprocess.run(["mkfs.ext4", "-q", part], check=True, capture_output=True)
    where = tmp_path / "mounted here"
    where.mkdir()
    try:
        subprocess.run(["mount", part, where], check=True)
    except subprocess.CalledProcessError:
        pytest.skip("no ext4 in this kernel, or no right to mount")
    try:
        os.sync()
        content = loop.file.read_bytes()
        refused(run_flash(*loop.words(), f"IMAGE={image}"), f"umount '{where}'", "No word overrides this")
        refused(run_flash(f"DEV={part}", f"IMAGE={image}"), "is a partition", loop.path)
        assert loop.file.read_bytes() == content
    finally:
        subprocess.run(["umount", where], check=True)
    status, _, err = run_flash(*loop.words(), f"IMAGE={image}")
    assert status == 0, err


@needs_loop
def test_swap_is_refused(loops, image):
    loop = loops(options=["-P"])
    part = add_partition(loop)
    subprocess.run(["mkswap", part], check=True, capture_output=True)
    if subprocess.run(["swapon", part], check=False, capture_output=True).returncode:
        pytest.skip("swapon does not work here")
    try:
        refused(run_flash(*loop.words(), f"IMAGE={image}"), f"swapoff {part}")
    finally:
        subprocess.run(["swapoff", part], check=True)


@needs_loop
def test_backing_of_a_loop_is_refused(loops, image):
    inner = loops()
    outer = loops(file=inner.path)
    refused(run_flash(*inner.words(), f"IMAGE={image}"), f"losetup -d {outer.path}")


@needs_loop
def test_held_open_is_refused(loops, image):
    """What no table shows: the kernel's own word is the last one."""
    loop = loops()
    fd = os.open(loop.path, os.O_RDWR | os.O_EXCL)
    try:
        refused(run_flash(*loop.words(), f"IMAGE={image}"), "in use")
    finally:
        os.close(fd)


@needs_loop
def test_too_small_is_refused(loops, image):
    loop = loops(size=IMAGE_SIZE - 512)
    refused(run_flash(*loop.words(), f"IMAGE={image}"), f"has {IMAGE_SIZE - 512} bytes and the image {IMAGE_SIZE}")
    exact = loops(size=IMAGE_SIZE)
    assert run_flash(*exact.words(), f"IMAGE={image}")[0] == 0


@needs_loop
def test_read_only_is_refused(loops, image):
    loop = loops(options=["-r"])
    refused(run_flash(*loop.words(), f"IMAGE={image}"), "read-only")


@needs_loop
def test_other_sector_size_is_refused(loops, image):
    loop = loops(options=["-b", "4096"])
    refused(run_flash(*loop.words(), f"IMAGE={image}"), "sectors have 4096 bytes")


def test_bad_words(tmp_path, image):
    refused(run_flash(), "which device")
    refused(run_flash("dev=/dev/sdz"), "unknown word")
    refused(run_flash("DEV=/dev/no-such", f"IMAGE={image}"), "No such file")
    refused(run_flash(f"DEV={tmp_path}/image", f"IMAGE={image}"), "not a block device")
    refused(run_flash("DEV=/dev/null", f"IMAGE={image}"), "not a block device")
    refused(run_flash("DEV=/dev/null", f"IMAGE={tmp_path}/none"), "make image")
    (tmp_path / "odd").write_bytes(b"x" * 513)
    refused(run_flash("DEV=/dev/null", f"IMAGE={tmp_path}/odd"), "no disk image")


# -- planted faults ----------------------------------------------------------------

FAULTS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * FAULT=lose|flip|write|read|hang|rot:OFFSET:ERRNO, on block devices alone;
 * ROT: the file behind the device. CALLS: where ioctls are noted down.
 */
static long fault(int fd, const char *kind, off_t offset, size_t n)
{
	const char *text = getenv("FAULT");
	struct stat st;
	char *end;
	off_t at;

	if (!text || strncmp(text, kind, strlen(kind)) || fstat(fd, &st) || !S_ISBLK(st.st_mode))
		return 0;
	at = strtoll(strchr(text, ':') + 1, &end, 0);
	if (at < offset || at >= offset + (off_t)n)
		return 0;
	errno = *end == ':' ? atoi(end + 1) : 0;
	return at - offset + 1;
}

int fsync(int fd)
{
	int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
	int ret = real(fd);
	int behind;

	if (fault(fd, "rot", 0, 1 << 30)) {
		behind = open(getenv("ROT"), O_WRONLY);
		if (pwrite(behind, "ROTTEN", 6, strtoll(strchr(getenv("FAULT"), ':') + 1, NULL, 0)) != 6)
			abort();
		close(behind);
	}
	return ret;
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*real)(int, unsigned long, ...) = dlsym(RTLD_NEXT, "ioctl");
	va_list args;
	void *arg;
	FILE *calls;

	va_start(args, request);
	arg = va_arg(args, void *);
	va_end(args);
	calls = getenv("CALLS") ? fopen(getenv("CALLS"), "a") : NULL;
	if (calls) {
		fprintf(calls, "%#lx\n", request);
		fclose(calls);
	}
	return real(fd, request, arg);
}

ssize_t pread64(int fd, void *buf, size_t n, off_t offset)
{
	ssize_t (*real)(int, void *, size_t, off_t) = dlsym(RTLD_NEXT, "pread64");
	ssize_t ret = real(fd, buf, n, offset);
	long at = fault(fd, "flip", offset, n);

	if (fault(fd, "read", offset, n))
		return -1;
	if (at)
		((unsigned char *)buf)[at - 1] ^= 0x10;
	return ret;
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off_t offset)
{
	ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite64");

	if (fault(fd, "write", offset, n))
		return -1;
	if (fault(fd, "lose", offset, n))
		return n;
	if (fault(fd, "hang", offset, n))
		pause();
	return real(fd, buf, n, offset);
}
"""


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    """A library that makes a device fail under flash: given with LD_PRELOAD."""
    where = tmp_path_factory.mktemp("faults")
    (where / "faults.c").write_text(FAULTS)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", where / "faults.so", where / "faults.c", "-ldl"], check=True)
    return where / "faults.so"


def fault_env(library, text):
    return {"LD_PRELOAD": str(library), "FAULT": text}


@needs_loop
@pytest.mark.parametrize("offset", [0, 5, 3 * MIB, 5 * MIB + 4711, IMAGE_SIZE - 1])
def test_wrong_byte_is_found(loops, image, faults, offset):
    loop = loops()
    status, out, err = run_flash(*loop.words(), f"IMAGE={image}", env=fault_env(faults, f"flip:{offset}"))
    assert status == 1
    assert f"byte {offset} reads back as" in err and "can be taken out" not in out


@needs_loop
def test_lost_write_is_found(loops, image, faults):
    """A device that says yes and keeps nothing, as sticks with a false size do."""
    loop = loops()
    status, _, err = run_flash(*loop.words(), f"IMAGE={image}", env=fault_env(faults, f"lose:{2 * MIB}"))
    assert status == 1 and f"byte {2 * MIB} reads back" in err


@needs_loop
def test_rot_behind_the_cache_is_found(loops, image, faults):
    """What this machine still has in memory is no proof of what the device has."""
    loop = loops()
    env = fault_env(faults, f"rot:{3 * MIB + 8192}") | {"ROT": str(loop.file)}
    status, _, err = run_flash(*loop.words(), f"IMAGE={image}", env=env)
    assert status == 1 and f"byte {3 * MIB + 8192} reads back as 0x52" in err


@needs_loop
def test_kernel_is_told(loops, image, faults, tmp_path):
    """Drop the cache (BLKFLSBUF) before comparing, read the partition table (BLKRRPART) at the end."""
    loop = loops()
    env = {"LD_PRELOAD": str(faults), "CALLS": str(tmp_path / "calls")}
    assert run_flash(*loop.words(), f"IMAGE={image}", env=env)[0] == 0
    calls = (tmp_path / "calls").read_text().split()
    assert [call for call in calls if call in ("0x1261", "0x125f")] == ["0x1261", "0x125f"]


@needs_loop
@pytest.mark.parametrize("kind,number,words", [("write", 5, "Input/output error"), ("write", 19, "pulled out"),
                                               ("read", 5, "reading back at byte 2097152")])
def test_error_on_the_way(loops, image, faults, kind, number, words):
    loop = loops()
    with open(loop.path, "wb") as disk:
        disk.write(b"\xa5" * MIB)
    status, _, err = run_flash(*loop.words(), f"IMAGE={image}",
                               env=fault_env(faults, f"{kind}:{2 * MIB}:{number}"))
    assert status == 1 and words in err and "flash it again" in err
    if kind == "write":
        assert not any(loop.file.read_bytes()[:MIB]), "a device half written looks finished"


@needs_loop
def test_write_error_of_the_kernel(alone, image, tmp_path):
    """A backing file that cannot grow: the error comes with the sync, as a stick's does."""
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", small], check=False).returncode:
        pytest.skip("no right to mount a tmpfs")
    loop = None
    try:
        (small / "disk").touch()
        os.truncate(small / "disk", 12 * MIB)
        loop = Loop(small / "disk")
        status, _, err = run_flash(*loop.words(), f"IMAGE={image}")
        # Met where it happened, not at the end.
        assert status == 1 and int(re.search(r"writing at byte (\d+) failed", err)[1]) < IMAGE_SIZE
    finally:
        if loop:
            subprocess.run(["losetup", "-d", loop.path], check=True)
        subprocess.run(["umount", small], check=True)


@needs_loop
def test_interrupted(loops, image, faults):
    loop = loops()
    with open(loop.path, "wb") as disk:
        disk.write(b"\xa5" * MIB)
    env = os.environ | fault_env(faults, f"hang:{2 * MIB}")
    with subprocess.Popen([sys.executable, FLASH, *loop.words(), f"IMAGE={image}"], env=env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as proc:
        # It hangs in the second MiB; by then the first is wiped.
        deadline = time.monotonic() + 20
        while any(loop.file.read_bytes()[:MIB]) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.5)
        proc.send_signal(signal.SIGINT)
        _, err = proc.communicate(timeout=20)
    assert proc.returncode == 130 and "flash it again" in err
    assert not any(loop.file.read_bytes()[:MIB])


@needs_loop
def test_exchanged_while_asking(loops, image, tmp_path):
    """The name stays, the device is another: nothing may be written to that one."""
    loop = loops()
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, str(FLASH), f"DEV={loop.path}", f"FORCE={loop.size}",
                                  f"IMAGE={image}"])
    output = b""
    while b"Type loop" not in output:
        output += os.read(fd, 4096)
    subprocess.run(["losetup", "-d", loop.path], check=True)
    other = tmp_path / "other"
    other.touch()
    os.truncate(other, loop.size)
    subprocess.run(["losetup", loop.path, other], check=True)
    os.write(fd, loop.name.encode() + b"\n")
    try:
        while more := os.read(fd, 4096):
            output += more
    except OSError:
        pass
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    assert os.waitstatus_to_exitcode(status) == 2
    assert b"exchanged for another device" in output
    assert not any(other.read_bytes())


def test_image_that_shrinks_is_found(tmp_path, image):
    """Somebody builds again while it is written."""
    loader = importlib.machinery.SourceFileLoader("flash", str(FLASH))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("flash", loader))
    loader.exec_module(module)
    module.forget_cache = lambda fd: None
    with open(image, "rb") as source, open(image, "rb") as target:
        with pytest.raises(module.FlashError, match="the image changed"):
            module.compare(stick(), target.fileno(), source, IMAGE_SIZE + 512)
        module.compare(stick(), target.fileno(), source, IMAGE_SIZE)


# -- what kind of device it is: trees as sysfs has them ------------------------------


def sysfs(tmp_path, path, **attrs):
    directory = tmp_path / path
    directory.mkdir(parents=True)
    for name, value in attrs.items():
        file = directory / name.replace("__", "/")
        file.parent.mkdir(exist_ok=True)
        file.write_text(value + "\n")
    return directory


@pytest.mark.parametrize("path,attrs,transport,removable", [
    ("pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdb", {"removable": "1"}, "usb", True),
    ("pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdc", {"removable": "0"}, "usb", True),
    ("platform/fe340000.mmc/mmc_host/mmc0/mmc0:aaaa/block/mmcblk0", {"removable": "0", "device__type": "SD"},
     "sd", True),
    ("platform/fe330000.mmc/mmc_host/mmc1/mmc1:0001/block/mmcblk1", {"removable": "1", "device__type": "MMC"},
     "mmc", False),
    ("pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda", {"removable": "0"}, "sata", False),
    ("pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1", {"removable": "0"}, "nvme", False),
    ("virtual/block/loop0", {"removable": "0"}, "", False),
])
def test_kind_of_device(tmp_path, path, attrs, transport, removable):
    directory = sysfs(tmp_path, path, **attrs)
    assert blockdev.find_transport(directory) == transport
    assert blockdev.is_removable(directory, transport) is removable


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


@pytest.mark.parametrize("changes,word", [
    ({}, None),
    ({"removable": False, "transport": "nvme"}, "not removable"),
    ({"size": 2 << 40}, "backup disk"),
    ({"part_fstype": "LVM2_member"}, "LVM physical volume"),
    ({"part_fstype": "crypto_LUKS"}, "encrypted"),
    ({"part_parttype": "Linux root (x86-64)"}, "Linux root"),
    ({"part_parttype": "Microsoft reserved"}, "Microsoft reserved"),
    ({"part_ids": ["/dev/sdb1", "UUID=feed"]}, "as /backup of this system"),
])
def test_precious(tmp_path, changes, word):
    fstab = tmp_path / "fstab"
    fstab.write_text("# UUID=1234-5678 /commented ext4\n\nUUID=feed /backup ext4 noauto 0 0\n")
    reasons = blockdev.precious(stick(**changes), fstab)
    assert (len(reasons), bool(word)) in ((0, False), (1, True)), reasons
    assert not word or word in reasons[0]


def test_mounts_of_mountinfo(tmp_path):
    info = tmp_path / "mountinfo"
    info.write_text("22 1 8:17 / /media/my\\040stick rw - vfat /dev/sdb1 rw\n"
                    "23 1 0:40 /sub /data rw shared:1 - btrfs /dev/sdb2 rw\n"
                    "24 1 8:1 / / rw - ext4 /dev/sda1 rw\n")
    assert blockdev.mounts({"8:17"}, {"/dev/sdb1"}, info) == [("/dev/sdb1", "/media/my stick")]
    assert blockdev.mounts({"8:18"}, {"/dev/sdb2"}, info) == [("/dev/sdb2", "/data")]
    assert not blockdev.mounts({"8:33"}, {"/dev/sdc1"}, info)
    info.write_text("24 1 8:1 / / rw - ext4 /dev/root rw\n")
    assert blockdev.mounts({"8:1"}, {"/dev/sda1"}, info) == [("/dev/root", "/")]


def test_holders(tmp_path, monkeypatch):
    """A logical volume on an encrypted partition: each layer is named."""
    monkeypatch.setattr(blockdev, "SYSFS", tmp_path)
    for number, holder, dev in (("8:17", "dm-0", "253:0"), ("253:0", "dm-1", "253:1")):
        sysfs(tmp_path, f"dev/block/{number}/holders/{holder}", dev=dev, dm__name=f"name-{holder}")
    found = blockdev.uses("8:17", "sdb1")
    assert len(found) == 2
    assert "sdb1 is part of /dev/dm-0 (name-dm-0), which is active: vgchange -an" in found[0]
    assert "dm-0 is part of /dev/dm-1 (name-dm-1)" in found[1]
