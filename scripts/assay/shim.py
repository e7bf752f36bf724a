# SPDX-License-Identifier: BSD-2-Clause
"""
Plants code in a copy of the Image: what a faulty firmware would have left at
the entry is done by instructions that run just before it.

The code goes into the zero bytes that align the Image's parts, where every
loader takes it along, and the way in is turned to it: the header's code1 under
the Linux boot protocol, AddressOfEntryPoint under UEFI. A second piece may run
right behind the capture of the entry state, to put back what the image or the
firmware cannot go on with.
"""

import struct
from pathlib import Path

from .elf import Elf
from .status import UsageError
from .tools import run_tool

SHIMS = Path(__file__).resolve().parents[2] / "tests" / "defects" / "shims"
PREFIX = "aarch64-linux-gnu-"
ALIGN = 2048                # of vector tables
CODE1_AT = 4
PE_AT = 0x3c                # e_lfanew
ENTRY_POINT_AT = 4 + 20 + 16    # AddressOfEntryPoint, from the PE signature

# Function entered, and its first instruction behind the capture; none that is relative to the pc.
IMAGE_ENTRY = ("entry_image", "msr daifset, #0xf")
EFI_ENTRY = ("entry_efi", "stp x19, x20, [x12]")

FRAME = """\
	.arch	armv8-a
	.text
	b	planted_entry
	b	planted_captured
planted_entry:
{before}
	b	{entry}
	.ltorg
planted_captured:
{behind}
	{displaced}
	b	{entry} + {back:#x}
	.ltorg
"""


def enters_by_efi(platform):
    """Whether a platform's firmware starts the Image as a UEFI application."""
    return platform.boot in ("disk", "shell") or (platform.boot == "kernel" and
                                                  platform.firmware != "none")


class Planter:
    """A copy of one Image that is being changed, beside the ELF file that it was made of."""

    def __init__(self, image, elf, work):
        self.data = bytearray(Path(image).read_bytes())
        self.elf = Elf(elf)
        self.work = Path(work)
        self.image = image

    def _symbol(self, name):
        if name not in self.elf.symbols:
            raise UsageError(f"{self.image}: the code to plant needs {name}, and assay.elf has no"
                             " such symbol")
        return self.elf.symbols[name]

    def _function(self, name):
        """Symbol of the one function of that name."""
        found = self.elf.functions(name)
        if len(found) > 1:
            places = ", ".join(f"{source} at {symbol.value:#x}" for source, symbol in found)
            raise UsageError(f"{self.image}: {len(found)} functions have the name {name}, and the code"
                             f" to plant would be in one of them by chance: {places}")
        return found[0][1] if found else self._symbol(name)

    def assemble(self, text, address):
        """Bytes of @text as they lie at @address; it may name symbols of the image."""
        source, obj, out = (self.work / f"planted.{end}" for end in ("S", "o", "bin"))
        source.write_text(text)
        run_tool([f"{PREFIX}as", "-I", SHIMS, "-o", obj, source])
        names = [line.split()[-1] for line in run_tool([f"{PREFIX}nm", "-u", obj]).splitlines()]
        symbols = [f"--defsym={name}={self._symbol(name).value:#x}" for name in names]
        linked = self.work / "planted.elf"
        run_tool([f"{PREFIX}ld", "-e", "0", f"-Ttext={address:#x}", *symbols, "-o", linked, obj])
        run_tool([f"{PREFIX}objcopy", "-O", "binary", "-j", ".text", linked, out])
        return out.read_bytes()

    def find(self, function, instruction):
        """Offset of the one place where @function has @instruction."""
        symbol = self._function(function)
        code = self.assemble(f"\t{instruction}\n", 0)
        places = [at for at in range(symbol.value, symbol.value + symbol.size, 4)
                  if self.data[at:at + 4] == code]
        if len(places) != 1:
            raise UsageError(f"{self.image}: {function} has {len(places)} times instead of once:"
                             f" {instruction}")
        return places[0]

    def edit(self, change):
        """
        Put other instructions in the place of the one that a function has, or of its first ones
        when none is named.
        """
        symbol = self._function(change["in"])
        at = self.find(change["in"], change["was"]) if "was" in change else symbol.value
        now = change["now"] if isinstance(change["now"], list) else [change["now"]]
        code = self.assemble("".join(f"\t{line}\n" for line in now), at)
        room = symbol.value + symbol.size - at if len(now) > 1 else 4
        if len(code) > room:
            raise UsageError(f"{self.image}: {change['in']} has room for {room} bytes there, and what"
                             f" is to be planted takes {len(code)}")
        self.data[at:at + len(code)] = code

    def _gaps(self):
        """(start, end) of the zero bytes behind the code, and behind the headers."""
        begin, end = self._symbol("_text").value, self._symbol("_text_end").value
        for first, last in ((begin, end), (0, begin)):
            used = max((symbol.value + symbol.size for symbol in self.elf.every_symbol
                        if first <= symbol.value < last), default=first)
            used = max(used, first + len(self.data[first:last].rstrip(b"\0")))
            yield min(-(-used // ALIGN) * ALIGN, last), last

    def _place(self, text):
        """Put assembled @text into the first gap that takes it; returns where."""
        gaps = list(self._gaps())
        for start, end in gaps:
            code = self.assemble(text, start)
            if len(code) <= end - start:
                self.data[start:start + len(code)] = code
                return start
        raise UsageError(f"{self.image}: no room for {len(code)} bytes of planted code: there are"
                         f" {', '.join(str(end - start) for start, end in gaps)} zero bytes behind"
                         " the code and the headers")

    def _branch(self, at, target):
        self.data[at:at + 4] = struct.pack("<I", 0x14000000 | (target - at) // 4 & 0x3ffffff)

    def enter(self, before, behind, efi):
        """Run the lines @before the entry, and those @behind the capture of its state."""
        entry, displaced = EFI_ENTRY if efi else IMAGE_ENTRY
        hook = self.find(entry, displaced)
        start = self._place(FRAME.format(
            before="\n".join(before), behind="\n".join(behind), entry=entry, displaced=displaced,
            back=hook + 4 - self._symbol(entry).value))
        if behind:
            self._branch(hook, start + 4)
        if efi:
            pe, = struct.unpack_from("<I", self.data, PE_AT)
            struct.pack_into("<I", self.data, pe + ENTRY_POINT_AT, start)
        else:
            self._branch(CODE1_AT, start)


def plant(defect, platform, image, elf, work):
    """Path of a copy of @image with the code of a defect."""
    planter = Planter(image, elf, work)
    for change in defect.code:
        planter.edit(change)
    if defect.entry_asm or defect.captured_asm:
        planter.enter(defect.entry_asm, defect.captured_asm, enters_by_efi(platform))
    path = Path(work) / "Image"
    path.write_bytes(planter.data)
    return path
