"""The file in which outcomes of earlier runs are kept.

    <cache>/outcomes.sqlite      one row for each file and set of settings: its status, the digest of its bytes, its outcome

SQLite was taken because runs may be side by side or killed, and the folder deleted under them: it comes with Python, costs 3 ms to load,
and a row 10 µs to find, where a file of our own would have to be read and written whole. Whatever goes wrong with it costs the cache and
nothing else: no function here raises.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

NAME = "outcomes.sqlite"
# What the file may take up, in bytes; the rows that were used last stay.
BYTES_KEPT = 64_000_000
# So many new rows are kept in memory before they are written.
_BATCH = 5_000
_WAIT_SECONDS = 1.0
# No record of a file of ten megabytes is as long.
_LONGEST = 64_000_000

_TABLES = """
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS files (
    settings INTEGER NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL,
    digest BLOB NOT NULL, used INTEGER NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (settings, path)
);
CREATE INDEX IF NOT EXISTS by_digest ON files (digest);
"""
_BY_PATH = "SELECT size, modified, inode, digest, used, outcome FROM files WHERE settings = ? AND path = ?"
_BY_DIGEST = "SELECT outcome FROM files WHERE digest = ? AND settings = ?"
_NUMBER = "SELECT id FROM settings WHERE text = ?"
_PUT = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DROP = "DELETE FROM files WHERE rowid IN (SELECT rowid FROM files ORDER BY used, rowid LIMIT (SELECT count(*) / 2 + 1 FROM files))"
_ERRORS = (sqlite3.Error, OSError, ValueError, OverflowError)


class State(NamedTuple):
    """A file as its status has it: bytes, nanoseconds, number."""

    size: int
    modified: int
    inode: int


class Row(NamedTuple):
    """What is known of a file: `used` is the day, counted from 1970, on which the row was of use last, `outcome` a record (`records`)."""

    state: State
    digest: bytes
    used: int
    outcome: str


class Store:
    """The file, opened; made where it is missing, and anew where it is none of ours. `close` must be called."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._connection = _opened(self._file)
        self._rows: list[tuple[object, ...]] = []
        self.today = int(time.time()) // 86_400

    @property
    def is_open(self) -> bool:
        """False where there can be no such file, or it broke."""
        return self._connection is not None

    def number(self, text: str) -> tuple[int, bool]:
        """The number under which rows of settings `text` stand, and whether there was one before; (0, False) where there can be none."""
        if self._connection is None:
            return 0, False
        try:
            known = self._connection.execute(_NUMBER, (text,)).fetchone()
            if known is not None:
                return int(known[0]), True
            with self._connection:
                self._connection.execute("INSERT OR IGNORE INTO settings (text) VALUES (?)", (text,))
            return int(self._connection.execute(_NUMBER, (text,)).fetchone()[0]), False
        except (*_ERRORS, TypeError):
            self._give_up()
            return 0, False

    def row(self, number: int, path: bytes) -> Row | None:
        """What is known of the file at the absolute `path`."""
        match self._first(_BY_PATH, (number, path)):
            case (int(size), int(modified), int(inode), bytes(digest), int(used), str(outcome)):
                return Row(State(size, modified, inode), digest, used, outcome)
        return None

    def outcome(self, number: int, digest: bytes) -> str | None:
        """The outcome of any file with this digest."""
        match self._first(_BY_DIGEST, (digest, number)):
            case (str(outcome),):
                return outcome
        return None

    def put(self, number: int, path: bytes, row: Row) -> None:
        """Note a row, which is written by and by."""
        self._rows.append((number, path, *row.state, row.digest, row.used, row.outcome))
        if len(self._rows) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what was noted, within the bound."""
        self._flush()
        with suppress(*_ERRORS):
            if self._connection is not None and os.path.getsize(self._file) > BYTES_KEPT:
                self._shrink(self._connection)
        self._give_up()

    def _first(self, query: str, values: tuple[object, ...]) -> object:
        if self._connection is None:
            return None
        try:
            return self._connection.execute(query, values).fetchone()
        except _ERRORS:
            self._give_up()
            return None

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows and self._connection is not None:
            with suppress(*_ERRORS), self._connection:
                self._connection.executemany(_PUT, rows)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        with connection:
            connection.execute(_DROP)
            connection.execute("DELETE FROM settings WHERE id NOT IN (SELECT settings FROM files)")
        connection.execute("VACUUM")

    def _give_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*_ERRORS):
                connection.close()


def _opened(file: Path) -> sqlite3.Connection | None:
    """None where there can be no such file."""
    for _ in range(2):
        try:
            os.makedirs(file.parent, mode=0o700, exist_ok=True)
            return _connected(file)
        except sqlite3.OperationalError:  # locked, read-only, no place left
            return None
        except sqlite3.DatabaseError:
            pass
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            os.unlink(file)
    return None


def _connected(file: Path) -> sqlite3.Connection:
    if file.exists() and not file.is_file():
        raise OSError(f"{file} is no file")
    connection = sqlite3.connect(file, timeout=_WAIT_SECONDS)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        if not _is_ours(connection):
            connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file holds just our tables, word for word; false where it holds nothing. Raises DatabaseError for anything else.

    Nothing but the list of what it holds may be asked of a file before that: a view in the place of a table computes its rows as they are
    read, for ever if it likes, and a trigger acts when one is written.
    """
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if found and found != {statement.strip().replace("IF NOT EXISTS ", "") for statement in _TABLES.split(";") if statement.strip()}:
        raise sqlite3.DatabaseError("the tables are not ours")
    return bool(found)
