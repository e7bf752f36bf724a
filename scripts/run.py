#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make run: boots the image on one platform and shows its verdict (docs/platforms.md)."""

import os
import sys

from assay import environment, gdb, junit, ktap, report, runner, status
from assay.process import Interrupted, catch_signals, stop_all


def list_platforms():
    width = max(len(name) for name in environment.platforms().names())
    for platform in environment.platforms().load_all():
        print(f"{platform.name:{width}}  {platform.about}")
    return status.GOOD


def write_junit(result):
    """Beside the log; a run does not need it, so that only its absence is told."""
    junit.write_figures(result.log.with_suffix(".json"), result)
    try:
        junit.write(result.log.with_suffix(".xml"), [junit.image_suite(result)])
    except status.UsageError as err:
        print(f"run: no JUnit file: {err}", file=sys.stderr)


def run_platform(name):
    platform = environment.chosen(name)
    if name in environment.platforms().names():
        # A file of the user's own knows the failures of the user's own builds.
        platform, note = environment.unexcused(platform, "QEMU", "FIRMWARE")
        if note:
            print(f"run: {note}", file=sys.stderr, flush=True)
    setup = environment.setup(environment.image_for(platform), environment.output() / "logs")
    if environment.flag("GDB"):
        return gdb.debug(platform, setup)
    show = report.make_report(environment.flag("V"))
    parser = show.parser = ktap.Parser()
    result = runner.run(platform, setup, show.event, parser, show.tick,
                        resume=environment.flag("RESUME", "1"))
    show.end(result)
    write_junit(result)
    return result.status


def main():
    catch_signals()
    name = environment.value("PLATFORM", environment.DEFAULT_PLATFORM)
    try:
        return list_platforms() if name == "list" else run_platform(name)
    except status.UsageError as err:
        print(f"run: {err}", file=sys.stderr)
        return status.USAGE
    except Interrupted as err:
        print(f"run: ended by {err}; QEMU is gone too", file=sys.stderr)
        return status.INTERRUPTED
    except BrokenPipeError:
        # Who reads our output went away: nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status.INTERRUPTED
    finally:
        stop_all()


if __name__ == "__main__":
    sys.exit(main())
