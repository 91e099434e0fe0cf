"""Outcomes as text: what is kept comes back equal, and what is no record of ours is said to be none."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from codemods.model.outcome import CellChange, Clean, Defect, Diagnostic, Edit, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.verdict import Fact, Reasons, Refused, Remedy, Safe, Unsafe
from codemods.workspace.records import Unreadable, outcome_of, record, rewrites

WHY = Reasons(
    (Fact("`d` is a dict", 3), Fact("nothing rebinds it")), (Remedy("annotate", "d", 2, "dict", True), Remedy("other", "", 0, "…"))
)
SITES = (
    Diagnostic(
        "dict-keys",
        3,
        5,
        3,
        9,
        Safe("`d` is a dict", WHY),
        fixed=True,
        id="0123456789abcdef",
        scope="f.<locals>.g",
        edits=(Edit(19, 26, "", ("dict-keys",)),),
    ),
    Diagnostic("range-len", 4, 1, 6, 2, Unsafe("key-type", "`é\n` is \ud800", sort="type")),
    Diagnostic("range-len", 7, 1, 7, 2, Refused("index-rebound", "because", WHY, "change"), suppressed=True),
    Diagnostic("range-len", 8, 1, 8, 2, Safe("because"), held=True, id="f" * 16),
)
BEFORE = "\ufeffé = 1\r\n\r\nfor k in d.keys(): pass".encode()
EDITS = (Edit(0, 1, "ü", ("a", "b")), Edit(19, 26, "", ("dict-keys",)))
CELLS = (CellChange(2, "éa", "éb", (Edit(1, 2, "b", ("dict-keys",)),)),)
IN_CELL = Diagnostic(
    "dict-keys",
    1,
    2,
    1,
    3,
    Safe("it is", Reasons((Fact("so", 1, 4),), (Remedy("annotate", "d", 2, "dict", cell=1),))),
    True,
    cell=2,
    file_span=(9, 7, 9, 12),
)
FIXED = Fixed(BEFORE, "\ufeffü = 1\r\n\r\nfor k in d: pass".encode(), SITES, EDITS)


@pytest.mark.parametrize(
    "outcome", [TriagedAway(), Skipped("skip-file"), Clean(), Clean(SITES), Clean((IN_CELL,)), FIXED, replace(FIXED, cells=CELLS)]
)
def test_what_is_kept_comes_back(outcome: Outcome) -> None:
    text = record(outcome)
    assert text is not None
    assert outcome_of(text, BEFORE) == outcome
    assert rewrites(text) == isinstance(outcome, Fixed)


@pytest.mark.parametrize(
    "outcome",
    [
        Failed(1, "no"),
        Clean(SITES, (Defect("dict-keys", 1, "crash", "KeyError"),)),
        Fixed(b"a", b"b", (), EDITS, (Defect("x", 1, "bound", ""),)),
    ],
)
def test_what_went_wrong_is_not_kept(outcome: Outcome) -> None:
    assert record(outcome) is None


SITE = json.loads(record(Clean(SITES[1:2])) or "")[1][0]
CHANGE = [0, 1, "x", "rule"]


@pytest.mark.parametrize(
    "value",
    [
        7,
        [],
        ["other", []],
        ["skipped", 7],
        ["clean"],
        ["clean", {}],
        ["clean", [SITE[:-1]]],
        ["clean", [["dict-keys", "3", *SITE[2:]]]],
        ["clean", [[*SITE[:6], 0, *SITE[7:]]]],
        ["clean", [[*SITE[:9], "no id", *SITE[10:]]]],
        ["clean", [[*SITE[:11], [["1"]], *SITE[12:]]]],
        ["clean", [[*SITE[:12], [1, 2, 3], *SITE[13:]]]],
        ["clean", [[*SITE[:12], [1, 2, 3, 0], *SITE[13:]]]],
        ["clean", [[*SITE, [["sentence", None]], []]]],
        ["clean", [[*SITE, [], [["kind", "name", 1, "text"]]]]],
        ["clean", [[*SITE, []]]],
        ["fixed", [SITE]],
        ["fixed", [], [CHANGE]],
        ["fixed", [], [CHANGE], [[0, "ab", [CHANGE]]]],
        ["fixed", [], [CHANGE], [[1, "ab", [[0, 3, "x"]]]]],
        ["fixed", [], [CHANGE], [[1, "ab", []]]],
        ["fixed", [], [], []],
        ["fixed", [], [[0, 1, 2, "rule"]], []],
        ["fixed", [], [[-1, 1, "x", "rule"]], []],
        ["fixed", [], [[2, 1, "x", "rule"]], []],
        ["fixed", [], [[0, 1000, "x", "rule"]], []],
        ["fixed", [], [[0, 3, "x", "rule"], [2, 4, "y", "rule"]], []],
    ],
)
def test_what_is_no_record_is_unreadable(value: object) -> None:
    with pytest.raises(Unreadable):
        outcome_of(json.dumps(value), BEFORE)


@pytest.mark.parametrize("text", ["[", "nonsense", "[" * 100_000, "\x00", '["clean", [' + "1" * 5_000 + "]]"])
def test_what_is_no_json_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        outcome_of(text, BEFORE)


def test_edits_are_not_read_without_the_file_nor_for_one_that_cannot_be_decoded() -> None:
    text = record(FIXED) or ""
    with pytest.raises(Unreadable):
        outcome_of(text, None)
    with pytest.raises(Unreadable):
        outcome_of(text, b"\xff\xfe" * 40)
