#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""
Writes the match tables of drivers/*/*.c, as C, for a program of the build machine: which
devices have a driver is asked of the drivers themselves, whose other code cannot run there.
"""

import re
import sys
from pathlib import Path

TABLE = re.compile(r"struct device_match (\w+)\[\] = \{(.*?)^\};", re.S | re.M)
ENTRY = re.compile(r"\.(compatible|acpi) = (\"[^\"]*\"|[A-Z0-9_]+(?:\([^()]*\))?)")
DRIVER = re.compile(r"^DRIVER\((\w+),(.*?)\);", re.S | re.M)


def entries(body):
    """One C initializer for each entry of a match table."""
    for text in re.findall(r"\{([^{}]+)\}", body):
        fields = [f".{name} = {value}" for name, value in ENTRY.findall(text)]
        if fields:
            yield f"\t{{ {', '.join(fields)} }},"


def declare(source):
    """C of the drivers of one file."""
    tables = dict(TABLE.findall(source))
    for name, fields in DRIVER.findall(source):
        driver_class = re.search(r"\.class = (\w+)", fields)[1]
        table = re.search(r"\.match = (\w+)", fields)[1]
        yield "\n".join([f"static const struct device_match {name}_match[] = {{",
                         *entries(tables[table]), "\t{}", "};",
                         f"DRIVER({name}, .class = {driver_class}, .match = {name}_match,"
                         " .probe = board_probe);"])


def main():
    sources = [path.read_text(encoding="utf-8")
               for path in sorted(Path(sys.argv[1]).glob("drivers/*/*.c"))]
    sources = [source for source in sources if DRIVER.search(source)]
    found = [text for source in sources for text in declare(source)]
    print("\n".join(found))


if __name__ == "__main__":
    main()
