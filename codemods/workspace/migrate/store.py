"""The state of a migration in one SQLite file, durable at every step, so that a run that was killed is simply run again.

Only the coordinator opens it: no worker does, and no second coordinator, since a lock beside the file is held as long as it is open for
writing. What a claim is worth where the file system knows no locks, its lease says: one that ran out may be taken by somebody else.

    repositories   one row for each source: how far it came, why it stopped, by which key its result is known
    results        what jobs found out, by key, as compressed JSON; written before anything is done with it
    tips           the branch tips that were put into repositories, to know our own branches again
    requests       the pull requests that were opened, and when, which paces those to come
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from codemods.model.migration import Repository, Result, State
from codemods.workspace.lock import Lock, acquire
from codemods.workspace.migrate.plan import Target

VERSION = 1
LEASE_SECONDS = 3600.0

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE repositories (
  source TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'planned',
  kind TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL DEFAULT '', base TEXT NOT NULL DEFAULT '', ref TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '', lease REAL NOT NULL DEFAULT 0
);
CREATE TABLE results (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE tips (source TEXT NOT NULL, branch TEXT NOT NULL, oid TEXT NOT NULL, PRIMARY KEY (source, branch, oid)) WITHOUT ROWID;
CREATE TABLE requests (source TEXT NOT NULL, branch TEXT NOT NULL, url TEXT NOT NULL, opened REAL NOT NULL, PRIMARY KEY (source, branch));
"""
_COLUMNS = ("name", "source", "state", "kind", "cause", "base", "ref", "key", "attempts", "seconds")


class StateError(Exception):
    """The state file cannot be used: one line."""


class Store:
    """The state file. `close` must be called.

    Args:
        path: the file; made where it is missing, unless it is only to be read.
        writing: the run changes it, which one process at a time may do.

    Raises StateError.
    """

    def __init__(self, path: Path, *, writing: bool = True, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock
        self._guard = threading.RLock()
        self._owner = f"{os.getpid()}@{clock():.3f}"
        self._lock = self._locked() if writing else None
        if not writing and not path.is_file():
            raise StateError(f"{path}: there is no such state; nothing was migrated with it yet")
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
            self._prepare(writing)
        except sqlite3.Error as error:
            self.close()
            raise StateError(f"{path}: is no state of a migration: {error}") from None
        except StateError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        if hasattr(self, "_connection"):
            self._connection.close()
        if self._lock is not None:
            self._lock.remove()
            self._lock = None

    def enter(self, targets: Sequence[Target]) -> None:
        """Make a row for each target that has none, and put all into the plan's order."""
        with self._transaction():
            self._run("UPDATE repositories SET position = -1")
            self._run_many(
                "INSERT INTO repositories (source, name, position) VALUES (?, ?, ?) "
                "ON CONFLICT (source) DO UPDATE SET name = excluded.name, position = excluded.position",
                ((target.source, target.name, number) for number, target in enumerate(targets)),
            )

    def claim(self, source: str) -> bool:
        """Whether the repository is ours to work on: nobody else's, or of one whose lease ran out. A claim counts as an attempt."""
        now = self._clock()
        # Where the lock is certain, every other owner is dead, however long its lease is.
        alone = self._lock is not None and self._lock.certain
        found = self._run(
            "UPDATE repositories SET owner = ?, lease = ?, attempts = attempts + 1 "
            "WHERE source = ? AND (? OR owner IN ('', ?) OR lease < ?) RETURNING source",
            (self._owner, now + LEASE_SECONDS, source, alone, self._owner, now),
        )
        return bool(found)

    def reach(self, source: str, state: State, **known: str) -> None:
        """The repository has come so far, on a way that has not ended yet. `known`: its `base`, `ref` or `key`, where that is news."""
        self._update(source, state=state, kind="", cause="", **known)

    def record(self, source: str, result: Result, *, base: str, key: str, seconds: float) -> None:
        """What a job found out, in one step with the state that it leads to."""
        with self._transaction():
            old = "SELECT key FROM repositories WHERE source = ? AND key != ?"
            self._run(f"DELETE FROM results WHERE key IN ({old})", (source, key))
            self._run("INSERT OR REPLACE INTO results (key, data) VALUES (?, ?)", (key, zlib.compress(msgspec.json.encode(result))))
            self._update(source, state=result.state, kind=result.kind, cause=result.cause, base=base, key=key, seconds=seconds)

    def stop(self, source: str, state: State, kind: str, cause: str) -> None:
        """The repository's way ends here, for a reason that is no job's."""
        self._update(source, state=state, kind=kind, cause=cause)

    def release(self, source: str) -> None:
        """The repository is nobody's any more."""
        self._update(source, owner="", lease=0)

    def result(self, key: str) -> Result | None:
        """What is known under a key."""
        rows = self._run("SELECT data FROM results WHERE key = ?", (key,))
        return None if not rows else msgspec.json.decode(zlib.decompress(rows[0][0]), type=Result)

    def forget(self, key: str) -> None:
        """Let the work behind a key be done again."""
        self._run("DELETE FROM results WHERE key = ?", (key,))

    def row(self, source: str) -> Repository:
        """The repository as it stands. Raises KeyError."""
        rows = self._run(f"SELECT {', '.join(_COLUMNS)} FROM repositories WHERE source = ?", (source,))
        if not rows:
            raise KeyError(source)
        urls = self._run("SELECT url FROM requests WHERE source = ? ORDER BY branch", (source,))
        known: dict[str, Any] = dict(zip(_COLUMNS, rows[0], strict=True))
        result = self.result(known["key"]) if known["key"] else None
        return Repository(**known, requests=tuple(url for (url,) in urls), result=result)

    def rows(self) -> Iterator[Repository]:
        """All repositories of the last plan, in its order, one at a time."""
        for (source,) in self._run("SELECT source FROM repositories WHERE position >= 0 ORDER BY position"):
            yield self.row(source)

    def counts(self) -> dict[str, int]:
        """How many repositories of the last plan there are in each state."""
        return dict(self._run("SELECT state, COUNT(*) FROM repositories WHERE position >= 0 GROUP BY state"))

    def note_tip(self, source: str, branch: str, oid: str) -> None:
        """A branch is about to be put into the repository: so we know it again, whatever becomes of us."""
        self._run("INSERT OR IGNORE INTO tips VALUES (?, ?, ?)", (source, branch, oid))

    def is_ours(self, source: str, branch: str, oid: str) -> bool:
        """Whether a branch's tip was put there by us."""
        query = "SELECT 1 FROM tips WHERE source = ? AND branch = ? AND oid = ?"
        return self._run(query, (source, branch, oid)) != []

    def note_request(self, source: str, branch: str, url: str, *, opened: bool) -> None:
        """There is a pull request for the branch. `opened`: by us, just now."""
        now = self._clock() if opened else 0.0
        self._run("INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?)", (source, branch, url, now))

    def opened_since(self, moment: float) -> list[float]:
        """When the pull requests after a moment were opened, the oldest first."""
        query = "SELECT opened FROM requests WHERE opened > ? ORDER BY opened"
        return [opened for (opened,) in self._run(query, (moment,))]

    def fact(self, name: str) -> str:
        """A fact about the migration; empty where it is not known."""
        rows = self._run("SELECT value FROM facts WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def set_fact(self, name: str, value: str) -> None:
        self._run("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def _locked(self) -> Lock:
        try:
            os.makedirs(self.path.parent, mode=0o700, exist_ok=True)
            lock = acquire(f"{self.path}.lock")
        except OSError as error:
            raise StateError(f"{self.path}: cannot be written: {error.strerror or error}") from None
        if lock is None:
            raise StateError(f"{self.path}: another pyfix works with it")
        return lock

    def _prepare(self, writing: bool) -> None:
        run = self._connection.execute
        run("PRAGMA busy_timeout = 30000")
        if not writing:
            run("PRAGMA query_only = ON")
        elif not run("SELECT 1 FROM sqlite_master").fetchone():
            run("PRAGMA journal_mode = WAL")
            self._connection.executescript(f"BEGIN; {_SCHEMA} INSERT INTO facts VALUES ('version', '{VERSION}'); COMMIT;")
        run("PRAGMA synchronous = FULL")
        version = run("SELECT value FROM facts WHERE name = 'version'").fetchone()
        if version is None or version[0] != str(VERSION):
            raise StateError(f"{self.path}: was written by another version of pyfix")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is done within, or nothing."""
        with self._guard:
            self._run("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._run("ROLLBACK")
                raise
            self._run("COMMIT")

    def _run(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows that a statement gives. Raises StateError: what cannot be noted must not be done."""
        with self._guard:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise StateError(f"{self.path}: {error}") from None

    def _run_many(self, statement: str, values: Iterable[Sequence[object]]) -> None:
        try:
            self._connection.executemany(statement, values)
        except sqlite3.Error as error:
            raise StateError(f"{self.path}: {error}") from None

    def _update(self, source: str, **values: str | float) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        self._run(f"UPDATE repositories SET {names} WHERE source = ?", (*values.values(), source))
