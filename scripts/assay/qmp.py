# SPDX-License-Identifier: BSD-2-Clause
"""The little of QEMU's machine protocol that is needed here: to read the guest's memory."""

import json
import socket
import time


class Qmp:
    """A connection to QEMU's -qmp unix socket."""

    def __init__(self, path, timeout=10.0):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(timeout)
        self._connect(str(path), time.monotonic() + timeout)
        self._file = self._socket.makefile("rw", encoding="utf-8", newline="\n")
        self._read()                    # the greeting
        self.command("qmp_capabilities")

    def _connect(self, path, deadline):
        while True:
            try:
                self._socket.connect(path)
                return
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _read(self):
        line = self._file.readline()
        if not line:
            raise ConnectionError("QEMU closed its control socket")
        return json.loads(line)

    def command(self, name, **arguments):
        """Execute a command and return its answer; events on the way are dropped."""
        self._file.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
        self._file.flush()
        while True:
            answer = self._read()
            if "error" in answer:
                raise RuntimeError(f"QEMU: {name}: {answer['error'].get('desc')}")
            if "return" in answer:
                return answer["return"]

    def save_memory(self, base, size, path):
        """Write guest-physical memory to a file."""
        self.command("pmemsave", val=base, size=size, filename=str(path))
