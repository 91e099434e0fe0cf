"""Plain unified diffs, in the bytes of the files themselves, such that `git apply` and `patch -p1` take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codemods.model.outcome import Fixed
from codemods.report.lines import GIT_LINE, Hunk, changes, decoded, git_lines, hunks, joined, spans
from codemods.report.visible import git_quoted


def unified(path: bytes, outcome: Fixed) -> bytes:
    """The diff of one file; `path` is relative and stands in both headers. Ends in a newline; three lines of context."""
    old, new = git_lines(outcome.before), git_lines(outcome.after)
    found = joined(changes(old, new, spans(decoded(outcome.before), outcome.edits, GIT_LINE)))
    pieces = [_header(b"--- ", b"a/", path), _header(b"+++ ", b"b/", path)]
    for hunk in hunks(found, len(old)):
        pieces.append(b"@@ -%s +%s @@\n" % (_stretch(hunk.old_start, hunk.old_end), _stretch(hunk.new_start, hunk.new_end)))
        pieces.extend(_body(hunk, old, new))
    return b"".join(pieces)


def _header(sign: bytes, side: bytes, path: bytes) -> bytes:
    name = git_quoted(side + path)
    # Without the tab git takes a name with a space in it for a name and a time.
    return sign + name + (b"\t\n" if b" " in name and not name.startswith(b'"') else b"\n")


def _stretch(start: int, end: int) -> bytes:
    """Lines [start, end), as a hunk's header counts them: the first from 1, or for none the line before."""
    length = end - start
    first = start + 1 if length else start
    return b"%d" % first if length == 1 else b"%d,%d" % (first, length)


def _body(hunk: Hunk, old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    position = hunk.old_start
    for change in hunk.changes:
        yield from _marked(b" ", old[position : change.old_start])
        yield from _marked(b"-", old[change.old_start : change.old_end])
        yield from _marked(b"+", new[change.new_start : change.new_end])
        position = change.old_end
    yield from _marked(b" ", old[position : hunk.old_end])


def _marked(sign: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield sign + line
        if not line.endswith(b"\n"):
            yield b"\n\\ No newline at end of file\n"
