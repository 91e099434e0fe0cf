"""Loop over the elements, with `enumerate` where the index is used too, instead of over `range(len(...))`.

Before:

    for i in range(len(rows)):
        print(i, rows[i])

After:

    for i, row in enumerate(rows):
        print(i, row)

Why: the index is a detour. The reader must check that it is only ever used to fetch the element; the loop over the elements says so. Where
the index is not used for anything else it goes away: `for row in rows`. A first line `row = rows[i]` becomes the loop's target.

Safe: `rows` is proved to be a list, tuple, str, bytes, range or deque; between the start of a turn and each replaced read nothing can
change the element, and nothing that can resize or rebind `rows` can be followed by another turn. Reads behind a write to the element, or
in an exchange of two elements, stay as they are, and so do all writes. Works in statements, list, set and dict comprehensions, and
generator expressions that are consumed where they stand.

Other sequences that are read at the same index are gone through with it, `for name, age in zip(names, ages)`, where it is proved that
none of them is shorter: from what they were made of, or from a test that has compared their lengths, if nothing resizes them since.

Refused: when the index is bound again in the loop, when the loop resizes what it runs over, when another sequence is subscripted with the
same index and may be shorter, or is written to, when no element is read, in class bodies (the names become attributes), and where
`exec` or the like can see the names. Where only the type is unknown, or a call of unknown code might change the sequence, the rewrite is
unsafe and says what it assumes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.change.effects import REBIND, SIZE, Effects
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.module import Module
from codemods.analysis.names.naming import element_name
from codemods.analysis.names.shadowing import shadowed
from codemods.analysis.order.turns import LoopNode
from codemods.analysis.shapes.aliases import leading_alias, room_behind
from codemods.analysis.shapes.iteration import Iteration, study
from codemods.analysis.shapes.loop_checks import SWAPPED, seen_afterwards, surroundings
from codemods.analysis.shapes.loop_reasons import reasons_of_loop
from codemods.analysis.types.containers import element_word
from codemods.analysis.types.dict_likes import articled, shortened, told
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.analysis.types.vocabulary import SEQUENCES
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Refusal, Refused, Safe, Unsafe
from codemods.rules.parallel import Zipping, rewrite_zipped, zipping

if TYPE_CHECKING:
    import libcst as cst

NOT_A_NAME = Refusal("not-a-name", "`{text}` is neither a name nor a dotted name, so it may be another object each time")
NOT_A_SEQUENCE = Refusal("not-a-sequence", "`{text}` is {kind}, whose elements are not what its indexes give")
INDEX_REBOUND = Refusal("index-rebound", "`{index}` is bound again at line {line}")
NO_ELEMENT = Refusal("no-element", "no element of `{text}` is read, only the index is used", sort="style")
ONLY_LATER = Refusal("read-later", "`{text}[{index}]` is read only after it may have changed, or in code that runs later", sort="change")
RESIZED = Refusal("resized", "`{what}` at line {line} resizes `{text}` while the loop runs")
REBOUND = Refusal("rebound", "`{text}` is bound again at line {line} while the loop runs")
PARALLEL = Refusal("parallel", "`{other}` at line {line} is subscripted with `{index}` too", sort="style")
NO_NAME = Refusal("no-name", "every good name for an element of `{text}` is taken", sort="style")

TYPE_UNKNOWN = Assumption("type", "`{text}` is a list, a tuple or a str", sort="type")
MAY_CHANGE = Assumption("change", "`{what}` does not change `{text}`", sort="change")
TYPE_AND_CHANGE = Assumption("type-and-change", "`{text}` is a list, a tuple or a str that `{what}` does not change", sort="change")


class Plan(Struct, frozen=True):
    """How to rewrite one loop.

    Attributes:
        target: its new target.
        counts: whether it counts.
        element: what the subscripts `reads` become.
        comment: how long a comment may be to go behind the new header, where the first statement is dropped; else `None`.
        clause: which clause of a comprehension it is; `None` for a statement.
        copies: nothing but the elements as they are comes out of the comprehension, which says less than the collection, or a list of it.
    """

    target: str
    counts: bool
    element: str
    reads: frozenset[int]
    comment: int | None
    clause: int | None
    copies: bool = False


def find(node: Any, module: Module) -> Iterator[Site]:
    """Sites among `for` statements and the clauses of comprehensions."""
    if isinstance(node, ast.For):
        if (counted := _counted(node.iter)) is not None:
            yield _site(node, node, counted, module)
        return
    for clause in node.generators:
        counted = _counted(clause.iter) if not clause.is_async else None
        if counted is not None:
            yield _site(node, clause, counted, module)


def _counted(iterable: ast.expr) -> ast.expr | None:
    """`xs` of `range(len(xs))`, `range(0, len(xs))` and `range(0, len(xs), 1)`."""
    match iterable:
        case ast.Call(func=ast.Name(id="range"), args=[one], keywords=[]):
            length = one
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int(start)), one], keywords=[]) if start == 0:
            length = one
        case ast.Call(
            func=ast.Name(id="range"), args=[ast.Constant(value=int(start)), one, ast.Constant(value=int(step))], keywords=[]
        ) if (start, step) == (0, 1):  # `0.0` equals 0, but `range` raises for it
            length = one
        case _:
            return None
    match length:
        case ast.Call(func=ast.Name(id="len"), args=[ast.expr() as collection], keywords=[]) if not isinstance(collection, ast.Starred):
            return collection
        case _:
            return None


def _site(anchor: ast.stmt | ast.expr, loop: LoopNode, collection: ast.expr, module: Module) -> Site:
    why = partial(reasons_of_type, collection, "list", SEQUENCES, module)
    verdict = _surroundings(loop, collection, module)
    if verdict is None:
        place = place_of(collection, module)
        assert place is not None
        assert isinstance(loop.target, ast.Name)
        kind = module.type_of(collection)
        effects = Effects(module, place, kind, loop)
        found = study(loop, place, loop.target, effects)
        why = partial(reasons_of_loop, loop, collection, found, effects, "list", SEQUENCES)
        zipped = zipping(anchor, loop, collection, found, effects) if found.strangers else None
        verdict = _refused(loop, place, found, effects, parallel=zipped is None)
        if verdict is None:
            plan = _plan(anchor, loop, collection, found, module) if zipped is None else zipped
            if plan is not None:
                return Site(anchor, _proof(place, found, effects), plan, loop.iter, (loop.iter,), why=why)
            verdict = NO_NAME(text=shortened(collection))
    return Site(anchor, verdict, None, loop.iter, (loop.iter,), why=why)


def _surroundings(loop: LoopNode, collection: ast.expr, module: Module) -> Refused | None:
    """What can be refused from the header and the scope alone."""
    text = ast.unparse(collection)
    for name in ("range", "len", "enumerate"):
        if not module.is_builtin(name, loop.iter):
            return shadowed(name, loop.iter, module)
    place = place_of(collection, module)
    if place is None:
        return NOT_A_NAME(text=text)
    owner = module.calls.class_of_receiver(collection)
    if owner is not None:  # in `__iter__`, iterating over `self` would call itself
        return NOT_A_SEQUENCE(text=text, kind=f"an instance of `{owner.name}`")
    kind = module.type_of(collection)
    hopeful = ("collections.abc.", "typing.")
    if kind is not None and not any(one.name in SEQUENCES or one.name.startswith(hopeful) for one in kind.members()):
        return NOT_A_SEQUENCE(text=text, kind=articled(kind))
    return surroundings(loop, collection, module)


def _refused(loop: LoopNode, place: Place, found: Iteration, effects: Effects, parallel: bool) -> Refused | None:
    """What the loop's body makes impossible. `parallel`: other sequences under the same index are in the way."""
    module = effects.module
    index = loop.target.id  # type: ignore[attr-defined]
    if found.rebound is not None:
        return INDEX_REBOUND(index=index, line=module.line(found.rebound))
    for other in found.strangers if parallel else ():
        kind = module.type_of(other.value)
        if kind is None or not kind.is_all("dict", "collections.defaultdict", "collections.OrderedDict", "collections.Counter"):
            return PARALLEL(other=ast.unparse(other), line=module.line(other), index=index)
    if (effect := found.repeats(REBIND, certain=True)) is not None:
        return REBOUND(text=place.text, line=module.line(effect.event.node))
    if (effect := found.repeats(SIZE, certain=True)) is not None:
        return RESIZED(what=effect.what, text=place.text, line=module.line(effect.event.node))
    if found.swapped and not (found.reads or found.assumed):
        return SWAPPED(text=ast.unparse(found.swapped[0]), line=module.line(found.swapped[0]))
    if not (found.reads or found.assumed):
        return ONLY_LATER(text=place.text, index=index) if found.stale or found.delayed or found.shown else NO_ELEMENT(text=place.text)
    return None


def _proof(place: Place, found: Iteration, effects: Effects) -> Safe | Unsafe:
    """Safe with what proves it, or unsafe with the one thing that is assumed."""
    kind = effects.kind
    doubt = found.repeats(SIZE | REBIND, certain=False) or (found.assumed[0][1] if found.assumed else None)
    if kind is None or not kind.is_all(*SEQUENCES):
        return TYPE_AND_CHANGE(text=place.text, what=doubt.what) if doubt else TYPE_UNKNOWN(text=place.text)
    if doubt is not None:
        return MAY_CHANGE(what=doubt.what, text=place.text)
    return Safe(f"`{place.text}` is {told(kind)}, unchanged where its elements are read")


def _plan(anchor: ast.stmt | ast.expr, loop: LoopNode, collection: ast.expr, found: Iteration, module: Module) -> Plan | None:
    assert isinstance(loop.target, ast.Name)
    index = loop.target.id
    alias = leading_alias(loop, found, module) if isinstance(loop, ast.For) else None
    reads = [*found.reads, *(read for read, _ in found.assumed)]
    element: str | None = alias.target if alias is not None else None
    if alias is not None:
        reads = [read for read in reads if read is not alias.read and alias.serves]
    else:
        element = element_name(collection, module, loop.target, element_word(module.type_of(collection)))
    if element is None:
        return None
    replaced = {*reads, *([alias.read] if alias else [])}
    kept = [*found.stale, *found.delayed, *found.shown, *found.swapped, *found.stores]
    kept += [read for read in (*found.reads, *(one for one, _ in found.assumed)) if read not in replaced]
    counts = bool(kept or found.index_uses) or seen_afterwards(loop, module)
    ordinals = frozenset(module.ordinal(read, anchor) for read in reads)
    clause = None if isinstance(loop, ast.For) else anchor.generators.index(loop)  # type: ignore[union-attr]
    target = f"{index}, {element}" if counts else element.strip("()")
    comment = None
    if alias is not None and isinstance(loop, ast.For):
        over = module.segment(collection)
        comment = room_behind(loop, f"for {target} in {f'enumerate({over})' if counts else over}:", module)
    return Plan(target, counts, element, ordinals, comment, clause, _copies(anchor, reads, module))


def _copies(anchor: ast.AST, reads: list[ast.Subscript], module: Module) -> bool:
    """Whether a comprehension on one line is one of the elements as they are: for a list, or as all that a function is given."""
    match anchor:
        case ast.ListComp(elt=element, generators=[ast.comprehension(ifs=[])]) if module.is_builtin("list", anchor):
            alone = True
        case ast.GeneratorExp(elt=element, generators=[ast.comprehension(ifs=[])]):
            around = module.parent(anchor)
            start = module.span(anchor)[0]
            alone = isinstance(around, ast.Call) and len(around.args) + len(around.keywords) == 1 and module.text[start - 1] != "("
        case _:
            return False
    return alone and element in reads and not {"\n", "\r", "#"} & set(module.segment(anchor))


def rewrite(node: Any, plan: Plan | Zipping) -> cst.CSTNode:
    """The loop or comprehension with its new header, and its reads replaced."""
    from codemods.rules import patterns

    if isinstance(plan, Zipping):
        return rewrite_zipped(node, plan)
    node = patterns.replace_subscripts(node, plan.reads, plan.element)
    if plan.comment is not None:
        node = patterns.drop_first_statement(node, plan.comment)
    node = patterns.with_clause(node, plan.clause, plan.target, lambda counted: _iterable(counted, plan.counts))
    return _copied(node) if plan.copies else node


def _copied(node: Any) -> cst.CSTNode:
    """`list(rows)` for `[row for row in rows]`, `rows` for `row for row in rows`, which a function uses up."""
    import libcst as cst

    rows = node.for_in.iter
    if isinstance(node, cst.ListComp):
        return cst.Call(cst.Name("list"), [cst.Arg(rows)], lpar=node.lpar, rpar=node.rpar)
    assert isinstance(node, cst.GeneratorExp)
    assert isinstance(rows, cst.CSTNode)
    return rows.with_changes(lpar=node.lpar, rpar=node.rpar)


def _iterable(counted: cst.BaseExpression, counts: bool) -> cst.BaseExpression:
    """`xs` or `enumerate(xs)` out of `range(len(xs))` and its longer forms."""
    import libcst as cst

    assert isinstance(counted, cst.Call)
    length = counted.args[0 if len(counted.args) == 1 else 1].value
    assert isinstance(length, cst.Call)
    collection = length.args[0].value
    return cst.Call(cst.Name("enumerate"), [cst.Arg(collection)]) if counts else collection


RULE = Rule(
    triage=rb"range(?<=\brange)\s*\((?:[^\n#]*\blen\s*\(|\s*(#.*)?\n)",
    visits=(ast.For, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    find=find,
    rewrite=rewrite,
)
