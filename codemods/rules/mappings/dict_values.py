"""Loop over the values alone where the keys are not used. On request.

Before:

    for name, score in scores.items():
        total += score
    for name in scores:
        print(scores[name])

After:

    for score in scores.values():
        total += score
    for value in scores.values():
        print(value)

Why: a name that is bound and never read makes the reader look for where it is read. `.values()` says at once that the keys do not matter.
It is on request because some like to see what the keys are, and because `for _, score in scores.items()` is a habit like any other.

Safe: `scores` is proved to be a dict (or `OrderedDict`, `defaultdict`, `Counter`, `os.environ`), and the key is used nowhere: not in the
loop, not in its `else`, not after it, not in a function that sees it. `list(scores.items())` and `tuple(scores.items())` stay copies. Where
the loop looks its values up, what `dict-items` asks for holds too: each of those reads is certainly the value of the turn.

Refused: when the key is still bound for others to see (after the loop, as a name of a package's `__init__.py`, as a class's attribute, for
`locals()`), when the loop binds or deletes it, and when some `scores[name]` has to stay because the value may have changed. Where only the
type is unknown, the rewrite is unsafe; so it is where a key is unpacked, `for (row, column), cell in grid.items()`, and not proved to have
that many parts: unpacking would fail. `sorted(scores.items())` is left alone, as its order is that of the keys.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.names.shadowing import shadowed
from codemods.analysis.order.turns import LoopNode, nodes_of
from codemods.analysis.shapes.unused_targets import is_read, must_stay
from codemods.analysis.text.comments import comments
from codemods.analysis.types.dict_likes import articled, shortened, told
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Refusal, Refused, Safe, Unsafe
from codemods.rules.mappings import dict_items

if TYPE_CHECKING:
    import libcst as cst

COPIES = ("list", "tuple")

KEY_NEEDED = Refusal("key-needed", "some `{text}[{key}]` has to stay, as the value may have changed by then", sort="change")
NOT_A_DICT = Refusal("not-a-dict", "`{text}` is {kind}, not a dict")
OWN_VIEWS = Refusal("own-views", "`{name}` says itself what its items and values are, with `{method}` at line {line}")
SUPER = Refusal("super", "what `{text}` gives is up to the class that it finds")
COMMENT = Refusal("comment", "the comment at line {line}, in the loop's target, would be lost", sort="style")

TYPE_UNKNOWN = Assumption("type", "`{text}` is a dict", sort="type")
KEY_SHAPE = Assumption("key-shape", "each key of `{text}` has as many parts as `{key}`")
TYPE_AND_SHAPE = Assumption("type-and-shape", "`{text}` is a dict, each key of which has as many parts as `{key}`", sort="type")

_VIEWS = ("items", "values", "keys", "__iter__", "__getitem__", "__getattr__", "__getattribute__")


class Plan(Struct, frozen=True):
    """How to rewrite one loop.

    Attributes:
        target: its new target.
        clause: which clause of a comprehension it is; `None` for a statement.
        items: how `dict-items` would rewrite it, where values are looked up; that is done first.
    """

    target: str
    clause: int | None
    items: dict_items.Plan | None = None


def find(node: Any, module: Module) -> Iterator[Site]:
    """Sites among `for` statements and the clauses of comprehensions."""
    loops: list[LoopNode] = [node] if isinstance(node, ast.For) else [clause for clause in node.generators if not clause.is_async]
    for loop in loops:
        if (receiver := _items_of(loop.iter)) is not None:
            match loop.target:
                case ast.Tuple(elts=[key, value]) | ast.List(elts=[key, value]) if not isinstance(value, ast.Starred):
                    if not is_read(key, loop, module):
                        verdict = _judge(node, loop, receiver, module)
                        why = partial(reasons_of_type, receiver, "dict", dict_items.MAPPINGS, module)
                        plan = _plan(node, loop, value, module, verdict)
                        yield Site(node, verdict, plan, loop.iter, (loop.iter,), why=why)
    yield from _looked_up(node, loops, module)


def _items_of(iterable: ast.expr) -> ast.expr | None:
    """`d` of `d.items()`, `list(d.items())` and `tuple(d.items())`."""
    match iterable:
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in COPIES:
            iterable = inner
    match iterable:
        case ast.Call(func=ast.Attribute(value=receiver, attr="items"), args=[], keywords=[]):
            return receiver
        case _:
            return None


# --- for k, v in d.items() ---


def _judge(anchor: ast.stmt | ast.expr, loop: LoopNode, receiver: ast.expr, module: Module) -> Safe | Unsafe | Refused:
    assert isinstance(loop.target, ast.Tuple | ast.List)
    key, value = loop.target.elts
    refused = _copied(loop.iter, module) or must_stay(loop, key, value, module)
    if refused is not None:
        return refused
    start, end = module.span(loop.target)[0], module.span(loop.iter)[0]
    for comment in comments(module.text[start:end]):
        return COMMENT(line=module.lines.line(start + comment.start))
    verdict = _kind(receiver, module)
    if isinstance(verdict, Refused) or isinstance(key, ast.Name) or _has_parts(receiver, key, module):
        return verdict
    shape = KEY_SHAPE if isinstance(verdict, Safe) else TYPE_AND_SHAPE
    return shape(text=shortened(receiver), key=ast.unparse(key))


def _copied(iterable: ast.expr, module: Module) -> Refused | None:
    match iterable:
        case ast.Call(func=ast.Name(id=name)) if not module.is_builtin(name, iterable):
            return shadowed(name, iterable, module)
        case _:
            return None


def _kind(receiver: ast.expr, module: Module) -> Safe | Unsafe | Refused:
    """Whether `.values()` gives what `.items()` gives, without the keys."""
    text = shortened(receiver)
    if isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Name) and receiver.func.id == "super":
        return SUPER(text=f"{text}.items()")
    owner = module.calls.class_of_receiver(receiver)
    for one in filter(None, module.calls.lineage(owner) if owner is not None else ()):
        own = next((binding for name in _VIEWS for binding in module.scope_inside(one).bindings.get(name, ())), None)
        if own is not None:
            return OWN_VIEWS(name=one.name, method=own.name, line=module.line(own.node))
    kind = module.type_of(receiver)
    if kind is None or any("." in one.name and one.name not in dict_items.MAPPINGS for one in kind.members()):
        return TYPE_UNKNOWN(text=text)
    if not any(one.name in dict_items.MAPPINGS for one in kind.members()):
        return NOT_A_DICT(text=text, kind=articled(kind))
    if not kind.is_all(*dict_items.MAPPINGS):
        return TYPE_UNKNOWN(text=text)
    return Safe(f"`{text}` is {told(kind)}, and its keys are not used")


def _has_parts(receiver: ast.expr, key: ast.expr, module: Module) -> bool:
    """Whether every key is known to be a tuple of as many parts as are unpacked; no part is unpacked further."""
    kind = module.type_of(receiver)
    first = kind.args[0] if kind is not None and kind.args else None
    if not isinstance(key, ast.Tuple | ast.List) or first is None or first.name != "tuple":
        return False
    return all(isinstance(one, ast.Name) for one in key.elts) and len(first.args) == len(key.elts) > 1


def _plan(anchor: ast.stmt | ast.expr, loop: LoopNode, value: ast.expr, module: Module, verdict: Safe | Unsafe | Refused) -> Plan | None:
    if isinstance(verdict, Refused):
        return None
    text = module.segment(value)
    if "\n" in text or "\r" in text:
        text = ast.unparse(value)
    return Plan(_unwrapped(text, value), _clause(anchor, loop))


def _unwrapped(text: str, value: ast.expr) -> str:
    """A tuple, which has parentheses, needs them in another target only."""
    return text[1:-1].strip() if isinstance(value, ast.Tuple) and value.elts else text


def _clause(anchor: ast.stmt | ast.expr, loop: LoopNode) -> int | None:
    return None if isinstance(loop, ast.For) else anchor.generators.index(loop)  # type: ignore[union-attr]


# --- for k in d: d[k] ---


def _looked_up(anchor: Any, loops: list[LoopNode], module: Module) -> Iterator[Site]:
    """Loops over keys that are used for nothing but looking up: what `dict-items` would rewrite, less the keys."""
    wanted = [loop for loop in loops if _lookups(loop, module)]
    if not wanted:
        return
    for site in dict_items.find(anchor, module):
        loop = next((one for one in wanted if one.iter is site.shown), None)
        if loop is None:
            continue
        assert isinstance(loop.target, ast.Name)
        lookups = _lookups(loop, module)
        verdict, plan = site.verdict, None
        if not isinstance(verdict, Refused):
            refused = must_stay(loop, loop.target, None, module)
            if len(site.plan.reads) + _becomes_target(loop, site.plan) < len(lookups):
                refused = refused or KEY_NEEDED(text=ast.unparse(lookups[0].value), key=loop.target.id)
            verdict = refused or verdict
        if not isinstance(verdict, Refused):
            value = site.plan.value
            plan = Plan(value[1:-1] if value.startswith("(") else value, site.plan.clause, site.plan)
        yield Site(anchor, verdict, plan, loop.iter, (loop.iter,), why=site.why)


def _becomes_target(loop: LoopNode, plan: dict_items.Plan) -> bool:
    """Whether the loop's first line becomes its target, so that one of the reads goes: new names are never names already there."""
    match loop:
        case ast.For(body=[ast.Assign(targets=[target]), *_]):
            return plan.value.startswith("(") or (isinstance(target, ast.Name) and target.id == plan.value)
        case _:
            return False


def _lookups(loop: LoopNode, module: Module) -> list[ast.Subscript]:
    """The reads `d[k]` in a loop over `d` by `k`, if `k` is used for nothing else, and its order is not asked for; else nothing."""
    match loop.iter:
        case ast.Call(func=ast.Name(id=name)) if name not in COPIES:
            return []
    if not isinstance(loop.target, ast.Name):
        return []
    variable = module.variable(loop.target)
    found: list[ast.Subscript] = []
    for node in nodes_of(loop, module):
        if isinstance(node, ast.Name) and module.variable(node) == variable:
            match module.parent(node):
                case ast.Subscript(slice=index, ctx=ast.Load()) as around if index is node:
                    found.append(around)
                case _:
                    return []
    return found if len({ast.dump(one.value) for one in found}) == 1 else []


# --- the rewrite ---


def rewrite(node: Any, plan: Plan) -> cst.CSTNode:
    """The loop or comprehension over `.values()`, its reads replaced."""
    from codemods.rules import patterns

    if plan.items is not None:
        node = dict_items.rewrite(node, plan.items)
    return patterns.with_clause(node, plan.clause, plan.target, _values)


def _values(iterable: cst.BaseExpression) -> cst.BaseExpression:
    """`d.values()` out of `d`, `d.keys()`, `d.items()`, and inside a call that copies them."""
    import libcst as cst

    match iterable:
        case cst.Call(func=cst.Name(), args=[first, *_]):
            return iterable.with_changes(args=[first.with_changes(value=_values(first.value))])
        case cst.Call(func=cst.Attribute(attr=cst.Name("keys" | "items") as name) as func, args=[]):
            return iterable.with_changes(func=func.with_changes(attr=name.with_changes(value="values")))
    return cst.Call(cst.Attribute(iterable, cst.Name("values")))


RULE = Rule(
    triage=rb"\bfor\b",
    visits=(ast.For, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    find=find,
    rewrite=rewrite,
)
