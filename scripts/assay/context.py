# SPDX-License-Identifier: BSD-2-Clause
"""What the items of make check share: images built once, platforms run once."""

import threading
import zlib
from dataclasses import replace

from . import acpi, environment, qemu, runner, variant
from .platform import Platform
from .status import UsageError


class Once:
    """Computes a value a key once, for whoever asks first; a failure too is everybody's."""

    def __init__(self, compute):
        self._compute = compute
        self._lock = threading.Lock()
        self._locks = {}
        self._values = {}

    def __call__(self, key):
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._values:
                self._values[key] = self._try(key)
        value = self._values[key]
        if isinstance(value, UsageError):
            raise value
        return value

    def _try(self, key):
        try:
            return self._compute(key)
        except UsageError as err:
            return err


class Context:
    """The build of the defconfig and its variants, the platforms, and their results."""

    def __init__(self):
        self.source = environment.source()
        self.obj = environment.output()
        self.logs = self.obj / "check"
        self.platforms = environment.platforms()
        self.image = Once(lambda name: variant.build(self.source, self.obj, name))
        self.result = Once(self._run)
        self._machines = {}             # what _tables() is asked for, by its key
        self._tables_of = Once(self._tables)

    def setup(self, variant_name, logs=None):
        """
        QEMU= is heeded, so that people try their own. The rest of the user's
        variables would only make the expectations wrong.
        """
        return qemu.Setup(image=self.image(variant_name or variant.DEFCONFIG),
                          logs=logs or self.logs, qemu=environment.value("QEMU", qemu.DEFAULT_QEMU))

    def platform(self, name, **changes):
        """A platform, with the known failures of its QEMU only where that is the one under test."""
        return environment.unexcused(self.platforms.load(name, **changes), "QEMU")[0]

    def note(self):
        """A line on the known failures of all platforms that are left out, "" when none is."""
        every = {}
        for platform in self.platforms.load_all():
            every.update(platform.xfails)
        return environment.unexcused(Platform("all", xfails=every), "QEMU")[1]

    def _run(self, name):
        platform = self.platform(name)
        return runner.run(platform, self.setup(platform.variant))

    def tables(self, platform):
        """The ACPI tables of a machine, found once for all defects that are planted in it."""
        machine = repr((platform.machine_options, platform.qemu_args))
        key = f"{platform.name}.{zlib.crc32(machine.encode()):08x}"
        self._machines[key] = platform
        return self._tables_of(key)

    def _tables(self, key):
        platform = replace(self._machines[key], name=key)
        return acpi.snapshot(platform, self.setup(platform.variant))

    def run_variant(self, name, variant_name, append):
        """Run a platform with another image and more words, beside the platform's own run."""
        platform = replace(self.platform(name), name=f"{name}.{variant_name}")
        platform = platform.with_append(append)
        return runner.run(platform, self.setup(variant_name))
