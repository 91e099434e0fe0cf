"""Every statement as events, one function each, the table of them, and `build`, which makes a `Flow` of a body."""

from __future__ import annotations

import ast
from collections.abc import Callable

from codemods.analysis.order.flow import CREATE, ENTER, EXIT, ITERATE, NARROW, POINT, STORE, USE, Flow
from codemods.analysis.order.flow_statements import Finally, Handler, Statements


def _assign(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.Assign)
    flow.expression(node.value)
    for target in node.targets:
        flow.store(target)


def _annotated(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.AnnAssign)
    if node.value is not None:
        flow.expression(node.value)
        flow.store(node.target)
    elif not isinstance(node.target, ast.Name):
        for part in ast.iter_child_nodes(node.target):  # `make().name: str` calls `make`
            if isinstance(part, ast.expr):
                flow.expression(part)
    flow.expression(node.annotation)


def _augmented(flow: Statements, node: ast.stmt) -> None:
    """`t op= v`: what `t` is made of and its old value, `v`, then the store. The event of the store is that of the target."""
    assert isinstance(node, ast.AugAssign)
    match node.target:
        case ast.Name():
            flow.emit(USE, node)
        case ast.Attribute():
            flow.expression(node.target.value)
        case ast.Subscript():
            flow.expression(node.target.value)
            flow.expression(node.target.slice)
    flow.expression(node.value)
    flow.emit(STORE, node.target)


def _delete(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.Delete)
    for target in node.targets:
        flow.store(target)


def _if(flow: Statements, node: ast.stmt) -> None:
    """`elif` after `elif` in a loop, not by recursion: there are dispatchers with hundreds of them."""
    assert isinstance(node, ast.If)
    branch, ends = node, list[int]()
    while True:
        flow.here, no = flow.condition(branch.test)
        flow.body(branch.body)
        ends += flow.here
        flow.here = no
        if len(branch.orelse) != 1 or not isinstance(branch.orelse[0], ast.If):
            break
        branch = branch.orelse[0]
    flow.body(branch.orelse)
    flow.here = [*ends, *flow.here]
    flow.emit(POINT, node)


def _while(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.While)
    head = flow.emit(POINT, node)
    yes, no = flow.condition(node.test)
    flow.loop(head, yes, node.body, node.orelse, no)


def _for(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.For | ast.AsyncFor)
    flow.expression(node.iter)
    head = flow.emit(ITERATE, node)
    flow.store(node.target)
    flow.loop(head, flow.here, node.body, node.orelse, None)


def _with(flow: Statements, node: ast.stmt) -> None:
    """A context manager may swallow an exception, so what follows may come after any event of the body, or of the managers behind the
    first one; a file does not."""
    assert isinstance(node, ast.With | ast.AsyncWith)
    first = 0
    for item in node.items:
        flow.expression(item.context_expr)
        entered = flow.emit(ENTER, item)
        first = first or entered + 1
        if item.optional_vars is not None:
            flow.store(item.optional_vars)
    flow.body(node.body)
    alive = bool(flow.here)
    leave = flow.emit(EXIT, node)
    if not all(flow.lets_through(item.context_expr) for item in node.items):
        flow.exceptional(first, leave)
    elif not alive:
        flow.here = []


def _try(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.Try | ast.TryStar)
    frame = Finally()
    if node.finalbody:
        flow.frames.append(frame)
    first = flow.emit(POINT, node) + 1
    flow.body(node.body)
    body_ends = flow.here
    flow.here = []
    dispatch = flow.emit(POINT, node)
    flow.exceptional(first, dispatch)
    ends: list[int] = []
    for handler in node.handlers:
        flow.here = [dispatch]
        begun = len(flow.events)
        flow.expression(handler.type)
        if handler.name:
            flow.emit(STORE, handler)
        flow.body(handler.body)
        ends += flow.here
        if isinstance(node, ast.TryStar):  # what is left of the group goes on to the next `except*`, whatever comes of this one
            dispatch = flow.emit(POINT, node)
            flow.exceptional(begun, dispatch)
    flow.here = body_ends
    flow.body(node.orelse)
    flow.here = [*flow.here, *ends]
    if node.finalbody:
        flow.frames.pop()
        _finally(flow, node, frame, first)


def _finally(flow: Statements, node: ast.Try | ast.TryStar, frame: Finally, first: int) -> None:
    """Runs after the body, after any exception in it, and before every jump out of it; then goes on to wherever that was."""
    finished = bool(flow.here)
    for ends, _ in frame.jumps:
        flow.here = [*flow.here, *ends]
    entry = flow.emit(POINT, node)
    flow.exceptional(first, entry)
    flow.body(node.finalbody)
    after = flow.here
    for kind in sorted({kind for _, kind in frame.jumps}):
        flow.here = list(after)
        flow.jump(kind)
    flow.here = after if finished else []


def _match(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.Match)
    flow.expression(node.subject)
    ends: list[int] = []
    for case in node.cases:
        flow.emit(POINT, case)
        _compared(flow, case.pattern)
        missed = [] if _irrefutable(case) else list(flow.here)
        _captures(flow, case.pattern)
        if case.guard is not None:
            yes, no = flow.condition(case.guard)
            missed += no
            flow.here = yes
        flow.emit(NARROW, case)
        flow.body(case.body)
        ends += flow.here
        flow.here = missed
    flow.here = [*flow.here, *ends]
    flow.emit(POINT, node)


def _irrefutable(case: ast.match_case) -> bool:
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _compared(flow: Statements, pattern: ast.pattern) -> None:
    """What a pattern evaluates: values, keys and classes."""
    for child in ast.iter_child_nodes(pattern):
        if isinstance(child, ast.expr):
            flow.expression(child)
        elif isinstance(child, ast.pattern):
            _compared(flow, child)


def _captures(flow: Statements, pattern: ast.pattern) -> None:
    """The names that a pattern binds, once all of it matches; one of its alternatives does."""
    if isinstance(pattern, ast.MatchOr):
        start, ends = flow.here, list[int]()
        for one in pattern.patterns:
            flow.here = start
            _captures(flow, one)
            ends += flow.here
        flow.here = list(dict.fromkeys(ends))
        return
    for child in ast.iter_child_nodes(pattern):
        if isinstance(child, ast.pattern):
            _captures(flow, child)
    if getattr(pattern, "name", None) or getattr(pattern, "rest", None):
        flow.emit(STORE, pattern)


def _definition(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for decorator in node.decorator_list:
        flow.expression(decorator)
    for default in [*node.args.defaults, *node.args.kw_defaults]:
        flow.expression(default)
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    for argument in arguments:  # annotations run too, if nothing says otherwise
        flow.expression(argument.annotation if argument is not None else None)
    flow.expression(node.returns)
    flow.delayed.append((node, flow.emit(CREATE, node)))


def _class(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.ClassDef)
    for part in [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]:
        flow.expression(part)
    flow.body(node.body)
    flow.emit(CREATE, node)


def _type_alias(flow: Statements, node: ast.stmt) -> None:
    """`type X = …` binds X; its value is evaluated when it is first asked for, if ever."""
    flow.store(node.name)  # type: ignore[attr-defined]


def _import(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.Import | ast.ImportFrom)
    for alias in node.names:
        flow.emit(STORE, alias)


def _leave(flow: Statements, node: ast.stmt) -> None:
    """`return` and `raise` lead nowhere here: the edges to handlers and `finally` are laid from every event of the `try` around."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            flow.expression(child)
    flow.emit(POINT, node)
    flow.here = []


def _assert(flow: Statements, node: ast.stmt) -> None:
    assert isinstance(node, ast.Assert)
    yes, flow.here = flow.condition(node.test)
    flow.expression(node.msg)
    flow.here = yes
    flow.emit(POINT, node)


STATEMENTS: dict[type[ast.stmt], Handler] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.Match: _match,
    ast.FunctionDef: _definition,
    ast.AsyncFunctionDef: _definition,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.Return: _leave,
    ast.Raise: _leave,
    ast.Break: lambda flow, node: flow.jump("break"),
    ast.Continue: lambda flow, node: flow.jump("continue"),
    ast.Assert: _assert,
}
if hasattr(ast, "TypeAlias"):
    STATEMENTS[ast.TypeAlias] = _type_alias


def build(
    node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
    consumed: Callable[[ast.GeneratorExp], bool],
    lets_through: Callable[[ast.expr], bool],
) -> Flow:
    """The flow of a body.

    Args:
        consumed: tells whether a generator expression is consumed where it stands.
        lets_through: tells whether a context manager swallows no exception.
    """
    flow = Statements(consumed, lets_through, STATEMENTS)
    if isinstance(node, ast.Lambda):
        flow.expression(node.body)
    else:
        flow.body(node.body)
    return Flow(flow.events, flow.delayed)
