"""The checks of every result: each lets good results through and stops bad ones."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.engine.verify import Change, fragment, outside, unions_at_run_time


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("x  # a\n", "y\n", "`# a` would be lost"),
        ("x\n", "y  # a\n", "`# a` would be added"),
        ("x  # a\n# a\n", "y  # a\n", "`# a` would be lost"),
        ("x  # a", "y  # b", "`# a` would be lost"),
        ("'a' + b", "f'a{b['c']}'", "quotes of the f-string"),
        ("'a' + b", "f'a{\"\\n\"}'", "backslash"),
    ],
)
def test_a_bad_fragment(old: str, new: str, words: str) -> None:
    assert words in (fragment(old, new, (3, 11)) or "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x  # a \n", "y  # a\n"),
        ("x  # a\n# b\n", "# b\ny\n# a"),
        ("'# a'", "y"),
        ("'a' + b", "f'a{b[\"c\"]}'"),
        # It was like that before: the target is the user's mistake, not ours.
        ("g(f'a{b['c']}') + 1", "h(f'a{b['c']}')"),
    ],
)
def test_a_good_fragment(old: str, new: str) -> None:
    assert fragment(old, new, (3, 11)) is None


def test_what_the_target_can_read() -> None:
    new = "f'a{b['c']}'"
    assert fragment("x", new, (3, 8)) is not None
    assert fragment("x", new, (3, 12)) is None


def compared(
    old: str, new: str, anchor: str, start: int | None = None, end: int | None = None, inserted: tuple[int, int] | None = None
) -> str | None:
    """Compares two texts, the first node of `old` whose text is `anchor` being the change."""
    before, after = (Module(text, ast.parse(text)) for text in (old, new))
    node = next(node for node in ast.walk(before.tree) if isinstance(node, ast.expr | ast.stmt) and before.segment(node) == anchor)
    first = before.span(node)[0] if start is None else start
    last = first + len(anchor) + len(new) - len(old) if end is None else end
    return outside(before, after, [Change(node, first, last)], [inserted] if inserted else [])


@pytest.mark.parametrize(
    ("old", "new", "anchor"),
    [
        ("x = a + b\n", "x = a + f(c)\n", "b"),
        ("x = b * c\n", "x = (p + q) * c\n", "b"),
        ("f(a, *b, c=d)\n", "f(a, *b, c=e)\n", "d"),
        ("if a:\n    b\nelse:\n    c\n", "if a:\n    z = 1\n    d\nelse:\n    c\n", "b"),
        ("@a\ndef f():\n    pass\n", "@a\ndef g():\n    pass\n", "def f():\n    pass"),
        ("x = b\n", "x = (\n  c\n)\n", "b"),
        ("def f():\n    b\n\nclass A:\n    x: int = 1\n", "def f():\n    c\n\nclass A:\n    x: int = 1\n", "b"),
    ],
)
def test_only_the_anchor_changes(old: str, new: str, anchor: str) -> None:
    assert compared(old, new, anchor) is None


@pytest.mark.parametrize(
    ("old", "new", "anchor"),
    [
        ("x = b * c\n", "x = p + q * c\n", "b"),
        ("x = b.c\n", "x = p + q.c\n", "b"),
        ("x = a == b\n", "x = a == p == q\n", "b"),
        ("x = a and b\n", "x = a and p and q\n", "b"),
        ("x = not a\n", "x = not p if q else r\n", "a"),
        ("x = a if b else c\n", "x = a if p else q else c\n".replace(" else q else", " else q if r else"), "b"),
        ("f(b)\n", "f(p, q)\n", "b"),
        ("f(b)\n", "f(*p)\n", "b"),
        ("f(b)\n", "f(k=p)\n", "b"),
        ("x = b\n", "x = p\nq\n", "b"),
        ("x = b\n", "x = y = p\n", "b"),
        ("x = b\n", "x, y = p\n", "b"),
        ("x = b, 1\n", "x = p, 1.0\n", "b"),
        ("x = b, 0.0\n", "x = p, -0.0\n", "b"),
        ("x = b, 'a'\n", "x = p, b'a'\n", "b"),
        ("x = b, y\n", "x = p, z\n", "b"),
        ("x = b\ny\n", "x = p\nz\n", "b"),
        ("x = b\ny\n", "x = p\n", "b"),
        ("x = b\n", "x = p\ny\n", "b"),
        ("if a:\n    b\nc\n", "if a:\n    p\n    c\n", "b"),
        ("@a\ndef f():\n    pass\n", "@b\ndef f():\n    pass\n", "def f():\n    pass"),
        ("@a\ndef f():\n    pass\n", "@a\n@b\ndef f():\n    pass\n", "def f():\n    pass"),
        ("if a: b\nelif c: d\n", "if a: p\nelse: d\n", "b"),
    ],
)
def test_the_code_around_changes(old: str, new: str, anchor: str) -> None:
    assert "change code around" in (compared(old, new, anchor) or "")


def test_a_change_that_reaches_beyond_its_text() -> None:
    """The new node must stand where it was written, not swallow what follows."""
    old, new = "x = [b, (c)]\n", "x = [p, (c)]\n"
    assert compared(old, new, "b") is None
    assert compared(old, new, "b", start=5, end=5) is not None
    assert compared("b\nc\n", "p\nc\n", "b", start=0, end=3) is not None


def test_imports_may_be_inserted() -> None:
    old, new = "x = b\n", "from a import c\nx = c\n"
    assert compared(old, new, "b", start=20, end=21, inserted=(0, 16)) is None
    assert compared(old, new, "b", start=20, end=21) is not None
    assert compared(old, "import a.b.c.d\nx = c\n", "b", start=19, end=20, inserted=(0, 15)) is not None
    assert compared(old, "x = c\nfrom a import c\n", "b", start=4, end=5, inserted=(6, 22)) is None


def test_a_deep_tree_is_no_trouble() -> None:
    deep = "(" * 80 + "b" + ",)" * 80
    assert compared(f"x = {deep}\n", f"x = {deep.replace('b', 'c')}\n", "b") is None
    chain = "a" + " + a" * 400
    assert compared(f"b, {chain}\n", f"c, {chain}\n", "b") is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("def f(a: int | None, *b: None | str, c: x[int | None] = 1, **d: A | B) -> int | None: ...", 4),
        ("async def f() -> int | None: ...", 1),
        ("x: int | None\nclass A:\n    y: int | None = None\n    def f(self):\n        z: int | None\n        self.z: int | None = 1\n", 3),
        ("def f():\n    class A:\n        x: int | None\n    def g(a: int | None): ...\n", 2),
        ("from __future__ import annotations\nx: int | None\n", 0),
        ("x: 'int | None'\ny = int | None\n", 0),
    ],
)
def test_unions_that_run(text: str, count: int) -> None:
    assert unions_at_run_time(ast.parse(text)) == count
