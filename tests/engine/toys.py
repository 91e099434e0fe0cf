"""Small rules for the engine's tests, and a short way to run them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from codemods.analysis.module import Module
from codemods.engine.pipeline import process
from codemods.engine.registry import NamedRule
from codemods.model.outcome import Clean, Diagnostic, Fixed, Outcome
from codemods.model.rule import Rule, Site
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe, Unsafe, Verdict

Toys = Mapping[str, NamedRule]
BECAUSE = Safe("it is a toy")


def toy(
    name: str,
    visits: type[ast.AST] | tuple[type[ast.AST], ...],
    find: Callable[[Any, Module], Iterable[Site]],
    rewrite: Callable[[Any, Any], Any],
    triage: bytes = b"",
) -> NamedRule:
    kinds = visits if isinstance(visits, tuple) else (visits,)
    return NamedRule(name, "toys", "A toy.", Rule(triage, kinds, find, rewrite))


def book(*toys: NamedRule) -> dict[str, NamedRule]:
    return {one.name: one for one in toys}


def run(text: str | bytes, toys: Toys, *, named: bool = False, **settings: Any) -> Outcome:
    """Runs toys over a text, all of them."""
    data = text.encode() if isinstance(text, str) else text
    return process(data, Settings(tuple(toys), **settings), named=named, rules=toys)


def fixed(text: str | bytes, toys: Toys, **settings: Any) -> str:
    """The text that comes out, decoded; fails on defects and where nothing changes."""
    outcome = run(text, toys, **settings)
    assert isinstance(outcome, Fixed), outcome
    assert not outcome.defects
    return outcome.after.decode()


def sites(outcome: Outcome) -> list[tuple[int, int, str]]:
    """(line, column, what became of it) of each diagnostic."""
    assert isinstance(outcome, Clean | Fixed), outcome
    return [(one.line, one.column, _became(one)) for one in outcome.diagnostics]


def _became(one: Diagnostic) -> str:
    if one.fixed:
        return "fixed"
    return "suppressed" if one.suppressed else getattr(one.verdict, "code", "safe")


# --- d.keys() becomes d ---------------------------------------------------------------------------------------------------------------


def _keys(node: ast.Call, module: Module) -> Iterator[Site]:
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="keys"), args=[]):
            verdict: Verdict = BECAUSE
            if isinstance(value, ast.Name) and value.id.startswith("r"):
                verdict = Refused("read", f"`{value.id}` is read")
            elif isinstance(value, ast.Name) and value.id.startswith("u"):
                verdict = Unsafe("is-dict", f"`{value.id}` is a dict")
            yield Site(node, verdict)


KEYS = toy("keys", ast.Call, _keys, lambda node, plan: node.func.value, rb"\.keys\b")


# --- a + b becomes add(a, b), which takes as many passes as it is deep ----------------------------------------------------------------


def _add(node: ast.BinOp, module: Module) -> Iterator[Site]:
    if isinstance(node.op, ast.Add):
        yield Site(node, BECAUSE)


def _added(node: Any, plan: Any) -> Any:
    import libcst

    return libcst.Call(libcst.Name("add"), [libcst.Arg(node.left), libcst.Arg(node.right)])


ADD = toy("add", ast.BinOp, _add, _added, rb"\+")


# --- a bare `if 1:` becomes its body --------------------------------------------------------------------------------------------------


def _if_one(node: ast.If, module: Module) -> Iterator[Site]:
    match node:
        case ast.If(test=ast.Constant(value=1), orelse=[]):
            yield Site(node, BECAUSE)


def _body(node: Any, plan: Any) -> Any:
    import libcst

    return libcst.FlattenSentinel(node.body.body)


FLAT = toy("flat", ast.If, _if_one, _body, rb"if 1")


# --- a `for` without `else` gets one --------------------------------------------------------------------------------------------------


def _for(node: ast.For, module: Module) -> Iterator[Site]:
    if not node.orelse:
        yield Site(node, BECAUSE)


def _with_else(node: Any, plan: Any) -> Any:
    import libcst

    block = libcst.IndentedBlock([libcst.parse_statement("if done:\n    pass")])
    return node.with_changes(orelse=libcst.Else(block))


ELSE = toy("else", ast.For, _for, _with_else, rb"for")


# --- names, one for one ---------------------------------------------------------------------------------------------------------------


def renaming(name: str, old: str, new: str) -> NamedRule:
    """`old` becomes the expression `new`."""

    def find(node: ast.Name, module: Module) -> Iterator[Site]:
        if node.id == old and isinstance(node.ctx, ast.Load):
            yield Site(node, BECAUSE)

    def rewrite(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.parse_expression(new)

    return toy(name, ast.Name, find, rewrite, old.encode())
