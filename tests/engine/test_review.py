"""Decisions about one file: what is asked, what each site alone would change, and that what comes out is what a run would have written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from codemods.engine import pipeline
from codemods.engine.review import NotTakenError, Review
from codemods.model.outcome import Clean, Failed, Fixed
from codemods.model.settings import Settings

SETTINGS = Settings(("dict-items", "dict-keys", "range-len"), explain=True)
TEXT = """\
def f(d: dict[str, int], rows: list[str]) -> None:
    print(list(d.keys()))
    for i in range(len(rows)):
        print(rows[i], list(d.keys()))
    print(list(d.keys()))
"""


def review(text: str = TEXT, settings: Settings = SETTINGS) -> Review:
    first = pipeline.process(text.encode(), settings)
    assert isinstance(first, Fixed)
    return Review(first, settings)


def decided(keys: str, text: str = TEXT, settings: Settings = SETTINGS) -> str:
    """What comes out when the sites are answered, in the order in which they are asked about, by `y` and `n`."""
    made = review(text, settings)
    for key in keys:
        (made.accept if key == "y" else made.decline)(made.undecided()[0])
    assert made.undecided() == []
    outcome = made.outcome()
    return outcome.after.decode() if isinstance(outcome, Fixed) else text


def test_each_answer_counts_alone() -> None:
    first, loop, inner, last = (
        "(list(d.keys()))\n    for",
        "for i in range(len(rows)):\n        print(rows[i]",
        "], list(d.keys())",
        "(list(d.keys()))\n",
    )
    assert decided("nnnn") == TEXT
    assert decided("ynnn") == TEXT.replace(first, "(list(d))\n    for")
    assert decided("nynn") == TEXT.replace(loop, "for row in rows:\n        print(row")
    assert decided("nnyn") == TEXT.replace(inner, "], list(d)")
    assert decided("nnny") == f"{TEXT.removesuffix(last)}(list(d))\n"
    assert decided("yyyy") == pipeline.process(TEXT.encode(), SETTINGS).after.decode()  # type: ignore[union-attr]


def test_what_is_not_asked_yet_is_left() -> None:
    made = review()
    made.accept(made.undecided()[0])
    outcome = made.outcome()
    assert isinstance(outcome, Fixed)
    assert [one.fixed for one in outcome.diagnostics] == [True, False, False, False]
    assert isinstance(review().outcome(), Clean)


def test_what_only_a_decision_shows_is_asked_about_as_well() -> None:
    """With `dict-items` declined the loop is one for `dict-values`."""
    text = "def f(d: dict[str, int]) -> None:\n    for k in d:\n        print(d[k])\n"
    settings = replace(SETTINGS, rules=("dict-items", "dict-values"))
    made = review(text, settings)
    made.decline(made.undecided()[0])
    [other] = made.undecided()
    assert other.rule == "dict-values"
    made.accept(other)
    assert made.undecided() == []
    outcome = made.outcome()
    assert isinstance(outcome, Fixed)
    assert b"for value in d.values():\n        print(value)" in outcome.after
    assert "d.items()" in decided("yn", text, settings)


def test_a_site_is_shown_alone() -> None:
    made = review()
    sites = made.undecided()
    alone = made.shown(sites[2])
    assert alone.after.decode() == TEXT.replace("], list(d.keys())", "], list(d)")
    assert alone.diagnostics == (sites[2],)


def test_a_site_that_builds_on_others_is_shown_on_top_of_them() -> None:
    text = "def f(d: dict[str, int]) -> None:\n    for k in d:\n        print(d[k])\n"
    made = review(text, replace(SETTINGS, rules=("dict-items", "dict-values")))
    made.accept(made.undecided()[0])
    [other] = made.undecided()
    shown = made.shown(other)
    assert b"for k, value in d.items():" in shown.before
    assert b"for value in d.values():" in shown.after
    with pytest.raises(NotTakenError, match="builds on another one"):
        made.template(other)


def test_going_back_asks_again() -> None:
    made = review()
    assert made.back() == ""
    sites = made.undecided()
    made.accept(sites[0])
    made.decline(sites[1])
    assert [made.back(), made.back(), made.back()] == [sites[1].id, sites[0].id, ""]
    assert [one.id for one in made.undecided()] == [one.id for one in sites]


def test_what_is_written_by_hand_takes_the_place_of_the_rewrite() -> None:
    made = review()
    _, loop, *_ = made.undecided()
    template, now = made.template(loop)
    assert (template.text, now) == (
        "    for row in rows:\n        print(row, list(d.keys()))",
        "    for i in range(len(rows)):\n        print(rows[i], list(d.keys()))",
    )
    made.write(loop, replace(template, text="    for each in rows:\n        print(each, d)"))
    assert len(made.undecided()) == 2  # the one inside is gone with its line
    for site in made.undecided():
        made.accept(site)
    outcome = made.outcome()
    assert isinstance(outcome, Fixed)
    assert outcome.after.decode() == TEXT.replace(
        "for i in range(len(rows)):\n        print(rows[i], list(d.keys()))", "for each in rows:\n        print(each, d)"
    ).replace("list(d.keys())", "list(d)")
    assert made.declined() == frozenset()
    assert made.back()


def test_what_does_not_fit_is_not_taken() -> None:
    made = review()
    _, loop, inner, _ = made.undecided()
    template, _ = made.template(loop)
    with pytest.raises(NotTakenError, match="the file cannot be parsed"):
        made.write(loop, replace(template, text="    for each in rows"))
    made.accept(inner)
    with pytest.raises(NotTakenError, match="changes the same lines"):
        made.write(loop, replace(template, text="    pass"))
    latin = review(f"# coding: latin-1\n{TEXT}")
    template, _ = latin.template(latin.undecided()[0])
    with pytest.raises(NotTakenError, match="lacks a character"):
        latin.write(latin.undecided()[0], replace(template, text="    print('한')"))


def test_lines_that_do_not_go_together_are_a_failure_and_not_a_broken_file() -> None:
    made = review()
    first, *_ = made.undecided()
    template, _ = made.template(first)
    made.write(first, replace(template, text="    print(list(d))"))
    made._written["x"] = replace(template, start=0, end=4, text="(")
    assert isinstance(made.outcome(), Failed)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_and_marks_stay(newline: str) -> None:
    assert decided("yyyy", TEXT.replace("\n", newline)) == decided("yyyy").replace("\n", newline)
    made = review(f"\ufeff{TEXT}")
    made.accept(made.undecided()[0])
    outcome = made.outcome()
    assert isinstance(outcome, Fixed)
    assert outcome.after.startswith(b"\xef\xbb\xbfdef")


def test_what_the_settings_hold_is_not_asked_about() -> None:
    held = review().undecided()[0].id
    settings = replace(SETTINGS, held=(held,))
    assert held not in {one.id for one in review(settings=settings).undecided()}
    assert "    print(list(d.keys()))\n    for" in decided("yyy", settings=settings)
