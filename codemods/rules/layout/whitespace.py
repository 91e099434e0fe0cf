"""Put one space where PEP 8 wants one, and none where it wants none.

Before:

    my_list = [1,2,3,4,5]
    my_dict = {'key1':'value1','key2':'value2'}
    resize=Resize( (224,224), antialias = True )

After:

    my_list = [1, 2, 3, 4, 5]
    my_dict = {'key1': 'value1', 'key2': 'value2'}
    resize = Resize((224, 224), antialias=True)

Why: spaces are how the eye groups. `[1,2,3]` reads as one word, `f(a = 1)` as an assignment among arguments. Spaced as everybody else's,
code shows what belongs together before it is read, and later changes show only what they change.

A comma, and a colon in a dict or an annotation, has no space before it and one behind it. Inside brackets, next to them, there is
none. The `=` of an assignment has a space on both sides; that of an argument or a default has none, but for a parameter with an
annotation: `x: int = 1`.
Nothing else is touched: no operator, no lambda's parameters, no line break, no comment, no string, no space before a bracket.

This rule is on request: a formatter does it too, and more. Select it where a file is not to be formatted as a whole.

Safe: only spaces between the tokens of one line change.

Refused: what is lined up by hand, which neighbouring lines show: the columns of a table or of a dict's values, the `=` of assignments one
below the other, comments behind the code, and lines that go on below what a bracket holds. Lines with a comment for another tool, such as
a type checker or a linter. The commas of a subscript with slices: in `x[1:2,0]` spacing is the author's way of grouping.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from codemods.analysis.module import Module
from codemods.analysis.text.alignment import Alignment
from codemods.analysis.text.spacing import Bracket, Spacing
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Fact, Reasons, Refusal, Refused, Safe

if TYPE_CHECKING:
    import libcst as cst

Simple = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.Return | ast.Delete | ast.Assert | ast.Raise
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

ALIGNED = Refusal("aligned", "line {line} is lined up by hand with line {other}", sort="style")
PRAGMA = Refusal("pragma", "line {line} carries a comment for another tool, `{comment}`", sort="style")
SLICE = Refusal("slice", "the subscript on line {line} holds a slice, and its spaces may show what belongs together", sort="style")

SUSPECT = re.compile(r"[,:][^ \r\n]|[ \t][,:)\]}]|[(\[{][ \t]|\S(?:[ \t]{2}|\t)|[^ =!<>:]=|=[^ =]|\((?s:.)*=")
"""What may be spaced otherwise; most statements hold none of it, and need not be read."""
TOOLS = re.compile(
    r"#\s*(?:type:|noqa\b|(?:py(?:right|lint|type|re)|mypy|ruff|flake8|pycodestyle|isort|yapf|autopep8|black|codespell|pragma|cython|bandit)\s*:"
    r"|pyre-|nosec\b|nosemgrep\b|NOLINT|NOSONAR)[^\r\n]*"
)


class Kept(Struct):
    """What stays as it is, and why: lines from their start up to a place, and whole pairs of brackets."""

    lines: dict[int, list[tuple[int, Refused]]] = field(default_factory=dict)
    tables: dict[tuple[int, int], Refused] = field(default_factory=dict)

    def reason(self, line: int, start: int, end: int) -> Refused | None:
        """Why characters [start, end) of a line stay, if they do."""
        of_line = next((refused for until, refused in self.lines.get(line, ()) if end <= until), None)
        return of_line or next((refused for (first, last), refused in self.tables.items() if first <= start and end <= last), None)


def find(node: ast.AST, module: Module) -> Iterator[Site]:
    """A site for each simple statement, header of a definition, or expression in another header, with a space to change."""
    for anchor in _anchors(node):
        start, end = module.span(anchor)
        header = isinstance(anchor, Definition)
        if isinstance(anchor, Definition):
            end = module.span(anchor.body[0])[0]
        text = module.text[start:end]
        if not SUSPECT.search(text):
            continue
        spacing = Spacing(text, header=header)
        if not spacing.gaps:
            continue
        plan, refused = _judged(spacing, start, module)
        if plan:
            yield Site(anchor, Safe("only spaces change"), tuple(plan), why=partial(_reasons, len(plan), anchor, module))
        elif refused:
            yield Site(anchor, refused, why=partial(_reasons, 0, anchor, module))


def _reasons(count: int, anchor: ast.AST, module: Module) -> Reasons:
    """How many spaces change."""
    done = f"{count} stretches of spaces change" if count > 1 else "one stretch of spaces changes" if count else "no space may change"
    return Reasons((Fact(f"{done}, and no other character", module.line(anchor)),))


def _anchors(node: ast.AST) -> Iterator[ast.stmt | ast.expr]:
    """What is cut out to be changed at a node: itself, or expressions of its header."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield from node.decorator_list
            yield node
        case ast.For() | ast.AsyncFor():
            yield from (node.target, node.iter)
        case ast.If() | ast.While():
            yield node.test
        case ast.withitem(context_expr=context, optional_vars=target):
            yield context
            if target is not None:
                yield target
        case ast.Match():
            yield node.subject
        case ast.match_case(guard=ast.expr() as expression) | ast.ExceptHandler(type=ast.expr() as expression):
            yield expression
        case ast.stmt():
            yield node


def _judged(spacing: Spacing, offset: int, module: Module) -> tuple[list[tuple[int, str]], Refused | None]:
    """The spaces to change, each with the number of characters before it that are no space; and why the first of the others stays."""
    text = module.text
    kept = _kept(spacing, offset, module)
    plan: list[tuple[int, str]] = []
    first: Refused | None = None
    counted, letters = offset, 0
    for gap in spacing.gaps:
        start, end = offset + gap.start, offset + gap.end
        letters += sum(map(len, text[counted:start].split()))
        counted = start
        line = module.lines.line(start)
        refused = kept.reason(line, start, end)
        if refused is None and gap.in_slices:
            refused = SLICE(line=line)
        if refused is None:
            plan.append((letters, gap.new))
        first = first or refused
    return plan, first


def _kept(spacing: Spacing, offset: int, module: Module) -> Kept:
    """What no space may change in, among the lines of the gaps and those of the brackets that go over several lines."""
    brackets = [one for one in spacing.brackets if _is_broken(one, offset, module)]
    kept = Kept()
    _under_brackets(brackets, offset, module, kept)
    lines, alignment = module.lines, Alignment(module.lines)
    broken = {line for one in brackets for line in range(lines.line(offset + one.start), lines.line(offset + one.end) + 1)}
    for line in sorted(broken | {lines.line(offset + gap.start) for gap in spacing.gaps}):
        start = lines.starts[line - 1]
        text = lines.line_text(line)
        of_line = kept.lines.setdefault(line, [])
        if tool := TOOLS.search(text):
            of_line.append((start + len(text), PRAGMA(line=line, comment=tool[0].strip())))
        for one in alignment.of(line):
            refused = ALIGNED(line=line, other=one.other)
            at = start + one.slot.at
            of_line.append((at if one.slot.outer else start + len(text), refused))
            table = None if one.slot.comment else _table(brackets, at - offset, one.other, offset, module)
            if table is not None:
                kept.tables.setdefault((offset + table.start, offset + table.end), refused)
    return kept


def _is_broken(bracket: Bracket, offset: int, module: Module) -> bool:
    """Whether a pair of brackets goes over several lines."""
    return module.lines.line(offset + bracket.start) != module.lines.line(offset + bracket.end)


def _table(brackets: list[Bracket], at: int, other: int, offset: int, module: Module) -> Bracket | None:
    """The innermost pair of brackets around a place that reaches another line too."""
    line = module.lines.line
    around = (one for one in brackets if one.start < at <= one.end and line(offset + one.start) <= other <= line(offset + one.end))
    return min(around, key=lambda one: one.end - one.start, default=None)


def _under_brackets(brackets: list[Bracket], offset: int, module: Module, kept: Kept) -> None:
    """Keeps what stands left of the first thing in a bracket, where a line below starts in its column."""
    lines = module.lines
    for one in brackets:
        first = lines.line(offset + one.start)
        text = lines.line_text(first)
        opened = offset + one.start - lines.starts[first - 1] + 1
        rest = text[opened:].lstrip(" \t")
        if not rest or rest[0] in "#\\":
            continue
        at = len(text) - len(rest)
        column = at - (text.rfind("\f", 0, at) + 1)
        for line in range(first + 1, lines.line(offset + one.end) + 1):
            below = lines.line_text(line)
            if below.strip() and len(below) - len(below.lstrip(" \t")) == column:
                kept.lines.setdefault(first, []).append((lines.starts[first - 1] + at, ALIGNED(line=first, other=line)))
                break


def rewrite(node: Any, plan: tuple[tuple[int, str], ...]) -> cst.CSTNode:
    """The same with other spaces."""
    from codemods.rules.spaces import respaced

    changed: cst.CSTNode = respaced(node, dict(plan))
    return changed


RULE = Rule(
    triage=rb"[,=:(\[{]",
    visits=(
        *Simple.__args__,
        *Definition.__args__,
        *(ast.For, ast.AsyncFor, ast.If, ast.While, ast.withitem, ast.Match, ast.match_case, ast.ExceptHandler),
    ),
    find=find,
    rewrite=rewrite,
)
