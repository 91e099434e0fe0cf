"""Diffs for people: nothing is lost, nothing acts on the terminal, and the reason stands over the change."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from codemods.model.outcome import Fixed
from codemods.report.entry import Entry
from codemods.report.terminal import diff_lines, print_diff, print_line
from tests.report.toys import SAFE, UNSAFE, entry, rewritten, site

LOOP = rewritten(
    "def show(rows: list[int]) -> None:\n    for i in range(len(rows)):\n        print(rows[i])\n",
    ("i in range(len(rows))", "row in rows"),
    ("rows[i]", "row"),
)


def plain(outcome: Fixed, width: int = 80, path: str = "src/a.py", *, ascii_only: bool = False) -> list[str]:
    return [line.plain for line in diff_lines(entry(outcome, path), outcome, width, ascii_only=ascii_only)]


def code_of(lines: list[str], sign: str) -> list[str]:
    """The code of the lines with a sign, unfolded again."""
    found: list[str] = []
    open_ = False
    for line in lines:
        match = re.match(r" [ \d]+ [│|] ([-+ ]) (.*)", line)
        if match is None:
            continue
        numbers = line.partition("│")[0].strip()
        if match[1] == sign and numbers:
            found.append(match[2])
            open_ = True
        elif open_ and not numbers and match[1] == " ":
            found[-1] += match[2]
        else:
            open_ = False
    return found


def test_a_diff_as_a_whole() -> None:
    assert "\n".join(plain(LOOP, 60)) == (
        "src/a.py ──────────────────────────────────────── 2 rewrites\n"
        "  range-len  line 2: `rows` is a list\n"
        "  range-len  line 3: `rows` is a list\n"
        " 1 1 │   def show(rows: list[int]) -> None:\n"
        " 2   │ -     for i in range(len(rows)):\n"
        "   2 │ +     for row in rows:\n"
        " 3   │ -         print(rows[i])\n"
        "   3 │ +         print(row)\n"
    )


@pytest.mark.parametrize("width", [40, 80, 140])
def test_no_line_is_wider_than_the_terminal_and_no_code_is_lost(width: int) -> None:
    long = "value = call(" + ", ".join(f"argument_{number}" for number in range(40)) + ")"
    wide = "title = '" + "名前" * 60 + "'"
    text = f"{long}\n{wide}\nx = 1\n{long}\n{wide}\n"
    outcome = rewritten(text, ("argument_7", "argument_seven"), ("名前'", "人名'"))
    lines = plain(outcome, width)
    assert max(map(cell_len, lines)) <= width
    assert code_of(lines, "-") == [long, wide]
    assert code_of(lines, "+") == [long.replace("argument_7", "argument_seven"), wide.removesuffix("名前'") + "人名'"]


@pytest.mark.parametrize("width", [40, 80, 140])
def test_long_names_and_reasons_are_folded(width: int) -> None:
    path = "a/" + "very_long_folder_name/" * 20 + "a.py"
    outcome = rewritten("a = 1\n", ("a", "b"))
    reason = "`" + "x" * 200 + "` is what it is, " + "and so on " * 30
    shown = Entry(path, Fixed(outcome.before, outcome.after, (site(1, verdict=type(SAFE)(reason), fixed=True),), outcome.edits))
    lines = [line.plain for line in diff_lines(shown, outcome, width)]
    assert max(map(cell_len, lines)) <= width
    assert path in "".join(lines)
    assert reason.replace(" ", "") in "".join(lines).replace(" ", "")


def test_nothing_in_a_file_or_its_name_acts_on_the_terminal() -> None:
    outcome = rewritten("x = '\x1b[2J\x07\u202e'\ty\r\nz\x0c = 1\r\n", ("y", "Y"))
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, color_system=None, width=80, highlight=False)
    print_diff(Entry("a\x1b]0;title\x07\n.py", outcome), outcome, console)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", stream.getvalue())
    assert "x = '␛[2J␇�'" in stream.getvalue()
    assert r"a\x1b]0;title\x07\n.py" in stream.getvalue()


def test_markup_in_source_is_only_text() -> None:
    outcome = rewritten("x = '[bold red]y[/]:smile:'\n", ("y", "z"))
    assert code_of(plain(outcome), "+") == ["x = '[bold red]z[/]:smile:'"]


def test_tabs_keep_their_columns() -> None:
    outcome = rewritten("if x:\n\ta = 1\n\t\tb\n", ("a", "c"))
    assert code_of(plain(outcome), "-") == ["    a = 1"]


def test_only_the_changed_words_are_marked() -> None:
    lines = list(diff_lines(entry(LOOP), LOOP, 80))
    marked = [line.plain[span.start : span.end] for line in lines for span in line.spans if "reverse" in str(span.style)]
    assert marked == ["i", "range(len(", "))", "row", "rows[i]", "row"]


def test_code_is_coloured_also_inside_a_string_that_began_above() -> None:
    text = 'x = """' + "\nif for while" * 12 + '\nname"""\n'
    outcome = rewritten(text, ("name", "NAME"))
    for line in diff_lines(entry(outcome), outcome, 80):
        if "if for" in line.plain:
            assert {str(span.style) for span in line.spans if span.end > 10} == {"cyan"}


def test_no_background_and_no_fixed_colour_is_used() -> None:
    """Sixteen colours of the user's own palette, and reverse; no background, no bright ones, no black or white."""
    text = '@d\nclass A(B):\n    def f(self):  # c\n        return "a\\n" + str(1) if x else None\n'
    outcome = rewritten(text, ('"a\\n" + str(1)', 'f"a\\n{1}"'))
    stream = io.StringIO()
    print_diff(entry(outcome), outcome, Console(file=stream, force_terminal=True, color_system="truecolor", width=80, highlight=False))
    codes = {code for sequence in re.findall(r"\x1b\[([\d;]*)m", stream.getvalue()) for code in sequence.split(";")}
    assert codes <= {"0", "1", "2", "3", "7", "31", "32", "33", "34", "35", "36"}
    assert {"7", "31", "32", "36"} <= codes


def test_the_reason_stands_over_its_own_change() -> None:
    filler = "".join(f"line_{number} = 0\n" for number in range(6))
    outcome = rewritten(f"a = 1\n{filler}b = 1\n", ("a", "A", "first-rule"), ("b", "B", "second-rule"))
    lines = plain(outcome)
    order = [next(index for index, line in enumerate(lines) if word in line) for word in ("first-rule", "- a", "second-rule", "- b")]
    assert order == sorted(order)
    assert sum("rule" in line for line in lines) == 2


def test_a_rewrite_that_goes_on_far_below_says_so() -> None:
    filler = "".join(f"    line_{number} = 0\n" for number in range(9))
    outcome = rewritten(f"for i in range(len(xs)):\n{filler}    print(xs[i])\n", ("i in range(len(xs))", "x in xs"), ("xs[i]", "x"))
    outcome = Fixed(outcome.before, outcome.after, outcome.diagnostics[:1], outcome.edits)
    headers = [line for line in plain(outcome) if line.startswith("  range-len")]
    assert headers == ["  range-len  line 1: `rows` is a list", "  range-len  goes on"]


def test_an_assumption_is_named_as_one() -> None:
    outcome = rewritten("a = 1\n", ("a", "b"))
    shown = Entry("a.py", Fixed(outcome.before, outcome.after, (site(1, verdict=UNSAFE, fixed=True),), outcome.edits))
    line = next(line for line in diff_lines(shown, outcome, 80) if "assumes" in line.plain)
    assert line.plain == "  range-len  line 1: assumes that `rows` is a list"
    assert any("yellow" in str(span.style) for span in line.spans)


def test_a_terminal_without_line_drawing_gets_ascii() -> None:
    assert all(line.isascii() for line in plain(LOOP, ascii_only=True))


def test_line_ends_are_python_s() -> None:
    assert code_of(plain(rewritten("a\rb\r\nc\nd", ("b", "B"))), "-") == ["b"]


def test_it_is_text_all_the_way() -> None:
    assert all(isinstance(line, Text) for line in diff_lines(entry(LOOP), LOOP, 80))


def test_sites_of_a_line_that_rest_on_the_same_are_said_once() -> None:
    outcome = rewritten("a + b\nc\n", ("a", "A"), ("b", "B"), ("c", "C"))
    headers = [line for line in plain(outcome) if "range-len" in line]
    assert headers == ["  range-len  line 1: `rows` is a list", "  range-len  line 2: `rows` is a list"]


@pytest.mark.parametrize(
    ("line", "coloured"),
    [
        ("src/a.py:2:14: range-len `rows` is a list", "\x1b[1msrc/a.py\x1b[0m:2:14: \x1b[36mrange-len\x1b[0m `rows` is a list\n"),
        ("rewrote 3 sites in 2 files", "rewrote 3 sites in 2 files\n"),
    ],
)
def test_lines_about_sites_have_their_names_stand_out(line: str, coloured: str) -> None:
    stream = io.StringIO()
    print_line(line, Console(file=stream, force_terminal=True, color_system="standard", width=20, highlight=False))
    assert stream.getvalue() == coloured
