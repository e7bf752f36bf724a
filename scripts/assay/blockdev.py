# SPDX-License-Identifier: BSD-2-Clause
"""
What a block device is, what is on it and who uses it, from sysfs, /proc and
lsblk or blkid. Nothing here writes.
"""

import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from .status import UsageError
from .tools import run_tool

SYSFS = Path("/sys")
SYSTEM_PLACES = ("/", "/boot", "/boot/efi", "/efi", "/usr", "/var", "/home")

# Parts of something larger, or of an operating system: rarely what a stick for tests holds.
PRECIOUS_FS = {
    "LVM2_member": "an LVM physical volume",
    "linux_raid_member": "a member of a RAID",
    "crypto_LUKS": "an encrypted volume",
    "BitLocker": "an encrypted Windows volume",
    "zfs_member": "a member of a ZFS pool",
    "bcache": "a bcache device",
    "apfs": "an Apple file system",
}
PRECIOUS_TYPE = re.compile(r"Linux (root|/usr|home|LVM|RAID)|Microsoft reserved|Windows|Apple", re.I)

# Above this it is rather a backup disk than a stick.
LARGE = 512 << 30


@dataclass
class Part:
    """The whole disk, or one of its partitions."""
    name: str
    number: str                 # "major:minor"
    size: int
    fstype: str = ""
    label: str = ""
    parttype: str = ""
    ids: list = field(default_factory=list)     # as /etc/fstab may name it

    def describe(self):
        """One line for people."""
        label = f'"{self.label}"' if self.label else ""
        words = (f"{self.name:<12}", f"{human(self.size):>10}", self.fstype or "-", label, self.parttype)
        return "  ".join(word for word in words if word).rstrip()


@dataclass
class Disk:
    path: str
    name: str
    size: int
    model: str
    serial: str
    transport: str              # "usb", "sata", "nvme", "sd", "mmc", ... or ""
    removable: bool             # the medium or the whole device comes out
    read_only: bool
    sector: int
    sequence: str               # changes whenever another medium or device takes the name
    parts: list                 # the disk itself first

    def identity(self):
        """What cannot be typed by habit: the serial number, else the size in bytes."""
        return self.serial or str(self.size)

    def describe(self):
        """Lines for people."""
        kind = ", ".join((self.transport.upper() or "no known transport",
                          "removable" if self.removable else "not removable"))
        head = (f"{self.path}: {self.model or 'no model name'}, serial number {self.serial or 'unknown'},"
                f" {human(self.size)}, {kind}")
        parts = self.parts[1:] or ([self.parts[0]] if self.parts[0].fstype else [])
        return [head] + [f"    {part.describe()}" for part in parts] + (
            [] if parts else ["    no partitions and no file system that is known"])


def human(size):
    """A size as people write it."""
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.1f} {unit}" if unit != "bytes" else f"{size} bytes"
        size /= 1024
    return f"{size:.1f} TiB"


def read_attr(directory, name):
    """A sysfs file's text, "" where there is none."""
    try:
        return (Path(directory) / name).read_text(errors="replace").strip()
    except OSError:
        return ""


def find_transport(sysdir):
    """How a disk is attached, as far as sysfs tells: @sysdir is its directory under /sys/devices."""
    sysdir = Path(sysdir)
    kind = read_attr(sysdir, "device/type")
    if kind in ("SD", "MMC"):
        return kind.lower()
    names = [parent.name for parent in sysdir.parents]
    if any(re.fullmatch(r"usb\d+", name) for name in names):
        return "usb"
    for prefix, transport in (("nvme", "nvme"), ("virtio", "virtio"), ("ata", "sata")):
        if any(re.fullmatch(prefix + r"\d+", name) for name in names):
            return transport
    return ""


def is_removable(sysdir, transport):
    """SD cards and whatever hangs on USB come out; eMMC does not, though its driver is the cards'."""
    if transport == "mmc":
        return False
    return transport in ("usb", "sd") or read_attr(sysdir, "removable") == "1"


def probe(path):
    """What blkid finds on a device: udev, which lsblk asks, does not run in a container."""
    try:
        text = run_tool(["blkid", "-p", "-o", "export", path])
    except UsageError:      # nothing known on it, or no right to read it
        return {}
    found = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    names = {"fstype": "TYPE", "label": "LABEL", "uuid": "UUID", "partuuid": "PART_ENTRY_UUID"}
    return {name: found[key] for name, key in names.items() if key in found}


def _part(entry):
    if not entry["fstype"]:
        entry = entry | probe(entry["path"])
    ids = [entry["path"]]
    for key, tag in (("uuid", "UUID"), ("label", "LABEL"), ("partuuid", "PARTUUID"),
                     ("partlabel", "PARTLABEL")):
        if entry.get(key):
            ids.append(f"{tag}={entry[key]}")
    return Part(entry["name"], entry["maj:min"], int(entry["size"]), entry["fstype"] or "",
                entry["label"] or entry["partlabel"] or "", entry["parttypename"] or "", ids)


def _check_is_disk(path):
    try:
        mode = os.stat(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    if not stat.S_ISBLK(mode.st_mode):
        raise UsageError(f"{path} is not a block device: nothing to flash")
    number = f"{os.major(mode.st_rdev)}:{os.minor(mode.st_rdev)}"
    sysdir = SYSFS / "dev/block" / number
    if not sysdir.exists():
        raise UsageError(f"{path}: the kernel knows no block device {number}")
    if (sysdir / "partition").exists():
        raise UsageError(f"{path} is a partition: give the whole disk, /dev/{sysdir.resolve().parent.name}")
    return sysdir.resolve()


def examine(path):
    """The disk at a path such as /dev/sdb or /dev/disk/by-id/..., as a Disk."""
    path = os.path.realpath(path)
    sysdir = _check_is_disk(path)
    columns = ("NAME,PATH,MAJ:MIN,TYPE,SIZE,MODEL,SERIAL,TRAN,FSTYPE,LABEL,UUID,PARTLABEL,PARTUUID,"
               "PARTTYPENAME")
    found = json.loads(run_tool(["lsblk", "-J", "-b", "-o", columns, path]))["blockdevices"][0]
    parts = [entry for entry in found.get("children", []) if entry["type"] == "part"]
    transport = find_transport(sysdir) or found["tran"] or ""
    model = found["model"] or read_attr(sysdir, "device/name")
    serial = found["serial"] or read_attr(sysdir, "device/serial")
    return Disk(path, sysdir.name, int(found["size"]), model.strip(), serial.strip(), transport,
                is_removable(sysdir, transport), read_attr(sysdir, "ro") == "1",
                int(read_attr(sysdir, "queue/logical_block_size") or 512),
                read_attr(sysdir, "diskseq"), [_part(entry) for entry in [found] + parts])


# -- who uses it ---------------------------------------------------------------


def unescape(text):
    """Octal escapes of /proc: a space is \\040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def mounts(numbers, paths, mountinfo="/proc/self/mountinfo"):
    """[(what, where)] of mounts of these devices; btrfs is known by path only."""
    found = []
    for line in Path(mountinfo).read_text().splitlines():
        fields, _, behind = line.partition(" - ")
        fields, source = fields.split(), unescape(behind.split()[1])
        if fields[2] in numbers or source in paths:
            found.append((source, unescape(fields[4])))
    return found


def _number(path):
    try:
        info = os.stat(path)
    except OSError:
        return ""
    return f"{os.major(info.st_rdev)}:{os.minor(info.st_rdev)}" if stat.S_ISBLK(info.st_mode) else ""


def _holders(number):
    return sorted((SYSFS / "dev/block" / number / "holders").glob("*"))


def _loops_on(paths):
    for backing in (SYSFS / "block").glob("loop*/loop/backing_file"):
        if read_attr(backing.parent, "backing_file") in paths:
            yield backing.parent.parent.name


def uses(number, name):
    """Why the device of this number is in use, one line each, each with the cure."""
    path = f"/dev/{name}"
    found = []
    for _, where in mounts({number}, {path}):
        cure = "this system runs from it" if where in SYSTEM_PLACES else f"umount '{where}'"
        found.append(f"{name} is mounted on {where}: {cure}")
    for line in Path("/proc/swaps").read_text().splitlines()[1:]:
        if _number(unescape(line.split()[0])) == number:
            found.append(f"{name} is swap of the running system: swapoff {path}")
    for loop in _loops_on({path}):
        found.append(f"{name} is behind /dev/{loop}: losetup -d /dev/{loop}")
    for holder in _holders(number):
        label = read_attr(holder, "dm/name") or read_attr(holder, "md/array_state")
        cure = "mdadm --stop" if holder.name.startswith("md") else "vgchange -an, cryptsetup close or dmsetup remove"
        found.append(f"{name} is part of /dev/{holder.name} ({label or 'no name'}), which is active: {cure}")
        found.extend(uses(read_attr(holder, "dev"), holder.name))
    return found


def in_use(disk):
    """Reasons why the disk or a partition of it cannot be written now."""
    return [why for part in disk.parts for why in uses(part.number, part.name)]


def precious(disk, fstab="/etc/fstab"):
    """Reasons to doubt that this is the disk meant, though nobody uses it at the moment."""
    found = []
    if not disk.removable:
        found.append(f"it is not removable, nor on USB, nor an SD card ({disk.transport or 'no known transport'})")
    if disk.size > LARGE:
        found.append(f"it has {human(disk.size)}: rather a backup disk than a stick")
    entries = [line.split() for line in _lines(fstab)]
    places = {unescape(words[0]).replace('"', ""): words[1] for words in entries if len(words) > 1}
    for part in disk.parts:
        if part.fstype in PRECIOUS_FS:
            found.append(f"{part.name} is {PRECIOUS_FS[part.fstype]}")
        if PRECIOUS_TYPE.match(part.parttype):
            found.append(f"{part.name} has the type \"{part.parttype}\"")
        for name in part.ids:
            # A realpath, as fstab may say /dev/disk/by-...
            where = places.get(name) or next((place for spec, place in places.items() if spec.startswith("/")
                                              and os.path.realpath(spec) == name), None)
            if where:
                found.append(f"{part.name} is in {fstab} as {where} of this system")
    return list(dict.fromkeys(found))


def _lines(path):
    try:
        return Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return []
