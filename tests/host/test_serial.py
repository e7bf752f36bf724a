# SPDX-License-Identifier: BSD-2-Clause
"""drivers/serial against models of the UARTs' registers: see tests/host/serial/."""

import hosttest


def test_serial():
    hosttest.run("serial")
