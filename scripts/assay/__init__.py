# SPDX-License-Identifier: BSD-2-Clause
"""What run.py, check.py and prove.py share: each module does one thing."""
