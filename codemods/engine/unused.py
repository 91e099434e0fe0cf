"""`# pyfix: ignore` comments that hold nothing back: what they name is no rule, or the rule has nothing to rewrite there any more.

All rules count, selected or not, and unsafe sites as well as safe ones; a refused site needs no comment. A file from which such comments
were taken must be rewritten as it was before, or they stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from codemods.analysis.order import cells
from codemods.analysis.text.comments import comments
from codemods.analysis.text.lexing import Comment
from codemods.analysis.text.positions import Lines
from codemods.analysis.text.pragmas import IGNORE, pragmas, skip_reason
from codemods.engine import pipeline, registry, syntax
from codemods.engine.decode import Undecodable, decode
from codemods.engine.find import comment_lines, find, visitors
from codemods.engine.landing import analysed
from codemods.engine.registry import NamedRule
from codemods.engine.splice import spliced
from codemods.engine.suppress import NAME, NOTEBOOK, same_program
from codemods.model.outcome import Clean, Diagnostic, Edit, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe

_LEFT = re.compile(r"#?\s*\Z")


class Unused(Struct, frozen=True):
    """A comment, or some of the rules that it lists, with the edit that takes them away. `words`: what they are."""

    line: int
    column: int
    end: int
    words: str
    edit: Edit


def process(data: bytes, settings: Settings, *, named: bool = False, rules: Mapping[str, NamedRule] | None = None) -> Outcome:
    """The file without the comments that hold nothing back. As a `Fixed` whose sites are those of `suppress.NAME`."""
    if b"pyfix:" not in data:
        return TriagedAway()
    if settings.filename.endswith(cells.SUFFIX):
        return Skipped(NOTEBOOK)
    known = rules if rules is not None else registry.load()
    settings = replace(settings, rules=tuple(known), unsafe_fixes=True, explain=False)
    try:
        decoded = decode(data)
        if reason := skip_reason(decoded.text, generated=not named):
            return Skipped(reason)
        found = list(_unused(decoded.text, settings, known))
    except (Undecodable, syntax.Unreadable) as error:
        return Failed(error.line, error.cause)
    before = _rewritten(data, settings, known)
    kept = [one for one in found if _rewritten(_without(data, [one]), settings, known) == before]
    after = _without(data, kept)
    if not kept or _rewritten(after, settings, known) != before or not same_program(decoded.text, decode(after).text):
        return Clean()
    diagnostics = tuple(
        Diagnostic(NAME, one.line, one.column, one.line, one.end, Safe(f"nothing here needs {one.words}"), fixed=True) for one in kept
    )
    return Fixed(data, after, diagnostics, tuple(one.edit for one in kept))


def _rewritten(data: bytes, settings: Settings, rules: Mapping[str, NamedRule]) -> list[str]:
    """The ids of what is rewritten in a file."""
    outcome = pipeline.process(data, settings, named=True, rules=rules)
    return [one.id for one in outcome.diagnostics if one.fixed] if isinstance(outcome, Fixed) else []


def _without(data: bytes, unused: list[Unused]) -> bytes:
    decoded = decode(data)
    return decoded.encode(spliced(decoded.text, [one.edit for one in unused]))


def _unused(text: str, settings: Settings, rules: Mapping[str, NamedRule]) -> Iterator[Unused]:
    module = analysed(text, syntax.parse(text), settings)
    asked = pragmas(text, module.lines)
    found, _ = find(module, visitors(rules, tuple(rules)), asked)
    needed: set[tuple[int, str]] = set()
    for one in found:
        if one.suppressed and not isinstance(one.site.verdict, Refused):
            needed |= {(line, one.named.name) for line in comment_lines(one.site, module, (one.start, one.end)) if line in asked.ignores}
    for comment in comments(text):
        line = module.lines.line(comment.start)
        for match in IGNORE.finditer(comment.text):
            listed = [name for part in (match[1] or "").split(",") if (name := part.strip())]
            kept = [name for name in listed if (line, name) in needed]
            if not listed and not any(place == line for place, _ in needed):
                yield _gone(text, module.lines, comment, match, ["# pyfix: ignore"], [])
                break  # what else the comment says is for the next time
            if kept != listed:
                yield _gone(text, module.lines, comment, match, [name for name in listed if name not in kept], kept)
                break


def _gone(text: str, lines: Lines, comment: Comment, match: re.Match[str], words: list[str], kept: list[str]) -> Unused:
    """What becomes of a comment of which only `kept` is needed: a shorter list, the rest of the comment, or nothing at all."""
    start, end = comment.start + match.start(), comment.start + match.end()
    line = lines.line(start)
    said = f"`{words[0]}`" if words[0].startswith("#") else ", ".join(f"`{word}`" for word in words)
    place = (line, lines.column(start), lines.column(end), said)
    if kept:
        at, to = comment.start + match.start(1), comment.start + match.end(1)
        return Unused(*place, Edit(at, to, ", ".join(kept), (NAME,)))
    before, behind = text[comment.start : start], text[end : comment.start + len(comment.text)]
    if behind.strip():
        kept_text = behind.lstrip() if behind.lstrip().startswith("#") else f"# {behind.lstrip()}"
        return Unused(*place, Edit(start, comment.start + len(comment.text), kept_text, (NAME,)))
    # What stood in front of it goes too, where that is only space: in the comment, and before it.
    start = comment.start if _LEFT.match(before) else start
    first = lines.starts[line - 1]
    start -= len(text[first:start]) - len(text[first:start].rstrip())
    end = comment.start + len(comment.text)
    if start == first and line < len(lines.starts):  # the comment had its line for itself
        end = lines.starts[line]
    return Unused(*place, Edit(start, end, "", (NAME,)))
