# SPDX-License-Identifier: BSD-2-Clause
"""Configurations: the targets that make them, what they refuse, and that each kind builds."""

import os
import pty
import re
import select
import signal
import subprocess
import time

import pytest
from kbuildtree import STEP_S, environment, fresh, source  # noqa: F401  (fixtures)

SEEDS = ("0x1", "0x5")


def test_every_symbol_has_help(source):
    missing = []
    for path in [source / "Kconfig", *source.rglob("Kconfig"), *source.rglob("Kconfig.*")]:
        entries = re.split(r"^(?=(?:config|menuconfig|choice)\b)", path.read_text(), flags=re.M)
        for entry in entries[1:]:
            # help, and at least one line of text deeper than it
            if not re.search(r"^\t+help\n\t+  \S", entry, re.M):
                missing.append(f"{path.relative_to(source)}: {entry.splitlines()[0]}")
    assert not missing


def test_defconfig_round_trip(fresh):
    fresh.make("defconfig")
    config = fresh.config()
    fresh.make("savedefconfig")
    saved = (fresh.out / "defconfig").read_text()
    with fresh.changed("configs/saved_defconfig", None, saved):
        fresh.make("saved_defconfig")
    assert fresh.config() == config
    fresh.make("olddefconfig")
    assert fresh.config() == config


def test_every_defconfig_holds(fresh):
    for path in sorted((fresh.top / "configs").glob("*defconfig")):
        fresh.make(path.name)


def test_default_selects_every_suite(fresh):
    """But for those of what the defaults leave off."""
    text = "".join(path.read_text() for path in fresh.top.glob("tests/*/Kconfig"))
    fresh.make("defconfig")
    config = fresh.config()
    suites = [block for block in re.split(r"^(?=config )", text, flags=re.M) if block.startswith("config TEST_")]
    wanted = [name for name, needs in ((re.match(r"config (\w+)\n\tbool", block),
                                        re.findall(r"depends on (\w+)$", block, re.M)) for block in suites)
              if name and all(f"CONFIG_{need}=y" in config for need in needs)]
    assert len(wanted) > 10 and all(f"CONFIG_{name[1]}=y" in config for name in wanted)


def test_everything_on_builds_and_more_warnings_find_nothing(fresh):
    fresh.make("allyesconfig")
    done = fresh.run("-j2", "-s", "W=1")
    assert (done.returncode, done.stderr) == (0, "")
    assert (fresh.out / "Image").exists()
    assert fresh.make("W=1") == ""


def test_everything_off_builds_an_image_without_suites(fresh):
    fresh.make("allnoconfig")
    assert not re.search(r"^CONFIG_(TEST_\w+=y|TESTS_ALL)", fresh.config(), re.M)
    fresh.make("-s")
    assert (fresh.out / "Image").exists()
    assert fresh.make() == ""


@pytest.mark.parametrize("seed", SEEDS)
def test_random_configuration_builds(fresh, seed):
    fresh.make("randconfig", KCONFIG_SEED=seed)
    config = fresh.config()
    fresh.make("-s")
    assert (fresh.out / "Image").exists()
    fresh.make("randconfig", KCONFIG_SEED=seed)
    assert fresh.config() == config


def test_goals_one_after_another(fresh):
    fresh.make("defconfig", "lib/base/crc32.o")
    assert (fresh.out / "lib/base/crc32.o").exists()
    fresh.make("mrproper", "allnoconfig")
    assert "# CONFIG_ACPI is not set" in fresh.config()


def in_terminal(tree, target, keys, title):
    """Run a front end in a terminal, press @keys once @title shows; exit status and screen."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe("make", ["make", "-C", str(tree.top), f"O={tree.out}", target],
                   environment(TERM="xterm", LINES="40", COLUMNS="100"))
    screen, pressed = b"", False
    limit = time.monotonic() + 20
    try:
        while time.monotonic() < limit:
            if not select.select([terminal], [], [], 0.3)[0]:
                # Quiet: it waits for a key. (The first letter of an entry is drawn apart.)
                if title in screen:
                    os.write(terminal, keys)
                    pressed = True
                continue
            try:
                data = os.read(terminal, 4096)
            except OSError:
                break
            if not data:
                break
            screen += data
        else:
            os.kill(pid, signal.SIGKILL)
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), pressed, screen


@pytest.mark.parametrize("target, keys", [("menuconfig", b"\x1b\x1b"), ("nconfig", b"\x1b")])
def test_menu_opens_and_leaves(fresh, target, keys):
    fresh.make("defconfig")
    status, pressed, screen = in_terminal(fresh, target, keys, b"ests")
    assert pressed and status == 0, screen[-400:]


def test_questions_one_by_one(fresh):
    fresh.make("defconfig")
    config = fresh.config()
    done = subprocess.run(["make", "-C", fresh.top, f"O={fresh.out}", "config"], env=environment(),
                          input="\n" * 200, capture_output=True, text=True, timeout=STEP_S, check=False)
    assert done.returncode == 0 and "UEFI application" in done.stdout
    assert fresh.config() == config
    fresh.make("oldconfig")
    assert fresh.config() == config


@pytest.mark.parametrize("line", [
    "CONFIG_NO_SUCH_OPTION=y", "CONFIG_HEAP_KIB=1", "CONFIG_HEAP_KIB=0x400", "CONFIG_DT=m",
    "CONFIG_TESTS_ALL=y\n# CONFIG_TEST_LIB is not set", "CONFIG_BOOT_EFI=y\n# CONFIG_BOOT_EFI is not se",
])
def test_defconfig_line_that_does_not_hold(fresh, line):
    with fresh.changed("configs/planted_defconfig", None, line + "\n"):
        message = fresh.refused("planted_defconfig")
    assert re.search(rf"planted_defconfig:{len(line.splitlines())}\b", message)
    assert re.search(r"CONFIG_(\w+)", line.splitlines()[-1])[1] in message


def test_defconfig_that_is_not_there(fresh):
    assert "configs/none_defconfig does not exist" in fresh.refused("none_defconfig")


@pytest.mark.parametrize("text, words", [
    ('config PLANTED\n\tbool "p"\n\tselect PLANTED_NEEDS\nconfig PLANTED_NEEDS\n\tbool\n'
     "\tdepends on PLANTED_OFF\nconfig PLANTED_OFF\n\tbool\n", "unmet direct dependencies"),
    ('config PLANTED\n\tbool "p"\n\tdepends on PLANTED_B\nconfig PLANTED_B\n\tbool "b"\n'
     "\tdepends on PLANTED\n", "recursive dependency"),
    ("config PLANTED\n\tnonsense\n", "Kconfig"),
    ('source "no/such/Kconfig"\n', "no/such/Kconfig"),
])
def test_what_conf_says_is_fatal(fresh, text, words):
    with fresh.changed("Kconfig", None, text):
        assert words in fresh.refused("allyesconfig")
