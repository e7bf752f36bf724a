# SPDX-License-Identifier: BSD-2-Clause
"""
Damages ACPI tables of a real firmware, in memory, before the image starts.

A first boot stops in the EFI shell and gives the place and the bytes of each
table. Boots are repeatable, so that in a second one the shell's mm command,
called from startup.nsh, finds the same table at the same address. Firmware
recomputes the checksums of whatever QEMU passes in, so there is no earlier
place for this.
"""

import re
from dataclasses import dataclass, replace

from . import ktap, process, qemu
from .qmp import Qmp
from .status import UsageError

READY = "assay-shell-is-ready"
RSDP_LINE = re.compile(r"^ACPI 2.0 Table\s+([0-9A-Fa-f]+)")
CHECKSUM_AT = 9             # in every table's header, ACPI 6.5 table 5.5


@dataclass
class Table:
    address: int
    data: bytes


class Memory:
    """A dump of the guest's RAM."""

    def __init__(self, data):
        self.data = data

    def read(self, address, size):
        at = address - qemu.RAM_BASE
        if at < 0 or at + size > len(self.data):
            raise UsageError(f"ACPI: {address:#x} lies outside of the guest's RAM")
        return self.data[at:at + size]

    def number(self, address, size):
        return int.from_bytes(self.read(address, size), "little")

    def table(self, address):
        return Table(address, self.read(address, self.number(address + 4, 4)))


def find_tables(memory, rsdp):
    """{signature: Table} of everything that the RSDP leads to; "RSDP" and "XSDT" are among them."""
    found = {"RSDP": Table(rsdp, memory.read(rsdp, memory.number(rsdp + 20, 4)))}
    if found["RSDP"].data[:8] != b"RSD PTR ":
        raise UsageError(f"ACPI: no RSDP at {rsdp:#x}")
    xsdt = found["XSDT"] = memory.table(memory.number(rsdp + 24, 8))
    for at in range(36, len(xsdt.data), 8):
        table = memory.table(int.from_bytes(xsdt.data[at:at + 8], "little"))
        found[table.data[:4].decode("latin-1")] = table
    if "FACP" in found:
        dsdt = int.from_bytes(found["FACP"].data[140:148], "little")
        if dsdt:
            found["DSDT"] = memory.table(dsdt)
    return found


def snapshot(platform, setup):
    """Boot @platform into the shell and return its tables."""
    work = setup.logs / f"{platform.name}.tables"
    work.mkdir(parents=True, exist_ok=True)
    socket, dump = work / "qmp", work / "ram.bin"
    stop_there = replace(setup, shell_before=("dmem", f"echo {READY}", "pause -q"))
    command = qemu.build_command(platform, stop_there, work)
    command += ["-qmp", f"unix:{socket},server=on,wait=off"]
    parser = ktap.Parser()

    def ready():
        if READY not in parser.firmware:
            return False
        Qmp(socket).save_memory(qemu.RAM_BASE, qemu.memory_bytes(platform.mem), dump)
        return True

    with open(work / "console.log", "wb") as log:
        process.Console(command, parser, log, idle=platform.idle_timeout, total=platform.timeout,
                        type_at=platform.type_at, until=ready).run()
    lines = [RSDP_LINE.match(line) for line in parser.firmware]
    rsdp = [int(match[1], 16) for match in lines if match]
    if not rsdp or not dump.is_file():
        raise UsageError(f"{platform.name}: the EFI shell did not tell where the ACPI tables are"
                         f" (log: {work / 'console.log'})")
    tables = find_tables(Memory(dump.read_bytes()), rsdp[0])
    dump.unlink()
    return tables


def _new_bytes(edit, tables):
    if "address_of" not in edit:
        return bytes.fromhex(edit["bytes"])
    if edit["address_of"] not in tables:
        raise UsageError(f"ACPI: there is no table {edit['address_of']}; there are"
                         f" {', '.join(tables)}")
    return tables[edit["address_of"]].address.to_bytes(8, "little")


def _apply(data, table, edit, new):
    at = edit["offset"]
    old = data[at:at + len(new)]
    if len(old) != len(new):
        raise UsageError(f"ACPI: {table} has {len(data)} bytes, none at offset {at}")
    if "was" in edit and old != bytes.fromhex(edit["was"]):
        raise UsageError(f"ACPI: {table} holds {old.hex()} at offset {at}, expected {edit['was']}:"
                         " this QEMU lays the table out in another way")
    if old == new:
        raise UsageError(f"ACPI: {table} already holds {new.hex()} at offset {at}: nothing is"
                         " planted")
    data[at:at + len(new)] = new


def _fix_checksum(table, data):
    if table == "RSDP":
        data[8] = 0
        data[8] = -sum(data[:20]) & 0xff
        data[32] = 0
        data[32] = -sum(data) & 0xff
    else:
        data[CHECKSUM_AT] = 0
        data[CHECKSUM_AT] = -sum(data) & 0xff


def shell_commands(tables, edits):
    """mm commands that turn the tables into what @edits say, one for each byte that changes."""
    after = {}
    for edit in edits:
        name = edit["table"]
        if name not in tables:
            raise UsageError(f"ACPI: there is no table {name}; there are {', '.join(tables)}")
        data = after.setdefault(name, bytearray(tables[name].data))
        _apply(data, name, edit, _new_bytes(edit, tables))
        if not edit.get("keep_checksum"):
            _fix_checksum(name, data)
    commands = []
    for name, data in after.items():
        for at, (old, new) in enumerate(zip(tables[name].data, data)):
            if old != new:
                commands.append(f"mm {tables[name].address + at:#x} {new:#04x} -w 1 -n")
    return tuple(commands)
