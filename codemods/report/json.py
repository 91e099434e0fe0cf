"""The report for programs: one JSON document, described by `docs/output.schema.json`. Its `version` counts up when a reader could break."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codemods.model.outcome import Clean, Defect, Diagnostic, Edit, Failed, Fixed, Skipped, TriagedAway
from codemods.model.verdict import Reasons, Refused, Safe, Unsafe
from codemods.report.diff import unified
from codemods.report.entry import Entry, Mode, reason, reasons, sort
from codemods.report.lines import decoded, encoding_of
from codemods.report.places import Places
from codemods.report.statistics import Tally, as_data

VERSION = 1


def document(files: Sequence[Mapping[str, Any]], tally: Tally, mode: Mode, status: int, program: str) -> str:
    """The whole report. `files` are `file_data` of the files with something to say; `program` is our version, `status` the exit status."""
    return json.dumps(
        {
            "version": VERSION,
            "pyfix": program,
            "mode": mode,
            "exit_status": status,
            "files": files,
            "summary": {
                "files": tally.seen,
                "changed_files": tally.changed,
                "failed_files": tally.failed,
                **{which: tally.sites[which] for which in ("rewritten", "unsafe", "refused", "suppressed")},
            },
            "statistics": as_data(tally),
            **_verification(tally),
        },
        indent=2,
    )


def _verification(tally: Tally) -> dict[str, Any]:
    if tally.verification is None:
        return {}
    from codemods.report import verification

    return {"verification": verification.data(tally.verification)}


def file_data(entry: Entry, *, diff_path: bytes | None = None) -> dict[str, Any] | None:
    """What there is to say about a file; `None` where there is nothing. With `diff_path` also its plain diff, under that name."""
    match entry.outcome:
        case TriagedAway():
            return None
        case Clean(diagnostics=(), defects=()):
            return None
        case Failed(line=line, cause=cause):
            return _file(entry.path, "failed") | {"line": line, "cause": cause}
        case Skipped(reason=cause):
            return _file(entry.path, "skipped") | {"cause": cause}
        case Clean():
            return _file(entry.path, "clean") | _sites(entry)
        case Fixed() as outcome:
            return _fixed(entry, outcome, diff_path)


def _file(path: str, status: str) -> dict[str, Any]:
    return {"path": path, "status": status}


def _fixed(entry: Entry, outcome: Fixed, diff_path: bytes | None) -> dict[str, Any]:
    data = _file(entry.path, "changed") | {"written": entry.written}
    if entry.cause:
        data["cause"] = entry.cause
    places = Places(decoded(outcome.before))
    data |= _sites(entry, places) | {"edits": _edits(outcome.edits, places)}
    if diff_path is not None:
        data["diff"] = unified(diff_path, outcome).decode(encoding_of(outcome.before), "replace")
    return data


def _sites(entry: Entry, places: Places | None = None) -> dict[str, Any]:
    return {"sites": [_site(one, places) for one in entry.diagnostics], "defects": [_defect(one) for one in entry.defects]}


def _site(one: Diagnostic, places: Places | None) -> dict[str, Any]:
    match one.verdict:
        case Safe():
            verdict = {"verdict": "safe", "code": None}
        case Unsafe(code=code):
            verdict = {"verdict": "unsafe", "code": code}
        case Refused(code=code):
            verdict = {"verdict": "refused", "code": code}
    place = {"line": one.line, "column": one.column, "end_line": one.end_line, "end_column": one.end_column}
    said = {"message": reason(one), "sort": sort(one), "fixed": one.fixed, "suppressed": one.suppressed, "held": one.held}
    alone = {"edits": _edits(one.edits, places) if places else []}
    named = {"rule": one.rule, "id": one.id, "scope": one.scope}
    why = reasons(one)
    return {**named, **_cell(one.cell), **place, **verdict, **said, **_reasons(why), "typed": why.typed, **alone}


def _cell(cell: int) -> dict[str, int]:
    """The cell of a notebook that a line is of, where it is of one."""
    return {"cell": cell} if cell else {}


def _reasons(found: Reasons) -> dict[str, Any]:
    return {
        "facts": [{"sentence": one.sentence, "line": one.line, **_cell(one.cell)} for one in found.facts],
        "remedies": [
            {"kind": one.kind, "name": one.name, "line": one.line, **_cell(one.cell)}
            | {"text": one.text, "example": one.example, "sentence": str(one)}
            for one in found.remedies
        ],
    }


def _defect(one: Defect) -> dict[str, Any]:
    return {"rule": one.rule, **_cell(one.cell), "line": one.line, "kind": one.kind, "cause": one.cause}


def _edits(edits: Iterable[Edit], places: Places) -> list[dict[str, Any]]:
    """The edits, with places both as offsets and as lines and columns of the text as read."""
    return [_edit(one, places) for one in edits]


def _edit(edit: Edit, places: Places) -> dict[str, Any]:
    line, column = places.of(edit.start)
    end_line, end_column = places.of(edit.end)
    return {
        "rules": list(edit.rules),
        "start": edit.start,
        "end": edit.end,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": edit.text,
    }
