# SPDX-License-Identifier: BSD-2-Clause
"""
scripts/flash on loop devices: what it refuses, what it writes, what it finds
when it reads back. Loop devices are not removable, so every run that is to
write says so with FORCE.
"""

import os
import re
import subprocess

import pytest
from flashtest import IMAGE_SIZE, add_partition, needs_loop, on_terminal, refused, run_flash
from flashtest import fixture_alone, fixture_image, fixture_loops  # noqa: F401


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
