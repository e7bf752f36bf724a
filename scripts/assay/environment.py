# SPDX-License-Identifier: BSD-2-Clause
"""The variables of make's command line, as the scripts get them: PLATFORM SMP MEM APPEND RUN ..."""

import os
import re
import shlex
from dataclasses import replace
from pathlib import Path

from . import qemu, variant
from .platform import PlatformSet
from .status import UsageError

DEFAULT_PLATFORM = "edk2"


def value(name, default=""):
    return os.environ.get(name, "").strip() or default


def flag(name, default="0"):
    return value(name, default) not in ("0", "n", "no", "off")


def source():
    """The source tree: ASSAY_SRC, or the one that these scripts lie in."""
    return Path(value("ASSAY_SRC", str(Path(__file__).resolve().parents[2])))


def build():
    """The build directory that make works in."""
    return Path(value("ASSAY_OBJ", str(source()))).absolute()


def output():
    """Where logs, disks and further builds go: build/ where the sources are built in place."""
    return build() / "build" if build().resolve() == source().resolve() else build()


def platforms():
    return PlatformSet(source() / "tests" / "platforms")


def _memory(text):
    if not re.fullmatch(r"\d+[KMGkmg]?", text):
        raise UsageError(f"MEM={text}: expected a number of MiB, or with a letter as in 8G")
    return text if text[-1].isalpha() else f"{text}M"


def _cpus(text):
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"SMP={text}: expected a number of CPUs")
    return int(text)


def _words(name):
    try:
        return shlex.split(value(name))
    except ValueError as err:
        raise UsageError(f"{name}={value(name)}: {err}") from err


def _machine():
    """Keys of a platform by SMP, MEM and MIGRATE."""
    changes = {}
    if value("SMP"):
        changes["smp"] = _cpus(value("SMP"))
    if value("MEM"):
        changes["mem"] = _memory(value("MEM"))
    if flag("MIGRATE"):
        changes["migrate"] = True
    return changes


def chosen(name):
    """The platform of that name with what SMP, MEM, MIGRATE, APPEND and RUN say; what is known to
    fail is that of the machine as it is then."""
    platform = platforms().load(name, **_machine())
    words = [value("APPEND")]
    if value("RUN"):
        words.append("run=" + ",".join(value("RUN").split()))
    return platform.with_append(*words)


def unexcused(platform, *variables):
    """
    (platform, note): the known failures in tests/platforms are those of the QEMU and the
    firmware that distributions have. A build that the user gives by one of @variables is what
    is tested: there a bug must show, and one that was mended is no failure.
    """
    given = [f"{name}=" for name in variables if value(name)]
    if not given or not platform.xfails:
        return platform, ""
    note = (f"{' and '.join(given)} given: the known failures of Debian's builds count as failures:"
            f" {', '.join(platform.xfails)}")
    return replace(platform, xfails={}), note


def setup(image, logs):
    """QEMU, FIRMWARE, ACCEL and QEMU_ARGS as the user gave them, for an image."""
    return qemu.Setup(image=image, logs=logs, qemu=value("QEMU", qemu.DEFAULT_QEMU),
                      firmware=value("FIRMWARE"), accel=value("ACCEL", "tcg"),
                      qemu_args=_words("QEMU_ARGS"))


def image_for(platform):
    """The user's own build, or a variant of the defconfig where the platform asks for one."""
    if platform.variant:
        return variant.build(source(), output(), platform.variant)
    return build() / "Image"
