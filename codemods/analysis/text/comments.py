"""The comments of a text or of a fragment of one."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.analysis.text.lexing import Comment, String, scan


def comments(text: str) -> Iterator[Comment]:
    """Every comment in order, those in the replacement fields of f-strings (Python 3.12) included."""
    for found in scan(text):
        if isinstance(found, Comment):
            yield found
        elif found.fields:
            yield from _inside(found)


def _inside(string: String) -> Iterator[Comment]:
    found: list[Comment] = []
    pending = [string]
    while pending:
        for field in pending.pop().fields:
            found.extend(field.comments)
            pending.extend(field.strings)
    return iter(sorted(found, key=lambda comment: comment.start))
