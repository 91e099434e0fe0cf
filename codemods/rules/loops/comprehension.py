"""Build a list, set or dict by a comprehension where a loop does nothing else.

Before:

    names = []
    for row in rows:
        if row.active:
            names.append(row.name)

After:

    names = [row.name for row in rows if row.active]

Why: the loop says step by step how the list comes about; the comprehension says what it is, in one expression, and faster. A `return` of
the list right behind the loop becomes `return [...]`. A loop that copies a builtin collection as it is becomes `list(rows)` or `dict(row)`.

Safe: the collection is born empty before the loop, and until the loop ends nothing but the loop's last statement touches it: no function
can see it half filled, and if something raises, nothing behind it reads what was gathered so far. Up to three statements may stand
between the birth and the loop, one of which may be a `with` that holds the loop and swallows no exception; they stay, and where they
return, jump or raise, nothing that follows finds the empty collection. At module level they import nothing. The loop's variables, which a
comprehension keeps to itself, are not used afterwards; what a `:=` in a condition binds may be. A dict's key and value are evaluated the
other way round in a comprehension, so one of them must do nothing and never fail: names, constants, displays of such, arithmetic of
numbers, texts made of texts. Up to three assignments in the body are put in the place of their names, in a condition, in an inner loop,
in each other or in what is added, if each is used once and everything is evaluated in the order in which it was. One that is used again
keeps its name, `if (found := pattern.match(line))`, where the condition right behind it asks for it first. An `if` in an `if`, or two
guards, become one condition with `and`, which tests them in the same order; an `if` both branches of which add something becomes a
choice, `[a if test else b for …]`; `names.extend(list_names(row))` becomes a second `for`.

Unsafe: what `extend` is given is no builtin collection for certain, and is no longer asked for its length.

Refused: when the loop has an `else`, `break`, `yield` or a closure, in class bodies, where `locals()` or the like can see the names, in a
`try` behind which the collection is used, where it is made far from the loop, where a comment is about one branch of a choice, and when
the result has more than two clauses, more than two conditions or more than four lines: that reads better as a loop.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.shapes.accumulation import Accumulation, LoopStatement, birth_of, block_of, take_apart
from codemods.analysis.shapes.accumulation_checks import refusal
from codemods.analysis.shapes.accumulation_naming import keep_names
from codemods.analysis.shapes.accumulation_reasons import reasons_of_accumulation
from codemods.analysis.shapes.accumulation_spread import COPIED
from codemods.analysis.shapes.accumulation_text import TooLong, written
from codemods.analysis.text.layout import indent_step
from codemods.analysis.types.dict_likes import shortened
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Refusal, Safe, Unsafe

NOT_SIZED = Assumption("type", "`{text}` is a list, or another builtin collection", sort="type")
SET_ORDER = Assumption("set-order", "the order of the set `{name}` does not matter")
READS_BETTER = Refusal("reads-better", "{why}: what builds `{name}` reads better as a loop", sort="style")


class Plan(Struct, frozen=True):
    """The new statement's text, its further lines indented by `step` from its own start.

    `kept`: whether statements behind the birth stay, all but the last `tail` ones: the loop, perhaps a `return`.
    `path`: where the loop stands in `with` statements, how many statements come before it in each of them, from the outermost on.
    """

    text: str
    step: str
    kept: bool = False
    tail: int = 1
    path: tuple[int, ...] = ()


def find(node: LoopStatement, module: Module) -> Iterator[Site]:
    """A site for every loop that only adds to a collection born right before it."""
    found = take_apart(node)
    if found is None:
        return
    block = block_of(node, module)
    index = block.index(node)
    birth = birth_of(found, node, module)
    if birth is None:
        return
    keep_names(found, module)
    returned = _returned(found, block[index + 1 :])
    last = returned or node
    verdict = refusal(found, birth, node, module)
    why = partial(reasons_of_accumulation, found, birth, node, module)
    if verdict is None:
        if _used_elsewhere(found, birth, last, module):
            returned, last = None, node
        try:
            text = written(found, birth, returned, module)
        except TooLong as error:
            verdict = READS_BETTER(why=str(error), name=found.name.id)
        else:
            because = f"`{found.name.id}` is made at line {module.line(birth)} and only the loop sees it before it is complete"
            tail = 1 if returned is None else 2
            plan = Plan(text, indent_step(module), bool(found.between), tail, _path(found, node, module))
            sure = _doubt(found, module) or Safe(because)
            yield Site(birth, sure, plan, node, (birth, node.target), until=[*found.managers, last][0], why=why)
            return
    yield Site(birth, verdict, None, node, (birth, node.target), until=[*found.managers, last][0], why=why)


def _doubt(found: Accumulation, module: Module) -> Unsafe | None:
    """What is assumed of a collection whose elements are all added at once: `extend` and `update` ask for more than for its elements."""
    if not found.spread:
        return None
    kind, text = module.type_of(found.element), shortened(found.element)
    if kind is not None and kind.is_all(*COPIED[found.kind]):
        return None
    if kind is not None and kind.is_all(*COPIED["list"]):
        return SET_ORDER(name=found.name.id)
    return NOT_SIZED(text=text)


def _path(found: Accumulation, loop: LoopStatement, module: Module) -> tuple[int, ...]:
    inner = [*found.managers[1:], loop] if found.managers else []
    return tuple(block_of(one, module).index(one) for one in inner)


def _returned(found: Accumulation, after: list[ast.stmt]) -> ast.Return | None:
    match after:
        case [ast.Return(value=ast.Name(id=name)) as statement, *_] if name == found.name.id:
            return statement
        case _:
            return None


def _used_elsewhere(found: Accumulation, birth: ast.stmt, last: ast.stmt, module: Module) -> bool:
    """Whether the collection's name is bound or used outside the statements that go away: then it has to stay bound."""
    variable = module.variable(found.name)
    if variable is None or isinstance(birth, ast.AnnAssign):
        return True
    scope, name = variable
    first, end = module.span(birth)[0], module.span(last)[1]
    nodes: list[ast.AST] = [one.node for one in scope.bindings.get(name, ())]
    nodes += scope.mentions(name)
    return any(not first <= module.span(one)[0] < end for one in nodes)


def rewrite(nodes: Any, plan: Plan) -> Any:
    """The statements of the birth, the loop and perhaps the `return`, as one statement. Their comments go above it."""
    from codemods.rules import merging

    if plan.path:
        return merging.merged_within(nodes, plan.path, plan.tail, plan.text, plan.step)
    if plan.kept:
        return merging.merged_around(nodes[0], nodes[1 : -plan.tail], nodes[-plan.tail :], plan.text, plan.step)
    return merging.merged(nodes, plan.text, plan.step)


RULE = Rule(
    triage=rb"\.\s*(?:append|add|extend|update)\b|\]\s*=(?!=)",
    visits=(ast.For, ast.AsyncFor),
    find=find,
    rewrite=rewrite,
)
