"""Inference as a whole: it never crashes, its cost is linear, and it says why."""

from __future__ import annotations

import ast
import random
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.inference import Inference

Facts = Callable[[str], Module]
Shown = Callable[[str], str]

LIBRARY = Path(sysconfig.get_paths()["stdlib"])


def library_files(count: int) -> list[Path]:
    """Some files of the running standard library, the same in each run of one version."""
    found = sorted(path for path in LIBRARY.rglob("*.py") if "site-packages" not in path.parts and "bad" not in path.name)
    return random.Random(3).sample(found, min(count, len(found)))


def ask_everything(module: Module) -> int:
    """Ask for the type of every expression of a file; hand back how many are known."""
    known = 0
    for node in ast.walk(module.tree):
        if isinstance(node, ast.expr):
            kind = module.type_of(node)
            known += kind is not None
            assert kind is None or str(kind)
            assert kind is None or "Never" not in str(kind)
    return known


@pytest.mark.parametrize("path", library_files(40), ids=lambda path: path.name)
def test_the_standard_library_is_read_without_a_crash(path: Path, facts: Facts) -> None:
    try:
        module = facts(path.read_text("utf-8"))
    except (SyntaxError, UnicodeDecodeError, ValueError):
        pytest.skip("no Python of this version")
    ask_everything(module)


def test_the_order_of_the_questions_makes_no_difference(facts: Facts) -> None:
    for path in [LIBRARY / name for name in ("textwrap.py", "shlex.py", "csv.py", "fnmatch.py", "string.py", "difflib.py", "cmd.py")]:
        text = path.read_text("utf-8")
        answers = []
        for seed in (None, 1, 2):
            module = facts(text)
            nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.expr)]
            order = list(range(len(nodes)))
            if seed is not None:
                random.Random(seed).shuffle(order)
            kinds = {index: module.type_of(nodes[index]) for index in order}
            answers.append([frozenset(str(kinds[index]).split(" | ")) for index in range(len(nodes))])
        assert answers[0] == answers[1] == answers[2]


LONG = {
    "one variable": ("def f(x):\n    s = ''\n", "    s = s + 'a'\n"),
    "one variable of two types": ("def f(x):\n    s = 1\n    s = ''\n", "    s = s + 'a'\n"),
    "an unknown variable": ("def f(s):\n", "    s = s + 'a'\n"),
    "a variable grown in branches": ("def f(c):\n    s = ''\n", "    if c: s = s + 'a'\n"),
    "a tested parameter": ("def f(x, c):\n    if not isinstance(x, str): return\n", "    if c: print('a' + x)\n"),
    "many tests": ("def f(x):\n", "    if isinstance(x, C): print('a' + x)\n"),
    "many names": ("", "a = 'b' + str(1)\nprint('c' + a)\n"),
    "a tested attribute": ("class C:\n    def __init__(self, y: str | None):\n        self.y = y\n    def m(self):\n        if not self.y: return\n", "        print('a' + self.y)\n"),
    "appends": ("def f():\n    xs = []\n", "    xs.append('a' + str(1))\n"),
    "calls": ("def f(x: str): return 'a' + x\n", "print('b' + f('c'))\n"),
    "methods": ("class C:\n    def __init__(self): self.x = ''\n", "    def m(self): self.x += 'a' + self.x\n"),
    "loops": ("def f(xs: list[str]):\n", "    for a in xs: print('a' + a)\n"),
    "try": ("def f(x):\n    y = x\n    y = ''\n", "    try: print('a' + y)\n    except E: pass\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("backwards", [False, True])
def test_the_work_grows_with_the_file_and_no_faster(name: str, backwards: bool, facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in Python's own steps, as time would be at the mercy of the machine."""
    steps = [0]

    def work(count: int) -> int:
        module = facts(LONG[name][0] + LONG[name][1] * count)
        nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.expr)]
        module.type_of(nodes[0])
        steps[0] = 0
        sys.setprofile(lambda frame, event, argument: steps.__setitem__(0, steps[0] + (event == "call")))
        try:
            for node in reversed(nodes) if backwards else nodes:
                module.type_of(node)
        finally:
            sys.setprofile(None)
        return steps[0]

    small, large = work(100), work(400)
    assert large < small * 4 * 1.6, f"{small} calls became {large}"


def test_deep_recursion_is_not_needed(facts: Facts) -> None:
    """However long a chain is, few frames are in use."""
    source = "def f(x):\n" + "".join(f"    v{index + 1} = v{index} + 'a'\n" for index in range(1500))
    module = facts(source.replace("v0 +", "'b' +"))
    last = [node for node in ast.walk(module.tree) if isinstance(node, ast.BinOp)][-1]
    deepest = [0]

    def watch(frame: object, event: str, argument: object) -> None:
        if event == "call":
            depth, around = 0, frame
            while around is not None:
                depth, around = depth + 1, around.f_back  # type: ignore[attr-defined]
            deepest[0] = max(deepest[0], depth)

    start = 0
    around: object = sys._getframe()
    while around is not None:
        start, around = start + 1, around.f_back  # type: ignore[attr-defined]
    sys.setprofile(watch)
    try:
        kind = module.type_of(last)
    finally:
        sys.setprofile(None)
    assert str(kind) == "str"
    assert deepest[0] - start < 700


@pytest.mark.parametrize(
    ("source", "because"),
    [
        ("x = [1]\nrepr(x)", "assigned a list[int] at line 1"),
        ("def f(x: list[int]): repr(x)", "annotated `list[int]` at line 1"),
        ("def f(x):\n    if isinstance(x, str): repr(x)", "tested to be a str at line 2"),
        ("def f(x):\n    if type(x) is str: repr(x)", "its type is tested at line 2"),
        ("x: str = y\nrepr(x)", "annotated `str` at line 1"),
        ("for x in 'abc': repr(x)", "a str from what is looped over at line 1"),
        ("with open(y) as x: repr(x)", "a TextIOWrapper[str] from `with` at line 1"),
        ("repr(f'{x}')", "an f-string"),
        ("def f() -> str: ...\nrepr(f())", "`f` returns `str` (line 1)"),
        ("def f(): return 'a'\nrepr(f())", "what `f` returns (line 1)"),
        ("class C:\n    def __init__(self): self.x = 'a'\n    def f(self): repr(self.x)", "`x` is only ever set to it (line 2)"),
        ("class C:\n    x: str\n    def f(self): repr(self.x)", "annotated `str` at line 2"),
        ("def f(*x: str): repr(x)", "`*x`, at line 1"),
        ("x = None\nif y: x = 'a'\nrepr(x)", "assigned None at line 1"),
    ],
)
def test_the_reason_is_said(facts: Facts, source: str, because: str) -> None:
    module = facts(source)
    (mark,) = [
        node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "repr"
    ]
    kind = module.type_of(mark.args[0])
    assert kind is not None
    assert kind.because == because


def test_a_stored_name_has_the_type_of_what_is_stored(facts: Facts) -> None:
    module = facts("x = 1\nx = 'a'\nfor y in 'b': pass")
    stored = [node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    assert {(node.id, node.lineno): str(module.type_of(node)) for node in stored} == {("x", 1): "int", ("x", 2): "str", ("y", 3): "str"}


def test_one_inference_serves_a_module(facts: Facts) -> None:
    module = facts("x = 1")
    module.type_of(ast.walk(module.tree).__next__() if False else module.tree.body[0].value)  # type: ignore[attr-defined]
    assert isinstance(module.inference, Inference)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(t: type, x):\n    for a in t: repr(a)\n    for a in type(x): repr(a)", "?; ?"),
        ("class C: pass\nfor a in C: repr(a)", "?"),
        ("class _C:\n    def __iter__(self): yield 'a'\na, b = _C()\nrepr(a)", "str"),
        ("async def f(x):\n    v = [][0]\n    async for a in v: repr(a if x else 1)", "int"),
        ("async def f(v: list[int]):\n    async for a in v: repr(a)", "?"),
        ("async def f(v: list[int]): repr([a async for a in v])", "list"),
    ],
)
def test_what_is_looped_over(source: str, expected: str, shown: Shown) -> None:
    assert shown(source) == expected


CHAINS = {
    "an operation": ("", " + ".join(["'a'"] * 300), "str"),
    "calls": ("", "'a'" + ".strip()" * 300, "str"),
    "variables": ("    v0 = 'a'\n" + "".join(f"    v{at + 1} = v{at} + 'a'\n" for at in range(150)), "v150", "str"),
    "variables around a function": (
        "    v0 = 'a'\n    def g():\n        w = 1\n    [u for u in v0]\n" + "".join(f"    v{at + 1} = v{at} + 'a'\n" for at in range(150)),
        "v150",
        "str",
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_of_any_length(name: str, shown: Shown) -> None:
    before, expression, expected = CHAINS[name]
    assert shown(f"def f(x):\n{before}    repr({expression})") == expected
