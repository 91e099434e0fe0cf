"""Whether a sequence certainly has an element for each index of another one, where a loop over those indexes runs.

    names = ["a", "b"]
    ages = [3, 4]
    for i in range(len(names)):
        print(names[i], ages[i])

Both lengths are read from what the variables were made of, or from a test that compared them; and nothing between there and the last turn
of the loop changes how many elements either has. That `range`, `len` and `enumerate` are the builtins, the caller has asked already.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.change.effects import REBIND, SIZE, Effects
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.names.scopes import Binding
from codemods.analysis.order.flow import Event
from codemods.analysis.types.vocabulary import DICTS, SEQUENCES

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_SIZED = SEQUENCES | DICTS | {"set", "frozenset"}


def reaches_as_far(one: Effects, other: Effects) -> bool:
    """Whether the other's place has an element for each index of the one's, from the loop's beginning to its end."""
    size, others = _known_size(one), _known_size(other)
    if isinstance(size, int) and isinstance(others, int):
        return others >= size
    return _of_each_other(one, other, size, others) or any(_tested(one, other, calls) for calls in _tests(one, other))


def _known_size(effects: Effects) -> int | ast.expr | None:
    """The size that a variable was born with, where it keeps it. See `_size`."""
    place, module = effects.place, effects.module
    flow = module.flow(effects.loop.iter)
    found = module.ownership(place).definitions(flow.events[flow.heads[effects.loop]]) if not place.attributes else None
    if not found or not _kept(effects, found[0].index):
        return None  # no way round it: so it is the only one
    for binding in place.scope.bindings[place.name]:
        match binding:
            case Binding(kind="assign", path=(), value=ast.expr() as value) if binding.node is found[0].node:
                return _size(value, module)
    return None


def _of_each_other(one: Effects, other: Effects, size: int | ast.expr | None, others: int | ast.expr | None) -> bool:
    """Whether one was made of the other, or both of a third, element by element, and that has not changed since."""
    module = one.module
    first, second = (place_of(node, module) if isinstance(node, ast.expr) else None for node in (size, others))
    if second == one.place:
        return _kept(one, _index(others, one))
    if first == other.place:
        return _kept(other, _index(size, one))
    if first is None or first != second:
        return False
    assert isinstance(size, ast.expr)
    third = Effects(module, first, module.type_of(size), one.loop)
    if third.kind is None or not third.kind.is_all(*_SIZED):
        return False
    indexes = (_index(size, one), _index(others, one))
    return any(_kept(third, earlier) and later in _since(earlier, one) for earlier, later in (indexes, indexes[::-1]))


def _index(node: object, effects: Effects) -> int:
    """The index of a use's event in the flow of the loop; of none, where it has none there."""
    return effects.module.flow(effects.loop.iter).index.get(node, -1)  # type: ignore[call-overload,no-any-return]


def _since(event: int, effects: Effects) -> set[int]:
    """The events that can come between an event and the loop's end."""
    flow = effects.module.flow(effects.loop.iter)
    return flow.reaching([flow.heads[effects.loop]], frozenset([event])) - {event}


def _kept(effects: Effects, since: int) -> bool:
    """Whether nothing between an event and the loop's end changes the size, or what the place stands for; and no way to the loop goes
    round that event."""
    flow = effects.module.flow(effects.loop.iter)
    between = _since(since, effects)
    if flow.entry in between:
        return False
    events = [flow.events[index] for index in between]
    if any(effect.kinds & (SIZE | REBIND) for event in events for effect in effects.of(event)):
        return False
    takes_keys = effects.kind is not None and any(one.name == "collections.defaultdict" for one in effects.kind.members())
    return not takes_keys or not any(_looks_up(one, effects) for one in events)


def _looks_up(event: Event, effects: Effects) -> bool:
    """Whether a key may be looked up, which a `defaultdict` takes as a new one."""
    module, node = effects.module, event.node
    match node:
        case ast.Subscript(value=whole, ctx=ast.Load()):
            return effects.identity.may_be(whole)
        case ast.Call(func=ast.Attribute(attr="__getitem__")):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return not hasattr(dict, name) and not hasattr(list, name)
        case ast.Call(func=function):
            return module.origin(function) is None
        case _:
            return False


# --- how many elements a value has ---


def _size(value: ast.expr, module: Module) -> int | ast.expr | None:
    """The number of elements, or the name of the collection that has as many; `None` where it is not seen."""
    match value:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if not any(isinstance(one, ast.Starred) for one in elements):
            return len(elements)
        case ast.Constant(value=str() | bytes() as text):
            return len(text)
        case ast.BinOp(left=ast.List(elts=[element]), op=ast.Mult(), right=times) if not isinstance(element, ast.Starred):
            return _number(times)
        case ast.ListComp(generators=[ast.comprehension(ifs=[], iter=iterable, is_async=0)]):
            return _turns(iterable, module)
        case ast.Call(func=ast.Name(id="list" | "tuple" | "sorted" as name), args=[iterable]) if module.is_builtin(name, value):
            return _turns(iterable, module)
        case ast.Subscript(value=ast.Name() as whole, slice=ast.Slice(lower=None, upper=None, step=step)) if _takes_all(step):
            return whole
        case _:
            return None


def _takes_all(step: ast.expr | None) -> bool:
    """Whether a slice without ends takes every element: `rows[:]`, `rows[::-1]`, but not `rows[::2]`."""
    match step:
        case None | ast.Constant(value=1 | None) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)):
            return True
        case _:
            return False


def _turns(iterable: ast.expr, module: Module) -> int | ast.expr | None:
    """How many elements it gives to who goes through it."""
    match iterable:
        case ast.Name():
            return iterable
        case ast.Call(func=ast.Name(id="range"), args=[times], keywords=[]):
            return _number(times)
        case ast.Call(func=ast.Name(id="enumerate"), args=[ast.Name() as whole]):
            return whole
        case ast.Call(func=ast.Attribute(value=ast.Name() as whole, attr="keys" | "values" | "items"), args=[], keywords=[]):
            kind = module.type_of(whole)
            return whole if kind is not None and kind.is_all(*DICTS) else None
        case _:
            return _size(iterable, module)


def _number(times: ast.expr) -> int | ast.expr | None:
    match times:
        case ast.Constant(value=int() as number):
            return max(number, 0)
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name() as whole], keywords=[]):
            return whole
        case _:
            return None


# --- tests ---


def _tests(one: Effects, other: Effects) -> Iterator[list[ast.expr]]:
    """The comparisons of the two lengths, as the two calls of `len`, that hold where the loop stands, if nothing has changed since:
    `if len(a) != len(b): return` or `assert len(a) == len(b)` before it, `if len(a) == len(b):` around it."""
    module = one.module
    inner: ast.AST = one.loop.iter
    for around in module.ancestors(inner):
        if isinstance(around, ast.If) and inner in around.body:
            yield from _compared(around.test, ast.Eq, ast.And, one, other)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(around, name, [])
            if isinstance(block, list):
                yield from _ahead(block, inner, one, other)
        inner = around


def _ahead(block: list[ast.stmt], inner: ast.AST, one: Effects, other: Effects) -> Iterator[list[ast.expr]]:
    """The comparisons in the statements of a block before the one that holds the loop, where that goes on only if they hold."""
    if inner not in block:
        return
    for statement in block[: block.index(inner)]:
        match statement:
            case ast.If(test=test, body=[*_, ast.Raise() | ast.Return() | ast.Continue() | ast.Break()], orelse=[]):
                yield from _compared(test, ast.NotEq, ast.Or, one, other)
            case ast.Assert(test=test):
                yield from _compared(test, ast.Eq, ast.And, one, other)


def _compared(test: ast.expr, sign: type[ast.cmpop], joined: type[ast.boolop], one: Effects, other: Effects) -> Iterator[list[ast.expr]]:
    match test:
        case ast.BoolOp(op=op, values=values) if isinstance(op, joined):
            for value in values:
                yield from _compared(value, sign, joined, one, other)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(isinstance(op, sign) for op in ops):
            if len(ops) > 1 and sign is not ast.Eq:
                return  # `len(a) != len(b) != len(c)` may fail where two are equal
            measured = {_measured(call, one.module): call for call in (left, *others)}
            if one.place in measured and other.place in measured:
                yield [measured[one.place], measured[other.place]]


def _measured(call: ast.expr, module: Module) -> Place | None:
    """`rows` of `len(rows)`."""
    match call:
        case ast.Call(func=ast.Name(id="len"), args=[collection], keywords=[]):
            return place_of(collection, module)
        case _:
            return None


def _tested(one: Effects, other: Effects, calls: list[ast.expr]) -> bool:
    """Whether neither has changed since the calls of `len` measured them."""
    measured = [_index(call, one) for call in calls]
    return all(_kept(effects, index) for effects in (one, other) for index in measured)
