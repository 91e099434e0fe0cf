"""The reports for programs: what `--output-format` names besides text. Each takes the files of a run and prints what its program reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from codemods import __version__
from codemods.commands.options import Options
from codemods.commands.streams import err, out, write
from codemods.model.outcome import Fixed
from codemods.report import statistics, text
from codemods.report.entry import Entry, in_file
from codemods.report.statistics import Tally

NameOf = Callable[[str], bytes]


class Told:
    """What all of them do: errors go to standard error as well, and so do the counts where the format has no place for them.

    Args:
        name_of: how a file is called, relative to the folder that the report speaks of.
    """

    counts = True
    knows_cells = False
    """Whether the format has a place for a notebook's cell; the others are told lines of the file."""

    def __init__(self, options: Options, tally: Tally, name_of: NameOf) -> None:
        self.options, self.tally, self._name_of = options, tally, name_of

    def has_news(self, entry: Entry) -> bool:
        return True

    def take(self, entry: Entry) -> None:
        for line in text.error_lines(entry):
            err(line)
        self.add(entry if self.knows_cells else in_file(entry), self._name_of(entry.path))

    def add(self, entry: Entry, name: bytes) -> None:
        """One more file."""
        raise NotImplementedError

    def end(self, status: int) -> None:
        """There are no more."""

    def finish(self, status: int) -> None:
        self.end(status)
        if not self.counts:
            return
        if self.options.statistics:
            for line in ("", *statistics.lines(self.tally), ""):
                err(line)
        if not self.options.quiet:
            err(text.summary(self.tally, self.options.mode, show_refused=self.options.show_refused))


class Json(Told):
    """One document at the end, counts and all."""

    counts = False
    knows_cells = True

    def __init__(self, options: Options, tally: Tally, name_of: NameOf) -> None:
        super().__init__(options, tally, name_of)
        self._files: list[dict[str, Any]] = []

    def add(self, entry: Entry, name: bytes) -> None:
        from codemods.report import json

        if (data := json.file_data(entry, diff_path=name if self.options.diff else None)) is not None:
            self._files.append(data)

    def end(self, status: int) -> None:
        from codemods.report import json

        out(json.document(self._files, self.tally, self.options.mode, status, __version__))


class Sarif(Told):
    """One log at the end."""

    def __init__(self, options: Options, tally: Tally, name_of: NameOf) -> None:
        super().__init__(options, tally, name_of)
        self._results: list[dict[str, Any]] = []
        self._wrong: list[dict[str, Any]] = []

    def add(self, entry: Entry, name: bytes) -> None:
        from codemods.report import sarif

        self._results.extend(sarif.results(entry, name))
        self._wrong.extend(sarif.notifications(entry, name))

    def end(self, status: int) -> None:
        from codemods.commands.pages import page_of
        from codemods.engine import registry
        from codemods.report import sarif

        pages = {name: page_of(registry.rule(name)) for name in sarif.rules_of(self._results)}
        out(sarif.document(self._results, self._wrong, pages, status, __version__))


class Gitlab(Told):
    """One list at the end."""

    def __init__(self, options: Options, tally: Tally, name_of: NameOf) -> None:
        super().__init__(options, tally, name_of)
        self._issues: list[dict[str, Any]] = []

    def add(self, entry: Entry, name: bytes) -> None:
        from codemods.report import gitlab

        self._issues.extend(gitlab.issues(entry, os.fsdecode(name)))

    def end(self, status: int) -> None:
        from codemods.report import gitlab

        out(gitlab.document(self._issues))


class Github(Told):
    """A line for each annotation, as the files come."""

    def add(self, entry: Entry, name: bytes) -> None:
        from codemods.report import github

        for line in github.lines(entry, os.fsdecode(name)):
            out(line)


class Diff(Told):
    """A plain diff of what is or would be rewritten, as the files come; with --show-refused the rest goes to standard error."""

    knows_cells = True

    def add(self, entry: Entry, name: bytes) -> None:
        from codemods.report.diff import unified

        if isinstance(entry.outcome, Fixed) and not entry.cause:
            write(unified(name, entry.outcome))
        if self.options.show_refused:
            for line in text.left_lines(entry):
                err(line)


FORMATS: dict[str, type[Told]] = {"json": Json, "sarif": Sarif, "gitlab": Gitlab, "github": Github, "diff": Diff}
