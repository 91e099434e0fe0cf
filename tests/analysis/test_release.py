"""Nothing of a file is left to the cyclic collector."""

from __future__ import annotations

import ast
import gc

import pytest

from benchmarks.programs import SITES, program_of_sites
from codemods.analysis.module import Module
from codemods.analysis.release import release
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings

CLASSES = "class A:\n    def f(self):\n        return [lambda: self.f() for x in self.g]\n\n\nclass B(A):\n    def g(self, d: dict = {}):\n        for k in d.keys():\n            d[k] = super(B, self).f()\n"
SETTINGS = Settings(registry.names(), unsafe_fixes=True)


def trees_left() -> int:
    """How many modules' trees there are that only the collector would free."""
    return sum(isinstance(one, ast.Module) for one in gc.get_objects())


@pytest.mark.parametrize("text", [program_of_sites(len(SITES)), CLASSES], ids=["sites", "classes"])
@pytest.mark.parametrize("explain", [False, True])
def test_a_file_leaves_no_tree_behind(text: str, explain: bool) -> None:
    settings = Settings(SETTINGS.rules, unsafe_fixes=True, explain=explain)
    process(text.encode(), settings)  # what libraries and tables keep for good
    gc.collect()
    gc.disable()
    try:
        before = trees_left()
        outcome = process(text.encode(), settings)
        assert isinstance(outcome, Fixed | Clean)
        assert outcome.diagnostics
        assert trees_left() == before
    finally:
        gc.enable()


def test_what_others_know_too_is_left_alone() -> None:
    text = "for x in y:\n    print(x)\n"
    first = Module(text, ast.parse(text))
    release(first)
    second = Module(text, ast.parse(text))
    assert list(second.names.module.bindings) == ["x"]
