# SPDX-License-Identifier: BSD-2-Clause
"""
README.md and docs/ are true. Every command in them is tried, as written where that
can be, in a copy of the tree with one build beside it: TABLE says how. A command that
TABLE does not know fails, and so does an entry that no page uses any more. Files, platforms,
variables, options, words and functions that the pages name exist, and README's caught
bug is what a run prints.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import fields
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from docpages import COMMANDS, PIECES, SUFFIXES, TEXT, keys_of, names, parts_of, paths_in, table_below
from hosttest import OUT, TOP
from kbuildtree import SYSROOT, copy_tree, environment

sys.path.insert(0, str(TOP / "scripts"))

from assay import defects, ktap, qemu, status  # noqa: E402
from assay.elf import Elf  # noqa: E402
from assay.platform import TYPES, Platform, PlatformSet  # noqa: E402
from assay.tools import find_firmware, find_tool  # noqa: E402

# Bounds what hangs: a build or an audit on a machine with other work takes minutes.
COMMAND_S = 600
# Platform and case that stand for many, where a run of all would take minutes.
QUICK = "direct"
QUICK_ITEMS = {"check": f"platform.{QUICK}", "prove": "prove.timer-interrupt-is-an-spi",
               "audit": "audit.direct"}
# The suite of docs/adding-a-test.md.
EXAMPLE = "counter"


# -- where commands are tried ---------------------------------------------------------


class Tree:
    """A copy of the source tree, with O= beside it, for a user without a past."""

    def __init__(self, root):
        self.root, self.home, self.bin = root, root / "home", root / "bin"
        self.source, self.out, self.scratch = root / "src", root / "out", root / "scratch"
        self.checked, self.printed = set(), ""
        for folder in (self.home, self.bin, self.out, self.scratch):
            folder.mkdir(parents=True)
        copy_tree(self.source)
        (self.source / "build").mkdir()
        if SYSROOT.exists():
            (self.source / "build" / "sysroot").symlink_to(SYSROOT)
        # make check builds the defconfig beside the user's own build: here they are one.
        (self.out / "variants").mkdir()
        (self.out / "variants" / "defconfig").symlink_to(self.out)
        # A test installs nothing.
        for name in ("apt-get", "sudo"):
            (self.bin / name).write_text('#!/bin/sh\necho "test: $0 $*: run scripts/setup first" >&2\nexit 1\n')
            (self.bin / name).chmod(0o755)

    def run(self, text, out=None, **variables):
        """Run a command from the source tree, its make with O=; the CompletedProcess."""
        private = ("PLATFORM", "SMP", "MEM", "APPEND", "RUN", "QEMU", "QEMU_ARGS", "FIRMWARE", "ACCEL", "GDB",
                   "CHECK", "MEASURE", "DEV", "IMAGE", "YES", "FORCE", "ASSAY_OBJ", "ASSAY_SRC")
        env = {key: val for key, val in environment().items() if key not in private}
        env.update(HOME=str(self.home), PATH=f"{self.bin}:{env['PATH']}", LC_ALL="C", **variables)
        make = f'make() {{ command make O="{out or self.out}" "$@"; }}\n'
        proc = subprocess.Popen(["bash", "-c", f"{make}{text}"], cwd=self.source, env=env, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                errors="replace", start_new_session=True)
        try:
            stdout, stderr = proc.communicate(timeout=COMMAND_S)
        except subprocess.TimeoutExpired:
            os.killpg(proc.pid, signal.SIGKILL)
            pytest.fail(f"{text}: did not end in {COMMAND_S} s:\n{proc.communicate()[0][-2000:]}")
        return subprocess.CompletedProcess(text, proc.returncode, stdout, stderr)

    def works(self, text, out=None, **variables):
        """Run a command that must do; its output."""
        done = self.run(text, out, **variables)
        assert done.returncode == 0, f"{text}: status {done.returncode}\n{done.stdout[-3000:]}{done.stderr}"
        return done.stdout

    def refused(self, text, *words, **variables):
        """Run a command that must say @words and end in failure."""
        done = self.run(text, **variables)
        assert done.returncode != 0, f"{text} went through:\n{done.stdout[-3000:]}"
        for word in words:
            assert word in done.stderr, f"{text} does not say {word!r}:\n{done.stderr}"

    def default_run(self):
        """What make run prints."""
        if not self.printed:
            self.printed = self.works("make run")
        return self.printed

    def platforms(self):
        return PlatformSet(self.source / "tests" / "platforms")


def add_example(source):
    """The suite of docs/adding-a-test.md, word for word."""
    code = "\n".join(piece.text for piece in PIECES if piece.block and "adding-a-test.md" in piece.where)
    suite = code[code.index("// SPDX"):code.index("\nobj-$")].rstrip()
    makefile = re.search(r"^obj-.*$", code, re.M)[0]
    kconfig = code[code.index("config TEST_"):code.index("\nmake -s")].rstrip()
    area = source / "tests" / EXAMPLE
    area.mkdir()
    (area / f"{EXAMPLE}.c").write_text(f"{suite}\n")
    (area / "Makefile").write_text(f"{makefile}\n")
    (area / "Kconfig").write_text(f"{kconfig}\n")
    with open(source / "tests" / "Kconfig", "a", encoding="utf-8") as file:
        file.write(f'source "tests/{EXAMPLE}/Kconfig"\n')
    with open(source / "tests" / "Makefile", "a", encoding="utf-8") as file:
        file.write(f"obj-y += {EXAMPLE}/\n")


@pytest.fixture(scope="module", name="tree")
def fixture_tree():
    root = OUT / "docs"
    shutil.rmtree(root, ignore_errors=True)
    made = Tree(root)
    add_example(made.source)
    made.works("make -s defconfig && make -s -j2")
    yield made
    shutil.rmtree(root)


# -- how each command is tried -----------------------------------------------------------


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
    tree.works(text, MEASURE=split_variables(text).get("MEASURE", "startup mmu_off"))


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
    done = tree.run(f"make {verb} CHECK=no-such-item")
    return re.search(r"there are: (.*)", done.stderr)[1].split(", ")


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
    tree.works(text)
    assert f"### {EXAMPLE}: " in (tree.source / "docs" / "coverage.md").read_text()


def help_text(tree, text):
    assert tree.works(text) == (TOP / "scripts" / "kbuild" / "help.txt").read_text()


# Its output stands in README.
CAUGHT_BUG = re.compile(r'make run PLATFORM=direct QEMU_ARGS="-dtb \$PWD/(\S+)" RUN=dt')
# What makes that tree, in README's order.
RECIPE = re.compile(r"(qemu-system-aarch64|fdtput) .*\bbad\.dtb .*")

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
    (CAUGHT_BUG.pattern, lambda tree, text: caught_bug(tree, text)),
    (r"make run( [A-Z_]+=(\"[^\"]*\"|'[^']*'|\S*))*", run_image),
    (r"make (check|prove|audit)( CHECK=.*)?", check_items),
    (r"make measure( MEASURE=(\"[^\"]*\"|\w+))?", measured),
    (r"make image", image_file),
    (r"make flash DEV=\S*", flash),
    (r"make coverage", coverage_page),
    (r"scripts/explain \S+", as_written),
]


def find_way(part):
    """(index in TABLE, function) of a simple command; (None, None) where there is none."""
    for index, (pattern, way) in enumerate(TABLE):
        if re.fullmatch(pattern, part):
            return index, way
    return None, None


@pytest.mark.parametrize("text", COMMANDS)
def test_command(tree, text):
    parts = parts_of(text)
    ways = [find_way(part)[1] for part in parts]
    unknown = [part for part, way in zip(parts, ways) if way is None]
    assert not unknown, f"{', '.join(COMMANDS[text])}: TABLE does not know how to try {unknown}"
    if "./scripts/setup" in parts and shutil.which("apt-get") is None:
        pytest.skip("scripts/setup installs on Debian only")
    if len(parts) > 1 and set(ways) <= {as_written, run_image}:
        ways[-1](tree, text)
        return
    for part, way in zip(parts, ways):
        way(tree, part)


def test_table_has_no_entry_too_many():
    used = {find_way(part)[0] for text in COMMANDS for part in parts_of(text)}
    assert not [TABLE[index][0] for index in set(range(len(TABLE))) - used], "no page uses these any more"


def test_ci_runs_the_readmes_line():
    last = (TOP / ".ci" / "run").read_text().splitlines()[-1]
    assert last in COMMANDS and any(where.startswith("README.md") for where in COMMANDS[last])


# -- README's caught bug ---------------------------------------------------------------


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


# -- names ---------------------------------------------------------------------------------


def help_targets():
    text = (TOP / "scripts" / "kbuild" / "help.txt").read_text()
    return set(re.findall(r"^  (\S+)  ", text, re.M))


# What pages call by a path that is not one of this tree: {pattern: whose it is}.
FOREIGN = {
    r"/dev/sdX|/tmp/x": "the user's machine",
    r"(~|\$HOME)/.*": "the user's own builds: stand_ins()",
    r"(\$PWD/)?bad\.dtb": "README's recipe makes it: bad_tree()",
    r"configs/NAME_defconfig": "named_defconfig() makes one",
    r"DIR/usr/(include|lib)": "GNUEFI= and LIBFDT=",
    r"Documentation/.*": "Linux",
    r"/chosen/(stdout-path|bootargs)": "a property",
    r"(always|special|fpu|foo|pl011)\.o": "an example's",
    r"machine\.dtb|check\.xml": "made by a run",
    r"I/O": "no path",
    r"assay\.conf": "on the disk image",
    r"build/check/edk2\.log": "made by make check",
    r"build/check/audit\.txt": "made by make audit",
}
# A name without its directory is told of one of these.
ROOTS = (".", "include", "arch/arm64/include", "scripts/kbuild", "scripts/image-files", "tests/platforms", "docs",
         f"tests/{EXAMPLE}")


def exists(word, tree):
    """A file of the tree, of the build, or for <word>, NAME or PLATFORM any such file."""
    pattern = re.sub(r"<\w+>|NAME|PLATFORM", "*", word)
    tops = [TOP, tree.source, tree.out, tree.out / "include" / "generated", tree.out / "tests" / EXAMPLE]
    return not pattern.startswith("/") and any(
        any(True for _ in (top / root).glob(pattern)) for top in tops for root in ROOTS)


def test_files_that_pages_name(tree):
    tree.works("make image")
    missing, used = [], set()
    for page, text in TEXT.items():
        for word in sorted(set(paths_in(text))):
            foreign = next((pattern for pattern in FOREIGN if re.fullmatch(pattern, word)), None)
            if foreign:
                used.add(foreign)
            elif not exists(word, tree):
                missing.append(f"{page}: {word}")
    assert not missing
    # What no page names any more.
    assert not set(FOREIGN) - used


def test_readme_names_every_page():
    assert [name for name in TEXT if name != "README.md" and name not in TEXT["README.md"]] == []


def test_platforms():
    known = PlatformSet(TOP / "tests" / "platforms").names()
    named = {match[1] for text in TEXT.values() for match in re.finditer(r"PLATFORM=([\w-]+)", text)}
    assert named - set(known) == {"list", "name"}


def test_variables():
    """Whatever reads them: the scripts, make, or (KCONFIG_SEED) the Kconfig tools."""
    files = [TOP / "Makefile", *(path for path in (TOP / "scripts").rglob("*") if path.suffix != ".pyc")]
    text = "\n".join(path.read_text(errors="replace") for path in files if path.is_file())
    readers = (r"(?:value|flag|_words|get)\(\"(\w+)\"", r"\$[({](\w+)", r"call asked,(\w)\)", r"origin (\w+)\)")
    known = {name for reader in readers for name in re.findall(reader, text)} | {"KCONFIG_SEED"}
    known.update(re.search(r"^WORDS = \((.*)\)$", (TOP / "scripts" / "flash").read_text(), re.M)[1].split('"')[1::2])
    found = names(r"(?<![\w.<-])([A-Z][A-Z_0-9]*)=")
    found = {name: where for name, where in found.items() if not name.startswith("CONFIG_")}
    assert len(found) > 10 and not {name: where for name, where in found.items() if name not in known}


def test_options(tree):
    declared = {name for path in tree.source.rglob("Kconfig*") for name in re.findall(r"^\s*config (\w+)$",
                                                                                 path.read_text(), re.M)}
    named = {match[1] for text in TEXT.values() for match in re.finditer(r"(?<!\w)CONFIG_([A-Z0-9_]+)", text)}
    assert named - declared == {"X"}


def test_words_of_the_command_line(tree):
    elf = Elf(tree.out / "assay.elf")
    known = {elf.read_string(elf.read_pointer(entry)) for entry in elf.table("param")}
    found = names(r"(?:^|[\s\"'])([a-z][a-z_]*)=")
    assert len(found) > 5 and not {name: where for name, where in found.items() if name not in known}


def test_functions():
    headers = [path for top in ("include", "arch/arm64/include", "lib", "drivers", "scripts")
               for path in (TOP / top).rglob("*.[chp]*")]
    text = "\n".join(path.read_text() for path in headers if path.suffix in (".c", ".h"))
    found = names(r"(?<![\w$.])([A-Za-z]\w+)\(")
    assert len(found) > 10
    assert not {name: where for name, where in found.items() if not re.search(rf"\b{name}\b", text)}


def test_cases(tree):
    """Every suite.case that a page names runs, in the image with everything in it."""
    cases = set(re.findall(r"^ *# run (\S+)", tree.default_run(), re.M))
    suites = {case.split(".")[0] for case in cases}
    named = {match[0] for text in TEXT.values()
             for match in re.finditer(rf"(?<![\w/.-])(?:{'|'.join(suites)})\.[\w*]+", text)}
    named = {name for name in named if name.split(".")[1] not in SUFFIXES}
    assert len(named) > 3 and not {name for name in named if not any(fnmatchcase(case, name) for case in cases)}
    globs = {glob for text in TEXT.values() for glob in re.findall(r"\b(?:run|skip)=([\w.*-]+)", text)}
    assert not {glob for glob in globs - {"suite.case"}
                if not any(fnmatchcase(case, glob) or case.startswith(f"{glob}.") for case in cases)}


# -- tables of the pages ---------------------------------------------------------------------


def test_example_of_the_output():
    """A whole verdict, by the parser that judges runs."""
    lines = [piece.text for piece in PIECES if piece.block and piece.where.startswith("docs/output.md")]
    parser = ktap.parse("\n".join(lines[:lines.index("")]) + "\n")
    assert parser.problems() == [] and len(parser.cases) > 3


def without_numbers(text):
    """Lines of the caught bug that both pages have; cases are numbered anew in a shorter example."""
    return [re.sub(r"^(\s*not ok) \d+ ", r"\1 N ", line) for line in text]


def test_example_of_the_output_is_readmes():
    readme = without_numbers(line for stretch in shown_output(next(text for text in COMMANDS if CAUGHT_BUG.fullmatch(text)))
                             for line in stretch)
    lines = [piece.text for piece in PIECES if piece.block and piece.where.startswith("docs/output.md")]
    lines = without_numbers(lines[:lines.index("")])
    first = next(n for n, line in enumerate(lines) if "not ok N timer" in line) - 1
    last = next(n for n, line in enumerate(lines) if line.lstrip().startswith("# hint:"))
    assert last - first > 7
    assert not [line for line in [*lines[:lines.index("...")], *lines[first:last + 1]] if line not in readme]


def test_statuses():
    rows = table_below("docs/output.md", "The runner's status")
    assert {int(row[0]): row[1] for row in rows} == status.NAMES


def test_items(tree):
    kinds = {name.split(".")[0] for name in item_names(tree)}
    assert {key.split(".")[0] for key in keys_of(table_below("docs/output.md", "make check"))} == kinds


def test_keys_of_a_platform():
    rows = table_below("docs/platforms.md", "Keys of a platform file")
    assert sorted(keys_of(rows)) == sorted({"base", *TYPES} - {"name"})
    defaults = {item.name: item.default for item in fields(Platform)}
    for row in rows:
        for key in keys_of([row]):
            shown = row[1].strip("`\"")
            real = defaults.get(key)
            assert shown == {True: "true", False: "false"}.get(real, real if isinstance(real, (str, int)) else "") \
                or shown == str(real), f"{key}: {shown!r} for {real!r}"


def test_keys_of_a_defect():
    rows = table_below("docs/platforms.md", "Planted defects")
    assert sorted(keys_of([row[:1] for row in rows])) == sorted(set(defects.TYPES) - {"name"})


def test_variables_of_make_run_are_in_help():
    text = (TOP / "scripts" / "kbuild" / "help.txt").read_text()
    shown = re.findall(r"([A-Z_]+)=", " ".join(row[0] for row in table_below("docs/platforms.md",
                                                                            "Variables of make run")))
    assert len(shown) > 10 and not [name for name in shown if f"{name}=" not in text]
