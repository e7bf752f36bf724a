# SPDX-License-Identifier: BSD-2-Clause
"""
Files, platforms, variables, options, words, functions and cases that README.md and docs/ name
exist, and their tables are whole.
"""

import re
import sys
from dataclasses import fields
from fnmatch import fnmatchcase

from docpages import COMMANDS, PIECES, SUFFIXES, TEXT, keys_of, names, paths_in, table_below
from docstree import EXAMPLE
from docways import CAUGHT_BUG, item_names, shown_output
from hosttest import TOP

sys.path.insert(0, str(TOP / "scripts"))

from assay import defects, ktap, status  # noqa: E402
from assay.elf import Elf  # noqa: E402
from assay.platform import TYPES, Platform, PlatformSet  # noqa: E402

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
    r"machine\.dtb|check\.xml|logs/PLATFORM\.tap": "made by a run",
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
    tree.default_run()          # for its logs
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
    # Of the framework's own test, which the image of a user is without.
    selftest = "".join(path.read_text() for path in (TOP / "tests" / "selftest").glob("*.c"))
    known.update(re.findall(r"^PARAM\((\w+),", selftest, re.M))
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
