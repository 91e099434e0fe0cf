"""What is seen of a migration while it goes on: a line for each repository that is done."""

from __future__ import annotations

import threading

from codemods.commands.streams import err
from codemods.model.migration import Repository, State
from codemods.report.migration import text
from codemods.workspace.migrate.plan import Target


class Watch:
    """Is told by several threads what goes on. A context manager."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._quiet = quiet
        self._total = total
        self._done = 0
        self._guard = threading.Lock()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def begun(self, target: Target) -> None:
        return

    def reached(self, target: Target, state: State) -> None:
        return

    def ended(self, target: Target, row: Repository) -> None:
        with self._guard:
            self._done += 1
            if not self._quiet:
                err(f"[{self._done}/{self._total}] {text.line(row)}")
