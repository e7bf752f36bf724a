# SPDX-License-Identifier: BSD-2-Clause
"""
Planted defects: a table each in tests/defects/*.toml. Each is loaded, planted, run, and must
be caught. The keys are described in docs/platforms.md.
"""

import shutil
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from . import acpi, dtb, edits, ktap, qemu, shim, status
from .platform import TYPES as PLATFORM_TYPES, check_value, load_toml
from .status import UsageError


@dataclass(frozen=True)
class Defect:
    """What is planted, and who must catch it."""
    name: str
    about: str = ""
    source: str = ""                # where the idea comes from: a link, or a row of a specification
    platform: str = ""
    caught_by: list = field(default_factory=list)   # these cases fail
    says: list = field(default_factory=list)        # words in the lines of the first of them
    only: bool = False              # every other case comes out as without the defect
    skipped: list = field(default_factory=list)     # but for these, which it leaves nothing to look at
    status: str = ""                # or: how the run ends, where it has no whole verdict
    append: str = ""
    fault: list = field(default_factory=list)       # words for fault=
    replaces: dict = field(default_factory=dict)    # keys of the platform
    machine_options: dict = field(default_factory=dict)
    qemu_args: list = field(default_factory=list)
    described_as: str = ""          # platform whose tree describes the machine
    tree: list = field(default_factory=list)        # edits of the tree
    reservation: list = field(default_factory=list) # entries of its memory reservation block
    tree_bytes: list = field(default_factory=list)  # raw edits of it: offset, bytes
    acpi: list = field(default_factory=list)        # edits of tables: table, offset, bytes
    image_bytes: list = field(default_factory=list) # edits of the Image: offset, bytes
    code: list = field(default_factory=list)        # other instructions: in, was, now
    entry_asm: list = field(default_factory=list)   # assembler that runs before the entry
    captured_asm: list = field(default_factory=list)    # and behind the capture of its state
    variant: str = ""


TYPES = {item.name: item.type for item in fields(Defect)}
ASM_KEYS = ("entry_asm", "captured_asm")
FAULTS_VARIANT = "faults"
PLANTS = ("append", "fault", "replaces", "machine_options", "qemu_args", "described_as", "variant",
          *edits.KEYS, *ASM_KEYS)
STATUSES = {name: number for number, name in status.NAMES.items()}


def _check_replaces(where, values):
    unknown = set(values) - set(PLATFORM_TYPES)
    if unknown:
        raise UsageError(f"{where} replaces what no platform has: {', '.join(sorted(unknown))}")
    return {key: check_value(where, key, value) for key, value in values.items()}


def _read(path, name, data):
    """One entry of a file; UsageError naming file, entry and key when it makes no sense."""
    where = f"{path}: [{name}]"
    for key, value in data.items():
        if key not in TYPES or key == "name":
            raise UsageError(f"{where} has the unknown key {key!r}")
        if type(value) is not TYPES[key]:
            raise UsageError(f"{where} {key} is {value!r}, expected {TYPES[key].__name__}")
        if key in edits.KEYS:
            edits.check(where, key, value)
        if key in ASM_KEYS and not all(isinstance(line, str) for line in value):
            raise UsageError(f"{where} {key} holds something that is not a line of assembler")
        if key == "replaces":
            data[key] = _check_replaces(where, value)
    defect = Defect(name=name, **data)
    for key in ("about", "source", "platform"):
        if not getattr(defect, key):
            raise UsageError(f"{where} lacks {key}")
    if not any(getattr(defect, key) for key in PLANTS):
        raise UsageError(f"{where} plants nothing: give one of {', '.join(PLANTS)}")
    if not all(isinstance(word, str) and " " not in word for word in defect.fault):
        raise UsageError(f"{where} fault holds something that is not a word")
    if defect.fault and defect.variant:
        raise UsageError(f"{where} has both fault and variant: faults take an image of their own")
    if bool(defect.caught_by) == bool(defect.status):
        raise UsageError(f"{where}: give the cases that catch it (caught_by), or how the run ends"
                         " (status)")
    if defect.status and defect.status not in STATUSES:
        raise UsageError(f"{where} status is {defect.status!r}, expected one of"
                         f" {', '.join(STATUSES)}")
    return defect


def load(path):
    """The defects of one file, a table each."""
    found = []
    for name, data in load_toml(path).items():
        if not isinstance(data, dict):
            raise UsageError(f"{path}: {name} stands outside of a table [name-of-the-defect]")
        found.append(_read(path, name, data))
    return found


def load_all(directory):
    """Every defect of a directory; names are unique over all its files."""
    found = {}
    for path in sorted(Path(directory).glob("*.toml")):
        for defect in load(path):
            if defect.name in found:
                raise UsageError(f"{path}: a second defect of the name {defect.name}")
            found[defect.name] = defect
    return list(found.values())


def _plant_tree(defect, described, setup, work):
    path = qemu.machine_dtb(described, setup, work / "planted.dtb")
    edits.apply_to_tree(defect, path)
    return path


def suites_to_run(defect, platform):
    """
    Globs of the suites that must catch it; "" for a whole run: where other cases are compared,
    where the run has no verdict, and where all that catches it is behind the suites.
    """
    suites = sorted({case.partition(".")[0] for case in defect.caught_by} - {ktap.ENVIRONMENT})
    if defect.only or defect.status or platform.run or "run=" in defect.append:
        return platform.run
    return ",".join(f"{suite}.*" for suite in suites)


def plant(defect, platform, described, setup, tables):
    """
    (platform, setup) with the defect in place.

    @described: platform whose tree is passed; @tables: function that gives the
    ACPI tables of a platform.
    """
    work = setup.logs / f"{defect.name}.planted"
    work.mkdir(parents=True, exist_ok=True)
    platform = replace(platform, **defect.replaces)
    options = {**platform.machine_options, **defect.machine_options}
    platform = replace(platform, machine_options=options,
                       qemu_args=[*platform.qemu_args, *defect.qemu_args])
    if edits.any_of_tree(defect) or defect.described_as:
        tree = _plant_tree(defect, described, setup, work)
        if platform.dtb == "machine":
            setup = replace(setup, files={**setup.files, qemu.MACHINE_DTB: tree})
        else:
            setup = replace(setup, dtb=tree)
    if defect.acpi:
        if platform.boot != "shell":
            raise UsageError(f"{defect.name}: ACPI tables are edited from the EFI shell: its"
                             " platform needs boot = \"shell\"")
        both = [*platform.acpi_edits, *defect.acpi]
        setup = replace(setup, shell_before=acpi.shell_commands(tables(platform), both))
    elf = setup.image.parent / "assay.elf"
    if defect.image_bytes:
        image = work / "Image"
        shutil.copyfile(setup.image, image)
        for edit in defect.image_bytes:
            dtb.patch(image, edit["offset"], bytes.fromhex(edit["bytes"]))
        setup = replace(setup, image=image)
    if defect.code or defect.entry_asm or defect.captured_asm:
        image = shim.plant(defect, platform, setup.image, elf, work)
        setup = replace(setup, image=image)
    platform = replace(platform, name=defect.name, run=suites_to_run(defect, platform))
    words = [defect.append, *(f"fault={word}" for word in defect.fault)]
    return platform.with_append(" ".join(word for word in words if word)), setup


def problems(defect, result, healthy):
    """Why the defect counts as not caught, [] when it was. @healthy: run without it."""
    if defect.status:
        wanted = STATUSES[defect.status]
        if result.status != wanted:
            return [f"expected the run to end with \"{defect.status}\", got"
                    f" \"{status.NAMES[result.status]}\": {result.headline}"]
        text = "\n".join([result.headline, *result.details, *result.parser.firmware])
        return [f"its messages lack \"{words}\"" for words in defect.says if words not in text]
    if result.status != status.FAILURES:
        return [f"expected a whole verdict with failures, got \"{status.NAMES[result.status]}\":"
                f" {result.headline}", *result.details]
    return _case_problems(defect, result, healthy)


def _case_problems(defect, result, healthy):
    cases = {case.id: case for case in result.parser.cases}
    found = []
    for case_id in defect.caught_by:
        case = cases.get(case_id)
        if case is None:
            found.append(f"{case_id} should catch it, and there is no such case")
        elif case.verdict not in ktap.FAILED:
            found.append(f"{case_id} should catch it, and came out as {case.verdict}"
                         f" {case.reason}".rstrip())
    catcher = cases.get(defect.caught_by[0])
    text = "\n".join([catcher.reason, *catcher.diag]) if catcher else ""
    found += [f"{defect.caught_by[0]}: its lines lack \"{words}\""
              for words in defect.says if words not in text]
    return found + (_harm(defect, cases, healthy) if defect.only else [])


def _harm(defect, cases, healthy):
    """Cases beside the catchers that came out in another way than without the defect."""
    return [f"{case.id}: {cases[case.id].verdict if case.id in cases else 'missing'}, without the"
            f" defect {case.verdict}"
            for case in healthy.parser.cases if case.id not in defect.caught_by
            and not (case.id in defect.skipped and case.id in cases
                     and cases[case.id].verdict == ktap.SKIP)
            and (case.id not in cases or cases[case.id].verdict != case.verdict)]


def never_failed(all_cases, results):
    """Ids of cases that failed in no run of @results; what a machine is known to lack is a failure."""
    failed = {case.id for result in results for case in result.parser.cases
              if case.verdict in (*ktap.FAILED, ktap.XFAIL)}
    return sorted(set(all_cases) - failed)
