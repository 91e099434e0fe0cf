"""What a tool changed in a tree of sources, counted in the same manner for every tool.

A *place* is a statement of the old file that another stands for in the new one; of a compound statement, its header alone, as its body is
looked into. So a loop that became a comprehension is one place, and so is a default that became None: lines that were only put in or only
taken out belong to the place next to them, and count for nothing. Layout, quotes and comments make no place.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


@dataclass(slots=True)
class Changes:
    """Counts over a tree.

    Attributes:
        kinds: changed places: `f-string`, `super`, or `other`.
        files: files that differ.
        unparsable: files that could be parsed and cannot be any more, relative to the tree.
        comments: comments that were there and are not.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    files: int = 0
    unparsable: list[str] = field(default_factory=list)
    comments: int = 0

    @property
    def places(self) -> int:
        return self.kinds.total()


def tree(original: Path, copy: Path) -> Changes:
    """What is different in `copy`, in Python files that can be parsed in `original`."""
    found = Changes()
    for path in sorted(original.rglob("*.py")):
        name = path.relative_to(original)
        old, new = path.read_bytes(), (copy / name).read_bytes()
        if old == new or not _parses(old):
            continue
        found.files += 1
        if not _parses(new):
            found.unparsable.append(name.as_posix())
            continue
        found.kinds.update(places(old, new))
        found.comments += (comments(old) - comments(new)).total()
    return found


def places(old: bytes, new: bytes) -> Iterator[str]:
    """The kind of each changed place."""
    yield from _compared(ast.parse(old).body, ast.parse(new).body)


def comments(source: bytes) -> Counter[str]:
    """The comments of a file that can be parsed."""
    return Counter(token.string for token in tokenize.tokenize(io.BytesIO(source).readline) if token.type == tokenize.COMMENT)


def _parses(source: bytes) -> bool:
    try:
        ast.parse(source)
        comments(source)
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        return False
    return True


def _compared(old: list[ast.AST] | list[ast.stmt], new: list[ast.AST] | list[ast.stmt]) -> Iterator[str]:
    matcher = SequenceMatcher(None, [ast.dump(node) for node in old], [ast.dump(node) for node in new], autojunk=False)
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "replace":
            yield from _replaced(list(old[i:j]), list(new[k:m]))


def _replaced(old: list[ast.AST], new: list[ast.AST]) -> Iterator[str]:
    """The places of a run of statements in which no statement stayed as it was."""
    if len(old) != len(new):
        # Pairs of one type and one header are the same statement with another body; what is left between such pairs is compared in order.
        matcher = SequenceMatcher(None, [_identity(node) for node in old], [_identity(node) for node in new], autojunk=False)
        for operation, i, j, k, m in matcher.get_opcodes():
            if operation != "delete" and operation != "insert":
                yield from _paired(old[i:j], new[k:m])
        return
    yield from _paired(old, new)


def _paired(old: list[ast.AST], new: list[ast.AST]) -> Iterator[str]:
    for one, other in zip(old, new, strict=False):
        if type(one) is not type(other):
            yield _kind(one, other)
            continue
        if ast.dump(_header(one)) != ast.dump(_header(other)):
            yield _kind(_header(one), _header(other))
        for block in BLOCKS:
            yield from _compared(_block(one, block), _block(other, block))


def _identity(node: ast.AST) -> str:
    """What tells a statement from its neighbours, whatever happened to its inside."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return f"{type(node).__name__} {name}"
        case ast.Assign(targets=[target, *_]):
            return f"Assign {ast.dump(target)}"
        case _:
            return type(node).__name__


def _block(node: ast.AST, name: str) -> list[ast.AST]:
    found = getattr(node, name, [])
    return found if isinstance(found, list) else []


def _header(node: ast.AST) -> ast.AST:
    """The node without the blocks inside it."""
    fields = {name: [] if name in BLOCKS and isinstance(value, list) else value for name, value in ast.iter_fields(node)}
    return type(node)(**fields)


def _kind(old: ast.AST, new: ast.AST) -> str:
    if _fstrings(old) != _fstrings(new):
        return "f-string"
    return "super" if _super_arguments(old) != _super_arguments(new) else "other"


def _fstrings(node: ast.AST) -> Counter[str]:
    return Counter(ast.dump(inner) for inner in ast.walk(node) if isinstance(inner, ast.JoinedStr))


def _super_arguments(node: ast.AST) -> int:
    calls = (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return sum(len(call.args) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "super")
