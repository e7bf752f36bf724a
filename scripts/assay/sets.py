# SPDX-License-Identifier: BSD-2-Clause
"""SKIPs and XFAILs that platforms share: tests/platforms/sets/*.toml, see docs/platforms.md."""

import tomllib
from fnmatch import fnmatchcase

from .status import UsageError

TABLES = ("skips", "xfails")


def _texts(value):
    """What a platform's key holds, as the strings that a condition is held against."""
    if isinstance(value, bool):
        return ["on" if value else "off"]
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)]


class Conditions:
    """The key `on` of a set: alternatives, each a table from keys of a platform to globs."""

    def __init__(self, path, on, known):
        if not isinstance(on, list) or not all(isinstance(item, dict) for item in on):
            raise UsageError(f"{path}: on is no list of tables")
        self.alternatives = [self._flat(path, item, known) for item in on]

    @staticmethod
    def _flat(path, table, known):
        """{"machine_options.its": globs} of one alternative."""
        flat = {}
        for key, value in table.items():
            inner = value if isinstance(value, dict) else {None: value}
            for name, globs in inner.items():
                globs = globs if isinstance(globs, list) else [globs]
                if key not in known or not all(isinstance(glob, str) for glob in globs):
                    raise UsageError(f"{path}: on: {key!r} is no key of a platform, or its value"
                                     " is not made of strings")
                flat[(key, name)] = globs
        return flat

    @staticmethod
    def _holds(texts, globs):
        """One glob must match, and none of those behind a "!"."""
        wanted = [glob for glob in globs if not glob.startswith("!")]
        barred = [glob[1:] for glob in globs if glob.startswith("!")]
        return (not wanted or any(fnmatchcase(text, glob) for text in texts for glob in wanted)) \
            and not any(fnmatchcase(text, glob) for text in texts for glob in barred)

    def hold(self, values):
        """Whether a platform's keys satisfy one alternative; an option that is not set is ""."""
        def texts(key, name):
            value = values[key]
            return _texts(value if name is None else value.get(name, ""))
        return any(all(self._holds(texts(*key), globs) for key, globs in alternative.items())
                   for alternative in self.alternatives)


class SharedSet:
    """One file: what it skips, what it knows to fail, and where it holds by itself."""

    def __init__(self, path, known_keys, check_tables):
        try:
            with open(path, "rb") as file:
                data = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
            raise UsageError(f"{path}: {err}") from err
        tables = set(data) & set(TABLES)
        if "about" not in data or not tables or set(data) - {"about", "on", *TABLES}:
            raise UsageError(f"{path}: expected about, [skips] or [xfails] or both, and perhaps on;"
                             f" found {', '.join(data)}")
        check_tables(path, data)
        self.name = path.stem
        self.tables = {table: data.get(table, {}) for table in TABLES}
        self.conditions = Conditions(path, data.get("on", []), known_keys)


class SharedSets:
    """All sets of one directory, read once."""

    def __init__(self, directory, known_keys, check_tables):
        self.directory = directory
        self._known_keys, self._check_tables = known_keys, check_tables
        self._all = None

    def _read(self):
        if self._all is None:
            files = sorted(self.directory.glob("*.toml"))
            sets = [SharedSet(path, self._known_keys, self._check_tables) for path in files]
            self._all = {item.name: item for item in sets}
        return self._all

    def tables(self, values, user):
        """{table: entries} for a platform of these keys: the sets that hold by themselves, then
        those that its file @user names."""
        sets = self._read()
        for name in values["sets"]:
            if name not in sets:
                raise UsageError(f"{user}: sets names {name!r}, and there is no"
                                 f" {self.directory / name}.toml")
        chosen = [item for item in sets.values() if item.conditions.hold(values)]
        chosen += [sets[name] for name in values["sets"]]
        merged = {table: {} for table in TABLES}
        for item in chosen:
            for table in TABLES:
                merged[table].update(item.tables[table])
        return merged
