# SPDX-License-Identifier: BSD-2-Clause
"""Planted defects: how entries are read, planted and judged."""

import shutil
import subprocess
from pathlib import Path

import pytest
from runnertest import TOP, log_text

from assay import acpi, defects, dtb, ktap, verdict
from assay.platform import Platform
from assay.process import Ending
from assay.qemu import Setup
from assay.status import UsageError

ENTRY = """
[one]
about = "x"
source = "y"
platform = "direct"
append = "fnord"
caught_by = ["dt.timer_interrupts_are_ppis"]
"""


def load(folder, text):
    (folder / "d.toml").write_text(text)
    return defects.load_all(folder)


def result(log):
    text = log_text(log) if log in ("good", "failures") else log
    ending = Ending("exit", 0, "", 1.0, len(text))
    return verdict.make_result(Platform(name="p", about="x"), ktap.parse(text), ending, Path("p.log"))


@pytest.mark.parametrize("old, new, words", [
    ('about = "x"', "", r"\[one\] lacks about"),
    ('append = "fnord"', "", "plants nothing"),
    ("append", "apend", "unknown key 'apend'"),
    ('append = "fnord"', "append = 3", "append is 3, expected str"),
    ('append = "fnord"', 'tree = [{ nod = "/" }]', "tree has unknown keys: nod"),
    ('append = "fnord"', 'replaces = { colour = "blue" }', "replaces what no platform has: colour"),
    ('append = "fnord"', 'replaces = { smp = "2" }', "smp is '2', expected int"),
    ('caught_by = ["dt.timer_interrupts_are_ppis"]', "", "give the cases that catch it"),
    ('caught_by = ["dt.timer_interrupts_are_ppis"]', 'status = "sad"', "status is 'sad', expected one of"),
    ("[one]", "", "stands outside of a table"),
])
def test_a_bad_entry_is_named(tmp_path, old, new, words):
    with pytest.raises(UsageError, match=words):
        load(tmp_path, ENTRY.replace(old, new))


def test_names_are_unique_over_all_files(tmp_path):
    (tmp_path / "a.toml").write_text(ENTRY)
    with pytest.raises(UsageError, match="a second defect of the name one"):
        load(tmp_path, ENTRY)


def test_every_defect_of_the_tree_loads_and_names_a_platform():
    found = defects.load_all(TOP / "tests" / "defects")
    platforms = {path.stem for path in (TOP / "tests" / "platforms").glob("*.toml")}
    assert found
    assert {defect.platform for defect in found} <= platforms


def test_caught():
    defect = defects.Defect("d", caught_by=["dt.timer_interrupts_are_ppis"], says=["/timer", "cell 3"])
    assert defects.problems(defect, result("failures"), result("good")) == []


@pytest.mark.parametrize("changes, log, words", [
    ({}, "good", 'expected a whole verdict with failures, got "good"'),
    ({}, "assay 0.1.0\n", 'got "no whole verdict"'),
    ({"caught_by": ["dt.header"]}, "failures", "dt.header should catch it, and came out as PASS"),
    ({"caught_by": ["dt.gone"]}, "failures", "dt.gone should catch it, and there is no such case"),
    ({"says": ["cell 4"]}, "failures", 'its lines lack "cell 4"'),
    ({"only": True}, "failures", "lib.strlen: missing, without the defect PASS"),
    ({"caught_by": [], "status": "crash"}, "failures", 'expected the run to end with "crash", got "failures"'),
])
def test_not_caught(changes, log, words):
    defect = defects.Defect("d", **{"caught_by": ["dt.timer_interrupts_are_ppis"], **changes})
    assert any(words in line for line in defects.problems(defect, result(log), result("good")))


def test_never_failed():
    known = ["dt.header", "dt.slow", "lib.strlen"]
    assert defects.never_failed(known, [result("failures")]) == ["dt.header", "lib.strlen"]
    assert defects.never_failed(["lib.sort", "lib.strlen"], [result("good")]) == ["lib.strlen"]     # an XFAIL is one


TREE = """/dts-v1/;
/ { compatible = "a"; timer { interrupts = <1 2 3>; }; gone { }; };
"""


@pytest.fixture(name="tree")
def fixture_tree(tmp_path):
    if not shutil.which("dtc"):
        pytest.skip("dtc is not installed: Debian package device-tree-compiler")
    path = tmp_path / "t.dtb"
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", path, "-"], input=TREE, text=True, check=True)
    return path


def source_of(path):
    done = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", path], capture_output=True, text=True, check=True)
    return done.stdout


def test_trees_are_edited(tree):
    for change in [{"node": "/timer", "property": "interrupts", "cells": [7, 8]},
                   {"node": "/", "property": "compatible", "strings": ["b", "c"]},
                   {"node": "/timer", "property": "raw", "bytes": [1, 2, 3]},
                   {"node": "/gone", "delete": True},
                   {"node": "/new", "create": True},
                   {"node": "/new", "property": "empty", "cells": []}]:
        dtb.edit(tree, change)
    dtb.reserve(tree, [(0x1000, 0x20)])
    text = source_of(tree)
    for words in ["interrupts = <0x07 0x08>", 'compatible = "b\\0c"', "raw = [01 02 03]", "new {", "empty;",
                  "/memreserve/\t0x0000000000001000 0x0000000000000020"]:
        assert words in text, text
    assert "gone" not in text
    dtb.edit(tree, {"node": "/timer", "property": "raw", "delete": True})
    assert "raw" not in source_of(tree)


def test_bytes_are_patched_inside_the_file_only(tree):
    dtb.patch(tree, 0, b"\x00\x01")
    assert tree.read_bytes()[:4] == b"\x00\x01\xfe\xed"
    with pytest.raises(UsageError, match="lies behind its end"):
        dtb.patch(tree, 1 << 20, b"\0")


def test_a_defect_reaches_platform_and_setup(tmp_path):
    image = tmp_path / "Image"
    image.write_bytes(b"0123456789")
    setup = Setup(image=image, logs=tmp_path)
    platform = Platform(name="p", about="x", append="el=1", machine_options={"its": "on"}, qemu_args=["-a"])
    defect = defects.Defect("d", append="fnord", machine_options={"its": "off"}, qemu_args=["-b"],
                            image_bytes=[{"offset": 2, "bytes": "4142"}])
    planted, planted_setup = defects.plant(defect, platform, platform, setup, None)
    assert (planted.name, planted.append) == ("d", "el=1 fnord")
    assert planted.machine_options == {"its": "off"}
    assert planted.qemu_args == ["-a", "-b"]
    assert planted_setup.image.read_bytes() == b"01AB456789"
    assert image.read_bytes() == b"0123456789"


def table(signature, data=b""):
    body = bytearray(signature + (36 + len(data)).to_bytes(4, "little") + bytes(28) + data)
    body[9] = -sum(body) & 0xff
    return bytes(body)


@pytest.fixture(name="tables")
def fixture_tables():
    """RAM with an RSDP at its start, XSDT, a MADT, and what finds them."""
    base, memory = 0x40000000, bytearray(0x1000)
    memory[0x100:0x100 + 40] = table(b"APIC", b"\1\2\3\4")
    xsdt = table(b"XSDT", (base + 0x100).to_bytes(8, "little"))
    memory[0x200:0x200 + len(xsdt)] = xsdt
    memory[:36] = b"RSD PTR " + bytes(7) + b"\2" + bytes(4) + (36).to_bytes(4, "little") \
        + (base + 0x200).to_bytes(8, "little") + bytes(4)
    return acpi.find_tables(acpi.Memory(bytes(memory)), base)


def test_tables_are_found(tables):
    assert {name: found.address for name, found in tables.items()} == {
        "RSDP": 0x40000000, "XSDT": 0x40000200, "APIC": 0x40000100}
    assert tables["APIC"].data[36:] == b"\1\2\3\4"


def test_an_edit_fixes_the_checksum_unless_told_not_to(tables):
    edit = {"table": "APIC", "offset": 37, "bytes": "09", "was": "02"}
    checksum = (tables["APIC"].data[9] - 7) & 0xff
    assert acpi.shell_commands(tables, [edit]) == (
        f"mm 0x40000109 {checksum:#04x} -w 1 -n", "mm 0x40000125 0x09 -w 1 -n")
    assert acpi.shell_commands(tables, [{**edit, "keep_checksum": True}]) == ("mm 0x40000125 0x09 -w 1 -n",)


@pytest.mark.parametrize("edit, words", [
    ({"table": "GTDT", "offset": 0, "bytes": "00"}, "there is no table GTDT; there are RSDP, XSDT, APIC"),
    ({"table": "APIC", "offset": 40, "bytes": "00"}, "APIC has 40 bytes, none at offset 40"),
    ({"table": "APIC", "offset": 36, "bytes": "01"}, "nothing is planted"),
    ({"table": "APIC", "offset": 36, "bytes": "05", "was": "02"}, "APIC holds 01 at offset 36, expected 02"),
    ({"table": "APIC", "offset": 0, "address_of": "MCFG"}, "there is no table MCFG"),
])
def test_an_edit_that_makes_no_sense_is_told(tables, edit, words):
    with pytest.raises(UsageError, match=words):
        acpi.shell_commands(tables, [edit])
