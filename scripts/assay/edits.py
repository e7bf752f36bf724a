# SPDX-License-Identifier: BSD-2-Clause
"""
Edits of what describes a machine: its device tree, its ACPI tables. A platform has them for a
machine that QEMU does not build, a defect for one that is described wrong.
"""

from . import dtb
from .status import UsageError

KEYS = {
    "tree": {"node", "property", "cells", "strings", "bytes", "delete", "create", "late", "order"},
    "reservation": {"base", "size"},
    "tree_bytes": {"offset", "bytes"},
    "acpi": {"table", "offset", "bytes", "address_of", "was", "keep_checksum"},
    "image_bytes": {"offset", "bytes"},
    "code": {"in", "was", "now"},
}
OF_PLATFORM = {"writes": {"address", "value"}}
OF_TREE = ("tree", "reservation", "tree_bytes")


def check(where, key, edits):
    """UsageError naming @where when a list of edits holds anything else than edits of that key."""
    for edit in edits:
        unknown = set(edit) - {**KEYS, **OF_PLATFORM}[key] if isinstance(edit, dict) else {str(edit)}
        if unknown:
            raise UsageError(f"{where} {key} has unknown keys: {', '.join(sorted(unknown))}")


def any_of_tree(owner):
    """Whether a platform or a defect edits the tree."""
    return any(getattr(owner, key, None) for key in OF_TREE)


def apply_to_tree(owner, path):
    """Do to the tree in the file @path what @owner says."""
    for edit in owner.tree:
        dtb.edit(path, edit)
    if owner.reservation:
        dtb.reserve(path, [(entry["base"], entry["size"]) for entry in owner.reservation])
    for edit in getattr(owner, "tree_bytes", []):
        dtb.patch(path, edit["offset"], bytes.fromhex(edit["bytes"]))
