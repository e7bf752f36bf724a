# SPDX-License-Identifier: BSD-2-Clause
"""A GPT disk with one EFI system partition for a single run, made without root (sfdisk, mtools)."""

from pathlib import Path

from .tools import run_tool

MIB = 1 << 20
DISK_SIZE = 64 * MIB        # a power of two, as QEMU wants SD cards
PART_START = 1 * MIB
PART_SIZE = 32 * MIB
SECTOR = 512


def _partition(path):
    table = (f"label: gpt\nstart={PART_START // SECTOR}, size={PART_SIZE // SECTOR}, type=uefi,"
             " name=ASSAY\n")
    run_tool(["sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", path], input=table)


def _folders(names):
    """Every folder that the files need, parents first."""
    found = []
    for name in names:
        parents = [parent for parent in Path(name).parents if str(parent) != "."]
        found += [str(parent) for parent in reversed(parents) if str(parent) not in found]
    return found


def make_disk(path, files):
    """
    Make the disk image @path. @files: {name on the partition: Path of a file, or text}.
    """
    path = Path(path)
    path.unlink(missing_ok=True)
    with open(path, "wb") as disk:
        disk.truncate(DISK_SIZE)
    _partition(path)
    drive = f"{path}@@{PART_START}"
    run_tool(["mformat", "-i", drive, "-v", "ASSAY", "-T", PART_SIZE // SECTOR, "-h", "16",
              "-s", "63", "::"])
    for folder in _folders(files):
        run_tool(["mmd", "-i", drive, f"::{folder}"])
    for name, content in files.items():
        if isinstance(content, Path):
            run_tool(["mcopy", "-i", drive, content, f"::{name}"])
        else:
            run_tool(["mcopy", "-i", drive, "-", f"::{name}"], input=content)
    return path
