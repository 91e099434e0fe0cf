"""The lines of the report for people."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from codemods.model.outcome import Clean, Defect, Diagnostic, Failed, Outcome, Skipped, TriagedAway
from codemods.report.entry import Entry, Mode
from codemods.report.statistics import Tally
from codemods.report.text import error_lines, file_line, left_lines, site_lines, skipped_line, summary
from tests.report.toys import EXPLAINED, REFUSED, SAFE, UNSAFE, rewritten, site

FIXED = rewritten("a b c\nd\n", ("a", "A", "one"), ("c", "C", "two"), ("d", "D", "two"))


def clean(*sites: Diagnostic) -> Clean:
    return Clean(sites)


def tally(*outcomes: Outcome, cause: str = "") -> Tally:
    result = Tally()
    for outcome in outcomes:
        result.add(Entry("a.py", outcome, cause=cause))
    return result


def test_a_rewritten_file() -> None:
    assert file_line(Entry("src/a.py", FIXED, written=True)) == "rewrote src/a.py: 3 sites (two 2, one 1)"
    assert file_line(Entry("\x1b.py", rewritten("a", ("a", "b")), written=True)) == r"rewrote \x1b.py: 1 site (range-len 1)"


def test_a_line_for_each_site_to_rewrite() -> None:
    assert list(site_lines(Entry("a.py", FIXED))) == [
        "a.py:1:1: one `rows` is a list",
        "a.py:1:5: two `rows` is a list",
        "a.py:2:1: two `rows` is a list",
    ]
    shown = Entry("a.py", clean(site(2, verdict=UNSAFE, fixed=True)))
    assert list(site_lines(shown)) == ["a.py:2:1: range-len assumes that `rows` is a list"]


def test_a_line_for_each_site_left() -> None:
    shown = Entry("a.py", clean(site(1, fixed=True), site(2, verdict=UNSAFE), site(3, verdict=REFUSED), site(4, suppressed=True), site(5)))
    assert list(left_lines(shown)) == [
        "a.py:2:1: range-len unsafe: assumes that `rows` is a list [type]",
        "a.py:3:1: range-len refused: `i` is bound again at line 14 [index-rebound]",
        "a.py:4:1: range-len suppressed by a comment; `rows` is a list [proved]",
        "a.py:5:1: range-len refused: `rows` is a list [proved]",
    ]


def test_a_site_that_is_left_says_what_it_rests_on() -> None:
    assert list(left_lines(Entry("a.py", clean(site(2, verdict=EXPLAINED))))) == [
        "a.py:2:1: range-len unsafe: assumes that `rows` is a list [type]",
        "  - `rows` may be anything, line 3",
        "  - nothing changes it",
        "  + provable, if you annotate `rows` as `list` at line 3",
    ]


def test_where_more_than_a_type_is_missing_a_remedy_is_a_step() -> None:
    verdict = replace(EXPLAINED, code="type-and-change", sort="change")
    shown = list(left_lines(Entry("a.py", clean(site(2, verdict=verdict)))))
    assert shown[-1] == "  + a step towards a proof would be to annotate `rows` as `list` at line 3"


def test_names_from_the_source_are_made_harmless() -> None:
    shown = Entry("a.py", clean(site(1, verdict=type(REFUSED)("x", "`\x1b[2J`\nis bound"))))
    assert list(left_lines(shown)) == [r"a.py:1:1: range-len refused: `\x1b[2J`\nis bound [x]"]


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (Entry("a.py", Failed(3, "cannot be parsed: invalid syntax")), ["a.py:3: cannot be parsed: invalid syntax"]),
        (Entry("a\n.py", Failed(0, "is a folder")), [r"a\n.py: is a folder"]),
        (Entry("a.py", FIXED, cause="is read-only"), ["a.py: not rewritten: is read-only"]),
        (Entry("a.py", FIXED, written=True), []),
        (Entry("a.py", TriagedAway()), []),
        (
            Entry("a.py", Clean((), (Defect("one", 3, "crash", "KeyError: 'x'"), Defect("two", 1, "bound", "still something to do")))),
            [
                "a.py:3: one crashed: KeyError: 'x' (a defect of pyfix; please report it)",
                "a.py:1: two stopped at its bound: still something to do (a defect of pyfix; please report it)",
            ],
        ),
    ],
)
def test_a_line_for_each_thing_that_went_wrong(shown: Entry, lines: list[str]) -> None:
    assert list(error_lines(shown)) == lines


def test_a_skipped_file() -> None:
    assert skipped_line(Entry("a.py", Skipped("asks for it"))) == "a.py: skipped: asks for it"
    assert skipped_line(Entry("a.py", TriagedAway())) is None


MORE = clean(site(1, verdict=UNSAFE), site(2, verdict=UNSAFE), site(3, verdict=REFUSED), site(4, suppressed=True))


@pytest.mark.parametrize(
    ("counted", "mode", "line"),
    [
        (tally(FIXED, FIXED), "fix", "rewrote 6 sites in 2 files"),
        (tally(FIXED), "diff", "would rewrite 3 sites in 1 file"),
        (tally(rewritten("a", ("a", "b"))), "check", "would rewrite 1 site in 1 file"),
        (
            tally(FIXED, MORE),
            "fix",
            "rewrote 3 sites in 1 file; 2 more with --unsafe-fixes; 1 refused (--show-refused lists them); 1 suppressed",
        ),
        (
            tally(MORE),
            "fix",
            "nothing to rewrite in 1 file; 2 more with --unsafe-fixes; 1 refused (--show-refused lists them); 1 suppressed",
        ),
        (tally(TriagedAway(), Clean()), "check", "nothing to rewrite in 2 files"),
        (tally(Failed(1, "x"), Clean()), "fix", "nothing to rewrite in 2 files; 1 file could not be processed"),
        (tally(FIXED, cause="is read-only"), "fix", "nothing to rewrite in 1 file; 1 file could not be processed"),
    ],
)
def test_the_summary(counted: Tally, mode: Mode, line: str) -> None:
    assert summary(counted, mode) == line


def test_the_summary_does_not_offer_what_was_asked_for() -> None:
    assert summary(tally(clean(site(1, verdict=REFUSED))), "check", show_refused=True) == "nothing to rewrite in 1 file; 1 refused"


def test_a_proof_needs_no_code() -> None:
    assert SAFE.because in next(site_lines(Entry("a.py", FIXED)))
