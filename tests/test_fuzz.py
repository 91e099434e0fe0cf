"""Whatever is thrown at the core, it says one of the five things that it can say, and what it rewrites keeps to the promises.

Texts are any valid modules (hypothesmith: from the grammar, and from LibCST's node classes), alone and around code that rules rewrite;
code of the rules' own cases with bytes put in, taken out, doubled and swapped; and cases spliced into each other.
"""

from __future__ import annotations

import ast
import random
import warnings
from collections import Counter
from functools import cache

import hypothesmith
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.analysis.text.comments import comments
from codemods.engine import registry
from codemods.engine.decode import Undecodable, decode
from codemods.engine.pipeline import process
from codemods.engine.splice import spliced
from codemods.model.outcome import Clean, Edit, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import dedented
from tests.rules.test_all_rules_together import MODULES, cases

SETTINGS = (
    Settings(registry.names(), filename="fuzz.py"),
    Settings(registry.names(), unsafe_fixes=True, target=(3, 8), line_length=60, filename="fuzz.py"),
    Settings(registry.names(), unsafe_fixes=True, target=(3, 13), filename="fuzz.pyi", explain=True),
)
PIECES = (
    [bytes([one]) for one in range(256)]
    + [piece.encode() for piece in ("\r\n", "\ufeff", "\u2028", "\u202e", "é", "\U0001f600", '"""', "'''", 'f"{', "{x!r:>{w}}", "# type: ignore", "#")]
    + [piece.encode() for piece in ("\\\n", "async ", "await ", "yield ", "lambda: ", ":=", "**", "*", "...", " if 1 else ", " for x in y", "\n\n", "\t")]
    + [piece.encode() for piece in ("\\N{DASH}", "\\x", "{{", "}}", "%(", "%%", "nonlocal x\n", "global x\n", "del x\n", "return\n", "match x:\n case 1:")]
    + [b"# -*- coding: latin-1 -*-\n", b"# coding: utf-16\n", b"\xff\xfe", b"\xed\xa0\x80", b"# fmt: off\n", b"# pyfix: ignore", b"from x import *\n"]
)  # fmt: skip

quiet = settings(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def sources() -> tuple[bytes, ...]:
    """What rules rewrite: the programs of their cases."""
    return tuple(dedented(case.before).encode() for module in MODULES for case in cases(module))


def prove(data: bytes, chosen: Settings) -> Outcome:
    """Runs the core and holds what it gives to all that is promised of any input."""
    outcome = process(data, chosen, named=True)
    assert isinstance(outcome, Clean | Failed | Fixed | Skipped | TriagedAway)
    assert not getattr(outcome, "defects", ()), data
    if isinstance(outcome, Failed):
        assert outcome.cause.isprintable(), data
    if not isinstance(outcome, Fixed):
        return outcome
    old, new = decode(outcome.before), decode(outcome.after)
    assert outcome.before == data
    assert spliced(old.text, outcome.edits) == new.text, data
    assert all(one.start <= one.end for one in outcome.edits)
    assert all(one.end <= other.start for one, other in zip(outcome.edits, outcome.edits[1:], strict=False)), data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ast.parse(outcome.after)
    if "whitespace" not in {rule for one in outcome.edits for rule in one.rules}:
        assert Counter(one.text.rstrip() for one in comments(old.text)) == Counter(one.text.rstrip() for one in comments(new.text)), data
    again = process(outcome.after, chosen, named=True)
    assert not isinstance(again, Fixed | Failed), f"a second run: {outcome.after.decode(errors='replace')}"
    return outcome


def undone(outcome: Fixed) -> str:
    """The text before, from the text after and the edits alone."""
    pieces = []
    shift = 0
    old = decode(outcome.before).text
    for edit in outcome.edits:
        start = edit.start + shift
        pieces.append(Edit(start, start + len(edit.text), old[edit.start : edit.end], edit.rules))
        shift += len(edit.text) - (edit.end - edit.start)
    return spliced(decode(outcome.after).text, pieces)


@pytest.mark.parametrize("source", ["grammar", "nodes"])
def test_any_valid_module(source: str) -> None:
    modules = hypothesmith.from_grammar() if source == "grammar" else hypothesmith.from_node()
    counts: Counter[str] = Counter()

    @settings(quiet, max_examples=examples(400 if source == "grammar" else 100))
    @given(modules, st.sampled_from(SETTINGS), st.integers(0), st.booleans())
    def hold(text: str, chosen: Settings, number: int, alone: bool) -> None:
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return
        if not alone:
            data = data.rstrip(b"\n \t\\") + b"\n" + sources()[number % len(sources())]
        counts[type(prove(data, chosen)).__name__] += 1

    hold()
    assert counts["Fixed"] >= 20


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes of any bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 0, 1, 2, 5, 20)))
        match chance.randrange(5):
            case 0:
                data = data[:start] + chance.choice(PIECES) + data[end:]
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:end] + data[start:end] + data[end:]
            case 3:
                other = chance.choice(sources())
                cut = chance.randrange(len(other) + 1)
                data = data[:start] + other[cut : cut + chance.choice((1, 5, 30, 200))] + data[end:]
            case _:
                lines = data.splitlines(keepends=True)
                chance.shuffle(lines)
                data = (
                    b"".join(lines) if chance.random() < 0.2 else data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\x0c\n")))
                )
    return data


def test_bytes_put_in_taken_out_and_moved() -> None:
    chance = random.Random(7)
    counts: Counter[str] = Counter()
    for _ in range(examples(2_500)):
        data = mutated(chance.choice(sources()), chance)
        outcome = prove(data, chance.choice(SETTINGS))
        counts[type(outcome).__name__] += 1
        if isinstance(outcome, Fixed):
            assert undone(outcome) == decode(data).text
    assert counts["Fixed"] >= 150
    assert counts["Failed"] >= 150


def test_texts_that_cannot_be_decoded_are_found_among_them() -> None:
    with pytest.raises(Undecodable):
        decode(b"# coding: utf-16\n")
