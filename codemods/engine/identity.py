"""Names for sites that stay the same while the file around them changes: for baselines, for fingerprints, and to hold single sites back.

A site's id is a digest of four things:

* its rule;
* the function or class that it stands in, as `__qualname__` has it;
* how it is spelled in the file as read (the span that is reported, for a loop its header), without spaces, line ends and comments;
* how many sites of the same rule, function and spelling stand before it.

So it does not change when lines move, when the file is formatted anew, when another rule is selected or what is not proved becomes
proved; it changes when the site's own code does, or the name of what it stands in. It does not hold the file's path: it is unique within
its file, and whoever speaks of several files adds the path, relative to what stays (`model.outcome.fingerprint`).
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from codemods.analysis.text.positions import Lines

_COMMENT = re.compile(r"#[^\r\n]*")
_BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")


class _Definition(Struct, frozen=True):
    """A function or class: its lines, its qualified name, and the index of the one around it, -1 for none."""

    first: int
    last: int
    name: str
    around: int


class Identities:
    """The ids of one file's sites. They are asked for in the order of the passes, and of position within a pass."""

    def __init__(self, tree: ast.Module, lines: Lines) -> None:
        self._lines = lines
        self._tree: ast.Module | None = tree
        self._outline: list[_Definition] = []
        self._starts: list[int] = []
        self._given: dict[tuple[str, int, int], str] = {}
        self._times: dict[tuple[str, str, str], int] = {}

    def of(self, rule: str, start: int, end: int) -> str:
        """The id of what `rule` sees at characters [start, end) of the file as read; the same each time."""
        known = self._given.get((rule, start, end))
        if known is None:
            known = self._given[rule, start, end] = self.another(rule, start, end)
        return known

    def another(self, rule: str, start: int, end: int) -> str:
        """An id that no site had yet, for a second one that `rule` sees at the same place: what a rewrite made of one may be another."""
        import hashlib

        spelling = "".join(_COMMENT.sub("", self._lines.text[start:end]).split())
        what = (rule, self.scope(start), spelling)
        ordinal = self._times[what] = self._times.get(what, -1) + 1
        return hashlib.sha256("\0".join([*what, str(ordinal)]).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def scope(self, start: int) -> str:
        """The qualified name of the innermost function or class around a character of the file as read; empty where there is none."""
        if self._tree is not None:  # most files have no site, and need no outline
            self._outline = list(_definitions(self._tree))
            self._starts = [one.first for one in self._outline]
            self._tree = None
        line = self._lines.line(start)
        at = bisect_right(self._starts, line) - 1
        while at >= 0 and self._outline[at].last < line:
            at = self._outline[at].around
        return self._outline[at].name if at >= 0 else ""


def _definitions(tree: ast.Module) -> Iterator[_Definition]:
    """The functions and classes, outer ones first, by position; iterative, since deep nesting must not end in RecursionError."""
    count = 0
    stack: list[tuple[ast.AST, str, int]] = [(tree, "", -1)]
    while stack:
        node, prefix, around = stack.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield _Definition(node.lineno, node.end_lineno or node.lineno, prefix + name, around)
                prefix, around = f"{prefix}{name}.{'' if isinstance(node, ast.ClassDef) else '<locals>.'}", count
                count += 1
        inner = [child for block in _BLOCKS for child in getattr(node, block, ())]
        stack.extend((child, prefix, around) for child in reversed(inner))
