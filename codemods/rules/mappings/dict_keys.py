"""Drop `.keys()` where the dict itself says the same.

Before:

    for name in scores.keys():
        print(name)
    if "ann" in scores.keys():
        print(sorted(scores.keys()))

After:

    for name in scores:
        print(name)
    if "ann" in scores:
        print(sorted(scores))

Why: it is not wrong, it is empty. Iterating over a dict, `in`, `len` and the like already mean its keys, so `.keys()` says nothing that
`scores` does not; it costs a method call and an object, the view, that is used once and dropped. The habit is older than that: in Python 2
`.keys()` copied all keys into a list first, and `"ann" in scores.keys()` searched that list from its start. Whoever knows Python 3 reads
`.keys()` as a hint that something else than a plain loop goes on: the view is for set operations (`a.keys() & b.keys()`), for keeping and
for handing on, and there it stays.

Works in `for` and comprehensions, on the right of `in` and `not in`, and where `d.keys()` is the only positional argument of `list`,
`tuple`, `set`, `frozenset`, `sorted`, `len`, `min`, `max`, `iter`, `any` or `all`, the first of `enumerate`, `sum` or `dict.fromkeys`, one
of `zip`, what `map` and `filter` go through, what a string joins, or what `*` unpacks (but into a set, or beside another view in `zip`).
`list(d.keys())` becomes `list(d)`, which is still a copy, so the loop may go on changing `d`.

Safe: `d` is proved to be a dict, an `OrderedDict`, `defaultdict` or `Counter`, or `os.environ`.

Refused: what is known to be no dict, such as an XML element, whose `keys()` are its attributes while iterating gives its children; a class
of the file that says itself what its keys are, or what iterating over it means; `super().keys()` and `module.keys()`; and where a comment
would be lost. Where the type is not known, the rewrite is unsafe: anything may have a method called `keys`. So is `set(d.keys())` where
the order of the set may be seen: CPython sizes the hash table of `set(d)` differently, and integers come out in another order. In
`set(a.keys()) == set(b.keys())` both are rewritten or none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.shapes.set_order import order_would_show
from codemods.analysis.text.comments import comments
from codemods.analysis.text.fields import f_string_around, shows_source
from codemods.analysis.types.dict_likes import keys_are_elements, shortened
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.analysis.types.vocabulary import DICTS, Type
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Reasons, Refusal, Refused, Safe

if TYPE_CHECKING:
    import libcst as cst

TAKERS = frozenset({"list", "tuple", "set", "frozenset", "sorted", "len", "min", "max", "iter", "enumerate", "any", "all", "sum"})
"""Builtins to which `d` and `d.keys()` are the same."""
SECOND = frozenset({"map", "filter"})
"""Builtins that go through their second argument."""
VIEWS = frozenset({"keys", "values", "items"})
OPERATIONS = ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.IfExp | ast.Await
"""Receivers that need parentheses in front of `.keys()`, but not as a lone argument."""

CHAIN = Refusal("chain", "the chained comparison goes on to compare `{text}.keys()` itself")
COMMENT = Refusal("comment", "the comment between `{text}` and `.keys()` would be lost", sort="style")
SHOWS_SOURCE = Refusal("shows-source", "the f-string at line {line} prints its own source, with `=`")

SET_ORDER = Assumption("set-order", "the order of the set made of `{text}` does not matter")


class Plan(Struct, frozen=True):
    """How to rewrite a call of `keys`.

    Attributes:
        ordinal: which call of the f-string that is the anchor; `None` where the call is the anchor itself.
        bare: parentheses around the receiver may go.
    """

    ordinal: int | None
    bare: bool


def find(node: ast.Call, module: Module) -> Iterator[Site]:
    """The site at a call, if it is one of `keys` on something and stands where that something would do."""
    match node:
        case ast.Call(func=ast.Attribute(value=receiver, attr="keys"), args=[], keywords=[]) if _is_read_at_once(node, module):
            pass
        case _:
            return
    string = f_string_around(node, module)
    parent = module.parent(node)
    verdict = _refused(node, receiver, string, module) or keys_are_elements(receiver, module)
    if isinstance(verdict, Safe) and (counterpart := _counterpart(node, module)) is not None:
        theirs = keys_are_elements(counterpart, module)
        verdict = verdict if isinstance(theirs, Safe) else theirs
    if isinstance(verdict, Safe) and order_would_show(parent, module.type_of(receiver), module):
        verdict = SET_ORDER(text=shortened(receiver))
    plan = Plan(module.ordinal(node, string) if string else None, isinstance(parent, ast.Call) and isinstance(receiver, OPERATIONS))
    header = (parent.target, node) if isinstance(parent, ast.For) else ()
    why = partial(_reasons, receiver, parent, module)
    yield Site(string or node, verdict, None if isinstance(verdict, Refused) else plan, node, header, why=why)


def _reasons(receiver: ast.expr, parent: ast.AST | None, module: Module) -> Reasons:
    """How the receiver's class is known, or not; knowing it is not enough where the order of a new set shows."""
    reasons = reasons_of_type(receiver, "dict", DICTS, module)
    return replace(reasons, remedies=()) if order_would_show(parent, Type("dict"), module) else reasons


def _is_read_at_once(call: ast.Call, module: Module) -> bool:
    """Whether the view is iterated over, measured or searched right here, and not kept, passed on or used as a set."""
    match module.parent(call):
        case ast.For(iter=iterable) | ast.comprehension(iter=iterable, is_async=0):
            return iterable is call
        case ast.Compare(ops=ops, comparators=comparators):
            return any(right is call and isinstance(op, ast.In | ast.NotIn) for op, right in zip(ops, comparators, strict=True))
        case ast.Starred() as star:
            return isinstance(module.parent(star), ast.List | ast.Tuple | ast.Call)
        case ast.Call(func=ast.Name(id=name), args=args) as around if module.is_builtin(name, around):
            match args:
                case [_]:
                    return name in TAKERS
                case [first, _] if first is call and name in ("enumerate", "sum"):
                    return True
                case [_, _] if args[1] is call and name in SECOND:
                    return True
            return name == "zip" and not any(_is_view(one) for one in args if one is not call)
        case ast.Call(func=ast.Attribute(attr="join", value=separator), args=[_], keywords=[]):
            kind = module.type_of(separator)
            return kind is not None and kind.is_all("str")
        case ast.Call(func=ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys"), args=[first, *_], keywords=[]) as around:
            return first is call and module.is_builtin("dict", around)
        case _:
            return False


def _is_view(node: ast.expr) -> bool:
    """`zip(d.keys(), d.values())` reads better with both."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VIEWS


def _counterpart(call: ast.Call, module: Module) -> ast.expr | None:
    """`b` of `set(a.keys()) == set(b.keys())`: the two had better stay alike."""
    taker = module.parent(call)
    compared = module.parent(taker) if isinstance(taker, ast.Call) else None
    if not isinstance(compared, ast.Compare) or not isinstance(taker, ast.Call):
        return None
    for other in (compared.left, *compared.comparators):
        match other:
            case ast.Call(func=function, args=[ast.Call(func=ast.Attribute(value=receiver, attr="keys"), args=[], keywords=[])]):
                if other is not taker and ast.dump(function) == ast.dump(taker.func):
                    return receiver
    return None


def _refused(call: ast.Call, receiver: ast.expr, string: ast.JoinedStr | None, module: Module) -> Refused | None:
    """Reasons that have nothing to do with what the receiver is."""
    parent = module.parent(call)
    if isinstance(parent, ast.Compare) and parent.comparators[-1] is not call:
        return CHAIN(text=shortened(receiver))
    if string is not None:
        return SHOWS_SOURCE(line=string.lineno) if shows_source(call, module, ".keys") else None
    start = module.span(receiver)[1]
    rest = module.text[start : module.span(call)[1]]
    kept = _end_of_parentheses(rest)
    return COMMENT(text=shortened(receiver)) if any(one.start >= kept for one in comments(rest)) else None


def _end_of_parentheses(rest: str) -> int:
    """Behind the last parenthesis around the receiver, in the text between it and the end of `.keys()`."""
    hidden = {at for one in comments(rest) for at in range(one.start, one.start + len(one.text))}
    dot = next(at for at, char in enumerate(rest) if char == "." and at not in hidden)
    return max((at + 1 for at in range(dot) if rest[at] == ")" and at not in hidden), default=0)


def rewrite(node: Any, plan: Plan) -> cst.CSTNode:
    """The receiver in place of the call."""
    if plan.ordinal is None:
        return _receiver(node, plan)
    from codemods.rules import patterns

    changed: cst.CSTNode = patterns.replace_call(node, plan.ordinal, lambda call: _receiver(call, plan))
    return changed


def _receiver(call: Any, plan: Plan) -> cst.BaseExpression:
    """`d` of `d.keys()`, in the parentheses of both."""
    import libcst as cst

    receiver: cst.BaseExpression = call.func.value
    inside = [*(paren.whitespace_after for paren in receiver.lpar), *(paren.whitespace_before for paren in receiver.rpar)]
    if plan.bare and all(isinstance(space, cst.SimpleWhitespace) for space in inside):
        receiver = receiver.with_changes(lpar=[], rpar=[])
    return receiver.with_changes(lpar=[*call.lpar, *receiver.lpar], rpar=[*receiver.rpar, *call.rpar])


RULE = Rule(
    triage=rb"keys(?<=\bkeys)(?:\s|\\|#[^\r\n]*)*\(",
    visits=(ast.Call,),
    find=find,
    rewrite=rewrite,
)
