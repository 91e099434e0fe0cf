"""A file without what some rules did to it: its edits as the journal keeps them, and what is left when those of some rules are taken back.

The other rules' edits stay only where they stand by themselves: pyfix judges the old content anew, without the rules that go, and must come
to the same edits. So nothing is written that a run without those rules would not have written, whatever a journal says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from codemods.model.outcome import Clean, Edit, Failed, Fixed
from codemods.model.settings import Settings
from codemods.workspace.files import NO_STAMP, Snapshot, sha256
from codemods.workspace.limits import SECONDS


class NotTakenBackError(Exception):
    """The edits of the rules cannot be taken back alone. `str()` is the cause, one line, without the path."""


def as_recorded(edits: Sequence[Edit], settings: Settings | None) -> dict[str, Any]:
    """The edits and the settings they were made by, for a journal's line; nothing where they are not known."""
    if not edits or settings is None:
        return {}
    said = [list(settings.rules), settings.unsafe_fixes, list(settings.target), settings.line_length, settings.filename]
    return {
        "edits": [[one.start, one.end, one.text, *one.rules] for one in edits],
        "settings": said if settings.lines is None else [*said, [list(lines) for lines in settings.lines]],
        **({"held": list(settings.held)} if settings.held else {}),
    }


def from_record(line: Mapping[str, Any]) -> tuple[tuple[Edit, ...], Settings | None]:
    """What `as_recorded` gave; nothing where that is not there or makes no sense."""
    match line:
        case {"edits": [*edits], "settings": [[*rules], bool(unsafe), [int(major), int(minor)], int(width), str(name), *limit]}:
            lines = tuple(_pairs(limit[0])) if limit else None
            held = tuple(str(one) for one in line.get("held", ()))
            settings = Settings(tuple(str(rule) for rule in rules), unsafe, (major, minor), width, name, lines=lines, held=held)
        case _:
            return (), None
    read = tuple(edit for one in edits if (edit := _edit(one)) is not None)
    return (read, settings) if read and len(read) == len(edits) else ((), None)


def _pairs(value: object) -> Iterator[tuple[int, int]]:
    for one in value if isinstance(value, list) else ():
        match one:
            case [int(first), int(last)]:
                yield first, last


def _edit(value: object) -> Edit | None:
    match value:
        case [int(start), int(end), str(text), *rules] if rules and all(isinstance(rule, str) for rule in rules):
            return Edit(start, end, text, tuple(str(rule) for rule in rules))
    return None


def without(rules: Collection[str], original: bytes, after: str, edits: tuple[Edit, ...], settings: Settings | None) -> bytes:
    """What the run would have made of `original` without `rules`. Raises NotTakenBackError.

    `edits` lead from it to the content whose digest is `after`. What other rules did alone stays as it is; where one of `rules` and
    another one worked on the same words, they become what that other one makes of them.
    """
    from codemods.engine.decode import Undecodable, decode
    from codemods.engine.splice import spliced

    named = " and ".join(f"`{rule}`" for rule in sorted(rules))
    if settings is None:
        raise NotTakenBackError(f"the journal does not say what {named} did in it")
    try:
        decoded = decode(original)
        bounds = [place for one in edits for place in (one.start, one.end)]
        if bounds != sorted(bounds) or not 0 <= bounds[0] <= bounds[-1] <= len(decoded.text):
            raise ValueError
        if sha256(decoded.encode(spliced(decoded.text, edits))) != after:
            raise ValueError
    except (Undecodable, ValueError):
        raise NotTakenBackError("its edits are damaged in the journal") from None
    kept = [one for one in edits if not set(rules).intersection(one.rules)]
    shared = [one for one in edits if set(rules).intersection(one.rules) and not set(rules).issuperset(one.rules)]
    alone = _judged(original, settings, rules)
    more = [one for one in alone if one not in kept]
    if len(alone) - len(more) != len(kept) or not all(any(two.start <= one.start <= one.end <= two.end for two in shared) for one in more):
        raise NotTakenBackError(f"its other rewrites do not stand without those of {named}")
    return decoded.encode(spliced(decoded.text, alone))


def _judged(original: bytes, settings: Settings, rules: Collection[str]) -> tuple[Edit, ...]:
    """The edits that pyfix makes today without `rules`. Raises NotTakenBackError."""
    from codemods.workspace.worker import Core, Task, judge_snapshot

    left = replace(settings, rules=tuple(rule for rule in settings.rules if rule not in rules))
    match judge_snapshot(Task(settings.filename, left, named=True), Snapshot(original, NO_STAMP), Core(seconds=SECONDS)).outcome:
        case Fixed(edits=edits, defects=()):
            return edits
        case Failed(cause=cause):
            raise NotTakenBackError(f"its old content cannot be judged anew: {cause}")
        case Fixed() | Clean(defects=(_, *_)):
            raise NotTakenBackError("its old content cannot be judged anew: a rule crashed")
        case _:
            return ()
