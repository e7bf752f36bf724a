# SPDX-License-Identifier: BSD-2-Clause
"""The image's command line, on the build machine: words by origin, and what is set in the end."""

import re

import pytest
from imagerunner import ALPHA, END, boot, conf, run, settings


def test_precedence(tmp_path):
    path = conf(tmp_path, "once=file\n")
    assert settings(run("--config", "once=config run=alpha")) == ["once=config"]
    assert settings(run("--config", "once=config run=alpha", "--file", path)) == ["once=file"]
    report = run("--config", "once=config run=alpha", "--file", path, "--boot", "once=boot")
    assert settings(report) == ["once=boot"]
    assert "word:     once=boot (load options)\n" in report.text
    assert "word:     run=alpha (CONFIG_CMDLINE)\n" in report.text
    assert "once=file" not in report.text and report.status == 0


def test_last_of_an_origin_wins():
    assert settings(boot("run=alpha once=1 once=2 once")) == ["once=(bare)"]


def test_list_words_collect_within_the_last_origin(tmp_path):
    path = conf(tmp_path, "many=3\nmany=4\n")
    assert settings(run("--config", "run=alpha many=1 many=2")) == ["many=1", "many=2"]
    assert settings(run("--config", "run=alpha many=1 many=2", "--file", path)) == [
        "many=3", "many=4"]


def test_quotes():
    report = boot('run=alpha many="a b" "many=c d" many=""')
    assert settings(report) == ["many=a b", "many=c d", "many="]


@pytest.mark.parametrize("words", [
    "quiet splash root=/dev/sda2 ro rw rootwait console=ttyAMA0,115200 debug init=/bin/sh",
    "BOOT_IMAGE=/boot/Image initrd=initrd panic=5 nokaslr earlyprintk=x",
    r"FS0:\assay.efi", "Image.efi", "ASSAY.EFI", r"\EFI\BOOT\BOOTAA64.EFI quiet",
])
def test_foreign_words_are_ignored(words):
    report = boot(f"{words} run=alpha")
    assert not report.errors and report.status == 0


@pytest.mark.parametrize("rest", [
    "--", "-- single run=nix", '-- --rnu=1 once="open', "-- once=1 -- once=2"])
def test_words_for_init_are_ignored(rest):
    report = boot(f"run=alpha once=0 {rest}")
    assert not report.errors and report.status == 0
    assert list(report.results) == ALPHA + END and settings(report) == ["once=0"]


def test_words_for_init_only_from_boot(tmp_path):
    report = run("--file", conf(tmp_path, "run=alpha\n-- once=1\n"))
    assert report.errors == ['assay.conf: unknown word "--"'] and settings(report) == ["once=1"]
    assert run("--config", "run=alpha -- once=1").errors == ['CONFIG_CMDLINE: unknown word "--"']


# words: the complaint
UNKNOWN = {
    "rnu=alpha": 'load options: unknown word "rnu=alpha": is "run" meant?',
    "shufle=1": 'load options: unknown word "shufle=1": is "shuffle" meant?',
    "tiemout=3": 'load options: unknown word "tiemout=3": is "timeout" meant?',
    "List": 'load options: unknown word "List": is "list" meant?',
    "completely=different": 'load options: unknown word "completely=different"',
    "quieter": 'load options: unknown word "quieter"',
    "=x": 'load options: unknown word "=x"',
    "x" * 5000: 'load options: unknown word "' + "x" * 400,
    "--- run=alpha": 'load options: unknown word "---"',
    "run=alpha image.efi": 'load options: unknown word "image.efi"',
    'run=alpha once="open': 'load options: quote without an end: word ignored: once="open',
    "run=alpha picky=bad": "load options: picky=bad: EINVAL; picky: picky=good",
    "run=alpha once=\x01": "load options: not text (byte 0x01 at offset 15): ignored",
}


@pytest.mark.parametrize("words", UNKNOWN)
def test_bad_word(words):
    report = boot(words, "--config", "run=alpha.one")
    assert report.errors[0].startswith(UNKNOWN[words])
    assert report.results["environment.clean"] == "ERROR" and report.status == 1


def test_long_words_are_whole():
    value = "y" * 3000
    report = boot(f"run=alpha many={value}")
    assert settings(report) == [f"many={value}"]
    assert f"word:     many={value} (load options)\n" in report.text


def test_conf_file(tmp_path):
    path = conf(tmp_path, b"\xef\xbb\xbf# a comment\r\n\r\n  run=alpha  many=1 # behind\r\n"
                b'many="# not one"\r\nVAR=some value # kept\r\nE1_X=\r\n')
    report = run("--file", path, "--env", "VAR")
    assert settings(report) == ["many=1", "many=# not one"]
    assert "env VAR=some value # kept\n" in report.text
    assert not report.errors
    assert "env E1_X=\n" in run("--file", path, "--env", "E1_X").text
    assert "env NONE=(unset)\n" in run("--file", path, "--env", "NONE").text


def test_conf_file_error(tmp_path):
    report = run("--file", conf(tmp_path, "run=alpha\nnonsense=1\n"))
    assert report.errors == ['assay.conf: unknown word "nonsense=1"']


def test_program_name_only_from_boot(tmp_path):
    assert run("--file", conf(tmp_path, "assay.efi run=alpha")).status == 1


def test_environment_from_initrd(tmp_path):
    path = conf(tmp_path, "VAR=file\nONLY=file\nrun=alpha\n")
    initrd = tmp_path / "initrd"
    initrd.write_bytes(b"# comment\n\nVAR=initrd\nVAR2= x = y \n\0\0\0")
    args = ("--file", path, "--initrd", initrd)
    assert "env VAR=initrd\n" in run(*args, "--env", "VAR").text
    assert "env VAR2= x = y\n" in run(*args, "--env", "VAR2").text
    assert "env ONLY=file\n" in run(*args, "--env", "ONLY").text
    assert run(*args).status == 0


def env_lines(report):
    return re.findall(r"^env:.*$", report.text, flags=re.M)


def test_environment_leaves_a_trace(tmp_path):
    path = conf(tmp_path, "VAR=secret\nONLY=secret\nrun=alpha\n")
    initrd = tmp_path / "initrd"
    initrd.write_bytes(b"FOO=secret\nVAR=secret\nBAZ=\nFOO=secret\n")
    assert env_lines(run("--file", path)) == ["env:      2 variables (assay.conf): VAR ONLY"]
    report = run("--file", path, "--initrd", initrd)
    assert env_lines(report) == ["env:      3 variables (initrd LoadFile2): VAR FOO BAZ",
                                 "env:      1 variable (assay.conf): ONLY"]
    assert "secret" not in report.text


def test_many_variables_leave_a_whole_trace(tmp_path):
    initrd = tmp_path / "initrd"
    names = [f"V{n}" for n in range(500)] + ["X" * 2000]
    initrd.write_text("".join(f"{name}=1\n" for name in names))
    assert env_lines(boot("run=alpha", "--initrd", initrd)) == [
        "env:      501 variables (initrd LoadFile2): " + " ".join(names)]


def test_no_environment_no_line():
    assert not env_lines(boot("run=alpha"))


INITRDS = {
    b"VAR=1\nnot one\n": "initrd (LoadFile2): line 2 is not NAME=value with an upper-case name",
    b"lower=1\n": "initrd (LoadFile2): line 1 is not NAME=value",
    b"1VAR=1\n": "initrd (LoadFile2): line 1 is not NAME=value",
    b"=1\n": "initrd (LoadFile2): line 1 is not NAME=value",
}


@pytest.mark.parametrize("data", INITRDS, ids=range(len(INITRDS)))
def test_bad_initrd(data, tmp_path):
    initrd = tmp_path / "initrd"
    initrd.write_bytes(data)
    report = boot("run=alpha", "--initrd", initrd)
    assert report.errors[0].startswith(INITRDS[data]) and report.status == 1
    assert env_lines(report) == (["env:      1 variable (initrd LoadFile2): VAR"]
                                 if data.startswith(b"VAR") else [])


FOREIGN_INITRDS = {
    b"\x1f\x8b\x08\0\0gzip": "initrd (LoadFile2): not NAME=value text (byte 0x1f at offset 0)",
    b"VAR=\0\1": "initrd (LoadFile2): not NAME=value text (byte 0x00 at offset 4)",
    b"A=1\n" * 20000: "initrd (LoadFile2): 80000 bytes, more than the 65536",
}


@pytest.mark.parametrize("data", FOREIGN_INITRDS, ids=range(len(FOREIGN_INITRDS)))
def test_initrd_of_another_system(data, tmp_path):
    """Boot loaders pass what they have: a warning, and nothing of it is used."""
    initrd = tmp_path / "initrd"
    initrd.write_bytes(data)
    for name in ("VAR", "A"):
        report = boot("run=alpha", "--initrd", initrd, "--env", name)
        assert report.warnings[0].startswith(FOREIGN_INITRDS[data]) and report.status == 0
        assert f"env {name}=(unset)\n" in report.text and not env_lines(report)


@pytest.mark.parametrize("left", range(0, 1400, 40))
def test_out_of_memory_is_no_success(left):
    """However early the heap ends, the report is whole and its verdict is not good."""
    report = boot("run=alpha many=1 xfail=beta.one:x skip=gamma", "--heap", left)
    assert report.status == 1 and report.errors
