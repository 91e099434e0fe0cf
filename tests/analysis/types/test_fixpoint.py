"""Answers that depend on each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codemods.analysis.types.fixpoint import Fixpoint
from codemods.analysis.types.vocabulary import INT, NEVER, STR, Type, union

Rule = Callable[[Callable[[str], Type | None]], Type | None]


class Questions:
    """Named questions, each answered by a rule that may ask others; counts how often each rule is applied."""

    def __init__(self, **rules: Rule) -> None:
        self.rules = rules
        self.fixpoint = Fixpoint()
        self.applied: dict[str, int] = {}

    def ask(self, name: str) -> Type | None:
        return self.fixpoint.ask(name, self._answer, name)

    def _answer(self, name: str) -> Type | None:
        self.applied[name] = self.applied.get(name, 0) + 1
        return self.rules[name](self.ask)


def test_an_answer_is_computed_once() -> None:
    questions = Questions(a=lambda ask: STR)
    assert [questions.ask("a"), questions.ask("a")] == [STR, STR]
    assert questions.applied == {"a": 1}


def test_unknown_is_an_answer() -> None:
    questions = Questions(a=lambda ask: None)
    assert [questions.ask("a"), questions.ask("a")] == [None, None]
    assert questions.applied == {"a": 1}


def test_a_cycle_of_one() -> None:
    assert Questions(a=lambda ask: union([STR, ask("a")])).ask("a") == STR


def test_a_cycle_that_is_all_there_is_gives_never() -> None:
    assert Questions(a=lambda ask: ask("a")).ask("a") is NEVER


def test_a_cycle_of_two_asked_from_either_end() -> None:
    rules: dict[str, Rule] = {"a": lambda ask: union([STR, ask("b")]), "b": lambda ask: union([INT, ask("a")])}
    for first, second in ("ab", "ba"):
        questions = Questions(**rules)
        assert {str(questions.ask(first)), str(questions.ask(second))} <= {"str | int", "int | str"}
        assert questions.ask("a") == union([STR, INT]) or questions.ask("a") == union([INT, STR])


def test_what_was_asked_under_a_wrong_hypothesis_is_asked_again() -> None:
    """`b` first sees nothing of `a`, and must not keep what it makes of that."""

    def b(ask: Callable[[str], Type | None]) -> Type | None:
        kind = ask("a")
        return INT if kind is not None and STR in kind.members() else NEVER

    questions = Questions(a=lambda ask: union([STR, ask("b")]), b=b)
    assert questions.ask("a") == union([STR, INT])
    assert questions.ask("b") == INT


def test_unknown_in_a_cycle_makes_all_of_it_unknown() -> None:
    questions = Questions(a=lambda ask: union([STR, ask("b")]), b=lambda ask: union([ask("a"), ask("c")]), c=lambda ask: None)
    assert [questions.ask(name) for name in "abc"] == [None, None, None]


def test_what_only_looks_into_a_cycle_is_right() -> None:
    questions = Questions(a=lambda ask: union([STR, ask("b")]), b=lambda ask: union([ask("a"), INT]), c=lambda ask: ask("b"))
    assert questions.ask("c") == questions.ask("b")
    assert set(questions.ask("c").members()) == {STR, INT}  # type: ignore[union-attr]


def test_what_does_not_settle_is_unknown() -> None:
    questions = Questions(a=lambda ask: Type("list", (ask("a"),)))
    assert questions.ask("a") is None


def test_nested_cycles() -> None:
    questions = Questions(
        a=lambda ask: union([STR, ask("b")]),
        b=lambda ask: union([ask("c"), ask("a")]),
        c=lambda ask: union([ask("b"), INT]),
    )
    kinds = [questions.ask(name) for name in "abc"]
    assert all(kind is not None and set(kind.members()) == {STR, INT} for kind in kinds)


def test_many_cycles_in_each_other_take_few_rounds() -> None:
    names = [f"q{index}" for index in range(60)]

    def rule(index: int) -> Rule:
        return lambda ask: union([STR if index == 59 else NEVER, *(ask(names[(index * step + 1) % 60]) for step in (2, 3, 5))])

    questions = Questions(**{name: rule(index) for index, name in enumerate(names)})
    assert {str(questions.ask(name)) for name in names} <= {"str", "Never"}
    assert sum(questions.applied.values()) < 60 * 12


def test_a_chain_longer_than_the_stack_is_cut_short_and_said_so() -> None:
    def rule(index: int) -> Rule:
        return lambda ask: ask(f"q{index + 1}") if index < 500 else STR

    questions = Questions(**{f"q{index}": rule(index) for index in range(501)})
    assert questions.ask("q0") is None
    assert questions.fixpoint.cut_short
    assert questions.ask("q450") == STR
    assert not questions.fixpoint.cut_short
    for index in range(450, -1, -30):
        assert questions.ask(f"q{index}") == STR


def test_what_is_finally_cut_short_is_kept() -> None:
    def rule(index: int) -> Rule:
        return lambda ask: ask(f"q{index + 1}") if index < 500 else STR

    questions = Questions(**{f"q{index}": rule(index) for index in range(501)})
    assert questions.fixpoint.ask_finally("q0", questions._answer, "q0") is None
    before = sum(questions.applied.values())
    assert questions.ask("q0") is None
    assert sum(questions.applied.values()) == before


def test_a_crash_leaves_no_half_answers_behind() -> None:
    crashes = [True]

    def c(ask: Callable[[str], Type | None]) -> Type | None:
        if crashes:
            crashes.clear()
            raise ZeroDivisionError
        return INT

    questions = Questions(a=lambda ask: union([ask("b"), ask("c")]), b=lambda ask: union([STR, ask("a")]), c=c)
    with pytest.raises(ZeroDivisionError):
        questions.ask("a")
    assert set(questions.ask("b").members()) == {STR, INT}  # type: ignore[union-attr]


def chain(**rules: Rule) -> Questions:
    """Questions `c0` to `c95`, of which each asks the next and the last is answered: too many to be open at once, but few enough from
    `c8` on. `d0` to `d4` are a way to `e`."""
    made: dict[str, Rule] = {f"c{at}": (lambda ask, at=at: ask(f"c{at + 1}")) for at in range(95)}
    made |= {f"d{at}": (lambda ask, at=at: ask(f"d{at + 1}" if at < 4 else "e")) for at in range(5)}
    return Questions(**made, c95=lambda ask: STR, **rules)


def test_what_rests_on_an_answer_cut_short_is_cut_short_itself() -> None:
    """`e` asks in the middle of the chain, which is on trial, and alone gets to its end."""
    questions = chain(a=lambda ask: union([ask("c0"), ask("e")]), e=lambda ask: ask("c20"))
    assert questions.ask("a") is None
    assert questions.ask("e") == STR


def test_an_answer_cut_short_stays_so_whatever_else_it_asks() -> None:
    questions = chain(a=lambda ask: ask("d0"), e=lambda ask: (ask("c8"), ask("s"))[0], s=lambda ask: STR)
    assert questions.ask("a") is None
    assert questions.ask("e") == STR


def test_nor_does_an_answer_on_trial_hide_that_it_is_cut_short() -> None:
    """`t` is on trial as it rests on `h`, and is not cut short itself."""
    rules: dict[str, Rule] = {
        "h": lambda ask: (ask("t"), ask("d0"), STR)[2],
        "t": lambda ask: union([STR, ask("h")]),
        "e": lambda ask: (ask("c8"), ask("t"))[0],
    }
    questions = chain(**rules)
    assert questions.ask("h") == STR
    assert questions.ask("e") == STR


def test_only_the_outermost_question_is_said_to_be_cut_short() -> None:
    said: list[bool] = []
    questions = chain(a=lambda ask: (ask("c0"), said.append(questions.fixpoint.cut_short))[0])
    assert questions.ask("a") is None
    assert said == [False]
    assert questions.fixpoint.cut_short


def test_asked_finally_all_that_was_cut_short_is_kept() -> None:
    """`e` rests on `h`, and on a chain that is too long."""
    rules: dict[str, Rule] = {"h": lambda ask: (ask("d0"), ask("h"))[1], "e": lambda ask: (ask("h"), ask("c0"))[1]}
    questions = chain(**rules)
    assert questions.fixpoint.ask_finally("h", questions._answer, "h") is NEVER
    assert questions.fixpoint.answered("e")
    assert questions.fixpoint.answered("c50")
    other = chain(**rules)
    assert other.ask("h") is NEVER
    assert not other.fixpoint.answered("e")
    assert other.ask("c50") == STR


def test_what_a_cycle_settles_costs_nothing_afterwards() -> None:
    questions = Questions(a=lambda ask: union([STR, ask("b")]), b=lambda ask: union([INT, ask("a")]))
    questions.ask("a")
    applied = dict(questions.applied)
    questions.ask("b")
    assert questions.applied == applied


def test_a_hypothesis_that_was_too_low_is_not_forgotten_over_the_next_question() -> None:
    """`x` goes beyond its hypothesis, `y` asks for nothing, and `h` itself never changes."""
    questions = Questions(
        h=lambda ask: (ask("x"), ask("y"), ask("h"))[2],
        x=lambda ask: (ask("h"), INT if ask("x") is NEVER else union([INT, STR]))[1],
        y=lambda ask: STR,
    )
    assert questions.ask("h") is NEVER
    assert questions.ask("x") == union([INT, STR])
