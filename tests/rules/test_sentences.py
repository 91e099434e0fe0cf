"""Every refusal says what decides: its sentence names a piece of the program or a line, and its code is of a sort that was chosen."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import codemods
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import SORTS, Assumption, Refusal, Refused, Unsafe
from tests.harness import Declines, dedented
from tests.rules.test_remedies import of_cases

OF_SORT = {
    "type": """
        mapping not-none type type-and-shape unhashable
    """,
    "change": """
        change key-needed lazy look-up read-later type-and-change
    """,
    "assumption": """
        decorator hidden-write key-shape member none-allowed none-is-false set-order subclass
    """,
    "style": """
        aligned braces branch-comment choice comment comment-above continued-line continued-literal far field fmt-off grows idle literal long-string
        multi-line-operand nested-quotes no-element no-fields no-name nothing-to-join one-line only-sorted pair pairs parallel pragma quotes
        raw-braces reads-apart reads-better same-line slice subscripted swapped template-operand temporary too-long too-many tool-comment unused
    """,
    "meaning": """
        annotated annotation another-class arguments around-magic asked-for assigns attribute backslash call captured carried cell chain class-body class-cell class-name
        class-rebound class-replaced closure comprehension computed construct contents copy-written count counter crashed decorator
        annotation-read beside-memory default-read displayed dynamic elif first-rebound first-time frame-seen hash identity in-f-string in-fstring in-loop index-outer index-rebound inlined
        invalid-template key-public key-rebound
        key-seen key-target keyed keys-differ lambda leaks logged loop made-once magic-cell mapping meant memory-name message module module-busy names-seen names-shown
        nested-function no-place none-handled none-passed not-a-dict not-a-name not-a-sequence not-a-str not-first not-in-method not-the-class
        octal order outer own-keys own-views partial raw read-inside rebound recursion resized same-name seen-empty shadowed shows-source sort-key
        stack star-import starred staticmethod super target template temporary-later too-deep touched translated triple-quoted type type-comment
        unbound unknown-name unpacks unread unverified used-after verification yields
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


STATES_ITS_OWN = {"model/verdict.py", "rules/strings/format_string.py"}
"""Where a verdict is made otherwise than by calling a constant: in the constants' own classes, and where one of several assumptions gives
the code (`tuple`, `type`, `order`) and all of them the clause."""


def test_every_reason_is_a_constant() -> None:
    """So that the table above holds all of them."""
    root = Path(codemods.__path__[0])
    for path in root.rglob("*.py"):
        made = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        named = {node.func.id for node in made if isinstance(node.func, ast.Name)}
        place = path.relative_to(root).as_posix()
        assert not named & {"Refused", "Unsafe"} or place in STATES_ITS_OWN, place


def test_a_sentence_holds_no_bare_holes() -> None:
    """A hole filled with a piece of the program stands in backquotes, so that it can be told from the words around it."""
    in_words = {"line", "other", "kind", "count", "limit", "width", "what", "when", "cause", "why", "places", "others", "names", "words"}
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
            assert names_something(words, case.before), f"{case.name} [{code}]: {words}"
            longest = max(map(len, re.findall(r"`([^`]+)`", words)), default=0)
            assert longest <= 80, f"{case.name} [{code}] quotes too much: {words}"
    assert seen


LOOP = "def f(rows: list):\n    for i in range(len(rows)):\n        print(rows[i])\n"


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        ("range-len", f"def len(x):\n    return 1\n{LOOP}", "`len` is not the builtin here: line 1 binds it"),
        ("range-len", f"from os import *\n{LOOP}", "`range` is not the builtin here: the star import at line 1 may bind it"),
        ("range-len", f"import builtins\nbuiltins.len = id\n{LOOP}", "`len` is not the builtin here: line 2 may set it in `builtins`"),
        ("range-len", f"{LOOP}    return locals()\n", "`locals` at line 4 may see the loop's names"),
        (
            "range-len",
            "def g():\n    return globals()\nfor i in range(len(g)):\n    print(g[i])\n",
            "`globals` at line 2 may see the loop's names",
        ),
        ("super-args", "def super(*a):\n    pass\nsuper(1, 2)\n", "`super` is not the builtin here: line 1 binds it"),
        (
            "string-concat",
            "def f(a: str):\n    return '\"' + a + \"'\"\n",
            "whichever quotes the f-string had, a backslash would be needed: for `'` between single quotes and `\"` between double quotes",
        ),
    ],
)
def test_the_line_that_decides(rule: str, text: str, said: str) -> None:
    outcome = process(text.encode(), Settings((rule,)))
    assert isinstance(outcome, Clean | Fixed)
    [one] = outcome.diagnostics
    assert isinstance(one.verdict, Refused)
    assert one.verdict.reason.startswith(said)
