"""Annotations that let `None` in, and how an annotation is written with `None` added."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct

from codemods.analysis.names.scopes import Binding
from codemods.analysis.names.spelled import last_name

if TYPE_CHECKING:
    from codemods.analysis.module import Module

Imports = tuple[tuple[str, str], ...]

NEVER, YES, ANYTHING = range(3)
"""Whether an annotation lets `None` in: it says nothing of it, it names `None`, or it takes anything at all (`Any`, `object`)."""

UNION, OPTIONAL, STRING = range(3)
"""How `None` is added: `X | None`, `Optional[X]`, or inside an annotation that is a string."""

_DEEPEST = 8
_LITERAL = re.compile(r"""([uU]?)("{3}|'{3}|"|')([^\\]*)\2\Z""", re.DOTALL)
_CLASSES = frozenset({
    "list", "dict", "set", "frozenset", "tuple", "str", "bytes", "bytearray", "int", "float", "bool", "complex", "type", "range", "slice",
    "memoryview",
})  # fmt: skip
_CLASS_MODULES = frozenset({"typing", "typing_extensions", "collections", "collections.abc", "array", "datetime", "types"})


class Widened(Struct, frozen=True):
    """What to write for an annotation to let `None` in too.

    Attributes:
        kind: UNION, OPTIONAL or STRING.
        text: for OPTIONAL how `Optional` is spelled in the file, for STRING the whole new literal.
        imports: names that must be imported for it, as (module, name).
    """

    kind: int
    text: str = ""
    imports: Imports = ()


def lets_none_in(annotation: ast.expr, module: Module, depth: int = 0) -> int:
    """NEVER, YES or ANYTHING; aliases of the file and strings are looked into."""
    if depth > _DEEPEST:
        return NEVER
    match annotation:
        case ast.Constant(value=None):
            return YES
        case ast.Constant(value=str(text)):
            parsed = _parsed(text)
            return lets_none_in(parsed, module, depth + 1) if parsed is not None else NEVER
        case ast.BinOp(op=ast.BitOr()):
            return max(lets_none_in(annotation.left, module, depth + 1), lets_none_in(annotation.right, module, depth + 1))
        case ast.Subscript():
            return _subscripted(annotation, module, depth)
        case ast.Name() | ast.Attribute():
            return _named(annotation, module, depth)
        case _:
            return NEVER


def _subscripted(annotation: ast.Subscript, module: Module, depth: int) -> int:
    parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    match last_name(annotation.value):
        case "Optional":
            return YES
        case "Union":
            return max((lets_none_in(part, module, depth + 1) for part in parts), default=NEVER)
        case "Annotated" | "Final":
            return lets_none_in(parts[0], module, depth + 1)
        case _:
            return NEVER


def _named(annotation: ast.Name | ast.Attribute, module: Module, depth: int) -> int:
    last = last_name(annotation)
    if last in ("Any", "object"):
        return ANYTHING
    if last == "NoneType":
        return YES
    if isinstance(annotation, ast.Name) and annotation in module.names.scope_of:
        alias = _alias(annotation, module)
        return lets_none_in(alias, module, depth + 1) if alias is not None else NEVER
    return NEVER


def _alias(name: ast.Name, module: Module) -> ast.expr | None:
    """`Rows = Optional[list]` and `type Rows = list | None`: what the name stands for, if it is bound once in the file."""
    bindings = module.bindings(name.id, name)
    if len(bindings) != 1 or bindings[0].kind != "assign":
        return None
    value = bindings[0].value or getattr(bindings[0].statement, "value", None)
    return value if isinstance(value, ast.expr) else None


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def widened(annotation: ast.expr, module: Module) -> Widened | None:
    """The annotation with `None` added as the target and the file's own habit ask for it; `None` where it is no type that could take it."""
    if not is_type(annotation, module):
        return None
    if isinstance(annotation, ast.Constant):
        return _widened_string(annotation, module)
    if not postponed(module) and (module.target < (3, 10) or not _is_class(annotation, module)):
        return _with_optional(annotation, module)
    return (_with_optional(annotation, module) if writes_optional(module) else None) or Widened(UNION)


def is_type(annotation: ast.expr, module: Module, depth: int = 0) -> bool:
    """Whether an annotation has the form of a type: a name, a subscript, a union, a string; of a name, what it stands for in the file."""
    match annotation:
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return all(is_type(side, module, depth) or (isinstance(side, ast.Constant) and side.value is None) for side in (left, right))
        case ast.Name(id=name) if depth < _DEEPEST:
            if any(one.kind in ("parameter", "for") for one in module.bindings(name, annotation)) or name == "NotImplemented":
                return False
            alias = _alias(annotation, module)  # `Rows = list[int]`, `T = TypeVar("T")`, but not `Kinds = (int, str)`
            return alias is None or isinstance(alias, ast.Call) or is_type(alias, module, depth + 1)
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Constant(value=str()):
            return True
        case _:
            return False


def _with_optional(annotation: ast.expr, module: Module) -> Widened | None:
    """`Optional[…]` as it can be written where the annotation stands; `None` where its name is taken for something else."""
    of_modules = (f"{name}.Optional" for name in module.names.module.bindings)
    for name in ("Optional", "typing.Optional", *of_modules):
        if _imported(name, annotation, module):
            return Widened(OPTIONAL, name)
    if module.bindings("Optional", annotation):
        return None
    return Widened(OPTIONAL, "Optional", (("typing", "Optional"),))


def _imported(name: str, at: ast.expr, module: Module) -> bool:
    """Whether a dotted name means that member of `typing` where `at` stands."""
    root, _, member = name.partition(".")
    bindings = module.bindings(root, at)
    wanted = {"typing"} if member else {"typing.Optional", "typing_extensions.Optional"}
    return bool(bindings) and all(_full_name(binding) in wanted for binding in bindings)


def _full_name(binding: Binding) -> str:
    match binding.node, binding.statement:
        case ast.alias(name=name), ast.Import():
            return name
        case ast.alias(name=name), ast.ImportFrom(module=str(origin), level=0):
            return f"{origin}.{name}"
    return ""


def _widened_string(annotation: ast.Constant, module: Module) -> Widened | None:
    """`"list[int]"` becomes `"list[int] | None"`; the quotes stay. Strings of several parts or with escapes are left to people."""
    match = _LITERAL.match(module.segment(annotation))
    if match is None or _parsed(match[3]) is None or match[3] != match[3].strip():
        return None
    prefix, quote, content = match.groups()
    if not writes_optional(module):
        return Widened(STRING, f"{prefix}{quote}{content} | None{quote}")
    form = _with_optional(annotation, module)
    return None if form is None else Widened(STRING, f"{prefix}{quote}{form.text}[{content}]{quote}", form.imports)


def postponed(module: Module) -> bool:
    """Whether annotations of the file are not evaluated: in a stub, or by `from __future__ import annotations`."""
    if module.filename.endswith(".pyi"):
        return True
    for statement in module.tree.body:  # in front of everything but a docstring, and no further is looked
        match statement:
            case ast.ImportFrom(module="__future__", names=names):
                if any(alias.name == "annotations" for alias in names):
                    return True
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                return False
    return False


def _is_class(annotation: ast.expr, module: Module) -> bool:
    """Whether `annotation | None` certainly works when it is evaluated: not for a function such as `any` or `np.array`, or a string."""
    match annotation:
        case ast.BinOp():
            return True  # it works already
        case ast.Subscript():
            return last_name(annotation.value) != ""
        case ast.Name() | ast.Attribute():
            origin = module.origin(annotation)
            root, _, name = (origin or "").rpartition(".")
            if root == "builtins":
                return name in _CLASSES or name[:1].isupper()
            if root in _CLASS_MODULES:
                return True
            if isinstance(annotation, ast.Name) and (alias := _alias(annotation, module)) is not None:
                return not isinstance(alias, ast.Constant)
            return last_name(annotation)[:1].isupper()
        case _:
            return False


_HABITS: WeakKeyDictionary[Module, bool] = WeakKeyDictionary()


def writes_optional(module: Module) -> bool:
    """Whether the file's habit is `Optional[X]` and `Union[X, Y]`: it uses one of them and nowhere writes `X | None`."""
    known = _HABITS.get(module)
    if known is None:
        known = _HABITS[module] = _find_habit(module)
    return known


def _find_habit(module: Module) -> bool:
    used = False
    for node in module.names.nodes(ast.Subscript, ast.BinOp):
        match node:
            case ast.Subscript(value=ast.Name() | ast.Attribute() as base) if last_name(base) in ("Optional", "Union"):
                used = True
            case ast.BinOp(op=ast.BitOr(), right=ast.Constant(value=None)) | ast.BinOp(op=ast.BitOr(), left=ast.Constant(value=None)):
                return False
    return used
