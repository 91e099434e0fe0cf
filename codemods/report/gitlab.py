"""The report as GitLab's Code Quality wants it: a JSON list of what there is, each with a fingerprint that outlives moved lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from codemods.model.outcome import Failed, fingerprint
from codemods.report.entry import Entry, kind, message
from codemods.report.visible import visible


def issues(entry: Entry, path: str) -> Iterator[dict[str, Any]]:
    """What there is to say about a file: each site that is not suppressed, and what went wrong."""
    for number, (name, line, cause) in enumerate(_faults(entry)):
        mark = hashlib.sha256(f"{path}\0{name}\0{cause}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        yield _issue(path, name, cause, mark, "critical", line, line)
    for one in () if entry.cause else entry.diagnostics:
        mark = fingerprint(path, one)
        match kind(one):
            case "rewritten" if not entry.written:
                yield _issue(path, one.rule, message(one), mark, "minor", one.line, one.end_line)
            case "rewritten" | "unsafe" | "refused" as word:
                yield _issue(path, one.rule, f"{word}: {message(one)}", mark, "info", one.line, one.end_line)


def document(found: Sequence[dict[str, Any]]) -> str:
    """The whole report."""
    return json.dumps(found, indent=2)


def _faults(entry: Entry) -> Iterator[tuple[str, int, str]]:
    match entry.outcome:
        case Failed(line=line, cause=cause):
            yield "pyfix", line, cause
    if entry.cause:
        yield "pyfix", 0, f"not rewritten: {entry.cause}"
    for defect in entry.defects:
        yield defect.rule, defect.line, f"{defect.cause} (a defect of pyfix; please report it)"


def _issue(path: str, name: str, said: str, mark: str, severity: str, line: int, end: int) -> dict[str, Any]:
    lines = {"begin": max(line, 1), "end": max(end, 1)}
    return {
        "description": f"{name}: {visible(said)}",
        "check_name": name,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": visible(path), "lines": lines},
    }
