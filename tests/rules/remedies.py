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
    for remedy in sorted(remedies, key=lambda one: (one.line, one.kind == "test"), reverse=True):
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
