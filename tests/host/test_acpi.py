# SPDX-License-Identifier: BSD-2-Clause
"""ACPI: discovery and the rules of the suite, over tables made by the test and of real machines."""

import os
import pathlib

import hosttest
import pytest

# One dump that is itself broken: checksums, and bytes lost on the way through text.
DAMAGED = {"microsoft-surface-pro-12-in"}


def corpus():
    """Folders of tables; CORPUS, or beside the source tree."""
    top = pathlib.Path(os.environ.get("CORPUS") or hosttest.TOP.parent / "shared/corpus")
    return sorted(path for path in (top / "acpi").glob("*") if path.is_dir())


MACHINES = corpus()


def test_acpi():
    hosttest.run("acpi")


@pytest.mark.skipif(not MACHINES, reason="no tables of real machines: CORPUS=DIR has none, or is not set")
@pytest.mark.parametrize("machine", MACHINES, ids=lambda path: path.name)
def test_real_machine(machine):
    hosttest.run("acpi-corpus", *(["--damaged"] if machine.name in DAMAGED else []), machine)
