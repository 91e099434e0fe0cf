"""Small programs around `for k in d` with `d[k]`, made at random: what pyfix makes of them at its default level does the same."""

from __future__ import annotations

from tests.amount import examples
from tests.rules.loop_programs import DICTS, compare_programs


def test_programs_do_the_same_before_and_after() -> None:
    counts = compare_programs("dict-items", DICTS, examples=2200)
    assert counts["programs"] >= examples(2000), counts
    assert counts["rewritten"] >= counts["programs"] // 4, counts
    assert counts["exhausted"] <= counts["rewritten"] // 50, counts
