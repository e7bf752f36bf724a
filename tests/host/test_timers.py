#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Memory-mapped timers with a model of their registers: see tests/host/timers/."""

import hosttest


def test_timers():
    hosttest.run("timers")
