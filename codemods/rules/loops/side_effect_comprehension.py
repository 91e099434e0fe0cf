"""Write a plain loop where a comprehension's result is thrown away.

Before:

    [print(row) for row in rows if row]

After:

    for row in rows:
        if row:
            print(row)

Why: a comprehension says "here is a list"; a reader looks for who uses it. The loop says "do this for each", and builds no list.

Safe: the loop does the same things in the same order. Its variable, which the comprehension kept to itself, stays behind in the scope,
so no other use of the name there may see it. Set and dict comprehensions hash what they build, and would raise for a list, so their
elements must be proved hashable builtins.

Refused: when the loop's variable would show up under a name that is in use, when a closure captures it, in class bodies (it would become
an attribute), where `locals()` or the like can see it, when the statement shares its line with others, and when nothing is done in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.calls.frames import looks_at_frames
from codemods.analysis.module import Module
from codemods.analysis.names.naming import free_name
from codemods.analysis.shapes.leaking import leak
from codemods.analysis.text.layout import indent_step
from codemods.analysis.text.walking import walk
from codemods.analysis.types.dict_likes import shortened
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.analysis.types.vocabulary import SCALARS
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Fact, Reasons, Refusal, Refused, Remedy, Safe

if TYPE_CHECKING:
    import libcst as cst

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp

CLASS_BODY = Refusal("class-body", "in the body of the class `{owner}` the loop's `{name}` would become an attribute")
NAMES_SEEN = Refusal("names-seen", "`{text}` at line {line} may see the loop's variable")
LEAKS = Refusal("leaks", "`{name}` would stay behind after the loop, and line {line} uses that name")
CLOSURE = Refusal("closure", "`{text}`, made in the comprehension, is a function that sees its variables")
FRAME_SEEN = Refusal("frame-seen", "`{text}` at line {line} sees what it is called from, which before Python 3.12 is the comprehension")
IDLE = Refusal("idle", "nothing is called in `{text}`, so there is nothing to do in a loop", sort="style")
UNHASHABLE = Refusal("unhashable", "`{text}` may not be hashable, and then the comprehension raises", sort="type")
LONG_STRING = Refusal("long-string", "the string at line {line} goes over several lines, and cannot be indented anew", sort="style")
SAME_LINE = Refusal("same-line", "the statement shares line {line} with others", sort="style")
PAIR = Refusal("pair", "both `{key}` and `{value}` are evaluated, which no one statement says", sort="style")


class Plan(Struct, frozen=True):
    """The text of the loop, indented by four spaces a step from its own start; `step` is the file's own."""

    text: str
    step: str


def find(node: ast.Expr, module: Module) -> Iterator[Site]:
    """A site for every comprehension that is a statement."""
    made = node.value
    if not isinstance(made, Comprehension):
        return
    verdict = _refused(node, made, module)
    why = partial(_reasons, node, made, verdict, module)
    if verdict is not None:
        yield Site(node, verdict, why=why)
    else:
        safe = Safe("its result is thrown away, and no other use of the loop's variable sees it")
        yield Site(node, safe, Plan(_text(made, module), indent_step(module)), why=why)


def _reasons(statement: ast.Expr, made: Comprehension, verdict: Refused | None, module: Module) -> Reasons:
    """Who uses the loop's variables, and of what class is what would be hashed."""
    facts = [Fact("the comprehension is a statement, so that nothing takes its result", module.line(statement))]
    remedies: list[Remedy] = []
    for name in (node for clause in made.generators for node in walk(clause.target) if isinstance(node, ast.Name)):
        line = module.line(name)
        if (use := leak(name, made, module)) is None:
            facts.append(Fact(f"no use outside of the comprehension sees its `{name.id}`", line))
        else:
            facts.append(Fact(f"`{name.id}` outside of the comprehension is a name of its own", module.line(use)))
            if verdict is not None and verdict.code == LEAKS.code:  # of all that is checked the last
                remedies.append(Remedy("rename", name.id, line, free_name(name.id, module, statement), example=True))
    hashed = made.key if isinstance(made, ast.DictComp) else made.elt if isinstance(made, ast.SetComp) else None
    of_type = reasons_of_type(hashed, "str", SCALARS, module) if hashed is not None else Reasons()
    return Reasons(tuple(facts), tuple(remedies)) + of_type


def _refused(statement: ast.Expr, made: Comprehension, module: Module) -> Refused | None:
    done = made.value if isinstance(made, ast.DictComp) else made.elt
    if not any(isinstance(node, ast.Call | ast.Await | ast.NamedExpr) for node in walk(done)):
        return IDLE(text=shortened(done))
    hashed = made.key if isinstance(made, ast.DictComp) else made.elt if isinstance(made, ast.SetComp) else None
    if hashed is not None and ((kind := module.type_of(hashed)) is None or not kind.is_all(*SCALARS)):
        return UNHASHABLE(text=ast.unparse(hashed))
    if isinstance(made, ast.DictComp) and not isinstance(made.key, ast.Name | ast.Constant):
        return PAIR(key=shortened(made.key), value=shortened(made.value))
    if isinstance(owner := module.scope(statement).node, ast.ClassDef):
        return CLASS_BODY(owner=owner.name, name=ast.unparse(made.generators[0].target))
    if (shower := module.shows_names(statement)) is not None:
        return NAMES_SEEN(text=shower.id, line=module.line(shower))
    if (looking := looks_at_frames(made, module)) is not None:
        return FRAME_SEEN(text=shortened(looking), line=module.line(looking))
    if (line := _shared_line(statement, module)) is not None:
        return SAME_LINE(line=line)
    for node in walk(made):
        if isinstance(node, ast.Constant | ast.JoinedStr) and "\n" in module.segment(node):
            return LONG_STRING(line=module.line(node))
        if isinstance(node, ast.Lambda) or (isinstance(node, ast.GeneratorExp) and not module.consumed_at_once(node)):
            return CLOSURE(text=shortened(node))
    for clause in made.generators:
        for name in walk(clause.target):
            if isinstance(name, ast.Name) and (use := leak(name, made, module)) is not None:
                return LEAKS(name=name.id, line=module.line(use))
    return None


def _shared_line(statement: ast.stmt, module: Module) -> int | None:
    """Which of the statement's lines something else stands on: neither `a; [f(x) for x in y]` nor `if a: [f(x) for x in y]` has room."""
    start, end = module.span(statement)
    lines = module.lines
    before = module.text[lines.starts[lines.line(start) - 1] : start]
    after = lines.line_text(lines.line(end))[end - lines.starts[lines.line(end) - 1] :].strip()
    if before.strip():
        return lines.line(start)
    return lines.line(end) if after and not after.startswith("#") else None


def _text(made: Comprehension, module: Module) -> str:
    lines: list[str] = []
    for clause in made.generators:
        word = "async for" if clause.is_async else "for"
        lines.append(f"{word} {module.segment(clause.target)} in {_part(clause.iter, module)}:")
        lines += [f"if {_part(test, module)}:" for test in clause.ifs]
    depth = len(lines)
    indented = [_deeper(line, "    " * index) for index, line in enumerate(lines)]
    done = made.value if isinstance(made, ast.DictComp) else made.elt
    return "\n".join([*indented, *(_deeper(line, "    " * depth) for line in _body(done, module))])


def _body(done: ast.expr, module: Module) -> list[str]:
    """What is done in a turn, as statements: `a(x) if x else b(x)` and `x and a(x)` become an `if`."""
    match done:
        case ast.IfExp(test=test, body=body, orelse=ast.Constant()):
            return [f"if {_part(test, module)}:", _deeper(_done(body, module), "    ")]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return [f"if {_part(test, module)}:", _deeper(_done(body, module), "    "), "else:", _deeper(_done(orelse, module), "    ")]
        case ast.BoolOp(op=ast.And(), values=[test, body]):
            return [f"if {_part(test, module)}:", _deeper(_done(body, module), "    ")]
        case ast.BoolOp(op=ast.Or(), values=[ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript() as test, body]):
            return [f"if not {_part(test, module)}:", _deeper(_done(body, module), "    ")]
        case _:
            return [_done(done, module)]


def _done(node: ast.expr, module: Module) -> str:
    """An expression as a statement: `last := x` becomes `last = x`."""
    if isinstance(node, ast.NamedExpr):
        return f"{node.target.id} = {_part(node.value, module)}"
    return _part(node, module)


def _deeper(text: str, margin: str) -> str:
    """The text with `margin` before each of its lines."""
    return margin + text.replace("\n", f"\n{margin}")


def _part(node: ast.expr, module: Module) -> str:
    """An expression's text, in parentheses where it needs them without the comprehension's brackets around it.

    Its further lines are indented from the start of the line it starts on: that line moves to where the loop has it.
    """
    line = module.lines.line_text(module.line(node))
    text = module.segment(node).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(f"\n{line[: len(line) - len(line.lstrip())]}", "\n")
    bare = isinstance(node, ast.NamedExpr | ast.Yield | ast.YieldFrom)
    return f"({text})" if bare or ("\n" in text and not _stands_alone(text)) else text


def _stands_alone(text: str) -> bool:
    """Whether the lines of an expression need no brackets around them."""
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def rewrite(node: Any, plan: Plan) -> cst.CSTNode:
    """The statement as a loop; comments in it go above."""
    from codemods.rules import merging

    return merging.merged([node], plan.text, plan.step)


RULE = Rule(
    triage=rb"(?m)(?:^|[;:])[ \t\f]*[\[{]",
    visits=(ast.Expr,),
    find=find,
    rewrite=rewrite,
)
