"""What the verdict on a loop rests on, as sentences."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings


def facts(text: str, rule: str = "range-len") -> list[str]:
    outcome = process(text.encode(), Settings((rule,), explain=True))
    assert isinstance(outcome, Clean | Fixed)
    [one] = outcome.diagnostics
    assert not outcome.defects
    return [str(fact) for fact in one.verdict.reasons.facts]


HEAD = "def f(rows: list[int], g):\n    for i in range(len(rows)):\n"


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        ("print(rows[i])", "`rows` is a list[int]: annotated `list[int]`, line 1"),
        ("i = rows[i]", "`i` is bound again, line 3"),
        ("print(rows[i])\n    print(i)", "`i` is used after the loop, and so stays bound, line 4"),
        ("print(rows[i]); rows.pop()", "`rows` may change in size by `rows.pop()`, line 3"),
        ("print(rows[i]); rows = []", "`rows` is bound again, line 3"),
        ("print(rows[i]); rows += [1]", "`rows` is bound again by `rows += [1]`, line 3"),
        ("print(rows[i]); rows[i] = 2", "`rows` gets a new element from `rows[i]`, line 3"),
        (
            "g(); print(rows[i])",
            "`g()` may change `rows`: it is not seen here what it does, and the caller holds the object of the parameter `rows` (line 1) too,"
            " line 3",
        ),
        ("g(); print(rows[i])", "`rows[i]` is read after `g()`, line 3"),
        ("rows[i] = 1; print(rows[i])", "`rows[i]` is read after it has changed, and stays, line 3"),
        ("rows[i] = 1; print(rows[i])", "`rows[i]` is written, and stays, line 3"),
        ("g = lambda: rows[i]", "`rows[i]` is read by code that runs at another time, and stays, line 3"),
        ("print(rows[i], g[i])", "`g[i]` is another thing with the same index, line 3"),
        ("print(rows[i])", "the builtin `print` does not change `rows`, line 3"),
        ("print(rows[i])", "nothing that another turn can follow binds `rows` again or changes how many elements it has"),
    ],
)
def test_a_fact(body: str, fact: str) -> None:
    assert fact in facts(f"{HEAD}        {body}\n")


def test_a_place_that_others_may_bind() -> None:
    found = facts(
        "class C:\n    def f(self, g):\n        for i in range(len(self.rows)):\n            g()\n            print(self.rows[i])\n"
    )
    assert any("what `self.rows` stands for can be changed by code that does not name it here" in one for one in found)


def test_a_variable_of_the_module() -> None:
    found = facts("from m import g\nrows = [1]\nfor i in range(len(rows)):\n    rows.append(g(rows))\n    print(rows[i])\n")
    assert any("`rows` (line 2) is a variable of the module" in one for one in found)


def test_a_function_of_the_file_that_changes_nothing() -> None:
    found = facts("def h(x): return -x\ndef f(rows: list[int]):\n    for i in range(len(rows)):\n        print(h(rows[i]))\n")
    assert "`h` is a function of this file (line 1) that does not change `rows`, line 4" in found


def test_a_function_of_the_file_that_changes_it() -> None:
    found = facts("def h(x): x.pop()\ndef f(rows: list[int]):\n    for i in range(len(rows)):\n        print(rows[i], h(rows))\n")
    assert not any(one.startswith("`h` is a function of this file") for one in found)


def test_a_change_at_a_with_statement_has_a_line() -> None:
    """The item of a `with` has no place of its own."""
    assert "`i` is bound again, line 3" in facts(f"{HEAD}        with g() as i:\n            print(rows[i])\n")


def test_a_dict_is_asked_for_as_one() -> None:
    found = facts("def f(d):\n    for k in d:\n        print(d[k])\n", "dict-items")
    assert found[0] == "`d` may be anything: a parameter without annotation, line 1"
    assert "`d[k]` is read before anything in its turn can change it, line 3" in found
