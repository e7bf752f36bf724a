# SPDX-License-Identifier: BSD-2-Clause
"""Platforms that differ along axes: tests/platforms/grids/*.toml, see docs/platforms.md."""

from functools import reduce
from itertools import product

from .status import UsageError


def _join(path, first, second):
    """Keys of two places of a grid: tables are merged, sets and words come to those before."""
    joined = dict(first)
    for key, value in second.items():
        if key == "about":
            joined[key] = f"{first[key]}, {value}" if first.get(key) else value
        elif key == "sets":
            joined[key] = [*first.get(key, []), *value]
        elif isinstance(value, dict):
            joined[key] = {**first.get(key, {}), **value}
        elif key in first:
            raise UsageError(f"{path}: {key} is given twice for one platform")
        else:
            joined[key] = value
    return joined


def expand(path, data):
    """
    The platforms of a grid: {name: keys}. @data holds the keys that all have, and the
    table `axis`: of axes, of the values of each, of the keys that a value brings. A
    name is that of the file and of a value of each axis.
    """
    axes = data.get("axis")
    if not isinstance(axes, dict) or not axes:
        raise UsageError(f"{path}: a grid needs tables [axis.NAME.VALUE]")
    for name, values in axes.items():
        if not isinstance(values, dict) or not all(isinstance(v, dict) for v in values.values()):
            raise UsageError(f"{path}: axis {name} holds something that is no table")
    common = {key: value for key, value in data.items() if key != "axis"}
    places = product(*(values.items() for values in axes.values()))
    return {"-".join([path.stem, *(value for value, _ in place)]):
            reduce(lambda first, second: _join(path, first, second),
                   (keys for _, keys in place), common)
            for place in places}
