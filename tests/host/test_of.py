#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""drivers/of and the suite dt on the build machine: see tests/host/of/."""

import re
import shutil
import struct
import subprocess

import pytest

import hosttest

HERE = hosttest.TOP / "tests/host/of"
IMAGE_BASE = 0x40200000         # as tests/host/of/suite.c has it

QEMU_MACHINES = {
    "virt": ["-M", "virt", "-cpu", "cortex-a57", "-smp", "4"],
    "virt-gicv3": ["-M", "virt,gic-version=3,virtualization=on", "-cpu", "max", "-smp", "8"],
    "virt-numa": ["-M", "virt,iommu=smmuv3", "-cpu", "cortex-a57", "-m", "1G",
                    "-smp", "2",
                    "-object", "memory-backend-ram,id=a,size=512M", "-numa", "node,memdev=a",
                    "-object", "memory-backend-ram,id=b,size=512M", "-numa", "node,memdev=b"],
}

# What a tree of QEMU's virt, edited, must fail: case -> fdtput arguments, and words of the place.
EDITS = {
    "strings_are_terminated": (["-t", "bx", "/pl031@9010000", "compatible", "61", "62"],
                               "node /pl031@9010000 property compatible"),
    "root_is_complete": (["-d", "/", "#size-cells"], "#size-cells"),
    "phandles_are_unique": (["-t", "x", "/pl031@9010000", "phandle", "8000"], "phandle 0x8000"),
    "phandle_lists_resolve": (["-t", "x", "/pl011@9000000", "clocks", "1234", "1234"],
                              "/pl011@9000000 property clocks cell 0: no node has phandle 0x1234"),
    "reg_fits_the_bus": (["-t", "x", "/pl031@9010000", "reg", "0", "9010000", "0", "1000", "0"],
                         "node /pl031@9010000 property reg: 20 bytes"),
    "ranges_fit_the_bus": (["-t", "x", "/platform-bus@c000000", "ranges", "0", "0"],
                           "node /platform-bus@c000000 property ranges: 8 bytes"),
    "interrupt_parents_resolve": (["-t", "x", "/", "interrupt-parent", "1234"],
                                  "no interrupt controller on the way up"),
    "interrupts_fit_the_controller": (["-t", "x", "/pl031@9010000", "interrupts", "0", "2"],
                                      "node /pl031@9010000 property interrupts: 8 bytes"),
    "gic_interrupts_exist": (["-t", "x", "/pl031@9010000", "interrupts", "0", "3dc", "4"],
                             "node /pl031@9010000 property interrupts cell 1"),
    "memory_is_described": (["-t", "x", "/memory@40000000", "reg", "0", "40000000", "0", "0"],
                            "node /memory@40000000 reg entry 0: size"),
    "memory_does_not_overlap": (["-t", "x", "/memory@40000000", "reg", "0", "40000000", "0",
                                 "8000000", "0", "47ffffff", "0", "1"],
                                "node /memory@40000000 reg entry 0"),
    "cpus_node_is_complete": (["-d", "/cpus/cpu@1", "device_type"],
                              "node /cpus/cpu@1 property device_type"),
    "cpu_reg_is_unique": (["-t", "x", "/cpus/cpu@3", "reg", "2"], "node /cpus/cpu@3 property reg"),
    "boot_cpu_is_described": (["-t", "x", "/cpus/cpu@0", "reg", "7"], "affinity 0x0"),
    "cpu_enable_methods_are_known": (["-t", "s", "/cpus/cpu@2", "enable-method", "magic"],
                                     "node /cpus/cpu@2 property enable-method: \"magic\""),
    "psci_node_is_complete": (["-t", "s", "/psci", "method", "svc"],
                              "node /psci property method: \"svc\""),
    "timer_node_is_complete": (["-t", "x", "/timer", "interrupts", "1", "d", "4", "1", "e", "4"],
                               "node /timer property interrupts: 2"),
    "timer_interrupts_are_ppis": (["-t", "x", "/timer", "interrupts", "1", "d", "4", "0", "e", "4",
                                   "1", "b", "4", "1", "a", "4"],
                                  "node /timer property interrupts cell 3: type 0"),
    "gic_node_is_complete": (["-d", "/intc@8000000", "interrupt-controller"],
                             "node /intc@8000000 property interrupt-controller"),
    "stdout_path_resolves": (["-t", "s", "/chosen", "stdout-path", "/serial@1"], "\"/serial@1\""),
    "initrd_is_in_memory": (["-t", "x", "/chosen", "linux,initrd-start", "1000"],
                            "linux,initrd-end"),
    "pl011_clocks_are_named": (["-d", "/pl011@9000000", "clock-names"],
                               "node /pl011@9000000 has clocks"),
}


def tool(name):
    path = shutil.which(name)
    if not path:
        pytest.skip(f"{name} is not installed")
    return path


def compile_tree(source, target):
    subprocess.run([tool("dtc"), "-q", "-f", "-I", "dts", "-O", "dtb", "-o", target, source],
                   check=True, capture_output=True)
    return target


@pytest.fixture(scope="module", name="machines")
def dump_machines(tmp_path_factory):
    """QEMU's own trees."""
    where = tmp_path_factory.mktemp("machines")
    found = {}
    for name, options in QEMU_MACHINES.items():
        path = where / f"{name}.dtb"
        machine = f"{options[1]},dumpdtb={path},dtb-randomness=off"
        subprocess.run([tool("qemu-system-aarch64"), "-nic", "none", "-display", "none", "-M",
                        machine, *options[2:]], check=True, capture_output=True, timeout=60)
        found[name] = path
    return found


def run_suite(*trees):
    """The failures of the suite dt: {case: [lines]} of the last tree."""
    done = subprocess.run([hosttest.build("dt"), *trees], capture_output=True, text=True,
                          timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    failures = {}
    for case, text in re.findall(r"^  fail (\w+): (.*)$", done.stdout, re.M):
        failures.setdefault(case, []).append(text)
    return failures


def edited(tree, target, arguments):
    """A copy of a tree after fdtput ARGUMENTS."""
    shutil.copy(tree, target)
    # The file comes after the options.
    options = arguments[:2] if arguments[0] == "-t" else arguments[:1]
    subprocess.run([tool("fdtput"), *options, target, *arguments[len(options):]], check=True)
    return target


def test_drivers_of(tmp_path):
    """Reading, lies, and thousands of damaged trees under the sanitizers."""
    for source in HERE.glob("*.dts"):
        compile_tree(source, tmp_path / f"{source.stem}.dtb")
    hosttest.run("of", tmp_path)


@pytest.mark.parametrize("name", QEMU_MACHINES)
def test_good_trees_pass(machines, name):
    assert run_suite(machines[name]) == {}


def test_full_tree_passes(tmp_path):
    """Also with buses, reservations and an initrd, which QEMU's trees lack."""
    failures = run_suite(compile_tree(HERE / "machine.dts", tmp_path / "machine.dtb"))
    # What the tree has wrong on purpose: an empty range, one outside of memory and of ranges.
    assert set(failures) == {"addresses_reach_the_cpus", "memory_is_described",
                             "reservations_are_in_memory"}


@pytest.mark.parametrize("case", EDITS)
def test_each_case_can_fail(machines, tmp_path, case):
    arguments, place = EDITS[case]
    failures = run_suite(edited(machines["virt"], tmp_path / "edited.dtb", arguments))
    assert case in failures, failures
    assert any(place in line for line in failures[case]), failures[case]


def test_redistributors_for_too_few_cpus(machines, tmp_path):
    tree = edited(machines["virt-gicv3"], tmp_path / "edited.dtb",
                  ["-t", "x", "/intc@8000000", "reg", "0", "8000000", "0", "10000",
                   "0", "80a0000", "0", "e0000"])
    assert set(run_suite(tree)) == {"gic_redistributors_hold_all_cpus"}


def rebuilt(tree, target, change):
    """A copy of a tree after a change of its source text."""
    source = subprocess.run([tool("dtc"), "-q", "-f", "-I", "dtb", "-O", "dts", tree], check=True,
                            capture_output=True, text=True).stdout
    (target.parent / "changed.dts").write_text(change(source), encoding="utf-8")
    return compile_tree(target.parent / "changed.dts", target)


@pytest.mark.parametrize("base, case", [
    (IMAGE_BASE + 0x1000, "reservations_spare_the_image"),
    (0x900000000, "reservations_are_in_memory"),
])
def test_reservations(machines, tmp_path, base, case):
    tree = rebuilt(machines["virt"], tmp_path / "reserved.dtb", lambda source: source.replace(
        "/dts-v1/;", f"/dts-v1/;\n/memreserve/ {base:#x} 0x1000;", 1))
    assert set(run_suite(tree)) == {case}


def test_device_outside_of_ranges(machines, tmp_path):
    bus = """bus { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>;
                   ranges = <0 0 0xd000000 0x1000>;
                   device@4000 { reg = <0x4000 0x100>; }; };
             timer {"""
    tree = rebuilt(machines["virt"], tmp_path / "bus.dtb",
                   lambda source: source.replace("timer {", bus, 1))
    failures = run_suite(tree)
    assert set(failures) == {"addresses_reach_the_cpus"}
    assert "node /bus/device@4000 reg entry 0" in failures["addresses_reach_the_cpus"][0]


def with_header(tree, target, field, value):
    data = bytearray(tree.read_bytes())
    struct.pack_into(">I", data, field, value)
    target.write_bytes(data)
    return target


def test_header(machines, tmp_path):
    assert set(run_suite(with_header(machines["virt"], tmp_path / "v16.dtb", 20, 16))) == {
        "header_is_version_17"}
    # The reservation block moved into the structure block, where some size reads as 0.
    structure = struct.unpack_from(">I", machines["virt"].read_bytes(), 8)[0]
    tree = with_header(machines["virt"], tmp_path / "overlap.dtb", 16, structure)
    assert "blocks_do_not_overlap" in run_suite(tree)


def test_late_property(machines, tmp_path):
    """The root's first property moved behind its last subnode."""
    data = bytearray(machines["virt"].read_bytes())
    begin, size = struct.unpack_from(">I", data, 8)[0], struct.unpack_from(">I", data, 36)[0]
    block = bytes(data[begin:begin + size])
    length = 12 + (struct.unpack_from(">I", block, 12)[0] + 3) // 4 * 4
    moved = block[:8] + block[8 + length:-8] + block[8:8 + length] + block[-8:]
    assert len(moved) == size and block[-8:] == bytes([0, 0, 0, 2, 0, 0, 0, 9])
    data[begin:begin + size] = moved
    tree = tmp_path / "late.dtb"
    tree.write_bytes(data)
    assert "properties_precede_subnodes" in run_suite(tree)


def test_every_case_was_seen_to_fail():
    """The lists above name each case of the suite."""
    text = (hosttest.TOP / "tests/dt/suite.c").read_text(encoding="utf-8")
    cases = set(re.findall(r"DT_CASE\((\w+),", text)) - {"id"}
    elsewhere = {"header_is_version_17", "blocks_do_not_overlap", "reservations_are_in_memory",
                 "reservations_spare_the_image", "properties_precede_subnodes",
                 "addresses_reach_the_cpus", "gic_redistributors_hold_all_cpus"}
    assert cases == set(EDITS) | elsewhere


def test_drivers_base():
    """What becomes of the devices: tests/host/devices/."""
    hosttest.run("devices")
