"""Text to `ast`, and the reason in one line where the running Python cannot read it."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from bisect import bisect_right
from collections.abc import Callable, Sequence
from copy import copy
from itertools import accumulate

from codemods.analysis.text.positions import Lines
from codemods.engine.formatted import newer_than_311

_NEWER = (
    ((3, 12), re.compile(r"\s*(?:(?:async\s+)?def|class)\s+\w+\s*\[")),
    ((3, 12), re.compile(r"\s*type\s+\w+\s*(?:\[[^\]]*\]\s*)?=")),
    ((3, 14), re.compile(r"""(?:.*\W)?(?:t|tr|rt)["']""", re.IGNORECASE)),
    ((3, 14), re.compile(r"\s*except\*?\s+[\w.]+\s*,\s*[\w.,\s]+:")),
)


class Unreadable(ValueError):
    """The text does not parse. `line` is 1-based, 0 where there is none; `cause` is one line."""

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(cause)
        self.line = line
        self.cause = cause


def parse(text: str) -> ast.Module:
    """The tree of a text. Raises `Unreadable`. Warnings about the text (odd escapes) are its author's business, not shown here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        line = error.lineno or 0
        raise Unreadable(line, _cause(text, line, error)) from error
    except (RecursionError, MemoryError) as error:
        raise Unreadable(0, "is nested too deeply for Python's own parser") from error
    except ValueError as error:
        raise Unreadable(0, " ".join(str(error).split())) from error


def compiles(text: str) -> str | None:
    """Why the compiler, which catches more than the parser does, refuses the text; `None` where it takes it."""
    fault = uncompilable(text)
    return None if fault is None else fault.cause


def uncompilable(text: str) -> Unreadable | None:
    """As `compiles`, with the line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<text>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return Unreadable(error.lineno or 0, error.msg)
    except (ValueError, RecursionError, MemoryError) as error:
        return Unreadable(0, " ".join(str(error).split()) or type(error).__name__)
    return None


def compiles_tree(tree: ast.Module) -> bool:
    """Whether the compiler takes a tree."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(tree, "<text>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def outline(tree: ast.Module, lines: Sequence[tuple[int, int]]) -> ast.Module:
    """What of a tree the compiler has to be asked about, given that it took the tree before statements on `lines` changed.

    `lines`: stretches of lines, 1-based, the first and the last one of each. Functions and classes of which no line changed are there
    without their bodies, so that compiling takes as long as what changed is large. What can be wrong in them hangs on nothing outside:
    a function in a module or a class has no variable of a function around it, which a `nonlocal` could want, and `global` speaks of
    nothing but the function that it stands in.
    """
    ordered = sorted(lines)
    starts = [first for first, _ in ordered]
    ends = list(accumulate((last for _, last in ordered), max))

    def touched(first: int, last: int) -> bool:
        """Whether a stretch that starts by `last` ends at `first` or behind it."""
        before = bisect_right(starts, last)
        return before > 0 and ends[before - 1] >= first

    return ast.Module([_outline(statement, touched) for statement in tree.body], tree.type_ignores)


def _outline(statement: ast.stmt, touched: Callable[[int, int], bool]) -> ast.stmt:
    """The statement, with `pass` in the place of what stands in functions and classes between the changed lines."""
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement
    first = min([statement.lineno, *(one.lineno for one in statement.decorator_list)])
    if not touched(first, statement.end_lineno or first):
        body: list[ast.stmt] = [ast.copy_location(ast.Pass(), statement)]
    elif isinstance(statement, ast.ClassDef):
        body = [_outline(one, touched) for one in statement.body]
    else:
        return statement
    bare = copy(statement)
    bare.body = body
    return bare


def _cause(text: str, line: int, error: SyntaxError) -> str:
    version = _needs(text, line)
    if version is not None:
        return f"needs Python {version[0]}.{version[1]} to read; this is {sys.version_info[0]}.{sys.version_info[1]}"
    return f"cannot be parsed: {error.msg}"


def _needs(text: str, line: int, running: tuple[int, int] = sys.version_info[:2]) -> tuple[int, int] | None:
    """The Python that brought the construct on the line at fault, where it can be told and is newer than the running one."""
    lines = Lines(text)
    if not 0 < line <= len(lines.starts):
        return None
    content = lines.line_text(line)
    for version, pattern in _NEWER:
        if version > running and pattern.match(content):
            return version
    if running < (3, 12) and newer_than_311(text, lines, line):
        return (3, 12)
    return None
