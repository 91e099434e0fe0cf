"""Every place of a file where an identifier stands as a name, with the node and the variable it belongs to.

`ast` tells no position for some names (imports, `global`, keyword patterns) and wrong ones in f-strings on Python 3.11. So the names are
taken from the tree in source order and paired with the identifiers that stand in the text outside of strings and comments.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.names.scopes import Variable, mangled
from codemods.analysis.text.lexing import Comment, Field, String, scan
from codemods.analysis.text.positions import children

_IDENTIFIER = re.compile(r"(?<!\w)[^\W\d]\w*")


class Mention(Struct, frozen=True):
    """A name in the text: characters [start, end).

    Attributes:
        kind: name, parameter, definition, typeparam, imported (`from m import x`, the name in m), alias (behind `as`), dotted (a part of
            a module's path), handler, pattern, declaration (`global`, `nonlocal`), keyword (of a call), attribute, member (`C(x=…)` in a
            pattern).
        echoed: it stands in a field such as `{x=}`, which prints its own text.
    """

    start: int
    end: int
    kind: str
    node: ast.AST
    echoed: bool


def mentions(module: Module, name: str) -> list[Mention] | None:
    """All mentions of `name`, by position; `None` where text and tree cannot be brought together."""
    named = [(kind, node) for kind, node, one in _named(module.tree) if one == name]
    found = [one for one in _identifiers(module.text) if unicodedata.normalize("NFKC", module.text[one[0] : one[1]]) == name]
    if len(named) != len(found):
        return None
    return [Mention(start, end, kind, node, echoed) for (kind, node), (start, end, echoed) in zip(named, found, strict=True)]


def variable_of(mention: Mention, name: str, module: Module) -> Variable | None:
    """The variable that a mention stands for; `None` for attributes, keywords and builtins."""
    node = mention.node
    match mention.kind:
        case "name":
            assert isinstance(node, ast.Name)
            return module.variable(node)
        case "parameter":
            scope = module.scope(module.names.parents[node])
        case "definition" | "handler" | "pattern" | "declaration" | "alias" | "typeparam":
            scope = module.scope(node)
        case "imported" if isinstance(node, ast.alias) and node.asname is None:
            scope = module.scope(node)
        case "dotted" if isinstance(node, ast.alias) and node.asname is None and node.name.partition(".")[0] == name:
            scope = module.scope(node)
        case _:
            return None
    key = mangled(name, scope)
    owner = scope.owner(key)
    return (owner, key) if owner is not None else None


def _named(root: ast.AST) -> Iterator[tuple[str, ast.AST, str]]:
    """The names of a tree in the order in which they stand in the text."""
    stack: list[ast.AST | tuple[str, ast.AST, str]] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            yield node
        else:
            stack.extend(reversed(_parts(node)))


def _parts(node: ast.AST) -> list[ast.AST | tuple[str, ast.AST, str]]:
    match node:
        case ast.Name(id=name):
            return [("name", node, name)]
        case ast.arg(arg=name):
            return [("parameter", node, name), *children(node)]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            decorators = len(node.decorator_list)
            below = list(children(node))
            return [*below[:decorators], ("definition", node, node.name), *below[decorators:]]
        case ast.Attribute(value=value, attr=name):
            return [value, ("attribute", node, name)]
        case ast.keyword(arg=str(name), value=value):
            return [("keyword", node, name), value]
        case ast.Import() | ast.ImportFrom():
            return _imported(node)
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return [("declaration", node, name) for name in names]
        case ast.ExceptHandler(type=caught, name=str(name), body=body):
            return [*([caught] if caught else []), ("handler", node, name), *body]
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            return [*children(node), ("pattern", node, name)]
        case ast.MatchClass():
            pairs = zip(node.kwd_attrs, node.kwd_patterns, strict=True)
            members = [part for name, pattern in pairs for part in (("member", node, name), pattern)]
            return [node.cls, *node.patterns, *members]
        case _ if type(node).__name__ in ("TypeVar", "ParamSpec", "TypeVarTuple"):
            return [("typeparam", node, node.name), *children(node)]  # type: ignore[attr-defined]
        case _:
            return list(children(node))


def _imported(node: ast.Import | ast.ImportFrom) -> list[ast.AST | tuple[str, ast.AST, str]]:
    parts: list[ast.AST | tuple[str, ast.AST, str]] = []
    if isinstance(node, ast.ImportFrom):
        parts.extend(("path", node, one) for one in (node.module or "").split("."))
    for alias in node.names:
        kind = "imported" if isinstance(node, ast.ImportFrom) else "dotted"
        parts.extend((kind, alias, one) for one in alias.name.split("."))
        if alias.asname:
            parts.append(("alias", alias, alias.asname))
    return parts


def _identifiers(text: str) -> Iterator[tuple[int, int, bool]]:
    """The identifiers (keywords too) outside of strings and comments, those in the fields of f-strings included."""
    yield from _between(text, 0, len(text), list(scan(text)), False)


def _between(text: str, start: int, end: int, inner: list[Comment | String], echoed: bool) -> Iterator[tuple[int, int, bool]]:
    for one in [*inner, None]:
        stop = end if one is None else one.start
        yield from ((match.start(), match.end(), echoed) for match in _IDENTIFIER.finditer(text, start, stop))
        if isinstance(one, String):
            for field in sorted(one.fields, key=lambda field: field.start):
                parts: list[Comment | String] = [*field.comments, *field.strings]
                parts.sort(key=lambda part: part.start)
                yield from _between(text, field.start, field.end, parts, echoed or _echoes(text, field))
            start = one.end
        elif one is not None:
            start = one.start + len(one.text)


def _echoes(text: str, field: Field) -> bool:
    """Whether a field prints its own text: `{x=}`, `{x = !r}`."""
    words = text[field.start : field.end].rstrip()
    return words.endswith("=") and words[-2:-1] not in ("=", "!", "<", ">")
