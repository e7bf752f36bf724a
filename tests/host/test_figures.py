# SPDX-License-Identifier: BSD-2-Clause
"""What cases measured, in JUnit and in a file of its own (docs/output.md)."""

import json
from types import SimpleNamespace

import pytest
from runnertest import log_text

from assay import junit, ktap, status

FIGURE = {"what": "device read (UART)", "clock": "CNTVCT_EL0", "hz": 62500000, "count": 256,
          "overhead": 7, "min": 12, "median": 12, "p99": 13, "max": 40}


def result_of(text):
    return SimpleNamespace(platform=SimpleNamespace(name="direct"), parser=ktap.parse(text),
                           status=status.GOOD, seconds=0.1, headline="", details=[])


@pytest.fixture(name="measured")
def _measured():
    line = f"    # json: {json.dumps(FIGURE)}\n    ok 1 strlen"
    return result_of(log_text("good").replace("    ok 1 strlen", line, 1))


def test_file_holds_all_figures(measured, tmp_path):
    path = tmp_path / "direct.json"
    junit.write_figures(path, measured)
    assert json.loads(path.read_text()) == [{"platform": "direct", "case": "lib.strlen", **FIGURE}]


def test_no_file_without_figures(tmp_path):
    path = tmp_path / "direct.json"
    path.write_text("of an earlier run")
    junit.write_figures(path, result_of(log_text("good")))
    assert not path.exists()


def test_junit_has_them_as_properties(measured):
    pytest.importorskip("junitparser")
    found = {prop.name: json.loads(prop.value) for prop in junit.image_suite(measured).properties()}
    assert found == {"lib.strlen: device read (UART)": FIGURE}
