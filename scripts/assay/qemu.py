# SPDX-License-Identifier: BSD-2-Clause
"""QEMU command lines: what a platform file and the user's variables come to."""

import os
import platform as host
import re
import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path

from . import disk, dtb, edits
from .status import UsageError
from .tools import BOARDS, find_board_file, find_firmware, find_tool

DEFAULT_QEMU = "qemu-system-aarch64"
ACCELS = ("tcg", "kvm", "hvf")
SHELL_IMAGE = "assay.efi"
BOOT_IMAGE = "EFI/BOOT/BOOTAA64.EFI"
CONF = "EFI/BOOT/assay.conf"
MACHINE_DTB = "machine.dtb"
KVM = "/dev/kvm"
RAM_BASE = 0x40000000       # of the virt machine
# Where boot = "loader" puts things, from the platform's loader_base on: the first 128 MiB.
LOADER_IMAGE = 0x200000
LOADER_DTB = 0x7e00000
LOADER_ENTRY = 0x7fff000
PLATFORMS = Path(__file__).resolve().parents[2] / "tests" / "platforms"


@dataclass(frozen=True)
class Setup:
    """What is the same for all platforms of a run: the build, and the user's own parts."""
    image: Path
    logs: Path
    qemu: str = DEFAULT_QEMU
    firmware: str = ""              # another file than the platform's, or CODE:VARS
    accel: str = "tcg"
    qemu_args: list = field(default_factory=list)
    dtb: Path = None                # tree to describe the machine with, in place of QEMU's own
    files: dict = field(default_factory=dict)   # more files for the EFI system partition
    shell_before: tuple = ()        # commands for the EFI shell before the image starts


def check_accel(accel):
    """UsageError saying why an accelerator cannot work on this host."""
    if accel not in ACCELS:
        raise UsageError(f"ACCEL={accel}: expected one of {', '.join(ACCELS)}")
    if accel == "tcg":
        return
    if host.machine() not in ("aarch64", "arm64"):
        raise UsageError(f"ACCEL={accel} needs an arm64 host, and this is {host.machine()}: use"
                         " ACCEL=tcg")
    if accel == "hvf" and host.system() != "Darwin":
        raise UsageError(f"ACCEL=hvf is macOS', and this is {host.system()}: use ACCEL=kvm")
    if accel == "kvm" and not os.path.exists(KVM):
        raise UsageError(f"ACCEL=kvm: there is no {KVM}: the host's kernel runs without KVM, or was"
                         " itself started at EL1 (in a virtual machine): use ACCEL=tcg")
    if accel == "kvm" and not os.access(KVM, os.R_OK | os.W_OK):
        raise UsageError(f"ACCEL=kvm: no permission for {KVM}: add yourself to the group that owns"
                         " it (on Debian: adduser $USER kvm) and log in again")


def memory_bytes(mem):
    """Bytes of a size as QEMU's -m takes it."""
    units = {"K": 10, "M": 20, "G": 30}
    return int(mem[:-1]) << units[mem[-1].upper()]


def _option(value):
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


def machine_argument(platform, accel="tcg"):
    """The text behind -machine."""
    options = dict(platform.machine_options)
    if not platform.acpi:
        options["acpi"] = "off"
    if accel != "tcg":
        # A virtual GIC must be one that the host's can back.
        options.setdefault("gic-version", "host" if accel == "kvm" else "2")
    words = [f"{key}={_option(value)}" for key, value in options.items()]
    return ",".join([platform.machine, *words])


def machine_arguments(platform, setup):
    """Machine, CPUs, memory, and how it is accelerated."""
    cpu = platform.cpu if setup.accel == "tcg" else "host"
    args = ["-machine", machine_argument(platform, setup.accel), "-cpu", cpu,
            "-smp", str(platform.smp), "-m", platform.mem]
    if setup.accel != "tcg":
        args += ["-accel", setup.accel]
    elif platform.icount:
        # Runs become repeatable: one instruction is 16 ns, and idle time is skipped.
        args += ["-icount", "shift=4,sleep=off", "-rtc", "base=2026-01-01,clock=vm"]
    return args


def _firmware_arguments(platform, setup, work):
    if platform.firmware == "none" and not setup.firmware:
        return []
    given = setup.firmware or platform.firmware
    code, _, variables = (given, "", "") if given.startswith(BOARDS) else given.partition(":")
    code = find_firmware(code)
    if not variables:
        return [f"-{platform.firmware_option}", code]
    copy = work / "vars.fd"
    shutil.copyfile(find_firmware(variables), copy)
    return ["-drive", f"if=pflash,format=raw,readonly=on,file={code}",
            "-drive", f"if=pflash,format=raw,file={copy}"]


def check_words(text):
    """What no boot method carries in a command line is refused here, not lost on the way."""
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise UsageError(f"the words for the image hold a control character: {text!r}")
    if text.count('"') % 2:
        raise UsageError(f"the words for the image hold a quote without an end: {text}")


def _shell_script(words, setup):
    lines = ["@echo -off", *setup.shell_before, f"FS0:\\{SHELL_IMAGE} {words}".rstrip(),
             "reset -s"]
    return "".join(f"{line}\r\n" for line in lines)


def machine_dtb(platform, setup, path):
    """
    The tree that describes this machine, in the file @path: as QEMU gives it to a guest started
    directly, or the platform's own source or file, with the platform's edits.
    """
    if platform.dtb.endswith(".dts"):
        dtb.compile_source(PLATFORMS / platform.dtb, path)
    elif platform.dtb.startswith(BOARDS):
        shutil.copyfile(find_board_file(platform.dtb), path)
    else:
        _dump_dtb(platform, setup, path)
    edits.apply_to_tree(platform, path)
    return path


def _dump_dtb(platform, setup, path):
    command = [find_tool(setup.qemu), *machine_arguments(platform, setup), *_quiet(),
               "-kernel", str(setup.image)]
    dtb.dump_machine(command, path)


def _disk_arguments(platform, setup, work):
    words = platform.command_line()
    files = dict(setup.files)
    if platform.dtb == "machine" and MACHINE_DTB not in files:
        files[MACHINE_DTB] = machine_dtb(platform, setup, work / MACHINE_DTB)
    if platform.dtb == "machine":
        words = f"{words} dtb={MACHINE_DTB}".strip()
    if platform.boot == "shell":
        files[SHELL_IMAGE] = setup.image
        files["startup.nsh"] = _shell_script(words, setup)
    else:
        files[BOOT_IMAGE] = setup.image
        files[CONF] = f"{words}\n"
    image = disk.make_disk(work / "disk.img", files)
    if platform.disk == "sd":
        return ["-drive", f"if=sd,format=raw,file={image}"]
    args = ["-drive", f"if=none,id=esp,format=raw,file={image}",
            "-device", "virtio-blk-pci,drive=esp"]
    if platform.firmware != "u-boot":
        # Without it EDK2 waits five seconds before it looks at the disk.
        args += ["-boot", "menu=on,splash-time=0"]
    return args


def _own_dtb(platform, setup, work):
    """The tree to give to QEMU, None where the one that it makes itself will do."""
    if setup.dtb or platform.dtb == "machine":
        return setup.dtb
    if platform.boot == "loader" or platform.dtb != "none" or edits.any_of_tree(platform):
        return machine_dtb(platform, setup, work / MACHINE_DTB)
    return None


def _hand_over(platform, path):
    """
    Code that does the platform's writes, then enters the image as the Linux boot protocol says:
    x0 the tree, x1-x3 zero. A CPU comes out of reset with the MMU off and all exceptions masked.
    """
    words, values = [], []

    def load(register, value):
        values.append((len(words), value))
        words.append(0x58000000 | register) # ldr; how far away the value is comes below

    for write in platform.writes:
        load(1, write["address"])
        load(2, write["value"])
        words.append(0xb9000022)            # str w2, [x1]
    load(0, platform.loader_base + LOADER_DTB)
    words += [0xaa1f03e1, 0xaa1f03e2, 0xaa1f03e3]   # mov x1, xzr; x2; x3
    load(4, platform.loader_base + LOADER_IMAGE)
    words.append(0xd61f0080)                # br x4
    words += [0] * (len(words) % 2)         # the values are 8 bytes wide
    for n, (at, _) in enumerate(values):
        words[at] |= (len(words) + 2 * n - at) << 5
    path.write_bytes(struct.pack(f"<{len(words)}I{len(values)}Q", *words,
                                 *[value for _, value in values]))
    return path


def _loader_arguments(platform, setup, work):
    """QEMU's generic loader, as a debugger would do it: unlike -kernel it leaves the tree alone."""
    tree = shutil.copyfile(_own_dtb(platform, setup, work), work / "loader.dtb")
    if platform.command_line():
        dtb.edit(tree, {"node": "/chosen", "property": "bootargs",
                        "strings": [platform.command_line()]})
    entry = platform.loader_base + LOADER_ENTRY
    files = {setup.image: platform.loader_base + LOADER_IMAGE,
             tree: platform.loader_base + LOADER_DTB,
             _hand_over(platform, work / "handover.bin"): entry}
    args = [word for file, address in files.items()
            for word in ("-device", f"loader,file={file},addr={address:#x},force-raw=on")]
    return [*args, "-device", f"loader,addr={entry:#x},cpu-num=0"]


def _boot_arguments(platform, setup, work):
    if platform.boot == "loader":
        return _loader_arguments(platform, setup, work)
    if platform.boot in ("disk", "shell"):
        return _disk_arguments(platform, setup, work)
    args = ["-kernel", str(setup.image)]
    if platform.command_line():
        args += ["-append", platform.command_line()]
    return args


def _quiet():
    """No window, no monitor, and no network card: the default one wants a ROM file of its own."""
    return ["-display", "none", "-monitor", "none", "-nic", "none"]


def _console(platform):
    """The machine's serial line that is watched; -1: a device in the platform's qemu_args."""
    if platform.serial < 0:
        return ["-serial", "null", "-chardev", "stdio,id=console"]
    return [*["-serial", "null"] * platform.serial, "-serial", "stdio"]


def by_uefi(platform, setup):
    """Whether firmware starts the image as an EFI application."""
    return platform.boot not in ("booti", "loader") and bool(platform.firmware != "none" or setup.firmware)


def unbootable(platform, setup):
    """Why firmware cannot start this image, "" when nothing speaks against it."""
    with open(setup.image, "rb") as file:
        magic = file.read(2)
    if not by_uefi(platform, setup) or magic == b"MZ":
        return ""
    return (f"BOOT_EFI is off in this image (it does not begin with MZ), and {platform.name} starts"
            " it by UEFI: turn BOOT_EFI on, or take PLATFORM=direct")


def build_command(platform, setup, work):
    """
    The command line that runs @platform; files it needs are made in @work.
    """
    check_accel(setup.accel)
    check_words(platform.command_line())
    if not setup.image.is_file():
        raise UsageError(f"{setup.image}: there is no such file: build the image with make first")
    work.mkdir(parents=True, exist_ok=True)
    command = [find_tool(setup.qemu), *machine_arguments(platform, setup), *_quiet(),
               *_console(platform)]
    command += _firmware_arguments(platform, setup, work)
    command += _boot_arguments(platform, setup, work)
    tree = _own_dtb(platform, setup, work)
    if tree and platform.boot != "loader":
        command += ["-dtb", str(tree)]
    return command + list(platform.qemu_args) + list(setup.qemu_args)
