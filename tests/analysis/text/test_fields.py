"""Nodes inside the replacement fields of f-strings."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.text.fields import f_string_around, shows_source


def parsed(text: str) -> tuple[Module, ast.Name]:
    """The file, and the first use of `x` in it."""
    module = Module(text, ast.parse(text))
    return module, next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "x")


@pytest.mark.parametrize("text", ["x", "'a' + x", "f'{y}' + x", "f(f'{y}', x)"])
def test_no_f_string_is_around(text: str) -> None:
    module, name = parsed(text)
    assert f_string_around(name, module) is None


@pytest.mark.parametrize("text", ["f'{x}'", "f'{f(x)}'", "'a' f'{x}' 'b'", "f'{y:{x}}'", "f\"{f'{x}'}\"", "f'''{(lambda: x)}'''"])
def test_the_outermost_f_string_is_around(text: str) -> None:
    module, name = parsed(f"print({text})")
    around = f_string_around(name, module)
    assert around is not None
    assert module.segment(around) == text


@pytest.mark.parametrize(
    "text", ["f'{x=}'", "f'{x = }'", "f'{f(x)=!r}'", "f'{x=:>9}'", "f'a {y} {x=}'", "f\"{f'{x=}'}\"", "f\"{f'{x}'=}\""]
)
def test_a_field_prints_its_source(text: str) -> None:
    module, name = parsed(text)
    assert shows_source(name, module, "x")


@pytest.mark.parametrize(
    "text", ["x", "f'{x}'", "f'x: {x}'", "f'y={x}'", "f'{y=} {x}'", "f'x {y=}{x}'", "f'{x:=>9}'", "f'{x == y}'", "f'{x!r}='"]
)
def test_a_field_does_not_print_its_source(text: str) -> None:
    module, name = parsed(text)
    assert not shows_source(name, module, "x")
