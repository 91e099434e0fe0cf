"""The report as SARIF 2.1.0, for GitHub code scanning and whatever else reads it: one run, its results by file and position.

What would be rewritten is a warning, with the rewrite as a fix; what was seen and left is a note; what is rewritten already is for
information. Columns are characters, as everywhere in pyfix, and the run says so (`columnKind`). Paths are relative to `SRCROOT`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from codemods.model.outcome import Diagnostic, Edit, Failed, Fixed, fingerprint
from codemods.report.entry import Entry, code, kind, message, reasons, sort
from codemods.report.lines import decoded
from codemods.report.page import Page
from codemods.report.places import Places

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 25_000
"""GitHub refuses a run with more results than this, and shows the 5,000 that weigh most."""

_ROOT = "SRCROOT"
_HOLE = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\[([^\[\]]*)\](?=\()")
_RANKS = ("rewritten", "unsafe", "refused", "suppressed")

Json = dict[str, Any]


def results(entry: Entry, path: bytes) -> Iterator[Json]:
    """A result for each site of a file. `path` is relative to the root, with `/` between its parts."""
    where = _artifact(path)
    places = Places(decoded(entry.outcome.before)) if isinstance(entry.outcome, Fixed) else None
    for one in () if entry.cause else entry.diagnostics:
        yield {
            "ruleId": one.rule,
            **_standing(one, entry),
            "message": _said(_sentence(one, entry)),
            "locations": [{"physicalLocation": {"artifactLocation": where, "region": _region(one)}, **_scope(one)}],
            "partialFingerprints": {"pyfixSite/v1": fingerprint(path.decode("utf-8", "surrogateescape"), one)},
            **_related(one, where),
            **_fixes(one, entry, where, places),
            **({"suppressions": [_suppression(one)]} if kind(one) == "suppressed" else {}),
            "properties": {"verdict": kind(one), "code": code(one), "sort": sort(one)},
        }


def notifications(entry: Entry, path: bytes) -> Iterator[Json]:
    """What went wrong with a file."""
    match entry.outcome:
        case Failed(line=line, cause=cause):
            yield _notification("error", cause, path, line)
    if entry.cause:
        yield _notification("error", f"not rewritten: {entry.cause}", path, 0)
    for defect in entry.defects:
        yield _notification("error", f"{defect.rule}: {defect.cause} (a defect of pyfix)", path, defect.line)


def document(found: Sequence[Json], wrong: Sequence[Json], pages: Mapping[str, Page], status: int, program: str) -> str:
    """The whole log. `pages`: those of the rules that are named; `program`: our version; `status`: the exit status."""
    kept, notes = _bounded(found), list(wrong)
    if len(kept) < len(found):
        notes.append({"level": "warning", "message": _said(f"{len(found) - len(kept)} more results were left out, refused sites first")})
    rules = sorted({one["ruleId"] for one in kept})
    numbered = [{**one, "ruleIndex": rules.index(one["ruleId"])} for one in kept]
    run = {
        "tool": {"driver": {"name": "pyfix", "version": program, "rules": [_rule(pages[name]) for name in rules]}},
        "invocations": [{"executionSuccessful": status != 2, "exitCode": status, "toolExecutionNotifications": notes}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that paths are relative to, mostly the repository"}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": numbered,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _bounded(found: Sequence[Json]) -> Sequence[Json]:
    """At most as many as are taken: what would be rewritten goes before what was left; their order stays."""
    if len(found) <= MOST:
        return found
    ranked = sorted(range(len(found)), key=lambda index: (_RANKS.index(found[index]["properties"]["verdict"]), index))
    return [found[index] for index in sorted(ranked[:MOST])]


def _standing(one: Diagnostic, entry: Entry) -> Json:
    if one.fixed and entry.written:
        return {"kind": "informational", "level": "none"}
    return {"level": "warning" if one.fixed else "note"}


def _sentence(one: Diagnostic, entry: Entry) -> str:
    if one.fixed:
        return f"{'rewritten' if entry.written else 'can be rewritten'}: {message(one)}"
    return message(one) if kind(one) == "suppressed" else f"{kind(one)}: {message(one)}"


def _said(text: str) -> Json:
    """A message. `{0}` would be a hole for an argument, and `[a](b)` a link; what reads SARIF shows all other braces as they are."""
    text = _HOLE.sub(r"{{\1}}", _LINK.sub(r"\\[\1\\]", text))
    return {"text": text.encode("utf-8", "backslashreplace").decode("utf-8")}


def _artifact(path: bytes) -> Json:
    return {"uri": quote(path), "uriBaseId": _ROOT}


def _region(one: Diagnostic) -> Json:
    return {"startLine": one.line, "startColumn": one.column, "endLine": one.end_line, "endColumn": one.end_column}


def _scope(one: Diagnostic) -> Json:
    return {"logicalLocations": [{"fullyQualifiedName": one.scope}]} if one.scope else {}


def _related(one: Diagnostic, where: Json) -> Json:
    """The facts that the verdict rests on, where they can be read."""
    facts = [fact for fact in reasons(one).facts if fact.line]
    places = [
        {
            "id": index,
            "physicalLocation": {"artifactLocation": where, "region": {"startLine": fact.line}},
            "message": _said(fact.sentence),
        }
        for index, fact in enumerate(facts)
    ]
    return {"relatedLocations": places} if places else {}


def _fixes(one: Diagnostic, entry: Entry, where: Json, places: Places | None) -> Json:
    """The rewrite of this site alone, unless it stands in the file already."""
    if not one.edits or entry.written or places is None:
        return {}
    changes = [_replacement(edit, places) for edit in one.edits]
    return {
        "fixes": [
            {
                "description": _said(f"Rewrite as `{one.rule}` says"),
                "artifactChanges": [{"artifactLocation": where, "replacements": changes}],
            }
        ]
    }


def _replacement(edit: Edit, places: Places) -> Json:
    line, column = places.of(edit.start)
    end_line, end_column = places.of(edit.end)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _suppression(one: Diagnostic) -> Json:
    return {"kind": "inSource"} if one.suppressed else {"kind": "external", "justification": "held back, as by a baseline"}


def _rule(page: Page) -> Json:
    return {
        "id": page.name,
        "shortDescription": _said(page.sentence),
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [page.area], "precision": "very-high"},
    }


def _notification(level: str, text: str, path: bytes, line: int) -> Json:
    where: Json = {"artifactLocation": _artifact(path), **({"region": {"startLine": line}} if line else {})}
    return {"level": level, "message": _said(text), "locations": [{"physicalLocation": where}]}


def rules_of(found: Iterable[Json]) -> set[str]:
    """The rules whose pages `document` needs."""
    return {one["ruleId"] for one in found}
