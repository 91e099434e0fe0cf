"""How a function's body is laid out: whether it does anything, what leads it in, and how far it is indented."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from codemods.analysis.order.cells import top
from codemods.analysis.shapes.parameters import names_of
from codemods.analysis.text.comments import comments
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

Definition = ast.FunctionDef | ast.AsyncFunctionDef

_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore\b)\S")


def docstring(function: Definition) -> ast.stmt | None:
    """The docstring's statement."""
    first = function.body[0]
    return first if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str) else None


def does_nothing(function: Definition) -> bool:
    """Whether the body is only there to be replaced, or to refuse: docstring, `...`, `pass`, a `raise` that uses no parameter."""
    names = names_of(function)
    return all(_is_idle(statement, names) for statement in function.body if statement is not docstring(function))


def _is_idle(statement: ast.stmt, names: set[str]) -> bool:
    match statement:
        case ast.Pass():
            return True
        case ast.Expr(value=ast.Constant(value=value)):
            return value is ...
        case ast.Raise():
            return names.isdisjoint(node.id for node in walk(statement) if isinstance(node, ast.Name))
        case _:
            return False


def lead(function: Definition, changed: set[str]) -> int:
    """How many statements stay in front of what is put at the top: docstring, imports, `global`, and guards of earlier parameters.

    `changed` are the parameters that what is put in is about; an import or a guard that has to do with them is not passed.
    """
    count = 1 if docstring(function) is not None else 0
    while count < len(function.body) and _is_declaration(function.body[count], changed):
        count += 1
    while count < len(function.body) and _is_guard(function.body[count], _earlier(function, changed), changed):
        count += 1
    return count


def _is_declaration(statement: ast.stmt, changed: set[str]) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom():
            return changed.isdisjoint((alias.asname or alias.name.partition(".")[0]) for alias in statement.names)
        case ast.Global() | ast.Nonlocal():
            return True
        case _:
            return False


def _earlier(function: Definition, changed: set[str]) -> set[str]:
    """The parameters in front of the first changed one."""
    names: set[str] = set()
    for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]:
        if argument.arg in changed:
            break
        names.add(argument.arg)
    return names


def _is_guard(statement: ast.stmt, earlier: set[str], changed: set[str]) -> bool:
    """`if p is None: p = …` for an earlier parameter."""
    match statement:
        case ast.If(
            test=ast.Compare(left=ast.Name(id=tested), ops=[ast.Is()], comparators=[ast.Constant(value=None)]),
            body=[ast.Assign(targets=[ast.Name(id=target)])],
            orelse=[],
        ) if tested == target and tested in earlier:
            return not any(isinstance(node, ast.Name) and node.id in changed for node in walk(statement))
        case _:
            return False


def step(function: Definition, module: Module) -> str:
    """The white space by which the body is indented beyond the `def`, or should be where it stands on the same line.

    Then it is that of a block around the function, or of the file's first block, or four spaces.
    """
    candidates: list[ast.AST] = [function, *module.ancestors(function), *top(module.tree)]
    for block in candidates:
        body = getattr(block, "body", None)
        if not isinstance(block, ast.stmt) or not isinstance(body, list) or _on_header_line(block, module):
            continue
        inner, outer = _indentation(body[0], module), _indentation(block, module)
        if inner.startswith(outer) and len(inner) > len(outer):
            return inner[len(outer) :]
    return "    "


def _on_header_line(block: ast.stmt, module: Module) -> bool:
    """`def f(): return 1`. A decorated definition starts at its first `@`."""
    first: ast.stmt = block.body[0]  # type: ignore[attr-defined]
    start = module.span(_first_part(first))[0]
    return bool(module.text[module.lines.starts[module.lines.line(start) - 1] : start].strip(" \t\f@"))


def _first_part(statement: ast.stmt) -> ast.AST:
    decorators = getattr(statement, "decorator_list", None)
    return decorators[0] if decorators else statement


def _indentation(statement: ast.stmt, module: Module) -> str:
    """Of the line on which a statement starts; behind a form feed it starts anew."""
    before = module.text[module.lines.starts[statement.lineno - 1] : module.span(statement)[0]]
    return before.rpartition("\f")[2]


def type_comment(function: Definition, module: Module) -> int | None:
    """The line of a `# type:` comment in the function's header or just below it, where it gives the types of parameters."""
    start = module.span(function)[0]
    stop = module.span(function.body[0])[0]
    if _on_header_line(function, module):
        last = int(function.end_lineno or function.lineno)
        stop = module.lines.starts[last] if last < len(module.lines.starts) else len(module.text)
    for comment in comments(module.text[start:stop]):
        if _TYPE_COMMENT.match(comment.text):
            return module.lines.line(start + comment.start)
    return None


def shift_of(value: ast.expr, name: str, function: Definition, module: Module) -> int:
    """By how many columns the further lines of a default move, beyond the indentation of the block they come to stand in.

    Lines that are aligned to the opening bracket stay so; others keep their distance to the line that opens it.
    """
    if value.end_lineno == value.lineno:
        return 0
    start = module.span(value)[0]
    outer = len(_indentation(function, module))
    head = module.text[module.lines.starts[value.lineno - 1] : start]
    column = len(head.rpartition("\f")[2])
    lines = [module.lines.line_text(line) for line in range(value.lineno + 1, int(value.end_lineno or 0) + 1)]
    further = next((line for line in lines if line.strip()), "")
    if len(further) - len(further.lstrip()) == column + 1:
        return len(f"{name} = ") - (column - outer)
    opening = len(head.rpartition("\f")[2]) - len(head.rpartition("\f")[2].lstrip())
    return outer - opening
