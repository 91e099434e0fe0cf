"""A failure on purpose: it is where the rewrites are, runs when they would, and leaves the file a program."""

from __future__ import annotations

import pytest

from codemods.model.outcome import Diagnostic
from codemods.model.verdict import Safe
from codemods.workspace.verify.canary import RAISE, raising
from codemods.workspace.verify.sites import Site


def planted(text: str, *scopes: str) -> str:
    sites = [
        Site(str(number), "r", "a.py", (Diagnostic("r", 1, 1, 1, 2, Safe("so"), True, scope=scope),)) for number, scope in enumerate(scopes)
    ]
    made = raising(text.encode(), sites)
    assert made is not None
    compile(made, "a.py", "exec")
    return made.decode()


@pytest.mark.parametrize(
    ("text", "scopes", "after"),
    [
        ("def f():\n    return 1\n", ["f"], "def f():\n    RAISE\n    return 1\n"),
        ('def f():\n    "doc"\n    return 1\n', ["f"], 'def f():\n    "doc"\n    RAISE\n    return 1\n'),
        ('def f():\n    "doc"\n', ["f"], 'def f():\n    "doc"; RAISE\n'),
        ("def f(): return 1\n", ["f"], "def f(): RAISE; return 1\n"),
        (
            "class A:\n\tdef f(self):\n\t\tpass\n\tdef g(self):\n\t\tpass\n",
            ["A.g"],
            "class A:\n\tdef f(self):\n\t\tpass\n\tdef g(self):\n\t\tRAISE\n\t\tpass\n",
        ),
        ("def f():\n    def g():\n        pass\n", ["f.<locals>.g"], "def f():\n    def g():\n        RAISE\n        pass\n"),
        ("def f():\n    @d\n    def g():\n        pass\n", ["f"], "def f():\n    RAISE\n    @d\n    def g():\n        pass\n"),
        ("async def f():\n    é; await g()\n", ["f"], "async def f():\n    RAISE\n    é; await g()\n"),
        ("def f(): pass\nx = 1\n", ["f", ""], "def f(): RAISE; pass\nx = 1\n"),
        ('"doc"\nfrom __future__ import annotations\nx = 1\n', [""], '"doc"\nfrom __future__ import annotations\nRAISE\nx = 1\n'),
        ("class A:\n    x = 1\n", ["A"], "RAISE\nclass A:\n    x = 1\n"),
        (
            "if t:\n    def f():\n        a\nelse:\n    def f():\n        b\n",
            ["f"],
            "if t:\n    def f():\n        RAISE\n        a\nelse:\n    def f():\n        RAISE\n        b\n",
        ),
    ],
)
def test_where_it_stands(text: str, scopes: list[str], after: str) -> None:
    assert planted(text, *scopes) == after.replace("RAISE", RAISE)


def test_line_ends_and_encodings() -> None:
    site = Site("1", "r", "a.py", (Diagnostic("r", 1, 1, 1, 2, Safe("so"), True, scope="f"),))
    made = raising("# coding: latin-1\r\ndef f():\r\n    return 'é'\r\n".encode("latin-1"), [site])
    assert made is not None
    compile(made, "a.py", "exec")
    assert "é".encode("latin-1") in made


def test_what_cannot_be_read_gets_none() -> None:
    assert raising(b"def f(:\n", []) is None
    assert raising(b"", []) is None
