"""Which functions may be called with made-up arguments: annotated with plain values, and touching nothing else, as far as can be seen.

It is a guard, not a proof: whoever asks for examples has the project's code run. But a function that removes what it is given the path of
must not be given paths.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

_ERRORS = {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)}
_BUILTINS = _ERRORS | set(
    "abs all any ascii bin bool bytes chr dict divmod enumerate filter float format frozenset hex int isinstance iter len list map max min "
    "next oct ord pow range repr reversed round set slice sorted str sum tuple type zip".split()
)
_MODULES = set(
    "bisect collections fractions functools heapq itertools math operator re statistics string textwrap unicodedata".split()  # no effects
)
_PLAIN = set(
    "int float bool str bytes None list dict set tuple frozenset Optional Union List Dict Set Tuple FrozenSet Sequence Mapping".split()
)


def reason_against(tree: ast.Module, name: str) -> str | None:
    """Why the function `name` of a module's top level is not to be called; None where it may be."""
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    function = functions.get(name)
    if function is None:
        return "it is no function of the module's own"
    if (reason := _signature(function)) is not None:
        return reason
    return next(_impurities(function, functions, _imported(tree), {name}), None)


def _signature(function: ast.FunctionDef) -> str | None:
    if function.decorator_list:
        return "it is decorated"
    given = function.args
    if given.vararg or given.kwarg:
        return "it takes any number of arguments"
    for one in (*given.posonlyargs, *given.args, *given.kwonlyargs):
        if one.annotation is None:
            return f"`{one.arg}` is not annotated"
        if not _is_plain(one.annotation):
            return f"`{one.arg}` is annotated with more than plain values"
    return None


def _is_plain(annotation: ast.expr) -> bool:
    match annotation:
        case ast.Constant(value=None):
            return True
        case ast.Constant(value=str(text)):
            try:
                return _is_plain(ast.parse(text, mode="eval").body)
            except SyntaxError:
                return False
        case ast.Constant(value=value):
            return value is Ellipsis
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            return name in _PLAIN
        case ast.Subscript(value=value, slice=inner):
            return _is_plain(value) and _is_plain(inner)
        case ast.Tuple(elts=elements):
            return all(map(_is_plain, elements))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_plain(left) and _is_plain(right)
        case _:
            return False


def _imported(tree: ast.Module) -> set[str]:
    """The names that stand for modules without effects, and for what they hold."""
    names: set[str] = set()
    for one in tree.body:
        match one:
            case ast.Import(names=aliases):
                names.update(alias.asname or alias.name for alias in aliases if alias.name in _MODULES)
            case ast.ImportFrom(module=str(module), level=0, names=aliases) if module in _MODULES:
                names.update(alias.asname or alias.name for alias in aliases)
    return names


def _impurities(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef], imported: set[str], seen: set[str]) -> Iterator[str]:
    own = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    for node in ast.walk(function):
        match node:
            case ast.Global() | ast.Nonlocal() | ast.With() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
                yield f"line {node.lineno} does more than compute"
            case ast.Await() | ast.AsyncFor() | ast.AsyncWith() | ast.AsyncFunctionDef():
                yield f"line {node.lineno} waits"
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                yield f"line {node.lineno} changes an attribute"
            case ast.Subscript(ctx=ast.Store() | ast.Del()) if _root(node) not in own:
                yield f"line {node.lineno} changes what is not its own"
            case ast.Call(func=ast.Name(id=name)) if name in functions and name not in own:
                if name not in seen:
                    seen.add(name)
                    yield from _impurities(functions[name], functions, imported, seen)
            case ast.Call(func=called) if not _is_harmless(called, own, imported):
                yield f"line {node.lineno} calls `{ast.unparse(called)}`"


def _is_harmless(called: ast.expr, own: set[str], imported: set[str]) -> bool:
    match called:
        case ast.Name(id=name):
            return (name in _BUILTINS or name in imported) and name not in own
        case ast.Attribute(attr=name) if name.startswith("_"):
            return False
        case ast.Attribute():
            root = _root(called)
            return root is None or root in own or root in imported
        case _:
            return False


def _root(node: ast.expr) -> str | None:
    """The name that a chain of attributes, items and calls begins with; None where it begins with a value."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Call(func=value):
            return _root(value)
        case _:
            return None
