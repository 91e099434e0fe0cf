"""The step of indentation of a file."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.text.layout import indent_step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("x = 1\n", "    "),
        ("if x:\n  y = 1\n", "  "),
        ("if x:\n\ty = 1\n", "\t"),
        ("if x: y = 1\ndef f():\n   pass\n", "   "),
        ("try: x\nfinally:\n  y\n", "  "),
        ("f(\n  1)\n", "    "),
        ("if x: y\nelse: z\nif w:\n\tv\n", "\t"),
        ("if x:\\\ny\nif z:\n  w\n", "  "),
        ("class C:\n  # a comment\n  def f(self):\n      pass\n", "  "),
    ],
)
def test_the_step_is_that_of_the_first_block(text: str, step: str) -> None:
    assert indent_step(Module(text, ast.parse(text))) == step
