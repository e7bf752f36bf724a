#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Lines "SOURCE OBJECT COMMAND" on stdin, compile_commands.json on stdout."""

import json
import os
import sys


def main():
    entries = []
    for line in sys.stdin:
        if not line.strip():
            continue
        source, output, command = line.strip().split(" ", 2)
        entries.append({"directory": os.getcwd(), "file": source, "output": output,
                        "command": command})
    json.dump(entries, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
