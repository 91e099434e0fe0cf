"""Counts by rule, by reason, of files and of work."""

from __future__ import annotations

from codemods.model.outcome import Clean, Defect, Failed, Skipped, TriagedAway, Work
from codemods.model.verdict import Refused
from codemods.report.entry import Entry
from codemods.report.statistics import Tally, as_data, lines
from tests.report.toys import REFUSED, UNSAFE, rewritten, site

RARE = Refused("rare", "why not", sort="style")


def counted() -> Tally:
    tally = Tally()
    for outcome in (
        TriagedAway(),
        TriagedAway(),
        Skipped("so"),
        Failed(1, "broken"),
        rewritten("a b\n", ("a", "A"), ("b", "B", "dict-keys")),
        Clean(
            (
                site(1, verdict=RARE),
                site(2, verdict=REFUSED),
                site(3, verdict=REFUSED),
                site(4, verdict=UNSAFE),
                site(5, "dict-keys", suppressed=True),
                site(6, "dict-keys", verdict=RARE),
            ),
            (Defect("range-len", 9, "crash", "x"),),
            Work(1, 1, 0),
        ),
    ):
        tally.add(Entry("a.py", outcome))
    return tally


def test_the_table() -> None:
    assert "\n".join(lines(counted())) == (
        "rule        rewritten      unsafe     refused  suppressed\n"
        "dict-keys           1           0           1           1\n"
        "range-len           1           1           3           0\n"
        "all                 2           1           4           1\n"
        "\n"
        "unsafe, by assumption\n"
        "  range-len         1  type (needs a type)\n"
        "\n"
        "refused, by reason\n"
        "  range-len         2  index-rebound (would mean something else)\n"
        "  dict-keys         1  rare (reads better as it is)\n"
        "  range-len         1  rare (reads better as it is)\n"
        "\n"
        "files: 6 seen, 2 triaged away, 2 parsed, 1 skipped, 2 failed\n"
        "work: 4 whole files parsed, 2 fragments parsed, 3 passes"
    )


def test_the_table_of_nothing() -> None:
    assert list(lines(Tally()))[-2:] == [
        "files: 0 seen, 0 triaged away, 0 parsed, 0 skipped, 0 failed",
        "work: 0 whole files parsed, 0 fragments parsed, 0 passes",
    ]


def test_the_same_for_programs() -> None:
    data = as_data(counted())
    assert data["rules"]["range-len"] == {
        "rewritten": 1,
        "unsafe": 1,
        "refused": 3,
        "suppressed": 0,
        "unsafe_by_code": {"type": 1},
        "refused_by_code": {"index-rebound": 2, "rare": 1},
    }
    assert list(data["rules"]["range-len"]["refused_by_code"]) == ["index-rebound", "rare"]
    assert data["reasons"] == [
        {"rule": "range-len", "verdict": "unsafe", "code": "type", "count": 1, "sort": "type"},
        {"rule": "range-len", "verdict": "refused", "code": "index-rebound", "count": 2, "sort": "meaning"},
        {"rule": "dict-keys", "verdict": "refused", "code": "rare", "count": 1, "sort": "style"},
        {"rule": "range-len", "verdict": "refused", "code": "rare", "count": 1, "sort": "style"},
    ]
    assert data["work"] == {"parses": 4, "fragments": 2, "passes": 3}


def test_a_file_that_could_not_be_written_counts_as_failed_only() -> None:
    tally = Tally()
    tally.add(Entry("a.py", rewritten("a", ("a", "b")), cause="is read-only"))
    assert (tally.failed, tally.changed, tally.sites["rewritten"]) == (1, 0, 0)
