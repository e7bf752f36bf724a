#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The word fault=: what is taken of it and what is refused. See tests/host/fault/."""

import hosttest


def test_fault():
    hosttest.run("fault")
