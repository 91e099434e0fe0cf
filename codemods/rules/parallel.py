"""Loops over the indexes of one sequence that read others at the same index: what becomes of them with `zip`.

    for i in range(len(names)):
        print(names[i], ages[i])

    for name, age in zip(names, ages):
        print(name, age)

`zip` ends with the shortest, where the loop over indexes would raise `IndexError`; so none of the others may be shorter.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.change.effects import Effects
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.names.naming import element_name, visible_names
from codemods.analysis.shapes.aliases import LeadingAlias, leading_alias
from codemods.analysis.shapes.iteration import Iteration, study
from codemods.analysis.shapes.lengths import reaches_as_far
from codemods.analysis.shapes.loop_checks import seen_afterwards
from codemods.analysis.types.containers import element_word
from codemods.analysis.types.vocabulary import DICTS, SEQUENCES

if TYPE_CHECKING:
    import libcst as cst

    from codemods.analysis.module import Module
    from codemods.analysis.order.turns import LoopNode

MOST_SEQUENCES = 4
_LETTERS = ("x", "y", "z")
"""What the elements of `a` and `b` are called."""


class Sequence(Struct):
    """One of the sequences.

    Attributes:
        node: how it is written.
        found: what the loop does with it.
        element: the name of its element.
        dropped: whether a first statement of the loop gives it that name, and goes.
    """

    node: ast.expr
    found: Iteration
    element: str = ""
    dropped: bool = False


def _next_alias(left: list[Sequence], loop: ast.For, position: int, module: Module) -> tuple[Sequence, LeadingAlias] | None:
    """The sequence whose element the loop's statement at `position` gives a name."""
    aliased = ((one, leading_alias(loop, one.found, module, position)) for one in left)
    return next(((one, alias) for one, alias in aliased if alias is not None), None)


class Zipping(Struct, frozen=True):
    """How to rewrite such a loop.

    Attributes:
        target, iterable: its new header.
        values: what each subscript becomes, by its ordinal.
        dropped: how many of the loop's first statements go.
        clause: which clause of a comprehension it is; `None` for a statement.
    """

    target: str
    iterable: str
    values: dict[int, str]
    dropped: int
    clause: int | None


def zipping(anchor: ast.stmt | ast.expr, loop: LoopNode, collection: ast.expr, found: Iteration, effects: Effects) -> Zipping | None:
    """The plan for a loop over `collection`, `anchor` or a clause of it; `None` where its sequences cannot be gone through at once."""
    module = effects.module
    sequences = _together(loop, collection, found, effects)
    if sequences is None:
        return None
    values = {read: one.element for one in sequences for read in one.found.reads}
    exact = {read.slice for read in values}
    elements = ", ".join(one.element for one in sequences)
    iterable = f"zip({', '.join(module.segment(one.node) for one in sequences)})"
    if any(use not in exact for use in found.index_uses) or seen_afterwards(loop, module):
        assert isinstance(loop.target, ast.Name)
        elements, iterable = f"{loop.target.id}, ({elements})", f"enumerate({iterable})"
    if not _fits(loop, f"{elements} in {iterable}", values, module):
        return None
    clause = None if isinstance(loop, ast.For) else anchor.generators.index(loop)  # type: ignore[union-attr]
    ordinals = {module.ordinal(read, anchor): name for read, name in values.items()}
    return Zipping(elements, iterable, ordinals, sum(one.dropped for one in sequences), clause)


def _together(loop: LoopNode, collection: ast.expr, found: Iteration, effects: Effects) -> list[Sequence] | None:
    """The sequences of a loop, that of its header first, where all of them can be gone through at once; else `None`."""
    module = effects.module
    others: dict[Place, ast.expr] = {}
    for stranger in sorted(found.strangers, key=module.span):
        kind = module.type_of(stranger.value)
        if kind is not None and kind.is_all(*DICTS):
            continue
        place = place_of(stranger.value, module)
        if place is None:
            return None
        others.setdefault(place, stranger.value)
    if not 0 < len(others) < MOST_SEQUENCES or not module.is_builtin("zip", loop.iter):
        return None
    sequences = [Sequence(collection, found)]
    for place, node in others.items():
        assert isinstance(loop.target, ast.Name)
        theirs = Effects(module, place, module.type_of(node), loop)
        seen = study(loop, place, loop.target, theirs)
        if theirs.kind is None or not theirs.kind.is_all(*SEQUENCES) or not reaches_as_far(effects, theirs):
            return None
        sequences.append(Sequence(node, seen))
    if not all(_only_read(one.found) for one in sequences) or not _named(sequences, loop, module):
        return None
    return sequences


def _only_read(found: Iteration) -> bool:
    """Whether nothing is done with the elements but reading them in their own turn."""
    others = (found.assumed, found.stale, found.delayed, found.shown, found.swapped, found.stores, found.neighbours)
    return bool(found.reads) and not any(others)


def _named(sequences: list[Sequence], loop: LoopNode, module: Module) -> bool:
    """Gives each sequence a name for its element: the one that a first line of the loop gives it, or one of ours."""
    left = list(sequences)
    while isinstance(loop, ast.For) and (named := _next_alias(left, loop, len(sequences) - len(left), module)) is not None:
        one, alias = named
        if not alias.serves and len(one.found.reads) > 1:
            return False
        one.element, one.dropped = alias.target, True
        left.remove(one)
    for one in left:
        one.element = element_name(one.node, module, loop.target, element_word(module.type_of(one.node))) or ""
    taken = visible_names(module, loop.target)
    alike = [one for one in left if [other.element for other in sequences].count(one.element) > 1]
    told = _LETTERS if len(alike) <= len(_LETTERS) and all(_is_letter(one) for one in alike) else map(_told_apart, alike)
    for one, name in list(zip(alike, told, strict=False)):
        one.element = name if name not in taken else ""
    return all(one.element for one in sequences) and len({one.element for one in sequences}) == len(sequences)


def _is_letter(one: Sequence) -> bool:
    """Whether it has a name that says nothing of its elements: `a`."""
    return isinstance(one.node, ast.Name) and len(one.node.id) == 1


def _told_apart(one: Sequence) -> str:
    """A name for what would be called as the element of another sequence is: `char1` of `word1`, `first_char` of `first_word`."""
    name = one.node.attr if isinstance(one.node, ast.Attribute) else one.node.id  # type: ignore[attr-defined]
    word, number = re.fullmatch(r"(.*?)_?(\d*)", name).groups()  # type: ignore[union-attr]
    first, _, rest = word.strip("_").partition("_")
    return f"{one.element}{number}" if number else f"{first}_{one.element}" if rest else ""


def _fits(loop: LoopNode, header: str, values: dict[ast.Subscript, str], module: Module) -> bool:
    """Whether the new header fits on its line, where the old one did, with what else changes there."""
    start, end = module.span(loop.target)[0], module.span(loop.iter)[1]
    number = module.lines.line(start)
    line, old = module.lines.line_text(number).rstrip("\r\n"), module.text[start:end]
    beside = (len(module.segment(read)) - len(name) for read, name in values.items() if read.lineno == number == read.end_lineno)
    width = len(line) - len(old) + len(header) - sum(beside)
    return loop.target.lineno == loop.iter.end_lineno and (width <= module.line_length or width <= len(line))


def rewrite_zipped(node: Any, plan: Zipping) -> cst.CSTNode:
    """The loop or comprehension over all its sequences at once."""
    import libcst as cst

    from codemods.rules import patterns

    node = patterns.replace_each_subscript(node, plan.values)
    for _ in range(plan.dropped):
        node = patterns.drop_first_statement(node, 0)
    return patterns.with_clause(node, plan.clause, plan.target, lambda _: cst.parse_expression(plan.iterable))
