"""Which rules can have a site in a file."""

from __future__ import annotations

import pytest

from codemods.engine import registry, triage
from tests.engine.toys import ADD, KEYS, book


def test_only_the_rules_whose_pattern_is_there() -> None:
    toys = book(KEYS, ADD)
    assert triage.admits(b"d.keys()", ("add", "keys"), toys) == ("keys",)
    assert triage.admits(b"d.keys() + 1", ("add", "keys"), toys) == ("add", "keys")
    assert triage.admits(b"d.keys() + 1", ("add",), toys) == ("add",)
    assert triage.admits(b"", ("add", "keys"), toys) == ()


def test_the_rules_of_the_registry() -> None:
    assert "range-len" in triage.admits(b"for i in range(len(xs)): pass", registry.names())
    assert triage.admits(b"pass", registry.names()) == ()
    with pytest.raises(registry.UnknownRule):
        triage.admits(b"pass", ("no-such-rule",))
