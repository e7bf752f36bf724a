#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""
make check: the tests of the build machine, the image on every platform, the
framework's own test, and every planted defect. CHECK="glob ..." takes a part.
"""

import sys
from difflib import get_close_matches
from fnmatch import fnmatchcase

from assay import (audit_items, defects, environment, items, junit, pool, resume_items,
                   sabotage_items, screen, status, stick)
from assay.context import Context
from assay.process import Interrupted, catch_signals, stop_all


def _nearest(glob, found):
    """What may have been meant: there are hundreds of names."""
    names = [item.name for item in found]
    near = get_close_matches(glob, names, n=5, cutoff=0.5)
    kinds = sorted({name.partition(".")[0] for name in names})
    return f"the nearest are: {', '.join(near)}" if near else f"there are: {', '.join(kinds)}"


def select(found, globs):
    """The items that a glob names; one that names none is an error, not a success."""
    for glob in globs:
        if not any(fnmatchcase(item.name, glob) for item in found):
            raise status.UsageError(f"CHECK={glob} names no item; {_nearest(glob, found)}")
    return [item for item in found
            if not globs or any(fnmatchcase(item.name, glob) for glob in globs)]


def all_items(context):
    return [items.HostItem(), *items.platform_items(context), *items.selftest_items(),
            *sabotage_items.sabotage_items(context),
            *items.gdb_items(), *screen.screen_items(), *stick.stick_items(),
            *resume_items.resume_items(),
            *items.end_items(context),
            *audit_items.audit_items(context, whole=False),
            *items.defect_items(context)]


def _results(context, names):
    """Of those platforms that can be run here; why the others cannot, their own items say."""
    for name in names:
        try:
            yield context.result(name)
        except status.UsageError:
            continue


def report_never_failed(context, pairs):
    """For information: cases that neither a planted defect nor a machine that was run made fail."""
    proofs = [item for item, _ in pairs if isinstance(item, items.DefectItem)]
    if not proofs:
        return
    names = {item.defect.platform for item in proofs}
    names.update(item.platform.name for item, _ in pairs if isinstance(item, items.PlatformItem))
    healthy = list(_results(context, sorted(names)))
    known = {case.id for result in healthy for case in result.parser.cases}
    planted = [item.result for item in proofs if item.result]
    never = set(defects.never_failed(known, [*healthy, *planted]))
    for item, _ in pairs:
        if isinstance(item, items.LibDefectsItem):
            never -= item.failed
    print(f"# {len(known) - len(never)} of {len(known)} cases were seen to fail;"
          f" {len(never)} never were{':' if never else ''}")
    for name in sorted(never):
        print(f"#   {name}")


def check(choose):
    """Run what @choose(context) gives; returns the exit status."""
    junit.require()
    context = Context()
    found = choose(context)
    chosen = select(found, environment.value("CHECK").split())
    if context.note():
        print(f"# {context.note()}", flush=True)
    pairs = pool.run(chosen, context)
    if all(item in chosen for item in found if item.name.startswith("prove.")):
        # A part of the proofs tells nothing about what the others would have made fail.
        report_never_failed(context, pairs)
    return pool.close(pairs, context.obj / "check.xml")


def main(choose=all_items, name="check"):
    catch_signals()
    try:
        return check(choose)
    except status.UsageError as err:
        print(f"{name}: {err}", file=sys.stderr)
        return status.USAGE
    except Interrupted as err:
        print(f"\n{name}: ended by {err}; QEMU is gone too", file=sys.stderr)
        return status.INTERRUPTED
    finally:
        stop_all()


if __name__ == "__main__":
    sys.exit(main())
