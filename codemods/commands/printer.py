"""Prints the results of a run as they come, each to where it belongs: results to stdout, faults, progress and notes to stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codemods import __version__
from codemods.commands.options import Options
from codemods.model.outcome import Clean, Failed, Fixed
from codemods.report import text
from codemods.report.totals import Totals

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from codemods.workspace.apply import Applied

SLOW_SECONDS = 1.0


def shown_path(path: Path) -> str:
    """A path as it is printed: relative to the working folder if it lies below it, else as given."""
    if path.is_absolute():
        try:
            return os.fspath(path.relative_to(Path.cwd()))
        except ValueError:
            return os.fspath(path)
    return os.path.normpath(path)


def wants_colours() -> bool:
    """Whether diffs are for eyes: stdout is a terminal, and neither NO_COLOR nor TERM=dumb says otherwise."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Printer:
    """Takes what became of each file, in order, and prints it as the options want."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.totals = Totals()
        self.failed = False
        self._records: list[dict[str, Any]] = []
        self._console: Console | None = None

    def take(self, applied: Applied) -> None:
        """Count one file and print what there is to print of it."""
        self.note(applied)
        outcome, cause = applied.result.outcome, applied.cause
        path = shown_path(applied.result.path)
        if self.options.output_format == "json":
            from codemods.report.json import file_record

            record = file_record(path, outcome, written=applied.written, cause=cause)
            if record is not None:
                self._records.append(record)
            return
        if isinstance(outcome, Fixed) and not cause:
            self._changed(path, outcome)
        if self.options.show_refused:
            for diagnostic in text.left(outcome):
                self._line(text.site_line(path, diagnostic))

    def note(self, applied: Applied) -> None:
        """Count one file, and print its faults only."""
        outcome = applied.result.outcome
        path = shown_path(applied.result.path)
        self.totals.add(outcome)
        if isinstance(outcome, Failed):
            self._fault(text.failure_line(path, outcome))
        elif applied.cause:
            self._fault(text.failure_line(path, Failed(0, f"not written: {applied.cause}")))
        if isinstance(outcome, Clean | Fixed):
            for defect in outcome.defects:
                self._fault(text.defect_line(path, defect))

    def _changed(self, path: str, outcome: Fixed) -> None:
        options = self.options
        if options.check:
            for diagnostic in outcome.diagnostics:
                if diagnostic.fixed:
                    self._line(text.site_line(path, diagnostic, "would rewrite"))
        if options.diff or options.verbose:
            self._diff(path, outcome)
        elif not (options.check or options.quiet):
            self._line(text.file_line(path, outcome))

    def _diff(self, path: str, outcome: Fixed) -> None:
        if wants_colours():
            from rich.console import Console

            from codemods.report.terminal import print_diff

            self._console = self._console or Console(highlight=False, markup=False)
            print_diff(self._console, path, outcome)
            return
        from codemods.report.diff import unified

        sys.stdout.flush()
        sys.stdout.buffer.write(unified(path, outcome.before, outcome.after))

    def finish(self) -> None:
        """The summary and the statistics, or the JSON document."""
        options = self.options
        if options.output_format == "json":
            from codemods.report.json import document

            sys.stdout.write(document(__version__, self._records, self.totals))
            return
        # A diff must stay a diff: whatever else there is to say goes to stderr then.
        aside = options.diff
        if options.statistics:
            for line in text.statistics(self.totals):
                print(line, file=sys.stderr if aside else sys.stdout)
        if not options.quiet:
            line = text.summary(
                self.totals, would=options.dry, unsafe_on=bool(options.unsafe_fixes), refused_shown=options.show_refused
            )
            print(line, file=sys.stderr if aside else sys.stdout)

    def _line(self, line: str) -> None:
        print(line, file=sys.stderr if self.options.diff else sys.stdout)

    def _fault(self, line: str) -> None:
        self.failed = True
        sys.stdout.flush()
        print(line, file=sys.stderr)

    @contextmanager
    def progress(self) -> Iterator[_Progress]:
        """A progress bar on stderr, once a run has taken a second, if stderr is a terminal and stdout is not busy with the diff."""
        bar = _Progress(enabled=sys.stderr.isatty() and not self.options.quiet and not (self.options.diff and sys.stdout.isatty()))
        try:
            yield bar
        finally:
            bar.stop()


class _Progress:
    """Counts files; starts to show after a second."""

    def __init__(self, *, enabled: bool) -> None:
        self.enabled = enabled
        self.started = time.monotonic()
        self.count = 0
        self._bar: Progress | None = None
        self._task: Any = None

    def advance(self) -> None:
        self.count += 1
        if not self.enabled or self.count % 16 or time.monotonic() - self.started < SLOW_SECONDS:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.completed} files"), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("files", total=None)
            self._bar.start()
        self._bar.update(self._task, completed=self.count)

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
