"""The parts of a rename that do not show from the command line: finding mentions in the text, and the check on every result."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.workspace.files import Snapshot, Stamp
from codemods.workspace.rename.mentions import mentions
from codemods.workspace.rename.proof import require_same
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source, analysed

STAMP = Stamp(0, 0, 0, 0, 0, 1, 0, 0)


def source(text: str) -> Source:
    return analysed(Path("a.py"), Snapshot(text.encode(), STAMP))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("x = x  # x\n'x'\n", ["name", "name"]),
        ("from x import x as y, z as x\nimport x.x as x\n", ["path", "imported", "alias", "dotted", "dotted", "alias"]),
        ("@x\ndef x(x=x, *, y: x = x) -> x: pass\n", ["name", "definition", "parameter", "name", "name", "name", "name"]),
        ("class x(x, k=x): x: x = x\n", ["definition", "name", "name", "name", "name", "name"]),
        ("f(x, *x, x=x, **x)\n", ["name", "name", "keyword", "name", "name"]),
        ("x.x.y = x.y.x\n", ["name", "attribute", "name", "attribute"]),
        ("try: pass\nexcept x as x: x\n", ["name", "handler", "name"]),
        ("match x:\n case x(x=x) | [*x]: pass\n", ["name", "name", "member", "pattern", "pattern"]),
        ("match x:\n case {'x': int() as x, **z} if x: pass\n", ["name", "pattern", "name"]),
        ("def f():\n global y, x\n x = [x for y in x if x]\n", ["declaration", "name", "name", "name", "name"]),
        ("f'x {x} {{x}} {x=} {x!r:{x}}' 'x'\n", ["name", "name", "name", "name"]),
        ("(lambda x: x, x if x else x, {x: x, **x})\n", ["parameter", "name", "name", "name", "name", "name", "name", "name"]),
        ("\uff58 = x\n", ["name", "name"]),
    ],
)
def test_mentions_are_paired_with_the_text(text: str, kinds: list[str]) -> None:
    found = mentions(source(text).module, "x")
    assert found is not None
    assert sorted(one.kind for one in found) == sorted(kinds)
    assert all(text[one.start : one.end] in ("x", "\uff58") for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})


def test_a_field_that_prints_its_text_is_known() -> None:
    found = mentions(source("f'{x=} {x == 1} {x = !r:>{x}} {x}'\n").module, "x")
    assert [one.echoed for one in found or ()] == [True, False, True, False, False]


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("x = 1\nprint(x)\n", "y = 1\nprint(x)\n", 1),
        ("x = 1\ny = 2\nprint(x, y)\n", "y = 1\ny = 2\nprint(y, y)\n", 2),
        ("x = 1\ndef f(y):\n    return x\n", "y = 1\ndef f(y):\n    return y\n", 2),
        ("x = 1\n", "y = 2\n", 1),
        ("x = 1  # a\n", "y = 1\n", 1),
        ("x = 1\nprint(x)\n", "y = 1\nprint(y)\n", 1),
        ("x = 1\n", "y = 1\ny\n", 1),
        ("z = 1\n", "y = 1\n", 1),
        ("x = [1]\n", "y = (1)\n", 1),
    ],
)
def test_a_result_that_is_not_the_same_program_is_refused(before: str, after: str, count: int) -> None:
    with pytest.raises(NotRenamedError):
        require_same(source(before), source(after), "x", "y", count)


def test_a_right_result_is_accepted() -> None:
    require_same(
        source("x = 1  # x\ndef f(z, x): return x\nprint(x)\n"), source("y = 1  # x\ndef f(z, x): return x\nprint(y)\n"), "x", "y", 2
    )
