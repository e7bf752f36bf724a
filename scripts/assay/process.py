# SPDX-License-Identifier: BSD-2-Clause
"""
Starts QEMU, watches its console and its clocks, and never leaves it behind:
it runs in a process group of its own, which ends with us in every case.
"""

import codecs
import ctypes
import os
import re
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from .ktap import RESULT, RUN

PR_SET_PDEATHSIG = 1
GRACE = 3.0             # seconds for QEMU to end after the last line
GRACE_CRASH = 2.0       # seconds of silence after a crash dump until it counts as whole
GRACE_BAIL = 0.3        # seconds for the line behind "Bail out!"
TICK = 0.1
# The image asks so for input, and gets it from whoever watches its console.
PLEASE_TYPE = re.compile(r'# please type "([^"]*)" and Return: $')
LONGEST_LINE = 1 << 16  # bytes without a line's end that are taken for a line

try:
    _prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
except (OSError, AttributeError):
    _prctl = None

_live = set()
_live_lock = threading.RLock()      # a signal handler may take it again
stopping = threading.Event()    # set: every run ends as soon as it looks


def _die_with(parent):
    """In the child before exec: be killed when the thread that started us ends."""
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def start(command, **pipes):
    """Start a command in its own process group, bound to our life."""
    parent = os.getpid()
    proc = subprocess.Popen(command, start_new_session=True,
                            preexec_fn=lambda: _die_with(parent), **pipes)
    with _live_lock:
        _live.add(proc)
    return proc


def stop(proc):
    """End a process and its group, and wait for it."""
    try:
        os.killpg(proc.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    proc.wait()
    with _live_lock:
        _live.discard(proc)


def stop_all():
    """End everything that start() started; the threads that watch it notice."""
    stopping.set()
    with _live_lock:
        procs = list(_live)
    for proc in procs:
        try:
            os.killpg(proc.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def ask(proc):
    """Have a QEMU whose machine cannot end itself do so, its plugins with it; stop() does it otherwise."""
    proc.terminate()
    try:
        proc.wait(GRACE)
    except subprocess.TimeoutExpired:
        pass


class Interrupted(Exception):
    """SIGINT, SIGTERM or SIGHUP arrived."""


def catch_signals():
    """Let the signals that end a program raise Interrupted in the main thread."""
    def handler(number, _frame):
        stop_all()
        raise Interrupted(signal.Signals(number).name)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


@dataclass
class Ending:
    """How the process came to its end."""
    reason: str         # exit, done, crash, bail, idle, total, stopped
    returncode: int
    stderr: str
    seconds: float
    received: int       # bytes of console output


class Console:
    """Runs one command and hands each line of its output to a parser."""

    def __init__(self, command, parser, log, on_event=None, idle=None, total=None, type_at=None,
                 until=None, on_tick=None, ends=True):
        self.command = command
        self.parser = parser
        self.log = log
        self.on_event = on_event or (lambda event: None)
        self.on_tick = on_tick or (lambda: None)    # ten times a second, whatever comes
        self.idle, self.total = idle, total
        self.type_at = dict(type_at or {})
        self.ends = ends                # the machine can end itself behind the last line
        self.until = until or (lambda: False)     # True: stop, enough was seen
        self.received = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._partial = ""
        self._typed = False             # the answer to what the line that is begun asks
        self._stderr = []
        self._done_at = None
        self._proc = None               # the process that is watched
        self._selector = None

    def run(self):
        """Run to the end; returns an Ending."""
        begin = time.monotonic()
        self._proc = self._begin()
        try:
            reason = self._watch(begin)
            if reason == "exit":
                self._proc.wait()
            elif reason == "done" and not self.ends:
                ask(self._proc)
        finally:
            self._end(self._proc)
        self._finish()
        stderr = b"".join(self._stderr).decode(errors="replace").strip()
        return Ending(reason, self._proc.returncode, stderr, time.monotonic() - begin,
                      self.received)

    def _begin(self):
        return self._popen(self.command)

    @staticmethod
    def _popen(command):
        # A board with sound would look for the host's, and complain.
        return start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                     stderr=subprocess.PIPE, env={**os.environ, "QEMU_AUDIO_DRV": "none"})

    @staticmethod
    def _end(proc):
        stop(proc)
        for pipe in (proc.stdin, proc.stdout, proc.stderr):
            pipe.close()

    def _attach(self, proc):
        """Watch this process from now on."""
        self._proc = proc
        self._selector.register(proc.stdout, selectors.EVENT_READ, self._take)
        self._selector.register(proc.stderr, selectors.EVENT_READ, self._take_stderr)

    def _detach(self, proc):
        """End a process, whether it was watched or not."""
        for key in [key for key in self._selector.get_map().values()
                    if key.fileobj in (proc.stdout, proc.stderr)]:
            self._selector.unregister(key.fileobj)
        self._end(proc)

    def _watch(self, begin):
        last, reason = begin, None
        with selectors.DefaultSelector() as self._selector:
            self._attach(self._proc)
            while reason is None:
                for key, _ in self._selector.select(TICK):
                    if key.fileobj.closed:
                        continue        # of a process that has been left meanwhile
                    data = os.read(key.fd, 65536)
                    if not data:
                        self._selector.unregister(key.fileobj)
                    elif key.data(data, self._proc):
                        last = time.monotonic()
                self.on_tick()
                reason = self._reason(self._proc, self._selector, begin, last)
        return reason

    def _reason(self, proc, selector, begin, last):
        """Why to stop now, None to go on."""
        now = time.monotonic()
        if stopping.is_set():
            return "stopped"
        if self.until():
            return "done"
        if not any(key.fileobj is proc.stdout for key in selector.get_map().values()):
            return "exit"
        if self.parser.finished() or self.parser.bail is not None:
            # What firmware goes on to do behind "Bail out!" tells nothing more.
            bail = self.parser.bail is not None
            self._done_at = self._done_at or now
            grace = GRACE_BAIL if bail or not self.ends else GRACE
            if self.parser.again or now - self._done_at > grace:
                return "bail" if bail else "done"
        elif self.parser.crashes and now - last > GRACE_CRASH:
            return "crash"
        elif self.idle and now - last > self.idle:
            return "idle"
        elif self.total and now - begin > self.total:
            return "total"
        return None

    def _take(self, data, proc):
        self.received += len(data)
        self.log.write(data)
        self.log.flush()
        self._partial += self._decoder.decode(data)
        self._lines()
        for prompt in [prompt for prompt in self.type_at if prompt in self._partial]:
            self._type(proc, self.type_at.pop(prompt).encode())
        asked = PLEASE_TYPE.search(self._partial)
        if asked and not self._typed:
            self._typed = True
            self._type(proc, f"{asked[1]}\r".encode())
        if len(self._partial) > LONGEST_LINE:
            self._finish()
        return True

    def _lines(self):
        # A lone carriage return ends a line only once the byte behind it is known.
        head, newline, self._partial = self._partial.rpartition("\n")
        if newline:
            self._typed = False
            for line in head.split("\n"):
                for part in line.rstrip("\r").split("\r"):
                    self.on_event(self.parser.feed(part))

    def _finish(self):
        for part in self._partial.rstrip("\r").split("\r"):
            # One that breaks off may have lost a part of its case's name.
            if part and not part.strip().startswith(RUN) and not RESULT.match(part.strip()):
                self.on_event(self.parser.feed(part))
        self._partial = ""

    def _take_stderr(self, data, _proc):
        self._stderr.append(data)
        return False

    @staticmethod
    def _type(proc, data):
        try:
            proc.stdin.write(data)
            proc.stdin.flush()
        except (BrokenPipeError, OSError):
            pass
