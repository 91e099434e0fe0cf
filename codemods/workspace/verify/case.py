"""A culprit as a test that fails as long as pyfix rewrites it: for a report of the defect, and for the rule's own tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec.structs import replace

from codemods import __version__
from codemods.analysis.text.positions import Lines
from codemods.engine import syntax
from codemods.engine.decode import decode
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from codemods.workspace.verify.sites import Rewrites, Site

_CASE = '''\
"""Made by pyfix {version}: {command} fails ({words}) where `{rule}` rewrites line {line} of {path}.

Fails as long as pyfix rewrites this as it did.
"""

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings

BEFORE = (
{before}
)
AFTER = (
{after}
)


def test_{name}_leaves_it() -> None:
    outcome = process(BEFORE.encode(), {settings}, named=True)
    assert not isinstance(outcome, Fixed) or outcome.after.decode() != AFTER
'''


def case(rewrites: Rewrites, site: Site, command: str, words: str) -> str:
    """The test, a whole file. It holds the statement around the site alone where that is rewritten alike, else the whole file."""
    result = rewrites.result(site.path, (site,))
    whole = rewrites.before(site.path)
    given = rewrites.settings(site.path)
    settings = Settings((site.rule,), given.unsafe_fixes, given.target, given.line_length, given.filename)
    before = after = decode(whole).text
    if isinstance(result.outcome, Fixed):
        after = decode(result.outcome.after).text
    for line, text in _pieces(before, site):
        outcome = rewrites.process(text.encode("utf-8", "surrogatepass"), settings, named=True, chosen=lambda place, count: True)
        if isinstance(outcome, Fixed) and _is_there(site, line, outcome):
            before, after = text, decode(outcome.after).text
            break
    # What is left to the defaults need not be said.
    said = ", ".join([f"({site.rule!r},)", *(f"{name}={value!r}" for name, value in _others(settings))])
    return _CASE.format(
        version=__version__,
        command=" ".join(command.split()).replace('"', "'").replace("\\", "/"),
        words=words,
        rule=site.rule,
        line=site.place.line,
        path=site.path.replace('"', "'").replace("\\", "/"),
        before=_written(before),
        after=_written(after),
        name=site.rule.replace("-", "_"),
        settings=f"Settings({said})",
    )


def _others(settings: Settings) -> Iterator[tuple[str, object]]:
    usual = replace(Settings(settings.rules), filename="")
    for name in ("unsafe_fixes", "target", "line_length", "filename"):
        if getattr(settings, name) != getattr(usual, name):
            yield name, getattr(settings, name)


def _pieces(text: str, site: Site) -> Iterator[tuple[int, str]]:
    """What may be enough of the file, smallest first, each with the number of lines that are missing before it."""
    try:
        body = syntax.parse(text).body
    except syntax.Unreadable:
        return
    lines = Lines(text)
    imports = [one for one in body if isinstance(one, ast.Import | ast.ImportFrom)]
    head = "".join(f"{ast.unparse(one)}\n" for one in imports)
    classes = ""
    found: list[tuple[int, str]] = []
    while (around := next((one for one in body if _first(one) <= site.place.line <= (one.end_lineno or one.lineno)), None)) is not None:
        piece = classes + _lines(text, lines, _first(around), around.end_lineno or around.lineno)
        found.insert(0, (_first(around) - 1 - classes.count("\n"), piece))
        if not isinstance(around, ast.ClassDef) or _first(around.body[0]) == around.lineno:
            break
        # The class with this of its members and no other.
        classes += _lines(text, lines, _first(around), _first(around.body[0]) - 1)
        body = around.body
    yield from found
    yield from ((missing - head.count("\n"), head + piece) for missing, piece in found if imports)


def _lines(text: str, lines: Lines, first: int, last: int) -> str:
    """The lines from `first` to `last`, which count from 1."""
    return text[lines.starts[first - 1] : lines.starts[last] if last < len(lines.starts) else len(text)]


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _is_there(site: Site, missing: int, outcome: Fixed) -> bool:
    """Whether the same site is rewritten in a piece of its file."""
    wanted = (site.rule, site.place.line - missing, site.place.column)
    return any(one.fixed and (one.rule, one.line, one.column) == wanted for one in outcome.diagnostics)


def _written(text: str) -> str:
    return "\n".join(f"    {line!r}" for line in text.splitlines(keepends=True)) or "    ''"
