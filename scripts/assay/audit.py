# SPDX-License-Identifier: BSD-2-Clause
"""
The cache audit (docs/cache-audit.md): runs the marked image with the plugin of
scripts/audit and reads what it found, by names.
"""

import os
import re
import struct
import subprocess
from bisect import bisect_right
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from . import defects, runner, status
from .elf import SHF_EXECINSTR, SHN_LORESERVE, Elf
from .platform import load_toml
from .status import UsageError
from .tools import run_tool

VARIANT = "audit"
SITE_MARK = 0xd503201f | 0x66 << 5      # AUDIT_SITE of asm/audit.h
# DC and IC without their register, and the number of the mark before each (asm/audit.h); None for
# those that may have none: by set and way they say nothing of other CPUs.
MARKS = {
    0xd50b7a20: 0x68, 0xd50b7b20: 0x69, 0xd50b7e20: 0x6a, 0xd5087620: 0x6b,     # CVAC CVAU CIVAC IVAC
    0xd50b7520: 0x6c, 0xd5087500: 0x6d, 0xd5087100: 0x6e,                       # IVAU IALLU IALLUIS
    0xd5087640: None, 0xd5087a40: None, 0xd5087e40: None,                       # ISW CSW CISW
}
REGISTER = 0x1f
OPERAND_LOAD = 0x3880001f               # ldursb xzr, [x0]
ADD, ADD_FIXED = 0x91000000, 0xffff0000     # add x0, x0, #0 to #63, without its registers
FINDING = re.compile(r"finding (\d+) (\S+) cpu (\d+) pc (\S+) at (\S+) other (\S+) cpu (\d+)$")
SITE = re.compile(r"site (\d+) image\+(\S+)$")
DID = re.compile(r"did image\+(\S+) operations (\d+)$")
MODELS = 63                             # sites that one run can go without, one at a time
SHOWN = 8                               # findings of a run that are printed
SECONDS = 300                           # for a run, whatever the platform allows without the plugin
# Of the PE header: where the offset of its signature stands, its optional header, and fields there.
PE_AT, PE_OPTIONAL, SECTION_ALIGNMENT, SIZE_OF_IMAGE = 0x3c, 24, 32, 56

WORDS = {
    "read-dirty": "read with the MMU off of a line that may be dirty in a cache",
    "write-dirty": "write with the MMU off under a line that may be dirty in a cache",
    "read-stale": "read with the MMU on of a line written with it off and not invalidated",
    "write-stale": "write with the MMU on to a line written with it off and not invalidated",
    "walk-stale": "walked table that was written with the MMU off and not invalidated",
    "fetch-stale": "instructions written with the MMU off and not invalidated, run with it on",
    "fetch-poc": "instructions run with the MMU off that are not clean to the PoC",
    "fetch-pou": "instructions that were written and not cleaned to the PoU",
    "fetch-icache": "instructions that were written, and the instruction cache not invalidated",
    "fetch-ahead": "instructions clean to the PoU only, fetched ahead from memory with the MMU off",
    "drop": "DC IVAC of a line with data written with the MMU on",
    "limit": "the model ran out of room",
}


@dataclass(frozen=True)
class Configuration:
    """One way to run the image under audit: an entry of tests/audit/configurations.toml."""
    name: str
    platform: str = ""
    append: str = ""
    smp: int = 0
    line: int = 64
    defect: str = ""
    variant: str = VARIANT          # one that has AUDIT on
    fails: bool = False             # cases fail on purpose
    moved: bool = False             # the PE header asks for 4 KiB alignment and an odd size
    whole: bool = False             # left out of make check


def load_configurations(path):
    """Every entry of the file."""
    types = {item.name: item.type for item in fields(Configuration)}
    found = []
    for name, data in load_toml(path).items():
        for key, value in data.items():
            if key == "name" or key not in types or not isinstance(value, types[key]):
                raise UsageError(f"{path}: [{name}] {key} = {value!r} makes no sense")
        if not data.get("platform"):
            raise UsageError(f"{path}: [{name}] lacks platform")
        found.append(Configuration(name=name, **data))
    return found


def has_mark(words, i):
    """Whether the model is told of the operation words[i], and of its address where it has one."""
    mark, register = MARKS[words[i] & ~REGISTER], words[i] & REGISTER
    if mark is None or i < 2 or words[i - 1] != 0xd503201f | mark << 5:
        return False
    if register == REGISTER or words[i - 2] == OPERAND_LOAD | register << 5:
        return True
    # Or from beside it, where the operation is on the first bytes of a line.
    beside = words[i - 2] >> 5 & REGISTER
    return i > 2 and words[i - 2] == OPERAND_LOAD | beside << 5 and \
        words[i - 3] & ADD_FIXED == ADD and words[i - 3] & 0x3ff == register << 5 | beside


def build_plugin(source, out):
    """The plugin as a shared object in @out."""
    out.mkdir(parents=True, exist_ok=True)
    plugin = out / "audit.so"
    code = sorted(source.glob("*.c"))
    newest = max(path.stat().st_mtime for path in [*code, *source.glob("*.h")])
    if not plugin.exists() or plugin.stat().st_mtime < newest:
        command = [os.environ.get("HOSTCC") or "cc", "-shared", "-fPIC", "-fvisibility=hidden",
                   "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(plugin), *map(str, code)]
        proc = subprocess.run(command, capture_output=True, text=True, check=False)
        if proc.returncode:
            raise UsageError(f"the audit's plugin does not build: {proc.stderr.strip()}")
    return plugin


class Names:
    """Symbols and source lines of the audited image."""

    def __init__(self, path):
        self.path = path
        self.elf = Elf(path)
        known = {symbol.value: symbol.name for symbol in self.elf.every_symbol
                 if 0 < symbol.shndx < SHN_LORESERVE and symbol.name and symbol.name[0] != "$"}
        self._starts = sorted(known)
        self._names = known
        self._places = {}
        self._site_names = {}

    def value(self, name):
        return self.elf.symbols[name].value

    def _code(self):
        """(address, words) of each section of code."""
        for section in self.elf.sections:
            if section.flags & SHF_EXECINSTR:
                code = self.elf.read(section.addr, section.size & ~3)
                yield section.addr, [word for (word,) in struct.iter_unpack("<I", code)]

    def sites(self):
        """Offsets of every SITE mark in the image's code."""
        return [addr + 4 * i for addr, words in self._code() for i, word in enumerate(words)
                if word == SITE_MARK]

    def unmarked(self):
        """Offsets of DC and IC that no mark, or the mark of another operation, stands before."""
        return [addr + 4 * i for addr, words in self._code() for i, word in enumerate(words)
                if word & ~REGISTER in MARKS and not has_mark(words, i)]

    def named_sites(self):
        """
        {name: offsets}: "function 2 (file:line)" for the second place in a function. A place
        that the compiler made several of keeps one name.
        """
        places, functions, found = {}, {}, {}
        for offset in self.sites():
            places.setdefault(self.place(offset), []).append(offset)
        for place, offsets in places.items():
            function = place.partition(" ")[0]
            functions[function] = functions.get(function, 0) + 1
            name = f"{function} {functions[function]}"
            found[name] = offsets
            self._site_names.update(dict.fromkeys(offsets, name))
        return found

    def site_name(self, offset):
        if not self._site_names:
            self.named_sites()
        return self._site_names.get(offset, f"{offset:#x}")

    def symbol(self, text):
        """symbol+offset of "image+0x..."; anything else is outside of the image."""
        if not text.startswith("image+"):
            return "unknown" if text == "-" else f"{text} (outside of the image)"
        value = int(text[6:], 16)
        at = bisect_right(self._starts, value)
        if not at:
            return text
        start = self._starts[at - 1]
        return self._names[start] + (f"+{value - start:#x}" if value > start else "")

    def place(self, offset):
        """function file:line of code, the caller's where the mark is in an inlined function."""
        if offset not in self._places:
            lines = run_tool(["aarch64-linux-gnu-addr2line", "-fie", self.path,
                              f"{offset:#x}"]).splitlines()
            frames = [(lines[i], re.sub(r" \(discriminator.*", "", lines[i + 1]))
                      for i in range(0, len(lines) - 1, 2)]
            frames = [frame for frame in frames if "asm/audit.h" not in frame[1]] or frames
            function, where = frames[0]
            where = re.sub(r"^.*?/((?:arch|lib|drivers|tests|include)/)", r"\1", where)
            self._places[offset] = f"{function} ({where})"
        return self._places[offset]

    def code(self, text):
        return f"{self.symbol(text)} in {self.place(int(text[6:], 16))}" \
            if text.startswith("image+") else self.symbol(text)


@dataclass
class Audit:
    """What one run showed."""
    configuration: Configuration
    result: object                                  # verdict.Result
    findings: list = field(default_factory=list)    # lines, of the image as it is
    executed: dict = field(default_factory=dict)    # name of a site = operations
    found: dict = field(default_factory=dict)       # name of a site = finding without it
    sites: int = 0                                  # marks met, which may be more than names
    whole: bool = False                             # the plugin saw the end


def _tell(names, match):
    """A finding in words."""
    _, kind, cpu, pc, addr, other, other_cpu = match.groups()
    text = f"{WORDS[kind]}: {names.symbol(addr)}, CPU {cpu} at {names.code(pc)}"
    if other != "-":
        return f"{text}; written by CPU {other_cpu} at {names.code(other)}"
    return f"{text}; not written since the image began"


def read_output(text, names, audit):
    """Take in what the plugin wrote."""
    models, seen = {}, set()
    for line in text.splitlines():
        if match := SITE.match(line):
            audit.sites += 1
            name = models[int(match[1])] = names.site_name(int(match[2], 16))
            audit.executed.setdefault(name, 1)
        elif match := DID.match(line):
            name = names.site_name(int(match[1], 16))
            audit.executed[name] = audit.executed.get(name, 0) + int(match[2])
        elif match := FINDING.match(line):
            model = int(match[1])
            if model:
                audit.found.setdefault(models[model], _tell(names, match))
                continue
            # Once for a kind, a function and a symbol.
            key = (match[2], *(names.symbol(match[i]).partition("+")[0] for i in (4, 5)))
            if key not in seen:
                seen.add(key)
                audit.findings.append(_tell(names, match))
    audit.whole = text.endswith("end\n")


class Auditor:
    """The marked images, the plugin, and runs of both."""

    def __init__(self, context):
        self.context = context
        self.plugin = build_plugin(context.source / "scripts" / "audit", context.obj / "audit")
        self._names = {}

    def names(self, variant=VARIANT):
        """Of one variant of the image."""
        if variant not in self._names:
            image = self.context.image(variant)
            self._names[variant] = Names(image.parent / "assay.elf")
        return self._names[variant]

    def _plan(self, configuration):
        """(platform, setup) of a run, without the plugin."""
        changes = {"smp": configuration.smp} if configuration.smp else {}
        platform = self.context.platform(configuration.platform, **changes)
        setup = self.context.setup(configuration.variant)
        if configuration.defect:
            every = defects.load_all(self.context.source / "tests" / "defects")
            planted = next((defect for defect in every if defect.name == configuration.defect), None)
            if planted is None:
                raise UsageError(f"audit {configuration.name}: no defect {configuration.defect}")
            planted = replace(planted, platform=configuration.platform,
                              name=f"audit.{configuration.name}")
            platform, setup = defects.plant(planted, platform, platform, setup, self.context.tables)
        if configuration.moved:
            setup = replace(setup, image=self._move(setup))
        platform = replace(platform, name=f"audit.{configuration.name}", timeout=SECONDS,
                           idle_timeout=SECONDS)
        return platform.with_append(configuration.append), setup

    @staticmethod
    def _move(setup):
        """An Image that a loader puts where the image's pages cannot be protected."""
        data = bytearray(setup.image.read_bytes())
        header = struct.unpack_from("<I", data, PE_AT)[0] + PE_OPTIONAL
        struct.pack_into("<I", data, header + SECTION_ALIGNMENT, 4096)
        size = struct.unpack_from("<I", data, header + SIZE_OF_IMAGE)[0]
        struct.pack_into("<I", data, header + SIZE_OF_IMAGE, size + 4096)
        setup.logs.mkdir(parents=True, exist_ok=True)
        path = setup.logs / "audit.moved.Image"
        path.write_bytes(data)
        return path

    def run(self, configuration, first=1):
        """Run once; sites before the @first that is met are never left out."""
        platform, setup = self._plan(configuration)
        setup.logs.mkdir(parents=True, exist_ok=True)
        out = setup.logs / f"{platform.name}.findings"
        out.unlink(missing_ok=True)
        names = self.names(configuration.variant)
        words = (f"{self.plugin},size={names.value('_image_end')},"
                 f"loaded={names.value('_file_end')},line={configuration.line},first={first},"
                 f"out={out}")
        setup = replace(setup, qemu_args=[*setup.qemu_args, "-plugin", words])
        audit = Audit(configuration, runner.run(platform, setup))
        if out.exists():
            read_output(out.read_text(), names, audit)
        if audit.sites >= first + MODELS:
            more = self.run(configuration, first + MODELS)
            audit.found.update(more.found)
        return audit

    def problems(self, audit):
        """Why a run is not as it must be, [] when it is."""
        fails = audit.configuration.defect or audit.configuration.fails
        wanted = status.FAILURES if fails else status.GOOD
        found = audit.findings[:SHOWN]
        if len(audit.findings) > SHOWN:
            found.append(f"and {len(audit.findings) - SHOWN} more findings")
        if audit.result.status != wanted:
            found += [audit.result.headline, *audit.result.details]
        if not audit.whole:
            found.append("the plugin did not see QEMU end by itself")
        if not audit.executed:
            found.append("no mark was met")
        return found


def load_unseen(path):
    """{name of a site: reason}: sites whose removal the model cannot show."""
    data = load_toml(path) if path.exists() else {}
    for name, reason in data.items():
        if not isinstance(reason, str) or not reason:
            raise UsageError(f"{path}: {name!r} needs its reason")
    return data


@dataclass
class Row:
    """What all runs say of one site."""
    name: str
    text: str
    good: bool


def _judge(name, audits, unseen):
    where = [audit for audit in audits if name in audit.executed]
    found = [audit for audit in where if name in audit.found]
    if found and name in unseen:
        return Row(name, "is in unseen.toml, and its removal is found", False)
    if found:
        names = ", ".join(audit.configuration.name for audit in found)
        return Row(name, f"found on {names}: {found[0].found[name]}", True)
    if name in unseen:
        return Row(name, f"not found, as expected: {unseen[name]}", True)
    if not where:
        return Row(name, "no run reaches it", False)
    names = ", ".join(audit.configuration.name for audit in where)
    return Row(name, f"nothing is found without it on {names}: it is needless, or the model needs"
                     " to see more", False)


def judge_sites(names, audits, unseen):
    """
    A row for each site of the image, for each name of @unseen that is none, and for each operation
    that the model is not told of.
    """
    sites = names.named_sites()
    rows = [_judge(name, audits, unseen) for name in sites]
    rows += [Row(names.place(offset), "DC or IC without its mark (asm/audit.h), or by set and way:"
                 " the model does not see it", False) for offset in names.unmarked()]
    return rows + [Row(name, "is in unseen.toml, and there is no such site", False)
                   for name in unseen if name not in sites]
