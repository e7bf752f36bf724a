# SPDX-License-Identifier: BSD-2-Clause
"""The items that run saboteurs: what they must notice."""

import re

import pytest
from runnertest import TOP

from assay import sabotage_items, status

HEALTHY = {"a.one": ("PASS", ""), "a.two": ("SKIP", "no such device")}


def test_all_alike_is_no_difference():
    assert sabotage_items.differences(HEALTHY, dict(HEALTHY)) == []


@pytest.mark.parametrize("behind, words", [
    ({"a.one": ("FAIL", "lost"), "a.two": HEALTHY["a.two"]}, "a.one: FAIL lost"),
    ({"a.one": HEALTHY["a.one"], "a.two": ("SKIP", "another reason")}, "a.two: SKIP another"),
    ({"a.one": HEALTHY["a.one"]}, "a.two: did not run"),
    ({**HEALTHY, "a.new": ("PASS", "")}, "a.new: ran only"),
])
def test_each_difference_is_told(behind, words):
    found = sabotage_items.differences(HEALTHY, behind)
    assert len(found) == 1 and words in found[0]


def test_many_differences_are_counted():
    found = sabotage_items.differences({f"a.c{n}": ("PASS", "") for n in range(15)}, {})
    assert len(found) == 11 and found[-1] == "and 5 more"


@pytest.mark.parametrize("text, words", [
    ("", "no saboteurs"),
    ('[machines]\na = "direct"\n[saboteurs]\nx = { verdict = "SAD", on = ["a"] }\n', "saboteurs.x"),
    ('[machines]\na = "direct"\n[saboteurs]\nx = { verdict = "FAIL", on = ["b"] }\n', "['b']"),
    ('[machines]\na = "direct"\n[saboteurs]\nx = { verdict = "FAIL", on = [] }\n', "there are: a"),
])
def test_bad_table_is_refused(tmp_path, text, words):
    path = tmp_path / "sabotage.toml"
    path.write_text(text)
    with pytest.raises(status.UsageError) as err:
        sabotage_items.load(path)
    assert words in str(err.value)


def test_every_saboteur_is_tried_somewhere():
    source = "".join((TOP / file).read_text()
                     for file in ("tests/selftest/sabotage.c", "tests/efi/sabotage_early.c"))
    cases = set(re.findall(r"^DEFINE_RUN\((\w+)\)", source, re.M))
    tried = sabotage_items.load(TOP / "tests/selftest/sabotage.toml")
    assert cases == {saboteur.name for saboteur in tried}
