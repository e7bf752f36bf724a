# SPDX-License-Identifier: BSD-2-Clause
"""Programs and firmware that others install: found, or named with their Debian package."""

import os
import shutil
import subprocess
from pathlib import Path

from .status import Absent, UsageError

PACKAGES = {
    "qemu-system-aarch64": "qemu-system-arm",
    "gdb-multiarch": "gdb-multiarch",
    "mformat": "mtools",
    "mcopy": "mtools",
    "mmd": "mtools",
    "mkfs.vfat": "dosfstools",
    "sfdisk": "fdisk",
    "lsblk": "util-linux",
    "dtc": "device-tree-compiler",
    "fdtput": "device-tree-compiler",
    "fdtget": "device-tree-compiler",
    "aarch64-linux-gnu-as": "binutils-aarch64-linux-gnu",
    "aarch64-linux-gnu-ld": "binutils-aarch64-linux-gnu",
    "aarch64-linux-gnu-nm": "binutils-aarch64-linux-gnu",
    "aarch64-linux-gnu-objcopy": "binutils-aarch64-linux-gnu",
    "make": "make",
    "pytest-3": "python3-pytest",
}

# Where distributions put the firmware; the first that exists is taken.
FIRMWARE = {
    "edk2": ("qemu-efi-aarch64", [
        "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd",
        "/usr/share/edk2/aarch64/QEMU_EFI.fd",
        "/usr/share/AAVMF/AAVMF_CODE.fd",
        "/opt/homebrew/share/qemu/edk2-aarch64-code.fd",
    ]),
    "u-boot": ("u-boot-qemu", [
        "/usr/lib/u-boot/qemu_arm64/u-boot.bin",
    ]),
}

# Device trees and firmware of boards, as scripts/setup fetches them.
BOARDS = "boards:"
BOARDS_DIR = Path(__file__).resolve().parents[2] / "build" / "boards"

# Administrators' programs are not on everybody's PATH, but sfdisk works on files for everybody.
EXTRA_PATH = "/usr/sbin:/sbin"


def find_tool(name):
    """Path of a program, or UsageError naming the package that has it."""
    path = shutil.which(name)
    if path is None and os.sep not in name:
        path = shutil.which(name, path=EXTRA_PATH)
    if path is None:
        package = PACKAGES.get(os.path.basename(name))
        advice = f": install the Debian package {package}" if package and os.sep not in name else ""
        raise UsageError(f"{name} is not installed{advice}" if os.sep not in name
                         else f"{name} is not there, or is not a program")
    return path


def find_board_file(name):
    """Path of a file of @name = "boards:PATH", or Absent."""
    path = Path(os.environ.get("BOARDS") or BOARDS_DIR) / name.removeprefix(BOARDS)
    if not path.is_file():
        raise Absent(f"{path} is not there: scripts/setup fetches it, or BOARDS=DIR has it")
    return path


def find_firmware(kind):
    """Path of a firmware that a package provides, or of a file given by its path."""
    if kind.startswith(BOARDS):
        return str(find_board_file(kind))
    if kind not in FIRMWARE:
        if not Path(kind).is_file():
            raise UsageError(f"firmware {kind}: there is no such file")
        return kind
    package, candidates = FIRMWARE[kind]
    for path in candidates:
        if Path(path).is_file():
            return path
    raise UsageError(f"no {kind} firmware for QEMU (looked for {', '.join(candidates)}): install"
                     f" the Debian package {package}, or give a file with FIRMWARE=")


def run_tool(args, **kwargs):
    """Run a helper program to its end; UsageError with its own words when it fails."""
    args = [find_tool(args[0])] + [str(arg) for arg in args[1:]]
    proc = subprocess.run(args, capture_output=True, text=True, check=False, **kwargs)
    if proc.returncode:
        words = (proc.stderr or proc.stdout).strip() or "no message"
        raise UsageError(f"{' '.join(args)}: status {proc.returncode}: {words}")
    return proc.stdout
