# SPDX-License-Identifier: BSD-2-Clause
"""
scripts/mkimage: the disk image as other programs read it, its options, equal
bytes from equal input, and that EDK2 and U-Boot start it: as made, as flashed
to a device, and from the EFI shell.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
import uuid
import zlib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "scripts"))

from assay import ktap  # noqa: E402
from assay.elf import Elf  # noqa: E402
from assay.tools import find_firmware, find_tool  # noqa: E402

# Administrators' programs are not on everybody's PATH.
os.environ["PATH"] += ":/usr/sbin:/sbin"
MKIMAGE = TOP / "scripts" / "mkimage"
# make check names the Image of the defconfig; by hand it is that of the build directory.
OBJ = Path(os.environ.get("ASSAY_IMAGE") or Path(os.environ.get("ASSAY_OBJ") or TOP) / "Image").parent
MIB = 1 << 20
ESP = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"


def run(*args, **kwargs):
    return subprocess.run([str(arg) for arg in args], check=True, capture_output=True, text=True, **kwargs).stdout


def mkimage(*args, env=None, status=0):
    """Run mkimage; returns its standard error."""
    proc = subprocess.run([sys.executable, MKIMAGE, "--obj", OBJ, *args], capture_output=True, text=True,
                          env=os.environ | (env or {}), timeout=60, check=False)
    assert proc.returncode == status, proc.stderr
    return proc.stderr


@pytest.fixture(scope="module", name="disk")
def fixture_disk(tmp_path_factory):
    if not (OBJ / "Image").is_file():
        pytest.fail(f"no Image in {OBJ}: make builds it; ASSAY_OBJ= names another build directory")
    path = tmp_path_factory.mktemp("image") / "assay.img"
    mkimage("-o", path)
    return path


def on_partition(disk):
    return f"{disk}@@1M"


def read_file(disk, name):
    return subprocess.run(["mcopy", "-n", "-i", on_partition(disk), f"::{name}", "-"], check=True,
                          capture_output=True).stdout


def test_partition_table(disk):
    """Both copies of the GPT, their checksums, and what sfdisk says to them."""
    data = disk.read_bytes()
    assert len(data) == 64 * MIB
    assert data[510:512] == b"\x55\xaa" and data[450] == 0xEE
    for lba, other in ((1, len(data) // 512 - 1), (len(data) // 512 - 1, 1)):
        head = data[lba * 512:lba * 512 + 92]
        assert head[:8] == b"EFI PART"
        assert int.from_bytes(head[16:20], "little") == zlib.crc32(head[:16] + bytes(4) + head[20:92])
        assert int.from_bytes(head[24:32], "little") == lba and int.from_bytes(head[32:40], "little") == other
        at = 512 * int.from_bytes(head[72:80], "little")
        entries = data[at:at + 128 * 128]
        assert int.from_bytes(head[88:92], "little") == zlib.crc32(entries)
        assert str(uuid.UUID(bytes_le=entries[:16])).upper() == ESP
        assert not any(entries[128:])
    assert "No errors detected" in run("sfdisk", "-V", disk)


def test_file_system(disk, tmp_path):
    """FAT32 by its number of clusters, and clean."""
    part = tmp_path / "part"
    with open(disk, "rb") as source:
        source.seek(MIB)
        part.write_bytes(source.read(62 * MIB))
    text = run("fsck.vfat", "-n", "-v", part)
    assert "2 FATs, 32 bit entries" in text
    assert int(re.search(r"(\d+) data clusters", text)[1]) >= 65525
    assert int(re.search(r"(\d+) hidden sectors", text)[1]) == 2048


def test_files(disk):
    assert read_file(disk, "EFI/BOOT/BOOTAA64.EFI") == (OBJ / "Image").read_bytes()
    assert read_file(disk, "startup.nsh") == (TOP / "scripts/image-files/startup.nsh").read_bytes()
    names = {line for line in run("mdir", "-b", "-s", "-i", on_partition(disk), "::").splitlines() if line}
    assert names == {"::/EFI/", "::/startup.nsh", "::/EFI/BOOT/", "::/EFI/BOOT/BOOTAA64.EFI", "::/EFI/BOOT/assay.conf"}


def test_no_time_of_the_day(disk):
    """Without SOURCE_DATE_EPOCH too: files and directories carry one and the same time."""
    listing = "".join(run("mdir", "-i", on_partition(disk), directory)
                      for directory in ("::/", "::/EFI", "::/EFI/BOOT"))
    assert len(set(re.findall(r"\d{4}-\d\d-\d\d +\d+:\d\d", listing))) == 1, listing


def test_options(disk):
    """Every word that the image knows, with its help, and not one of them in force."""
    text = read_file(disk, "EFI/BOOT/assay.conf").decode()
    assert all(line.startswith("#") for line in text.splitlines() if line)
    assert len(text) < 64 << 10
    elf = Elf(OBJ / "assay.elf")
    names = [elf.read_string(elf.read_pointer(addr)) for addr in elf.table("param")]
    assert {"run", "skip", "list", "loglevel"} <= set(names)
    for name in names:
        assert len(re.findall(rf"^# .+\n#{name}=?$", text, re.M)) == 1, name
    # The image's own table, against its sources.
    declared = {match[1] for layer in ("arch", "drivers", "lib", "tests/boot") for path in (TOP / layer).rglob("*.c")
                for match in re.finditer(r"^PARAM\((\w+)", path.read_text(), re.M)}
    assert set(names) <= declared


def test_equal_input_gives_equal_bytes(disk, tmp_path):
    """Other time, zone, locale, directory and settings of mtools."""
    rc = tmp_path / "mtoolsrc"
    rc.write_text("not what mtools understands\n")
    stamp = str(int(run("stat", "-c", "%Y", MKIMAGE)) - 86400)
    env = {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "MTOOLSRC": str(rc), "SOURCE_DATE_EPOCH": stamp}
    mkimage("-o", tmp_path / "a.img", env=env)
    mkimage("-o", tmp_path / "b.img", env={"SOURCE_DATE_EPOCH": stamp, "TZ": "America/Lima"})
    assert (tmp_path / "a.img").read_bytes() == (tmp_path / "b.img").read_bytes()
    mkimage("-o", tmp_path / "c.img", env={"SOURCE_DATE_EPOCH": "1000000000", "TZ": "UTC"})
    for directory in ("::/", "::/EFI", "::/EFI/BOOT"):
        listing = run("mdir", "-i", on_partition(tmp_path / "c.img"), directory)
        assert set(re.findall(r"\d{4}-\d\d-\d\d", listing)) == {"2001-09-09"}, listing
    assert (tmp_path / "c.img").read_bytes() != (tmp_path / "b.img").read_bytes()


def test_size_and_other_image(tmp_path):
    signed = tmp_path / "signed"
    signed.write_bytes((OBJ / "Image").read_bytes() + b"signature")
    mkimage("--size", "40", "--image", signed, "-o", tmp_path / "small.img")
    assert (tmp_path / "small.img").stat().st_size == 40 * MIB
    assert read_file(tmp_path / "small.img", "EFI/BOOT/BOOTAA64.EFI") == signed.read_bytes()


def test_bad_input(tmp_path):
    assert "make" in mkimage("--image", tmp_path / "none", "-o", tmp_path / "x", status=2)
    assert "at least 36 MiB" in mkimage("--size", "35", "-o", tmp_path / "x", status=2)
    with open(tmp_path / "large", "wb") as file:
        file.truncate(63 * MIB)
    assert "does not fit" in mkimage("--image", tmp_path / "large", "-o", tmp_path / "x", status=2)
    assert "SOURCE_DATE_EPOCH" in mkimage("-o", tmp_path / "x", env={"SOURCE_DATE_EPOCH": "soon"}, status=2)
    assert os.listdir(tmp_path) == ["large"], "something half made is left"


def test_missing_tool_is_named(tmp_path):
    """A PATH with everything but mcopy."""
    for tool in ("mkfs.vfat", "sfdisk", "mmd", "git"):
        (tmp_path / tool).symlink_to(find_tool(tool))
    text = mkimage("-o", tmp_path / "x", env={"PATH": str(tmp_path)}, status=2)
    assert "mcopy" in text and "mtools" in text


# -- started by firmware ----------------------------------------------------------------


def qemu(disk, firmware, *options):
    """Command line that starts a disk under a firmware."""
    return [find_tool("qemu-system-aarch64"), "-M", "virt", "-cpu", "cortex-a57", "-m", "256M", "-nographic",
            "-nic", "none", "-bios", find_firmware(firmware), "-drive",
            f"if=none,id=d,format=raw,file={disk}", "-device", "virtio-blk-pci,drive=d", *options]


def boot(disk, firmware):
    """Start it without touching a key; returns what its console said."""
    proc = subprocess.run(qemu(disk, firmware, "-boot", "menu=on,splash-time=0"), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=100, check=False)
    assert proc.returncode == 0, proc.stderr
    return proc.stdout.decode(errors="replace")


def type_at(command, *dialogue):
    """Start it and answer each prompt in turn; returns what its console said."""
    said = b""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as proc:
        killer = threading.Timer(60, proc.kill)
        killer.start()
        try:
            seen = 0
            for prompt, keys in dialogue:
                while prompt not in said[seen:]:
                    more = os.read(proc.stdout.fileno(), 4096)
                    assert more, f"ended, or 60 s without {prompt}: {said[-500:]}"
                    said += more
                seen = len(said)
                proc.stdin.write(keys)
                proc.stdin.flush()
            said += proc.stdout.read()
        finally:
            killer.cancel()
            proc.kill()
    return said.decode(errors="replace")


def verdict(text):
    """The run's console, read as make run reads it: whole, and nothing failed."""
    parser = ktap.Parser()
    for line in text.splitlines():
        parser.feed(line)
    problems = parser.problems()
    assert not problems, f"{problems}\n{text[-3000:]}"
    assert parser.last[0] > 0 and parser.last[1] == 0, text[-3000:]
    return parser


@pytest.fixture(name="chosen")
def fixture_chosen(disk, tmp_path):
    """The image with one option taken out of its comment, as a user would."""
    copy = tmp_path / "chosen.img"
    shutil.copyfile(disk, copy)
    text = read_file(disk, "EFI/BOOT/assay.conf").decode()
    text, count = re.subn(r"^#run=$", "run=lib.*", text, flags=re.M)
    assert count == 1
    conf = tmp_path / "assay.conf"
    conf.write_text(text)
    run("mcopy", "-o", "-i", on_partition(copy), conf, "::EFI/BOOT/assay.conf")
    return copy


def check_chosen(text, origin="assay.conf"):
    parser = verdict(text)
    assert [suite.name for suite in parser.suites if suite.name != "environment"] == ["lib"]
    assert any(f"run=lib.* ({origin})" in line for line in parser.summary), parser.summary


@pytest.mark.parametrize("firmware", ["edk2", "u-boot"])
def test_firmware_starts_it(chosen, firmware):
    check_chosen(boot(chosen, firmware))


def test_shell_starts_it(disk, tmp_path):
    """EDK2 that may only boot from an empty disk ends in its shell; the script hands its arguments on."""
    empty = tmp_path / "empty"
    empty.write_bytes(bytes(MIB))
    text = type_at(qemu(disk, "edk2", "-drive", f"if=none,id=e,format=raw,file={empty}", "-device",
                        "virtio-blk-pci,drive=e,bootindex=0"),
                   (b"skip", b"\x1b"), (b"Shell> ", b"connect -r\r"), (b"Shell> ", b"map -r\r"),
                   (b"Shell> ", b"FS0:startup.nsh run=lib.*\r"))
    check_chosen(text, "shell arguments")


@pytest.mark.skipif(os.geteuid() != 0, reason="losetup needs root")
@pytest.mark.parametrize("firmware", ["edk2", "u-boot"])
def test_flashed_device_starts(chosen, tmp_path, firmware):
    """Through a device that is larger than the image, as sticks are."""
    stick = tmp_path / "stick"
    with open(stick, "wb") as file:
        file.truncate(100 * MIB)
    try:
        lock = open("/dev/loop-control", "rb")
    except OSError as error:
        pytest.skip(f"no loop devices: {error.strerror}")
    with lock:
        # Other tests here free a loop device's name for a moment and want it back.
        fcntl.flock(lock, fcntl.LOCK_EX)
        loop = run("losetup", "-f", "--show", stick).strip()
        try:
            run(sys.executable, TOP / "scripts" / "flash", f"DEV={loop}", f"IMAGE={chosen}", f"YES={loop[5:]}",
                f"FORCE={100 * MIB}")
        finally:
            run("losetup", "-d", loop)
    check_chosen(boot(stick, firmware))
