#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make coverage: writes the generated part of docs/coverage.md anew."""

import sys
from functools import lru_cache

from assay import coverage, coverage_page, environment, variant
from assay.csource import SourceError
from assay.status import GOOD, USAGE, UsageError


def generate(source, obj):
    """(path of the page, its text as it has to be)."""
    @lru_cache(maxsize=None)
    def symbols(name):
        return variant.symbols(source, obj, name or variant.DEFCONFIG)

    path = source / "docs" / "coverage.md"
    page = coverage_page.Page(coverage.load(source, symbols))
    return path, coverage_page.merge(path.read_text(), page.text())


def main():
    try:
        path, text = generate(environment.source(), environment.output())
    except (UsageError, SourceError) as err:
        print(f"coverage: {err}", file=sys.stderr)
        return USAGE
    if path.read_text() != text:
        path.write_text(text)
        print(f"coverage: {path.name} is new")
    return GOOD


if __name__ == "__main__":
    sys.exit(main())
