# SPDX-License-Identifier: BSD-2-Clause
"""Runs one platform: command line, log, process, verdict."""

import shlex
from dataclasses import replace

from . import acpi, ktap, qemu, verdict
from .migrate import MovingConsole
from .process import Console


def log_path(platform, setup):
    return setup.logs / f"{platform.name}.log"


def open_log(platform, setup, command):
    """The log begins with the command line, so that it can be run again by hand."""
    setup.logs.mkdir(parents=True, exist_ok=True)
    log = open(log_path(platform, setup), "wb")
    log.write(f"# {shlex.join(command)}\n".encode())
    return log


def _with_edited_tables(platform, setup):
    """Commands for the EFI shell that edit ACPI tables, which takes a first boot to find them."""
    if not platform.acpi_edits or setup.shell_before:
        return setup
    tables = acpi.snapshot(platform, setup)
    return replace(setup, shell_before=acpi.shell_commands(tables, platform.acpi_edits))


def run(platform, setup, on_event=None, parser=None, on_tick=None):
    """Run @platform to its end; returns a verdict.Result."""
    parser = parser or ktap.Parser()
    setup = _with_edited_tables(platform, setup)
    command = qemu.build_command(platform, setup, setup.logs / platform.name)
    with open_log(platform, setup, command) as log:
        kind = MovingConsole if platform.migrate else Console
        console = kind(command, parser, log, on_event, type_at=platform.type_at,
                       idle=platform.idle_timeout, total=platform.timeout, on_tick=on_tick,
                       ends=platform.powers_off)
        ending = console.run()
    return verdict.make_result(platform, parser, ending, log_path(platform, setup),
                               qemu.unbootable(platform, setup))
