# SPDX-License-Identifier: BSD-2-Clause
"""
Reads the Image's headers field by field, and says what is wrong with them.

The rules come from booting.rst of Linux's arm64 documentation, Microsoft's PE
Format, UEFI 2.10 2.1.1, and from what the project promises: one file that is
loaded as sections by one firmware and as it is by another.
"""

import struct
from collections import namedtuple

from assay import elf

ALIGN = 0x10000
FLAG_BIG_ENDIAN, FLAG_ANYWHERE = 1 << 0, 1 << 3
SCN_CODE, SCN_DATA, SCN_EXECUTE, SCN_READ, SCN_WRITE = 0x20, 0x40, 1 << 29, 1 << 30, 1 << 31
MZ_INSTRUCTION = 0xFA405A4D     # ccmp x18, #0, #0xd, pl: "MZ" that does nothing

# name: (offset from the start of its header, struct format)
ARM64_FIELDS = {
    "code0": (0, "I"), "code1": (4, "I"), "text_offset": (8, "Q"), "image_size": (16, "Q"),
    "flags": (24, "Q"), "res2": (32, "Q"), "res3": (40, "Q"), "res4": (48, "Q"), "magic": (56, "4s"),
    "res5": (60, "I"),
}
COFF_FIELDS = {
    "Signature": (0, "4s"), "Machine": (4, "H"), "NumberOfSections": (6, "H"), "TimeDateStamp": (8, "I"),
    "PointerToSymbolTable": (12, "I"), "NumberOfSymbols": (16, "I"), "SizeOfOptionalHeader": (20, "H"),
    "Characteristics": (22, "H"),
}
OPTIONAL_FIELDS = {
    "Magic": (0, "H"), "SizeOfCode": (4, "I"), "SizeOfInitializedData": (8, "I"),
    "SizeOfUninitializedData": (12, "I"), "AddressOfEntryPoint": (16, "I"), "BaseOfCode": (20, "I"),
    "ImageBase": (24, "Q"), "SectionAlignment": (32, "I"), "FileAlignment": (36, "I"),
    "Win32VersionValue": (52, "I"), "SizeOfImage": (56, "I"), "SizeOfHeaders": (60, "I"), "CheckSum": (64, "I"),
    "Subsystem": (68, "H"), "DllCharacteristics": (70, "H"), "SizeOfStackReserve": (72, "Q"),
    "SizeOfStackCommit": (80, "Q"), "SizeOfHeapReserve": (88, "Q"), "SizeOfHeapCommit": (96, "Q"),
    "LoaderFlags": (104, "I"), "NumberOfRvaAndSizes": (108, "I"),
}
SECTION_FIELDS = {
    "Name": (0, "8s"), "VirtualSize": (8, "I"), "VirtualAddress": (12, "I"), "SizeOfRawData": (16, "I"),
    "PointerToRawData": (20, "I"), "PointerToRelocations": (24, "I"), "PointerToLinenumbers": (28, "I"),
    "NumberOfRelocations": (32, "H"), "NumberOfLinenumbers": (34, "H"), "Characteristics": (36, "I"),
}
DIRECTORIES = 112       # their offset in the optional header

Header = namedtuple("Header", "start fields")


def read_fields(data, start, layout):
    """All fields of a header at @start, by name."""
    return Header(start, {name: struct.unpack_from("<" + fmt, data, start + offset)[0]
                          for name, (offset, fmt) in layout.items()})


class Image:
    """The headers of a file."""

    def __init__(self, data):
        self.data = bytes(data)
        self.arm64 = read_fields(data, 0, ARM64_FIELDS)
        self.coff = read_fields(data, self.arm64.fields["res5"], COFF_FIELDS)
        start = self.coff.start + 24
        self.optional = read_fields(data, start, OPTIONAL_FIELDS)
        table = start + self.coff.fields["SizeOfOptionalHeader"]
        self.sections = [read_fields(data, table + 40 * i, SECTION_FIELDS)
                         for i in range(self.coff.fields["NumberOfSections"])]
        self.headers_end = table + 40 * len(self.sections)

    def directories(self):
        """(address, size) of each data directory."""
        count = min(self.optional.fields["NumberOfRvaAndSizes"], 16)
        return [struct.unpack_from("<II", self.data, self.optional.start + DIRECTORIES + 8 * i)
                for i in range(count)]

    def position(self, where, name):
        """(offset in the file, format) of a field: where is "arm64", "coff", "optional" or a section's index."""
        if isinstance(where, int):
            header, layout = self.sections[where], SECTION_FIELDS
        else:
            header = getattr(self, where)
            layout = {"arm64": ARM64_FIELDS, "coff": COFF_FIELDS, "optional": OPTIONAL_FIELDS}[where]
        offset, fmt = layout[name]
        return header.start + offset, fmt

    def section_at(self, address):
        """The section that is loaded at an address, or None."""
        return next((s.fields for s in self.sections if s.fields["VirtualAddress"] <= address
                     < s.fields["VirtualAddress"] + s.fields["VirtualSize"]), None)


def align(value, to=ALIGN):
    return -(-value // to) * to


def pe_checksum(data, offset):
    """The checksum of PE images: 16-bit words with end-around carry, and the file's length."""
    data = data[:offset] + bytes(4) + data[offset + 4:] + bytes(len(data) % 2)
    total = sum(struct.unpack(f"<{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total + len(data)


class Rules:
    """Collects what does not hold."""

    def __init__(self):
        self.broken = []

    def expect(self, name, holds, text):
        if not holds:
            self.broken.append(f"{name}: {text}")

    def equal(self, name, found, expected):
        shown = [f"{value:#x}" if isinstance(value, int) else repr(value) for value in (found, expected)]
        self.expect(name, found == expected, f"is {shown[0]}, not {shown[1]}")

    def all_zero(self, header, *names):
        for name in names:
            self.equal(name, header.fields[name], 0)


def check_arm64(rules, image, ours):
    """The 64 bytes of the Linux boot protocol."""
    head = image.arm64.fields
    rules.equal("code0", head["code0"], MZ_INSTRUCTION)
    rules.equal("code1", head["code1"] >> 26, 0b000101)
    offset = head["code1"] & 0x3FFFFFF
    target = 4 + 4 * (offset - (1 << 26) if offset >> 25 else offset)
    section = image.section_at(target)
    rules.expect("code1", section and section["Characteristics"] & SCN_EXECUTE, f"jumps to {target:#x}, no code")
    rules.equal("code1", target, ours.symbols["entry_image"].value)
    rules.equal("text_offset", head["text_offset"], 0)
    rules.equal("image_size", head["image_size"], ours.symbols["_image_end"].value)
    rules.expect("image_size", head["image_size"] >= max((s.addr + s.size for s in loaded(ours)), default=0),
                 "does not cover .bss")
    rules.expect("image_size", head["image_size"] >= len(image.data), "is less than the file")
    rules.expect("flags", not head["flags"] & FLAG_BIG_ENDIAN, "says big endian")
    rules.expect("flags", head["flags"] >> 1 & 3 in (0, 1), "asks for a granule that is not 4 KiB")
    rules.expect("flags", head["flags"] & FLAG_ANYWHERE, "asks for the start of memory")
    rules.equal("flags", head["flags"] >> 4, 0)
    rules.all_zero(image.arm64, "res2", "res3", "res4")
    rules.equal("magic", head["magic"], b"ARM\x64")
    rules.expect("res5", head["res5"] % 8 == 0 and 64 <= head["res5"] < 0x1000, "is no place for the PE header")


def check_coff(rules, image):
    coff = image.coff.fields
    rules.equal("Signature", coff["Signature"], b"PE\0\0")
    rules.equal("Machine", coff["Machine"], 0xAA64)
    rules.equal("NumberOfSections", coff["NumberOfSections"], 3)
    rules.all_zero(image.coff, "TimeDateStamp", "PointerToSymbolTable", "NumberOfSymbols")
    rules.equal("SizeOfOptionalHeader", coff["SizeOfOptionalHeader"],
                DIRECTORIES + 8 * image.optional.fields["NumberOfRvaAndSizes"])
    flags = coff["Characteristics"]
    rules.expect("Characteristics", flags & 0x2, "not marked executable")
    rules.expect("Characteristics", not flags & 0x1, "relocations stripped: loads at one address only")
    rules.expect("Characteristics", flags & 0x20, "not marked for addresses above 2 GiB")
    rules.equal("Characteristics", flags & ~0x22E, 0)


def check_optional(rules, image, ours):
    optional = image.optional.fields
    sections = [section.fields for section in image.sections]
    rules.equal("Magic", optional["Magic"], 0x20B)
    for name, kind in (("SizeOfCode", SCN_CODE), ("SizeOfInitializedData", SCN_DATA)):
        rules.equal(name, optional[name], sum(s["SizeOfRawData"] for s in sections if s["Characteristics"] & kind))
    entry = image.section_at(optional["AddressOfEntryPoint"])
    rules.expect("AddressOfEntryPoint", entry and entry["Characteristics"] & SCN_EXECUTE, "is not in code")
    rules.equal("AddressOfEntryPoint", optional["AddressOfEntryPoint"], ours.symbols["entry_efi"].value)
    rules.equal("BaseOfCode", optional["BaseOfCode"], sections[0]["VirtualAddress"] if sections else 0)
    rules.equal("SectionAlignment", optional["SectionAlignment"], ALIGN)
    file_align = optional["FileAlignment"]
    rules.expect("FileAlignment", 512 <= file_align <= ALIGN and file_align & (file_align - 1) == 0,
                 f"{file_align:#x} is not a power of two from 512 to 64 KiB")
    end = max((s["VirtualAddress"] + s["VirtualSize"] for s in sections), default=0)
    rules.equal("SizeOfImage", optional["SizeOfImage"], align(end))
    rules.equal("SizeOfImage", optional["SizeOfImage"], image.arm64.fields["image_size"])
    rules.equal("SizeOfHeaders", optional["SizeOfHeaders"] % max(file_align, 1), 0)
    rules.expect("SizeOfHeaders", image.headers_end <= optional["SizeOfHeaders"] <=
                 min((s["VirtualAddress"] for s in sections), default=0), "ends in the headers, or in a section")
    # UEFI loaders do not look at it; when it is given, it is right.
    at = image.position("optional", "CheckSum")[0]
    if optional["CheckSum"]:
        rules.equal("CheckSum", optional["CheckSum"], pe_checksum(image.data, at))
    rules.equal("Subsystem", optional["Subsystem"], 10)
    rules.expect("DllCharacteristics", optional["DllCharacteristics"] & 0x100, "lacks NX_COMPAT")
    rules.equal("DllCharacteristics", optional["DllCharacteristics"] & ~0x140, 0)
    rules.equal("NumberOfRvaAndSizes", optional["NumberOfRvaAndSizes"], 16)
    rules.all_zero(image.optional, "ImageBase", "SizeOfUninitializedData", "Win32VersionValue", "SizeOfStackReserve",
                   "SizeOfStackCommit", "SizeOfHeapReserve", "SizeOfHeapCommit", "LoaderFlags")
    rules.expect("DataDirectory", not any(map(any, image.directories())), "is not empty")


def check_section(rules, image, header, expected_address):
    section = header.fields
    where = section["Name"].rstrip(b"\0").decode(errors="replace")
    file_align = max(image.optional.fields["FileAlignment"], 1)
    flags = section["Characteristics"]
    rules.equal(f"{where} VirtualAddress", section["VirtualAddress"] % ALIGN, 0)
    # Without holes: a loader that protects what lies between has nothing to protect.
    rules.equal(f"{where} VirtualAddress", section["VirtualAddress"], expected_address)
    rules.equal(f"{where} PointerToRawData", section["PointerToRawData"], section["VirtualAddress"])
    rules.equal(f"{where} SizeOfRawData", section["SizeOfRawData"] % file_align, 0)
    rules.expect(f"{where} SizeOfRawData", 0 < section["SizeOfRawData"] <= align(section["VirtualSize"]),
                 f"{section['SizeOfRawData']:#x} does not fit in VirtualSize {section['VirtualSize']:#x}")
    rules.expect(f"{where} SizeOfRawData", section["PointerToRawData"] + section["SizeOfRawData"] <= len(image.data),
                 "goes beyond the end of the file")
    rules.expect(f"{where} Characteristics", not (flags & SCN_WRITE and flags & SCN_EXECUTE),
                 "is both writable and executable")
    rules.expect(f"{where} Characteristics", flags & SCN_READ, "cannot be read")
    kind = SCN_CODE if flags & SCN_EXECUTE else SCN_DATA
    rules.equal(f"{where} Characteristics", flags & ~(SCN_EXECUTE | SCN_READ | SCN_WRITE), kind)
    for name in ("PointerToRelocations", "PointerToLinenumbers", "NumberOfRelocations", "NumberOfLinenumbers"):
        rules.equal(f"{where} {name}", section[name], 0)


def loaded(ours):
    """The sections of the ELF file that are in memory."""
    return [section for section in ours.sections if section.flags & elf.SHF_ALLOC and section.size]


def check_against_elf(rules, image, ours):
    """Each section of the ELF file keeps its permissions and its bytes."""
    for section in loaded(ours):
        found = image.section_at(section.addr)
        last = image.section_at(section.addr + section.size - 1)
        if section.addr + section.size <= image.optional.fields["SizeOfHeaders"]:
            rules.expect(section.name, not section.flags & (elf.SHF_WRITE | elf.SHF_EXECINSTR),
                         "lies in the headers, which are read-only")
            continue
        rules.expect(section.name, found and found is last, "does not lie within one section of the PE header")
        if not found:
            continue
        for flag, wanted, word in ((SCN_WRITE, elf.SHF_WRITE, "write"), (SCN_EXECUTE, elf.SHF_EXECINSTR, "execute")):
            rules.equal(f"{section.name} right to {word}", bool(found["Characteristics"] & flag),
                        bool(section.flags & wanted))
        if section.type == elf.SHT_NOBITS:
            rules.expect(section.name, section.addr >= found["VirtualAddress"] + found["SizeOfRawData"],
                         "is not in the file, and lies below its end")
        else:
            rules.expect(section.name, image.data[section.addr:section.addr + section.size] ==
                         ours.read(section.addr, section.size), "differs between assay.elf and Image")


def check_image(data, ours):
    """What is wrong with the Image, as a list; @ours: its Elf."""
    rules = Rules()
    try:
        image = Image(data)
    except struct.error as error:
        return [f"headers: {error}"]
    check_arm64(rules, image, ours)
    check_coff(rules, image)
    check_optional(rules, image, ours)
    address = image.optional.fields["SizeOfHeaders"]
    for header in image.sections:
        check_section(rules, image, header, address)
        address = align(header.fields["VirtualAddress"] + header.fields["VirtualSize"])
    end = max((s.fields["PointerToRawData"] + s.fields["SizeOfRawData"] for s in image.sections), default=0)
    rules.equal("length of the file", len(data), end)
    check_against_elf(rules, image, ours)
    return rules.broken


def check_relocations(rules, ours):
    """Our own loop applies them, at any address, before anything else: to what every loader maps writable."""
    start, end = (ours.symbols[name].value for name in ("_relro", "_file_end"))
    table = ours.symbols["_rela"].value, ours.symbols["_rela_end"].value
    size = ours.symbols["_image_end"].value
    rules.expect("relocations", ours.relocations, "there are none, not even for the tables")
    for reloc in ours.relocations:
        where = f"relocation at {reloc.offset:#x}"
        rules.equal(f"{where} type", reloc.type, elf.R_AARCH64_RELATIVE)
        rules.equal(f"{where} symbol", reloc.symbol, 0)
        rules.equal(f"{where} alignment", reloc.offset % 8, 0)
        rules.expect(where, start <= reloc.offset <= end - 8, "is outside of what a loader maps writable")
        rules.expect(where, 0 <= reloc.addend <= size, f"points outside of the image, to {reloc.addend:#x}")
        rules.equal(f"{where} section", reloc.section, ".rela")
    rela = [section for section in ours.sections if section.type == elf.SHT_RELA]
    rules.equal("relocation table", [(s.addr, s.addr + s.size) for s in rela], [table])
    rules.equal("REL sections", [s.name for s in ours.sections if s.type == elf.SHT_REL], [])


def check_elf(ours):
    """What is wrong with assay.elf, as a list."""
    rules = Rules()
    rules.equal("e_type", ours.type, elf.ET_DYN)
    rules.equal("e_machine", ours.machine, elf.EM_AARCH64)
    for segment in ours.segments:
        rules.expect("segments", segment.type not in (elf.PT_INTERP, elf.PT_DYNAMIC),
                     "wants a dynamic loader")
        rules.expect("segments", segment.type != elf.PT_LOAD or not (segment.flags & elf.PF_W and
                     segment.flags & elf.PF_X), "one is both writable and executable")
    undefined = [s.name for s in ours.symbols.values() if s.shndx == 0 and s.name]
    rules.equal("undefined symbols", undefined, [])
    rules.equal("weak symbols", [s.name for s in ours.symbols.values() if s.bind == 2], [])
    rules.equal("outlined atomics", [name for name in ours.symbols if name.startswith("__aarch64_")], [])
    check_relocations(rules, ours)
    return rules.broken
