"""Ids of sites: they stay where code above changes, and differ where the sites do."""

from __future__ import annotations

from codemods.engine.identity import identities
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings

SETTINGS = Settings(("dict-keys", "range-len"))
ONE = """\
def show(d: dict[str, int], rows: list[str]) -> None:
    for key in d.keys():
        print(key)
    for i in range(len(rows)):
        print(rows[i])
    print(list(d.keys()))
"""
METHOD = "class Shown:\n" + "".join(f"    {line}\n" for line in ONE.splitlines())


def ids(text: str, path: str = "a.py", encoding: str = "utf-8") -> tuple[str, ...]:
    data = text.encode(encoding)
    outcome = process(data, SETTINGS)
    assert isinstance(outcome, Fixed | Clean)
    return identities(data, path, outcome.diagnostics)


def test_each_site_has_its_own() -> None:
    found = ids(ONE + METHOD)
    assert len(found) == len(set(found)) == 6
    assert all(len(one) == 16 and set(one) <= set("0123456789abcdef") for one in found)


def test_they_do_not_depend_on_what_stands_above() -> None:
    assert ids(f"import os\n\n\ndef other(d: dict[str, int]) -> None:\n    print(os, list(d.keys()))\n\n\n{ONE}")[1:] == ids(ONE)
    assert ids(ONE.replace("    for key", "    # a comment\n    for key")) == ids(ONE)


def test_they_depend_on_the_file_and_on_what_holds_the_site() -> None:
    assert not set(ids(ONE)) & set(ids(ONE, "b.py"))
    assert not set(ids(ONE)) & set(ids(METHOD))
    assert not set(ids(ONE)) & set(ids(ONE.replace("show", "print_all")))


def test_the_rules_count_apart() -> None:
    """The list's loop is the first of its rule, whatever another rule has seen before it."""
    without = ONE.replace("    for key in d.keys():\n        print(key)\n", "")
    assert ids(ONE)[1] == ids(without)[0]


def test_one_place_that_is_told_twice_is_one_site() -> None:
    data = ONE.encode()
    outcome = process(data, SETTINGS)
    assert isinstance(outcome, Fixed)
    assert identities(data, "a.py", (*outcome.diagnostics, *outcome.diagnostics)) == ids(ONE) * 2


def test_text_in_another_encoding_and_with_other_line_ends() -> None:
    said = f"# coding: latin-1\n# é\n{ONE}"
    assert ids(said, encoding="latin-1") == ids(ONE)
    assert ids(ONE.replace("\n", "\r\n")) == ids(ONE)


def test_a_name_that_no_encoding_holds() -> None:
    assert ids(ONE, "a\udcff.py") != ids(ONE)
