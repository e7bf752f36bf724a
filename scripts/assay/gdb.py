# SPDX-License-Identifier: BSD-2-Clause
"""
make run GDB=1: gdb with the image's symbols where the image really runs.

A first run, without gdb, tells where the image lies: its banner says so, and
for an image that dies before its banner the guest's memory is searched. Runs
are repeatable, so that the second one, started with -S, loads at the same
place: gdb puts hardware breakpoints on the entry before anything has run.
That works with the MMU off, under any firmware, and with KVM.
"""

import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from . import environment, ktap, process, qemu, runner, status
from .qmp import Qmp
from .status import UsageError
from .tools import find_tool

SILENCE = 8                 # seconds without output after which the banner is not waited for
HEADER_SIZE = 64            # of the arm64 Image
PAGE = 4096
SEARCH_LIMIT = 2 << 30


class Search:
    """Watches the first run for the banner, and searches memory when it does not come."""

    def __init__(self, platform, setup, folder):
        self.parser = ktap.Parser()
        self.addresses = []
        self.why = ""
        self._platform, self._image, self._folder = platform, setup.image.read_bytes(), folder
        self._last = time.monotonic()

    def event(self, _event):
        self._last = time.monotonic()

    def done(self):
        """For Console: True once there is an answer."""
        address = self.parser.load_address()
        if address is not None:
            self.addresses = [address]
            return True
        if time.monotonic() - self._last < SILENCE and not self.parser.crashes:
            return False
        self._search_memory()
        return True

    def _search_memory(self):
        size = qemu.memory_bytes(self._platform.mem)
        if size > SEARCH_LIMIT:
            self.why = "the machine's memory is too large to search: try MEM=512"
            return
        dump = self._folder / "ram"
        Qmp(self._folder / "qmp").save_memory(qemu.RAM_BASE, size, dump)
        memory, probe = dump.read_bytes(), self._image[:HEADER_SIZE]
        at = memory.find(probe)
        while at >= 0:
            if at % PAGE == 0 and self._is_image(memory, at):
                self.addresses.append(qemu.RAM_BASE + at)
            at = memory.find(probe, at + 1)
        self.why = f"{len(self.addresses)} copies of it in memory"

    def _is_image(self, memory, at):
        """A copy of the image, not of its header alone."""
        middle = min(len(self._image), 0x20000) // 2
        return memory[at + middle:at + middle + PAGE] == self._image[middle:middle + PAGE]


def find_image(platform, setup):
    """Addresses at which the image may lie, the only one where it printed its banner."""
    with tempfile.TemporaryDirectory(prefix="assay-gdb.") as folder:
        folder = Path(folder)
        search = Search(platform, setup, folder)
        command = qemu.build_command(platform, setup, setup.logs / platform.name)
        command += ["-no-shutdown", "-qmp", f"unix:{folder / 'qmp'},server=on,wait=off"]
        with runner.open_log(platform, setup, command) as log:
            console = process.Console(command, search.parser, log, search.event,
                                      total=platform.timeout, type_at=platform.type_at,
                                      until=search.done)
            ending = console.run()
    if not search.addresses:
        why = ending.stderr or search.why or ending.reason
        raise UsageError(f"GDB=1: the image was not found: {why}"
                         f" (log: {runner.log_path(platform, setup)})")
    return search.addresses


def entry_offset(platform, image):
    """Where firmware enters the Image: UEFI at the PE entry point, others at its beginning."""
    if platform.firmware == "none" or platform.boot == "booti":
        return 0
    data = image.read_bytes()
    header = int.from_bytes(data[0x3c:0x40], "little")
    if data[:2] != b"MZ" or data[header:header + 4] != b"PE\0\0":
        raise UsageError(f"GDB=1: {image} is no EFI application (CONFIG_BOOT_EFI is off)")
    return int.from_bytes(data[header + 0x28:header + 0x2c], "little")


def gdb_commands(elf, addresses, offset, target):
    """What gdb is told before the user's own commands: stop at the entry, with symbols."""
    return [
        "set pagination off",
        "set confirm off",
        "set architecture aarch64",
        f"target remote {target}",
        *[f"thbreak *{address + offset:#x}" for address in addresses],
        "continue",
        f'eval "add-symbol-file {elf} -o 0x%lx", $pc - {offset:#x}',
    ]


def debug(platform, setup):
    """Start QEMU stopped, attach gdb, and stay until gdb ends."""
    gdb = find_tool(environment.value("GDB_PROGRAM", "gdb-multiarch"))
    elf = setup.image.parent / "assay.elf"
    if not elf.is_file():
        raise UsageError(f"{elf}: there is no such file: build the image with make first")
    addresses = find_image(platform, setup)
    where = " or ".join(f"{address:#x}" for address in addresses)
    print(f"run: the image loads at {where}; gdb stops at its entry", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="assay-gdb.") as folder:
        socket = Path(folder) / "gdb"
        command = qemu.build_command(platform, setup, setup.logs / platform.name)
        command += ["-S", "-chardev", f"socket,id=gdb,path={socket},server=on,wait=off",
                    "-gdb", "chardev:gdb"]
        offset = entry_offset(platform, setup.image)
        return _attach(gdb, gdb_commands(elf, addresses, offset, socket), platform, setup, command)


def _attach(gdb, commands, platform, setup, command):
    with runner.open_log(platform, setup, command) as log:
        console = process.Console(command, ktap.Parser(), log, _show, type_at=platform.type_at)
        thread = threading.Thread(target=console.run, daemon=True)
        thread.start()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)   # Ctrl-C is gdb's
        try:
            user = shlex.split(environment.value("GDB_ARGS"))
            batch = ["-batch"] if "-batch" in user else []
            told = [arg for line in commands for arg in ("-ex", line)]
            returned = subprocess.run([gdb, "-q", *batch, *told, *user], check=False).returncode
        finally:
            signal.signal(signal.SIGINT, before)
            process.stop_all()
            thread.join(10)
    return status.GOOD if returned == 0 else status.USAGE


def _show(event):
    if event.kind != "firmware":
        print(event.line, flush=True)
