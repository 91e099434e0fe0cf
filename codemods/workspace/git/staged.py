"""What is staged, rewritten where it stands: in the index, with the working tree's files following where that is exactly possible.

A file of the working tree follows where it is the staged content, line ends apart. Where it has edits that are not staged, on other lines,
the rewrite is made where its own lines are, and taken if pyfix, judging that text by itself, comes to the very same. In all other cases
the file stays as it is. The index as it was is kept as the tree `refs/pyfix/staged`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from codemods.engine.decode import Undecodable, decode
from codemods.engine.splice import spliced
from codemods.model.outcome import Edit, Fixed
from codemods.model.settings import LineRanges, Settings
from codemods.workspace.apply import Applied, apply
from codemods.workspace.files import NO_STAMP, ReadError, Snapshot, read
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.git.selection import Selected, Selection
from codemods.workspace.worker import Core, FileResult, Task, judge_snapshot

KEPT = "refs/pyfix/staged"
_LEFT = "rewritten in the index; the file in the working tree {} and stays as it is"
_COMPARABLE = 25_000_000


class Staged(Struct, frozen=True):
    """What became of a result. `left`: what is to be said of the working tree's file where it did not follow; one line, or empty."""

    applied: Applied
    left: str = ""


def write(results: Iterable[FileResult], selection: Selection, seconds: float | None) -> Iterator[Staged]:
    """Rewrite the index, and the working tree as above, once all results are there. Raises GitError and JournalError.

    Args:
        seconds: what judging a file of the working tree may take.

    The working tree comes first: a run that ends in between leaves it ahead of the index, as any edit does.
    """
    listed = list(results)
    fixed = {os.fspath(result.path): result for result in listed if isinstance(result.outcome, Fixed)}
    left: dict[str, str] = {}
    followed: dict[str, Applied] = {}
    for git, files in selection.repositories():
        mine = [one for one in files if os.fspath(one.path) in fixed]
        if not mine:
            continue
        _keep(git)
        followers = [_follower(fixed[os.fspath(one.path)], one, seconds) for one in mine]
        left.update({os.fspath(one.path): one.left for one in followers if one.left})
        for applied in apply([one.result for one in followers if one.result is not None]):
            followed[os.fspath(applied.result.path)] = applied
        _rewrite(git, [(one, _content(fixed[os.fspath(one.path)])) for one in mine])
    for result in listed:
        path = os.fspath(result.path)
        if path not in fixed:
            yield Staged(Applied(result))
            continue
        failed = followed[path].cause if path in followed else ""
        yield Staged(Applied(result, written=True), left.get(path) or (_LEFT.format(f"was not: {failed}") if failed else ""))


def _content(result: FileResult) -> bytes:
    assert isinstance(result.outcome, Fixed)
    return result.outcome.after


def _keep(git: Git) -> None:
    """The way back: `git read-tree refs/pyfix/staged`. Raises GitError, also while files are unmerged."""
    git.run("update-ref", "-m", "pyfix: what was staged", KEPT, git.line("write-tree"))


def _rewrite(git: Git, contents: Sequence[tuple[Selected, bytes]]) -> None:
    """Put the contents into the index, and where a commit of some files only has two of them, into both. Raises GitError."""
    lines = []
    for one, data in contents:
        blob = os.fsdecode(git.run("hash-object", "-w", "--stdin", stdin=data)).strip()
        lines.append(f"{one.change.mode} {blob} 0\t{one.change.path}\0")
    for index in _indexes(git):
        _require_same(index, [one for one, _ in contents])
        index.run("update-index", "-z", "--index-info", stdin=os.fsencode("".join(lines)))
        index.call("update-index", "-q", "--refresh", allowed=range(256))


def _indexes(git: Git) -> Iterator[Git]:
    """The index; under `git commit FILE` the one that the commit is made of, and the one that is to be the next."""
    yield git
    given = git.environment.get("GIT_INDEX_FILE", "")
    folder, name = os.path.split(given)
    other = os.path.join(folder, "index.lock")
    if name.startswith("next-index-") and os.path.isfile(other):
        yield replace(git, environment={**git.environment, "GIT_INDEX_FILE": other})


def _require_same(git: Git, files: Sequence[Selected]) -> None:
    """Raises GitError where somebody staged something else in the meantime."""
    entries = dict(_entry(item) for item in git.items("ls-files", "--stage", "-z"))
    for one in files:
        if entries.get(one.change.path) != one.change.blob:
            raise GitError(f"{one.change.path} was staged anew while pyfix ran; nothing was rewritten in the index")


def _entry(item: bytes) -> tuple[str, str]:
    head, _, path = item.partition(b"\t")
    return os.fsdecode(path), head.split()[1].decode("ascii")


class _Follower(Struct, frozen=True):
    """A file of the working tree: what is to be written to it, or why nothing is, or neither where there is nothing to do."""

    path: Path
    result: FileResult | None = None
    left: str = ""


def _follower(result: FileResult, one: Selected, seconds: float | None) -> _Follower:
    outcome = result.outcome
    assert isinstance(outcome, Fixed)
    assert result.settings is not None
    path = one.path
    if not os.path.lexists(path):
        return _Follower(path)
    if os.path.islink(path):
        return _Follower(path, left=_LEFT.format("is a link"))
    try:
        snapshot = read(path)
    except ReadError as error:
        return _Follower(path, left=_LEFT.format(f"cannot be read: {error}"))
    crlf = _is_crlf(snapshot.data, outcome.before)
    here = snapshot.data.replace(b"\r\n", b"\n") if crlf else snapshot.data
    if here == outcome.after:
        return _Follower(path)
    moved = (outcome.after, outcome.edits) if here == outcome.before else _moved(here, outcome)
    if moved is None or not (here == outcome.before or _is_proved(here, moved[0], result.settings, seconds)):
        return _Follower(path, left=_LEFT.format("has edits there that are not staged"))
    new, edits = moved
    written = Fixed(snapshot.data, new.replace(b"\n", b"\r\n") if crlf else new, outcome.diagnostics, () if crlf else edits)
    return _Follower(path, FileResult(path, written, snapshot, settings=result.settings))


def _is_crlf(data: bytes, staged: bytes) -> bool:
    """Whether the working tree's file has CRLF at each line's end and git keeps it with LF."""
    return b"\r" not in staged and b"\r" in data and data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")


def _moved(here: bytes, outcome: Fixed) -> tuple[bytes, tuple[Edit, ...]] | None:
    """The edits made where their lines stand in a text that has other edits; None where the lines that they change are not as staged."""
    try:
        text, before = decode(here), decode(outcome.before)
        lines = _same_lines(before.text.split("\n"), text.text.split("\n"))
        edits = tuple(_moved_edit(edit, before.text, text.text, lines) for edit in outcome.edits)
        return text.encode(spliced(text.text, edits)), edits
    except (Undecodable, UnicodeEncodeError, KeyError):
        return None


def _moved_edit(edit: Edit, before: str, here: str, lines: Mapping[int, int]) -> Edit:
    """Raises KeyError where a line that the edit touches is no more, or the lines do not follow each other any more."""
    first, last = before.count("\n", 0, edit.start), before.count("\n", 0, edit.end)
    if [lines[line] - lines[first] for line in range(first, last + 1)] != list(range(last - first + 1)):
        raise KeyError(first)
    shift = _start(here, lines[first]) - _start(before, first)
    return replace(edit, start=edit.start + shift, end=edit.end + shift)


def _start(text: str, line: int) -> int:
    """Where the line begins, counted from 0."""
    at = 0
    for _ in range(line):
        at = text.index("\n", at) + 1
    return at


def _same_lines(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which line of `new` each unchanged line of `old` is, counted from 0; none where there are so many that it would take long."""
    if len(old) * len(new) > _COMPARABLE:
        return {}
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {one.a + at: one.b + at for one in blocks for at in range(one.size)}


def _is_proved(here: bytes, new: bytes, settings: Settings, seconds: float | None) -> bool:
    """Whether pyfix comes to `new` by itself: the edits that are not staged may take away what a proof rests on."""
    lines = _differing(here.split(b"\n"), new.split(b"\n"))
    task = Task(settings.filename, replace(settings, lines=lines), named=True)
    outcome = judge_snapshot(task, Snapshot(here, NO_STAMP), Core(seconds=seconds)).outcome
    return isinstance(outcome, Fixed) and outcome.after == new


def _differing(old: Sequence[bytes], new: Sequence[bytes]) -> LineRanges:
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple((first + 1, last) for kind, first, last, _, _ in changes if kind != "equal")
