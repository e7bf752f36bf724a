# SPDX-License-Identifier: BSD-2-Clause
"""
Builds the image beside the user's own: configs/defconfig with tests/variants/<name>.config, or
configs/<board>_defconfig as it stands.
"""

import os
import re
import shutil
import subprocess
import threading

from .status import UsageError
from .tools import find_tool

SYMBOL = re.compile(r"^(?:# )?(CONFIG_\w+)[= ]")
DEFCONFIG = "defconfig"         # the variant with nothing on top
# What belongs to the make that called us: its job server, flags and overrides.
PRIVATE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCONFIG_CONFIG",
           "KBUILD_OUTPUT", "O")
SEEDED = ("arch", "drivers", "include", "lib", "tests")     # where a build has its objects
_one_build_at_a_time = threading.Lock()


def _symbols(text):
    """{symbol: line} of a .config or a fragment."""
    found = {}
    for line in text.splitlines():
        match = SYMBOL.match(line)
        if match:
            found[match[1]] = line
    return found


def _make(source, out, log, *targets):
    env = {key: val for key, val in os.environ.items() if key not in PRIVATE}
    command = [find_tool("make"), "-C", str(source), f"O={out}", "-j2", "-s", *targets]
    with open(log, "ab") as file:
        proc = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, env=env,
                              stdin=subprocess.DEVNULL, check=False)
    if proc.returncode:
        tail = log.read_text(errors="replace").splitlines()[-12:]
        raise UsageError("\n  ".join([f"{' '.join(command)} failed (all of it in {log}):", *tail]))


def _merge(config, fragment):
    """Lines of @fragment in place of those for the same symbols."""
    wanted = _symbols(fragment)
    kept = [line for line in config.splitlines()
            if not (SYMBOL.match(line) and SYMBOL.match(line)[1] in wanted)]
    return "\n".join([*kept, *wanted.values()]) + "\n"


def _check(config, fragment, path):
    have = _symbols(config.read_text())
    for symbol, line in _symbols(fragment).items():
        found = have.get(symbol, "#")
        if found != line and not (line.startswith("#") and found.startswith("#")):
            raise UsageError(f"{path}: {line} did not take: the symbol is unknown, or what it"
                             " depends on is off")


def build(source, obj, name):
    """Path of the Image of variant @name, built or brought up to date."""
    with _one_build_at_a_time:
        _seed(source, obj, obj / "variants" / name)
        out, log = _configure(source, obj / "variants" / name, name)
        _make(source, out, log)
    return out / "Image"


def _seed(source, obj, out):
    """
    Begin a new variant with the objects of a build that is there: make compiles again what the
    variant's options change, which is all of it for few of them. Of a build in the source tree
    no command is the same. Never a part of a build: it comes into its place at once.
    """
    bases = [base for base in (obj / "variants" / DEFCONFIG, obj)
             if base not in (out, source) and (base / "include/config/auto.conf").is_file()]
    if out.exists() or not bases:
        return
    seed = out.with_name(f"{out.name}.seed")
    shutil.rmtree(seed, ignore_errors=True)
    for part in SEEDED:
        if (bases[0] / part).is_dir():
            shutil.copytree(bases[0] / part, seed / part, symlinks=True)
    seed.rename(out)


def symbols(source, obj, name):
    """The symbols that are y in the configuration of variant @name; nothing is built."""
    with _one_build_at_a_time:
        out, _ = _configure(source, obj / "configurations" / name, name)
    lines = _symbols((out / ".config").read_text())
    return {symbol for symbol, line in lines.items() if line == f"{symbol}=y"}


def _configure(source, out, name):
    """Write .config of a variant into @out; (@out, its log)."""
    whole = name.endswith(DEFCONFIG)
    path = (source / "configs" / name if whole else
            source / "tests" / "variants" / f"{name}.config")
    if not path.is_file():
        raise UsageError(f"{path}: there is no such variant")
    out.mkdir(parents=True, exist_ok=True)
    log = out / "build.log"
    log.write_bytes(b"")
    if whole:
        _make(source, out, log, path.name)
    else:
        # On top of the defconfig's own few lines: what they select comes anew.
        config, fragment = out / ".config", path.read_text()
        config.write_text(_merge((source / "configs" / "defconfig").read_text(), fragment))
        _make(source, out, log, "olddefconfig")
        _check(config, fragment, path)
    return out, log
