"""Applies a verdict's remedies to a text, without understanding it: so much must a remedy say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from codemods.model.verdict import Remedy


class NotMechanical(Exception):
    """The remedy is for people."""


def applied(text: str, remedies: Iterable[Remedy]) -> str:
    """The text with all remedies done, from its end to its start, so that lines keep their numbers. Raises `NotMechanical`."""
    renames = [remedy for remedy in remedies if remedy.kind == "rename"]
    for remedy in renames:
        text = _renamed(text, remedy)
    for remedy in sorted([one for one in remedies if one.kind != "rename"], key=lambda one: (one.line, one.kind == "test"), reverse=True):
        text = _applied(text, remedy)
    return text


def _applied(text: str, remedy: Remedy) -> str:
    lines = text.split("\n")
    match remedy.kind:
        case "annotate":
            lines[remedy.line - 1] = _annotated(text, lines, remedy)
        case "return":
            lines[remedy.line - 1] = re.sub(r"\)\s*:(?!.*\)\s*:)", f") -> {remedy.text}:", lines[remedy.line - 1], count=1)
        case "test":
            line = lines[remedy.line - 1]
            indent = line[: len(line) - len(line.lstrip())]
            lines.insert(remedy.line - 1, f"{indent}assert isinstance({remedy.name}, {remedy.text})")
        case _:
            raise NotMechanical(str(remedy))
    return "\n".join(lines)


def _renamed(text: str, remedy: Remedy) -> str:
    """The text with another name for the parameter, or for a comprehension's variable, that is bound at the remedy's line."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                bound = [one for one in ast.walk(node.args) if isinstance(one, ast.arg) and one.lineno == remedy.line]
                if found := [one for one in bound if one.arg == remedy.name]:
                    return _replaced(text, remedy, [*found, *(used for part in node.body for used in _names(part, remedy.name))])
            case ast.ListComp(generators=[first, *_]) | ast.SetComp(generators=[first, *_]) | ast.DictComp(generators=[first, *_]):
                targets = [one for clause in node.generators for one in _names(clause.target, remedy.name)]
                if any(one.lineno == remedy.line for one in targets):
                    outer = _names(first.iter, remedy.name)  # evaluated before the comprehension has a variable
                    return _replaced(text, remedy, [one for one in _names(node, remedy.name) if one not in outer])
            case _:
                pass
    raise AssertionError(f"there is nothing to rename for: {remedy}")


def _names(node: ast.AST, name: str) -> list[ast.Name]:
    return [one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == name]


def _replaced(text: str, remedy: Remedy, nodes: Iterable[ast.Name | ast.arg]) -> str:
    lines = text.encode().split(b"\n")
    for node in sorted(nodes, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        line, start = lines[node.lineno - 1], node.col_offset
        assert line[start:].startswith(remedy.name.encode())
        lines[node.lineno - 1] = line[:start] + remedy.text.encode() + line[start + len(remedy.name.encode()) :]
    return b"\n".join(lines).decode()


def _annotated(text: str, lines: list[str], remedy: Remedy) -> str:
    """The remedy's line with the annotation, in the place of one that is there."""
    line = lines[remedy.line - 1]
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.arg(arg=remedy.name, annotation=said) if node.lineno == remedy.line:
                end = said.end_col_offset if said is not None else node.end_col_offset
                assert end is not None
                data = line.encode()
                start = node.col_offset + len(node.arg.encode())
                return (data[:start] + f": {remedy.text}".encode() + data[end:]).decode()
            case ast.Assign(targets=[target]) if target.lineno == remedy.line and ast.unparse(target) == remedy.name:
                data = line.encode()
                assert target.end_col_offset is not None
                return (data[: target.end_col_offset] + f": {remedy.text}".encode() + data[target.end_col_offset :]).decode()
            case _:
                pass
    raise AssertionError(f"there is nothing to annotate for: {remedy}")
