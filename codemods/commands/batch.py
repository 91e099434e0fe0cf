"""A run over files: discover, judge, write where that is asked for, report."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from codemods.commands.options import Options, configuration_of
from codemods.commands.progress import Progress
from codemods.commands.reporting import Reporter, reporter_for, status_of
from codemods.commands.streams import err
from codemods.report.entry import Entry
from codemods.report.statistics import Tally
from codemods.report.visible import visible
from codemods.workspace.apply import apply
from codemods.workspace.discover import discover
from codemods.workspace.history import JournalError
from codemods.workspace.pool import FileResult
from codemods.workspace.pool import run as judge


def run(options: Options) -> int:
    """Do what the options ask for and return the exit status. Raises click's UsageError."""
    configuration = configuration_of(options)
    progress = Progress(wanted=not options.quiet)
    found = progress.counted(discover([Path(path) for path in options.paths], configuration))
    tally = Tally()
    reporter = reporter_for(options, tally)
    results = cast("Generator[FileResult]", judge(found, configuration.settings_for, jobs=options.jobs))
    with progress, closing(results):  # closing ends the other processes, however this one goes on
        broken = _report(_entries(results, options), tally, reporter, progress)
    if not tally.seen:
        err("pyfix: no Python files found below " + ", ".join(visible(path) for path in options.paths))
    status = 2 if broken else status_of(options, tally)
    reporter.finish(status)
    return status


def _report(entries: Iterator[Entry], tally: Tally, reporter: Reporter, progress: Progress) -> bool:
    """Report what comes. Returns whether the journal failed, after which nothing more is written."""
    try:
        for entry in entries:
            tally.add(entry)
            if reporter.has_news(entry):
                progress.hide()
                reporter.take(entry)
            progress.advance()
    except JournalError as error:
        progress.hide()
        err(f"pyfix: {visible(str(error))}; nothing more was rewritten")
        return True
    return False


def _entries(results: Iterator[FileResult], options: Options) -> Iterator[Entry]:
    if options.mode != "fix":
        for result in results:
            yield Entry(os.fspath(result.path), result.outcome)
        return
    for applied in apply(results):
        yield Entry(os.fspath(applied.result.path), applied.result.outcome, applied.written, applied.cause)
