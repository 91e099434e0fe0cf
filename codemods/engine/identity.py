"""What a site is called from one run to the next: by its rule, its file, what it stands in, and which of its kind it is there.

Lines are not in it, so that a change further up in the file does not rename every site below.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from codemods.engine import syntax
from codemods.engine.decode import Undecodable, decode
from codemods.model.outcome import Diagnostic, Place

_Scope = tuple[int, int, str]


def identities(data: bytes, path: str, diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """The ids of a file's sites, 16 hexadecimal digits each, in the order given.

    Args:
        data: the file as read.
        path: what the file is called in its repository, with `/` between folders.
        diagnostics: all sites of the file: which of its kind one is, is counted among them. Two of one rule at one place are one site.
    """
    scopes = list(_scopes(data))
    counted: dict[tuple[str, str], int] = {}
    known: dict[Place, str] = {}
    for place in sorted({one.place for one in diagnostics}, key=_order):
        scope = _innermost(scopes, place.line)
        number = counted[place.rule, scope] = counted.get((place.rule, scope), 0) + 1
        said = "\0".join((place.rule, path, scope, str(number)))
        known[place] = blake2b(said.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return tuple(known[one.place] for one in diagnostics)


def _order(place: Place) -> tuple[int, int, int, int, str]:
    return place.line, place.column, place.end_line, place.end_column, place.rule


def _scopes(data: bytes) -> Iterator[_Scope]:
    """The lines that each function and class takes up, decorators apart, with its qualified name; what holds another comes before it."""
    try:
        tree = syntax.parse(decode(data).text)
    except (Undecodable, syntax.Unreadable):
        return
    pending: list[tuple[ast.AST, str]] = [(tree, "")]
    while pending:
        node, name = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{name}.{node.name}" if name else node.name
            yield node.lineno, node.end_lineno or node.lineno, name
        pending.extend((child, name) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr))


def _innermost(scopes: Sequence[_Scope], line: int) -> str:
    """The qualified name of what `line` stands in; empty for a module's own lines."""
    around = [scope for scope in scopes if scope[0] <= line <= scope[1]]
    return max(around, key=lambda scope: (scope[0], -scope[1]))[2] if around else ""
