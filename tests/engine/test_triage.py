"""Which rules can have a site in a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


APART = """
import sys
from codemods.engine import registry, triage
names = registry.select(None)
if {given}: triage.give({given})
print(triage.admits(b"d.keys(  )", names))
print(sorted(triage.learned()))
print(sum(name.startswith("codemods.rules.") and name.count(".") == 3 for name in sys.modules))
"""


def apart(given: dict[str, bytes]) -> list[str]:
    """What a fresh process says: which rules are admitted, what it learned, and how many modules of rules it imported."""
    done = subprocess.run(
        [sys.executable, "-c", APART.format(given=given)], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    return done.stdout.splitlines()


def test_rules_whose_regex_is_given_are_not_imported() -> None:
    names = registry.select(None)
    admitted, learned, imported = apart({})
    assert (admitted, learned) == ("('dict-keys',)", str(sorted(names)))
    assert int(imported) >= len(names)
    given = {name: registry.rule(name).rule.triage for name in names}
    assert apart(given) == [admitted, "[]", "0"]


def test_what_is_no_regex_counts_as_not_given() -> None:
    given = {name: registry.rule(name).rule.triage for name in registry.select(None)} | {"dict-keys": b"("}
    admitted, learned, imported = apart(given)
    assert admitted == "('dict-keys',)"
    assert learned == str(sorted(given))
    assert int(imported) > 0
