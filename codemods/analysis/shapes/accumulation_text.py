"""The text of the comprehension that a loop becomes, on one line or broken as black breaks it."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.shapes.accumulation import Accumulation, Filter, LoopStatement, Temporary
from codemods.analysis.shapes.accumulation_order import uses_of_temporaries
from codemods.analysis.shapes.accumulation_spread import COPIED, inner_loop, spread_name
from codemods.analysis.text.layout import indent_step
from codemods.analysis.text.string_literals import tokens
from codemods.analysis.text.walking import walk
from codemods.analysis.types.vocabulary import DICTS

if TYPE_CHECKING:
    from codemods.analysis.module import Module

MOST_CLAUSES = 2
MOST_LINES = 4
MOST_CONDITIONS = 2

_OPPOSITE = {ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in"}


_ATOMS = (ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp)
"""What needs no parentheses anywhere."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class TooLong(Exception):
    """The comprehension would have too many clauses or lines; `str()` says which."""


def written(found: Accumulation, birth: ast.Assign | ast.AnnAssign, returned: ast.Return | None, module: Module) -> str:
    """The statement that takes the place of the birth, the loop and the `return`; its further lines are indented from its own start.

    Raises `TooLong`.
    """
    copied = _copied(found, module)
    clauses = list(_clauses(found, module))
    result, inner = _spread(found, module) if found.spread else (_result(found, module), [])
    clauses += inner
    if len(clauses) > MOST_CLAUSES:
        raise TooLong(f"{len(clauses)} clauses")
    if any("\n" in part or "\r" in part for part in (result, *clauses)):
        raise TooLong("parts over several lines")
    loop = found.clauses[0]
    assert not isinstance(loop, Filter)
    start = module.span(loop if found.managers else birth)[0]
    head = "return " if returned is not None else _head(birth, module)
    opening, closing = ("[", "]") if found.kind == "list" else ("{", "}")
    before = module.text[module.lines.starts[module.lines.line(start) - 1] : start]
    width = len(before.expandtabs(4))
    last = returned or loop
    line = head + (copied or f"{opening}{result} {(' '.join(clauses))}{closing}")
    if width + len(line) <= module.line_length - (0 if copied else _comment_behind(last, module)):
        return line
    step = indent_step(module)
    room = module.line_length - width - len(step.expandtabs(4))
    for inner in ([f"{result} {' '.join(clauses)}"], [result, *clauses]):
        if len(inner) + 2 > MOST_LINES:
            raise TooLong(f"{len(inner) + 2} lines")
        if all(len(one) <= room for one in inner):
            return "\n".join([head + opening, *(step + one for one in inner), closing])
    raise TooLong("its lines are too long even when broken")


def _comment_behind(last: ast.AST, module: Module) -> int:
    """How wide the comment behind the last statement is, with the space before it; it stays behind what takes the statement's place."""
    end = module.span(last)[1]
    line = module.lines.line_text(module.lines.line(end))
    return len(line[module.lines.column(end) - 1 :].rstrip())


def _copied(found: Accumulation, module: Module) -> str | None:
    """`list(rows)` for a loop that takes each element as it is out of a builtin collection, `dict(row)` for one that takes each item.

    `list` asks what it copies for its length first, which a class of one's own may notice. A set copied out of a set or dict is sized
    otherwise than one filled step by step, so that its elements come in another order.
    """
    match found.clauses:
        case [ast.For(target=ast.Name(id=name), iter=iterable)] if isinstance(found.element, ast.Name) and found.element.id == name:
            kind = module.type_of(iterable)
            sources = COPIED.get(found.kind, frozenset())
            alone = not found.temporaries and not found.spread
            if alone and kind is not None and kind.is_all(*sources) and module.is_builtin(found.kind, iterable):
                return f"{found.kind}({_part(iterable, module, ast.NamedExpr, ast.Lambda, ast.Tuple)})"
        case [
            ast.For(
                target=ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]),
                iter=ast.Call(func=ast.Attribute(value=mapping, attr="items"), args=[], keywords=[]),
            )
        ] if (_name(found.key), _name(found.element)) == (key, value) and key != value:
            kind = module.type_of(mapping)
            if not found.temporaries and kind is not None and kind.is_all(*DICTS) and module.is_builtin("dict", mapping):
                return f"dict({_part(mapping, module, ast.NamedExpr, ast.Lambda)})"
    return None


def _name(node: ast.expr | None) -> str | None:
    return node.id if isinstance(node, ast.Name) else None


def _head(birth: ast.Assign | ast.AnnAssign, module: Module) -> str:
    """The birth's text in front of its value: `found = `, `found: list[int] = `."""
    assert birth.value is not None
    return module.text[module.span(birth)[0] : module.span(birth.value)[0]]


def _result(found: Accumulation, module: Module) -> str:
    choice = found.choice
    element = _chosen(choice, found, module) if choice is not None else _filled(found.element, found, module, ast.NamedExpr, ast.Tuple)
    if found.key is None:
        return element
    return f"{_filled(found.key, found, module, ast.NamedExpr, ast.Lambda, ast.Tuple)}: {element}"


def _spread(found: Accumulation, module: Module) -> tuple[str, list[str]]:
    """What is added, and the clauses that take it out of what is spread."""
    loop = found.clauses[0]
    assert not isinstance(loop, Filter)
    clause = inner_loop(found, loop, module)
    if clause is None:
        if isinstance(found.element, _COMPREHENSIONS):
            raise TooLong("a comprehension in a comprehension")
        name = spread_name(found, loop, module)
        if name is None:
            raise TooLong("no good name for what is added")
        return name, [f"for {name} in {_filled(found.element, found, module, ast.Lambda, ast.IfExp)}"]
    assert isinstance(found.element, ast.ListComp | ast.GeneratorExp)
    parts = (found.element.elt, clause.target, clause.iter, *clause.ifs)
    result, target, iterable, *conditions = (_filled(part, found, module, ast.Lambda, ast.IfExp) for part in parts)
    return result, [f"for {target} in {iterable}", *(f"if {one}" for one in conditions)]


def _chosen(choice: ast.IfExp, found: Accumulation, module: Module) -> str:
    """The two branches of an `if` as one expression."""
    if len(found.clauses) > 1:
        raise TooLong("a choice and a condition" if isinstance(found.clauses[-1], Filter) else "a choice in two loops")
    parts = (choice.body, choice.test, choice.orelse)
    if any(isinstance(_behind(part, found), ast.IfExp | ast.NamedExpr | ast.Lambda) for part in parts):
        raise TooLong("a choice in a choice")
    body, test, orelse = (_filled(part, found, module, ast.Tuple) for part in parts)
    return f"{body} if {test} else {orelse}"


def _filled(part: ast.expr, found: Accumulation, module: Module, *wrapped: type[ast.expr]) -> str:
    """The text of a part, with the temporaries' values where their names are used; in parentheses where it is one of `wrapped`."""
    uses = uses_of_temporaries(found)
    if isinstance(part, ast.Name) and part in uses:
        if uses[part] in found.named:
            return _named(uses[part], found, module)
        return _filled(uses[part].value, found, module, *wrapped)
    text = _part(part, module, *wrapped)
    start = module.span(part)[0] - text.index(module.segment(part))
    inner = [node for node in walk(part) if isinstance(node, ast.Name) and node in uses]
    for use in sorted(inner, key=module.span, reverse=True):
        at, end = module.span(use)
        text = text[: at - start] + _inlined(part, use, found, module) + text[end - start :]
    return text


def _named(temporary: Temporary, found: Accumulation, module: Module) -> str:
    return f"({temporary.target.id} := {_filled(temporary.value, found, module, ast.NamedExpr, ast.Tuple)})"


def _inlined(part: ast.expr, use: ast.Name, found: Accumulation, module: Module) -> str:
    """The value of the temporary that is used in a part of the comprehension, as it is to stand there."""
    value = _behind(use, found)
    if not _binds_tighter(part, use) or _is_atom(value, module):
        return _filled(value, found, module, ast.NamedExpr, ast.Tuple)
    if isinstance(value, ast.IfExp | ast.BoolOp | ast.Lambda):
        raise TooLong(f"`{use.id}` would be a choice in parentheses")
    return f"({_filled(value, found, module)})"


def _behind(node: ast.expr, found: Accumulation) -> ast.expr:
    """The value that a name stands for where it is a temporary's use, else the node itself."""
    uses = uses_of_temporaries(found)
    while isinstance(node, ast.Name) and node in uses and uses[node] not in found.named:
        node = uses[node].value
    return node


def _is_atom(value: ast.expr, module: Module) -> bool:
    """Whether it needs no parentheses anywhere: `.upper()` behind it is about all of it, for the reader too."""
    if isinstance(value, ast.JoinedStr | ast.Constant):
        return len(list(tokens(module.text, *module.span(value)))) == 1
    return isinstance(value, _ATOMS)


def _binds_tighter(element: ast.expr, use: ast.Name) -> bool:
    """Whether the place of `use` binds it tighter than an argument's place would."""
    for node in walk(element):
        match node:
            case ast.Call(args=arguments) if use in arguments:
                return False
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Dict(values=elements) if use in elements:
                return False
            case ast.keyword(value=value) | ast.Subscript(slice=value) if value is use:
                return False
            case _:
                pass
    return True


def _part(node: ast.expr, module: Module, *wrapped: type[ast.expr]) -> str:
    """The text of an expression, in parentheses where it is one of `wrapped` (and a tuple that has none of its own)."""
    text = module.segment(node)
    if isinstance(node, wrapped) and not _enclosed(text):
        lone = isinstance(node, ast.Tuple) and len(node.elts) == 1 and not text.endswith(",")  # only an index may be so: `index[*row]`
        return f"({text},)" if lone else f"({text})"
    return text


def _enclosed(text: str) -> bool:
    """Whether an expression has parentheses of its own, as only tuples do: `(a, b)`, not `(a), (b)`."""
    if not text.startswith("("):
        return False
    try:
        ast.parse(f"[{text[1:-1]}]", mode="eval")
    except SyntaxError:
        return False
    return True


def _clauses(found: Accumulation, module: Module) -> Iterator[str]:
    """The text of each clause; conditions one behind the other are one, since `and` tests them in the same order."""
    for filters, group in itertools.groupby(found.clauses, key=lambda clause: isinstance(clause, Filter)):
        clauses = list(group)
        if filters:
            if len(clauses) > MOST_CONDITIONS:
                raise TooLong(f"{len(clauses)} conditions")
            yield "if " + " and ".join(_condition(one, found, module, len(clauses) > 1) for one in clauses if isinstance(one, Filter))
        else:
            yield from (_loop(one, found, module) for one in clauses if not isinstance(one, Filter))


def _loop(clause: LoopStatement, found: Accumulation, module: Module) -> str:
    word = "async for" if isinstance(clause, ast.AsyncFor) else "for"
    target = module.segment(clause.target)
    return f"{word} {target} in {_filled(clause.iter, found, module, ast.NamedExpr, ast.Lambda, ast.IfExp, ast.Tuple)}"


def _condition(clause: Filter, found: Accumulation, module: Module, joined: bool) -> str:
    """A condition as the loop tests it, or its opposite. `joined`: others stand beside it, with an `and` between."""
    test = _behind(clause.test, found)
    wrapped = (ast.NamedExpr, ast.Lambda, ast.IfExp, ast.Tuple)
    if not clause.negated:
        return _filled(test, found, module, *wrapped, *[ast.BoolOp] * (joined and _is_or(test)))
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            operand = _behind(operand, found)
            return _filled(operand, found, module, *wrapped, *[ast.BoolOp] * (joined and _is_or(operand)))
        case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() | ast.In() | ast.NotIn() as operator], comparators=[right]):
            return f"{_operand(left, found, module)} {_OPPOSITE[type(operator)]} {_operand(right, found, module)}"
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as operator], comparators=[right]) if _builtin(left, right, module):
            sign = "!=" if isinstance(operator, ast.Eq) else "=="
            return f"{_operand(left, found, module)} {sign} {_operand(right, found, module)}"
        case ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript() | ast.Constant():
            return f"not {_filled(test, found, module)}"
        case _:
            return f"not ({_filled(test, found, module)})"


def _is_or(test: ast.expr) -> bool:
    return isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or)


def _operand(node: ast.expr, found: Accumulation, module: Module) -> str:
    """One side of a comparison. The temporary's value is put in parentheses there unless it needs none anywhere."""
    value = _behind(node, found)
    text = _filled(value, found, module, ast.NamedExpr)
    return f"({text})" if value is not node and not _is_atom(value, module) else text


def _builtin(left: ast.expr, right: ast.expr, module: Module) -> bool:
    """Whether `==` and `!=` are certainly opposites."""
    kinds = ("str", "int", "float", "bool", "bytes", "None")
    return all((kind := module.type_of(one)) is not None and kind.is_all(*kinds) for one in (left, right))
