# SPDX-License-Identifier: BSD-2-Clause
"""
The built Image and assay.elf, without running them: both headers field by
field, permissions of sections, relocations, instructions. The rules are in
imagefile.py; here they are applied, compared with what objdump and file say,
and each is seen to fail on a copy with that field broken.
"""

import copy
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "scripts"), str(Path(__file__).resolve().parent)]

import imagefile  # noqa: E402
from assay import elf  # noqa: E402

# make check names the Image of the defconfig; by hand it is that of the build directory.
OBJ = Path(os.environ.get("ASSAY_IMAGE") or Path(os.environ.get("ASSAY_OBJ") or TOP) / "Image").parent


def find_objdump():
    for name in ("aarch64-linux-gnu-objdump", "objdump"):
        if shutil.which(name):
            return name
    pytest.fail("no objdump for arm64: run scripts/setup (package binutils-aarch64-linux-gnu)")
    return None


def run(*args):
    return subprocess.run([str(arg) for arg in args], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session", name="ours")
def fixture_ours():
    path = OBJ / "assay.elf"
    if not path.is_file():
        pytest.fail(f"{path} is not there: make builds it; ASSAY_OBJ= names another build directory")
    return elf.Elf(path)


@pytest.fixture(scope="session", name="data")
def fixture_data(ours):
    assert ours
    return (OBJ / "Image").read_bytes()


@pytest.fixture(scope="session", name="image")
def fixture_image(data):
    return imagefile.Image(data)


# -- what is built ----------------------------------------------------------------


def test_image(data, ours):
    assert not imagefile.check_image(data, ours)


def test_elf(ours):
    assert not imagefile.check_elf(ours)


def test_file_agrees():
    """file knows both formats; -k has it name all that match."""
    text = run("file", "-k", "-b", OBJ / "Image")
    assert re.search(r"Linux kernel ARM64 boot executable Image, little-endian, 4K pages", text)
    assert re.search(r"PE32\+ executable \(EFI application\) Aarch64.*, 3 sections", text)


def test_objdump_agrees(image):
    """The same numbers, read by another's code."""
    text = run(find_objdump(), "-p", "-h", "-f", OBJ / "Image")
    assert "file format pei-aarch64-little" in text and "architecture: aarch64" in text
    for name in ("SizeOfCode", "SizeOfInitializedData", "AddressOfEntryPoint", "BaseOfCode", "SectionAlignment",
                 "FileAlignment", "SizeOfImage", "SizeOfHeaders", "Subsystem", "DllCharacteristics", "CheckSum"):
        found = re.search(rf"^{name}\s+([0-9a-f]+)", text, re.M)
        assert int(found[1], 16) == image.optional.fields[name], name
    assert "(EFI application)" in text and "NX_COMPAT" in text
    entry = re.search(r"start address 0x([0-9a-f]+)", text)
    assert int(entry[1], 16) == image.optional.fields["AddressOfEntryPoint"]
    rows = re.findall(r"^ +\d+ (\S+) +([0-9a-f]{8}) +([0-9a-f]{16}) +[0-9a-f]{16} +([0-9a-f]{8}) .*\n +(.*)$",
                      text, re.M)
    assert len(rows) == len(image.sections) == 3
    for (name, size, address, offset, flags), section in zip(rows, image.sections):
        fields = section.fields
        assert name.encode() == fields["Name"].rstrip(b"\0")
        assert (int(size, 16), int(address, 16), int(offset, 16)) == (
            fields["SizeOfRawData"], fields["VirtualAddress"], fields["PointerToRawData"]), name
        assert ("READONLY" in flags) == (not fields["Characteristics"] & imagefile.SCN_WRITE), name
        assert ("CODE" in flags) == bool(fields["Characteristics"] & imagefile.SCN_EXECUTE), name


def test_first_instructions(ours):
    """Entered as a Linux Image, the first word does nothing and the second jumps to the entry."""
    text = run(find_objdump(), "-D", "-b", "binary", "-m", "aarch64", "--stop-address=8", OBJ / "Image")
    lines = re.findall(r"^ +[04]:\t[0-9a-f]{8} \t(\S+)\t?(.*)$", text, re.M)
    assert lines[0][0] == "ccmp"
    assert lines[1][0] == "b" and int(lines[1][1], 16) == ours.symbols["entry_image"].value


# -- the rules fail where they should ---------------------------------------------------

# where, field, bad value (or a function of the good one), name of the rule
BROKEN = [
    ("arm64", "code0", 0x14000000, "code0"),
    ("arm64", "code0", 0x91005A4D, "code0"),
    ("arm64", "code1", 0xD503201F, "code1"),
    ("arm64", "code1", lambda v: v + 1, "code1"),
    ("arm64", "code1", lambda v: (v & ~0x3FFFFFF) | 0x3FFFFFF, "code1"),
    ("arm64", "text_offset", 0x80000, "text_offset"),
    ("arm64", "image_size", lambda v: v - 0x10000, "image_size"),
    ("arm64", "image_size", 0, "image_size"),
    ("arm64", "flags", lambda v: v | 1, "flags"),
    ("arm64", "flags", lambda v: v | 4, "flags"),
    ("arm64", "flags", lambda v: v & ~8, "flags"),
    ("arm64", "flags", lambda v: v | 16, "flags"),
    ("arm64", "res2", 1, "res2"),
    ("arm64", "res3", 1, "res3"),
    ("arm64", "res4", 1, "res4"),
    ("arm64", "magic", b"ARM\x65", "magic"),
    ("arm64", "res5", lambda v: v + 4, "res5"),
    ("coff", "Signature", b"PE\0\1", "Signature"),
    ("coff", "Machine", 0x8664, "Machine"),
    ("coff", "NumberOfSections", 2, "NumberOfSections"),
    ("coff", "NumberOfSections", 4, "NumberOfSections"),
    ("coff", "TimeDateStamp", 1, "TimeDateStamp"),
    ("coff", "PointerToSymbolTable", 0x200, "PointerToSymbolTable"),
    ("coff", "NumberOfSymbols", 1, "NumberOfSymbols"),
    ("coff", "SizeOfOptionalHeader", lambda v: v - 8, "SizeOfOptionalHeader"),
    ("coff", "Characteristics", lambda v: v | 1, "Characteristics"),
    ("coff", "Characteristics", lambda v: v & ~2, "Characteristics"),
    ("coff", "Characteristics", lambda v: v & ~0x20, "Characteristics"),
    ("coff", "Characteristics", lambda v: v | 0x2000, "Characteristics"),
    ("optional", "Magic", 0x10B, "Magic"),
    ("optional", "SizeOfCode", lambda v: v + 0x200, "SizeOfCode"),
    ("optional", "SizeOfInitializedData", lambda v: v - 0x200, "SizeOfInitializedData"),
    ("optional", "SizeOfUninitializedData", 0x200, "SizeOfUninitializedData"),
    ("optional", "AddressOfEntryPoint", 0, "AddressOfEntryPoint"),
    ("optional", "AddressOfEntryPoint", lambda v: v + 4, "AddressOfEntryPoint"),
    ("optional", "BaseOfCode", 0, "BaseOfCode"),
    ("optional", "ImageBase", 0x10000, "ImageBase"),
    ("optional", "SectionAlignment", 0x1000, "SectionAlignment"),
    ("optional", "FileAlignment", 0x300, "FileAlignment"),
    ("optional", "FileAlignment", 0x20, "FileAlignment"),
    ("optional", "Win32VersionValue", 1, "Win32VersionValue"),
    ("optional", "SizeOfImage", lambda v: v - 0x10000, "SizeOfImage"),
    ("optional", "SizeOfImage", lambda v: v + 1, "SizeOfImage"),
    ("optional", "SizeOfHeaders", 0x100, "SizeOfHeaders"),
    ("optional", "SizeOfHeaders", lambda v: v * 2, "SizeOfHeaders"),
    ("optional", "CheckSum", 1, "CheckSum"),
    ("optional", "Subsystem", 11, "Subsystem"),
    ("optional", "DllCharacteristics", 0, "DllCharacteristics"),
    ("optional", "DllCharacteristics", lambda v: v | 0x8000, "DllCharacteristics"),
    ("optional", "SizeOfStackReserve", 1, "SizeOfStackReserve"),
    ("optional", "SizeOfStackCommit", 1, "SizeOfStackCommit"),
    ("optional", "SizeOfHeapReserve", 1, "SizeOfHeapReserve"),
    ("optional", "SizeOfHeapCommit", 1, "SizeOfHeapCommit"),
    ("optional", "LoaderFlags", 1, "LoaderFlags"),
    ("optional", "NumberOfRvaAndSizes", 6, "NumberOfRvaAndSizes"),
]
for index, section_name in enumerate((".text", ".rodata", ".data")):
    BROKEN += [(index, field, value, f"{section_name} {field}") for field, value in (
        ("VirtualSize", lambda v: 0),
        ("VirtualAddress", lambda v: v + 0x10000),
        ("VirtualAddress", lambda v: v + 0x1000),
        ("PointerToRawData", lambda v: v - 0x200),
        ("SizeOfRawData", lambda v: v + 0x200000),
        ("SizeOfRawData", lambda v: v - 1),
        ("PointerToRelocations", 0x200),
        ("PointerToLinenumbers", 0x200),
        ("NumberOfRelocations", 1),
        ("NumberOfLinenumbers", 1),
        ("Characteristics", lambda v: v | imagefile.SCN_WRITE | imagefile.SCN_EXECUTE),
        ("Characteristics", lambda v: v & ~imagefile.SCN_READ),
        ("Characteristics", lambda v: v | 0x02000000),
        ("Characteristics", lambda v: v ^ 0x60),
    ) if field != "VirtualSize"]


@pytest.mark.parametrize("where,field,bad,rule", BROKEN,
                         ids=[f"{i}-{rule.replace(' ', '-')}" for i, (*_, rule) in enumerate(BROKEN)])
def test_broken_field_is_found(data, ours, image, where, field, bad, rule):
    offset, fmt = image.position(where, field)
    good = struct.unpack_from("<" + fmt, data, offset)[0]
    value = bad(good) if callable(bad) else bad
    assert value != good
    broken = bytearray(data)
    struct.pack_into("<" + fmt, broken, offset, value)
    problems = imagefile.check_image(broken, ours)
    # A header that is looked for elsewhere has no field to blame.
    assert any(problem.startswith((rule, "headers", "Signature")) for problem in problems), problems


def test_every_field_was_broken():
    """A field that is read and never judged would be one that nobody checks."""
    judged = {(where if isinstance(where, str) else "section", field) for where, field, *_ in BROKEN}
    fields = {(kind, name) for kind, layout in (
        ("arm64", imagefile.ARM64_FIELDS), ("coff", imagefile.COFF_FIELDS), ("optional", imagefile.OPTIONAL_FIELDS),
        ("section", imagefile.SECTION_FIELDS)) for name in layout}
    # Names are free; sizes in memory are judged by what they do to SizeOfImage and the sections of the ELF file.
    assert fields - judged == {("section", "Name"), ("section", "VirtualSize")}


@pytest.mark.parametrize("index,rule", [(0, ".text"), (1, ".rodata"), (2, ".data")])
def test_section_too_small_in_memory(data, ours, image, index, rule):
    broken = bytearray(data)
    offset, _ = image.position(index, "VirtualSize")
    struct.pack_into("<I", broken, offset, 0x200)
    problems = imagefile.check_image(broken, ours)
    assert any(rule in problem for problem in problems) and len(problems) > 1


def test_section_permissions_swapped(data, ours, image):
    """Each section by itself is W^X; only the ELF file tells that it is the wrong one."""
    broken = bytearray(data)
    positions = [image.position(n, "Characteristics")[0] for n in (1, 2)]
    values = [struct.unpack_from("<I", data, at)[0] for at in positions]
    for at, value in zip(positions, reversed(values)):
        struct.pack_into("<I", broken, at, value)
    problems = imagefile.check_image(broken, ours)
    assert any(".data.rel.ro right to write" in problem for problem in problems), problems


def test_directory_not_empty(data, ours, image):
    broken = bytearray(data)
    struct.pack_into("<II", broken, image.optional.start + imagefile.DIRECTORIES + 5 * 8, 0x1000, 8)
    assert any(problem.startswith("DataDirectory") for problem in imagefile.check_image(broken, ours))


@pytest.mark.parametrize("change,rule", [
    (lambda data: data[:-512], "length"),
    (lambda data: data + bytes(512), "length"),
    (lambda data: data[:0x20000] + bytes([data[0x20000] ^ 1]) + data[0x20001:], ".text"),
    (lambda data: data[:60], "headers"),
])
def test_broken_file_is_found(data, ours, change, rule):
    problems = imagefile.check_image(change(data), ours)
    assert any(rule in problem for problem in problems), problems


def test_checksum_rule(data, ours, image):
    """A right checksum is as good as none."""
    right = bytearray(data)
    offset, _ = image.position("optional", "CheckSum")
    struct.pack_into("<I", right, offset, imagefile.pe_checksum(data, offset))
    assert not imagefile.check_image(right, ours)


@pytest.fixture(name="other")
def fixture_other(ours):
    """A copy of the ELF file's description, to be broken."""
    other = copy.copy(ours)
    other.relocations = list(ours.relocations)
    other.segments = list(ours.segments)
    other.symbols = dict(ours.symbols)
    other.sections = list(ours.sections)
    return other


@pytest.mark.parametrize("change,rule", [
    ({"type": 257}, "type"), ({"symbol": 5}, "symbol"), ({"offset": 0x10008}, "maps writable"),
    ({"addend": -8}, "points outside"), ({"addend": 1 << 32}, "points outside"), ({"section": ".rela.text"}, "section"),
])
def test_broken_relocation_is_found(other, change, rule):
    other.relocations[0] = other.relocations[0]._replace(**change)
    assert any(rule in problem for problem in imagefile.check_elf(other))


def test_relocation_in_rodata_is_found(other):
    rodata = other.section(".rodata").addr
    other.relocations.append(other.relocations[0]._replace(offset=rodata))
    assert any(f"{rodata:#x}: is outside" in problem for problem in imagefile.check_elf(other))


def test_broken_elf_is_found(other):
    load = next(segment for segment in other.segments if segment.type == elf.PT_LOAD)
    other.type = 2
    other.segments += [load._replace(type=elf.PT_INTERP), load._replace(flags=7)]
    other.symbols["missing"] = elf.Symbol("missing", 0, 0, 0, 1, 0)
    other.symbols["weak"] = elf.Symbol("weak", 0, 0, 0, 2, 1)
    other.symbols["__aarch64_ldadd4_acq"] = elf.Symbol("__aarch64_ldadd4_acq", 0, 0, 2, 1, 1)
    text = "\n".join(imagefile.check_elf(other))
    for rule in ("e_type", "dynamic loader", "writable and executable", "undefined", "weak", "outlined"):
        assert rule in text


# -- instructions ------------------------------------------------------------------

# The image runs where these trap, fault or do not exist: FP and SIMD may be
# trapped, LSE is Armv8.1, DC ZVA faults with the MMU off, set/way operations
# are never right on a running machine.
FORBIDDEN = {
    "FP or SIMD register": re.compile(r"\t[^\t]+\t(?:.*[ ,{\[])?[vqdshbzp](?:[12]?\d|3[01])(?:[.,}\]/ ]|$)"),
    "LSE atomic": re.compile(r"\t(?:cas|swp|ld(?:add|clr|eor|set|[su]m(?:ax|in))|st(?:add|clr|eor|set|[su]m(?:ax|in)))"
                             r"[a-z]*\t"),
    "call of an outlined atomic": re.compile(r"<__aarch64_(?:cas|swp|ld)"),
    "DC ZVA": re.compile(r"\tdc\tg?zva"),
    "operation by set/way": re.compile(r"\tdc\tc?i?sw"),
}


def library_functions(name, *members):
    """What members of one of Debian's libraries define: compiled with other options than ours."""
    for root in (os.environ.get("GNUEFI"), os.environ.get("LIBFDT"), TOP / "build" / "sysroot"):
        for directory in ("usr/lib", "usr/lib/aarch64-linux-gnu", "usr/lib64", "lib"):
            path = Path(root or "/nowhere") / directory / name
            if path.is_file():
                text = run(find_objdump(), "-t", path)
                blocks = re.split(r"^(\S+): +file format.*$", text, flags=re.M)[1:]
                return {line.split()[-1] for member, block in zip(blocks[::2], blocks[1::2])
                        if not members or member in members
                        for line in block.splitlines() if " F .text" in line}
    return set()


def functions_for_fp():
    """What the objects define whose Makefiles let them use FP: for tests of it, and to keep its state."""
    found = set()
    for makefile in [*TOP.glob("arch/**/Makefile"), *TOP.glob("tests/*/Makefile")]:
        for name in re.findall(r"^[AC]FLAGS_REMOVE_(\S+\.o) := -mgeneral-regs-only$", makefile.read_text(), re.M):
            symbols = run(find_objdump(), "-t", OBJ / makefile.parent.relative_to(TOP) / name)
            found |= {line.split()[-1] for line in symbols.splitlines() if " F " in line}
    return found


def find_forbidden(text, allowed=()):
    """[(what, function, line)] in a disassembly."""
    found, function = [], ""
    for line in text.splitlines():
        if match := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function = match[1]
        elif line.startswith(" ") and "\t" in line and "\tudf\t" not in line and "\t.word\t" not in line:
            # Neither the label of a jump's target nor a comment is an operand.
            plain = re.sub(r"\s*(//.*|<[^>]*>)$", "", line)
            found += [(what, function, line.strip()) for what, pattern in FORBIDDEN.items()
                      if pattern.search(line if "outlined" in what else plain)
                      and not (what.startswith("FP") and function in allowed)]
    return found


def test_no_forbidden_instruction(ours):
    """gnu-efi's printing uses SIMD: it is linked because its other files name it, and nothing of ours calls it."""
    assert ours
    text = run(find_objdump(), "-d", OBJ / "assay.elf")
    assert text.count("\n") > 1000
    printing = library_functions("libefi.a", "print.o")
    assert not find_forbidden(text, printing | functions_for_fp())


def test_nothing_of_ours_calls_simd_in_a_library():
    printing = library_functions("libefi.a", "print.o")
    archives = [path for path in OBJ.glob("*/**/built-in.a") if path.is_file()]
    assert archives, f"no built-in.a below {OBJ}"
    for archive in archives:
        text = run(find_objdump(), "-r", archive)
        calls = {match[1] for match in re.finditer(r"R_AARCH64_(?:CALL26|JUMP26|ADR\S*|ABS64)\s+([\w.]+)", text)}
        assert not calls & printing, f"{archive}: {calls & printing}"


@pytest.mark.parametrize("what,code", [
    ("FP or SIMD register", "fmov d0, x1"), ("FP or SIMD register", "stp q0, q1, [sp, #-32]!"),
    ("FP or SIMD register", "movi v3.16b, #0"), ("FP or SIMD register", "ldr s31, [x0]"),
    ("FP or SIMD register", "ld1 {v0.8b}, [x0]"), ("FP or SIMD register", "scvtf d1, w2"),
    ("LSE atomic", "ldaddal w0, w1, [x2]"), ("LSE atomic", "casp x0, x1, x2, x3, [x4]"),
    ("LSE atomic", "swp w0, w1, [x2]"), ("LSE atomic", "stset w1, [x2]"),
    ("call of an outlined atomic", "bl __aarch64_ldadd4_acq"),
    ("DC ZVA", "dc zva, x0"), ("operation by set/way", "dc cisw, x0"), ("operation by set/way", "dc isw, x0"),
])
def test_forbidden_instruction_is_found(tmp_path, what, code):
    source = tmp_path / "code.s"
    source.write_text(f".arch armv8.1-a\n.globl fn, __aarch64_ldadd4_acq\n.type fn, %function\nfn: {code}\nret\n"
                      "__aarch64_ldadd4_acq: ret\n")
    run(find_objdump().replace("objdump", "as"), "-o", tmp_path / "code.o", source)
    found = find_forbidden(run(find_objdump(), "-d", "-r", tmp_path / "code.o"))
    assert [name for name, *_ in found] == [what], found


def test_harmless_instructions_are_not_found(tmp_path):
    """Names that look like registers, and what Armv8.0 has."""
    source = tmp_path / "code.s"
    source.write_text("fn: b.eq b5\nmrs x0, s3_0_c1_c2_3\nldr x0, [sp, #8]\nldaxr w0, [x1]\nstlxr w2, w0, [x1]\n"
                      "dc civac, x0\nmov x0, #0xd0\nb5: b q0\nq0: ret\nldtr x0, [x1]\nstlr w0, [x1]\n")
    run(find_objdump().replace("objdump", "as"), "-o", tmp_path / "code.o", source)
    assert not find_forbidden(run(find_objdump(), "-d", tmp_path / "code.o"))
