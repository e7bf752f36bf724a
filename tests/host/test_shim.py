# SPDX-License-Identifier: BSD-2-Clause
"""Code planted in a copy of the Image: where it goes, and what is refused."""

import shutil
import struct

import pytest
from runnertest import TOP

import hosttest
import mutate_base
from assay import defects, libdefects, shim
from assay.elf import Elf
from assay.platform import Platform
from assay.status import UsageError

NOP = struct.pack("<I", 0xd503201f)
DIRECT = Platform(name="direct", about="x")
EDK2 = Platform(name="edk2", about="x", firmware="edk2")


def branch_target(data, at):
    word, = struct.unpack_from("<I", data, at)
    assert word >> 26 == 0b000101, f"no branch at {at:#x}: {word:#x}"
    return at + ((word & 0x3ffffff) ^ 0x2000000) * 4 - 0x8000000


@pytest.fixture(name="build", scope="module")
def fixture_build():
    """(Image, assay.elf) of the build that is tested."""
    for tool in ("as", "ld", "nm", "objcopy"):
        if not shutil.which(f"{shim.PREFIX}{tool}"):
            pytest.skip("the cross binutils are not installed: Debian package binutils-aarch64-linux-gnu")
    image, elf = hosttest.OUT / "Image", hosttest.OUT / "assay.elf"
    if not image.is_file():
        image, elf = (hosttest.OUT / "variants" / "defconfig" / name for name in ("Image", "assay.elf"))
    if not image.is_file():
        pytest.skip("there is no Image: run make")
    return image, elf


def plant(build, folder, platform=DIRECT, **keys):
    path = shim.plant(defects.Defect("d", **keys), platform, *build, folder)
    return path.read_bytes()


def changed(build, data):
    """Offsets of the words that differ from the Image's."""
    clean = build[0].read_bytes()
    assert len(clean) == len(data)
    return [at for at in range(0, len(data) - 3, 4) if data[at:at + 4] != clean[at:at + 4]]


def test_entry_of_the_boot_protocol_leads_through_planted_code(build, tmp_path):
    data, elf = plant(build, tmp_path, entry_asm=["nop"]), Elf(build[1])
    start = branch_target(data, shim.CODE1_AT)
    assert elf.symbols["_text"].value < start < elf.symbols["_text_end"].value or start < elf.symbols["_text"].value
    first = branch_target(data, start)
    assert data[first:first + 4] == NOP
    assert branch_target(data, first + 4) == elf.symbols["entry_image"].value
    assert [at for at in changed(build, data) if at < start] == [shim.CODE1_AT]


def test_entry_of_uefi_leads_through_planted_code(build, tmp_path):
    data, elf = plant(build, tmp_path, EDK2, entry_asm=["nop"]), Elf(build[1])
    pe, = struct.unpack_from("<I", data, shim.PE_AT)
    start, = struct.unpack_from("<I", data, pe + 40)
    assert branch_target(data, branch_target(data, start) + 4) == elf.symbols["entry_efi"].value
    assert changed(build, data)[0] == pe + 40


@pytest.mark.parametrize("platform, entry", [(DIRECT, shim.IMAGE_ENTRY), (EDK2, shim.EFI_ENTRY)],
                         ids=lambda value: getattr(value, "name", None))
def test_code_behind_the_capture_comes_back(build, tmp_path, platform, entry):
    """To the instruction behind the one it took the place of, which it does itself."""
    data, clean = plant(build, tmp_path, platform, captured_asm=["nop"]), build[0].read_bytes()
    symbol = Elf(build[1]).symbols[entry[0]]
    hook, = [at for at in changed(build, data) if symbol.value <= at < symbol.value + symbol.size]
    code = branch_target(data, branch_target(data, hook))
    assert data[code:code + 8] == NOP + clean[hook:hook + 4]
    assert branch_target(data, code + 8) == hook + 4


def test_an_instruction_is_replaced(build, tmp_path):
    data = plant(build, tmp_path, code=[{"in": "entry_image", "was": "msr daifset, #0xf", "now": "nop"}])
    at, = changed(build, data)
    assert data[at:at + 4] == NOP


@pytest.mark.parametrize("keys, words", [
    ({"code": [{"in": "entry_image", "was": "hlt #77", "now": "nop"}]},
     "entry_image has 0 times instead of once: hlt #77"),
    ({"code": [{"in": "nobody", "was": "nop", "now": "nop"}]}, "assay.elf has no such symbol"),
    ({"entry_asm": ["b nowhere"]}, "needs nowhere, and assay.elf has no such symbol"),
    ({"entry_asm": ["fnord x0"]}, "(?s)planted.S:.*fnord"),
    ({"entry_asm": [".skip 1 << 20"]}, "no room for 10485.. bytes of planted code"),
])
def test_what_cannot_be_planted_is_told(build, tmp_path, keys, words):
    with pytest.raises(UsageError, match=words):
        plant(build, tmp_path, **keys)


def test_functions_of_one_name_are_told_apart(build, tmp_path):
    """Which of them it would be is chance: the message names the file of each."""
    elf = Elf(build[1])
    files = [source for source, _ in elf.functions("get_u64")]
    assert len(files) > 1 and len(set(files)) == len(files)
    with pytest.raises(UsageError, match=f"functions have the name get_u64.*{files[0]}.*{files[1]}"):
        plant(build, tmp_path, code=[{"in": "get_u64", "was": "nop", "now": "nop"}])


def test_no_zero_bytes_no_room(build, tmp_path):
    """Code and headers that are full to the end are left alone."""
    data = bytearray(build[0].read_bytes())
    symbols = Elf(build[1]).symbols
    data[symbols["_text"].value - 1] = data[symbols["_text_end"].value - 1] = 1
    full = tmp_path / "full"
    full.write_bytes(data)
    with pytest.raises(UsageError, match="there are 0, 0 zero bytes"):
        plant((full, build[1]), tmp_path, entry_asm=["nop"])


def test_full_code_leaves_the_headers(build, tmp_path):
    data = bytearray(build[0].read_bytes())
    text = Elf(build[1]).symbols["_text"].value
    data[Elf(build[1]).symbols["_text_end"].value - 1] = 1
    full = tmp_path / "full"
    full.write_bytes(data)
    assert branch_target(plant((full, build[1]), tmp_path, entry_asm=["nop"]), shim.CODE1_AT) < text


@pytest.mark.parametrize("boot, firmware, efi", [
    ("kernel", "none", False), ("booti", "u-boot", False), ("kernel", "edk2", True), ("disk", "u-boot", True),
    ("shell", "edk2", True)])
def test_way_in(boot, firmware, efi):
    assert shim.enters_by_efi(Platform(name="p", about="x", boot=boot, firmware=firmware)) is efi


def test_lines_of_assembler_are_strings(tmp_path):
    (tmp_path / "d.toml").write_text('[one]\nabout = "x"\nsource = "y"\nplatform = "direct"\nentry_asm = [3]\n'
                                     'caught_by = ["boot.register_dump"]\n')
    with pytest.raises(UsageError, match="entry_asm holds something that is not a line of assembler"):
        defects.load_all(tmp_path)


def test_every_include_of_a_planted_entry_is_there():
    planted = [line for defect in defects.load_all(TOP / "tests" / "defects") for line in defect.entry_asm]
    names = {line.split('"')[1] for line in planted if ".include" in line}
    assert names == {path.name for path in shim.SHIMS.glob("*.inc")}


@pytest.mark.parametrize("lines, status, cases, problems", [
    (["seen to fail: a b", "lib/base: 2 of 2 planted defects caught"], 0, {"lib.a", "lib.b"}, []),
    (["NOT CAUGHT x", "seen to fail: a", "lib/base: 1 of 2"], 1, {"lib.a"}, ["NOT CAUGHT x", "lib/base: 1 of 2"]),
    (["seen to fail:", "lib/base: 0 of 0"], 0, set(), ["saw no case fail"]),
    ([], 1, set(), ["no output"]),
])
def test_what_the_defects_of_lib_came_to(lines, status, cases, problems):
    assert libdefects.SEEN == mutate_base.SEEN
    found = libdefects.judge(lines, status)
    assert found.cases == cases
    assert len(found.problems) == len(problems)
    assert all(want in line for want, line in zip(problems, found.problems))
