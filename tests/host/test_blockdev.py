# SPDX-License-Identifier: BSD-2-Clause
"""What kind of device it is that scripts/flash would write to: trees as sysfs has them."""

import pytest
from flashtest import stick

from assay import blockdev


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
