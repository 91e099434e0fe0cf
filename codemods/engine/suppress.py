"""`# pyfix: ignore[rule]` on the sites that would be rewritten, so that they are left from now on. Nothing but comments changes.

A comment counts on the lines that `find.comment_lines` names. It goes to the end of the first of them that can hold one: not inside a
string that goes on, and not behind a backslash:

    text = first + \\
        second.keys()      # this line, and not the one above
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from codemods.analysis.order import cells
from codemods.analysis.text.lexing import Comment, String, scan
from codemods.analysis.text.positions import Lines
from codemods.analysis.text.pragmas import IGNORE, pragmas
from codemods.engine import pipeline, registry, syntax, triage
from codemods.engine.decode import Decoded, decode
from codemods.engine.find import comment_lines, find, visitors
from codemods.engine.identity import Identities
from codemods.engine.landing import analysed
from codemods.engine.registry import NamedRule
from codemods.engine.splice import spliced
from codemods.model.outcome import Clean, Diagnostic, Edit, Failed, Fixed, Outcome, Skipped
from codemods.model.settings import Settings
from codemods.model.verdict import Refusal, Safe

NAME = "suppress"
NOTEBOOK = "is a notebook, into whose cells no comments are put, and from which none are taken"
NO_PLACE = Refusal("no-place", "no line of the `{rule}` site at line {line} can hold a comment")
_ROUNDS = 5
"""A site that is left may let another one be seen; more rounds than this are not worth anybody's while."""


def process(data: bytes, settings: Settings, *, named: bool = False, rules: Mapping[str, NamedRule] | None = None) -> Outcome:
    """The file with a comment on each site that `pipeline.process` would rewrite. As a `Fixed` whose sites are those of `NAME`."""
    if settings.filename.endswith(cells.SUFFIX):
        return Skipped(NOTEBOOK)
    settings = replace(settings, explain=False)
    first = outcome = pipeline.process(data, settings, named=named, rules=rules)
    if not isinstance(outcome, Fixed):
        return replace(outcome, diagnostics=()) if isinstance(outcome, Clean) else outcome
    decoded = decode(data)
    text = decoded.text
    for _ in range(_ROUNDS):
        if not isinstance(outcome, Fixed):
            break
        wanted = {one.id for one in outcome.diagnostics if one.fixed}
        new = spliced(text, _comments(text, decoded, settings, wanted, rules))
        if new == text:
            break
        text = new
        outcome = pipeline.process(decoded.encode(text), settings, named=named, rules=rules)
    return _outcome(first, decoded, text, outcome)


def commented(outcome: Outcome, data: bytes, settings: Settings, ids: Set[str]) -> Outcome:
    """An outcome of `data` that left the sites of `ids`, with a comment on each of them that has a place of its own in the new text."""
    decoded = decode(data)
    made = outcome.edits if isinstance(outcome, Fixed) else ()
    added = _comments(decoded.text, decoded, settings, ids)
    added = [one for one in added if not any(edit.start <= one.end and one.start <= edit.end for edit in made)]
    edits = sorted([*made, *added], key=lambda edit: edit.start)
    rewritten, text = spliced(decoded.text, made), spliced(decoded.text, edits)
    if not added or not same_program(rewritten, text):
        return outcome
    lines = Lines(decoded.text)
    places = [(lines.line(one.start), lines.column(one.start)) for one in added]
    said = [Diagnostic(NAME, *place, *place, Safe("left alone from now on"), fixed=True) for place in places]
    before = outcome.diagnostics if isinstance(outcome, Fixed | Clean) else ()
    return Fixed(data, decoded.encode(text), (*before, *said), tuple(edits))


def same_program(old: str, new: str) -> bool:
    """Whether two texts differ in nothing but comments and layout."""
    try:
        return ast.dump(syntax.parse(old)) == ast.dump(syntax.parse(new))
    except (syntax.Unreadable, RecursionError):
        return False


def _outcome(first: Outcome, decoded: Decoded, text: str, last: Outcome) -> Outcome:
    """What there is to say: which sites are left from now on, and which could not be."""
    assert isinstance(first, Fixed)
    if not same_program(decoded.text, text):
        return Failed(0, "the comments would change the program (a defect of pyfix; please report it)")
    remaining = {one.id for one in last.diagnostics if one.fixed} if isinstance(last, Fixed) else set()
    diagnostics = tuple(_said(one, held=one.id not in remaining) for one in first.diagnostics if one.fixed)
    if text == decoded.text:
        return Clean(diagnostics, first.defects)
    edits = tuple(_edits(decoded.text, text))
    return Fixed(first.before, decoded.encode(text), diagnostics, edits, first.defects)


def _said(one: Diagnostic, *, held: bool) -> Diagnostic:
    verdict = Safe(f"{one.rule} leaves this alone from now on") if held else NO_PLACE(rule=one.rule, line=one.line)
    return replace(one, rule=NAME, verdict=verdict, fixed=held, edits=())


def _edits(old: str, new: str) -> Iterator[Edit]:
    """What was put in, line by line: comments neither add lines nor take any away."""
    before, after = Lines(old), Lines(new)
    for line, start in enumerate(before.starts, 1):
        was, is_now = before.line_text(line), after.line_text(line)
        if was != is_now:
            yield Edit(start, start + len(was), is_now, (NAME,))


def _comments(
    text: str, decoded: Decoded, settings: Settings, wanted: Set[str], rules: Mapping[str, NamedRule] | None = None
) -> list[Edit]:
    """The comments for the sites of these ids, as far as they have a place."""
    module = analysed(text, syntax.parse(text), settings)
    known = rules if rules is not None else {name: registry.rule(name) for name in settings.rules}
    names = triage.admits(decoded.encode(text), settings.rules, known)
    found, _ = find(module, visitors(known, names), pragmas(text, module.lines))
    identities = Identities(module.tree, module.lines)
    ends = Ends(text, module.lines)
    by_line: dict[int, set[str]] = {}
    for one in found:
        if identities.of(one.named.name, *one.shown) in wanted and not one.suppressed:
            line = ends.first(comment_lines(one.site, module, (one.start, one.end)))
            if line is not None:
                by_line.setdefault(line, set()).add(one.named.name)
    return [ends.comment(line, names) for line, names in sorted(by_line.items())]


class Ends:
    """The ends of the lines of a text: which can hold a comment, and what it becomes there."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._text, self._lines = text, lines
        tokens: Sequence[Comment | String] = list(scan(text))
        self.comments = {lines.line(one.start): one for one in tokens if isinstance(one, Comment)}
        self._inside = {
            line
            for one in tokens
            if isinstance(one, String)
            for line in range(lines.line(one.start), lines.line(one.end))  # its last line ends behind it
        }

    def first(self, candidates: Iterable[int]) -> int | None:
        """The first line that says such a thing already, else the first with code, that can hold a comment."""
        fitting = [line for line in sorted(candidates) if self._holds(line)]
        said = [line for line in fitting if line in self.comments and IGNORE.search(self.comments[line].text)]
        code = [line for line in fitting if self._lines.line_text(line).strip()[:1] not in ("", "#")]
        return next(iter((*said, *code)), None)

    def comment(self, line: int, rules: Iterable[str]) -> Edit:
        """The edit that puts the rules into a comment at the end of a line."""
        start = self._lines.starts[line - 1]
        content = self._lines.line_text(line)
        comment = self.comments.get(line)
        match = IGNORE.search(comment.text) if comment is not None else None
        if comment is not None and match is not None and match[1] is not None:
            listed = [name for part in match[1].split(",") if (name := part.strip())]
            at = comment.start + match.start(1)
            return Edit(at, at + len(match[1]), ", ".join([*listed, *sorted(set(rules) - set(listed))]), (NAME,))
        at = start + len(content.rstrip())
        return Edit(at, at, f"  # pyfix: ignore[{', '.join(sorted(rules))}]", (NAME,))

    def _holds(self, line: int) -> bool:
        continued = self._lines.line_text(line).endswith("\\") and line not in self.comments
        return line not in self._inside and not continued
