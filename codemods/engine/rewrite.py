"""A site's text through LibCST: cut, parse, transform, print. Imported when the first site is rewritten, since LibCST is slow to load.

An expression is parsed in parentheses, which are taken off again. A statement that is indented is parsed below a line `if 1:`, which is
taken off again; dedenting it would change what stands in its triple-quoted strings. Of an `elif` the first two letters are set aside.
What `rewrite` leaves as it is comes out byte for byte.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import libcst
from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.text.layout import indent_step
from codemods.engine.find import Found
from codemods.engine.landing import Unwritable
from codemods.model.verdict import Refusal

TOO_DEEP = Refusal("too-deep", "the expression at line {line} is nested too deeply to be rewritten")
UNREAD = Refusal("unread", "LibCST cannot read what stands at line {line}: {cause}")
ELIF = Refusal("elif", "the `elif` at line {line} can only become another `elif`")

Imports = tuple[tuple[str, str], ...]

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Layout(Struct, frozen=True):
    """How the file is laid out, for what a rule adds: its line ends and its step of indentation."""

    newline: str
    indent: str

    @property
    def config(self) -> libcst.PartialParserConfig:
        return _config(self.newline, self.indent)


@lru_cache(maxsize=64)
def _config(newline: str, indent: str) -> libcst.PartialParserConfig:
    """Making one takes three times as long as parsing a fragment: LibCST reads its own version out of a string anew each time."""
    return libcst.PartialParserConfig(default_newline=newline, default_indent=indent)


def layout_of(module: Module) -> Layout:
    """The layout of a file, from its first line end and its first indented block."""
    newline = _NEWLINE.search(module.text)
    return Layout(newline[0] if newline else "\n", indent_step(module))


def rewrite(found: Found, module: Module, layout: Layout) -> tuple[str, Imports]:
    """The text that is to stand in place of the site's, and the names to import for it.

    Raises `Unwritable` where LibCST cannot read the text, and whatever the rule's `rewrite` raises.
    """
    text = module.text[found.start : found.end]
    if isinstance(found.site.anchor, ast.Slice | ast.Starred):
        raise TypeError(f"a {type(found.site.anchor).__name__} cannot stand alone, and so be no anchor")
    try:
        if isinstance(found.site.anchor, ast.stmt):
            return _statement(found, module, text, layout)
        return _expression(found, text, layout)
    except RecursionError as error:
        raise Unwritable(TOO_DEEP(line=found.site.anchor.lineno)) from error


def _parsed(parser: Callable[[str, libcst.PartialParserConfig], Any], text: str, line: int, layout: Layout) -> Any:
    try:
        return parser(text, layout.config)
    except libcst.ParserSyntaxError as error:
        raise Unwritable(UNREAD(line=line, cause=error.message.splitlines()[0])) from error


def _expression(found: Found, text: str, layout: Layout) -> tuple[str, Imports]:
    node = _parsed(libcst.parse_expression, f"({text})", found.site.anchor.lineno, layout)
    bare = node.with_changes(lpar=node.lpar[1:], rpar=node.rpar[:-1])
    new, imports = _result(found.named.rule.rewrite(bare, found.site.plan))
    if len(new) != 1:
        raise TypeError("an expression is to be replaced by one expression")
    printer = libcst.Module([], default_indent=layout.indent, default_newline=layout.newline)
    return printer.code_for_node(new[0]), imports


def _statement(found: Found, module: Module, text: str, layout: Layout) -> tuple[str, Imports]:
    line = module.lines.starts[module.lines.line(found.start) - 1]
    before = module.text[line : found.start]
    # A form feed sets the column back to nothing, for Python; LibCST would take it as indentation.
    indent = before if not before.strip(" \t\f") and before.rpartition("\f")[2] else ""
    head = f"if 1:{layout.newline}{indent}" if indent else ""
    cut = "el" if text.startswith("elif") and isinstance(found.site.anchor, ast.If) else ""
    tree = _parsed(libcst.parse_module, head + text[len(cut) :], found.site.anchor.lineno, layout)
    if not _NEWLINE.search(head + text):
        # LibCST takes line ends from the text it reads; a single line has none to take.
        tree = tree.with_changes(default_newline=layout.newline)
    block = tree.body[0].body if head else tree
    nodes = tuple(block.body)
    if found.site.until is None and len(nodes) != 1:
        raise ValueError("the anchor's text is not one statement")
    new, imports = _result(found.named.rule.rewrite(nodes[0] if found.site.until is None else nodes, found.site.plan))
    changed = block.with_changes(body=new)
    if head:
        changed = tree.with_changes(body=[tree.body[0].with_changes(body=changed)])
    code = changed.code
    if not code.startswith(head):
        raise ValueError("the new statement starts with another indentation")
    code = cut + code[len(head) :]
    if cut and not code.startswith("elif"):
        raise Unwritable(ELIF(line=found.site.anchor.lineno))
    return code, imports


def _result(result: Any) -> tuple[Sequence[Any], Imports]:
    """What a rule's `rewrite` may return: a node, several statements as a `FlattenSentinel`, or either with the names to import."""
    imports: Imports = ()
    if isinstance(result, tuple):
        result, imports = result
    if isinstance(result, libcst.FlattenSentinel):
        return list(result), tuple(imports)
    if not isinstance(result, libcst.CSTNode):
        raise TypeError(f"`rewrite` returned {type(result).__name__}, not a node")
    return [result], tuple(imports)
