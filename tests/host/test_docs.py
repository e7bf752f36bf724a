# SPDX-License-Identifier: BSD-2-Clause
"""
Every command in README.md and docs/ is tried, as written where that can be, in a copy of the
tree with one build beside it: docways.TABLE says how. A command that TABLE does not know fails,
and so does an entry that no page uses any more. README's caught bug is what a run prints.
"""

import shutil

import pytest
from docpages import COMMANDS, parts_of
from docways import TABLE, as_written, find_way, run_image
from hosttest import TOP


@pytest.mark.parametrize("text", COMMANDS)
def test_command(tree, text):
    parts = parts_of(text)
    ways = [find_way(part)[1] for part in parts]
    unknown = [part for part, way in zip(parts, ways) if way is None]
    assert not unknown, f"{', '.join(COMMANDS[text])}: TABLE does not know how to try {unknown}"
    if "./scripts/setup" in parts and shutil.which("apt-get") is None:
        pytest.skip("scripts/setup installs on Debian only")
    if len(parts) > 1 and set(ways) <= {as_written, run_image}:
        ways[-1](tree, text)
        return
    for part, way in zip(parts, ways):
        way(tree, part)


def test_table_has_no_entry_too_many():
    used = {find_way(part)[0] for text in COMMANDS for part in parts_of(text)}
    assert not [TABLE[index][0] for index in set(range(len(TABLE))) - used], "no page uses these any more"


def test_ci_runs_the_readmes_line():
    last = (TOP / ".ci" / "run").read_text().splitlines()[-1]
    assert last in COMMANDS and any(where.startswith("README.md") for where in COMMANDS[last])
