# SPDX-License-Identifier: BSD-2-Clause
"""
scripts/setup with package tools that only note down how they are called: on a
bare system, on one with everything, without root, on other machines, without
a network.
"""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
SETUP = TOP / "scripts" / "setup"

# What it may use on a bare system; Debian marks the packages of all these as essential.
REAL_TOOLS = ("bash sh sed awk grep cat cut mkdir mktemp mv rm ln stat flock dpkg-deb tail head paste tee dirname"
              " env chown basename tar cp sha256sum")

FAKES = {
    "dpkg-query": """
if [ "$*" = '-W -f ${db:Status-Abbrev} ${Package}\\n' ]; then cat "$STATE/installed"
else echo "${*: -1} 1.0 arm64"; fi
""",
    "dpkg": """
case $1 in
--print-architecture) cat "$STATE/arch" ;;
-L) cat "$STATE/files-$2" ;;
esac
""",
    "apt-config": """
echo "etc='$STATE/etc/'"
""",
    "apt-get": """
echo "apt-get $*" >>"$STATE/calls"
while [ $# -gt 0 ]; do
	case $1 in
	-c) cp "$2" "$STATE/apt.conf"; cp -r "${2%/apt.conf}" "$STATE/config"; shift ;;
	update) break ;;
	install) [ ! -e "$STATE/fail-install" ] || exit 100; break ;;
	download)
		[ ! -e "$STATE/offline" ] || { echo "E: Could not resolve" >&2; exit 100; }
		shift
		for name; do cp "$STATE/${name}_1.0_arm64.deb" .; done
		exit ;;
	esac
	shift
done
if [ "$1" = update ] && [ -e "$STATE/locked" ]; then
	rm "$STATE/locked"
	echo "E: Could not get lock lists/lock. It is held by process 1" >&2
	exit 100
fi
[ "$1" != update ] || [ ! -e "$STATE/offline" ]
""",
    "sudo": """
echo "sudo $*" >>"$STATE/calls"
[ "$1" != -- ] || shift
exec "$@"
""",
    "id": """
case $1 in
-u) cat "$STATE/uid" ;;
-un) echo somebody ;;
esac
""",
    "sleep": """
echo "sleep $*" >>"$STATE/calls"
""",
}


KERNEL = "linux-image-6.1.0-1-arm64"


class Machine:
    """A tree with scripts/setup in it, and a system to run it on."""

    def __init__(self, root):
        self.tree, self.bin, self.state = root / "a tree", root / "bin", root / "state"
        for directory in (self.tree / "scripts", self.bin, self.state / "etc" / "sources.list.d"):
            directory.mkdir(parents=True)
        shutil.copy(SETUP, self.tree / "scripts" / "setup")
        for tool in REAL_TOOLS.split():
            (self.bin / tool).symlink_to(shutil.which(tool))
        for name, text in FAKES.items():
            self.fake(name, text)
        self.write("arch", "amd64\n")
        self.write("uid", "0\n")
        self.write("installed", "")
        self.write("etc/sources.list", "")
        for name, path in (("gnu-efi", "usr/lib/libefi.a"), ("libfdt-dev", "usr/lib/aarch64-linux-gnu/libfdt.a"),
                           (KERNEL, f"usr/lib/{KERNEL}/arm/juno.dtb"),
                           ("u-boot-rpi", "usr/lib/u-boot/rpi_arm64/u-boot.bin")):
            self.make_deb(name, path)
        self.make_deb("linux-image-arm64", "usr/share/doc/x", f"Depends: {KERNEL} (= 1.0)\n")

    def fake(self, name, text):
        path = self.bin / name
        path.write_text("#!/bin/bash\n" + text)
        path.chmod(0o755)

    def write(self, name, text):
        (self.state / name).write_text(text)

    def make_deb(self, name, path, fields=""):
        work = self.state / f"deb-{name}"
        (work / "DEBIAN").mkdir(parents=True)
        (work / "DEBIAN" / "control").write_text(f"Package: {name}\nVersion: 1.0\nArchitecture: arm64\n"
                                                 "Maintainer: nobody <nobody@localhost>\n"
                                                 f"{fields}Description: test\n")
        (work / path).parent.mkdir(parents=True)
        (work / path).write_text(name)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-b", work, self.state / f"{name}_1.0_arm64.deb"],
                       check=True, capture_output=True)

    def install_everything(self):
        names = {name for line in package_lines() for name in line.split()[0].split("|")}
        self.write("installed", "".join(f"ii  {name}\n" for name in names | {"gnu-efi"}))

    def run(self, *args, env=None):
        """Returns status and all output."""
        clean = {"PATH": str(self.bin), "STATE": str(self.state), "HOME": "/", "LC_ALL": "C"}
        proc = subprocess.run([self.tree / "scripts" / "setup", *args], env=clean | (env or {}), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        return proc.returncode, proc.stdout

    def calls(self):
        """What the package tools were asked, and forget it."""
        path = self.state / "calls"
        text = path.read_text() if path.exists() else ""
        path.unlink(missing_ok=True)
        return text.splitlines()

    @property
    def sysroot(self):
        return self.tree / "build" / "sysroot"


def package_lines():
    """The list in the script: package or alternatives, reason."""
    body = re.search(r"cat <<-END\n(.*?)\n\tEND", SETUP.read_text(), re.S)[1]
    return [line.strip() for line in body.splitlines()] + ["gcc-aarch64-linux-gnu the compiler"]


@pytest.fixture(name="machine")
def fixture_machine(tmp_path):
    return Machine(tmp_path)


def test_bare_system(machine):
    """Says what it will install and why, then does: without asking, and without recommended packages."""
    status, out = machine.run()
    assert status == 0, out
    names = [line.split()[0].split("|")[0] for line in package_lines()]
    assert f"these {len(names)} packages are missing" in out
    for name in names:
        assert re.search(rf"^    {re.escape(name)} +\S+", out, re.M), f"{name}, or its reason, was not told"
    update, install, update_lists, download, *boards = machine.calls()
    assert update == "apt-get -q update"
    assert re.match(r"apt-get -q -y --no-install-recommends .*DPkg::Lock::Timeout=\d\d+ .*install ", install)
    assert install.split(" install ")[1].split() == names
    assert re.match(r"apt-get -c \S.*/apt.conf -q update", update_lists)
    assert download.endswith("download gnu-efi libfdt-dev")
    assert [call.split()[-1] for call in boards] == ["linux-image-arm64", KERNEL, "u-boot-rpi"]
    assert out.index("are missing") < out.index("sysroot:")


def test_only_what_is_missing(machine):
    """A package on hold is there; one that was removed and left its settings is not."""
    machine.install_everything()
    text = (machine.state / "installed").read_text()
    text = text.replace("ii  sparse\n", "rc  sparse\n").replace("ii  make\n", "hi  make\n")
    text = text.replace("ii  kconfig-frontends-nox\n", "").replace("ii  git\n", "")
    machine.write("installed", text)
    status, out = machine.run()
    assert status == 0 and "these 2 packages" in out
    assert machine.calls()[1].split(" install ")[1].split() == ["sparse", "git"]


def test_nothing_to_do(machine):
    """No call of apt, not a word, no time."""
    machine.install_everything()
    assert machine.run()[0] == 0
    machine.calls()
    start = time.monotonic()
    assert machine.run() == (0, "")
    assert time.monotonic() - start < 0.5
    assert not machine.calls()


def test_this_machine_is_set_up():
    """The real system, as make check finds it: installed, and quick to see that."""
    if not shutil.which("apt-get"):
        pytest.skip("not a Debian system")
    start = time.monotonic()
    # What is fetched for boards may be missing, where there was no network.
    proc = subprocess.run([SETUP], capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, "BOARDS": "/none"})
    assert (proc.returncode, proc.stdout) == (0, "")
    assert time.monotonic() - start < 0.5


def test_sysroot(machine):
    """The files, their versions, nothing half made, nothing outside build/."""
    machine.install_everything()
    status, out = machine.run()
    assert status == 0, out
    assert (machine.sysroot / "usr/lib/libefi.a").read_text() == "gnu-efi"
    assert (machine.sysroot / "usr/lib/aarch64-linux-gnu/libfdt.a").read_text() == "libfdt-dev"
    assert (machine.sysroot / "VERSIONS").read_text().splitlines()[1:] == ["gnu-efi 1.0 arm64", "libfdt-dev 1.0 arm64"]
    assert sorted(os.listdir(machine.tree / "build")) == [".setup.lock", "boards", "cache", "sysroot"]
    assert sorted(os.listdir(machine.tree)) == ["build", "scripts"]


def test_boards(machine):
    """Device trees and U-Boot, with versions; where they cannot be had, a word, and all else is done."""
    machine.install_everything()
    (machine.state / f"{KERNEL}_1.0_arm64.deb").rename(machine.state / "away")
    status, out = machine.run()
    boards = machine.tree / "build" / "boards"
    assert status == 0 and "skip the boards" in out and machine.sysroot.exists() and not boards.exists()
    (machine.state / "away").rename(machine.state / f"{KERNEL}_1.0_arm64.deb")
    assert machine.run(env={"BOARDS": "/mine"}) == (0, "") and not boards.exists()
    status, out = machine.run()
    assert status == 0 and f"boards: {KERNEL} 1.0, u-boot-rpi 1.0" in out
    assert (boards / "dtbs/arm/juno.dtb").read_text() == KERNEL
    assert (boards / "u-boot/rpi_arm64/u-boot.bin").read_text() == "u-boot-rpi"
    assert [line.split()[:2] for line in (boards / "VERSIONS").read_text().splitlines()] == [
        [KERNEL, "1.0"], ["u-boot-rpi", "1.0"]]
    assert not list((machine.tree / "build").glob("apt.*"))


def test_apt_configuration(machine):
    """The system's sources and no others; arm64 alone; signatures stay checked."""
    machine.install_everything()
    machine.write("etc/sources.list", "deb [arch=amd64] http://one.invalid/debian stable main\n"
                                      "deb [ arch=amd64,i386 signed-by=/k.gpg ] http://two.invalid/ x y\n"
                                      "deb [signed-by=/k.gpg arch=amd64] http://three.invalid/ x y\n"
                                      "# deb [arch=amd64] http://four.invalid/ x y\n")
    machine.write("etc/sources.list.d/x.sources", "Types: deb\nURIs: http://five.invalid/\nSuites: x\n"
                                                  "Components: main\narchitectures: amd64\nSigned-By: /k.gpg\n")
    assert machine.run()[0] == 0
    text = (machine.state / "apt.conf").read_text()
    assert 'APT::Architecture "arm64";' in text and 'APT::Sandbox::User "somebody";' in text
    assert not re.search("allow-?(un|in)|trusted|verify|check-valid", text, re.I)
    places = dict(re.findall(r'^(Dir::\S+) "(.+)";$', text, re.M))
    assert {"Dir::State::Lists", "Dir::Cache::Archives", "Dir::Etc::SourceList", "Dir::Etc::SourceParts"} <= set(places)
    for path in places.values():
        assert path.startswith(str(machine.tree / "build")), path
    config = machine.state / "config"
    assert (config / "sources.list").read_text() == (
        "deb  http://one.invalid/debian stable main\ndeb [ signed-by=/k.gpg ] http://two.invalid/ x y\n"
        "deb [signed-by=/k.gpg] http://three.invalid/ x y\n# deb [arch=amd64] http://four.invalid/ x y\n")
    deb822 = (config / "sources.list.d" / "x.sources").read_text()
    assert "rchitectures" not in deb822 and "Signed-By: /k.gpg" in deb822


def test_offline(machine):
    """Says what to do; leaves nothing that a later run would take for done; packages kept from before do."""
    machine.install_everything()
    machine.write("offline", "")
    status, out = machine.run()
    assert status == 1
    for words in ("GNUEFI=", "LIBFDT=", str(machine.tree / "build/cache"), "Could not resolve"):
        assert words in out
    assert not machine.sysroot.exists() and not list((machine.tree / "build").glob("apt.*"))
    for deb in machine.state.glob("*.deb"):
        shutil.copy(deb, machine.tree / "build" / "cache")
    machine.calls()
    assert machine.run(env={"BOARDS": "/mine"})[0] == 0
    assert (machine.sysroot / "usr/lib/libefi.a").exists() and not machine.calls()


def test_damaged_download(machine):
    machine.install_everything()
    assert machine.run()[0] == 0
    shutil.rmtree(machine.sysroot)
    deb = machine.tree / "build/cache/gnu-efi_1.0_arm64.deb"
    deb.write_bytes(deb.read_bytes()[:100])
    status, out = machine.run()
    assert status == 1 and "damaged" in out and not machine.sysroot.exists()
    assert machine.run()[0] == 0 and machine.sysroot.exists()


def test_sysroot_of_another_kind_is_remade(machine):
    machine.install_everything()
    assert machine.run()[0] == 0
    (machine.sysroot / "VERSIONS").write_text("sysroot 0\n")
    (machine.sysroot / "usr/lib/libefi.a").unlink()
    assert machine.run()[0] == 0
    assert (machine.sysroot / "usr/lib/libefi.a").exists()


def test_given_paths_need_no_sysroot(machine):
    machine.install_everything()
    status, out = machine.run(env={"GNUEFI": "/x", "LIBFDT": "/y"})
    assert status == 0 and "no sysroot" in out and not machine.sysroot.exists()
    assert machine.run(env={"GNUEFI": "/x"})[0] == 0 and machine.sysroot.exists()


def test_without_root(machine):
    """sudo for what needs it, and for nothing else."""
    machine.write("uid", "1000\n")
    status, out = machine.run()
    assert status == 0, out
    calls = machine.calls()
    assert [call for call in calls if call.startswith("sudo")] == [
        call for call in calls if re.match(r"sudo -- (env DEBIAN_FRONTEND=noninteractive )?apt-get -q", call)]
    assert sum(call.startswith("sudo") for call in calls) == 2
    assert (machine.tree / "build/sysroot").stat().st_uid == os.geteuid()


def test_without_root_and_sudo(machine):
    machine.write("uid", "1000\n")
    (machine.bin / "sudo").unlink()
    status, out = machine.run()
    assert status == 1 and "neither root nor sudo" in out
    assert "apt-get install --no-install-recommends make gcc" in out and not machine.calls()
    machine.install_everything()
    assert machine.run()[0] == 0, "with everything there, neither is needed"


def test_failed_installation(machine):
    machine.write("fail-install", "")
    status, out = machine.run()
    assert status == 1 and "could not install" in out and not machine.sysroot.exists()


def test_waits_for_the_lists(machine):
    """Fresh machines update by themselves in their first minutes."""
    machine.write("locked", "")
    status, out = machine.run()
    assert status == 0 and "another apt holds the lists" in out
    assert [call.split()[0] for call in machine.calls()][:4] == ["apt-get", "sleep", "apt-get", "apt-get"]


def test_arm64_host(machine):
    """Native packages and compiler: links to their files, and nothing is fetched."""
    machine.write("arch", "arm64\n")
    lib = machine.state / "libefi.a"
    lib.write_text("native")
    for name, files in (("gnu-efi", f"/.\n{machine.state}\n{lib}\n/usr/share/doc/gnu-efi/copyright\n"),
                        ("libfdt-dev", f"{machine.state}/no-such.so\n")):
        machine.write(f"files-{name}", files)
    status, out = machine.run()
    assert status == 0, out
    install = machine.calls()[1].split(" install ")[1].split()
    assert "gnu-efi" in install and "gcc-aarch64-linux-gnu" not in install and "libfdt-dev" in install
    link = machine.sysroot / str(lib)[1:]
    assert link.is_symlink() and link.read_text() == "native"
    assert len([path for path in machine.sysroot.rglob("*") if path.is_symlink()]) == 1
    assert not machine.calls()
    machine.install_everything()
    assert machine.run() == (0, "")


def test_other_distribution(machine):
    """Names what is needed, in words, and how to give the libraries' paths."""
    (machine.bin / "apt-get").unlink()
    status, out = machine.run()
    assert status == 1
    for word in ("not a Debian system", "qemu-system-aarch64", "kconfig", "gnu-efi", "GNUEFI=DIR LIBFDT=DIR",
                 "CROSS_COMPILE="):
        assert word in out


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a tree to somebody")
def test_root_in_another_users_tree(machine):
    """sudo ./scripts/setup must not lock the owner out of build/."""
    machine.install_everything()
    subprocess.run(["chown", "-R", "12345:12345", machine.tree], check=True)
    assert machine.run()[0] == 0
    wrong = [path for path in machine.tree.rglob("*") if path.lstat().st_uid != 12345]
    assert not wrong


def test_arguments(machine):
    status, out = machine.run("--force")
    assert status == 1 and "unknown argument '--force'" in out
    status, out = machine.run("--help")
    assert status == 0 and "GNUEFI=DIR" in out and not machine.calls()


def test_ci_runs_the_command_of_the_readme():
    command = "./scripts/setup && make check"
    assert (TOP / ".ci" / "run").read_text().splitlines()[-1] == command
    assert re.search(rf"^\s*{re.escape(command)}\b", (TOP / "README.md").read_text(), re.M)
