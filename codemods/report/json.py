"""The report for programs: one JSON document, described by `docs/output.schema.json`. A field is only ever added within a version."""

from __future__ import annotations

import json
import os
from typing import Any

from codemods.model.outcome import Clean, Diagnostic, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.verdict import Refused, Safe, Unsafe
from codemods.report.totals import Totals

VERSION = 1


def file_record(path: str, outcome: Outcome, *, written: bool, cause: str = "") -> dict[str, Any] | None:
    """What the document says of one file; `None` where there is nothing to say (no site, no fault).

    Args:
        written: the file has its new bytes.
        cause: why a changed file was not written, if it should have been.
    """
    name = path.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    match outcome:
        case TriagedAway() | Skipped():
            return None
        case Failed(line=line, cause=why):
            return {"path": name, "status": "failed", "line": line, "cause": why}
        case Clean() | Fixed():
            if not (outcome.diagnostics or outcome.defects):
                return None
            record: dict[str, Any] = {
                "path": name,
                "status": "changed" if isinstance(outcome, Fixed) else "clean",
                "sites": [_site(one) for one in outcome.diagnostics],
                "defects": [
                    {"rule": one.rule, "line": one.line, "kind": one.kind, "cause": one.cause} for one in outcome.defects
                ],
            }
            if isinstance(outcome, Fixed):
                record["written"] = written
                record["edits"] = [
                    {"start": one.start, "end": one.end, "text": one.text, "rules": list(one.rules)} for one in outcome.edits
                ]
                if cause:
                    record["cause"] = cause
            return record


def _site(one: Diagnostic) -> dict[str, Any]:
    site: dict[str, Any] = {
        "rule": one.rule,
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        "fixed": one.fixed,
        "suppressed": one.suppressed,
    }
    match one.verdict:
        case Safe(because=because):
            return {**site, "verdict": "safe", "message": because}
        case Unsafe(code=code, assumption=assumption):
            return {**site, "verdict": "unsafe", "code": code, "message": f"assumes that {assumption}"}
        case Refused(code=code, reason=reason):
            return {**site, "verdict": "refused", "code": code, "message": reason}


def document(version: str, files: list[dict[str, Any]], totals: Totals) -> str:
    """The whole document, indented, with a line end."""
    summary = {
        "files": totals.files,
        "triaged_away": totals.triaged,
        "parsed": totals.parsed,
        "skipped": totals.skipped,
        "changed": totals.changed,
        "failed": totals.failed,
        "parses": totals.parses,
        "fragments": totals.fragments,
        "defects": totals.defects,
        "rewritten": dict(sorted(totals.rewritten.items())),
        "unsafe": _nested(totals.unsafe),
        "refused": _nested(totals.refused),
        "suppressed": dict(sorted(totals.suppressed.items())),
    }
    return json.dumps({"version": VERSION, "pyfix": version, "files": files, "summary": summary}, indent=2) + "\n"


def _nested(table: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Counts by rule, then by code."""
    found: dict[str, dict[str, int]] = {}
    for (rule, code), count in sorted(table.items()):
        found.setdefault(rule, {})[code] = count
    return found
