"""Where things stand: the one file that converts between lines, UTF-8 columns and characters.

`ast` counts columns in UTF-8 bytes, the rest of pyfix in characters of the decoded text. Lines end at LF, CRLF and CR only, as the
tokenizer sees them (never `str.splitlines`, which also splits at form feeds and U+2028).
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of a text, for converting positions. Lines and columns handed out are 1-based; offsets are characters from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            self.starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
        else:
            self.starts = list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))

    def offset(self, line: int, utf8_column: int) -> int:
        """The character offset of `ast`'s position: 1-based line, 0-based column in UTF-8 bytes."""
        start = self.starts[line - 1]
        stop = self.starts[line] if line < len(self.starts) else len(self.text)
        content = self.text[start:stop]
        if content.isascii():
            return start + utf8_column
        return start + len(content.encode("utf-8", "surrogatepass")[:utf8_column].decode("utf-8", "surrogatepass"))

    def line(self, offset: int) -> int:
        """The 1-based line that holds the character at `offset`."""
        return bisect_right(self.starts, offset)

    def column(self, offset: int) -> int:
        """The 1-based column, in characters, of the character at `offset`."""
        return offset - self.starts[self.line(offset) - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a 1-based line without its line end."""
        start = self.starts[line - 1]
        stop = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.text[start:stop].rstrip("\r\n")

    def span(self, node: ast.AST) -> tuple[int, int]:
        """The half-open character span of a node that has a position. A decorated definition starts at its `def` or `class`."""
        start = self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]
        return start, self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The direct children of a node in the order in which their text stands in the file.

    `ast`'s field order differs for conditional expressions, dict displays, parameters with defaults, definitions with decorators,
    calls whose keywords stand before starred arguments, and mapping patterns.
    """
    match node:
        case ast.IfExp():
            return iter((node.body, node.test, node.orelse))
        case ast.Dict():
            return (part for pair in zip(node.keys, node.values, strict=True) for part in pair if part is not None)
        case ast.Call():
            return iter((node.func, *_by_position([*node.args, *node.keywords])))
        case ast.arguments():
            return _parameters(node)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts: list[ast.AST] = [*node.decorator_list, *getattr(node, "type_params", ()), node.args]
            return iter([*parts, *([node.returns] if node.returns else ()), *node.body])
        case ast.ClassDef():
            arguments = _by_position([*node.bases, *node.keywords])
            return iter([*node.decorator_list, *getattr(node, "type_params", ()), *arguments, *node.body])
        case ast.MatchMapping():
            return (part for pair in zip(node.keys, node.patterns, strict=True) for part in pair)
        case _:
            return ast.iter_child_nodes(node)


def _by_position(nodes: list[ast.expr | ast.keyword]) -> list[ast.expr | ast.keyword]:
    """Arguments in source order: only a starred argument may stand behind a keyword (`f(a=1, *b)`)."""
    if all(isinstance(node, ast.keyword) for node in nodes):
        return nodes
    return sorted(nodes, key=lambda node: (node.lineno, node.col_offset))


def _parameters(node: ast.arguments) -> Iterator[ast.AST]:
    positional = [*node.posonlyargs, *node.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(node.defaults))
    defaults.extend(node.defaults)
    for argument, default in zip(positional, defaults, strict=True):
        yield argument
        if default is not None:
            yield default
    if node.vararg:
        yield node.vararg
    for argument, kw_default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        yield argument
        if kw_default is not None:
            yield kw_default
    if node.kwarg:
        yield node.kwarg


def in_source_order(root: ast.AST) -> Iterator[ast.AST]:
    """`root` and everything below it, parents before children, siblings as they stand in the file.

    LibCST visits its nodes in the same order, so the n-th `Subscript` here is the n-th `Subscript` there. That is how a site's plan
    names nodes to `rewrite`: positions would not do, because CPython 3.11 reports wrong ones inside f-strings.
    """
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))
