"""What is seen of a migration while it goes on, on standard error: a line for each repository that is done; on a terminal also a row for
each one that is worked on, and how many are done, how fast, and how long the rest will take."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING

from codemods.commands.streams import console, err, is_rich
from codemods.model.migration import Repository, State
from codemods.report.migration import text
from codemods.report.visible import visible
from codemods.workspace.migrate.plan import Target

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress

REFRESHES_A_SECOND = 4
# More rows than this are no use to anybody, and would push what is done off the screen.
ROWS = 16


class Watch:
    """Is told by several threads what goes on. A context manager."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._quiet = quiet
        self._total = total
        self._done = 0
        self._working: dict[str, tuple[str, str, float]] = {}
        self._guard = threading.Lock()
        self._say: Callable[[str], None] = err
        self._bar: Progress | None = None
        self._live: AbstractContextManager[object] = nullcontext()

    def __enter__(self) -> Watch:
        if not self._quiet and self._total and is_rich(sys.stderr):
            self._live = self._terminal()
        self._live.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._live.__exit__(kind, error, trace)
        self._say, self._bar = err, None

    def begun(self, target: Target) -> None:
        with self._guard:
            self._working[target.source] = (target.name, "asking for its base", time.monotonic())

    def reached(self, target: Target, state: State) -> None:
        with self._guard:
            name, _, since = self._working.get(target.source, (target.name, "", time.monotonic()))
            self._working[target.source] = (name, state, since)

    def ended(self, target: Target, row: Repository) -> None:
        with self._guard:
            known = self._working.pop(target.source, None)
            # A pull request is opened after a repository was counted as done already.
            self._done += known is not None
            if not self._quiet:
                self._say(f"[{self._done}/{self._total}] {text.line(row)}")
            if self._bar is not None:
                self._bar.update(self._bar.task_ids[0], completed=self._done)

    def _terminal(self) -> AbstractContextManager[object]:
        """What keeps the rows on the screen as long as it is entered."""
        from rich.live import Live
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
        from rich.text import Text

        screen = console(sys.stderr)
        columns = (
            TextColumn("pyfix"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("repositories, {task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=screen)
        self._bar.add_task("", total=self._total, rate="")
        begun = time.monotonic()
        self._say = lambda line: screen.print(Text(line), soft_wrap=True)
        return Live(
            get_renderable=lambda: self._rows(begun),
            console=screen,
            refresh_per_second=REFRESHES_A_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def _rows(self, begun: float) -> RenderableType:
        from rich.console import Group
        from rich.table import Table

        now = time.monotonic()
        table = Table.grid(padding=(0, 2))
        with self._guard:
            working = sorted(self._working.values(), key=lambda one: one[2])
            done = self._done
        for name, state, since in working[:ROWS]:
            table.add_row(f"  {visible(name)}", state, f"{now - since:.0f} s")
        if len(working) > ROWS:
            table.add_row(f"  and {len(working) - ROWS} more")
        assert self._bar is not None
        self._bar.update(self._bar.task_ids[0], rate=f"{done * 60 / max(now - begun, 0.1):.0f} a minute")
        return Group(table, self._bar)
