# SPDX-License-Identifier: BSD-2-Clause
"""Device trees: dumped from QEMU, and edited with fdtput."""

import struct
import subprocess
from pathlib import Path

from .status import UsageError
from .tools import run_tool

FDT_BEGIN_NODE, FDT_END_NODE, FDT_PROP, FDT_NOP = 1, 2, 3, 4


def dump_machine(command, path):
    """
    Have QEMU write the tree that the guest of @command gets, to @path.

    @command: a QEMU command line with -machine and -kernel: without a kernel
    QEMU leaves out what only a direct boot needs (the PSCI node, on some machines).
    """
    at = command.index("-machine") + 1
    command = [*command[:at], f"{command[at]},dumpdtb={path}", *command[at + 1:]]
    proc = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60,
                          stdin=subprocess.DEVNULL)
    if proc.returncode or not Path(path).is_file():
        raise UsageError(f"QEMU did not dump its device tree: {proc.stderr.strip()}")
    # QEMU leaves a megabyte of room in it, and doubles that when it is given back with -dtb.
    run_tool(["dtc", "-q", "-I", "dtb", "-O", "dtb", "-o", path, path])
    return Path(path)


def compile_source(source, path):
    """The tree of a source file, to @path."""
    run_tool(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", path, source])


def _put(kind, path, node, prop, values):
    run_tool(["fdtput", "-t", kind, path, node, prop, *values])


def edit(path, change):
    """
    Apply one change to the tree in the file @path. @change is a table with "node" and one of

      property + cells | strings | bytes   set it (cells: 32-bit numbers)
      property + delete = true             take it away
      property + late = true               move it behind the root's subnodes; of node "/" only
      delete = true                        take the node away
      create = true                        add the node
      order = ["name", ...]                these subnodes first, in this order
    """
    node, prop = change["node"], change.get("property")
    if prop is None:
        _edit_node(path, node, change)
    elif change.get("delete"):
        run_tool(["fdtput", "-d", path, node, prop])
    elif change.get("late"):
        _move_behind_subnodes(path, prop)
    elif "cells" in change:
        _put("x", path, node, prop, [f"{cell:x}" for cell in change["cells"]])
    elif "bytes" in change:
        _put("bx", path, node, prop, [f"{byte:x}" for byte in change["bytes"]])
    else:
        _put("s", path, node, prop, change["strings"])


def _move_behind_subnodes(path, prop):
    """Make a property of the root its last token, which no tool that writes good trees does."""
    data = bytearray(Path(path).read_bytes())
    begin, strings = struct.unpack_from(">II", data, 8)
    size, = struct.unpack_from(">I", data, 36)
    at = begin + 8                          # behind FDT_BEGIN_NODE and the empty name
    while struct.unpack_from(">I", data, at)[0] == FDT_PROP:
        length, name = struct.unpack_from(">II", data, at + 4)
        behind = at + 12 + (length + 3) // 4 * 4
        end = data.index(b"\0", strings + name)
        if data[strings + name:end].decode() == prop:
            last = begin + size - 8         # FDT_END_NODE and FDT_END
            data[at:last] = data[behind:last] + data[at:behind]
            Path(path).write_bytes(data)
            return
        at = behind
    raise UsageError(f"the root has no property {prop}")


def _edit_node(path, node, change):
    if change.get("delete"):
        run_tool(["fdtput", "-r", path, node])
    elif change.get("create"):
        run_tool(["fdtput", "-c", path, node])
    elif change.get("order"):
        _order_subnodes(path, node, change["order"])
    else:
        raise UsageError(f"edit of node {node}: says neither create, delete nor order")


def _nodes(data, at):
    """(path, begin, end) of every node of a structure block that begins at @at."""
    found, names, begins = [], [], []
    while True:
        tag, = struct.unpack_from(">I", data, at)
        if tag == FDT_BEGIN_NODE:
            end = data.index(b"\0", at + 4)
            names.append(data[at + 4:end].decode())
            begins.append(at)
            at = end // 4 * 4 + 4
        elif tag == FDT_PROP:
            at += 12 + (struct.unpack_from(">I", data, at + 4)[0] + 3) // 4 * 4
        elif tag == FDT_END_NODE:
            at += 4
            found.append(("/".join(names) or "/", begins.pop(), at))
            names.pop()
        elif tag == FDT_NOP:
            at += 4
        else:
            return found


def _order_subnodes(path, node, order):
    """Move nodes, of which the tools that write trees know no order."""
    data = bytearray(Path(path).read_bytes())
    parent = node.rstrip("/")
    places = {name: (begin, end) for name, begin, end in _nodes(data, struct.unpack_from(">I", data, 8)[0])
              if name.rpartition("/")[0] == parent and name != "/"}
    names = [name.rpartition("/")[2] for name in places]
    unknown = set(order) - set(names)
    if unknown or not order:
        raise UsageError(f"{node} has no nodes {', '.join(sorted(unknown))}; there are"
                         f" {', '.join(names)}")
    whole = [data[begin:end] for name in [*order, *(name for name in names if name not in order)]
             for begin, end in [places[f"{parent}/{name}"]]]
    first = min(begin for begin, _ in places.values())
    last = max(end for _, end in places.values())
    if last - first != sum(map(len, whole)):
        raise UsageError(f"the subnodes of {node} do not follow each other")
    data[first:last] = b"".join(whole)
    Path(path).write_bytes(data)

def reserve(path, entries):
    """Give the tree these (base, size) entries in its memory reservation block."""
    source = run_tool(["dtc", "-q", "-I", "dtb", "-O", "dts", path])
    lines = "".join(f"/memreserve/ {base:#x} {size:#x};\n" for base, size in entries)
    text = source.replace("/dts-v1/;\n", f"/dts-v1/;\n{lines}", 1)
    run_tool(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", path, "-"], input=text)


def patch(path, offset, data):
    """Overwrite bytes of a file: of a tree's header, or of an Image."""
    with open(path, "r+b") as file:
        file.seek(0, 2)
        if offset + len(data) > file.tell():
            raise UsageError(f"{path}: offset {offset} with {len(data)} bytes lies behind its end")
        file.seek(offset)
        file.write(data)
