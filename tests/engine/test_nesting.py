"""What ends the process that compiles it is never compiled."""

from __future__ import annotations

import ast
import sys

import pytest

from codemods.engine import registry, syntax
from codemods.engine.nesting import DEEPEST, is_too_deep
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings

SITE = "def show(d: dict[str, int], b: list[int]) -> None:\n    print([key for key in d.keys()])\n"


def comprehensions(depth: int, inside: str = "1", brackets: str = "[]") -> str:
    opening, closing = brackets
    return opening * depth + inside + f" for a in b{closing}" * depth


def blocks(header: str, depth: int, inside: str) -> str:
    lines = [" " * level + header for level in range(depth)] + [" " * depth + inside]
    if header == "try:":
        lines += [" " * level + "finally: pass" for level in reversed(range(depth))]
    return "\n".join(lines) + "\n"


def too_deep(text: str) -> bool:
    return is_too_deep(ast.parse(text))


@pytest.mark.parametrize("brackets", ["[]", "{}", "()"])
def test_comprehensions_in_each_other(brackets: str) -> None:
    assert not too_deep(f"x = {comprehensions(DEEPEST, brackets=brackets)}\n")
    assert too_deep(f"x = {comprehensions(DEEPEST + 1, brackets=brackets)}\n")


@pytest.mark.parametrize("header", ["try:", "with a:", "for a in b:", "while a:"])
def test_blocks_count_as_well(header: str) -> None:
    assert not too_deep(blocks(header, DEEPEST - 1, f"x = {comprehensions(1)}"))
    assert too_deep(blocks(header, DEEPEST - 2, f"x = {comprehensions(3)}"))


def test_each_function_has_blocks_of_its_own() -> None:
    inside = comprehensions(DEEPEST - 1)
    assert not too_deep(f"x = {comprehensions(DEEPEST - 1, f'(lambda: {inside})')}\n")


def test_other_nesting_is_no_matter() -> None:
    assert not too_deep(f"x = {'(' * 50}{comprehensions(2)}{')' * 50}\n")
    assert not too_deep(blocks("try:", 19, "pass"))


@pytest.mark.parametrize("depth", [22, 60])
def test_the_site_is_refused_and_the_process_lives(depth: int) -> None:
    outcome = process(f"{SITE}x = {comprehensions(depth)}\n".encode(), Settings(registry.select(None, ())))
    assert isinstance(outcome, Clean)
    (site,) = outcome.diagnostics
    assert "nested too deeply for Python's own compiler" in getattr(site.verdict, "reason", "")


@pytest.mark.parametrize("header", ["try:", "with a:", "for a in b:"])
def test_what_is_let_through_compiles(header: str) -> None:
    """On the Python that runs this: as many blocks as the language has, and all comprehensions that are let through in each number of them."""
    for depth in range(DEEPEST):
        text = blocks(header, depth, f"x = {comprehensions(DEEPEST - depth)}")
        assert not too_deep(text)
        assert syntax.compiles(text) is None, (sys.version_info, depth)


def test_what_does_not_change_is_not_compiled_and_so_no_matter() -> None:
    inside = f"def far():\n    return {comprehensions(22)}\n\n\n"
    outcome = process(f"{inside}{SITE}".encode(), Settings(registry.select(None, ())))
    assert isinstance(outcome, Fixed)
    assert b"for key in d]" in outcome.after
