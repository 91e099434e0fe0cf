"""Whether a loop that builds up a collection may become a comprehension: every reason why not, each with its sentence."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from codemods.analysis.calls.by_name import may_run
from codemods.analysis.calls.frames import looks_at_frames
from codemods.analysis.names.shadowing import shadowed
from codemods.analysis.shapes.accumulation import Accumulation, Filter, LoopStatement, block_of
from codemods.analysis.shapes.accumulation_order import carried, key_first, put_in_place, use_of_temporary
from codemods.analysis.shapes.accumulation_reach import between, partial
from codemods.analysis.shapes.inlining import name_lost
from codemods.analysis.shapes.iteration import use_outside
from codemods.analysis.shapes.loop_checks import is_public
from codemods.analysis.text.comments import comments
from codemods.analysis.text.walking import walk
from codemods.analysis.types.dict_likes import shortened
from codemods.model.verdict import Refusal, Refused

if TYPE_CHECKING:
    from codemods.analysis.module import Module

ONE_LINE = Refusal("one-line", "`{name}` is made on a line that holds another statement too", sort="style")
CLASS_BODY = Refusal("class-body", "in the body of the class `{owner}` a comprehension does not see the class's names")
NAMES_SEEN = Refusal("names-seen", "`{text}` at line {line} may see the loop's names")
OUTER = Refusal("outer", "`{name}` is a variable of another scope, where it can be seen half filled")
TARGET = Refusal("target", "the loop binds `{text}`, which is no plain name of this scope")
USED_AFTER = Refusal("used-after", "`{name}` is used after the loop, at line {line}")
READ_INSIDE = Refusal("read-inside", "`{name}` is read while the loop builds it, at line {line}")
CAPTURED = Refusal("captured", "a function made before the loop ends can see `{name}`")
YIELDS = Refusal("yields", "the loop holds `{what}` at line {line}, which cannot stand in a comprehension")
CLOSURE = Refusal("closure", "what is made at line {line}, `{text}`, is a function that sees the loop's variables")
ORDER = Refusal("order", "the loop evaluates `{value}` before `{key}`, a comprehension the key before the value")
ASSIGNS = Refusal("assigns", "the loop assigns to `{name}` with `:=`, at line {line}")
FRAME_SEEN = Refusal("frame-seen", "`{text}` at line {line} sees what it is called from, which before Python 3.12 is the comprehension")
SUPER = Refusal("super", "`{name}`, at line {line}, does not work in a comprehension before Python 3.12")
TEMPORARY = Refusal("temporary", "`{name}` is used more than once, or not at all", sort="style")
CARRIED = Refusal("carried", "`{name}` keeps a value from turn to turn, read at line {line}")
EVALUATED = Refusal("annotated", "the annotation of `{name}` is evaluated in each turn")
LATER = Refusal("temporary-later", "in its place, `{name}` would be evaluated later than other things, or not always")
INLINED = Refusal("inlined", "another comprehension of the function binds `{name}` too, which line {line} reads from outside")
TOOL_COMMENT = Refusal("tool-comment", "the comment `{text}` speaks to a tool about its own line", sort="style")
BRANCH_COMMENT = Refusal("branch-comment", "the comment `{text}` is about one branch, and would stand above both", sort="style")


_TOOLS = re.compile(r"#\s*(?:type:|noqa|pragma|pylint:|mypy:|pyright:|ruff:|fmt:|isort:|nosec|pyfix:)[^\r\n]*")


def refusal(found: Accumulation, birth: ast.Assign | ast.AnnAssign, loop: LoopStatement, module: Module) -> Refused | None:
    """The first reason to leave the loop alone; `None` where there is none."""
    return next((refused for check in _checks() if (refused := check(found, birth, loop, module)) is not None), None)


def passed(found: Accumulation, birth: ast.Assign | ast.AnnAssign, loop: LoopStatement, module: Module) -> list[str]:
    """The names of the checks before the one that refuses, in order."""
    return [check.__name__ for check in itertools.takewhile(lambda check: check(found, birth, loop, module) is None, _checks())]


def _checks() -> tuple[Callable[[Accumulation, Any, LoopStatement, Module], Refused | None], ...]:
    return (_scope, _birth, _content, _collection, _targets, _order, _temporary, between, partial, _comments, _branch_comments)


def _scope(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    if isinstance(owner := module.scope(loop).node, ast.ClassDef):
        return CLASS_BODY(owner=owner.name)
    if (shower := module.shows_names(loop)) is not None:
        return NAMES_SEEN(text=shower.id, line=module.line(shower))
    if (looking := looks_at_frames(loop, module)) is not None:
        return FRAME_SEEN(text=shortened(looking), line=module.line(looking))
    return None


def _birth(found: Accumulation, birth: ast.Assign | ast.AnnAssign, loop: LoopStatement, module: Module) -> Refused | None:
    if isinstance(birth.value, ast.Call) and isinstance(birth.value.func, ast.Name) and not module.is_builtin(birth.value.func.id, birth):
        return shadowed(birth.value.func.id, birth, module)
    first, last = _lines(birth, module)
    block = block_of(birth, module)
    place = block.index(birth)
    around = [_lines(one, module) for one in block[max(place - 1, 0) : place + 2] if one is not birth]
    return ONE_LINE(name=found.name.id) if any(begin <= last and end >= first for begin, end in around) else None


def _lines(statement: ast.stmt, module: Module) -> tuple[int, int]:
    """The lines that a statement begins and ends on."""
    start, end = module.span(statement)
    return module.lines.line(start), module.lines.line(end)


def _content(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """What may not stand in a comprehension, or would mean something else there."""
    for node in walk(loop):
        match node:
            case ast.Yield() | ast.YieldFrom():
                return YIELDS(what="yield", line=module.line(node))
            case ast.NamedExpr(target=ast.Name(id=name)) if not _assigned_alike(node, found):
                return ASSIGNS(name=name, line=module.line(node))
            case ast.Lambda() | ast.FunctionDef() | ast.GeneratorExp() if not _harmless(node, found, module):
                return CLOSURE(text=node.name if isinstance(node, ast.FunctionDef) else shortened(node), line=module.line(node))
            case ast.Name(id="super" | "__class__" as name) if module.target < (3, 12):
                return SUPER(name=name, line=module.line(node))
            case _:
                pass
    if (lost := name_lost(loop, module)) is not None:
        return INLINED(name=lost.id, line=module.line(lost))
    return None


def _assigned_alike(node: ast.NamedExpr, found: Accumulation) -> bool:
    """Whether `:=` may stand in a comprehension, where it binds the function's variable as in the loop: in a condition, or in what is
    added to a list or set. A loop's own variable cannot be bound so, and nothing can where something is looped over."""
    if found.temporaries or any(name.id == node.target.id for one in loops_of(found) for name in _names(one.target)):
        return False
    parts = [one.test for one in found.clauses if isinstance(one, Filter)] + [found.element] * (found.key is None and not found.spread)
    return any(one is node for part in parts for one in walk(part))


def _harmless(node: ast.AST, found: Accumulation, module: Module) -> bool:
    """Whether a function, or what is lazy, does not notice: it runs where it stands, or it is made before the loop binds anything, and
    reads nothing that the loop binds."""
    if isinstance(node, ast.GeneratorExp) and (module.consumed_at_once(node) or (found.spread and node is found.element)):
        return True
    if isinstance(node, ast.Lambda) and _is_key(node, module):
        return True
    first = loops_of(found)[0]
    bound = {module.variable(name) for one in loops_of(found) for name in _names(one.target)}
    bound |= {module.variable(one.target) for one in found.temporaries}
    reads = (one for one in walk(node) if isinstance(one, ast.Name))
    return module.inside(node, first.iter) and not any(module.variable(one) in bound for one in reads)


def _is_key(node: ast.Lambda, module: Module) -> bool:
    """`sorted(…, key=lambda …)`, which nobody sees but the builtin, and only while it sorts."""
    keyword = module.parent(node)
    match module.parent(keyword) if isinstance(keyword, ast.keyword) and keyword.arg == "key" else None:
        case ast.Call(func=ast.Name(id="sorted" | "min" | "max" as name)) as call:
            return module.is_builtin(name, call)
        case _:
            return False


def _collection(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """Nothing but the loop's last statement touches the collection, and nobody can see it before the loop is done."""
    variable = module.variable(found.name)
    assert variable is not None
    for node in walk(loop):
        if isinstance(node, ast.Name) and node not in (found.name, found.also) and module.variable(node) == variable:
            return READ_INSIDE(name=node.id, line=module.line(node))
    flow = module.flow(loop)
    head = flow.heads[loop]
    scope, name = variable
    seeing = module.flows.delayed_uses(variable)
    before = [use for use in seeing if any(module.inside(use, node) and head in flow.reachable([index]) for node, index in flow.delayed)]
    if before and (found.crossed or is_public(name, module) or may_run(before, [loop], module)):
        return CAPTURED(name=found.name.id)
    if any(module.scope(one.node).function() is not scope.function() for one in scope.bindings.get(name, ())):
        return OUTER(name=found.name.id)
    return None


def loops_of(found: Accumulation) -> list[LoopStatement]:
    """The loops among the clauses."""
    return [clause for clause in found.clauses if not isinstance(clause, Filter)]


def _names(target: ast.expr) -> Iterator[ast.Name]:
    return (node for node in walk(target) if isinstance(node, ast.Name))


def _targets(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """The loops' variables: plain names of this scope that nothing uses afterwards."""
    names: list[ast.Name] = []
    for one in loops_of(found):
        for node in walk(one.target):
            if isinstance(node, ast.Attribute | ast.Subscript):
                return TARGET(text=ast.unparse(node))
        names += _names(one.target)
    names += [one.target for one in found.temporaries]
    here = module.scope(loop)
    for name in names:
        variable = module.variable(name)
        if variable is None or variable[0] is not here:
            return TARGET(text=name.id)
        if here.kind == "module" and is_public(name.id, module):
            return TARGET(text=name.id)
        use = _used_after(name, loop, module)
        if use is not None:
            return USED_AFTER(name=name.id, line=module.line(use))
    return _read_early(found)


def _read_early(found: Accumulation) -> Refused | None:
    """`for x in x`, `for x in a: for y in y`: in the comprehension, what is read before its own clause binds it is no outer variable."""
    later = [{name.id for name in _names(one.target)} if not isinstance(one, Filter) else set() for one in found.clauses]
    parts: list[tuple[int, ast.expr]] = [
        (index, clause.test if isinstance(clause, Filter) else clause.iter) for index, clause in enumerate(found.clauses)
    ]
    parts += [(one.before, one.value) for one in found.temporaries]
    later.append(set())
    for index, part in parts:
        early = {node.id for node in walk(part) if isinstance(node, ast.Name)} & set().union(*later[index:])
        twice = later[index] & set().union(*later[index + 1 :])
        if early or twice:
            return TARGET(text=min(early or twice))
    return None


def _used_after(name: ast.Name, loop: LoopStatement, module: Module) -> ast.AST | None:
    """A use, outside the loop, of what the loop leaves in one of its variables."""
    inside = set(walk(loop))
    return use_outside(name, loop, inside, inside, module)


def _order(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    if key_first(found, module):
        return None
    assert found.key is not None
    return ORDER(value=shortened(found.element), key=shortened(found.key))


def _temporary(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """A temporary is put in its place where it is used once, and nothing that matters is evaluated before it there; or keeps its name."""
    for one in found.temporaries:
        if isinstance(one.statement, ast.AnnAssign) and module.scope(loop).kind != "function":
            return EVALUATED(name=one.target.id)
        if use_of_temporary(found, one) is None:
            return TEMPORARY(name=one.target.id)
    if (read := carried(found, loop)) is not None:
        return CARRIED(name=read.id, line=module.line(read))
    late = next((one for one in found.temporaries if not put_in_place(found, one, module)), None)
    return LATER(name=late.target.id) if late is not None else None


def _comments(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """Comments move above the new statement; what they tell a tool about their line would go astray."""
    start, end = module.span(birth)[0], module.span(loop)[1]
    block = block_of(loop, module)
    if any(isinstance(one, ast.Return) for one in block[block.index(loop) + 1 :][:1]):
        end = max(end, module.lines.starts[module.lines.line(end)])  # with the comment behind the loop, where that may become a `return`
    parts = [module.text[start:end]]
    kept = [*found.between, *found.managers[:1]]
    if kept:
        last = found.within[-1] if found.within else None if found.managers else kept[-1]
        there = module.span(last)[1] if last is not None else module.span(found.managers[-1].items[-1].context_expr)[1]
        below = module.lines.starts[module.lines.line(there)]  # what stands behind what stays stays there
        parts = [module.text[start : module.span(kept[0])[0]], module.text[below:end]]
    match = next(filter(None, map(_TOOLS.search, parts)), None)
    return TOOL_COMMENT(text=match.group().strip()) if match else None


def _branch_comments(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """A comment between the test of a choice and its end says something about one of the branches: `else:  # should not happen`."""
    if found.choice is None:
        return None
    start, end = module.span(found.choice.test)[1], module.span(found.choice)[1]
    behind = module.lines.line_text(module.lines.line(end))[module.lines.column(end) - 1 :]
    comment = next(comments(module.text[start:end] + behind), None)
    return BRANCH_COMMENT(text=comment.text.rstrip()) if comment is not None else None
