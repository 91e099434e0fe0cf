"""All rules on every case of every rule: they reach an end together, a second run finds nothing to do, and the program does the same.

Two rules that undo each other, each right by itself, would go round in a circle (`.values()` to `.items()` and back).
"""

from __future__ import annotations

import importlib

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from tests.harness import Rewrites, behaviour, dedented

RULES = tuple(sorted(registry.names()))
MODULES = [f"tests.rules.{area}.test_{name.replace('-', '_')}" for area, listed in sorted(registry.areas().items()) for name in listed]
MODULES.append("tests.rules.strings.test_format_string_alone")


def cases(module: str) -> list[Rewrites]:
    """The rewriting cases of a rule's test, wherever in the module they are listed."""
    lists = [value for value in vars(importlib.import_module(module)).values() if isinstance(value, list)]
    found = {case.name: case for listed in lists for case in listed if isinstance(case, Rewrites)}
    return list(found.values())


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("module", MODULES)
def test_all_rules_agree(module: str, unsafe: bool) -> None:
    found = cases(module)
    assert found
    for case in found:
        before = dedented(case.before)
        settings = Settings(RULES, unsafe_fixes=unsafe, target=case.target, line_length=case.line_length, filename=case.filename)
        outcome = process(before.encode(), settings)
        if not isinstance(outcome, Clean | Fixed):
            continue
        assert not outcome.defects, f"{case.name}: {outcome.defects}"
        if not isinstance(outcome, Fixed):
            continue
        again = process(outcome.after, settings)
        assert not isinstance(again, Fixed), (
            f"{case.name}: a second run changes it again:\n{outcome.after.decode()}\n{again.after.decode()}"
        )
        if not unsafe and case.execute and case.same_output:
            old, new = behaviour(before, case.calls), behaviour(outcome.after.decode(), case.calls)
            assert (old.printed, old.raised, old.calls) == (new.printed, new.raised, new.calls), f"{case.name}:\n{outcome.after.decode()}"
