"""Small programs with spaces put in and left out at random: `whitespace` changes nothing but spaces, and is done after one run."""

from __future__ import annotations

import ast
import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from codemods.analysis.text.comments import comments
from codemods.engine.pipeline import process
from codemods.model.outcome import Failed, Fixed, Outcome, Skipped
from codemods.model.settings import Settings
from tests.amount import examples

SETTINGS = Settings(("whitespace",))
PROGRAMS, EXAMPLES = 10, 200
"""Statements stand in files of ten, so that neighbouring lines have something to do with each other."""

# `_` is a place for spaces outside of brackets, `~` one inside, where a line may end too.
ATOMS = ["a", "12", "-1.5", "'x,y'", '"k:v = [ 1,2 ]"', "f'{a}{[1,2]}'", "'''p,\n q'''", "b.c", "값"]
SHAPES = [
    "[~{0}~,~{1}~,~{2}~]",
    "(~{0}~,~)",
    "(~{0}~,~{1}~)",
    "{{~{0}~:~{1}~,~'k'~:~{2}~}}",
    "{{~{0}~,~{1}~,~}}",
    "f(~{0}~,~k~=~{1}~,~**~{{~}}~)",
    "a[~{0}~,~{1}~]",
    "a[~{0}~:~{1}~,~{2}~]",
    "(~lambda p~=~1,q~=~{0}:~[~p,~{1}~]~)",
    "[~(~x~,~y~) for x,~y in {0} if {1}~]",
    "(~{0}~-~{1}~)",
    "(~n:=~{0}~)",
]
STATEMENTS = [
    "a_=_{0}",
    "bcd_=_{0}_,_{1}",
    "a_+=_{0}",
    "a_:_T_=_{0}",
    "print(~{0}~,~{1}~)",
    "if {0}_:_a_=_{1}",
    "for x_,_y in {0}:_print(~{1}~)",
    "def f(~p~,~q~=~{0}~,~*~,~r~:~T~=~{1}~)_->_a[~int~,~str~]:_return {2}",
    "class C(~B~,~k~=~{0}~)_:_x_:_int_=_{1}",
    "with f(~{0}~) as x_:_del a_,_b",
    "assert {0}_,_{1}",
]


def expression(random: Random, depth: int = 2) -> str:
    """An atom, or a shape around two levels of others at most."""
    if not depth or random.random() < 0.55:
        return random.choice(ATOMS)
    return random.choice(SHAPES).format(*(expression(random, depth - 1) for _ in range(3)))


def file(random: Random) -> str:
    """A file of `PROGRAMS` statements."""
    lines: list[str] = []
    for _ in range(PROGRAMS):
        statement = random.choice(STATEMENTS).format(*(expression(random) for _ in range(3)))
        habit = random.choice([["", " "], ["", "", " ", "  ", "   "], [" "], [" ", "\t"]])
        broken = random.choice([["\n    "], ["\n  ", " # c,d\n      ", "\n\n", "\n"]]) if random.random() < 0.3 else []
        statement = "".join(random.choice({"_": habit, "~": [*habit, *broken]}.get(char, [char])) for char in statement)
        lines.append(statement + random.choice(["", "", "", "  # e=f,g", "    # h", "  # noqa"]))
    return "\n".join([*lines, ""]).replace("\n", random.choice(["\n", "\n", "\r\n"]))


def _run(text: str) -> Outcome:
    outcome = process(text.encode(), SETTINGS)
    assert not isinstance(outcome, Failed | Skipped), f"{outcome}\n{text}"
    assert not getattr(outcome, "defects", ()), f"{outcome}\n{text}"
    odd = [one for one in getattr(outcome, "diagnostics", ()) if getattr(one.verdict, "code", "") in ("unverified", "crashed")]
    assert not odd, f"{odd}\n{text}"
    return outcome


REWRITTEN: list[bool] = []


@given(st.integers(0, 2**32))
@settings(max_examples=examples(EXAMPLES), deadline=None)
def _only_spaces_change(seed: int) -> None:
    """One number makes a file: a draw for each of its spaces would cost more than running pyfix on it."""
    text = file(Random(seed))
    outcome = _run(text)
    REWRITTEN.append(isinstance(outcome, Fixed))
    if not isinstance(outcome, Fixed):
        return
    after = outcome.after.decode()
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(after))
    assert [one.text for one in comments(text)] == [one.text for one in comments(after)]
    assert re.sub(r"[ \t]", "", text) == re.sub(r"[ \t]", "", after)
    assert re.findall(r"(?m)^[ \t]*|[ \t]*$", text) == re.findall(r"(?m)^[ \t]*|[ \t]*$", after), "the ends of lines stay"
    again = _run(after)
    assert not isinstance(again, Fixed), f"a second run makes\n{again.after.decode()}\nof\n{after}\nmade of\n{text}"


def test_only_spaces_change() -> None:
    REWRITTEN.clear()
    _only_spaces_change()
    assert len(REWRITTEN) * PROGRAMS >= examples(2000)
    assert sum(REWRITTEN) > len(REWRITTEN) / 2, "most files have something to rewrite"
