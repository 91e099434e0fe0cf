"""The random programs of all rules, given to all rules that are on by default at once: what one makes, another may see."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import behaviour
from tests.rules import loop_programs
from tests.rules.classes import test_super_args_random as super_args
from tests.rules.functions import test_mutable_default_random as mutable_default
from tests.rules.loops import test_comprehension_random as comprehension
from tests.rules.loops import test_side_effect_comprehension_random as side_effect
from tests.rules.mappings import test_dict_keys_random as dict_keys
from tests.rules.mappings import test_dict_values_random as dict_values

TOGETHER = Settings(registry.select(None))


@dataclass(frozen=True)
class Source:
    """Where programs come from, and what is compared of one."""

    programs: st.SearchStrategy[Any]
    seen: Callable[[str], object]


LINES = 20_000
"""So many lines a program may run: what one rule would have left alone, without end, another may rewrite."""


def printed(text: str) -> object:
    """What a program prints and raises, without addresses."""
    what = behaviour(text)
    return re.sub(r"0x[0-9a-f]+", "0x", what.printed), what.raised


def called(text: str) -> object:
    return comprehension.shown(text, comprehension.CALLS if "def f(" in text else ())


def called_too(text: str) -> object:
    return side_effect.shown(text, side_effect.calls_of(text))


def probed(text: str) -> object:
    target = "fs[0]" if "fs.append(f)" in text else next((one for one in ("C().f", "C.f", "f") if f"{one}(" in text), "f")
    return [mutable_default.shown(behaviour(text, (probe,))) for probe in mutable_default.probes(target)[:3]]


SOURCES = {
    "range-len": Source(loop_programs.programs(loop_programs.SEQUENCES), loop_programs.observed),
    "dict-items": Source(loop_programs.programs(loop_programs.DICTS), loop_programs.observed),
    "dict-keys": Source(dict_keys.programs(), printed),
    "dict-values": Source(dict_values.programs(), printed),
    "super-args": Source(super_args.programs(), printed),
    "comprehension": Source(comprehension.programs(), called),
    "side-effect-comprehension": Source(side_effect.programs(), called_too),
    "mutable-default": Source(mutable_default.programs().map(lambda both: both[0]), probed),
}


@pytest.mark.parametrize("name", SOURCES)
def test_programs_do_the_same_before_and_after(name: str) -> None:
    counts: Counter[str] = Counter()
    source = SOURCES[name]

    @settings(max_examples=examples(260), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(source.programs)
    def compare(before: str) -> None:
        try:
            compile(before, "random", "exec")
        except SyntaxError:
            return
        counts["programs"] += 1
        outcome = process(before.encode(), TOGETHER)
        assert not getattr(outcome, "defects", ()), before
        if not isinstance(outcome, Fixed):
            return
        after = outcome.after.decode()
        try:
            with loop_programs.limited(LINES):
                old = source.seen(before)
        except loop_programs.Exhausted:
            return
        if old is None:
            return  # it would run too long
        counts["rewritten"] += 1
        if sys.version_info[:2] == (3, 12) and "unbound" in str(old):
            return  # up to 3.12.3, of two comprehensions one may spoil the other's names: python/cpython#118513
        with loop_programs.limited(LINES):
            new = source.seen(after)
        assert new == old, f"{before}\n--- became ---\n{after}"
        assert not isinstance(process(outcome.after, TOGETHER), Fixed), f"a second run changes it again:\n{after}"

    compare()
    assert counts["programs"] >= examples(180), counts
    assert counts["rewritten"] >= 20
