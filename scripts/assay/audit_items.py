# SPDX-License-Identifier: BSD-2-Clause
"""The items of make audit, and of make check in a bounded form (docs/cache-audit.md)."""

import time

from . import audit
from .context import Once
from .items import single

SITES = "audit.sites"


class Runs:
    """The runs that the items share: each is done once, whoever asks first."""

    def __init__(self, context, whole):
        directory = context.source / "tests" / "audit"
        every = audit.load_configurations(directory / "configurations.toml")
        self.configurations = [item for item in every if whole or not item.whole]
        self.needless_path = directory / "unseen.toml"
        self._context = context
        self._auditor = Once(lambda _: audit.Auditor(context))
        self._by_name = {item.name: item for item in self.configurations}
        self.run = Once(lambda name: self.auditor().run(self._by_name[name]))

    def auditor(self):
        return self._auditor(None)


class AuditItem:
    """One run under the plugin: no findings."""

    def __init__(self, runs, configuration):
        self.runs = runs
        self.configuration = configuration
        self.name = f"audit.{configuration.name}"

    def run(self, _context):
        begin = time.monotonic()
        done = self.runs.run(self.configuration.name)
        problems = self.runs.auditor().problems(done)
        if problems:
            problems.append(f"log: {done.result.log}")
        notes = [f"{len(done.executed)} sites, {sum(done.executed.values())} operations,"
                 f" {len(done.found)} seen when left out"]
        return single(self.name, problems, time.monotonic() - begin, notes)


class SitesItem:
    """The removal of each site is found somewhere, or tests/audit/unseen.toml says why not."""

    name = SITES

    def __init__(self, runs):
        self.runs = runs

    def run(self, context):
        begin = time.monotonic()
        auditor = self.runs.auditor()
        done = [self.runs.run(item.name) for item in self.runs.configurations]
        rows = audit.judge_sites(auditor.names(), done, audit.load_unseen(self.runs.needless_path))
        table = context.logs / "audit.txt"
        context.logs.mkdir(parents=True, exist_ok=True)
        table.write_text("".join(f"{row.name}: {row.text}\n" for row in rows))
        problems = [f"{row.name}: {row.text}" for row in rows if not row.good]
        notes = [f"{len(rows)} sites, table in {table}"]
        return single(self.name, problems, time.monotonic() - begin, notes)


def audit_items(context, whole=True):
    """A run for each configuration, and what they say together of each site."""
    runs = Runs(context, whole)
    return [*[AuditItem(runs, item) for item in runs.configurations], SitesItem(runs)]
