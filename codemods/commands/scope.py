"""What a run goes over: all files below the paths, or what git says has changed (`--since`, `--staged`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from codemods.commands.options import Options
from codemods.commands.streams import err
from codemods.model.settings import Settings
from codemods.report.entry import Entry
from codemods.report.visible import visible

if TYPE_CHECKING:
    from codemods.workspace.config import Configuration
    from codemods.workspace.discover import Found, Problem
    from codemods.workspace.git.selection import Selection
    from codemods.workspace.pool import FileResult


class Scope(Struct, frozen=True):
    """What there is to judge, by which settings, and what is said where it is nothing.

    Attributes:
        write: how results are written, where that is not to the files they were read from.
    """

    found: Iterable[Found | Problem]
    settings_for: Callable[[Path], Settings]
    empty: str
    write: Callable[[Iterable[FileResult]], Iterator[Entry]] | None = None


def scope_of(options: Options, configuration: Configuration) -> Scope:
    """What the options ask for. Raises click's exceptions."""
    if not options.is_limited:
        from codemods.workspace.discover import discover

        below = ", ".join(visible(path) for path in options.paths)
        found = discover([Path(path) for path in options.paths], configuration)
        return Scope(found, configuration.settings_for, f"no Python files found below {below}")
    from codemods.workspace.git.selection import select

    with _told():
        selection = select(options.paths, configuration, since=options.since)
    settings_for = selection.settings_for(configuration.settings_for)
    if options.since is not None:
        return Scope(selection.found(blobs=False), settings_for, f"no Python files changed since {visible(options.since)}")
    write = _to_index(selection, options) if options.mode == "fix" else None
    return Scope(_blobs(selection), settings_for, "no Python files are staged", write)


def with_paths(options: Options) -> Options:
    """As git's own `diff`, a run over what changed that names no path is about the whole repository. Raises click's exceptions."""
    if not options.is_limited or options.paths:
        return options
    from codemods.workspace.git.selection import top_of

    with _told():
        return replace(options, paths=(os.path.relpath(top_of(os.curdir)),))


def _blobs(selection: Selection) -> Iterator[Found | Problem]:
    with _told():
        yield from selection.found(blobs=True)


def _to_index(selection: Selection, options: Options) -> Callable[[Iterable[FileResult]], Iterator[Entry]]:
    def write(results: Iterable[FileResult]) -> Iterator[Entry]:
        from codemods.workspace.git import staged

        with _told():
            for one in staged.write(results, selection, options.seconds):
                path, applied = os.fspath(one.applied.result.path), one.applied
                if one.left:
                    err(f"{visible(path)}: {visible(one.left)}")
                yield Entry(path, applied.result.outcome, applied.written, applied.cause)

    return write


@contextmanager
def _told() -> Iterator[None]:
    """What git refuses ends the run with one line."""
    from codemods.workspace.git.command import GitError

    try:
        yield
    except GitError as error:
        raise click.ClickException(visible(str(error))) from None
