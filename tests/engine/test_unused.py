"""Comments that hold nothing back, and what is left of them."""

from __future__ import annotations

import pytest

from codemods.engine.unused import process
from codemods.model.outcome import Clean, Failed, Fixed, Skipped, TriagedAway
from codemods.model.settings import Settings

SETTINGS = Settings(("range-len",))  # which does not matter: all rules count
DEF = "def f(d: dict[str, int], u):\n"

CASES = {
    "a rule with nothing to do there": ("    x = list(d)  # pyfix: ignore[dict-keys]\n", "    x = list(d)\n"),
    "no rule at all": ("    x = list(d)  # pyfix: ignore\n", "    x = list(d)\n"),
    "a name that is no rule's": ("    x = list(d.keys())  # pyfix: ignore[dict-kyes]\n", "    x = list(d.keys())\n"),
    "one of two": (
        "    x = list(d.keys())  # pyfix: ignore[range-len, dict-keys]\n",
        "    x = list(d.keys())  # pyfix: ignore[dict-keys]\n",
    ),
    "what is said behind it stays": ("    x = list(d)  # pyfix: ignore[dict-keys] as we like it\n", "    x = list(d)  # as we like it\n"),
    "a comment behind it stays": ("    x = list(d)  # pyfix: ignore  # noqa\n", "    x = list(d)  # noqa\n"),
    "a comment before it stays": ("    x = list(d)  # noqa  # pyfix: ignore\n", "    x = list(d)  # noqa\n"),
    "a line for itself": ("    # pyfix: ignore[dict-keys]\n    x = list(d)\n", "    x = list(d)\n"),
    "on a line where it counts for nothing": (
        "    # pyfix: ignore[dict-keys]\n    x = list(d.keys())\n",
        "    x = list(d.keys())\n",
    ),
    "the last of the file": ("    x = list(d)  # pyfix: ignore", "    x = list(d)"),
    "a refused site needs none": (
        "    x = super().keys()  # pyfix: ignore[dict-keys]\n",
        "    x = super().keys()\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_what_is_not_needed_goes(before: str, after: str) -> None:
    outcome = process((DEF + before).encode(), SETTINGS)
    assert isinstance(outcome, Fixed)
    assert outcome.after.decode() == DEF + after
    assert all(one.rule == "suppress" and one.fixed and one.line >= 2 for one in outcome.diagnostics)


@pytest.mark.parametrize(
    "kept",
    [
        "    x = list(d.keys())  # pyfix: ignore[dict-keys]\n",
        "    x = list(d.keys())  # pyfix: ignore\n",
        "    x = list(u.keys())  # pyfix: ignore[dict-keys]\n",
        "    for k in d.keys():  # pyfix: ignore[dict-keys]\n        print(k)\n",
        "    print('# pyfix: ignore', d)\n",
    ],
    ids=["a site", "a site, all rules", "an unsafe site", "a loop's header", "a string"],
)
def test_what_is_needed_stays(kept: str) -> None:
    assert process((DEF + kept).encode(), SETTINGS) == Clean()


def test_what_it_says_names_the_comment() -> None:
    outcome = process(f"{DEF}    x = list(d)  # pyfix: ignore[dict-keys, range-len]\n".encode(), SETTINGS)
    assert isinstance(outcome, Fixed)
    [one] = outcome.diagnostics
    assert (one.line, one.column) == (2, 18)
    assert one.verdict.because == "nothing here needs `dict-keys`, `range-len`"  # type: ignore[union-attr]


def test_other_files_are_left() -> None:
    assert isinstance(process(b"x = 1\n", SETTINGS), TriagedAway)
    assert isinstance(process(b"# pyfix: skip-file\nx = 1  # pyfix: ignore\n", SETTINGS), Skipped)
    assert isinstance(process(b"x = (  # pyfix: ignore\n", SETTINGS), Failed)
