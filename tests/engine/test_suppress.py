"""Comments that hold sites back: where they go, what they join, and that nothing else changes."""

from __future__ import annotations

import pytest

from codemods.engine import pipeline
from codemods.engine.suppress import process, same_program
from codemods.model.outcome import Clean, Failed, Fixed, Skipped, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Refused

SETTINGS = Settings(("dict-items", "dict-keys", "mutable-default", "string-concat"))
DEF = "def f(d: dict[str, int], name: str):\n"


def suppressed(text: str, **settings: object) -> str:
    """The text with its comments, after which nothing is left to rewrite."""
    given = Settings(SETTINGS.rules, **settings)  # type: ignore[arg-type]
    outcome = process(text.encode(), given)
    assert isinstance(outcome, Fixed), outcome
    assert isinstance(pipeline.process(outcome.after, given), Clean)
    assert same_program(text, outcome.after.decode())
    assert all(one.rule == "suppress" and one.fixed for one in outcome.diagnostics)
    edited = text
    for edit in reversed(outcome.edits):
        edited = edited[: edit.start] + edit.text + edited[edit.end :]
    assert edited == outcome.after.decode()
    return outcome.after.decode()


CASES = {
    "the header of a loop": (
        "    for k in d.keys():\n        print(k)\n",
        "    for k in d.keys():  # pyfix: ignore[dict-keys]\n        print(k)\n",
    ),
    "a loop on one line": ("    for k in d.keys(): print(k)\n", "    for k in d.keys(): print(k)  # pyfix: ignore[dict-keys]\n"),
    "behind a comment": ("    x = list(d.keys())  # why\n", "    x = list(d.keys())  # why  # pyfix: ignore[dict-keys]\n"),
    "behind what a type checker reads": (
        "    x = list(d.keys())  # type: ignore[misc]\n",
        "    x = list(d.keys())  # type: ignore[misc]  # pyfix: ignore[dict-keys]\n",
    ),
    "into a list that is there": (
        "    x = list(d.keys())  # pyfix: ignore[range-len] so\n",
        "    x = list(d.keys())  # pyfix: ignore[range-len, dict-keys] so\n",
    ),
    "into an empty list": ("    x = list(d.keys())  # pyfix: ignore[]\n", "    x = list(d.keys())  # pyfix: ignore[dict-keys]\n"),
    "several rules of a line": (
        "    print(list(d.keys()), 'a' + name)\n",
        "    print(list(d.keys()), 'a' + name)  # pyfix: ignore[dict-keys, string-concat]\n",
    ),
    "one comment for two sites": (
        "    print(list(d.keys()), list(d.keys()))\n",
        "    print(list(d.keys()), list(d.keys()))  # pyfix: ignore[dict-keys]\n",
    ),
    "not behind a backslash": (
        "    x = 'a' + \\\n        name\n",
        "    x = 'a' + \\\n        name  # pyfix: ignore[string-concat]\n",
    ),
    "inside brackets": (
        "    print(\n        list(d.keys()),\n    )\n",
        "    print(\n        list(d.keys()),  # pyfix: ignore[dict-keys]\n    )\n",
    ),
    "the first line of several": (
        "    x = ('a'\n         + name\n         + 'b')\n",
        "    x = ('a'  # pyfix: ignore[string-concat]\n         + name\n         + 'b')\n",
    ),
    "not inside a string that goes on": (
        '    x = """a\n    """ + name + str(len(d.keys()))\n',
        '    x = """a\n    """ + name + str(len(d.keys()))  # pyfix: ignore[dict-keys]\n',
    ),
    "in front of spaces that were there": ("    x = list(d.keys()) \t\n", "    x = list(d.keys())  # pyfix: ignore[dict-keys] \t\n"),
    "a last line without an end": ("    x = list(d.keys())", "    x = list(d.keys())  # pyfix: ignore[dict-keys]"),
    "a line of several statements": (
        "    x = 1; y = list(d.keys()); z = 2\n",
        "    x = 1; y = list(d.keys()); z = 2  # pyfix: ignore[dict-keys]\n",
    ),
    "a form feed is no end of a line": ("\f    x = list(d.keys())\n", "\f    x = list(d.keys())  # pyfix: ignore[dict-keys]\n"),
    "a hash in a string is no comment": (
        "    print('#', list(d.keys()))\n",
        "    print('#', list(d.keys()))  # pyfix: ignore[dict-keys]\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_where_a_comment_goes(before: str, after: str) -> None:
    assert suppressed(DEF + before) == DEF + after


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_stay(newline: str) -> None:
    before, after = CASES["behind a comment"]
    assert suppressed((DEF + before).replace("\n", newline)) == (DEF + after).replace("\n", newline)


def test_a_definition_and_what_is_around_it() -> None:
    text = "@staticmethod\ndef f(\n    a=[],\n):\n    return a\n"
    assert suppressed(text).count("# pyfix: ignore[mutable-default]") == 1


def test_encodings_and_marks_stay() -> None:
    data = "# coding: latin-1\ndef f(d: dict[str, int]):\n    print('é', list(d.keys()))\n".encode("latin-1")
    outcome = process(data, SETTINGS)
    assert isinstance(outcome, Fixed)
    assert outcome.after == data.replace(b"()))", b"()))  # pyfix: ignore[dict-keys]")
    marked = b"\xef\xbb\xbfd = {}\nx = list(d.keys())\n"
    outcome = process(marked, SETTINGS)
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"\xef\xbb\xbfd = {}\nx = list(d.keys())  # pyfix: ignore[dict-keys]\n"


def test_a_site_that_another_one_hid_is_left_as_well() -> None:
    """With `dict-items` held back `dict-values` would rewrite the loop."""
    text = f"{DEF}    for k in d:\n        print(d[k])\n"
    outcome = process(text.encode(), Settings(("dict-items", "dict-values")))
    assert isinstance(outcome, Fixed)
    assert b"    for k in d:  # pyfix: ignore[dict-items, dict-values]\n" in outcome.after


def test_unsafe_sites_only_where_they_are_asked_for() -> None:
    text = "def f(d):\n    return list(d.keys())\n"
    assert process(text.encode(), SETTINGS) == Clean((), (), process(text.encode(), SETTINGS).work)  # type: ignore[union-attr]
    assert suppressed(text, unsafe_fixes=True).endswith("  # pyfix: ignore[dict-keys]\n")


def test_a_site_without_a_place_says_so() -> None:
    outcome = process(f"{DEF}    x = list(d.keys()) + \\\n        [1]\n".encode(), SETTINGS)
    assert isinstance(outcome, Clean)
    [one] = outcome.diagnostics
    assert isinstance(one.verdict, Refused)
    assert one.verdict.reason == "no line of the `dict-keys` site at line 2 can hold a comment"


def test_other_files_are_left() -> None:
    assert isinstance(process(b"pass\n", SETTINGS), TriagedAway)
    assert isinstance(process(b"# pyfix: skip-file\nd = {}\nlist(d.keys())\n", SETTINGS), Skipped)
    assert isinstance(process(b"d.keys(\n", SETTINGS), Failed)
    nothing = process(b"d = {}\nlist(d.keys())  # pyfix: ignore\n", SETTINGS)
    assert isinstance(nothing, Clean)
    assert nothing.diagnostics == ()
