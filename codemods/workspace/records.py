"""Outcomes as text and back, for the cache. What comes back is checked piece by piece: the text may be anybody's.

Kept are outcomes that say something of the file alone: not failures, and nothing in which a rule of ours went wrong. The two texts of a
`Fixed` are not kept: they are the file's own, and what its edits make of it. Nor is the work, since none is done to read a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from codemods.model.outcome import CellChange, Clean, Diagnostic, Edit, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.verdict import SORTS, Fact, Reasons, Refused, Remedy, Safe, Unsafe, Verdict

_NAME = re.compile(r"[a-z][a-z-]*")
_ID = re.compile(r"[0-9a-f]{16}|")
# No file that is judged has so many lines or columns.
_MANY = 100_000_000


class Unreadable(ValueError):
    """The text is no record of ours."""


def record(outcome: Outcome) -> str | None:
    """The outcome as text; None for one that is not to be kept."""
    match outcome:
        case TriagedAway():
            return ""
        case Skipped(reason=reason):
            return json.dumps(["skipped", reason])
        case Clean(diagnostics=diagnostics, defects=()):
            return json.dumps(["clean", [_written(one) for one in diagnostics]], separators=(",", ":"))
        case Fixed(diagnostics=diagnostics, edits=edits, defects=(), cells=cells):
            changed = [[one.cell, one.before, _changes(one.edits)] for one in cells]
            return json.dumps(["fixed", [_written(one) for one in diagnostics], _changes(edits), changed], separators=(",", ":"))
        case _:
            return None


def outcome_of(text: str, before: bytes | None) -> Outcome:
    """The outcome that a record stands for. `before`: the file's bytes, which a `Fixed` needs. Raises Unreadable."""
    if not text:
        return TriagedAway()
    try:
        match json.loads(text):
            case ["skipped", str(reason)]:
                return Skipped(reason)
            case ["clean", list(sites)]:
                return Clean(tuple(_read(one) for one in sites))
            case ["fixed", list(sites), list(changes), list(cells)] if before is not None:
                outcome = _fixed(before, tuple(_read(one) for one in sites), tuple(_edit(one) for one in changes))
                return replace(outcome, cells=tuple(_cell(one) for one in cells))
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    raise Unreadable


def patterns(triage: Mapping[str, bytes]) -> str:
    """Regexes by the names of rules, as text."""
    return json.dumps({name: pattern.decode("latin-1") for name, pattern in triage.items()})


def patterns_of(text: str) -> dict[str, bytes]:
    """What `patterns` made a text of. Raises Unreadable."""
    try:
        match json.loads(text):
            case dict(found) if all(isinstance(pattern, str) for pattern in found.values()):
                return {str(name): pattern.encode("latin-1") for name, pattern in found.items()}
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    raise Unreadable


def rewrites(text: str) -> bool:
    """Whether a record says that there is something to rewrite."""
    return text.startswith('["fixed"')


def _fixed(before: bytes, diagnostics: tuple[Diagnostic, ...], edits: tuple[Edit, ...]) -> Fixed:
    from codemods.engine.decode import decode
    from codemods.engine.splice import spliced

    decoded = decode(before)
    _require_order(edits, decoded.text)
    return Fixed(before, decoded.encode(spliced(decoded.text, edits)), diagnostics, edits)


def _require_order(edits: tuple[Edit, ...], text: str) -> None:
    bounds = [place for one in edits for place in (one.start, one.end)]
    if not edits or bounds != sorted(bounds) or bounds[0] < 0 or bounds[-1] > len(text):
        raise Unreadable


def _cell(value: object) -> CellChange:
    from codemods.engine.splice import spliced

    match value:
        case [int(cell), str(before), list(changes)] if 0 < cell < _MANY:
            edits = tuple(_edit(one) for one in changes)
            _require_order(edits, before)
            return CellChange(cell, before, spliced(before, edits), edits)
    raise Unreadable


def _changes(edits: tuple[Edit, ...]) -> list[list[Any]]:
    return [[one.start, one.end, one.text, *one.rules] for one in edits]


def _edit(value: object) -> Edit:
    match value:
        case [int(start), int(end), str(text), *rules]:
            return Edit(start, end, text, tuple(rule for rule in rules if isinstance(rule, str)))
    raise Unreadable


def _written(one: Diagnostic) -> list[Any]:
    place = [one.rule, one.line, one.column, one.end_line, one.end_column, one.cell]
    place += [one.fixed, one.suppressed, one.held, one.id, one.scope, _changes(one.edits), list(one.file_span)]
    match one.verdict:
        case Safe(because=because):
            said = ["", because, ""]
        case Unsafe(code=code, assumption=assumption, sort=sort):
            said = [f"?{code}", assumption, sort]
        case Refused(code=code, reason=reason, sort=sort):
            said = [code, reason, sort]
    reasons = one.verdict.reasons
    if reasons == Reasons():
        return [*place, *said]
    remedies = [[remedy.kind, remedy.name, remedy.line, remedy.text, remedy.example, remedy.cell] for remedy in reasons.remedies]
    return [*place, *said, [[fact.sentence, fact.line, fact.cell] for fact in reasons.facts], remedies, reasons.typed]


def _read(value: object) -> Diagnostic:
    match value:
        case [str(rule), int(line), int(column), int(end_line), int(end_column), int(cell), *more] if 0 <= cell < _MANY:
            if _NAME.fullmatch(rule) and all(0 < place < _MANY for place in (line, column, end_line, end_column)):
                return Diagnostic(rule, line, column, end_line, end_column, *_decided(more, cell))
    raise Unreadable


def _decided(value: list[object], cell: int) -> tuple[Verdict, bool, bool, bool, str, str, tuple[Edit, ...], int, tuple[int, ...]]:
    """The verdict, what became of the site, its names, and where in the file it stands if the lines are a cell's."""
    match value:
        case [bool(fixed), bool(suppressed), bool(held), str(name), str(scope), list(edits), list(span), *said] if _ID.fullmatch(name):
            if len(span) in (0, 4) and all(isinstance(place, int) and 0 < place < _MANY for place in span):
                changes = tuple(_edit(one) for one in edits)
                return _verdict(said), fixed, suppressed, held, name, scope, changes, cell, tuple(span)
    raise Unreadable


def _verdict(value: list[object]) -> Verdict:
    match value:
        case ["", str(because), str(), *reasons]:
            return Safe(because, _reasons(reasons))
        case [str(code), str(text), str(sort), *reasons] if sort in SORTS and _NAME.fullmatch(code.removeprefix("?")):
            kind = Unsafe if code.startswith("?") else Refused
            return kind(code.removeprefix("?"), text, _reasons(reasons), sort=sort)
    raise Unreadable


def _reasons(value: list[object]) -> Reasons:
    match value:
        case []:
            return Reasons()
        case [list(facts), list(remedies), bool(typed)]:
            return Reasons(tuple(_fact(one) for one in facts), tuple(_remedy(one) for one in remedies), typed)
    raise Unreadable


def _fact(value: object) -> Fact:
    match value:
        case [str(sentence), int(line), int(cell)] if 0 <= line < _MANY and 0 <= cell < _MANY:
            return Fact(sentence, line, cell)
    raise Unreadable


def _remedy(value: object) -> Remedy:
    match value:
        case [str(kind), str(name), int(line), str(text), bool(example), int(cell)] if 0 <= line < _MANY and 0 <= cell < _MANY:
            return Remedy(kind, name, line, text, example, cell)
    raise Unreadable
