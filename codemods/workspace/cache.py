"""Outcomes of earlier runs, so that a file that did not change costs a look at its status, and no reading, parsing or proving.

What is known of a file is good while its size, its time of modification and its inode are those noted; where they are not, while its bytes
are. Settings that differ in anything that an outcome may depend on, our own code and Python's version included, are kept apart. What is
kept is read with suspicion, since anybody may have written it, and never leads to a written file: what a run that writes is to rewrite is
proved anew. Where the cache cannot be used, the run goes on without.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from codemods import __version__
from codemods.model.settings import Settings
from codemods.workspace import records
from codemods.workspace.config import ConfigError
from codemods.workspace.discover import Found, Problem
from codemods.workspace.files import REWRITABLE_BYTES, ReadError, blake2b, digest_of, read_bounded
from codemods.workspace.worker import FileResult

if TYPE_CHECKING:
    from codemods.workspace.outcomes import State, Store

# A file that changed so short a time before it was looked at may change again without its time of modification telling: git calls such
# entries of its index "racily clean". Two seconds are the step of FAT, whose clock is the coarsest of all file systems.
RACY_NANOSECONDS = 2_000_000_000
# What stands in the place of a path, and is none, where the rules' triage is kept.
_TRIAGE = b"triage"


class _Seen(Struct, frozen=True):
    """A file whose outcome is not known, as it was when it was looked up."""

    number: int
    path: bytes
    state: State


class Cache:
    """The cache of one run. `close` must be called.

    Args:
        folder: where its file is, or is to be.
        writing: the run writes, so that files with something to rewrite are not answered for.
    """

    def __init__(self, folder: Path, *, writing: bool) -> None:
        from codemods.workspace.outcomes import Store

        self._writing = writing
        self._store: Store = Store(folder)
        self._numbers: dict[tuple[Settings, bool], tuple[int, bool]] = {}
        self._pending: dict[str, _Seen] = {}
        self._triage: int | None = None
        """The number under which the rules' triage stands, once it was asked for."""

    def known(self, found: Iterable[Found | Problem], settings_for: Callable[[Path], Settings]) -> Iterator[Found | Problem | FileResult]:
        """What is found, with a result in the place of each file whose outcome is known."""
        for item in found:
            yield (self._looked_up(item, settings_for) if isinstance(item, Found) else None) or item

    def learned(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """The results, each passed on when what is new in it was noted. They must carry digests."""
        for result in results:
            seen = self._pending.pop(os.fspath(result.path), None)
            if seen is not None:
                self._note(seen, result)
            yield result

    def close(self) -> None:
        """Write what was noted."""
        self._note_triage()
        self._store.close()

    def _looked_up(self, item: Found, settings_for: Callable[[Path], Settings]) -> FileResult | None:
        """The result where it is known; else None, and the file is noted as one to learn about."""
        if item.data is not None:
            return None
        try:
            settings = settings_for(item.path)
            state = _state(item.path)
        except (ConfigError, OSError, ValueError):
            return None  # whoever reads the file says what is wrong
        if state.size >= REWRITABLE_BYTES or settings.held or not self._store.is_open:  # which sites are held is of that one file
            return None
        number, is_old = self._number(settings, item.named)
        path = os.fsencode(os.path.abspath(item.path))
        try:
            outcome, data = self._recalled(number, path, state, settings) if is_old else (None, None)
            if outcome is not None and not (self._writing and records.rewrites(outcome)):
                return FileResult(item.path, records.outcome_of(outcome, data))
        except (ReadError, records.Unreadable):
            pass
        self._pending[os.fspath(item.path)] = _Seen(number, path, state)
        if self._triage is None:
            self._recall_triage()
        return None

    def _recall_triage(self) -> None:
        """Tell the engine the triage of the rules, before it is asked for the first file, lest it import them all."""
        self._triage, is_old = self._store.number(f"{code_state()} triage")
        row = self._store.row(self._triage, _TRIAGE) if is_old else None
        if row is not None:
            from codemods.engine import triage

            with suppress(records.Unreadable):
                triage.give(records.patterns_of(row.outcome))

    def _note_triage(self) -> None:
        """Keep the triage of rules that had to be imported for it."""
        if self._triage is None or "codemods.engine.triage" not in sys.modules:
            return
        from codemods.engine import triage
        from codemods.workspace.outcomes import Row, State

        if new := triage.learned():
            self._store.put(self._triage, _TRIAGE, Row(State(0, 0, 0), b"", self._store.today, records.patterns(new)))

    def _recalled(self, number: int, path: bytes, state: State, settings: Settings) -> tuple[str | None, bytes | None]:
        """The record of the file, if there is one, and the file's bytes, if they were read. Raises ReadError."""
        from codemods.workspace.outcomes import Row

        today = self._store.today
        row = self._store.row(number, path)
        is_same = row is not None and row.state == state
        if row is not None and is_same and (self._writing or not records.rewrites(row.outcome)):
            if row.used != today:
                self._store.put(number, path, row._replace(used=today))
            return row.outcome, None
        data = read_bounded(os.fsdecode(path), REWRITABLE_BYTES)
        digest = digest_of(settings.filename, data)
        outcome = row.outcome if row is not None and row.digest == digest else self._store.outcome(number, digest)
        if outcome is not None and not (row is not None and is_same and row.digest == digest and row.used == today):
            self._store.put(number, path, Row(_lasting(state), digest, today, outcome))
        return outcome, data

    def _number(self, settings: Settings, named: bool) -> tuple[int, bool]:
        """The number of what an outcome depends on besides a file's bytes and name, and whether anything was known under it."""
        common = (replace(settings, filename=""), named)
        if common not in self._numbers:
            self._numbers[common] = self._store.number(f"{code_state()} {common!r}")
        return self._numbers[common]

    def _note(self, seen: _Seen, result: FileResult) -> None:
        """Keep a new outcome, if the file did not change while it was made."""
        from codemods.workspace.outcomes import Row

        outcome = records.record(result.outcome)
        if outcome is None or not result.digest or (self._writing and records.rewrites(outcome)):
            return
        try:
            state = _state(result.path)
        except (OSError, ValueError):
            return
        if state == seen.state:
            self._store.put(seen.number, seen.path, Row(_lasting(state), result.digest, self._store.today, outcome))


def _state(path: Path) -> State:
    from codemods.workspace.outcomes import State

    status = os.stat(path)
    return State(status.st_size, status.st_mtime_ns, status.st_ino)


def _lasting(state: State) -> State:
    """The state, for the next run to compare with; one that equals none where it may not tell of a change that follows."""
    return state._replace(modified=-1) if time.time_ns() - state.modified < RACY_NANOSECONDS else state


@cache
def code_state() -> str:
    """Which pyfix this is, and which Python and LibCST: their versions, and the state of the files, for a checkout that is worked on."""
    import importlib.util

    pieces = [__version__, sys.version]
    for package in ("codemods", "libcst"):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            own = package == "codemods"
            pieces.extend((own and _installed(folder)) or _states(folder, deep=own))
    return blake2b(os.fsencode("\n".join(pieces)), 12).hexdigest()


def _installed(folder: str) -> list[str]:
    """For a pyfix that an installer put there, the state of its list of files, new with each installation; empty for a checkout."""
    record = os.path.join(os.path.dirname(folder), f"pyfix_codemods-{__version__}.dist-info", "RECORD")
    try:
        return [_said(record, os.stat(record))]
    except OSError:
        return []


def _states(folder: str, *, deep: bool) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if deep and entry.name != "__pycache__":
                    yield from _states(entry.path, deep=True)
            elif entry.name.endswith((".py", ".json")):
                yield _said(entry.path, entry.stat())


def _said(path: str, status: os.stat_result) -> str:
    return f"{path} {status.st_size} {status.st_mtime_ns}"
