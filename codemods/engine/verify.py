"""Whether a pass's result holds: the checks that run on every result, in production.

Each answers with nothing, or with one clause that says what does not hold. `fragment` looks at one rewritten fragment, `outside` at the
two whole files.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.text.comments import comments
from codemods.engine import formatted


class Change(Struct, frozen=True, eq=False):
    """An anchor of the old tree, and the span in the new text of what replaced it.

    `loose`: that span is not known exactly. `until`: the last statement that was replaced, where there are several.
    """

    anchor: ast.stmt | ast.expr
    start: int
    end: int
    loose: bool = False
    until: ast.stmt | None = None


def fragment(old: str, new: str, target: tuple[int, int]) -> str | None:
    """What is wrong with one rewritten fragment: comments gone or new, or f-strings that `target` cannot read."""
    before = Counter(comment.text.rstrip() for comment in comments(old))
    after = Counter(comment.text.rstrip() for comment in comments(new))
    if lost := before - after:
        return f"the comment `{next(iter(lost))}` would be lost"
    if added := after - before:
        return f"the comment `{next(iter(added))}` would be added"
    if target < (3, 12):
        faults = Counter(formatted.faults(new))
        faults.subtract(formatted.faults(old))
        if fault := next((fault for fault, count in faults.items() if count > 0), None):
            return f"{fault} needs Python 3.12"
    return None


def outside(old: Module, new: Module, changes: Sequence[Change], inserted: Sequence[tuple[int, int]]) -> str | None:
    """Whether the trees are the same but for the changes, and for imports inside the spans `inserted` of the new text."""
    return _Comparison(old, new, changes, inserted).run()


class _Comparison:
    """Walks both trees side by side, with a stack of its own."""

    def __init__(self, old: Module, new: Module, changes: Sequence[Change], inserted: Sequence[tuple[int, int]]) -> None:
        self.old, self.new = old, new
        self.stops: Mapping[ast.AST, Change] = {change.anchor: change for change in changes}
        self.inserted = inserted
        self.around = {around for change in changes for around in old.ancestors(change.anchor)}
        self.pairs: list[tuple[object, object]] = [(old.tree, new.tree)]

    def run(self) -> str | None:
        while self.pairs:
            old, new = self.pairs.pop()
            if not self._same(old, new):
                line = getattr(old, "lineno", 0)
                return "it would change code around it" + (f" (line {line})" if line else "")
        return None

    def _same(self, old: object, new: object) -> bool:
        if not isinstance(old, ast.AST):
            return _equal(old, new)
        if not isinstance(new, ast.AST):
            return False
        change = self.stops.get(old)
        if change is not None and isinstance(old, ast.expr):
            stands_alone = isinstance(new, ast.expr) and not isinstance(new, ast.Starred | ast.Slice)
            return stands_alone and (change.loose or self._within(new, change))
        if type(old) is not type(new):
            return False
        return all(self._field(getattr(old, name, None), getattr(new, name, None)) for name in old._fields)

    def _field(self, old: object, new: object) -> bool:
        if not isinstance(old, list):
            self.pairs.append((old, new))
            return True
        if not isinstance(new, list):
            return False
        if any(isinstance(item, ast.stmt) for item in (*old[:1], *new[:1])):
            return self._body(old, new)
        if len(old) != len(new):
            return False
        self.pairs.extend(zip(old, new, strict=True))
        return True

    def _body(self, olds: list[ast.stmt], news: list[ast.stmt]) -> bool:
        """A list of statements: an anchor's place may hold several, untouched ones are compared as text."""
        rest = iter(news)
        upcoming = next(rest, None)
        remaining = iter(olds)
        for old in remaining:
            while upcoming is not None and self._is_inserted(upcoming):
                upcoming = next(rest, None)
            if upcoming is None:
                return False
            change = self.stops.get(old)
            if change is None:
                if old in self.around:
                    self.pairs.append((old, upcoming))
                elif type(old) is not type(upcoming) or _whole(self.old, old) != _whole(self.new, upcoming):
                    return False
                upcoming = next(rest, None)
                continue
            if not self._field(getattr(old, "decorator_list", []), getattr(upcoming, "decorator_list", [])):
                return False
            if not self._within(upcoming, change):
                return False
            if change.until is not None and change.until not in remaining:
                return False
            while upcoming is not None and self._within(upcoming, change):
                upcoming = next(rest, None)
        while upcoming is not None and self._is_inserted(upcoming):
            upcoming = next(rest, None)
        return upcoming is None

    def _is_inserted(self, statement: ast.stmt) -> bool:
        if not isinstance(statement, ast.ImportFrom):
            return False
        start, end = self.new.span(statement)
        return any(first <= start and end <= last for first, last in self.inserted)

    def _within(self, new: ast.AST, change: Change) -> bool:
        """Whether a new node stands where the change was written, and only parentheses and space of the change stand around it."""
        start, end = self.new.span(new)
        return change.start <= start and end <= change.end


def _whole(module: Module, statement: ast.stmt) -> str:
    """A statement's text, decorators included."""
    start, end = module.span(statement)
    if decorators := getattr(statement, "decorator_list", None):
        start = module.span(decorators[0])[0]
    return module.text[start:end]


def _equal(old: object, new: object) -> bool:
    """Equal constants: `1`, `1.0` and `True` are not, nor are `0.0` and `-0.0`, and a NaN is equal to itself."""
    if type(old) is not type(new):
        return False
    return repr(old) == repr(new) if isinstance(old, float | complex) else old == new


def unions_at_run_time(tree: ast.Module) -> int:
    """How many `X | None` stand in annotations that run: parameters', results', module and class variables'. They need Python 3.10.

    None do where annotations are not evaluated (`from __future__ import annotations`).
    """
    for statement in tree.body:
        match statement:
            case ast.ImportFrom(module="__future__") if any(alias.name == "annotations" for alias in statement.names):
                return 0
    count = 0
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, local = pending.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                count += _unions(node.returns)
                inner = True
            case ast.ClassDef() | ast.Module():
                inner = False
            case ast.arg():
                count += _unions(node.annotation)
                inner = local
            case ast.AnnAssign() if not (local and isinstance(node.target, ast.Name)):
                count += _unions(node.annotation)
                inner = local
            case _:
                inner = local
        pending.extend((child, inner) for child in ast.iter_child_nodes(node))
    return count


def _unions(annotation: ast.expr | None) -> int:
    count = 0
    for node in ast.walk(annotation) if annotation is not None else ():
        match node:
            case ast.BinOp(left=ast.Constant(value=None), op=ast.BitOr()) | ast.BinOp(right=ast.Constant(value=None), op=ast.BitOr()):
                count += 1
    return count
