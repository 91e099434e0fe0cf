"""Journals as they are read back: of runs that ended, that were killed, or that somebody tampered with. The format is in `journal.py`."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from msgspec import Struct

from codemods.model.outcome import Edit
from codemods.model.settings import Settings
from codemods.workspace.files import READABLE_BYTES, ReadError, read_bounded, sha256
from codemods.workspace.partial import from_record
from codemods.workspace.state import JournalError as JournalError  # defined there for runs that write nothing and need no more of it

# Sixty times the journal of a run over the 10,000 files of a very large repository.
JOURNAL_LIMIT = 256_000_000


class Entry(Struct, frozen=True):
    """One file of a run.

    Attributes:
        shown, target: the file as the user spelled it, and its absolute path without links.
        before, after: SHA-256 of its content, in hex.
        offset, size: where its old content stands in `originals`.
        rules: those that changed it; for a file of an undo, those whose rewrites were taken back.
        edits, settings: what they did, and the settings they went by; () and None where that was not kept.
    """

    file: int
    shown: str
    target: str
    before: str
    after: str
    offset: int
    size: int
    rules: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    settings: Settings | None = None


class Journal(Struct, frozen=True):
    """A run as its journal tells it.

    Attributes:
        run: its id.
        kind: `fix` or `undo`; `of` is the run that an undo put back, `part` whether only some of its files or rules were asked for.
        folder: the working folder it was started in.
        entries: its files.
        done: the numbers of the files that are known to have been replaced; after a crash others may have been.
        ended: whether it ended by itself; `left` is the number of files it then had to refuse.
    """

    run: str
    kind: str
    of: str | None
    folder: str
    entries: tuple[Entry, ...]
    done: frozenset[int]
    ended: bool
    left: int
    part: bool = False


def read_journal(state: Path, run: str) -> Journal:
    """The journal of `run`. Raises JournalError where it is missing or not one of ours."""
    path = os.path.join(state, "runs", run, "journal.jsonl")
    try:
        lines = read_bounded(path, JOURNAL_LIMIT).split(b"\n")
        if not _is_the_users(path):
            raise ReadError("belongs to another user, and is not believed")
    except ReadError as error:
        raise JournalError(f"{path}: {error}") from None
    head = _object(lines[0])
    match head:
        case {"format": 1, "kind": "fix" | "undo" as kind, "of": str() | None as of, "folder": str(folder)}:
            pass
        case _:
            raise JournalError(f"{path}: is no journal of this version")
    entries: dict[int, Entry] = {}
    done: set[int] = set()
    ended, left = False, 0
    for line in lines[1:]:
        match _object(line):
            case {"file": int(file), **rest} if (entry := _entry(file, rest)) is not None:
                entries[file] = entry
            case {"done": int(file)}:
                done.add(file)
            case {"end": True, "left": int(left)}:
                ended = True
    part = head.get("part") is True
    return Journal(run, kind, of, folder, tuple(entries.values()), frozenset(done & entries.keys()), ended, left, part)


def _is_the_users(path: str) -> bool:
    """Whether what is at `path` was written by this user, or by root: what somebody else wrote must not say what undo writes where."""
    try:
        return not hasattr(os, "geteuid") or os.stat(path).st_uid in (os.geteuid(), 0)
    except OSError:
        return False


def original_of(state: Path, run: str, entry: Entry) -> bytes | None:
    """The bytes that a file of `run` had before; None where they cannot be read or are not those that were saved."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(os.path.join(state, "runs", run, "originals"), flags)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or entry.offset + entry.size > status.st_size or entry.size >= READABLE_BYTES:
            return None
        os.lseek(handle, entry.offset, os.SEEK_SET)
        data = b""
        while len(data) < entry.size and (piece := os.read(handle, entry.size - len(data))):
            data += piece
    except OSError:
        return None
    finally:
        os.close(handle)
    return data if sha256(data) == entry.before else None


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _entry(file: int, rest: dict[str, Any]) -> Entry | None:
    match rest:
        case {
            "shown": str(shown),
            "target": str(target),
            "before": str(before),
            "after": str(after),
            "offset": int(offset),
            "size": int(size),
            "rules": [*rules],
        } if offset >= 0 and size >= 0 and _is_path(target):
            return Entry(file, shown, target, before, after, offset, size, tuple(str(rule) for rule in rules), *from_record(rest))
        case _:
            return None


def _is_path(text: str) -> bool:
    """Whether a file could have the absolute path `text`."""
    try:
        return os.path.isabs(text) and b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:  # half a surrogate pair, which stands for no byte
        return False
