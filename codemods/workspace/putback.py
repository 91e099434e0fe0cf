"""What putting back a run means for each of its files: the old content, or what is left of the new without some rules' rewrites."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from codemods.workspace.files import ReadError, read, sha256
from codemods.workspace.history import Entry, Journal, original_of
from codemods.workspace.ignore import lies_in
from codemods.workspace.partial import NotTakenBackError, without
from codemods.workspace.replace import Change


class Refusal(Struct, frozen=True):
    """A file that was not put back, and why, in one line."""

    path: Path
    cause: str


class Part(Struct, frozen=True):
    """What of a run is asked for; with neither, all of it.

    Attributes:
        files: the files, or the folders in which all files are meant; absolute, links resolved.
        rules: the rules whose rewrites are to be taken back.
    """

    files: tuple[str, ...] = ()
    rules: frozenset[str] = frozenset()

    @property
    def is_all(self) -> bool:
        return not self.files and not self.rules

    def takes(self, entry: Entry) -> bool:
        """Whether the entry's file is asked for, and one of the rules had a part in it."""
        if self.files and not any(lies_in(entry.target, file) for file in self.files):
            return False
        return not self.rules or not self.rules.isdisjoint(rules_of(entry))


ALL = Part()


class Past(Struct, frozen=True):
    """A run and what became of it: whether it was put back as a whole, and the undos that took back a part, the oldest first."""

    journal: Journal
    undone: bool = False
    parts: tuple[Past, ...] = ()


def rules_of(entry: Entry) -> frozenset[str]:
    """The rules that had a part in the entry's file."""
    return frozenset(entry.rules).union(*(one.rules for one in entry.edits))


def was_replaced(journal: Journal, entry: Entry) -> bool:
    """Whether the run replaced the file: by its own word, or for a run that was killed by what the file holds."""
    if entry.file in journal.done or journal.ended:
        return entry.file in journal.done
    try:
        return sha256(read(entry.target).data) == entry.after
    except ReadError:
        return False


def change_back(state: Path, past: Past, entry: Entry, part: Part = ALL) -> Change | Refusal | None:
    """What puts the file back; why it cannot be; None where there is nothing to put back."""
    if not part.takes(entry):
        return None
    path = Path(entry.target)
    try:
        snapshot = read(path)
    except ReadError as error:
        return Refusal(path, f"cannot be read: {error}") if was_replaced(past.journal, entry) else None
    now = snapshot.sha256
    if now == entry.before:
        return None
    wanted = rules_of(entry) & part.rules if part.rules else rules_of(entry)
    gone = _taken_back(past, entry).get(now)
    if gone is None:
        is_left = _may_be_replaced(past.journal, entry) and not _was_put_back(past, entry, wanted)
        return Refusal(path, "changed since; it was left as it is") if is_left else None
    if part.rules and wanted <= gone:
        return None
    if os.path.realpath(path) != entry.target:
        return Refusal(path, "is reached through a link that was not there; it was left as it is")
    original = original_of(state, past.journal.run, entry)
    if original is None:
        return Refusal(path, "its old content is damaged in the journal; it was left as it is")
    wanted |= gone
    if wanted < rules_of(entry):
        try:
            original = without(wanted, original, entry.after, entry.edits, entry.settings)
        except NotTakenBackError as error:
            return Refusal(path, f"{error}; it was left as it is")
        if original == snapshot.data:
            return None
    return Change(path, snapshot.data, original, snapshot.stamp, tuple(sorted(wanted)))


def strangers(past: Past, files: Iterable[str]) -> list[Refusal]:
    """The `files` of which the run replaced none."""
    journal = past.journal
    mine = [entry.target for entry in journal.entries if was_replaced(journal, entry) or not journal.ended]
    return [
        Refusal(Path(file), f"was not changed by the run {journal.run}") for file in files if not any(lies_in(one, file) for one in mine)
    ]


def _taken_back(past: Past, entry: Entry) -> Mapping[str, frozenset[str]]:
    """The contents, by their digests, in which the run and the undos of parts of it left the file, each with the rules taken back."""
    known = {entry.after: frozenset[str]()}
    for undo in past.parts:
        for one in undo.journal.entries:
            if one.target == entry.target and one.before in known:
                known.setdefault(one.after, frozenset(one.rules))
    return known


def _was_put_back(past: Past, entry: Entry, rules: frozenset[str]) -> bool:
    """Whether an undo of a part took back what `rules` did to the file: whatever was done to it then is no matter of this run."""
    for undo in past.parts:
        for one in () if undo.undone else undo.journal.entries:
            if one.target == entry.target and one.file in undo.journal.done and rules <= frozenset(one.rules):
                return True
    return False


def _may_be_replaced(journal: Journal, entry: Entry) -> bool:
    """Whether a file that holds neither its old nor its new content may have been replaced by the run, and then changed."""
    return entry.file in journal.done or not journal.ended
