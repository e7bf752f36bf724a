#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The screen's text on the build machine: see tests/host/video/."""

import hosttest


def test_video():
    hosttest.run("video")
