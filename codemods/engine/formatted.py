"""What Python 3.12 allows in the replacement fields of f-strings (PEP 701) and earlier Pythons do not.

`compile` on 3.12 accepts all of it whatever `feature_version` says, so verdicts for a lower target need a check of our own; the same one
on every Python.
"""

from __future__ import annotations

from collections.abc import Iterator

from codemods.analysis.text.lexing import Comment, String, scan
from codemods.analysis.text.positions import Lines


def faults(fragment: str) -> Iterator[str]:
    """For each f-string of a fragment that needs Python 3.12, what needs it."""
    for found in scan(fragment):
        if isinstance(found, String) and found.formatted and (fault := fault_of(fragment, found)):
            yield fault


def fault_of(text: str, string: String) -> str | None:
    """What in the fields of an f-string, or of one inside it, needs Python 3.12; `None` where nothing does."""
    pending = [string]
    while pending:
        one = pending.pop()
        for field in one.fields:
            expression = text[field.start : field.end]
            if field.comments:
                return "a comment inside a replacement field"
            if "\\" in expression:
                return "a backslash inside a replacement field"
            if one.quote in expression:
                return "the quotes of the f-string inside a replacement field"
            if len(one.quote) == 1 and ("\n" in expression or "\r" in expression):
                return "a line break inside a replacement field"
            pending.extend(field.strings)
    return None


def newer_than_311(text: str, lines: Lines, line: int) -> bool:
    """Whether an f-string that stands on `line` needs Python 3.12."""
    for found in scan(text):
        if isinstance(found, Comment) or not found.formatted:
            continue
        if lines.line(found.start) <= line <= lines.line(found.end) and fault_of(text, found):
            return True
    return False
