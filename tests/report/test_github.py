"""Annotations: levels, places, and nothing in a name or a message that the runner would read as its own."""

from __future__ import annotations

from msgspec.structs import replace

from codemods.model.outcome import Clean, Defect, Failed
from codemods.model.verdict import Refused
from codemods.report.entry import Entry
from codemods.report.github import lines
from tests.report.toys import REFUSED, UNSAFE, rewritten, site

CHANGED = rewritten("a = 1\n", ("1", "2"))
LEFT = Clean((site(3, verdict=UNSAFE), site(4, verdict=REFUSED), site(5, suppressed=True), replace(site(6), held=True)))


def test_what_would_be_rewritten_is_a_warning() -> None:
    assert list(lines(Entry("src/a.py", CHANGED), "src/a.py")) == [
        "::warning file=src/a.py,line=1,endLine=1,col=5,endColumn=6,title=range-len::`rows` is a list"
    ]


def test_what_is_rewritten_and_what_is_left_are_notices() -> None:
    [done] = lines(Entry("a.py", CHANGED, written=True), "a.py")
    assert done == "::notice file=a.py,line=1,endLine=1,col=5,endColumn=6,title=range-len::rewritten: `rows` is a list"
    assert list(lines(Entry("a.py", LEFT), "a.py")) == [
        "::notice file=a.py,line=3,endLine=3,col=1,endColumn=11,title=range-len (unsafe)::assumes that `rows` is a list",
        "::notice file=a.py,line=4,endLine=4,col=1,endColumn=11,title=range-len (refused)::`i` is bound again at line 14",
    ]


def test_a_site_of_several_lines_has_no_columns() -> None:
    several = replace(site(3, verdict=UNSAFE), end_line=5)
    assert next(lines(Entry("a.py", Clean((several,))), "a.py")).startswith("::notice file=a.py,line=3,endLine=5,title=")


def test_what_went_wrong_is_an_error() -> None:
    assert list(lines(Entry("a.py", Failed(7, "cannot be parsed")), "a.py")) == ["::error file=a.py,line=7,title=pyfix::cannot be parsed"]
    assert list(lines(Entry("a.py", Failed(0, "is gone")), "a.py")) == ["::error file=a.py,title=pyfix::is gone"]
    assert list(lines(Entry("a.py", CHANGED, cause="is read-only"), "a.py")) == [
        "::error file=a.py,title=pyfix::not rewritten: is read-only"
    ]
    defect = Clean((), (Defect("range-len", 3, "crash", "KeyError: 1"),))
    assert list(lines(Entry("a.py", defect), "a.py")) == [
        "::error file=a.py,line=3,title=range-len::KeyError: 1 (a defect of pyfix; please report it)"
    ]


def test_nothing_in_a_name_or_a_message_is_a_command() -> None:
    odd = "a,b:c%d\n::error::é.py"
    reason = "100%\r\n::error::x, y: z"
    [line] = lines(Entry(odd, Clean((site(1, verdict=Refused("x", reason)),))), odd)
    assert line == (
        "::notice file=a%2Cb%3Ac%25d\\n%3A%3Aerror%3A%3Aé.py,line=1,endLine=1,col=1,endColumn=11,title=range-len (refused)"
        "::100%25\\r\\n::error::x, y: z"
    )
    assert "\n" not in line
