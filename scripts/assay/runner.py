# SPDX-License-Identifier: BSD-2-Clause
"""Runs one platform: command line, log, process, verdict."""

import shlex
from dataclasses import replace

from . import acpi, ktap, qemu, resume, status, verdict
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


def _part(platform, setup, log, parser, options):
    """One process to its end."""
    command = qemu.build_command(platform, setup, setup.logs / platform.name)
    log.write(f"# {shlex.join(command)}\n".encode())
    kind = MovingConsole if platform.migrate else Console
    console = kind(command, parser, log, options.get("on_event"), type_at=platform.type_at,
                   idle=platform.idle_timeout, total=platform.timeout,
                   on_tick=options.get("on_tick"), ends=platform.powers_off,
                   until=_until(parser, options))
    ending = console.run()
    if ending.reason == "done" and not parser.over():
        ending = replace(ending, reason="cut")
    return ending


def _until(parser, options):
    """True: the machine is ended. A start that kept nothing would do it all again."""
    cut = options.get("cut") or (lambda parser: False)
    again = options.get("resume")
    return lambda: cut(parser) or (again and parser.begins_anew())


def _begin_log(platform, setup):
    setup.logs.mkdir(parents=True, exist_ok=True)
    # Of an older run it would stand beside this one's log.
    log_path(platform, setup).with_suffix(".tap").unlink(missing_ok=True)
    return open(log_path(platform, setup), "wb")


def run(platform, setup, on_event=None, parser=None, on_tick=None, **options):
    """
    Run @platform to its end; returns a verdict.Result. Options: resume=True starts the machine
    again behind a case that has ended the run; cut(parser) ends it where that is True.
    """
    parser = parser or ktap.Parser()
    setup = _with_edited_tables(platform, setup)
    options.update(on_event=on_event, on_tick=on_tick)
    with _begin_log(platform, setup) as log:
        ending = _part(platform, setup, log, parser, options)
        first = parser, ending
        if options.get("resume") and resume.is_broken(parser, ending):
            parser, ending = _go_on(platform, setup, log, parser, ending, options)
    found = verdict.make_result(platform, parser, ending, log_path(platform, setup),
                                qemu.unbootable(platform, setup))
    if parser is not first[0] and found.status not in (status.GOOD, status.FAILURES):
        # It led nowhere: how it ended first is what there is to tell, with all that came behind.
        found = verdict.make_result(platform, *first, log_path(platform, setup), "")
        found.parser = parser
    return found


def _go_on(platform, setup, log, parser, ending, options):
    """Part by part to the end; returns a parser that has seen all, and an Ending."""
    joined, endings = resume.Joined(), [ending]
    behind = joined.add(parser, ending)
    while behind is not None and ending.reason != "stopped":
        parser = ktap.Parser()
        ending = _part(resume.behind(platform, behind, joined.early), setup, log, parser, options)
        endings.append(ending)
        behind = joined.add(parser, ending)
    whole = joined.parser(parser)
    if not parser.finished():
        whole.broken += parser.problems() or ["the last part did not end"]
    else:
        ktap_path = log_path(platform, setup).with_suffix(".tap")
        ktap_path.write_text(resume.ktap_text(whole))
    return whole, resume.joined_ending(endings)
