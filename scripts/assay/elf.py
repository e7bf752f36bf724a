# SPDX-License-Identifier: BSD-2-Clause
"""
Reads assay.elf: sections, symbols, relocations, and memory as it is after
relocation. Only what a 64-bit little-endian file of ours holds.
"""

import re
import struct
from collections import namedtuple

Section = namedtuple("Section", "name type flags addr offset size link info align entsize")
Symbol = namedtuple("Symbol", "name value size type bind shndx")
Relocation = namedtuple("Relocation", "offset type symbol addend section")
Segment = namedtuple("Segment", "type flags offset vaddr paddr filesz memsz align")

ET_DYN = 3
EM_AARCH64 = 183
SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOBITS, SHT_REL = 2, 3, 4, 8, 9
STT_FUNC, STT_FILE = 2, 4
STB_LOCAL = 0
SHN_LORESERVE = 0xff00                  # from here on, no section
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
PT_LOAD, PT_DYNAMIC, PT_INTERP = 1, 2, 3
PF_X, PF_W = 1, 2
R_AARCH64_RELATIVE = 1027


class ElfError(Exception):
    """The file is not what this module reads."""


def cstring(data, offset):
    """Text up to the next 0 byte."""
    end = data.find(b"\0", offset)
    if offset < 0 or end < 0:
        raise ElfError(f"no string at offset {offset:#x}")
    return data[offset:end].decode()


class Elf:
    """One file in memory."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data[:6] != b"\x7fELF\x02\x01" or len(self.data) < 64:
            raise ElfError(f"{path} is not a 64-bit little-endian ELF file")
        (self.type, self.machine, _, self.entry, phoff, shoff, self.flags, _, _, phnum, _, shnum,
         shstrndx) = struct.unpack_from("<HHIQQQIHHHHHH", self.data, 16)
        self.segments = [self._segment(phoff + 56 * i) for i in range(phnum)]
        self.sections = self._sections(shoff, shnum, shstrndx)
        self.every_symbol = list(self._symbols())
        # By name; of local ones that share it, the last.
        self.symbols = {symbol.name: symbol for symbol in self.every_symbol}
        self.relocations = list(self._relocations())
        self._pointers = {reloc.offset: reloc.addend for reloc in self.relocations
                          if reloc.type == R_AARCH64_RELATIVE}

    def _segment(self, offset):
        kind, flags, *rest = struct.unpack_from("<IIQQQQQQ", self.data, offset)
        return Segment(kind, flags, *rest)

    def _sections(self, shoff, shnum, shstrndx):
        raw = [struct.unpack_from("<IIQQQQIIQQ", self.data, shoff + 64 * i) for i in range(shnum)]
        names = raw[shstrndx][4] if raw else 0
        return [Section(cstring(self.data, names + entry[0]), *entry[1:]) for entry in raw]

    def section(self, name):
        """The section of that name, or None."""
        return next((section for section in self.sections if section.name == name), None)

    def functions(self, name):
        """
        [(source file, symbol)] of every function of that name; local ones may share it. Where the
        compiler has split or specialised it, what is left of it has a name with a suffix.
        """
        return self._functions(name.__eq__) or self._functions(
            re.compile(re.escape(name) + r"(\.(part|isra|constprop)\.\d+)+").fullmatch)

    def _functions(self, matches):
        found, source = [], ""
        for symbol in self.every_symbol:
            if symbol.type == STT_FILE:
                source = symbol.name
            elif symbol.type == STT_FUNC and matches(symbol.name):
                # Local symbols stand behind the name of their file, global ones behind all of them.
                found.append((source if symbol.bind == STB_LOCAL else "global", symbol))
        return found

    def _entries(self, section, layout):
        size = struct.calcsize(layout)
        for offset in range(section.offset, section.offset + section.size, size):
            yield struct.unpack_from(layout, self.data, offset)

    def _symbols(self):
        for section in self.sections:
            if section.type != SHT_SYMTAB:
                continue
            strings = self.sections[section.link].offset
            for name, info, _, shndx, value, size in self._entries(section, "<IBBHQQ"):
                yield Symbol(cstring(self.data, strings + name), value, size, info & 15, info >> 4, shndx)

    def _relocations(self):
        for section in self.sections:
            if section.type == SHT_RELA:
                for offset, info, addend in self._entries(section, "<QQq"):
                    yield Relocation(offset, info & 0xffffffff, info >> 32, addend, section.name)

    def section_at(self, addr):
        """The loaded section that holds an address, or None."""
        return next((section for section in self.sections if section.flags & SHF_ALLOC
                     and section.addr <= addr < section.addr + section.size), None)

    def read(self, addr, size):
        """Bytes at an address, before relocation."""
        section = self.section_at(addr)
        if section is None or addr + size > section.addr + section.size:
            raise ElfError(f"nothing is loaded at {addr:#x}")
        if section.type == SHT_NOBITS:
            return bytes(size)
        start = section.offset + addr - section.addr
        return self.data[start:start + size]

    def read_pointer(self, addr):
        """The pointer at an address, as in an image loaded at 0."""
        if addr in self._pointers:
            return self._pointers[addr]
        return struct.unpack("<Q", self.read(addr, 8))[0]

    def read_string(self, addr):
        """The string at an address."""
        section = self.section_at(addr)
        if section is None or section.type == SHT_NOBITS:
            raise ElfError(f"no string at {addr:#x}")
        return cstring(self.data, section.offset + addr - section.addr)

    def table(self, name):
        """The pointers of a link-time table (include/base/table.h)."""
        try:
            start = self.symbols[f"__table_{name}_start"].value
            end = self.symbols[f"__table_{name}_end"].value
        except KeyError:
            raise ElfError(f"no table {name}: is it stripped?") from None
        return [self.read_pointer(addr) for addr in range(start, end, 8)]
