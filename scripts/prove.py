#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make prove: every planted defect of tests/defects, and nothing else of make check."""

import sys

import check
from assay import items

if __name__ == "__main__":
    sys.exit(check.main(items.defect_items, "prove"))
