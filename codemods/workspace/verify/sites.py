"""The rewrites of a run, each by its own name, and the files with any of them made and no others: always from the files as read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from codemods.model.outcome import Chosen, Clean, Diagnostic, Fixed, Outcome, Place, fingerprint
from codemods.model.settings import Settings
from codemods.model.verdict import Refusal
from codemods.workspace.limits import SECONDS
from codemods.workspace.worker import Core, FileResult, Task, judge_snapshot

CULPRIT = Refusal("verification", "{words}")


class ChoosingProcess(Protocol):
    """The pure core, as `engine.pipeline.process` is, told which sites it may rewrite."""

    def __call__(self, data: bytes, settings: Settings, *, named: bool, chosen: Chosen) -> Outcome: ...


class Site(Struct, frozen=True):
    """A rewrite.

    Attributes:
        id: what it is called from one run to the next (`model.outcome.fingerprint`).
        path: of its file, below the root, with `/` between folders.
        diagnostics: what the run said of it; several where they are said to stand at one place.
    """

    id: str
    rule: str
    path: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def place(self) -> Place:
        return self.diagnostics[0].place


class Rewrites:
    """What a run would rewrite.

    Args:
        root: the folder that all files are in.
        results: of files to rewrite, each with its snapshot and settings.
        process: None for the engine's.

    Attributes:
        sites: by rule, file and place.
        process: the core that made them.
    """

    def __init__(self, root: Path, results: Iterable[FileResult], process: ChoosingProcess | None = None) -> None:
        self.process = process or _engine()
        self._results = {relative(root, one.path): one for one in results if isinstance(one.outcome, Fixed)}
        self._made: dict[tuple[str, frozenset[str]], FileResult] = {}
        self._of_file: dict[str, tuple[Site, ...]] = {}
        for path, result in self._results.items():
            self._of_file[path] = _sites_of(path, result)
        every = [site for sites in self._of_file.values() for site in sites]
        self.sites = tuple(sorted(every, key=lambda one: (one.rule, one.path, one.place.line, one.place.column, one.id)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, below the root."""
        return tuple(self._results)

    def before(self, path: str) -> bytes:
        """A file as it was read."""
        outcome = self._results[path].outcome
        assert isinstance(outcome, Fixed)
        return outcome.before

    def settings(self, path: str) -> Settings:
        """What a file was judged by."""
        settings = self._results[path].settings
        assert settings is not None
        return settings

    def tree(self, enabled: Iterable[Site]) -> dict[str, bytes]:
        """All files with these rewrites and no others."""
        by_path: dict[str, list[Site]] = {}
        for site in enabled:
            by_path.setdefault(site.path, []).append(site)
        return {path: self._bytes(path, by_path.get(path, ())) for path in self._results}

    def results(self, enabled: Iterable[Site], why: Mapping[str, str] | None = None) -> list[FileResult]:
        """What becomes of each file with these rewrites and no others. `why`: by id, the reason that a site left out is reported with."""
        by_path: dict[str, list[Site]] = {}
        for site in enabled:
            by_path.setdefault(site.path, []).append(site)
        return [_told(self.result(path, by_path.get(path, ())), self._of_file[path], why or {}) for path in self._results]

    def result(self, path: str, enabled: Collection[Site]) -> FileResult:
        """What becomes of one file with these rewrites of it and no others."""
        whole = self._results[path]
        if len(enabled) == len(self._of_file[path]):
            return whole
        if not enabled:
            return left(whole)
        key = path, frozenset(one.id for one in enabled)
        if key not in self._made:
            self._made[key] = self._judged(whole, enabled)
        return self._made[key]

    def _bytes(self, path: str, enabled: Collection[Site]) -> bytes:
        outcome = self.result(path, enabled).outcome if enabled else None
        return outcome.after if isinstance(outcome, Fixed) else self.before(path)

    def _judged(self, whole: FileResult, enabled: Collection[Site]) -> FileResult:
        assert whole.snapshot is not None
        assert whole.settings is not None
        allowed = Counter(one.place for site in enabled for one in site.diagnostics)
        process = partial(self.process, chosen=lambda place, before: before < allowed[place])
        core = Core(process, seconds=SECONDS)
        return judge_snapshot(Task(os.fspath(whole.path), whole.settings, named=True), whole.snapshot, core)


def _engine() -> ChoosingProcess:
    from codemods.engine.pipeline import process

    return process


def left(whole: FileResult, words: str = "") -> FileResult:
    """A file of which nothing is to be rewritten. With `words` that is why its sites are left."""
    outcome = whole.outcome
    if not isinstance(outcome, Fixed):
        return whole
    sites = tuple(_left(one, words) for one in outcome.diagnostics)
    return FileResult(whole.path, Clean(sites, outcome.defects, outcome.work), digest=whole.digest)


def _left(one: Diagnostic, words: str) -> Diagnostic:
    if not one.fixed:
        return one
    return replace(one, fixed=False, verdict=CULPRIT(words=words) if words else one.verdict)


def relative(root: Path, path: Path) -> str:
    """The path below `root`, which is real, with `/` between folders; of links all but the last name are followed. Raises ValueError."""
    folder, name = os.path.split(os.path.abspath(path))
    return Path(os.path.realpath(folder), name).relative_to(root).as_posix()


def _sites_of(path: str, result: FileResult) -> tuple[Site, ...]:
    assert isinstance(result.outcome, Fixed)
    grouped: dict[Place, list[Diagnostic]] = {}
    for one in result.outcome.diagnostics:
        if one.fixed:
            grouped.setdefault(one.place, []).append(one)
    return tuple(Site(fingerprint(path, made[0]), made[0].rule, path, tuple(made)) for made in grouped.values())


def _told(result: FileResult, sites: Sequence[Site], why: Mapping[str, str]) -> FileResult:
    """The result, in which the sites that were left out say so: their proof is no reason to have left them."""
    words = {site.place: why[site.id] for site in sites if site.id in why}
    outcome = result.outcome
    if not isinstance(outcome, Fixed | Clean) or not words:
        return result

    def told(one: Diagnostic) -> Diagnostic:
        if one.fixed or one.place not in words:
            return one
        return replace(one, verdict=CULPRIT(words=words[one.place]))

    return replace(result, outcome=replace(outcome, diagnostics=tuple(map(told, outcome.diagnostics))))
