"""A file with many sites takes as many times the work as it has sites: counted in calls of our own functions, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings

FEW, MANY = 40, 160

SHAPES: dict[str, Callable[[int], str]] = {
    "loops of a module over indexes": lambda n: "".join(
        f"rows{i} = [1, 2]\nfor i in range(len(rows{i})):\n    print(rows{i}[i])\n" for i in range(n)
    ),
    "loops of a function over one dict": lambda n: "def f(d: dict[str, int]) -> None:\n" + "    for k in d:\n        print(k, d[k])\n" * n,
    "functions over a dict of the module": lambda n: "_D = {}\n_D['a'] = 1\n" + "".join(
        f"def f{i}():\n    for k in _D:\n        print(k, _D[k])\n\n\n" for i in range(n)
    ),
    "collections of a function": lambda n: "def f(d: list[int]) -> None:\n" + "".join(
        f"    out{i} = []\n    for x in d:\n        out{i}.append(x + 1)\n    print(out{i})\n" for i in range(n)
    ),
    "functions with a mutable default": lambda n: "".join(f"def f{i}(x, acc=[]):\n    return [x, *acc]\n\n\n" for i in range(n)),
    "comprehensions as statements": lambda n: "def f(d: list[int]) -> None:\n" + "".join(f"    [print(x{i}) for x{i} in d]\n" for i in range(n)),
    "methods over an attribute": lambda n: "class C:\n    def __init__(self):\n        self.rows: list[int] = []\n\n" + "".join(
        f"    def f{i}(self):\n        for i in range(len(self.rows)):\n            print(self.rows[i])\n\n" for i in range(n)
    ),
    "additions": lambda n: "def f(x: int, s: str) -> None:\n" + "".join(f'    print("value " + s + " {i}")\n' for i in range(n)),
}  # fmt: skip


def lines_run(text: str) -> int:
    """How many lines of the package's own code a run over the text executes: a loop over all that there is counts, too."""
    count = 0

    def inside(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return inside

    def entered(frame: FrameType, event: str, argument: object) -> object:
        return inside if "codemods" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        outcome = process(text.encode(), Settings(registry.select(None, ())))
    finally:
        sys.settrace(before)
    assert isinstance(outcome, Fixed)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_sites(shape: str) -> None:
    lines_run(SHAPES[shape](2))  # imports, and what is compiled once
    few, many = (lines_run(SHAPES[shape](count)) for count in (FEW, MANY))
    assert many < few * MANY / FEW * 1.15, (few, many)
