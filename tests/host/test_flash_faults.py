# SPDX-License-Identifier: BSD-2-Clause
"""scripts/flash on devices that lose, change or refuse what is written to them."""

import importlib.machinery
import importlib.util
import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest
from flashtest import FLASH, IMAGE_SIZE, MIB, Loop, needs_loop, run_flash, stick
from flashtest import fixture_alone, fixture_image, fixture_loops  # noqa: F401

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
