# SPDX-License-Identifier: BSD-2-Clause
"""
make run MIGRATE=1: where the image asks for it the machine moves to a second QEMU of the
same command line, which goes on with it (docs/migration.md).
"""

import os
import select
import shutil
import tempfile
import time
from pathlib import Path

from . import process
from .qmp import Qmp

PLEASE = "# please migrate"
DONE, FAILED = "migrated", "failed"
SECONDS = 60            # in which a machine has to have moved
POLL = 0.005
BANDWIDTH = 1 << 40     # nothing else wants the host's memory bus


class Machine:
    """One QEMU with a control socket."""

    def __init__(self, proc, folder, number):
        self.proc, self.folder, self.number = proc, folder, number
        self.qmp = None

    def connect(self):
        self.qmp = self.qmp or Qmp(self.folder / f"qmp{self.number}")
        return self.qmp


class MovingConsole(process.Console):
    """A console whose machine moves when it asks to."""

    def __init__(self, command, parser, log, on_event=None, **options):
        super().__init__(command, parser, log, self._look, **options)
        self._show = on_event or (lambda event: None)
        self._asked = False
        self._folder = Path(tempfile.mkdtemp(prefix="assay-migrate."))
        self._machine = None
        self.moves = 0

    def run(self):
        try:
            return super().run()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _look(self, event):
        self._asked = self._asked or event.line.strip() == PLEASE
        self._show(event)

    def _begin(self):
        self._machine = self._start(0)
        return self._machine.proc

    def _start(self, number, *more):
        command = [*self.command, "-qmp", f"unix:{self._folder}/qmp{number},server=on,wait=off", *more]
        return Machine(self._popen(command), self._folder, number)

    def _take(self, data, proc):
        taken = super()._take(data, proc)
        if self._asked:
            self._asked = False
            self._move()
        return taken

    def _move(self):
        """To a new QEMU, whose console is ours from then on; the old one ends."""
        source, number = self._machine, self._machine.number + 1
        uri = f"unix:{self._folder}/memory{number}"
        target = self._start(number, "-incoming", uri)
        try:
            why = self._migrate(source, target, uri)
        except (OSError, RuntimeError, ConnectionError) as err:
            why = self._last_words(target.proc) or str(err)
        if why:
            self._detach(target.proc)
            self._type(source.proc, f"{FAILED}: {why}"[:60].encode() + b"\r")
            return
        self._drain(source.proc)
        self._detach(source.proc)
        self._machine = target
        self.moves += 1
        self._attach(target.proc)
        self._type(target.proc, f"{DONE}\r".encode())

    @staticmethod
    def _last_words(proc):
        """Why a QEMU did not come up, as far as it says so."""
        proc.kill()
        lines = proc.stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1].split(": ", 1)[-1] if lines else ""

    @staticmethod
    def _migrate(source, target, uri):
        """Why it did not work, "" when the machine runs at its target."""
        arrived = target.connect()      # it listens for the machine by then
        source.connect().command("migrate-set-parameters", **{"max-bandwidth": BANDWIDTH})
        source.qmp.command("migrate", uri=uri)
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and not process.stopping.is_set():
            state = source.qmp.command("query-migrate")
            if state.get("status") in ("failed", "cancelled"):
                return state.get("error-desc", state["status"])
            if state.get("status") == "completed" and arrived.command("query-status")["running"]:
                return ""
            time.sleep(POLL)
        return f"not done within {SECONDS} s"

    def _drain(self, proc):
        """What the machine has said before it left."""
        while select.select([proc.stdout], [], [], 0)[0]:
            data = os.read(proc.stdout.fileno(), 65536)
            if not data:
                return
            super()._take(data, proc)
