"""Why a line was or was not rewritten, in words."""

from __future__ import annotations

import pytest

from codemods.model.outcome import Clean, Diagnostic, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.report.entry import Entry
from codemods.report.explanation import beyond, introduction, sites_at, sites_reaching, verdict_lines
from tests.report.toys import EXPLAINED, REFUSED, UNSAFE, rewritten, site

SITES = (site(2, "one", column=1), site(2, "two", column=20), site(8, "three"))


def shown(outcome: Outcome) -> Entry:
    return Entry("a.py", outcome)


def names(found: list[Diagnostic]) -> list[str]:
    return [one.rule for one in found]


def test_the_sites_on_a_line() -> None:
    assert names(sites_at(shown(Clean(SITES)), 2)) == ["one", "two"]
    assert names(sites_at(shown(Clean(SITES)), 2, 25)) == ["two"]
    assert names(sites_at(shown(Clean(SITES)), 2, 15)) == ["one", "two"]
    assert names(sites_at(shown(Clean(SITES)), 3)) == []


def test_a_site_of_several_lines_is_on_each_of_them() -> None:
    long = Diagnostic("one", 2, 5, 4, 3, REFUSED)
    assert [bool(sites_at(shown(Clean((long,))), line)) for line in range(1, 6)] == [False, True, True, True, False]


def test_a_line_in_a_loop_changes_with_the_loop() -> None:
    outcome = rewritten("for i in range(len(xs)):\n    pass\n    print(xs[i])\n", ("i in range(len(xs))", "x in xs"), ("xs[i]", "x"))
    loop = Fixed(outcome.before, outcome.after, outcome.diagnostics[:1], outcome.edits)
    left = shown(Clean((site(1, verdict=UNSAFE), site(2, "other", verdict=REFUSED))))
    assert names(sites_reaching(left, 3, loop)) == ["range-len"]
    assert names(sites_reaching(left, 2, loop)) == []
    assert names(sites_reaching(left, 3, Clean())) == []


@pytest.mark.parametrize(
    ("outcome", "line", "said"),
    [
        (TriagedAway(), 3, "a.py:3: no rule finds its pattern anywhere in this file"),
        (Skipped("asks for it"), 3, "a.py:3: the file is left alone: asks for it"),
        (Clean(), 3, "a.py:3: no rule sees anything to rewrite on this line"),
        (
            Clean((*SITES, site(90, "far"))),
            4,
            "a.py:4: no rule sees anything to rewrite on this line; the nearest sites are on line 2 (one), line 2 (two), line 8 (three)",
        ),
    ],
)
def test_why_there_is_nothing_to_say_about_a_line(outcome: Outcome, line: int, said: str) -> None:
    assert list(introduction(shown(outcome), [], line)) == [said]


def test_sites_on_the_line_need_no_introduction() -> None:
    assert list(introduction(shown(Clean(SITES)), SITES[:1], 2)) == []
    assert list(introduction(shown(Clean(SITES)), SITES[:1], 3)) == ["a.py:3: changes with what is rewritten above it"]
    assert list(introduction(shown(Failed(1, "x")), [], 3)) == []


def test_a_line_that_the_file_does_not_have() -> None:
    entry = shown(Clean())
    assert beyond(entry, b"a\nb\n", 3) == "a.py: has 2 lines, and no line 3"
    assert beyond(entry, b"a", 2) == "a.py: has 1 line, and no line 2"
    assert beyond(entry, b"a\nb\n", 0) == "a.py: has 2 lines, and no line 0"
    assert beyond(entry, b"a\nb\n", 2) is None
    assert beyond(entry, b"", 1) is None


def test_a_verdict_in_words() -> None:
    def second(one: Diagnostic, selected: bool = True) -> list[str]:
        return list(verdict_lines("a.py", one, selected=selected))[1:-1]

    assert second(site(2)) == ["  safe, rewritten by default: `rows` is a list"]
    assert second(site(2, verdict=UNSAFE)) == ["  unsafe [type], rewritten with --unsafe-fixes: assumes that `rows` is a list"]
    assert second(site(2, verdict=EXPLAINED))[1:] == [
        "    - `rows` may be anything, line 3",
        "    - nothing changes it",
        "    + provable, if you annotate `rows` as `list` at line 3",
    ]
    assert second(site(2, verdict=REFUSED)) == ["  refused [index-rebound]: `i` is bound again at line 14"]
    assert second(site(2, suppressed=True)) == ["  suppressed by a comment; without it safe, rewritten by default: `rows` is a list"]
    assert second(site(2), selected=False)[1] == "  the rule is not selected for this file; --select range-len selects it"
