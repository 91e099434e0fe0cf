"""Examples as the judge: wrong rewrites that no test of the project would find are found, and what must not be called is not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from codemods.engine.registry import NamedRule
from codemods.workspace.verify import examples
from codemods.workspace.verify.examples import ExamplesJudge
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.purity import reason_against
from codemods.workspace.verify.session import Verified, verify
from codemods.workspace.verify.sites import Rewrites
from codemods.workspace.verify.workplace import workplace
from tests.workspace.verify.seeded import PROCESS, RULES, judged, project


def verified(folder: Path) -> tuple[Verified, ExamplesJudge]:
    rewrites = Rewrites(folder, judged(folder), PROCESS)
    with workplace(folder, folder) as place:
        judge = ExamplesJudge(place, rewrites)
        return verify(rewrites, judge, place), judge


def test_what_no_test_looks_at_is_found(work: Path) -> None:
    text = '''\
from __future__ import annotations


def length(a: int, b: int = 3, /) -> int:
    return abs(a - b)


def double(a: int) -> int:
    return 2 * length(a)


def names(d: dict[str, int], *, more: list[str] | None = None) -> list[str]:
    """It changes what it is given."""
    for name in d.keys():
        if more is not None:
            more.append(name)
    return [*(more or ())]
'''
    result, judge = verified(project(work, pkg__sizes=text, pkg__rows=""))
    assert [(one.sites[0].rule, one.sites[0].place.line) for one in result.culprits] == [("bad-abs", 5)]
    assert result.culprits[0].verdict.tail.startswith("pkg/sizes.py: length(a=")
    assert "returned -" in result.culprits[0].verdict.tail
    assert judge.name == "examples (2 of 2 rewritten functions compared)"
    assert {site.rule for site in result.kept} == {"dict-keys"}


def test_what_may_have_effects_is_not_called(work: Path) -> None:
    text = "import os\n\n\ndef remove(a: int, path: str) -> int:\n    os.unlink(path)\n    return abs(a)\n"
    result, judge = verified(project(work, pkg__sizes=text))
    assert judge.name == "examples (1 of 2 rewritten functions compared)"
    assert len(result.kept) == 2
    with pytest.raises(VerifyError, match=r"examples \(0 of 1 rewritten functions compared\) cannot see the change"):
        verified(project(work, pkg__sizes=text, pkg__rows=""))


def test_a_file_in_no_package(work: Path) -> None:
    text = "import sibling\n\n\ndef f(a: int) -> int:\n    return abs(a) + sibling.ONE\n"
    folder = project(work, pkg__sizes=text, pkg__rows="", pkg__sibling="ONE = 1\n")
    (folder / "pkg" / "__init__.py").unlink()
    result, judge = verified(folder)
    assert [one.sites[0].place.line for one in result.culprits] == [5]
    assert judge.name == "examples (1 of 1 rewritten functions compared)"


def test_a_module_that_cannot_be_imported(work: Path) -> None:
    with pytest.raises(VerifyError, match="cannot see the change") as caught:
        verified(project(work, pkg__sizes="import no_such_module\n\n\ndef f(a: int) -> int:\n    return abs(a)\n", pkg__rows=""))
    assert "not compared: ModuleNotFoundError" in caught.value.output


def test_a_list_that_grows_while_it_is_enumerated(work: Path) -> None:
    """CrossHair finds no difference between these two."""
    before = "def grown(rows: list[int]) -> int:\n    seen = 0\n    for i in range(len(rows)):\n        rows.append(abs(rows[i]))\n        seen += 1\n    return seen\n"
    rule = NamedRule("range-len", "toys", "Wrong.", RULES["range-len"].rule)
    assert rule.rule is RULES["range-len"].rule
    space = {
        "old": before,
        "new": before.replace("range(len(rows))", "list(range(len(rows)))"),
        "path": "a.py",
        "module": "ast",
        "file": "",
        "name": "grown",
    }
    from codemods.workspace.verify import examples_child

    assert examples_child.compared(space) == (False, "")
    wrong = before.replace(
        "for i in range(len(rows)):\n        rows.append(abs(rows[i]))",
        "for i, row in enumerate(rows):\n        if i < 50: rows.append(abs(row))",
    )
    differs, said = examples_child.compared({**space, "new": wrong})
    assert differs
    assert said.startswith("grown(rows=[0]): returned 1 and left {'rows': [0, 0]} before, returned 51")


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("return a + 1", "return 1 + a", False),
        ("return 1", "return True", True),
        ("return [a, {a: 1.0}]", "return [a, {a: 1}]", True),
        ("return {1: a, 2: a}", "return {2: a, 1: a}", True),
        ("return float('nan')", "return float('nan')", False),
        ("return 0.0", "return -0.0", True),
        ("yield a", "yield from [a]", False),
        ("yield a", "yield a + 1", True),
        ("raise ValueError('one')", "raise ValueError('two')", False),
        ("raise ValueError", "raise TypeError", True),
    ],
)
def test_what_differs(old: str, new: str, differs: bool) -> None:
    from codemods.workspace.verify import examples_child

    head = "def f(a: int) -> object:\n    "
    answer, said = examples_child.compared({"path": "a.py", "module": "ast", "file": "", "name": "f", "old": head + old, "new": head + new})
    assert (answer, bool(said)) == (differs, differs)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def f(a: int) -> int:\n    return g(a)\ndef g(b):\n    return f(b) + len(str(b))", None),
        ("def f(a: list[int]) -> None:\n    a.append(1)", None),
        ("import math\ndef f(a: float) -> float:\n    return math.sqrt(a)", None),
        ("from itertools import chain\ndef f(a: 'tuple[int, ...] | None') -> list:\n    raise ValueError(list(chain(a)))", None),
        ("def f(a) -> int: ...", "`a` is not annotated"),
        ("def f(a: Path) -> int: ...", "`a` is annotated with more than plain values"),
        ("def f(*a: int) -> int: ...", "it takes any number of arguments"),
        ("@cache\ndef f(a: int) -> int: ...", "it is decorated"),
        ("def f(a: int) -> int:\n    print(a)", "line 2 calls `print`"),
        ("def f(a: str) -> int:\n    open(a)", "line 2 calls `open`"),
        ("import os\ndef f(a: str) -> int:\n    os.unlink(a)", "line 3 calls `os.unlink`"),
        ("def f(a: str) -> int:\n    return g(a)\ndef g(a):\n    return h(a)\ndef h(a):\n    import os", "line 6 does more than compute"),
        ("def f(a: str) -> int:\n    return (lambda: 1)()", "line 2 calls `lambda: 1`"),
        ("def f(a: str) -> int:\n    len = print\n    len(a)", "line 3 calls `len`"),
        ("X = {}\ndef f(a: str) -> int:\n    X[a] = 1", "line 3 changes what is not its own"),
        ("def f(a: str) -> int:\n    a.b = 1", "line 2 changes an attribute"),
        ("def f(a: str) -> int:\n    a.__class__.__subclasses__()", "line 2 calls `a.__class__.__subclasses__`"),
        ("def f(a: str) -> int:\n    global b", "line 2 does more than compute"),
        ("def f(a: str) -> int:\n    with a: pass", "line 2 does more than compute"),
        ("class A:\n    def f(self): ...", "it is no function of the module's own"),
    ],
)
def test_what_may_be_called(text: str, reason: str | None) -> None:
    assert reason_against(ast.parse(text), "f") == reason


def test_without_hypothesis(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(VerifyError, match=r"`pip install 'pyfix-codemods\[examples\]'`"):
        verified(project(work))
