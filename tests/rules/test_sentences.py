"""Every refusal says what decides: its sentence names a piece of the program or a line, and its code is of a sort that was chosen."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import codemods
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import SORTS, Assumption, Refusal, Refused, Unsafe
from tests.harness import Declines, dedented
from tests.rules.test_remedies import of_cases

BARE = {"unverified"}
"""Codes whose sentence names nothing of the program. `unverified` is none of a rule's: the rewrite, not the program, did not pass a check."""

OF_SORT = {
    "type": """
        mapping not-none type unhashable
    """,
    "change": """
        change key-needed lazy read-later type-and-change
    """,
    "assumption": """
        decorator hidden-write key-shape member none-allowed none-is-false set-order subclass
    """,
    "style": """
        aligned braces choice comment continued-line continued-literal field grows idle literal lone-field long-string
        multi-line-operand nested-quotes no-element no-fields no-name nothing-to-join only-sorted pair pairs parallel pragma quotes
        raw-braces reads-apart reads-better same-line slice subscripted template-operand temporary too-long too-many tool-comment unused
    """,
    "meaning": """
        annotation another-class arguments asked-for assigns attribute backslash call captured carried cell chain class-body class-cell class-name
        class-rebound class-replaced closure comprehension computed construct contents copy-written count counter decorator default-read
        dynamic first-rebound first-time hash identity in-fstring in-loop index-outer index-rebound invalid-template key-public key-rebound
        key-seen key-target keyed keys-differ lambda leaks logged loop made-once mapping meant memory-name message module names-seen names-shown
        nested-function none-handled none-passed not-a-dict not-a-name not-a-sequence not-a-str not-first not-in-method not-the-class
        octal order outer own-keys own-views partial raw read-inside rebound recursion resized same-name shadowed shows-source sort-key
        stack star-import starred staticmethod super target template temporary-later too-deep translated triple-quoted type type-comment
        unbound unknown-name unpacks unreachable used-after yields
    """,
}
"""The codes of all reasons, by what would be needed to prove more. A new code is to be put here by hand.

`decorator`, `mapping` and `type` stand twice: what has to be assumed for one rule is certain, and forbids it, for another.
"""


def constants() -> Iterator[tuple[str, Refusal | Assumption]]:
    """All reasons that the package states as constants, one by one or in a table, with their place."""
    for info in pkgutil.walk_packages(codemods.__path__, "codemods."):
        if info.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            for one in value.values() if isinstance(value, dict) else (value,):
                if isinstance(one, Refusal | Assumption):
                    yield f"{info.name}.{name}", one


def test_the_sort_of_every_code_was_chosen() -> None:
    chosen = {(code, sort) for sort, codes in OF_SORT.items() for code in codes.split()}
    stated = {(one.code, one.sort): place for place, one in constants()}
    assert set(OF_SORT) == set(SORTS)
    assert not {place: one for one, place in stated.items() if one not in chosen}, "classify these in OF_SORT"
    assert not chosen - set(stated), "these are no longer stated anywhere"


def test_a_sentence_holds_no_bare_holes() -> None:
    """A hole filled with a piece of the program stands in backquotes, so that it can be told from the words around it."""
    in_words = {"line", "other", "kind", "count", "limit", "width", "what", "when", "cause", "why", "places", "others", "names"}
    for place, one in constants():
        words = one.sentence if isinstance(one, Refusal) else one.clause
        bare = set(re.findall(r"\{(\w+)\}", re.sub(r"`[^`]*`", "", words)))
        assert bare <= in_words, f"{place}: {bare}"


def sentences(rule: str, case: Declines) -> Iterator[tuple[str, str]]:
    """The code and the words of each refusal and each assumption in a case."""
    settings = Settings((rule,), target=case.target, line_length=case.line_length, filename=case.filename)
    outcome = process(dedented(case.before).encode(), settings)
    assert isinstance(outcome, Clean | Fixed)
    for one in outcome.diagnostics:
        match one.verdict:
            case Refused(code=code, reason=words) | Unsafe(code=code, assumption=words):
                yield code, words


def names_something(words: str, text: str) -> bool:
    """Whether a sentence names a line, or quotes a piece of the program, perhaps cut at either end."""
    if re.search(r"\bline \d+", words):
        return True
    written = "".join(text.split())
    quoted = ("".join(one.split()).strip(".…") for one in re.findall(r"`([^`]+)`", words))
    return any(part and part in written for one in quoted for part in (one, *one.split("…")[:1]))


@pytest.mark.parametrize("rule", registry.names())
def test_every_sentence_names_what_decides(rule: str) -> None:
    seen = 0
    for name, case in of_cases():
        if name != rule or not isinstance(case, Declines):
            continue
        for code, words in sentences(rule, case):
            seen += 1
            assert code in BARE or names_something(words, case.before), f"{case.name} [{code}]: {words}"
            longest = max(map(len, re.findall(r"`([^`]+)`", words)), default=0)
            assert longest <= 80, f"{case.name} [{code}] quotes too much: {words}"
    assert seen
