"""Nothing of a file is left to the cyclic collector."""

from __future__ import annotations

import ast
import gc

import pytest

from benchmarks.programs import SITES, program_of_sites
from codemods.analysis.module import Module
from codemods.analysis.release import release
from codemods.analysis.text.positions import Lines
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


def facts_below(module: Module) -> list[object]:
    """The objects that compute facts, reached from a module."""
    found: dict[int, object] = {}
    pending: list[object] = [module]
    while pending:
        one = pending.pop()
        ours = type(one).__module__.startswith("codemods.analysis.") and hasattr(one, "__dict__") and not isinstance(one, Lines)
        if ours and id(one) not in found:
            found[id(one)] = one
            values = list(vars(one).values())
            pending += [*values, *(part for value in values if isinstance(value, dict) for part in value.values())]
    return list(found.values())


def test_what_computes_facts_is_emptied_and_nothing_else() -> None:
    module = Module(CLASSES, ast.parse(CLASSES))
    tree = module.tree
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute | ast.Call):
            module.type_of(node)
    module.flow(next(node for node in ast.walk(tree) if isinstance(node, ast.For)))
    module.__dict__["more"] = {"names": module.names, "none": None}
    facts = facts_below(module)
    assert len(facts) > 20
    release(module)
    assert not any(vars(one) for one in facts)
    assert tree.body
