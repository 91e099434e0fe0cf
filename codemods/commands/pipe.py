"""Standard input to standard output: for editors and filters. Whatever goes wrong, the text that came in goes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from codemods.commands.options import Options, configuration_of
from codemods.commands.reporting import reporter_for, status_of
from codemods.commands.streams import write
from codemods.model.outcome import Failed, Fixed, Outcome, Skipped
from codemods.model.settings import Settings
from codemods.report.entry import Entry
from codemods.report.statistics import Tally
from codemods.report.visible import visible

NAMELESS = "stdin.py"


def run(options: Options) -> int:
    """Judge standard input as the options ask and return the exit status. Raises click's UsageError."""
    settings, excluded = _settings(options)
    data = sys.stdin.buffer.read()
    # With --diff, --check and a report for programs the text that came in is not the result, and does not go out.
    is_filter = options.mode == "fix" and not options.is_for_programs
    try:
        outcome = Skipped("is excluded") if excluded else _judged(data, settings, options.seconds)
    except BaseException:
        if is_filter:
            write(data)
        raise
    if is_filter:
        write(outcome.after if isinstance(outcome, Fixed) else data)
    tally = Tally()
    entry = Entry(options.stdin_filename or "<stdin>", outcome)
    reporter = reporter_for(options, tally, piped=is_filter)
    tally.add(entry)
    if reporter.has_news(entry):
        reporter.take(entry)
    status = status_of(options, tally)
    reporter.finish(status)
    return status


def _judged(data: bytes, settings: Settings, seconds: float | None) -> Outcome:
    from codemods.engine.pipeline import process
    from codemods.workspace.limits import TookTooLongError, bounded, seconds_for, words_for

    seconds = seconds_for(len(data), seconds)
    try:
        with bounded(seconds):
            return process(data, settings, named=True)
    except TookTooLongError:
        return Failed(0, words_for(seconds))


def _settings(options: Options) -> tuple[Settings, bool]:
    """The settings for what the input is called, and whether a file of that name would be passed over."""
    from codemods.workspace.config import ConfigError
    from codemods.workspace.discover import is_excluded

    path = Path(options.stdin_filename or os.path.join(os.curdir, NAMELESS))
    configuration = configuration_of(options)
    settings_for: Callable[[Path], Settings] = configuration.settings_for
    if options.baseline is not None:
        from codemods.commands.baseline import Held

        settings_for = Held(options, settings_for).settings_for
    try:
        return settings_for(path), options.force_exclude and is_excluded(path, configuration)
    except ConfigError as error:
        raise click.UsageError(visible(str(error))) from None
