# SPDX-License-Identifier: BSD-2-Clause
"""Platform files: inheritance, and what is said about a bad one."""

import shutil
import subprocess

import pytest
from runnertest import TOP

from assay import dtb, environment
from assay.platform import PlatformSet
from assay.status import UsageError

needs_dtc = pytest.mark.skipif(not (shutil.which("dtc") and shutil.which("fdtget")), reason="no device tree compiler")

BASE = """
about = "the base"
smp = 2
[machine_options]
gic-version = 2
its = "off"
[skips]
"psci.version" = "no PSCI"
"dt.header" = "no tree"
"""


def platforms(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    return PlatformSet(folder)


def test_tables_are_merged_and_entries_taken_away(tmp_path):
    derived = """
base = "base"
about = "derived"
mem = 128
[machine_options]
gic-version = 3
[skips]
"dt.header" = false
"acpi.rsdp" = "no ACPI"
"""
    platform = platforms(tmp_path, base=BASE, derived=derived).load("derived")
    assert platform.name == "derived"
    assert platform.about == "derived"
    assert platform.smp == 2
    assert platform.mem == "128M"
    assert platform.machine_options == {"gic-version": 3, "its": "off"}
    assert platform.skips == {"psci.version": "no PSCI", "acpi.rsdp": "no ACPI"}


@pytest.mark.parametrize("text, message", [
    ('about = "x"\ncolour = "blue"', "unknown key 'colour'"),
    ('about = "x"\nname = "blue"', "unknown key 'name'"),
    ('about = "x"\nsmp = "2"', "smp is '2', expected int"),
    ('about = "x"\nsmp = true', "smp is True, expected int"),
    ('about = "x"\nacpi = "off"', "acpi is 'off', expected bool"),
    ('about = "x"\nqemu_args = ["-s", 1]', "not a string"),
    ('about = "x"\nsets = ["nothing"]', "sets names 'nothing'"),
    ('about = "x"\nboot = "tape"', "boot is 'tape', expected one of kernel, disk"),
    ('about = "x"\nboot = "disk"', "needs a firmware"),
    ('about = "x"\nboot = "booti"', "needs firmware"),
    ('about = "x"\nfirmware = "edk2"\ndtb = "machine"', "needs an EFI system partition"),
    ('smp = 2', "about is missing"),
    ('about = "x"\ntree = [{ nod = "/" }]', "tree has unknown keys: nod"),
    ('about = "x"\nreservation = ["x"]', "reservation has unknown keys: x"),
    ('about = "x"\nboot = "loader"\nfirmware = "edk2"', "without a firmware"),
    ('about = "x"\nacpi_edits = [{ table = "APIC", offset = 1, bytes = "00" }]', "from the EFI shell"),
    ('about = "x"\n[skips]\n"dt" = "reason"', "not of the form"),
    ('about = "x"\n[skips]\n"dt.header" = ""', "needs its reason"),
    ('about = "x"\n[xfails]\n"dt.header" = true', "needs its reason"),
    ('about = "x"\nbase = "nobody"', "base names 'nobody'"),
    ('about = "x"\nbase = 3', "base is 3"),
    ('about = "x"\nbase = "bad"', "round in a circle: bad -> bad"),
    ('about = "x"\nsame_registers_as = "nobody"', "unknown platform 'nobody'"),
    ('about = ', "bad.toml: "),
])
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path, text, message):
    with pytest.raises(UsageError) as error:
        platforms(tmp_path, bad=text).load("bad")
    assert message in str(error.value)
    assert "bad.toml" in str(error.value) or "nobody" in message


def test_sets_are_shared_tables_of_skips(tmp_path):
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "no-dt.toml").write_text('about = "x"\n[skips]\n"dt.a" = "none"\n"dt.b" = "none"')
    text = 'about = "x"\nsets = ["no-dt"]\n[skips]\n"dt.b" = false\n"dt.c" = "other"'
    assert platforms(tmp_path, a=text).load("a").skips == {"dt.a": "none", "dt.c": "other"}
    (tmp_path / "sets" / "no-dt.toml").write_text('about = "x"\n[skip]\n"dt.a" = "none"')
    with pytest.raises(UsageError, match="no-dt.toml: expected about, "):
        platforms(tmp_path, a=text).load("a")


ON = """about = "x"
on = [{ machine = "virt", machine_options.its = ["on", ""], sets = "!no-dt" }, { name = "odd*" }]
[skips]
"its.a" = "set"
[xfails]
"its.b" = "set"
"""


@pytest.mark.parametrize("name, text, skips", [
    ("a", "", ["its.a"]),
    ("a", "machine_options.its = false", []),
    ("a", "machine_options.its = true", ["its.a"]),
    ("a", 'machine = "other"', []),
    ("odd-one", 'machine = "other"', ["its.a"]),
    ("a", 'sets = ["no-dt"]', []),
    ("a", '[skips]\n"its.a" = false', []),
])
def test_a_set_says_where_it_holds(tmp_path, name, text, skips):
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "no-dt.toml").write_text('about = "x"\n[skips]\n')
    (tmp_path / "sets" / "its.toml").write_text(ON)
    platform = platforms(tmp_path, **{name: f'about = "x"\n{text}'}).load(name)
    assert list(platform.skips) == skips
    assert platform.xfails == ({"its.b": "set"} if skips or "skips" in text else {})


@pytest.mark.parametrize("on", ['"virt"', '[{ machin = "virt" }]', '[{ smp = 1 }]'])
def test_a_condition_that_cannot_hold_is_refused(tmp_path, on):
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "its.toml").write_text(f'about = "x"\non = {on}\n[skips]\n')
    with pytest.raises(UsageError, match="its.toml: on"):
        platforms(tmp_path, a='about = "x"').load("a")


def test_an_unknown_platform_lists_those_there_are(tmp_path):
    with pytest.raises(UsageError, match="unknown platform 'b'; there are: base"):
        platforms(tmp_path, base=BASE).load("b")


def test_a_path_is_the_users_own_file(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.toml").write_text('base = "base"\nabout = "mine"\nsmp = 3')
    platform = platforms(tmp_path, base=BASE).load(str(own / "mine.toml"))
    assert (platform.name, platform.smp) == ("mine", 3)


def test_every_platform_of_the_tree_loads():
    found = PlatformSet(TOP / "tests" / "platforms").load_all()
    assert len(found) >= 16
    assert "edk2" in [platform.name for platform in found]


def test_run_leaves_out_expectations_of_other_cases(tmp_path):
    text = 'about = "x"\nrun = "smp,psci.v*"\nappend = "nosuch"'
    platform = platforms(tmp_path, some=text).load("some")
    assert platform.command_line() == "run=smp,psci.v* nosuch"
    assert [case for case in ("smp.calls", "psci.version", "psci.calls", "smpx.y") if platform.runs(case)] \
        == ["smp.calls", "psci.version"]
    assert platforms(tmp_path, all='about = "x"').load("all").runs("dt.header")


SUBNODES = """/dts-v1/;
/ {
	cpus {
		cpu@0 { reg = <0>; };
		cpu@1 { reg = <1>; cache { level = <2>; }; };
		cpu@2 { reg = <2>; };
	};
	memory@0 { };
};
"""


@needs_dtc
def test_subnodes_are_put_in_order(tmp_path):
    source, tree = tmp_path / "a.dts", tmp_path / "a.dtb"
    source.write_text(SUBNODES)
    dtb.compile_source(source, tree)
    dtb.edit(tree, {"node": "/cpus", "order": ["cpu@2", "cpu@1"]})
    names = subprocess.run(["fdtget", "-l", tree, "/cpus"], capture_output=True, text=True, check=True)
    assert names.stdout.split() == ["cpu@2", "cpu@1", "cpu@0"]
    level = subprocess.run(["fdtget", tree, "/cpus/cpu@1/cache", "level"], capture_output=True, text=True,
                           check=True)
    assert level.stdout.strip() == "2"
    with pytest.raises(UsageError, match="no nodes cpu@7"):
        dtb.edit(tree, {"node": "/cpus", "order": ["cpu@7"]})


GRID = """
about = "a grid"
sets = ["one"]
machine_options.dtb-randomness = "off"
[axis.by.direct]
about = "direct"
[axis.by.edk2]
about = "EDK2"
firmware = "edk2"
machine_options.its = "off"
sets = ["two"]
[axis.cpus.1]
[axis.cpus.8]
smp = 8
machine_options.gic-version = 3
"""


def grid(folder, text, **files):
    (folder / "grids").mkdir()
    (folder / "grids" / "all.toml").write_text(text)
    (folder / "sets").mkdir()
    for name in ("one", "two"):
        (folder / "sets" / f"{name}.toml").write_text(f'about = "x"\n[skips]\n"a.{name}" = "why"')
    return platforms(folder, **files)


def test_a_grid_is_a_platform_for_each_of_its_places(tmp_path):
    found = grid(tmp_path, GRID, base=BASE)
    assert found.names() == ["all-direct-1", "all-direct-8", "all-edk2-1", "all-edk2-8", "base"]
    platform = found.load("all-edk2-8")
    assert (platform.name, platform.about) == ("all-edk2-8", "a grid, EDK2")
    assert (platform.firmware, platform.smp) == ("edk2", 8)
    assert platform.machine_options == {"dtb-randomness": "off", "its": "off", "gic-version": 3}
    assert set(platform.skips) == {"a.one", "a.two"}
    assert set(found.load("all-direct-1").skips) == {"a.one"}


@pytest.mark.parametrize("text, message", [
    ('about = "x"', "a grid needs tables"),
    ('about = "x"\n[axis]\ncpus = 3', "axis cpus holds something that is no table"),
    ('about = "x"\nsmp = 1\n[axis.cpus.2]\nsmp = 2', "smp is given twice"),
    ('about = "x"\n[axis.cpus.2]\ncolour = 2', "unknown key 'colour'"),
])
def test_a_bad_grid_is_named_with_what_is_wrong(tmp_path, text, message):
    with pytest.raises(UsageError, match=message) as info:
        grid(tmp_path, text).load_all()
    assert "all.toml" in str(info.value)


@pytest.mark.parametrize("cpus, known", [("", False), ("1", False), ("4", True)])
def test_known_failures_are_those_of_the_cpus_asked_for(monkeypatch, cpus, known):
    monkeypatch.setenv("ASSAY_SRC", str(TOP))
    for name in ("MEM", "APPEND", "RUN", "MIGRATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SMP", cpus)
    platform = environment.chosen("edk2")
    assert platform.smp == int(cpus or 1)
    assert ("gic.one_of_n_takes_it" in platform.xfails) == known
