"""Which report goes where, while a run goes on: each file as it comes, then the counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from codemods.commands.options import Options
from codemods.commands.streams import console, err, is_rich, out, write
from codemods.model.outcome import Fixed, Skipped
from codemods.report import statistics, text
from codemods.report.entry import Entry
from codemods.report.statistics import Tally

if TYPE_CHECKING:
    from rich.console import Console


class Reporter(Protocol):
    """Takes the files of a run one by one; `finish` is called once, with the exit status."""

    def has_news(self, entry: Entry) -> bool: ...
    def take(self, entry: Entry) -> None: ...
    def finish(self, status: int) -> None: ...


def reporter_for(options: Options, tally: Tally, *, piped: bool = False) -> Reporter:
    """The reporter that the options ask for. `piped`: standard output holds the rewritten file, so that text is for standard error."""
    paths = diff_names(options)
    if options.is_for_programs:
        from codemods.commands.formats import FORMATS

        return FORMATS[options.output_format](options, tally, paths)
    return _TextReporter(options, tally, paths, beside=piped or options.mode == "diff")


def status_of(options: Options, tally: Tally) -> int:
    """The exit status of a run."""
    if tally.failed:
        return 2
    return int(tally.changed > 0 and (options.mode != "fix" or options.exit_non_zero_on_fix))


def diff_names(options: Options) -> Callable[[str], bytes]:
    """How a file is called in a plain diff.

    Relative to the working folder; where a path on the command line lies outside of it, relative to the repository that holds all of
    them, else to their common folder. That is where `git apply` is to be run.
    """
    if options.paths == ("-",):
        return lambda path: os.fsencode(os.path.relpath(path) if os.path.isabs(path) else path)
    base = _common_folder(options.paths)
    return lambda path: os.fsencode(os.path.relpath(os.path.abspath(path), base)).replace(os.sep.encode(), b"/")


def _common_folder(paths: tuple[str, ...]) -> str:
    here = os.getcwd()
    absolute = [os.path.abspath(path) for path in paths]
    try:
        if os.path.commonpath([here, *absolute]) == here:
            return here
        common = os.path.commonpath(absolute)
    except ValueError:  # different drives
        return here
    folder = common if os.path.isdir(common) else os.path.dirname(common)
    above = folder
    while not os.path.lexists(os.path.join(above, ".git")):
        if above == (above := os.path.dirname(above)):
            return folder
    return above


class _TextReporter:
    """Lines, and diffs; in colours where standard output is a terminal that has them.

    `beside`: standard output is for a diff or the rewritten file, and the lines go to standard error.
    """

    def __init__(self, options: Options, tally: Tally, name_of: Callable[[str], bytes], *, beside: bool) -> None:
        self._options, self._tally, self._name_of, self._beside = options, tally, name_of, beside
        self._console: Console | None = console(sys.stdout) if is_rich(sys.stdout) else None

    def _say(self, line: str) -> None:
        if self._beside:
            err(line)
        elif self._console is None:
            out(line)
        else:
            from codemods.report.terminal import print_line

            print_line(line, self._console)

    def has_news(self, entry: Entry) -> bool:
        options = self._options
        if not isinstance(entry.outcome, Fixed) and not entry.diagnostics:
            return bool(any(text.error_lines(entry)) or (options.verbose and isinstance(entry.outcome, Skipped)))
        return True

    def take(self, entry: Entry) -> None:
        options = self._options
        for line in text.error_lines(entry):
            err(line)
        if options.verbose and (skipped := text.skipped_line(entry)):
            err(skipped)
        if isinstance(entry.outcome, Fixed) and not entry.cause:
            self._take_fixed(entry, entry.outcome)
        if options.show_refused:
            for line in text.left_lines(entry):
                self._say(line)

    def _take_fixed(self, entry: Entry, outcome: Fixed) -> None:
        match self._options.mode:
            case "check":
                for line in text.site_lines(entry):
                    self._say(line)
            case "diff":
                self._diff(entry, outcome)
            case "fix":
                if not self._options.quiet:
                    self._say(text.file_line(entry))
                if self._options.verbose and not self._beside:
                    self._diff(entry, outcome)

    def _diff(self, entry: Entry, outcome: Fixed) -> None:
        if self._console is not None:
            from codemods.report.terminal import print_diff

            print_diff(entry, outcome, self._console)
        else:
            from codemods.report.diff import unified

            write(unified(self._name_of(entry.path), outcome))

    def finish(self, status: int) -> None:
        options = self._options
        if options.statistics:
            for line in ("", *statistics.lines(self._tally), ""):
                self._say(line)
        if not options.quiet:
            self._say(text.summary(self._tally, options.mode, show_refused=options.show_refused))
