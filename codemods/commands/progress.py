"""A progress bar on standard error, on a terminal only, for runs of more than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from codemods.commands.streams import console, is_rich

if TYPE_CHECKING:
    import rich.progress

PATIENCE_SECONDS = 1.0
REFRESH_SECONDS = 0.1

Item = TypeVar("Item")


class Progress:
    """Counts files that are done. As a context manager it leaves the terminal as it was. Starts no thread, since the pool forks."""

    def __init__(self, *, wanted: bool = True) -> None:
        self._wanted = wanted and is_rich(sys.stderr)
        self._begun = time.monotonic()
        self._refreshed = 0.0
        self._total = self._done = 0
        self._bar: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.hide()

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items; counted beforehand where a bar may need to know how many there are."""
        if not self._wanted:
            return iter(items)
        listed = list(items)
        self._total = len(listed)
        return iter(listed)

    def advance(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._done == self._total:  # what is all done needs no bar
            return
        if self._wanted and now - self._begun >= PATIENCE_SECONDS and now - self._refreshed >= REFRESH_SECONDS:
            self._refreshed = now
            self._show()

    def hide(self) -> None:
        """Take the bar off the terminal, so that something else can be printed. The next `advance` may put it back."""
        if self._bar is not None:
            self._bar.stop()

    def _show(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        if self._bar is None:
            columns = (TextColumn("pyfix"), BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeRemainingColumn())
            self._bar = Progress(
                *columns, console=console(sys.stderr), auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._task = self._bar.add_task("", total=self._total)
        if self._task is not None:
            self._bar.start()
            self._bar.update(self._task, completed=self._done, refresh=True)
