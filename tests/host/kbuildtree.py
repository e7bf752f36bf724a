# SPDX-License-Identifier: BSD-2-Clause
"""A copy of the source tree to build, change and break, for the tests of the build."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
SYSROOT = TOP / "build" / "sysroot"
# What of the tree the build reads; nothing that a build in it left behind.
PARTS = ("Makefile", "Kconfig", "arch", "configs", "drivers", "include", "lib", "scripts", "tests")
LEFT_BEHIND = ("*.o", ".*.cmd", ".*.d", "built-in.a", "__pycache__", "generated", "assay.lds",
               "host", "logs")
STEP_S = 900


def environment(**extra):
    """Ours, without what a make above us put there."""
    private = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "O", "LLVM", "CROSS_COMPILE",
               "V", "W", "C", "srctree", "VERSION", "KCFLAGS", "KCONFIG_CONFIG", "KCONFIG_SEED")
    env = {name: value for name, value in os.environ.items() if name not in private}
    return {"GNUEFI": str(SYSROOT), "LIBFDT": str(SYSROOT), **env, **extra}


class Tree:
    """A copy of the source tree and one build directory of it."""

    def __init__(self, top, out=None):
        self.top = Path(top)
        self.out = Path(out) if out else self.top

    def run(self, *args, **env):
        where = [] if self.out == self.top else [f"O={self.out}"]
        return subprocess.run(["make", "-C", str(self.top), "--no-print-directory", *where, *args],
                              env=environment(**env), stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=STEP_S, check=False)

    def make(self, *args, **env):
        """Must do."""
        done = self.run("-j2", *args, **env)
        assert done.returncode == 0, f"make {' '.join(args)}:\n{done.stdout[-3000:]}{done.stderr}"
        return done.stdout

    def refused(self, *args, **env):
        """Must not do; what it said."""
        done = self.run(*args, **env)
        assert done.returncode != 0, f"make {' '.join(args)} went through:\n{done.stdout}"
        return done.stdout + done.stderr

    def compiled(self, *args, **env):
        """Objects that this make compiled."""
        lines = (line.split() for line in self.make(*args, **env).splitlines())
        return {line[1] for line in lines if line and line[0] in ("CC", "AS")}

    def objects(self):
        return {str(path.relative_to(self.out)) for part in ("arch", "drivers", "lib", "tests")
                for path in (self.out / part).rglob("*.o")}

    def read_by(self, name):
        """Files that went into object @name, from what the build remembers."""
        path = self.out / name
        text = path.with_name(f".{path.name}.cmd").read_text()
        return [Path(self.out, word) for word in text.replace("\\\n", " ").split()
                if word.startswith("/") and re.search(r"\.[chS]$", word)]

    def users_of(self, word):
        """Objects that @word stands in, or in a header of theirs."""
        pattern = re.compile(rf"\b{word}\b")
        texts = {}

        def has(path):
            if path not in texts:
                texts[path] = path.is_file() and path.is_relative_to(self.top) and \
                    bool(pattern.search(path.read_text()))
            return texts[path]
        return {name for name in self.objects() if any(has(path) for path in self.read_by(name))}

    @contextmanager
    def changed(self, name, old, new):
        """File @name with @new for @old (None: behind all), and as it was afterwards."""
        path = self.top / name
        whole = path.read_text() if path.exists() else None
        if old is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((whole or "") + new)
        else:
            assert old in whole, f"{name} has no {old!r}"
            path.write_text(whole.replace(old, new, 1))
        try:
            yield path
        finally:
            if whole is None:
                path.unlink()
            else:
                path.write_text(whole)

    def config(self):
        return (self.out / ".config").read_text()


def content(top):
    return {str(path.relative_to(top)): path.read_bytes()
            for path in Path(top).rglob("*") if path.is_file()}


def copy_tree(folder):
    folder.mkdir()
    for part in PARTS:
        if (TOP / part).is_dir():
            shutil.copytree(TOP / part, folder / part,
                            ignore=shutil.ignore_patterns(*LEFT_BEHIND), symlinks=True)
        else:
            shutil.copy2(TOP / part, folder / part)
    shutil.rmtree(folder / "include" / "config", ignore_errors=True)
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return copy_tree(tmp_path_factory.mktemp("kbuild") / "src")


@pytest.fixture
def fresh(source, tmp_path):
    return Tree(source, tmp_path / "out")
