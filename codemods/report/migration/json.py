"""The report of a migration for programs: one JSON document, described by `docs/migrate.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

import msgspec

from codemods.model.migration import Repository
from codemods.report.migration.totals import Totals, as_data

VERSION = 1
Rows = Callable[[], Iterable[Repository]]


def document(rows: Rows, totals: Totals, plan: str, program: str) -> Iterator[str]:
    """The whole report, in pieces. `rows` gives the repositories; `program` is our version, `plan` where the plan was read from."""
    head = {"version": VERSION, "pyfix": program, "plan": plan, "totals": as_data(totals)}
    yield f'{json.dumps(head, indent=2)[:-2]},\n  "repositories": ['
    for number, one in enumerate(rows()):
        # What there is nothing to say about is left out.
        yield f"{',' if number else ''}\n    {json.dumps(msgspec.to_builtins(one))}"
    yield "\n  ]\n}\n"
