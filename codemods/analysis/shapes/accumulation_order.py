"""Whether a comprehension may evaluate the parts of a loop's body in its own order: a dict's key first, a temporary in its place."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from codemods.analysis.order.evaluation_order import is_quiet
from codemods.analysis.shapes.accumulation import Accumulation, Filter, LoopStatement, Temporary
from codemods.analysis.shapes.commuting import always_found, before, commutes
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def use_of_temporary(found: Accumulation, temporary: Temporary) -> ast.Name | None:
    """The one use of a temporary behind it, before its name is bound anew; or the one that binds its name. `None` where there is none."""
    if temporary in found.named:
        return found.named[temporary]
    uses = all_uses(found, temporary)
    return uses[0] if len(uses) == 1 else None


def all_uses(found: Accumulation, temporary: Temporary) -> list[ast.Name]:
    """The uses of a temporary behind it, before its name is bound anew."""
    name = temporary.target.id
    uses: list[ast.Name] = []
    for step in _steps(found, temporary):
        uses += [node for node in walk(_read(step)) if isinstance(node, ast.Name) and node.id == name]
        if name in _bound(step):
            break
    return uses


def uses_of_temporaries(found: Accumulation) -> dict[ast.Name, Temporary]:
    """Each temporary by the name that it takes the place of."""
    return {use: one for one in found.temporaries if (use := use_of_temporary(found, one)) is not None}


_Step = Temporary | LoopStatement | Filter | ast.expr


def _steps(found: Accumulation, temporary: Temporary) -> list[_Step]:
    """What a turn does behind a temporary, in the comprehension's order."""
    later = found.temporaries[found.temporaries.index(temporary) + 1 :]
    steps: list[_Step] = []
    for index in range(temporary.before, len(found.clauses) + 1):
        steps += [one for one in later if one.before == index]
        steps += found.clauses[index : index + 1]
    return [*steps, *([found.key] if found.key is not None else []), found.element]


def _read(step: _Step) -> ast.expr:
    match step:
        case Temporary(value=read) | ast.For(iter=read) | ast.AsyncFor(iter=read) | Filter(test=read):
            return read
        case ast.expr():
            return step
    raise TypeError(step)


def _bound(step: _Step) -> set[str]:
    """The names that a step binds."""
    match step:
        case Temporary(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            return {node.id for node in walk(target) if isinstance(node, ast.Name)}
    return set()


def carried(found: Accumulation, loop: ast.stmt) -> ast.Name | None:
    """A read of a temporary that may see what an earlier turn left in it: `total = total + x`, `if total > 9: continue`.

    Where the loop whose body assigns it binds the same name, each turn has a value of its own.
    """
    uses = uses_of_temporaries(found)
    names: set[str] = set()
    for one in found.temporaries:
        if one in found.named:
            continue  # it is bound where it was, and carries what it carried
        own = [clause.target for clause in found.clauses[: one.before] if not isinstance(clause, Filter)][-1]
        if not any(isinstance(node, ast.Name) and node.id == one.target.id for node in walk(own)):
            names.add(one.target.id)
    reads = (node for node in walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names)
    return next((node for node in reads if node not in uses), None)


def key_first(found: Accumulation, module: Module) -> bool:
    """Whether a dict's key may be evaluated before the value. `d[k] = v` evaluates `v` first, `{k: v}` evaluates `k` first."""
    uses = uses_of_temporaries(found)
    if commutes(found.key, module, uses) or commutes(found.element, module, uses):
        return True  # as where there is no key
    assert found.key is not None
    pairs = ((found.key, found.element), (found.element, found.key))
    return not uses and any(always_found(one, module) and is_quiet(other, module) for one, other in pairs)


def put_in_place(found: Accumulation, temporary: Temporary, module: Module) -> bool:
    """Whether a temporary's value may be evaluated where its name is used, once, instead of in a statement before."""
    uses = uses_of_temporaries(found)
    use = use_of_temporary(found, temporary)
    if use is None or (_is_test(use, module) and _has_tested(temporary.value, uses, module)):
        return False
    harmless = _is_harmless(temporary, uses, module)
    steps = _steps(found, temporary)
    for index, step in enumerate(steps):
        whole = _read(step)
        if any(node is use for node in walk(whole)):
            key = [found.key] if step is found.element else []
            parts = before(use, whole)
            if parts is None and harmless and whole is found.choice:
                return any(before(use, branch) is not None for branch in (found.choice.body, found.choice.orelse))
            return parts is not None and (harmless or all(commutes(part, module, uses) for part in [*key, *parts]))
        match step:
            case Temporary():
                if not (harmless or _is_harmless(step, uses, module) or _later(use, step, found, steps[index:])):
                    return False
            case Filter() | ast.expr() if harmless:
                pass  # behind a condition it would not always be evaluated
            case ast.expr():
                pass  # the key, which is looked at where the value is
            case _:
                return False  # behind a loop it would be evaluated several times
    return False


def _is_harmless(temporary: Temporary, uses: Mapping[ast.Name, Temporary], module: Module) -> bool:
    """Whether its value, with those of the temporaries in it, may be evaluated anywhere."""
    inner = [one for node in walk(temporary.value) if isinstance(node, ast.Name) and (one := uses.get(node)) is not None]
    return commutes(temporary.value, module) and all(_is_harmless(one, uses, module) for one in inner)


def _later(use: ast.Name, other: Temporary, found: Accumulation, steps: Sequence[_Step]) -> bool:
    """Whether the other temporary, which comes after the one used at `use`, is put behind that use, so that their order stays."""
    then = use_of_temporary(found, other)
    assert then is not None
    for step in steps:
        whole = _read(step)
        if any(node is then for node in walk(whole)):
            earlier = before(then, whole)
            return earlier is not None and any(node is use for part in earlier for node in walk(part))
        if any(node is use for node in walk(whole)):
            return True
    return False


def _is_test(use: ast.Name, module: Module) -> bool:
    """Whether it is asked there whether the value is true."""
    parent = module.parent(use)
    match parent:
        case ast.BoolOp() | ast.If() | ast.comprehension() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.IfExp():
            return parent.test is use
        case _:
            return False


def _has_tested(value: ast.expr, uses: Mapping[ast.Name, Temporary], module: Module) -> bool:
    """Whether evaluating it asks a part of it whether it is true, which may then be the value: `x or y`, `x < y < z`.

    `t = x or y; if t` asks twice, `if x or y` once, which a class's `__bool__` could tell.
    """
    match value:
        case ast.BoolOp() | ast.Compare(ops=[_, _, *_]):
            kind = module.type_of(value)
            return kind is None or not kind.is_all("str", "int", "float", "bool", "bytes", "None")
        case ast.IfExp():
            return _has_tested(value.body, uses, module) or _has_tested(value.orelse, uses, module)
        case ast.Name() if value in uses:
            return _has_tested(uses[value].value, uses, module)
        case _:
            return False
