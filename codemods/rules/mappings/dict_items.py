"""Loop over keys and values together instead of looking each value up.

Before:

    for name in scores:
        print(name, scores[name])

After:

    for name, value in scores.items():
        print(name, value)

Why: the loop holds each value in its hand already; looking it up hashes the key once more, and the reader must check that it is the same
dict and the same key every time. A first line `score = scores[name]` becomes the loop's own target.

Safe: `scores` is proved to be a dict (or `OrderedDict`, `defaultdict`, `Counter`, `os.environ`), and between the start of a turn and each
replaced read nothing can change that value, rebind the dict or rebind the key. Reads behind a write stay as they are, and so do writes,
deletions and augmented assignments. `sorted(scores)` and `list(scores)` copy all pairs first, so there nothing in the loop may write to
another key than the loop's own.

Refused: when the key or the dict is bound again, when a copied dict is written to, when `sorted` has a `key` or the key is used for
nothing but the sorting, when a comprehension makes the very pairs of `.items()`, in class bodies, in
generator expressions that run later, and where `locals()`, `exec` or the like can see the names. Where only the type is unknown, or a call
of unknown code might change the dict before a read, the rewrite is unsafe and says what it assumes; so it is where a `__hash__` or `__eq__`
of the file prints or counts, or is made of attributes that the loop changes.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.change.effects import REBIND, Effect, Effects
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.module import Module
from codemods.analysis.names.naming import value_name
from codemods.analysis.names.shadowing import shadowed
from codemods.analysis.order.turns import LoopNode, body_of
from codemods.analysis.shapes.aliases import leading_alias, room_behind
from codemods.analysis.shapes.iteration import Iteration, study
from codemods.analysis.shapes.key_lookups import noticed_look_up
from codemods.analysis.shapes.loop_checks import SWAPPED, surroundings
from codemods.analysis.shapes.loop_reasons import reasons_of_loop
from codemods.analysis.text.walking import walk
from codemods.analysis.types.dict_likes import articled, shortened, told
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.analysis.types.vocabulary import DICTS
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Reasons, Refusal, Refused, Safe, Unsafe

if TYPE_CHECKING:
    import libcst as cst

COPIES = ("sorted", "list", "tuple")
MAPPINGS = DICTS | {"os._Environ"}

NOT_A_DICT = Refusal("not-a-dict", "`{text}` is {kind}, not a dict")
KEY_REBOUND = Refusal("key-rebound", "`{key}` is bound again at line {line}")
REBOUND = Refusal("rebound", "`{text}` is bound again at line {line} while the loop runs")
ONLY_LATER = Refusal("read-later", "`{text}[{key}]` is read only after it may have changed, or in code that runs later", sort="change")
COPY_WRITTEN = Refusal("copy-written", "`{what}` at line {line} may change a value that `{copy}` has not come to yet")
PAIRS = Refusal("pairs", "they are the items of `{text}` as they stand, and one call says that better than a comprehension", sort="style")
ONLY_SORTED = Refusal(
    "only-sorted", "`{key}` would be there for the sorting alone, and a reader would ask whether the values are compared", sort="style"
)
SORT_KEY = Refusal("sort-key", "`{text}` in `sorted` is for the keys alone")
NO_NAME = Refusal("no-name", "every good name for a value of `{text}` is taken", sort="style")

TYPE_UNKNOWN = Assumption("type", "`{text}` is a dict", sort="type")
MAY_CHANGE = Assumption("change", "`{what}` does not change `{text}`", sort="change")
TYPE_AND_CHANGE = Assumption("type-and-change", "`{text}` is a dict that `{what}` does not change", sort="change")
LOOK_UP = Assumption("look-up", "`{method}` says and counts nothing, and gives for a key of `{text}` what it gave before", sort="change")


class Plan(Struct, frozen=True):
    """How to rewrite one loop.

    Attributes:
        target: its new target.
        value: what the subscripts `reads` become.
        comment: how long a comment may be to go behind the new header, where the first statement is dropped; else `None`.
        clause: which clause of a comprehension it is; `None` for a statement.
    """

    target: str
    value: str
    reads: frozenset[int]
    comment: int | None
    clause: int | None


def find(node: Any, module: Module) -> Iterator[Site]:
    """Sites among `for` statements and the clauses of comprehensions, wherever `d[k]` is read in a loop over `d`."""
    loops: list[LoopNode] = [node] if isinstance(node, ast.For) else [clause for clause in node.generators if not clause.is_async]
    for loop in loops:
        mapping, copy = _mapping(loop.iter)
        if mapping is not None and isinstance(loop.target, ast.Name) and _looks_up(loop, mapping, loop.target.id, module):
            verdict = _surroundings(loop, mapping, copy, module)
            if verdict is not None:
                yield Site(node, verdict, None, loop.iter, (loop.iter,), why=partial(reasons_of_type, mapping, "dict", MAPPINGS, module))
            else:
                plan, verdict, why = _judge(node, loop, mapping, copy, module)
                yield Site(node, verdict, plan, loop.iter, (loop.iter,), why=why)


def _mapping(iterable: ast.expr) -> tuple[ast.expr | None, ast.Call | None]:
    """`d` of `d`, `d.keys()`, `sorted(d)`, `list(d.keys())` and the like, and the call that copies it."""
    copy: ast.Call | None = None
    match iterable:
        case ast.Call(func=ast.Name(id=name), args=[inner]) if name in COPIES:
            copy, iterable = iterable, inner
    match iterable:
        case ast.Call(func=ast.Attribute(value=receiver, attr="keys"), args=[], keywords=[]):
            iterable = receiver
    return (iterable, copy) if isinstance(iterable, ast.Name | ast.Attribute) else (None, None)


def _looks_up(loop: LoopNode, mapping: ast.expr, key: str, module: Module) -> bool:
    """Whether `mapping[key]` is read in the body, going by the names alone."""
    name = mapping.attr if isinstance(mapping, ast.Attribute) else mapping.id  # type: ignore[attr-defined]
    for part in body_of(loop, module):
        for node in walk(part):
            match node:
                case ast.Subscript(value=ast.Name(id=base) | ast.Attribute(attr=base), slice=ast.Name(id=index), ctx=ast.Load()):
                    if base == name and index == key and ast.dump(node.value) == ast.dump(mapping):
                        return True
                case _:
                    pass
    return False


def _surroundings(loop: LoopNode, mapping: ast.expr, copy: ast.Call | None, module: Module) -> Safe | Unsafe | Refused | None:
    """What can be refused from the header and the scope alone."""
    kind = module.type_of(mapping)
    text = ast.unparse(mapping)
    if copy is not None and not module.is_builtin(copy.func.id, copy):  # type: ignore[attr-defined]
        return shadowed(copy.func.id, copy, module)  # type: ignore[attr-defined]
    for keyword in copy.keywords if copy is not None else ():
        if keyword.arg != "reverse":
            return SORT_KEY(text=f"{f'{keyword.arg}=' if keyword.arg else '**'}{shortened(keyword.value)}")
    if kind is not None and not any(one.name in MAPPINGS or "Mapping" in one.name for one in kind.members()):
        return NOT_A_DICT(text=text, kind=articled(kind))
    refused = surroundings(loop, mapping, module)
    if refused is not None or place_of(mapping, module) is None:
        return refused or NOT_A_DICT(text=text, kind="no variable of this file")
    return None


def _judge(
    anchor: ast.stmt | ast.expr, loop: LoopNode, mapping: ast.expr, copy: ast.Call | None, module: Module
) -> tuple[Plan | None, Safe | Unsafe | Refused, Callable[[], Reasons]]:
    """The verdict that the loop's body gives, and what it rests on."""
    assert isinstance(loop.target, ast.Name)
    place = place_of(mapping, module)
    assert place is not None
    kind = module.type_of(mapping)
    effects = Effects(module, place, kind, loop)
    found = study(loop, place, loop.target, effects)
    environ = kind is not None and any(one.name == "os._Environ" for one in kind.members())
    copied = copy or (loop.iter if environ else None)  # the environment's own iterator goes over a copy of the keys
    why = partial(reasons_of_loop, loop, mapping, found, effects, "dict", MAPPINGS)
    refused = _refused(loop, place, found, copied, module)
    if refused is not None:
        return None, refused, why
    if (refused := _better_otherwise(anchor, loop, mapping, copy, found, module)) is not None:
        return None, refused, why
    plan = _plan(anchor, loop, mapping, found, module)
    return plan, NO_NAME(text=place.text) if plan is None else _proof(loop, place, found, effects, copied), why


def _refused(loop: LoopNode, place: Place, found: Iteration, copy: ast.expr | None, module: Module) -> Refused | None:
    """What the loop's body makes impossible."""
    key = loop.target.id  # type: ignore[attr-defined]
    if found.rebound is not None:
        return KEY_REBOUND(key=key, line=module.line(found.rebound))
    if (effect := found.repeats(REBIND, certain=True)) is not None:
        return REBOUND(text=place.text, line=module.line(effect.event.node))
    if copy is not None:
        for effect in _writes_ahead(loop, found, module):
            if effect.certain:
                return COPY_WRITTEN(what=effect.what, line=module.line(effect.event.node), copy=ast.unparse(copy))
    if found.swapped and not (found.reads or found.assumed):
        return SWAPPED(text=ast.unparse(found.swapped[0]), line=module.line(found.swapped[0]))
    if not (found.reads or found.assumed):
        return ONLY_LATER(text=place.text, key=key)
    return None


def _better_otherwise(
    anchor: ast.stmt | ast.expr, loop: LoopNode, mapping: ast.expr, copy: ast.Call | None, found: Iteration, module: Module
) -> Refused | None:
    """What a loop over the pairs would not make easier to read."""
    assert isinstance(loop.target, ast.Name)
    key = loop.target.id
    reads = {*found.reads, *(read for read, _ in found.assumed)}
    match anchor:
        case (
            ast.ListComp(elt=ast.Tuple(elts=[ast.Name(id=name), value]), generators=[ast.comprehension(ifs=[])])
            | ast.GeneratorExp(elt=ast.Tuple(elts=[ast.Name(id=name), value]), generators=[ast.comprehension(ifs=[])])
            | ast.SetComp(elt=ast.Tuple(elts=[ast.Name(id=name), value]), generators=[ast.comprehension(ifs=[])])
            | ast.DictComp(key=ast.Name(id=name), value=value, generators=[ast.comprehension(ifs=[])])
        ) if name == key and value in reads:
            return PAIRS(text=shortened(mapping))
    if copy is not None and isinstance(copy.func, ast.Name) and copy.func.id == "sorted":
        indices = {read.slice for read in reads}
        nodes = (node for part in body_of(loop, module) for node in walk(part))
        if not any(isinstance(node, ast.Name) and node.id == key and node not in indices for node in nodes):
            return ONLY_SORTED(key=key)
    return None


def _writes_ahead(loop: LoopNode, found: Iteration, module: Module) -> list[Effect]:
    """Changes, followed by another turn, that may concern another key than the turn's own. Every key has its turn only once."""
    assert isinstance(loop.target, ast.Name)
    mine = module.variable(loop.target)
    own = [one for one in found.again if one.certain and isinstance(one.key, ast.Name) and module.variable(one.key) == mine]
    return [effect for effect in found.again if effect not in own]


def _proof(loop: LoopNode, place: Place, found: Iteration, effects: Effects, copy: ast.expr | None) -> Safe | Unsafe:
    """Safe with what proves it, or unsafe with the one thing that is assumed."""
    kind = effects.kind
    doubts = [effect for _, effect in found.assumed]
    doubts += _writes_ahead(loop, found, effects.module) if copy is not None else []
    rebound = found.repeats(REBIND, certain=False)
    doubts += [rebound] if rebound is not None else []
    if kind is None or not kind.is_all(*MAPPINGS):
        return TYPE_AND_CHANGE(text=place.text, what=doubts[0].what) if doubts else TYPE_UNKNOWN(text=place.text)
    if doubts:
        return MAY_CHANGE(what=doubts[0].what, text=place.text)
    if (method := noticed_look_up(loop, kind, effects.module)) is not None:
        return LOOK_UP(method=method, text=place.text)
    return Safe(f"`{place.text}` is {told(kind)}, and no value changes before it is read")


def _plan(anchor: ast.stmt | ast.expr, loop: LoopNode, mapping: ast.expr, found: Iteration, module: Module) -> Plan | None:
    assert isinstance(loop.target, ast.Name)
    key = loop.target.id
    alias = leading_alias(loop, found, module) if isinstance(loop, ast.For) else None
    reads = [*found.reads, *(read for read, _ in found.assumed)]
    if alias is not None:
        value: str | None = alias.target
        reads = [read for read in reads if read is not alias.read and alias.serves]
    else:
        value = value_name(mapping, key, module, loop.target)
    if value is None:
        return None
    ordinals = frozenset(module.ordinal(read, anchor) for read in reads)
    clause = None if isinstance(loop, ast.For) else anchor.generators.index(loop)  # type: ignore[union-attr]
    comment = None
    if alias is not None and isinstance(loop, ast.For):
        longest = len(module.segment(loop.iter)) + len(".items()")
        comment = room_behind(loop, f"for {key}, {value} in {'x' * longest}:", module)
    return Plan(f"{key}, {value}", value, ordinals, comment, clause)


def rewrite(node: Any, plan: Plan) -> cst.CSTNode:
    """The loop or comprehension over `.items()`, its reads replaced."""
    from codemods.rules import patterns

    node = patterns.replace_subscripts(node, plan.reads, plan.value)
    if plan.comment is not None:
        node = patterns.drop_first_statement(node, plan.comment)
    return patterns.with_clause(node, plan.clause, plan.target, _items)


def _items(iterable: cst.BaseExpression) -> cst.BaseExpression:
    """`d.items()` out of `d`, `d.keys()`, and inside a call that copies them."""
    import libcst as cst

    match iterable:
        case cst.Call(func=cst.Name(), args=[first, *rest]):
            return iterable.with_changes(args=[first.with_changes(value=_items(first.value)), *rest])
        case cst.Call(func=cst.Attribute(attr=cst.Name("keys")) as func):
            return iterable.with_changes(func=func.with_changes(attr=cst.Name("items")))
    bare = all(isinstance(paren.whitespace_after, cst.SimpleWhitespace) for paren in iterable.lpar)
    return cst.Call(cst.Attribute(iterable.with_changes(lpar=[], rpar=[]) if bare else iterable, cst.Name("items")))


RULE = Rule(
    triage=rb"\bfor\b",
    visits=(ast.For, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    find=find,
    rewrite=rewrite,
)
