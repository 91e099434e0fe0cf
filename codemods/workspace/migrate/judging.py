"""A commit's files to what the rules make of them, rule by rule."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Failed, Fixed, Outcome, TriagedAway
from codemods.model.settings import Settings
from codemods.workspace.config import ConfigError, Configuration, Overrides
from codemods.workspace.discover import is_excluded, is_wanted
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.limits import SECONDS, TookTooLongError, bounded, seconds_for, words_for
from codemods.workspace.migrate.plan import Target
from codemods.workspace.migrate.tree import LFS, Entry, candidates, entries, write_settings

Render = Callable[[tuple[str, ...]], Outcome]


class Judged(Struct, frozen=True):
    """A file that was looked into: what it holds, by which settings it was judged, and what came of it."""

    entry: Entry
    settings: Settings
    outcome: Outcome


class Step(Struct, frozen=True):
    """A file's content after one more rule, and how many sites of that rule are rewritten in it."""

    rule: str
    data: bytes
    sites: int


def judged(git: Git, commit: str, target: Target, scratch: Path) -> Iterator[Judged]:
    """Every file of the commit that its configuration lets pyfix look into, by path. Raises GitError, OSError.

    `scratch` is an empty folder, without links in its path, for the files that settings come from.
    """
    found = entries(git, commit)
    with git.blobs() as blobs:
        write_settings(found, blobs, scratch)
        configuration = _configuration(target, scratch)
        for entry in candidates(found):
            path = scratch / entry.path
            try:
                if is_excluded(path, configuration) or not is_wanted(path, configuration):
                    continue
                settings = configuration.settings_for(path)
            except ConfigError as error:
                where = os.path.relpath(error.path, scratch) if error.path else "pyproject.toml"
                yield Judged(entry, Settings(()), Failed(error.line, f"{where} {error.cause}"))
                continue
            data = blobs.read(entry.oid)
            if data is None:
                raise GitError(f"the object {entry.oid} is missing")
            if not data.startswith(LFS):  # what git-lfs keeps elsewhere is not ours to read
                yield Judged(entry, settings, _outcome(data, settings))


def steps(one: Judged, render: Render | None = None) -> Iterator[Step]:
    """The way from what the file holds to what all rules together make of it, a rule at a time, by the rules' names.

    After each step the file holds exactly what pyfix makes of it with the rules so far, so that each commit can be rebuilt by itself.
    `render` gives what becomes of the file with some rules alone, where not all of their rewrites are to be made.
    """
    if not isinstance(one.outcome, Fixed):
        return

    def partly(rules: tuple[str, ...]) -> Outcome:
        return process(before, replace(one.settings, rules=rules))

    before = data = one.outcome.before
    last = one.outcome if render is None else render(tuple(sorted(_sites(one.outcome))))
    counts = _sites(last)
    working = tuple(sorted(counts))
    for number, rule in enumerate(working, 1):
        outcome = last if number == len(working) else (render or partly)(working[:number])
        after = outcome.after if isinstance(outcome, Fixed) else before
        if after != data:
            yield Step(rule, after, counts[rule])
        data = after


def _sites(outcome: Outcome) -> dict[str, int]:
    """How many sites of each rule an outcome rewrites."""
    counts: dict[str, int] = {}
    for diagnostic in outcome.diagnostics if isinstance(outcome, Fixed) else ():
        if diagnostic.fixed:
            counts[diagnostic.rule] = counts.get(diagnostic.rule, 0) + 1
    return counts


def _configuration(target: Target, scratch: Path) -> Configuration:
    overrides = Overrides(
        select=target.select or None,
        ignore=target.ignore,
        unsafe_fixes=target.unsafe_fixes,
        target=target.target_version,
        exclude=target.exclude,
    )
    configuration = Configuration(registry.select, overrides)
    configuration.working_folder = os.fspath(scratch)  # what the plan's globs are relative to
    return configuration


def _outcome(data: bytes, settings: Settings) -> Outcome:
    """What becomes of a file, within what a file may take. Raises nothing."""
    if not settings.rules:
        return TriagedAway()
    limit = seconds_for(len(data), SECONDS)
    try:
        with bounded(limit):
            return process(data, settings)
    except TookTooLongError:
        return Failed(0, words_for(limit))
    except MemoryError:
        return Failed(0, "took more memory than there is for one file")


def defects(outcome: Outcome) -> Iterator[tuple[int, str]]:
    """The lines and causes of what went wrong in a file."""
    match outcome:
        case Failed(line=line, cause=cause):
            yield line, cause
        case Clean(defects=found) | Fixed(defects=found):
            yield from ((one.line, f"{one.rule}: {one.cause}") for one in found)
