"""What becomes of notebooks: names flow between cells, any cell may run after any other, and what is shown stays shown."""

from __future__ import annotations

import json
import random

import pytest
from msgspec.structs import replace

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Failed, Fixed, Place, Skipped, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe, Unsafe
from tests.engine.notebook.books import SETTINGS, after, book, cell, judged, said, site, sources

LOOP = "for i in range(len(xs)):\n    print(xs[i])"
BETTER = "for x in xs:\n    print(x)"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["xs = [1, 2]", LOOP], ["xs = [1, 2]", BETTER]),
        ([LOOP, "xs = [1, 2]"], [BETTER, "xs = [1, 2]"]),
        (["%matplotlib inline\nxs = [1]", LOOP], ["%matplotlib inline\nxs = [1]", BETTER]),
        (["%%time\nxs = [1]", LOOP], ["%%time\nxs = [1]", BETTER]),
        (["xs = [1]", f"await f()\n{LOOP}"], ["xs = [1]", f"await f()\n{BETTER}"]),
        (["import os\nname = 'a'", "print('<' + name + '>')"], ["import os\nname = 'a'", "print(f'<{name}>')"]),
        (["def f(s: str):\n  '''a\n %x\n'''\n  return 'a' + s"], ["def f(s: str):\n  '''a\n %x\n'''\n  return f'a{s}'"]),
        (
            ["def f(x, to=[]):\n  to.append(x)\n  return to"],
            ["def f(x, to=None):\n  if to is None:\n    to = []\n  to.append(x)\n  return to"],
        ),
        (
            ["xs = [1]\nfound = []\nfor x in xs:\n    found.append(x * 2)\nprint(found)"],
            ["xs = [1]\nfound = [x * 2 for x in xs]\nprint(found)"],
        ),
        (["if xs:\n    [print(x) for x in xs]"], ["if xs:\n    for x in xs:\n        print(x)"]),
        (["x?", "%%bash\nls", "name = 'a'", "'b' + name;"], ["x?", "%%bash\nls", "name = 'a'", "f'b{name}';"]),
    ],
)
def test_what_is_rewritten(cells: list[str], expected: list[str]) -> None:
    assert after(*cells) == expected
    assert after(*expected) == expected


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["xs = [1, 2]", LOOP, "xs = {0: 1}"], "type"),
        (["xs = [1, 2]", LOOP, "%run other.py"], "shadowed"),
        (["xs = [1, 2]", LOOP, "x = !ls"], "names-seen"),
        (["xs = [1, 2]", LOOP, "%timeit range"], "shadowed"),
        (["xs = [1, 2]", f"%%time\n{LOOP}"], "magic-cell"),
        (["class A:\n    pass\nclass B(A):\n    def f(self):\n        return super(B, self).f()"], "in-loop"),
        (["[print(x) for x in [1]]"], "displayed"),
        (["[print(x) for x in [1]]\n1"], "displayed"),
        (["[print(x) for x in [1]];"], "displayed"),
        (["xs = [1]\nfound = []\nfor x in xs:\n    found.append(x * 2)", "print(found)"], "partial"),
        (["xs = [1]\nfound = []\nfor x in xs:\n    found.append(x * 2)", "print(x)"], "used-after"),
        (["xs = [1]\nfound = []\n!ls\nfor x in xs:\n    found.append(x * 2)"], "around-magic"),
        (
            ["xs = [1]\nfound = []\nfor x in xs:\n    found.append(x)", "%config InteractiveShell.ast_node_interactivity = 'all'"],
            "displayed",
        ),
        (
            ["get_ipython().ast_node_interactivity = 'last_expr_or_assign'", "xs = [1]\nfound = []\nfor x in xs:\n    found.append(x * 2)"],
            "displayed",
        ),
        (["'a'", "print('b' + _)", "_ = 'c'"], "type"),
    ],
)
def test_what_is_left(cells: list[str], code: str) -> None:
    verdict = site(*cells).verdict
    assert isinstance(verdict, Refused | Unsafe)
    assert verdict.code == code


def test_statements_of_two_cells_are_not_one_pattern() -> None:
    assert after("found = []", "for x in [1]:\n    found.append(x * 2)") == ["found = []", "for x in [1]:\n    found.append(x * 2)"]


def test_places_and_words_are_of_cells() -> None:
    one = site({"cell_type": "markdown", "metadata": {}, "source": []}, "\nxs = [1, 2]", f"\n\n{LOOP}")
    assert (one.cell, one.line, one.column, one.end_line) == (3, 3, 10, 3)
    assert isinstance(one.verdict, Safe)
    assert "at line 2 of cell 2" in one.verdict.because
    assert site(f"xs = [1, 2]\n{LOOP}").verdict == Safe(one.verdict.because.replace("line 2 of cell 2", "line 1"))


def test_reasons_are_of_cells() -> None:
    outcome = judged("\ndef f(xs):\n    return xs", LOOP, "xs = f([])", "%run x", settings=replace(SETTINGS, explain=True))
    assert isinstance(outcome, Clean)
    (one,) = outcome.diagnostics
    assert isinstance(one.verdict, Refused)
    assert one.verdict.reason == "a cell that is left alone may do anything"
    one = site("class A:\n    def f(self):\n        return super(A, self).f()")
    assert isinstance(one.verdict, Refused)
    assert one.verdict.reason == "a cell may run again, after any other"
    outcome = judged("def f(xs):\n    " + LOOP.replace("\n", "\n    "), settings=replace(SETTINGS, explain=True))
    assert isinstance(outcome, Clean)
    (remedy,) = outcome.diagnostics[0].verdict.reasons.remedies
    assert (remedy.line, remedy.cell, remedy.kind) == (1, 0, "annotate")
    outcome = judged("x = f()", "\nprint('a' + x.g())", settings=replace(SETTINGS, explain=True))
    assert isinstance(outcome, Clean)
    (remedy,) = outcome.diagnostics[0].verdict.reasons.remedies
    assert str(remedy) == "give `x.g()` at line 2 a name first, annotated as `str`"


def test_what_changes_is_told_by_cell() -> None:
    outcome = judged("name = 'a'", "'b' + name", "x", "'c' + name")
    assert isinstance(outcome, Fixed)
    assert [(one.cell, one.before, one.after) for one in outcome.cells] == [
        (2, "'b' + name", "f'b{name}'"),
        (4, "'c' + name", "f'c{name}'"),
    ]


@pytest.mark.parametrize("indent", [None, 1, 2])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_nothing_else_of_the_file_changes(indent: int | None, ascii_only: bool) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["é\n", "'b' + name"]}
    cells = [cell("name = 'é'\n'b' + name", outputs=[output], metadata={"tags": ["ü"]}, execution_count=3), cell("'b' + name", lines=False)]
    data = book(*cells, indent=indent, ascii_only=ascii_only, extra=[1.0, 1e400, 10**30, "\u2028"])
    for text in (data, data.rstrip(b"\n"), data.replace(b"\n", b"\r\n"), b" " + data):
        outcome = process(text, SETTINGS)
        assert isinstance(outcome, Fixed)
        assert _without_sources(outcome.after) == _without_sources(text)
        assert sources(outcome.after) == ["name = 'é'\nf'b{name}'", "f'b{name}'"]


def _without_sources(data: bytes) -> bytes:
    return data.replace(b"f'b{name}'", b"'b' + name")


def test_what_is_no_notebook() -> None:
    assert process(b"{", replace(SETTINGS, rules=("range-len",))) == TriagedAway()
    assert process(b"{ range(len(x)) x[i]\n", SETTINGS) == Failed(1, "is not JSON: Expecting value")
    assert process(book("\xff").replace("\xff".encode(), b"\xff") + b"for i in range(len(x))", SETTINGS) == Failed(
        9, "is not utf-8: invalid start byte"
    )
    assert isinstance(process(book(LOOP, metadata={"kernelspec": {"language": "julia"}}), SETTINGS), Skipped)
    assert isinstance(process(book(f"# pyfix: skip-file\n{LOOP}"), SETTINGS), Skipped)
    assert process(book("x = 1"), SETTINGS) == TriagedAway()


def test_one_site_can_be_chosen() -> None:
    def chosen(place: Place, before: int) -> bool:
        return (place.cell, place.line) == (2, 1)

    outcome = process(book(f"xs = [1]\n{LOOP}", LOOP), SETTINGS, chosen=chosen)
    assert isinstance(outcome, Fixed)
    assert sources(outcome.after) == [f"xs = [1]\n{LOOP}", BETTER]


def test_lines_of_the_file_limit_it() -> None:
    data = book(f"xs = [1]\n{LOOP}", LOOP)
    line = next(number for number, text in enumerate(data.decode().split("\n"), 1) if '"for i' in text)
    outcome = process(data, Settings(SETTINGS.rules, filename="a.ipynb", lines=((line, line),)))
    assert isinstance(outcome, Fixed)
    assert sources(outcome.after) == [f"xs = [1]\n{BETTER}", LOOP]


PROGRAM = (
    "xs = [3, 1]\nname = 'n'\ntotals = {'a': 1}",
    "def show(rows: list, title: str) -> str:\n    for i in range(len(rows)):\n        print(i, rows[i])\n    return title + '!'",
    "for i in range(len(xs)):\n    print(xs[i])\nshow([4, 2], 'n')",
    "found = []\nfor x in xs:\n    found.append(10 // (x - 1))\nprint(found)",
    "for key in totals:\n    print(key, totals[key])\n'<' + name + '>'",
    "xs = xs + [5]\nlist(totals.keys())",
    "name = 7",
    "xs, name = {0: 'zero', 1: 'one'}, 'm'",
    "found",
)


def test_cells_in_any_order_do_what_they_did() -> None:
    """Also where one breaks off, or another class of object stands behind a name meanwhile."""
    chance = random.Random(5)
    changed = 0
    for _ in range(20):
        cells = [one for one in PROGRAM if chance.random() < 0.8]
        new = after(*cells)
        changed += new != cells
        for _ in range(4):
            order = [chance.randrange(len(cells)) for _ in range(12)]
            assert said(cells, order) == said(new, order), json.dumps([cells, new, order], indent=1)
    assert changed > 15
