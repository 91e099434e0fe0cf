"""A run over files: discover, judge, write where that is asked for, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from codemods.commands.options import Options, configuration_of
from codemods.commands.progress import Progress
from codemods.commands.reporting import Reporter, reporter_for, status_of
from codemods.commands.scope import Scope, scope_of
from codemods.commands.streams import err
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from codemods.report.entry import Entry
from codemods.report.statistics import Tally
from codemods.report.visible import visible
from codemods.workspace.discover import Found, Problem
from codemods.workspace.folders import user_folder
from codemods.workspace.pool import FileResult
from codemods.workspace.pool import run as judge
from codemods.workspace.state import JournalError, has_locks
from codemods.workspace.worker import Process

if TYPE_CHECKING:
    from codemods.commands.verified import Verifier


def run(options: Options, process: Process | None = None) -> int:
    """Do what the options ask for and return the exit status. Raises click's UsageError.

    `process` stands in for the core, for what is not rewriting by rules; the cache knows nothing of it, nor may the journal's rules.
    """
    configuration = configuration_of(options)
    progress = Progress(wanted=not options.quiet)
    scope = scope_of(options, configuration)
    found = progress.counted(scope.found)
    tally = Tally()
    reporter = reporter_for(options, tally)
    settings_for: Callable[[Path], Settings] = scope.settings_for
    held = None
    if options.baseline is not None:
        from codemods.commands.baseline import Held

        held = Held(options, settings_for)
        settings_for = held.settings_for
    verifier = _verifier(options)
    with progress, ExitStack() as stack:
        if process is None:
            results = _results(found, settings_for, options, stack)
        else:
            judged = judge(found, settings_for, jobs=options.jobs, limit=options.seconds, process=process)
            results = (replace(one, settings=None) for one in stack.enter_context(closing(judged)))
        entries = _entries(results if verifier is None else verifier.standing(results), options, scope)
        broken = _report(entries if held is None else held.noted(entries), tally, reporter, progress)
    if not tally.seen:
        err(f"pyfix: {scope.empty}")
    status = 2 if broken else status_of(options, tally)
    if verifier is not None:
        status = verifier.noted(tally, status)
    reporter.finish(status)
    if held is not None:
        held.tell_stale()
    if verifier is not None:
        verifier.report()
    return status


def _verifier(options: Options) -> Verifier | None:
    if options.verify is None:
        return None
    from codemods.commands.verified import Verifier

    return Verifier(options)


def _results(
    found: Iterator[Found | Problem], settings_for: Callable[[Path], Settings], options: Options, stack: ExitStack
) -> Iterator[FileResult]:
    """What becomes of the files. `stack` ends the other processes, however this one goes on, and closes the cache."""
    if options.no_cache or options.is_limited:  # which lines a file is limited to differs from run to run
        return stack.enter_context(closing(judge(found, settings_for, jobs=options.jobs, limit=options.seconds)))
    from codemods.workspace.cache import Cache

    writing = options.mode == "fix" or options.verify is not None
    cache = stack.enter_context(closing(Cache(user_folder("cache", options.cache_dir), writing=writing)))
    known = cache.known(found, settings_for)
    results = stack.enter_context(closing(judge(known, settings_for, jobs=options.jobs, limit=options.seconds, digests=True)))
    return cache.learned(results)


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


def _entries(results: Iterator[FileResult], options: Options, scope: Scope) -> Iterator[Entry]:
    if scope.write is not None:
        yield from scope.write(results)
        return
    if options.mode != "fix":
        for result in results:
            yield Entry(os.fspath(result.path), result.outcome)
        return
    written = has_locks(user_folder("state"))
    for result in () if written else results:
        if isinstance(result.outcome, Fixed):
            written, results = True, chain([result], results)
            break
        yield Entry(os.fspath(result.path), result.outcome)
    if not written:
        return
    from codemods.workspace.apply import apply  # with the journal, which most runs of a hook do not need

    for applied in apply(results):
        yield Entry(os.fspath(applied.result.path), applied.result.outcome, applied.written, applied.cause)
