#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""
Measures what docs/performance.md tells, on this machine, and prints it as
tables: seconds to build, size of the Image, instructions from its entry to the
first test. "make measure" runs it.

Instructions are counted by a QEMU plugin and do not depend on the host; seconds do.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from assay import environment, ktap, runner, status
from assay.elf import Elf
from assay.process import catch_signals, stop_all

MEMORY_SIZES = ["256M", "8G", "64G"]
PLATFORMS = {"direct": "entry_image", "edk2": "entry_efi", "edk2-dt": "entry_efi"}
# Reached when the first case is about to run.
STOP = "execute_case"
CODE_WORDS = 8
# Start-up may cost this much, firmware that is called included; and the size of
# memory must not matter: it may make this much of a difference.
LIMIT = 1_000_000
SPREAD = 0.02


def build_plugin(directory):
    plugin = directory / "insns.so"
    source = environment.source() / "scripts" / "measure" / "insns.c"
    subprocess.run([os.environ.get("HOSTCC", "cc"), "-shared", "-fPIC", "-O2", "-Wall", "-Wextra",
                    "-o", plugin, source], check=True)
    return plugin


def plugin_words(plugin, elf, image, entry, out):
    offset = elf.symbols[entry].value
    code = image[offset:offset + 4 * CODE_WORDS]
    words = "".join(code[i:i + 4][::-1].hex() for i in range(0, len(code), 4))
    return (f"{plugin},entry={offset},stop={elf.symbols[STOP].value},code={words},"
            f"size={elf.symbols['_image_end'].value},out={out}")


def count_instructions(platform, mem, entry, plugin):
    """(in the image, in firmware that it called) up to the first case."""
    build = environment.build()
    out = plugin.parent / "count"
    words = plugin_words(plugin, Elf(build / "assay.elf"), (build / "Image").read_bytes(), entry, out)
    # Not reserved: more memory than the host has is described, but hardly touched.
    args = ["-plugin", words, "-machine", "memory-backend=ram",
            "-object", f"memory-backend-ram,id=ram,size={mem},reserve=off"]
    platform = replace(environment.platforms().load(platform), mem=mem)
    setup = environment.setup(build / "Image", plugin.parent)
    setup = replace(setup, qemu_args=setup.qemu_args + args)
    out.unlink(missing_ok=True)
    result = runner.run(platform, setup, lambda *_: None, ktap.Parser())
    match = out.exists() and re.search(r"image (\d+) outside (\d+)", out.read_text())
    if not match:
        raise status.UsageError(f"{platform.name} with {mem} did not reach its first case: {result.log}")
    return int(match[1]), int(match[2])


def measure_instructions(directory):
    plugin = build_plugin(directory)
    print("| platform | memory | instructions in the image | in firmware |\n| --- | --- | --- | --- |")
    good = True
    for platform, entry in PLATFORMS.items():
        totals = []
        for mem in MEMORY_SIZES:
            inside, outside = count_instructions(platform, mem, entry, plugin)
            totals.append(inside + outside)
            print(f"| {platform} | {mem} | {inside:,} | {outside:,} |", flush=True)
        if max(totals) > min(totals) * (1 + SPREAD):
            print(f"measure: {platform}: the sizes differ by more than {SPREAD:.0%}", file=sys.stderr)
            good = False
        if max(totals) > LIMIT:
            print(f"measure: {platform}: {max(totals):,} instructions, more than {LIMIT:,}", file=sys.stderr)
            good = False
    return good


def seconds(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def measure_build(directory):
    make = ["make", "-s", "-C", str(environment.source()), f"O={directory / 'build'}"]
    subprocess.run(make + ["defconfig"], check=True, stdout=subprocess.DEVNULL)
    jobs = f"-j{os.cpu_count()}"
    print("| what | value |\n| --- | --- |")
    print(f"| clean build, {jobs} | {seconds(make + [jobs]):.1f} s |")
    nothing = sorted(seconds(make) for _ in range(5))
    print(f"| nothing to do, median of 5 | {nothing[2]:.2f} s |")
    size = (directory / "build" / "Image").stat().st_size
    print(f"| size of the Image | {size:,} bytes |", flush=True)


def main():
    catch_signals()
    directory = Path(tempfile.mkdtemp(prefix="assay-measure-"))
    try:
        measure_build(directory)
        print()
        return 0 if measure_instructions(directory) else 1
    except (status.UsageError, subprocess.CalledProcessError) as err:
        print(f"measure: {err}", file=sys.stderr)
        return status.USAGE
    finally:
        stop_all()
        shutil.rmtree(directory)


if __name__ == "__main__":
    sys.exit(main())
