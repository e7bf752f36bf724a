# SPDX-License-Identifier: BSD-2-Clause
"""
Starts one machine several times with the same disk, and the same flash where it has one for
variables, and reads the results that the image left beside itself.
"""

import re
import time
from dataclasses import dataclass, replace

from . import disk, items, ktap, process, qemu, runner, status, variant, verdict
from .tools import run_tool

FOLDER = "EFI/BOOT/assay-results"
SIZE = 16384
AAVMF = "/usr/share/AAVMF/AAVMF_CODE.fd:/usr/share/AAVMF/AAVMF_VARS.fd"
EARLY = "ok efi.tpl_is_raised_and_restored"
CUT = "# run efi.stall_takes_its_time"
REFUSED = "(later results are not kept: this firmware takes no variable)"


@dataclass(frozen=True)
class Stick:
    """A machine, and what its files hold after two starts and after three."""
    platform: str
    name: str
    keeps: bool             # variables can be set once boot services are gone
    firmware: str = ""
    append: str = "run=lib,efi"
    variant: str = ""       # of the image
    silent: bool = False    # the run has no console: it is known by what it leaves


STICKS = (
    Stick("edk2-disk", "results.edk2-disk", True, AAVMF),
    Stick("u-boot-efi", "results.u-boot-efi", False),
    Stick("edk2-disk", "results.edk2-disk.no-serial", True, AAVMF, variant="no-serial", silent=True),
)


def read_file(image, number):
    """A file of results, "" when there is none."""
    drive = f"{image}@@{disk.PART_START}"
    try:
        return run_tool(["mcopy", "-n", "-i", drive, f"::{FOLDER}/{number}.txt", "-"])
    except (status.UsageError, RuntimeError):
        return ""


def start_of(text):
    match = re.match(r"assay results of start (\d+)\n", text)
    return int(match[1]) if match else 0


class StickItem:
    """Results beside the image: of cases as they end, and of the rest at the next start."""

    def __init__(self, stick):
        self.stick = stick
        self.name = stick.name

    def run(self, context):
        begin = time.monotonic()
        stick = self.stick
        platform = replace(context.platform(stick.platform), name=self.name, append=stick.append,
                           xfails={}, firmware=stick.firmware or
                           context.platform(stick.platform).firmware)
        setup = context.setup(stick.variant or variant.DEFCONFIG)
        folder = setup.logs / platform.name
        command = qemu.build_command(platform, setup, folder)
        problems = []
        for start in (1, 2, 3):
            problems += self._start(platform, setup, command, start)
            problems += self._look(folder / "disk.img", start)
        problems += self._cut(platform, setup, command, folder / "disk.img")
        return items.single(self.name, problems, time.monotonic() - begin,
                            ["three starts and a power cut"])

    def _start(self, platform, setup, command, start):
        parser = ktap.Parser()
        with runner.open_log(platform, setup, command) as log:
            ending = process.Console(command, parser, log, type_at=platform.type_at,
                                     idle=platform.idle_timeout, total=platform.timeout).run()
        if self.stick.silent:
            said = [line for line in parser.firmware if "going on" in line]
            return [] if said and ending.reason == "exit" else [f"start {start}: {ending.reason}"]
        result = verdict.make_result(platform, parser, ending, runner.log_path(platform, setup))
        return [] if result.status == status.GOOD else [f"start {start}: {result.headline}"]

    def _cut(self, platform, setup, command, image):
        """The power goes while a file is written: what was there before stays, and so does the image."""
        before = [read_file(image, number) for number in (1, 2)]
        parser = ktap.Parser()
        with runner.open_log(platform, setup, command) as log:
            process.Console(command, parser, log, type_at=platform.type_at, total=platform.timeout,
                            until=lambda: any(CUT in line for line in parser.firmware)).run()
        after = [read_file(image, number) for number in (1, 2)]
        kept = [text for text, was in zip(after, before) if text.startswith(was.rstrip())]
        problems = []
        if len(kept) != 1 or start_of(kept[0]) != 3:
            problems.append("after a power cut the file of the start before is not as it was")
        if not any(start_of(text) == 4 and CUT in text for text in after):
            problems.append(f"after a power cut in {CUT!r} the file of that start does not have it")
        copy = image.with_name("copied")
        copy.unlink(missing_ok=True)
        run_tool(["mcopy", "-n", "-i", f"{image}@@{disk.PART_START}", f"::{qemu.BOOT_IMAGE}", copy])
        if copy.read_bytes() != setup.image.read_bytes():
            problems.append("after a power cut the image itself is damaged")
        return problems

    def _look(self, image, start):
        texts = {start_of(text): text for text in (read_file(image, 1), read_file(image, 2)) if text}
        problems = []
        if set(texts) != {number for number in (start - 1, start) if number}:
            problems.append(f"after start {start} the files are of starts {sorted(texts)}")
        for number, text in texts.items():
            if EARLY not in text:
                problems.append(f"after start {start}: start {number} has no {EARLY!r}")
            if len(text) > SIZE:
                problems.append(f"after start {start}: start {number} has {len(text)} bytes")
            later = f"assay results of start {number}, after boot services:"
            if number < start and self.stick.keeps and " passed, 0 failed\n" not in text:
                problems.append(f"after start {start}: start {number} has no totals")
            if (later in text) != (self.stick.keeps and number < start):
                problems.append(f"after start {start}: later results of start {number}: {later in text}")
            if (REFUSED in text) == self.stick.keeps:
                problems.append(f"after start {start}: {REFUSED!r} in start {number}")
        return problems


def stick_items():
    return [StickItem(stick) for stick in STICKS]
