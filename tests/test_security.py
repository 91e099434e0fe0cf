"""Each promise of SECURITY.md, and each row of the table of faults, names a test that is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("SECURITY.md", "docs/robustness.md")
_NAMED = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file, as `::Class::test` or `::test`."""
    found = set()
    for node in ast.parse((ROOT / file).read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name=name):
                found.add(f"::{name}")
            case ast.ClassDef(name=name, body=body):
                found |= {f"::{name}::{one.name}" for one in body if isinstance(one, ast.FunctionDef)}
    return frozenset(one for one in found if one.rpartition("::")[2].startswith("test_"))


def promises(page: str) -> list[str]:
    """The points of a page's lists, and the rows of its tables, but those of what is not promised."""
    text = (ROOT / page).read_text("utf-8").partition("\n## What is not promised")[0]
    points = re.split(r"\n(?=- |\n|#)", text)
    return [point for point in points if point.startswith("- ")] + re.findall(r"^\| (?!---|What).*\|$", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = _NAMED.findall((ROOT / page).read_text("utf-8"))
    assert len(named) > 10
    assert not [file + test for file, test in named if not (ROOT / file).is_file() or test not in names_in(file)]


def test_every_promise_names_a_test() -> None:
    points = promises("SECURITY.md")
    assert len(points) > 20
    assert not [point for point in points if not _NAMED.search(point)]
