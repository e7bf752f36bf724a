#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""
The cache audit's model, step by step, and its plugin on bare programs: each kind of
finding is seen, and a right sequence has none.
"""

import subprocess
import sys

import pytest
from hosttest import OUT, TOP

sys.path.insert(0, str(TOP / "scripts"))

from assay import audit  # noqa: E402
from assay.tools import find_tool  # noqa: E402

MODEL = [TOP / "scripts" / "audit" / name for name in ("model.c", "fetch.c", "lines.c", "findings.c")]
IMAGE = 0x40000000
DATA = 0x40020000       # in the image, behind what the file holds
FAR = 0x48000000
DIRECT, EFI = f"begin direct {IMAGE:x}", f"begin efi {IMAGE:x}"


@pytest.fixture(scope="module")
def replay(tmp_path_factory):
    """A function: the findings of some steps, (model, kind) each."""
    program = tmp_path_factory.mktemp("audit") / "replay"
    subprocess.run([find_tool("cc"), "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-o", program,
                    TOP / "tests" / "host" / "audit" / "replay.c", *MODEL], check=True)

    def run(*steps, line=64):
        text = "".join(f"{step}\n" for step in steps)
        done = subprocess.run([program, str(line)], input=text, capture_output=True, text=True,
                              check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith("end\n")
        return [(int(match[1]), match[2]) for match in
                map(audit.FINDING.match, done.stdout.splitlines()) if match]
    return run


# name: steps, and the kinds that they must show.
SEQUENCES = {
    # Going off.
    "off without a clean": ([EFI, f"write 0 {FAR:x}", "off 0", f"read 0 {FAR:x}"], {"read-dirty"}),
    "off with a clean": ([EFI, f"write 0 {FAR:x}", f"cvac 0 {FAR:x}", "off 0", f"read 0 {FAR:x}"], set()),
    "clean to the PoU is not enough":
        ([EFI, f"write 0 {FAR:x}", f"cvau 0 {FAR:x}", "off 0", f"read 0 {FAR:x}"], {"read-dirty"}),
    "cleaned before the last write":
        ([EFI, f"cvac 0 {FAR:x}", f"write 0 {FAR:x}", "off 0", f"read 0 {FAR:x}"], {"read-dirty"}),
    "another line is cleaned":
        ([EFI, f"write 0 {FAR:x}", f"cvac 0 {FAR + 64:x}", "off 0", f"read 0 {FAR:x}"], {"read-dirty"}),
    "cleaned with the MMU off": ([EFI, f"write 0 {FAR:x}", "off 0", f"cvac 0 {FAR:x}", f"read 0 {FAR:x}"],
                                 set()),
    "write under a dirty line": ([EFI, "off 0", f"write 0 {FAR:x}"], {"write-dirty"}),
    "write under a clean line": ([EFI, f"civac 0 {FAR:x}", "off 0", f"write 0 {FAR:x}"], set()),
    "firmware wrote it": ([EFI, "off 0", f"read 0 {FAR:x}"], {"read-dirty"}),
    # The boot protocol's promise.
    "file is clean": ([DIRECT, f"read 0 {IMAGE:x}", f"fetch 0 {IMAGE:x}"], set()),
    "no more than the file is": ([DIRECT, f"read 0 {DATA:x}"], {"read-dirty"}),
    "bss is invalidated": ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", f"read 0 {DATA:x}"], set()),
    "entered with the MMU on": ([DIRECT, f"begin efi {IMAGE:x}", "off 0", f"read 0 {IMAGE:x}"],
                                {"read-dirty"}),
    # Coming on.
    "on without an invalidation":
        ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", "on 0", f"read 0 {DATA:x}"], {"read-stale"}),
    "on with an invalidation": ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", f"ivac 0 {DATA:x}", "on 0",
                                 f"read 0 {DATA:x}"], set()),
    "clean and invalidate will do": ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", f"civac 0 {DATA:x}",
                                      "on 0", f"read 0 {DATA:x}"], set()),
    "a clean alone will not": ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", f"cvac 0 {DATA:x}", "on 0",
                                f"read 0 {DATA:x}"], {"read-stale"}),
    "write over a stale line": ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", "on 0",
                                 f"write 0 {DATA + 8:x}"], {"write-stale"}),
    "walk of a stale table": ([DIRECT, f"ivac 0 {DATA:x}", f"table 0 {DATA:x}", f"write 0 {DATA:x}", "on 0"],
                              {"walk-stale"}),
    "walk of a good table": ([DIRECT, f"ivac 0 {DATA:x}", f"table 0 {DATA:x}", f"write 0 {DATA:x}",
                              f"ivac 0 {DATA:x}", "on 0"], set()),
    "no table any more": ([DIRECT, f"ivac 0 {DATA:x}", f"table 0 {DATA:x}", f"write 0 {DATA:x}",
                           f"untable 0 {DATA:x}", "on 0"], set()),
    "somebody's data is dropped": ([EFI, f"write 0 {FAR:x}", f"ivac 0 {FAR:x}"], {"drop"}),
    # Code.
    "code without maintenance": ([EFI, f"write 0 {FAR:x}", f"fetch 0 {FAR:x}"], {"fetch-pou"}),
    "code that is not invalidated": ([EFI, f"write 0 {FAR:x}", f"cvau 0 {FAR:x}", f"fetch 0 {FAR:x}"],
                                     {"fetch-icache"}),
    "code that is not cleaned": ([EFI, f"write 0 {FAR:x}", f"ivau 0 {FAR:x}", f"fetch 0 {FAR:x}"],
                                 {"fetch-pou"}),
    "invalidated before the clean": ([EFI, f"write 0 {FAR:x}", f"ivau 0 {FAR:x}", f"cvau 0 {FAR:x}",
                                      f"fetch 0 {FAR:x}"], {"fetch-icache"}),
    "code by VA": ([EFI, f"write 0 {FAR:x}", f"cvau 0 {FAR:x}", f"ivau 0 {FAR:x}", f"fetch 0 {FAR:x}"], set()),
    "code by IALLU": ([EFI, f"write 0 {FAR:x}", f"cvau 0 {FAR:x}", "iallu 0 0", f"fetch 0 {FAR:x}"], set()),
    "IALLU is this CPU's": ([EFI, "on 1", f"write 0 {FAR:x}", f"cvau 0 {FAR:x}", "iallu 0 0",
                             f"fetch 1 {FAR:x}"], {"fetch-icache"}),
    "IALLUIS is everybody's": ([EFI, "on 1", f"write 0 {FAR:x}", f"cvau 0 {FAR:x}", "ialluis 0 0",
                                f"fetch 1 {FAR:x}"], set()),
    "code written with the MMU off": ([DIRECT, f"ivac 0 {DATA:x}", f"write 0 {DATA:x}", "on 0", "ialluis 0 0",
                                       f"fetch 0 {DATA:x}"], {"fetch-stale"}),
    "text of a UEFI loader": ([EFI, "off 0", f"fetch 0 {IMAGE:x}"], {"fetch-poc"}),
    "fetched ahead": ([EFI, f"cvac 0 {IMAGE:x}", "off 0", f"fetch 0 {IMAGE:x}", "on 0",
                       f"fetch 0 {IMAGE + 0x1000:x}"], {"fetch-ahead"}),
    "fetched ahead and dropped": ([EFI, f"cvac 0 {IMAGE:x}", "off 0", f"fetch 0 {IMAGE:x}", "on 0", "iallu 0 0",
                                   f"fetch 0 {IMAGE + 0x1000:x}"], set()),
    "dropped too early": ([EFI, f"cvac 0 {IMAGE:x}", "off 0", f"fetch 0 {IMAGE:x}", "iallu 0 0", "on 0",
                           f"fetch 0 {IMAGE + 0x1000:x}"], {"fetch-ahead"}),
    "not as far as that": ([EFI, f"cvac 0 {IMAGE:x}", "off 0", f"fetch 0 {IMAGE:x}", "on 0",
                            f"fetch 0 {IMAGE + 0x2000:x}"], set()),
    "EL2 beneath": ([EFI, "enter 0", f"fetch 0 {IMAGE:x}", "leave 0"], {"fetch-poc"}),
    # Other CPUs.
    "a CPU comes": ([EFI, f"write 0 {FAR:x}", "barrier 0", "barrier 0", "comes 1", f"read 1 {FAR:x}"],
                    {"read-dirty"}),
    "a CPU comes to clean memory": ([EFI, f"write 0 {FAR:x}", f"civac 0 {FAR:x}", "comes 1", f"read 1 {FAR:x}"],
                                    set()),
    "a poll in the middle": ([EFI, f"write 0 {FAR:x}", f"civac 0 {FAR:x}", "comes 1", f"write 0 {FAR:x}",
                              "barrier 0", f"read 1 {FAR:x}", f"civac 0 {FAR:x}", "barrier 0",
                              f"read 1 {FAR:x}"], set()),
    "a poll for ever": ([EFI, f"write 0 {FAR:x}", f"civac 0 {FAR:x}", "comes 1", f"write 0 {FAR:x}",
                         "barrier 0", f"read 1 {FAR:x}", "barrier 0", f"read 1 {FAR:x}"], {"read-dirty"}),
    "a firmware's pen": ([EFI, f"write 0 {FAR:x}", "barrier 0", "barrier 0", f"read 3 {FAR:x}"],
                         {"read-dirty"}),
    "a firmware's own business": ([EFI, f"read 3 {FAR:x}", f"write 3 {FAR:x}"], set()),
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_sequence(replay, name):
    steps, kinds = SEQUENCES[name]
    assert {kind for model, kind in replay(*steps) if model == 0} == kinds


def test_each_kind_is_seen():
    """LIMIT apart, which is no finding."""
    seen = set().union(*(kinds for _, kinds in SEQUENCES.values()))
    assert seen == set(audit.WORDS) - {"limit"}


def test_neighbours_share_a_long_line(replay):
    steps = [EFI, f"civac 0 {FAR:x}", "on 1", f"write 1 {FAR + 0x400:x}", "barrier 1", "barrier 1", "off 0",
             f"write 0 {FAR:x}"]
    assert not replay(*steps)
    assert (0, "write-dirty") in replay(*steps, line=2048)


def test_site_left_out(replay):
    """Each of two sites, one of which is needless."""
    found = replay(EFI, f"write 0 {FAR:x}", f"site 0 {IMAGE:x}", f"civac 0 {FAR:x}", f"site 0 {IMAGE + 8:x}",
                   f"civac 0 {FAR + 64:x}", "off 0", f"read 0 {FAR:x}")
    assert found == [(1, "read-dirty")]


def test_two_sites_for_one(replay):
    """Either clean will do, so that nothing is found without one of them; the third is needed."""
    found = replay(EFI, f"write 0 {FAR:x}", f"site 0 {IMAGE:x}", f"cvau 0 {FAR:x}", f"site 0 {IMAGE + 8:x}",
                   f"cvau 0 {FAR:x}", f"site 0 {IMAGE + 16:x}", "ialluis 0 0", f"fetch 0 {FAR:x}")
    assert found == [(3, "fetch-icache")]


# -- the plugin ---------------------------------------------------------------------------------

PROGRAM = """
	.macro	mark number, reg
	.ifnb	\\reg
	ldursb	xzr, [\\reg]
	.endif
	hint	#\\number
	.endm
	.globl	_start
_start:	adr	x0, _start
	mark	0x60, x0		// begin, direct
	adrp	x1, data
	mark	0x66			// site
first:	mark	0x6b, x1		// IVAC
	mov	x2, #1
	str	x2, [x1]
	mark	0x66
second:	{mark}	0x6b, x1
	mark	0x64			// on
	ldr	x3, [x1]
	ldr	w0, =0x84000008		// SYSTEM_OFF
	hvc	#0
	.bss
	.balign	4096
data:	.skip	4096
"""


def run_program(tmp_path, source):
    """The findings file of a bare program under QEMU with the plugin."""
    paths = {name: tmp_path / name for name in ("p.S", "p.o", "p.elf", "out")}
    paths["p.S"].write_text(source)
    subprocess.run(["aarch64-linux-gnu-as", "-o", paths["p.o"], paths["p.S"]], check=True)
    subprocess.run(["aarch64-linux-gnu-ld", "-Ttext=0x40200000", "-o", paths["p.elf"], paths["p.o"]],
                   check=True)
    plugin = audit.build_plugin(TOP / "scripts" / "audit", OUT / "audit")
    subprocess.run([find_tool("qemu-system-aarch64"), "-machine", "virt", "-cpu", "cortex-a57", "-display",
                    "none", "-monitor", "none", "-serial", "none", "-nic", "none", "-kernel", paths["p.elf"],
                    "-plugin", f"{plugin},size=0x100000,loaded=0x1000,out={paths['out']}"],
                   check=True, timeout=60, stdin=subprocess.DEVNULL)
    return paths["out"].read_text().splitlines()


def findings(lines):
    return [audit.FINDING.match(line).groups() for line in lines if line.startswith("finding")]


def test_right_program(tmp_path):
    lines = run_program(tmp_path, PROGRAM.format(mark="mark"))
    found = findings(lines)
    assert lines[-1] == "end"
    assert not [entry for entry in found if entry[0] == "0"]
    # Without the first, the write goes under a dirty line; without the second, the read is of a stale one.
    assert {entry[:2] for entry in found} == {("1", "write-dirty"), ("2", "read-stale")}


def test_wrong_program(tmp_path):
    lines = run_program(tmp_path, PROGRAM.format(mark="// "))
    wrong = [entry for entry in findings(lines) if entry[0] == "0"]
    assert [entry[1] for entry in wrong] == ["read-stale"]
    _, _, cpu, pc, addr, other, _ = wrong[0]
    assert cpu == "0" and int(addr[6:], 16) % 4096 == 0 and pc != other and pc.startswith("image+0x")


# -- the image's code ---------------------------------------------------------------------------

LOAD, HINT_CVAC, HINT_IALLU = 0x3880005f, 0xd503201f | 0x68 << 5, 0xd503201f | 0x6d << 5
CVAC_X2, IALLU, CISW_X0 = 0xd50b7a22, 0xd508751f, 0xd5087e40
ADD_X1_8, LOAD_X1 = 0x91002041, 0x3880003f      # add x1, x2, #8; ldursb xzr, [x1]


@pytest.mark.parametrize("words, marked", [
    ([LOAD, HINT_CVAC, CVAC_X2], True),
    ([0, HINT_CVAC, CVAC_X2], False),                   # of which address?
    ([LOAD ^ 1 << 5, HINT_CVAC, CVAC_X2], False),       # of another one
    ([LOAD, HINT_IALLU, CVAC_X2], False),
    ([LOAD, CVAC_X2], False),
    ([0, HINT_IALLU, IALLU], True),
    ([0, 0, IALLU], False),
    ([LOAD, HINT_CVAC, CISW_X0], False),
    ([ADD_X1_8, LOAD_X1, HINT_CVAC, CVAC_X2], True),
    ([ADD_X1_8 | 56 << 10, LOAD_X1, HINT_CVAC, CVAC_X2], True),
    ([ADD_X1_8 | 64 << 10, LOAD_X1, HINT_CVAC, CVAC_X2], False),    # of another line
    ([ADD_X1_8 ^ 1 << 5, LOAD_X1, HINT_CVAC, CVAC_X2], False),      # beside something else
    ([LOAD_X1, HINT_CVAC, CVAC_X2], False),
])
def test_mark_before_operation(words, marked):
    assert audit.has_mark(words, len(words) - 1) == marked
