# SPDX-License-Identifier: BSD-2-Clause
"""
Discovery of boards, from their own device trees and ACPI tables, by the code of the image:
tests/host/boards/. All of them are gone through; docs/boards.md has the result.
"""

import random
import re
import struct
import subprocess

import boardfacts
import hosttest
import pytest

TREES = boardfacts.trees()
MACHINES = boardfacts.machines()
PAGE = hosttest.TOP / "docs" / "boards.md"

# Every message there may be, and why it is right. Another one is a complaint about a sound tree.
RIGHT = {
    r"E\| device tree: no enabled memory node with a range: where is RAM\?":
        "the boot loader fills it in",
    r"W\| no console is described that has a driver in this image": "true of these boards",
    r"W\| console \S+ \(\S+\): no console driver for it is in this image": "likewise",
    r"W\| device tree: /chosen stdout-path names no node of the tree": "a display, or a slip",
    r"[EW]\| console serial@7e2\w+ \(\S+\): no device can be at its address":
        "the Raspberry's firmware takes the registers out of /memory",
    r"W\| ACPI: FACP, offset 0x83 \(fadt_minor_version\): .*: taken for 5\.1":
        "laptops with a FADT of 5.0 that have a field of 5.1",
    r"W\| ACPI: DBG2, offset 0x\w+ \(length\): port length below that of its own header.*":
        "a table that says so",
}
DAMAGED = {"microsoft-surface-pro-12-in"}      # the dump itself; see test_acpi.py


@pytest.fixture(scope="module", name="dt")
def fixture_dt():
    if not TREES:
        pytest.skip("no device trees of boards: scripts/setup fetches them into build/boards, or BOARDS=DIR")
    return boardfacts.discover("boards-dt", TREES)


@pytest.fixture(scope="module", name="acpi")
def fixture_acpi():
    if not MACHINES:
        pytest.skip("no tables of real machines: CORPUS=DIR has none, or is not set")
    return boardfacts.discover("boards-acpi", MACHINES)


def complaints(boards):
    return [f"{board.name}: {line}" for board in boards for line in board.log
            if not any(re.fullmatch(pattern, line) for pattern in RIGHT)]


def test_every_tree_comes_to_its_end(dt):
    """No crash, no sanitizer's report, no hang; all were read."""
    assert len(dt) == len(TREES) > 500
    assert not [board.name for board in dt if board.ended]


def damaged(tree, place, rng):
    """A copy of a tree with some words of its structure written over, as a bad flash would."""
    data = bytearray(tree.read_bytes())
    begin, = struct.unpack_from(">I", data, 8)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(begin, len(data) - 4) & ~3
        struct.pack_into(">I", data, at, rng.choice((0, 1, 2, 3, 4, 9, 0x7fffffff, 0xffffffff, rng.getrandbits(32))))
    path = place / f"{tree.stem}-{rng.getrandbits(32):08x}.dtb"
    path.write_bytes(data)
    return path


def test_damaged_trees_come_to_their_end(dt, tmp_path):
    """Refused or used as far as they make sense; never a crash. The same damage each time."""
    rng = random.Random(4)
    paths = [damaged(tree, tmp_path, rng) for tree in TREES[::4]]
    assert not [(board.name, board.ended) for board in boardfacts.discover("boards-dt", paths) if board.ended]


def test_no_false_complaint_about_trees(dt):
    assert complaints(dt) == []


def test_every_complaint_that_is_right_comes(dt, acpi):
    """Or the list above grows old."""
    lines = [line for board in [*dt, *acpi] for line in board.log]
    for pattern in RIGHT:
        assert any(re.fullmatch(pattern, line) for line in lines), pattern


def cpu_nodes(tree):
    """How many CPUs a tree has that are not disabled, by another reader than ours."""
    done = subprocess.run(["fdtget", "-l", tree, "/cpus"], capture_output=True, text=True, check=True)
    cpus = [name for name in done.stdout.split() if re.fullmatch(r"cpu(@\w+)?", name)]
    off = subprocess.run(["fdtget", "-d", "okay", tree, *[word for name in cpus for word in
                                                          (f"/cpus/{name}", "status")]],
                         capture_output=True, text=True, check=True).stdout.split()
    return sum(status in ("okay", "ok") for status in off)


def test_every_cpu_is_found(dt):
    assert [(board.name, board.described) for board in dt
            if board.described != cpu_nodes(board.path)] == []


def test_every_named_console_is_found(dt):
    """What stdout-path names is bound, or said to have no driver; never passed over for another."""
    for board in dt:
        if any(not line.startswith("- ") for line in board.stdout) and not any(
                "no device can be at" in line for line in board.log):
            assert board.console == board.stdout[0], board.name


def test_interrupt_controllers_and_timers_are_found(dt):
    """All boards have a GIC that has a driver, but the Raspberry Pi 3 and its like."""
    assert {board.name.partition("-")[0] for board in dt if not board.irqchip} <= {"broadcom/bcm2837"}
    assert {board.name.partition("-")[0] for board in dt if not board.timer} <= {"broadcom/bcm2837"}


# What the suite dt finds wrong in these trees, and why it is right about it.
WRONG = {
    "memory_is_described": ("", "the boot loader fills it in"),
    "reservations_spare_the_image": ("qcom/", "the image would not be loaded there on these"),
    "cpu_enable_methods_are_known": ("(arm|freescale|nvidia|qcom)/",
                                     "none, or PSCI that only the boot loader describes"),
    "addresses_reach_the_cpus": ("(marvell/cn913|ti/k3-)", "reg outside of the bus's ranges"),
    "gic_interrupts_exist": ("(cavium/thunder-88xx|hisilicon/hi6220|qcom/msm899[24]-msft)",
                             "PPI 21, PPI 126, a GPIO's cells at the GIC"),
    "phandle_lists_resolve": ("qcom/(apq|msm)", "a clock of a mailbox without #clock-cells"),
    "stdout_path_resolves": ("qcom/sdm63", "framebuffer0 is no alias"),
}


def test_suite_dt_over_all_trees(dt):
    """The image's own suite finds what is wrong in them, and nothing that is not."""
    arguments = [word for board in dt for word in ("-m", board.mpidr, board.path)]
    done = subprocess.run([hosttest.build("dt"), *arguments], capture_output=True, text=True,
                          timeout=hosttest.TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    seen, wrong, name = set(), [], ""
    for line in done.stdout.splitlines():
        if not line.startswith(" "):
            name = "/".join(line.removesuffix(".dtb:").split("/")[-2:])
        elif line.startswith("  fail "):
            case = line.split()[1].rstrip(":")
            seen.add(case)
            if not re.match(WRONG.get(case, ("(?!)",))[0], name):
                wrong.append(f"{name}: {line}")
    assert wrong == []
    assert seen == set(WRONG)


def test_real_machines(acpi):
    """All that ACPI describes is found; their consoles have drivers."""
    assert not [board.name for board in acpi if board.ended]
    sound = [board for board in acpi if board.name not in DAMAGED]
    assert complaints(sound) == []
    for board in sound:
        assert board.console and board.irqchip and board.timer and board.psci, board.name
        assert board.described == board.startable > 0, board.name


def test_table_of_the_page(dt, acpi):
    """docs/boards.md says what is found, for the kernel package that it names."""
    text = PAGE.read_text(encoding="utf-8")
    version = boardfacts.version()
    if f"of {version}" not in text:
        pytest.skip(f"docs/boards.md is not about {version or 'these trees'}")
    begin, end = text.index(boardfacts.BEGIN), text.index(boardfacts.END)
    assert text[begin + len(boardfacts.BEGIN):end].strip() == boardfacts.table(dt, acpi).strip(), (
        "run tests/host/boardfacts.py")
