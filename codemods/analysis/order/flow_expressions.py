"""Expressions as events, in the order in which CPython evaluates them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from codemods.analysis.order.flow import CALL, CREATE, DELETE, ITERATE, NARROW, POINT, STORE, SUSPEND, USE, Event

EAGER = frozenset({"sum", "any", "all", "min", "max", "sorted", "list", "set", "tuple", "dict", "frozenset"})
"""Builtins that consume a generator expression given as their only positional argument before they return."""


class Expressions:
    """The growing list of events and the loose ends (`here`) to which the next one is tied."""

    def __init__(self, consumed: Callable[[ast.GeneratorExp], bool]) -> None:
        self.events: list[Event] = []
        self.here: list[int] = []
        self.delayed: list[tuple[ast.AST, int]] = []
        self.consumed = consumed
        self.emit(POINT, ast.Pass())

    def emit(self, kind: int, node: ast.AST, positive: bool = True) -> int:
        index = len(self.events)
        for before in self.here:
            self.events[before].successors.append(index)
        self.events.append(Event(index, kind, node, positive=positive))
        self.here = [index]
        return index

    def tie(self, index: int) -> None:
        """Lead all loose ends to an event that stands already (a loop's head), and leave none."""
        for before in self.here:
            if index not in self.events[before].successors:
                self.events[before].successors.append(index)
        self.here = []

    def expression(self, node: ast.expr | None) -> None:
        if node is None:
            return
        handler = _EXPRESSIONS.get(type(node))
        if handler is not None:
            handler(self, node)
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.expression(child)
        if type(node) in _KINDS:
            self.emit(_KINDS[type(node)], node)

    def store(self, target: ast.expr) -> None:
        """A target is bound: first what it is made of is evaluated, then the store happens."""
        kind = DELETE if isinstance(getattr(target, "ctx", None), ast.Del) else STORE
        match target:
            case ast.Name():
                self.emit(kind, target)
            case ast.Attribute():
                self.expression(target.value)
                self.emit(kind, target)
            case ast.Subscript():
                self.expression(target.value)
                self.expression(target.slice)
                self.emit(kind, target)
            case ast.Starred():
                self.store(target.value)
            case ast.Tuple() | ast.List():
                for element in target.elts:
                    self.store(element)

    def condition(self, test: ast.expr) -> tuple[list[int], list[int]]:
        """Evaluate a test; hand back the loose ends where it is true and where it is false, behind what each of them proves."""
        match test:
            case ast.BoolOp():
                conjunction = isinstance(test.op, ast.And)
                early: list[int] = []
                for value in test.values:
                    yes, no = self.condition(value)
                    self.here = yes if conjunction else no
                    early += no if conjunction else yes
                return (self.here, early) if conjunction else (early, self.here)
            case ast.UnaryOp(op=ast.Not()):
                yes, no = self.condition(test.operand)
                return no, yes
            case ast.Constant():
                here = self.here
                return ([], here) if not test.value else (here, [])
            case _:
                self.expression(test)
                after = self.here
                self.emit(NARROW, test, positive=True)
                yes = self.here
                self.here = after
                self.emit(NARROW, test, positive=False)
                return yes, self.here

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        self.expression(node.generators[0].iter)
        if isinstance(node, ast.GeneratorExp) and not self.consumed(node):
            self.delayed.append((node, self.emit(CREATE, node)))
            return
        self._clauses(node, 0)
        self.emit(CREATE, node)

    def _clauses(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, index: int) -> None:
        if index == len(node.generators):
            if isinstance(node, ast.DictComp):
                self.expression(node.key)
                self.expression(node.value)
            else:
                self.expression(node.elt)
            return
        clause = node.generators[index]
        if index:
            self.expression(clause.iter)
        head = self.emit(ITERATE, clause)
        self.store(clause.target)
        for test in clause.ifs:
            yes, no = self.condition(test)
            self.here = no
            self.tie(head)
            self.here = yes
        self._clauses(node, index + 1)
        self.tie(head)
        self.here = [head]


def _binary(flow: Expressions, node: ast.expr) -> None:
    """`a + b + c …`: from the innermost left operand on, without a recursion for each."""
    right: list[ast.expr] = []
    while isinstance(node, ast.BinOp):
        right.append(node.right)
        node = node.left
    flow.expression(node)
    for operand in reversed(right):
        flow.expression(operand)


def _boolean(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.BoolOp)
    ends: list[int] = []
    for value in node.values[:-1]:
        yes, no = flow.condition(value)
        conjunction = isinstance(node.op, ast.And)
        ends += no if conjunction else yes
        flow.here = yes if conjunction else no
    flow.expression(node.values[-1])
    flow.here = [*flow.here, *ends]
    flow.emit(POINT, node)


def _conditional(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.IfExp)
    yes, no = flow.condition(node.test)
    flow.here = yes
    flow.expression(node.body)
    yes = flow.here
    flow.here = no
    flow.expression(node.orelse)
    flow.here = [*yes, *flow.here]
    flow.emit(POINT, node)


def _comparison(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.Compare)
    flow.expression(node.left)
    ends: list[int] = []
    for index, part in enumerate(node.comparators):
        if index:
            ends += flow.here
        flow.expression(part)
    if ends:
        flow.here = [*flow.here, *ends]
        flow.emit(POINT, node)


def _lambda(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.Lambda)
    for default in [*node.args.defaults, *node.args.kw_defaults]:
        flow.expression(default)
    flow.delayed.append((node, flow.emit(CREATE, node)))


def _walrus(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.NamedExpr)
    flow.expression(node.value)
    flow.store(node.target)


def _dict(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.Dict)
    for key, value in zip(node.keys, node.values, strict=True):
        flow.expression(key)
        flow.expression(value)


def _comprehension(flow: Expressions, node: ast.expr) -> None:
    assert isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
    flow.comprehension(node)


def _call(flow: Expressions, node: ast.expr) -> None:
    """The callee, then the arguments as they stand, then the call itself."""
    assert isinstance(node, ast.Call)
    flow.expression(node.func)
    for argument in node.args:
        flow.expression(argument.value if isinstance(argument, ast.Starred) else argument)
    for keyword in node.keywords:
        flow.expression(keyword.value)
    flow.emit(CALL, node)


_KINDS: dict[type[ast.expr], int] = {
    ast.Name: USE,
    ast.Attribute: USE,
    ast.Subscript: USE,
    ast.Yield: SUSPEND,
    ast.YieldFrom: SUSPEND,
    ast.Await: SUSPEND,
}

_EXPRESSIONS: dict[type[ast.expr], Callable[[Expressions, ast.expr], None]] = {
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.IfExp: _conditional,
    ast.Compare: _comparison,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.Dict: _dict,
    ast.Call: _call,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
}
