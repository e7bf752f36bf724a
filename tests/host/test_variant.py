# SPDX-License-Identifier: BSD-2-Clause
"""Variants of the image, which are built beside the user's own."""

from runnertest import TOP

from assay import variant


def build_of(folder, text):
    for name, content in (("include/config/auto.conf", text), ("arch/arm64/.a.o.cmd", text), (".config", text),
                          ("check/log", text)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def test_a_new_variant_begins_with_objects_that_are_there(tmp_path):
    obj, out = tmp_path, tmp_path / "variants" / "audit"
    build_of(obj, "own")
    (out.parent / "audit.seed" / "arch").mkdir(parents=True)        # of one that was ended
    variant._seed(TOP, obj, out)
    assert (out / "arch/arm64/.a.o.cmd").read_text() == "own"
    assert sorted(path.name for path in out.iterdir()) == ["arch", "include"]
    build_of(out.parent / "defconfig", "defconfig")
    variant._seed(TOP, obj, out)
    assert (out / "arch/arm64/.a.o.cmd").read_text() == "own"       # that is a build of its own by now
    variant._seed(TOP, obj, out.parent / "bare")
    assert (out.parent / "bare/arch/arm64/.a.o.cmd").read_text() == "defconfig"


def test_a_variant_begins_with_nothing_where_there_is_nothing(tmp_path):
    out = tmp_path / "variants" / "audit"
    variant._seed(TOP, tmp_path, out)
    build_of(tmp_path, "own")
    variant._seed(tmp_path, tmp_path, out)                          # a build in the source tree
    assert not out.exists()
