"""A small project with its check, a rule that is wrong on purpose, and what it takes to verify the one by the other."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from codemods.analysis.module import Module
from codemods.engine import registry, triage
from codemods.engine.pipeline import process
from codemods.engine.registry import NamedRule
from codemods.model.rule import Rule, Site
from codemods.model.settings import Settings
from codemods.model.verdict import Safe
from codemods.workspace.discover import Found
from codemods.workspace.pool import run
from codemods.workspace.worker import FileResult

CHECK = f"{sys.executable} check.py"


def _abs(node: ast.Call, module: Module) -> Iterator[Site]:
    match node:
        case ast.Call(func=ast.Name(id="abs"), args=[ast.expr()]):
            yield Site(node, Safe("the value is not negative, as somebody thought"))


BAD = NamedRule("bad-abs", "toys", "Wrong.", Rule(rb"abs\(", (ast.Call,), _abs, lambda node, plan: node.args[0].value))
"""`abs(x)` becomes `x`."""

RULES = {BAD.name: BAD, "dict-keys": registry.rule("dict-keys"), "range-len": registry.rule("range-len")}
PROCESS = partial(process, rules=RULES)

PROJECT = {
    "pkg/__init__.py": "",
    "pkg/sizes.py": '''\
"""Sizes."""


def length(a: int, b: int) -> int:
    """How far apart."""
    return abs(a - b)


def area(width: int, height: int) -> int:
    return abs(width) * abs(height)


def names(d: dict[str, int]) -> list[str]:
    found = [name for name in d.keys()]
    return found
''',
    "pkg/rows.py": """\
def show(rows: list[str]) -> str:
    text = ""
    for i in range(len(rows)):
        text += rows[i]
    return text
""",
    "check.py": """\
from pkg.rows import show
from pkg.sizes import area, length, names

assert show(["a", "b"]) == "ab"
assert area(2, 3) == 6
assert names({"x": 1}) == ["x"]
assert length(5, 3) == 2
assert length(3, 5) == 2, "the distance is negative"
print("fine")
""",
}


def project(folder: Path, **changed: str) -> Path:
    """The project's files, some of them changed, in `folder`."""
    for name, text in {**PROJECT, **{f"{key.replace('__', '/')}.py": text for key, text in changed.items()}}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def judged(folder: Path, process: Callable[..., Any] = PROCESS, rules: tuple[str, ...] = tuple(RULES)) -> list[FileResult]:
    """What the rules, the wrong one among them, make of the package."""
    found = [Found(path, named=True) for path in sorted((folder / "pkg").rglob("*.py"))]
    return list(run(found, lambda path: Settings(rules), jobs=1, process=process))


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the wrong rule one of pyfix's own, in this process."""
    names, rule = registry.names(), registry.rule
    monkeypatch.setattr(registry, "names", lambda: tuple(sorted({*names, BAD.name})))
    monkeypatch.setattr(registry, "rule", lambda name: BAD if name == BAD.name else rule(name))
    monkeypatch.setattr(triage, "_GIVEN", {})
    monkeypatch.setattr(triage, "_ASKED", {})
