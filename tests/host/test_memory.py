#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The memory map on the build machine: see tests/host/memory/."""

import hosttest


def test_memory():
    hosttest.run("memory")


def test_allocators():
    hosttest.run("alloc")


def test_allocators_with_redzones():
    hosttest.run("alloc_redzones")
