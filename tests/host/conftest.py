# SPDX-License-Identifier: BSD-2-Clause
"""What tests of several files share, made once."""

import shutil

import pytest
from docstree import Tree, add_example
from hosttest import OUT


@pytest.fixture(scope="session", name="tree")
def fixture_tree():
    root = OUT / "docs"
    shutil.rmtree(root, ignore_errors=True)
    made = Tree(root)
    add_example(made.source)
    made.works("make -s defconfig && make -s -j2")
    yield made
    shutil.rmtree(root)
