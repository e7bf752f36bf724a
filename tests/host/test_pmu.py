#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The suite pmu and its driver with a model of a PMU: see tests/host/pmu/."""

import hosttest


def test_pmu():
    hosttest.run("pmu")
