#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make audit: the cache audit on every configuration (docs/cache-audit.md)."""

import sys

import check
from assay import audit_items

if __name__ == "__main__":
    sys.exit(check.main(audit_items.audit_items, "audit"))
