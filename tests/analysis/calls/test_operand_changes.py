"""Whether the file's operators change, keep or hand on what they are given."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.calls.operand_changes import is_plain, operators_at, operators_that_change, runs_no_operator
from codemods.analysis.module import Module


def facts(text: str) -> Module:
    return Module(text, ast.parse(text))


@pytest.mark.parametrize(
    ("body", "changes", "keeps"),
    [
        ("other.append(1)", True, False), ("other[0] = 1", True, False), ("del other[0]", True, False), ("other[0].append(1)", True, False),
        ("other.get(1)", True, False), ("other.values()", True, False), ("other.pop()", True, False), ("(lambda: other.append(1))()", True, False),
        ("len(other[0])", True, False), ("self.x = other", True, True), ("return other", True, True), ("return other or []", True, True),
        ("return other if self else 1", True, True), ("return self and (self or other)", True, True), ("return max(other)", True, True),
        ("g(other)", True, True), ("return [*other]", True, True), ("return 1 if other else 2", False, True), ("return f'{other}'", False, True),
        ("other", False, True), ("other.x = 1", False, False), ("other.x[0] = 1", False, False), ("other.index(1)", False, False),
        ("other[0].index(1)", False, False), ("return len(other)", False, False), ("return other == 1", False, False),
        ("return other[0] + 1", False, False), ("return -other", False, False), ("return self", False, False), ("self.append(1)", False, False),
        ("return g(self)", False, False), ("x.other[0] = 1", False, False), ("if other: return 1", False, False),
        ("return self.rows[other.x]", False, False), ("return self.rows[other].x", True, False), ("if other or self: return 1", False, True),
        ("(other or []).append(1)", True, True), ("other[0] += 1", True, False), ("for other[0] in self: pass", True, False), ("del other", True, True), ("self.take(other)", True, True), ("g(1).index(other)", True, True), ("g.x(other[0])", True, False), ("self[other] = 1", True, False),
    ],
)  # fmt: skip
def test_what_an_operator_does_with_its_operand(body: str, changes: bool, keeps: bool) -> None:
    for parameters in ("self, other", "self, other, /", "one, self, other"):
        module = facts(f"def g(x): pass\nclass C:\n    def __eq__({parameters}):\n        {body}\n")
        if parameters.startswith("self") or "self" not in body:
            assert (bool(operators_that_change(module)), module.hidden.operators_take) == (changes, changes or keeps)


@pytest.mark.parametrize(
    ("text", "changes", "keeps"),
    [
        ("class C:\n    def go(self, other): other.append(self)", False, False), ("class C:\n    def go(self, o): pass\n    __add__ = go", True, True),
        ("class C: pass\nC.__add__ = g", True, True), ("class C:\n    __lt__ = lambda self, other: 1", True, True), ("class C:\n    __eq__ = None", False, False),
        ("class C:\n    def __add__(self, other): return 1\n    __radd__ = __add__", False, False), ("def __add__(self, other): return other", False, False),
        ("class C:\n    def __eq__(self, other): return 1\n    __add__ = __eq__", True, True), ("class C:\n    def __eq__(self, other): return 1\n    __ne__ = __eq__", True, True), ("class C:\n    def __lt__(self, other): return 1\n    __gt__ = __lt__", False, False),
        ("class C:\n    def __eq__(self, other): return 1\n    x = [__eq__]", False, False), ("class C:\n    x = g", False, False),
        ("class C: pass\nC.__eq__ = None", False, False), ("class C:\n    __hash__ = g", False, True), ("__add__ = g", False, False), ("class C:\n    def __str__(self, other): other.append(1)", False, False),
        ("import collections\nd = collections.defaultdict(list)", False, False), ("class C:\n    def __add__(self, *rest): pass", True, True), ("class C:\n    def __getitem__(self, *rest): pass", False, True),
        ("class C:\n    def __add__(self, *, rest): rest.append(1)", False, False), ("class C:\n    x.__other__ = g", False, False), ("", False, False),
    ],
)  # fmt: skip
def test_which_operators_there_are(text: str, changes: bool, keeps: bool) -> None:
    module = facts(text)
    assert (bool(operators_that_change(module)), module.hidden.operators_take) == (changes, changes or keeps)


@pytest.mark.parametrize(
    ("operation", "plain"),
    [
        ("x == []", True), ("[1] < x < (2, 3)", True), ("x == y", False), ("x in {1: 2}", True), ("x + [1]", True), ("1 + x", True), ("x + y", False),
        ("y + x", False), ("f(1, [])", True), ("f(y)", False), ("f(*y)", False), ("x[y]", True), ("x == f'{y}'", True), ("x == [y for y in y]", False),
        ("x in [y]", False), ("x in (1, y)", False), ("x in {y}", False), ("x in {1: y}", False), ("x in {y: 1}", False), ("x in {**y}", False),
        ("x in [[1], {2: (3, {4})}]", True), ("x in [[1], [y]]", False), ("x in [*y]", False), ("x == {y for y in y}", False),
        ("x == {'a' for y in y}", True), ("x == [[1] for y in y]", True), ("x == {1: y for y in y}", False), ("x == {y: 1 for y in y}", False),
        ("x == {1: 2 for y in y}", True), ("f([y])", False), ("f((1, 2), 'a')", True), ("x + [y]", False), ("-x", True),
    ],
)  # fmt: skip
def test_operands_that_are_written_out(operation: str, plain: bool) -> None:
    node = ast.parse(operation, mode="eval").body
    use = next((one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == "x"), ast.Name("x"))
    assert is_plain(node, use) is plain


@pytest.mark.parametrize(
    ("operation", "outside", "inside"),
    [
        ("x in y", {"__contains__", "__eq__"}, {"__contains__", "__eq__"}), ("x not in y", {"__contains__", "__eq__"}, {"__contains__", "__eq__"}),
        ("y in x", set(), {"__eq__"}), ("y not in x", set(), {"__eq__"}), ("f(x)", set(), {"__eq__"}),
        ("x == y", {"__contains__", "__eq__", "__lt__"}, {"__contains__", "__eq__", "__lt__"}),
        ("y < x", {"__contains__", "__eq__", "__lt__"}, {"__contains__", "__eq__", "__lt__"}),
        ("y in x in z", {"__contains__", "__eq__", "__lt__"}, {"__contains__", "__eq__", "__lt__"}),
        ("x + y", {"__add__", "__radd__"}, {"__add__", "__radd__", "__eq__"}), ("y % x", {"__add__", "__radd__"}, {"__add__", "__radd__", "__eq__"}),
    ],
)  # fmt: skip
def test_which_operators_an_operation_runs(operation: str, outside: set[str], inside: set[str]) -> None:
    node = ast.parse(operation, mode="eval").body
    use = next(one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == "x")
    for within, operators in ((False, outside), (True, inside)):
        assert operators_at(node, use, within) & {"__contains__", "__eq__", "__lt__", "__add__", "__radd__"} == operators


@pytest.mark.parametrize(
    ("parameter", "value", "plain"),
    [
        ("x: int", "x", True), ("x: list[int]", "x", True), ("x: dict[str, list[int]]", "x", True), ("x: int | str", "x", True), ("x: list", "x", False),
        ("x: list[object]", "x", False), ("x: dict[str, C]", "x", False), ("x: C", "x", False), ("x: int | C", "x", False), ("x", "x", False),
        ("x", "[1]", True), ("x", "[x]", False), ("x: G[int]", "x", False), ("x: tuple[int, C]", "x", False),
        ("x", "[]", True), ("x", "[{}, ()]", True), ("x: type[int]", "x", False), ("x", "(one for one in [1])", False),
    ],
)  # fmt: skip
def test_values_on_which_no_operator_of_the_file_works(parameter: str, value: str, plain: bool) -> None:
    module = facts(
        f"from typing import Generic, TypeVar\nT = TypeVar('T')\nclass C: pass\nclass G(Generic[T]): pass\ndef f({parameter}): return {value}\n"
    )
    returned = module.tree.body[-1].body[0].value  # type: ignore[attr-defined]
    assert runs_no_operator(returned, module) is plain
