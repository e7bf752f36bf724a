# SPDX-License-Identifier: BSD-2-Clause
"""Runs for make measure: a platform under the instruction counter, and CPUs that come up."""

import os
import re
import subprocess
from dataclasses import replace

from . import environment, ktap, qemu, runner, status
from .elf import Elf
from .shim import PREFIX
from .tools import find_tool

STOP = "ktap_case_begin"        # reached when the line of the first case is about to be printed
CODE_WORDS = 8
COUNTER_HZ = 62_500_000         # of QEMU's
BRINGUP = re.compile(r"cpus: +(\d+) of (\d+) in use, \d+ started .* in (\d+) us")
# Few instructions beside the start: the loop is compared with what stands before it.
FIRST_CASE = "run=psci.conduit_works"


def sources():
    return environment.source() / "scripts" / "measure"


def build_plugin(directory):
    plugin = directory / "insns.so"
    subprocess.run([os.environ.get("HOSTCC", "cc"), "-shared", "-fPIC", "-O2", "-Wall", "-Wextra",
                    "-o", plugin, sources() / "insns.c"], check=True)
    return plugin


def memory_arguments(mem):
    """Not reserved: more memory than the host has is described, but hardly touched."""
    return ["-machine", "memory-backend=ram",
            "-object", f"memory-backend-ram,id=ram,size={mem},reserve=off"]


class Counter:
    """The image of the build under the plugin that counts instructions."""

    def __init__(self, directory):
        self.directory = directory
        self.plugin = build_plugin(directory)
        self.image = environment.build() / "Image"
        self.elf = Elf(environment.build() / "assay.elf")
        self.out = directory / "count"

    def _words(self, entry, functions):
        offset = self.elf.symbols[entry].value
        code = self.image.read_bytes()[offset:offset + 4 * CODE_WORDS]
        words = "".join(code[i:i + 4][::-1].hex() for i in range(0, len(code), 4))
        spans = [self.elf.symbols[name] for name in functions]
        return (f"{self.plugin},entry={offset},stop={self.elf.symbols[STOP].value},code={words},"
                f"size={self.elf.symbols['_image_end'].value},out={self.out}"
                + "".join(f",span={span.value}-{span.value + span.size}" for span in spans))

    def run(self, platform, args, functions=()):
        """Run @platform; returns its Result, for counts() and spans()."""
        entry = "entry_efi" if platform.firmware != "none" else "entry_image"
        setup = environment.setup(self.image, self.directory)
        setup = replace(setup, qemu_args=[*setup.qemu_args, "-plugin", self._words(entry, functions),
                                          *args])
        self.out.unlink(missing_ok=True)
        return runner.run(platform, setup, lambda *_: None, ktap.Parser())

    def counts(self, result):
        """(in the image, in firmware that it called) up to the first case."""
        match = self.out.exists() and re.search(r"image (\d+) outside (\d+)", self.out.read_text())
        if not match:
            raise status.UsageError(f"{result.platform.name} did not reach its first case:"
                                    f" {result.log}")
        return int(match[1]), int(match[2])

    def spans(self, functions):
        """{function: [instructions of each time that it ran]}."""
        found = {name: [] for name in functions}
        text = self.out.with_suffix(".spans").read_text()
        for number, cost in (line.split() for line in text.splitlines()):
            found[functions[int(number)]].append(int(cost))
        return found


def bringup_us(result):
    """Microseconds of the machine's counter until all CPUs were up, from the summary."""
    for line in result.parser.summary:
        match = BRINGUP.search(line)
        if match and match[1] == match[2]:
            return int(match[3])
    raise status.UsageError(f"{result.platform.name}: not all CPUs came up: {result.log}")


def bare_loop_seconds(platform, directory):
    """Seconds that a loop in assembler takes to start the same CPUs, by the machine's counter."""
    elf, raw = directory / "cpu_on.o", directory / "cpu_on.bin"
    subprocess.run([find_tool(f"{PREFIX}gcc"), "-c", f"-DCPUS={platform.smp}", "-o", elf,
                    sources() / "cpu_on.S"], check=True)
    subprocess.run([find_tool(f"{PREFIX}objcopy"), "-O", "binary", "-j", ".text", elf, raw], check=True)
    setup = replace(environment.setup(raw, directory), dtb=None)
    command = qemu.build_command(replace(platform, icount=False), setup, directory / "bare")
    done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120)
    return int(done.stdout, 16) / COUNTER_HZ
