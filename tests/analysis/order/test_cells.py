"""Cells as one program: the text and back, and which order of running its tree allows for."""

from __future__ import annotations

import ast

from codemods.analysis.module import Module
from codemods.analysis.order.cells import Cells, Stretch, Unknown, at_the_top, program, running, stretches, top
from codemods.analysis.order.flow import STORE
from codemods.analysis.text.positions import Lines

TEXT = program([(1, "x = 1", False), (3, "\ny = x\n", True), (4, "# nothing\n", False), (7, "@f\ndef g(): pass", False)], Unknown())


def module(text: str) -> Module:
    return Module(text, running(text, ast.parse(text)), filename="a.ipynb")


def test_where_the_cells_stand() -> None:
    found = stretches(TEXT)
    assert [(TEXT[one.start : one.end], one.number, one.frozen) for one in found] == [
        ("x = 1\n", 1, False),
        ("\ny = x\n", 3, True),
        ("# nothing\n", 4, False),
        ("@f\ndef g(): pass\n", 7, False),
    ]
    assert stretches(program([], Unknown())) == list[Stretch]()


def test_lines_are_of_cells() -> None:
    cells = Cells(TEXT, Lines(TEXT))
    assert [cells.place(line) for line in range(1, 12)] == [
        (0, 1), (1, 1), (1, 2), (3, 1), (3, 2), (3, 3), (4, 1), (4, 2), (7, 1), (7, 2), (0, 11),
    ]  # fmt: skip


def test_the_statements_stay_those_of_their_cells() -> None:
    tree = running(TEXT, ast.parse(TEXT))
    assert [[type(one).__name__ for one in cell] for cell in at_the_top(tree)] == [["Assign"], ["Assign"], ["FunctionDef"]]
    assert len(top(tree)) == 3
    plain = ast.parse("while __cells: pass\nx = 1")
    assert at_the_top(plain) == []
    assert top(plain) == plain.body


def test_what_is_left_alone_is_no_cell() -> None:
    text = program([(1, "x = 1", False)], Unknown(code=True))
    tree = running(text, ast.parse(text))
    assert len(at_the_top(tree)) == 1
    assert "exec(__cells__)" in ast.unparse(tree)


def test_a_notebook_without_code_compiles() -> None:
    for cells in ([], [(1, "# nothing", False)]):
        text = program(cells, Unknown())
        compile(running(text, ast.parse(text)), "a.ipynb", "exec")


def test_a_cell_begins_with_the_decorators_of_its_first_statement() -> None:
    text = program([(7, "@f\ndef g(): pass", False)], Unknown())
    (branch,) = (node for node in ast.walk(running(text, ast.parse(text))) if isinstance(node, ast.If))
    assert (branch.lineno, branch.col_offset) == (2, 1)


def test_what_two_may_do() -> None:
    nothing, everything = Unknown(), Unknown(True, True, frozenset({"x"}))
    assert nothing | everything == everything == everything | nothing
    assert nothing | nothing == nothing


def test_any_cell_can_come_after_any_event_of_any() -> None:
    facts = module(program([(1, "x = f()\ny = x", False), (2, "x = 2", False)], Unknown()))
    flow = facts.flow(facts.tree.body[0])
    stores = [event.index for event in flow.events if event.kind == STORE]
    assert len(stores) == 3
    for index in stores:
        assert set(stores) <= flow.reachable([index])
    last = stores[2]
    assert last in flow.reachable([stores[0]], frozenset({stores[1]}))  # the first cell broke off


def test_what_is_left_alone_may_bind_names_and_run_code() -> None:
    text = program([(1, "print(x)", False)], Unknown(code=True, names=frozenset({"x"})) | Unknown(star=True))
    facts = module(text)
    call = next(node for node in ast.walk(facts.tree) if isinstance(node, ast.Call))
    assert not facts.is_builtin("print", call)
    assert facts.hidden_writes.writes_globals
    assert len(facts.bindings("x", call)) == 1
    facts = module(program([(1, "print(x)", False)], Unknown()))
    call = next(node for node in ast.walk(facts.tree) if isinstance(node, ast.Call))
    assert facts.is_builtin("print", call)
    assert not facts.hidden_writes.writes_globals
