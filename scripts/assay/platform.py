# SPDX-License-Identifier: BSD-2-Clause
"""Loads tests/platforms/*.toml; every key is described in docs/platforms.md."""

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path

from . import edits, grid, sets
from .status import UsageError
from .tools import BOARDS

BOOT_METHODS = ("kernel", "disk", "shell", "booti", "loader")
DTB_SOURCES = ("none", "machine")
FIRMWARE_OPTIONS = ("bios", "kernel")
DISKS = ("virtio", "sd")


@dataclass(frozen=True)
class Platform:
    """One machine with one firmware and one way to boot."""
    name: str
    about: str = ""
    machine: str = "virt"
    machine_options: dict = field(default_factory=dict)
    cpu: str = "cortex-a57"
    smp: int = 1
    mem: str = "256M"
    firmware: str = "none"          # none, edk2, u-boot or the path of a file
    firmware_option: str = "bios"   # QEMU's option that takes it: bios, kernel
    boot: str = "kernel"
    disk: str = "virtio"            # what the EFI system partition is on: virtio, sd
    acpi: bool = True               # QEMU describes the machine with ACPI, where it can
    dtb: str = "none"               # machine: its own tree, by dtb= on the EFI system partition
    tree: list = field(default_factory=list)        # edits of the tree that describes the machine
    reservation: list = field(default_factory=list) # entries of its memory reservation block
    writes: list = field(default_factory=list)      # before the entry: address, value (32 bits)
    loader_base: int = 0x40000000   # start of the RAM that boot = "loader" uses
    acpi_edits: list = field(default_factory=list)  # edits of its ACPI tables
    serial: int = 0                 # which of the machine's serial lines is the console
    words: bool = True              # false: nothing hands words to the image
    append: str = ""
    run: str = ""                   # globs: only these cases
    powers_off: bool = True         # the image can end this machine
    timeout: int = 60               # seconds for the whole run
    idle_timeout: int = 20          # seconds without a byte of output
    icount: bool = True
    migrate: bool = False           # the machine moves to another QEMU when the image asks
    qemu_args: list = field(default_factory=list)
    type_at: dict = field(default_factory=dict)     # prompt of the firmware = keys to answer with
    variant: str = ""               # image built with tests/variants/<variant>.config
    same_registers_as: str = ""     # platform whose register dump at the first case is the same
    sets: list = field(default_factory=list)        # shared tables of SKIPs: sets/<name>.toml
    skips: dict = field(default_factory=dict)
    xfails: dict = field(default_factory=dict)

    def with_append(self, *words):
        """The same platform with more words on the image's command line."""
        return replace(self, append=" ".join(filter(None, [self.append, *words])))

    def _sizes(self):
        """What QEMU was told of the machine, where what describes the machine says the same."""
        other = self.tree or self.reservation or self.acpi_edits or self.boot == "loader"
        if self.machine != "virt" or other or not self.runs("setup.cpus_are_as_said"):
            return ""
        return f"smp={self.smp} mem={self.mem}"

    def command_line(self):
        """Words for the image: the machine's sizes, the platform's own, and its known failures."""
        if not self.words:
            return ""
        known = [f'xfail="{case}:{reason}"' for case, reason in self.xfails.items()]
        run = f"run={self.run}" if self.run else ""
        migrate = "migrate=on" if self.migrate else ""
        return " ".join(filter(None, [run, self._sizes(), self.append, migrate, *known]))

    def runs(self, case):
        """Whether the case is among those that the platform runs."""
        globs = [glob if "." in glob else f"{glob}.*" for glob in self.run.split(",")]
        return not self.run or any(fnmatchcase(case, glob) for glob in globs)


TYPES = {item.name: item.type for item in fields(Platform)}
DEFAULTS = {"name": "", **{key: getattr(Platform("", ""), key) for key in TYPES if key != "name"}}
TABLES = ("machine_options", "type_at", "skips", "xfails")
EDITS = {"tree": "tree", "reservation": "reservation", "acpi_edits": "acpi", "writes": "writes"}
CASE_NAME = re.compile(r"^[\w-]+\.[\w-]+$")


def load_toml(path):
    """The tables of a file, or UsageError naming file and place."""
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as err:
        raise UsageError(f"{path}: there is no such file") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise UsageError(f"{path}: {err}") from err


def check_value(path, key, value):
    """The value of a platform's key, in its own type; UsageError naming @path when it cannot be."""
    wanted = TYPES[key]
    if key in TABLES and isinstance(value, dict):
        wanted = dict
    if key == "mem" and type(value) is int:
        value = f"{value}M"
    if type(value) is not wanted:
        raise UsageError(f"{path}: {key} is {value!r}, expected {wanted.__name__}")
    if key in EDITS:
        edits.check(path, EDITS[key], value)
    elif wanted is list and not all(isinstance(item, str) for item in value):
        raise UsageError(f"{path}: {key} holds something that is not a string")
    return value


def _check_choices(path, platform):
    choices = {"boot": BOOT_METHODS, "dtb": DTB_SOURCES, "disk": DISKS,
               "firmware_option": FIRMWARE_OPTIONS}
    for key, allowed in choices.items():
        value = getattr(platform, key)
        own = key == "dtb" and (value.endswith(".dts") or value.startswith(BOARDS))
        if value not in allowed and not own:
            raise UsageError(f"{path}: {key} is {value!r}, expected one of {', '.join(allowed)}")
    if platform.boot == "loader" and platform.firmware != "none":
        raise UsageError(f"{path}: boot is 'loader', which is without a firmware")
    if platform.writes and platform.boot != "loader":
        raise UsageError(f"{path}: writes are done by what enters the image: boot = \"loader\"")
    if platform.acpi_edits and platform.boot != "shell":
        raise UsageError(f"{path}: ACPI tables are edited from the EFI shell: boot = \"shell\"")
    if platform.boot in ("disk", "shell") and platform.firmware == "none":
        raise UsageError(f"{path}: boot is {platform.boot!r}, which needs a firmware")
    if platform.boot == "booti" and platform.firmware == "none":
        raise UsageError(f"{path}: boot is 'booti', which needs firmware = \"u-boot\"")
    if platform.dtb == "machine" and platform.boot not in ("disk", "shell"):
        raise UsageError(f"{path}: dtb = \"machine\" needs an EFI system partition: boot = \"disk\""
                         " or \"shell\"")
    if not platform.about:
        raise UsageError(f"{path}: about is missing: one line on what this platform is")


def _check_tables(path, data):
    for table in sets.TABLES:
        for name, reason in data.get(table, {}).items():
            if not CASE_NAME.match(name):
                raise UsageError(f"{path}: [{table}] \"{name}\" is not of the form \"suite.case\"")
            if reason is not False and not (isinstance(reason, str) and reason):
                raise UsageError(f"{path}: [{table}] \"{name}\" needs its reason, or false to take"
                                 " away the base's entry")


def _read(path):
    return _checked(path, load_toml(path))


def _checked(path, data):
    for key, value in data.items():
        if key == "base":
            if not isinstance(value, str):
                raise UsageError(f"{path}: base is {value!r}, expected the name of a platform")
        elif key == "name" or key not in TYPES:
            raise UsageError(f"{path}: unknown key {key!r}")
        else:
            data[key] = check_value(path, key, value)
    _check_tables(path, data)
    return data


def _merge(base, data):
    merged = {**base, **{key: value for key, value in data.items() if key != "base"}}
    for table in TABLES:
        if table in base and table in data:
            merged[table] = {**base[table], **data[table]}
    return merged


class PlatformSet:
    """The platforms of one directory, read when asked for."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.sets = sets.SharedSets(self.directory / "sets", DEFAULTS, _check_tables)

        self._grids = None

    def grids(self):
        """{name: (file, keys)} of the platforms that are places of a grid."""
        if self._grids is None:
            files = sorted((self.directory / "grids").glob("*.toml"))
            self._grids = {name: (path, keys) for path in files
                           for name, keys in grid.expand(path, load_toml(path)).items()}
        return self._grids

    def names(self):
        return sorted([*(path.stem for path in self.directory.glob("*.toml")), *self.grids()])

    def path(self, name):
        """File of a platform; a name with a slash or .toml is the user's own file."""
        if "/" in name or name.endswith(".toml"):
            return Path(name)
        if name in self.grids():
            return self.grids()[name][0]
        path = self.directory / f"{name}.toml"
        if not path.is_file():
            raise UsageError(f"unknown platform {name!r}; there are: {', '.join(self.names())}")
        return path

    def _data(self, path, chain):
        if path in chain:
            names = " -> ".join(item.stem for item in [*chain, path])
            raise UsageError(f"{path}: base goes round in a circle: {names}")
        return self._based(path, _read(path), [*chain, path])

    def _based(self, path, data, chain):
        """@data on top of what its base has."""
        if "base" not in data:
            return data
        base = self.directory / f"{data['base']}.toml"
        if not base.is_file():
            raise UsageError(f"{path}: base names {data['base']!r}, which is not there")
        return _merge(self._data(base, chain), data)

    def _own(self, name, path):
        """Name and keys of a platform, its bases' among them."""
        if name in self.grids():
            return name, self._based(path, _checked(path, self.grids()[name][1]), [path])
        return path.stem, self._data(path, [])

    def load(self, name, **changes):
        """A platform, with some of its keys changed before it is asked which sets hold."""
        path = self.path(name)
        name, data = self._own(name, path)
        data = {**data, **changes}
        own = {"name": name, **data}
        shared = self.sets.tables({key: own.get(key, default) for key, default in DEFAULTS.items()},
                                  path)
        for table in sets.TABLES:
            entries = {**shared[table], **data.get(table, {})}.items()
            data[table] = {case: why for case, why in entries if why is not False}
        platform = Platform(name=name, **data)
        _check_choices(path, platform)
        if platform.same_registers_as:
            self.path(platform.same_registers_as)
        return platform

    def load_all(self):
        return [self.load(name) for name in self.names()]
