#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Interrupt controllers with registers that no QEMU has: see tests/host/irqchip/."""

import hosttest


def test_irqchip():
    hosttest.run("irqchip")
