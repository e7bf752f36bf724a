# SPDX-License-Identifier: BSD-2-Clause
"""How test_docs.py tries each command of the pages: TABLE, the first entry that fits."""

import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from docpages import COMMANDS, PIECES
from docstree import EXAMPLE
from hosttest import TOP

sys.path.insert(0, str(TOP / "scripts"))

from assay import ktap, qemu, status  # noqa: E402
from assay.tools import find_firmware, find_tool  # noqa: E402

# Platform and case that stand for many, where a run of all would take minutes.
QUICK = "direct"
QUICK_ITEMS = {"check": f"platform.{QUICK}", "prove": "prove.timer-interrupt-is-an-spi",
               "audit": "audit.direct-el2"}


def help_targets():
    text = (TOP / "scripts" / "kbuild" / "help.txt").read_text()
    return set(re.findall(r"^  (\S+)  ", text, re.M))


def as_written(tree, text):
    tree.works(text)


def configuration(tree, text):
    """In a build directory of its own: it changes .config, or takes away what was built."""
    tree.works(f"make -s defconfig && {text}", out=tree.scratch)


def elsewhere(_, text):
    """Another test runs this target for real: in a terminal, or with a whole build of its own."""
    target = text.split()[-1]
    texts = [path.read_text() for path in (TOP / "tests" / "host").glob("test_*.py") if path != Path(__file__)]
    assert any(f'"{target}"' in other for other in texts), f"no test runs make {target}"
    assert target in help_targets(), f"make help does not name {target}"


def named_defconfig(tree, text):
    """NAME stands for any: here for one written as the page says, by savedefconfig."""
    tree.works("make -s defconfig && make -s savedefconfig", out=tree.scratch)
    config = (tree.scratch / ".config").read_text()
    shutil.copyfile(tree.scratch / "defconfig", tree.source / "configs" / "mine_defconfig")
    tree.works(text.replace("NAME", "mine"), out=tree.scratch)
    assert (tree.scratch / ".config").read_text() == config


def other_directory(tree, text):
    """O= is the page's own; what stands behind it must do, and leave the source tree alone."""
    before = sorted(tree.source.iterdir())
    text = re.sub(r"O=\S+", f"O={tree.scratch} -s -j2", text).replace(" ...", " defconfig")
    tree.works(text)
    assert (tree.scratch / ".config").is_file()
    assert sorted(tree.source.iterdir()) == before


def split_variables(text):
    """{name: value} of a command, as the shell has them."""
    words = (word.partition("=") for word in shlex.split(text))
    return {name: value for name, equals, value in words if equals and re.fullmatch("[A-Z_]+", name)}


def stand_ins(tree, text):
    """The user's own QEMU and firmware where the page has them: Debian's, under those names."""
    for name, value in split_variables(text).items():
        if name not in ("QEMU", "FIRMWARE"):
            continue
        for path in value.split(":"):
            place = tree.home / re.sub(r"^(~|\$HOME)?/", "", path)
            text = text if path.startswith(("~/", "$HOME/")) else text.replace(path, str(place))
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                kind = "u-boot" if "u-boot" in path else "edk2"
                place.symlink_to(find_tool(qemu.DEFAULT_QEMU) if name == "QEMU" else find_firmware(kind))
    return text


def measured(tree, text):
    """The parts with limits, or those named: the seconds of the others would be a busy machine's."""
    parts = split_variables(text).get("MEASURE", "startup mmu_off")
    # Half a minute of a processor each: those that are the same in other quotes are run once.
    if parts not in tree.measured:
        tree.works(text, MEASURE=parts)
    tree.measured.add(parts)


def run_image(tree, text):
    if text == "make run":
        assert tree.default_run().endswith(" passed, 0 failed\n")
        return
    variables = split_variables(text)
    text = stand_ins(tree, text)
    if variables.get("ACCEL", "tcg") != "tcg":
        try:
            qemu.check_accel(variables["ACCEL"])
        except status.UsageError as err:
            tree.refused(text, str(err))
            return
    own = variables.keys() & {"QEMU", "FIRMWARE"}
    known = tree.platforms().load(variables.get("PLATFORM", "edk2")).xfails if own else {}
    if known:
        known_failures(tree, text, known)
        return
    last = tree.works(text).splitlines()[-1]
    assert re.fullmatch(r"[1-9]\d* passed, 0 failed", last), f"{text} ended with {last!r}"


def known_failures(tree, text, known):
    """Debian's builds in the place of the user's own: what is known of them fails, and nothing else."""
    done = tree.run(text)
    failed = [case.id for case in ktap.parse(done.stdout).cases if case.verdict in ktap.FAILED]
    assert sorted(failed) == sorted(known), f"{text}:\n{done.stdout[-3000:]}{done.stderr}"
    assert all(name in done.stderr for name in known) and "given: the known failures" in done.stderr


def direct_runner(tree, text):
    """The runner without make, with a status of its own; of the source tree, or of another build."""
    assert "/tmp/x" in text or "ASSAY_OBJ" not in text
    text = text.replace("/tmp/x", str(tree.out))
    variables = {} if "ASSAY_OBJ" in text else {"ASSAY_OBJ": str(tree.out)}
    assert tree.run(text, RUN="lib", **variables).returncode == status.GOOD
    assert tree.run(text, RUN="lib", APPEND="no-such-word", **variables).returncode == status.FAILURES
    assert tree.run(text, RUN="boot.efi_*", **variables).returncode == status.NO_VERDICT


def list_platforms(tree, text):
    shown = {line.split()[0] for line in tree.works(text).splitlines()}
    assert shown == set(tree.platforms().names())


def under_gdb(tree, text):
    """At the end of its input gdb leaves, and takes QEMU with it."""
    done = tree.run(text)
    output = f"{done.stdout}{done.stderr}"
    assert done.returncode == 0 and "gdb stops at its entry" in done.stderr, output
    assert f"Reading symbols from {tree.out / 'assay.elf'}..." in done.stdout, output


def item_names(tree, verb="check"):
    """All that there are of make @verb, from the scripts that it runs."""
    choose = {"check": "check.all_items", "prove": "items.defect_items", "audit": "audit_items.audit_items"}[verb]
    code = ("import check; from assay import audit_items, items; from assay.context import Context; "
            f"print(*(item.name for item in {choose}(Context())))")
    return tree.works(f"python3 -c '{code}'", PYTHONPATH=str(tree.source / "scripts"),
                      ASSAY_SRC=str(tree.source), ASSAY_OBJ=str(tree.out)).split()


def check_items(tree, text):
    """make check, prove or audit, of which one quick item is run; each CHECK= of the page names items."""
    verb = re.search(r"make (\w+)", text)[1]
    items = item_names(tree, verb)
    for glob in split_variables(text).get("CHECK", "").split():
        assert any(fnmatchcase(item, glob) for item in items), f"{text}: nothing is called {glob}"
    if verb not in tree.checked:
        output = tree.works(f"make {verb} CHECK={QUICK_ITEMS[verb]}")
        assert output.splitlines()[-1] == "1 passed, 0 failed", output
        tree.checked.add(verb)


def flash(tree, text):
    """On no device at all: test_flash.py writes to loop devices."""
    device = split_variables(text).get("DEV", "")
    assert not device or not Path(device).exists()
    tree.refused(text, device or "DEV=")


def image_file(tree, text):
    tree.works(text)
    assert (tree.out / "assay.img").stat().st_size > 1 << 20


def coverage_page(tree, text):
    """In the copy, where it takes the example's suite in; test_cases.py has the page itself."""
    shutil.copytree(TOP / "docs", tree.source / "docs", dirs_exist_ok=True)
    tree.works(text)
    assert f"### {EXAMPLE}: " in (tree.source / "docs" / "coverage.md").read_text()


def new_test(tree, text):
    """
    A skeleton builds with every warning, boots, passes what is said of cases, and fails; with a
    check that holds it passes. Behind it the copy is as it was.
    """
    name = text.split()[-1]
    suite = name.partition(".")[0]
    changed = [tree.source / "tests" / file for file in ("Makefile", "Kconfig")]
    before = [path.read_text() for path in changed]
    try:
        assert f"wrote tests/{suite}/{suite}.c" in tree.works(text)
        tree.works(f"make -s W=1 tests/{suite}/{suite}.o && make -s && make -s check-insns")
        done = tree.run(f"make run PLATFORM=direct RUN={name}")
        assert [(case.id, case.verdict) for case in ktap.parse(done.stdout).cases if case.suite == suite] \
            == [(name, ktap.FAIL)], done.stdout
        told = tree.works(f"scripts/explain {name}")
        assert "clause: " in told and "hint: " in told
        file = tree.source / "tests" / suite / f"{suite}.c"
        file.write_text(file.read_text().replace("CHECK(false", "CHECK(true"))
        assert tree.works(f"make run PLATFORM=direct RUN={name}").endswith("\n2 passed, 0 failed\n")
    finally:
        for path, old in zip(changed, before):
            path.write_text(old)
        shutil.rmtree(tree.source / "tests" / suite, ignore_errors=True)
        (tree.source / "tests" / "defects" / f"{suite}.toml").unlink(missing_ok=True)
    tree.works("make -s")


def help_text(tree, text):
    assert tree.works(text) == (TOP / "scripts" / "kbuild" / "help.txt").read_text()


# -- README's caught bug ---------------------------------------------------------------


# Its output stands in README.
CAUGHT_BUG = re.compile(r'make run PLATFORM=direct QEMU_ARGS="-dtb \$PWD/(\S+)" RUN=dt')
# What makes that tree, in README's order.
RECIPE = re.compile(r"(qemu-system-aarch64|fdtput) .*\bbad\.dtb .*")

# What differs between two builds or two versions.
VARYING = ((r"^assay \S+ build-id \w+ config \w+ at 0x\w+", "assay X"),
           (r"\d+ KiB", "N KiB"))


def plain(line):
    for pattern, text in VARYING:
        line = re.sub(pattern, text, line)
    return line


def shown_output(text):
    """[[line]]: what README shows behind @text, a list for each stretch without an ellipsis."""
    lines = [piece.text for piece in PIECES if piece.block and piece.where.startswith("README.md")]
    stretches = [[]]
    for line in lines[lines.index(f"$ {text}") + 1:]:
        if not line:
            break
        if line.strip() == "...":
            stretches.append([])
        else:
            stretches[-1].append(line)
    return stretches


def timer_interrupts(path):
    return subprocess.run([find_tool("fdtget"), "-t", "x", path, "/timer", "interrupts"], check=True,
                          capture_output=True, text=True).stdout.split()


def bad_tree(tree):
    """README's recipe: the machine's tree, the type of its third timer interrupt 0 in place of 1."""
    steps = [text for text in COMMANDS if RECIPE.fullmatch(text)]
    path = tree.source / "bad.dtb"
    path.unlink(missing_ok=True)
    tree.works(steps[0])
    cells = timer_interrupts(path)
    assert len(cells) == 12 and cells[6] == "1", cells
    for step in steps[1:]:
        tree.works(step)
    assert timer_interrupts(path) == [*cells[:6], "0", *cells[7:]]


def caught_bug(tree, text):
    """What README shows is what the run prints, in this order and with this end."""
    assert CAUGHT_BUG.fullmatch(text)[1] == "bad.dtb"
    bad_tree(tree)
    done = tree.run(text)
    real = done.stdout.splitlines()
    whole = f"{done.stdout}{done.stderr}"
    stretches = shown_output(text)
    assert done.returncode != 0 and any("not ok" in line for stretch in stretches for line in stretch)
    assert real and stretches[0][0].startswith("assay ") and stretches[-1][-1] == real[-1], whole
    at = 0
    for stretch in stretches:
        wanted = [plain(line) for line in stretch]
        places = [n for n in range(at, len(real) - len(wanted) + 1)
                  if [plain(line) for line in real[n:n + len(wanted)]] == wanted]
        shown = "\n".join(stretch)
        assert places, f"README has:\n{shown}\nand the run prints:\n{whole}"
        at = places[0] + len(wanted)


# -- all of them -----------------------------------------------------------------------


TABLE = [
    (r"\./scripts/setup", as_written),
    (r"make( -s)?|make (all|defconfig|check-insns)", as_written),
    (r"make help", help_text),
    (r"make (olddefconfig|savedefconfig|clean|mrproper)", configuration),
    (r"make (menuconfig|nconfig|config|oldconfig|allyesconfig|randconfig)", elsewhere),
    (r"make NAME_defconfig", named_defconfig),
    (r"make O=\S+ .*", other_directory),
    (r"make run PLATFORM=list", list_platforms),
    (r"make run GDB=1", under_gdb),
    (r"(ASSAY_OBJ=\S+ )?PLATFORM=direct scripts/run\.py", direct_runner),
    (RECIPE.pattern, lambda tree, text: bad_tree(tree)),
    (CAUGHT_BUG.pattern, caught_bug),
    (r"make run( [A-Z_]+=(\"[^\"]*\"|'[^']*'|\S*))*", run_image),
    (r"make (check|prove|audit)( CHECK=.*)?", check_items),
    (r"make measure( MEASURE=(\"[^\"]*\"|\w+))?", measured),
    (r"make image", image_file),
    (r"make flash DEV=\S*", flash),
    (r"make coverage", coverage_page),
    (r"scripts/explain \S+", as_written),
    (r"scripts/new-test \S+", new_test),
]


def find_way(part):
    """(index in TABLE, function) of a simple command; (None, None) where there is none."""
    for index, (pattern, way) in enumerate(TABLE):
        if re.fullmatch(pattern, part):
            return index, way
    return None, None
