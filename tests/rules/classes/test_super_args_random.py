"""Small programs around `super` with arguments, made at random: what pyfix makes of them at its default level does the same."""

from __future__ import annotations

import re
import sys
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import behaviour

SETTINGS = Settings(("super-args",))
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]+")

PRELUDE = """
from dataclasses import dataclass
from functools import wraps

def keep(cls): return cls
def copied(cls): return type(cls)(cls.__name__, cls.__bases__, {k: v for k, v in vars(cls).items() if k != '__dict__'})
class Meta(type): pass
class Base:
    def __repr__(self): return f'<{type(self).__name__}>'
    def m(self, *args): return ('Base.m', type(self).__name__, args)
    def n(self): return 'Base.n'
    @classmethod
    def make(cls): return ('Base.make', cls.__name__)
"""


def mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    """The usual thing in two of three draws: most programs have to be right but for one thing."""
    return st.sampled_from([*([usual] * (2 * len(others) + 1)), *others])


# In a class below, these call themselves for ever; 3.13.0 counts no depth at `super(type(self), self).m()`, and takes all memory there is.
ENDLESS = () if sys.version_info[:3] == (3, 13, 0) else ("type(self)", "self.__class__")
GIVEN = mostly("C", "Base", *ENDLESS, "__class__", "D", "C.C", "Mid")
THING = mostly("self", "other", "me", "C", "type(self)")
PLACES = mostly(
    "{}",
    "(lambda: {})()",
    "[{} for _ in 'ab']",
    "list({} for _ in 'ab')",
    "[x for x in [{}]]",
    "(lambda self: {})(self)",
    "f'{{{}}}'",
    "inner(self)",
    "print({})",
    "[{} for self in [self]]",
)
FIRST = mostly(
    "pass",
    "self = other or self",
    "C = Base",
    "me = self",
    "keep_alive = lambda: self",
    "__class__ = Base",
    "super = print",
    "me = sorted(locals())",
    "global C",
    "del other",
    "C = other or C",
)
DECORATORS = mostly("", "@keep", "@dataclass", "@dataclass(slots=True)", "@copied", "@dataclass(frozen=True)", "@keep\n@copied")
HEADS = mostly("class C(Base):", "class C(Mid):", "class C(Base, metaclass=Meta):", "class C:", "class C(Mid, Side):")
AFTER = mostly(
    "pass",
    "C = Base",
    "D = C",
    "D = C; C = type('C', (Base,), {})",
    "del C",
    "Side.m = C.m",
    "class C(Base): pass",
    "def rebind():\n    global C\n    C = Base",
    "globals()['C'] = Base",
    "C.m = lambda self: 'patched'",
)
EXTRA = mostly(
    "pass",
    "__class__ = property(lambda self: Base)",
    "C = 1",
    "x: int = 1",
    "class C(Base):\n        def m(self, other=None): return super(C, self).m()",
    "def super(self): pass",
    "def n(self): return super(C, self).n()",
)
METHODS = mostly(
    "def m(self, other=None):", "@staticmethod\n    def m(self, other=None):", "async def a(self, other=None):", "def m(*self):"
)


def indented(text: str, depth: int) -> str:
    return "\n".join("    " * depth + line for line in text.split("\n"))


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A class whose methods call `super`, what may happen to it afterwards, and calls of its methods and of those of a class below it."""
    expression = f"super({draw(GIVEN)}, {draw(THING)}).m()"
    place = draw(PLACES).format(expression)
    lines = [
        *draw(DECORATORS).split("\n"),
        draw(HEADS),
        f"    {draw(EXTRA)}",
        f"    {draw(METHODS)}",
        f"        {draw(FIRST)}",
        *(["        def inner(self):", f"            return {expression}"] if place.startswith("inner") else []),
        f"        return {place}",
        "    @classmethod",
        f"    def make(cls): return {draw(mostly('super(C, cls).make()', 'super(cls, cls).make()', 'super(Base, cls).make()'))}",
    ]
    made = "\n".join(line for line in lines if line)
    after = draw(AFTER)
    around = draw(mostly("top", "function", "loop", "if", "called in a loop", "class"))
    show = "for part in (lambda: one().m(), lambda: one().make(), lambda: below().m(), lambda: Side().m(), lambda: one().m(below())):\n"
    show += "    try: print(part())\n    except Exception as error: print(type(error).__name__)"
    below = "class Below(one): pass\nbelow = Below"
    use = f"one = C\n{below}\n{after}\n{show}"
    match around:
        case "function" | "called in a loop":
            calls = "run()" if around == "function" else "runs = [run(), run()]\nfor part in runs: print(part.__name__, part().m())"
            body = f"def run():\n{indented(made, 1)}\n{indented(use, 1)}\n    return one\n{calls}"
        case "loop":
            show = indented(show.replace("below", "one"), 1)
            body = f"made = []\nfor i in 'ab':\n{indented(made, 1)}\n    made.append(C)\nfor one in made:\n{show}"
        case "if":
            body = f"if Base:\n{indented(made, 1)}\n{use}"
        case "class":
            body = f"class D:\n{indented(made, 1)}\none = D.C\n{below}\n{after}\n{show}"
        case _:
            body = f"{made}\n{use}"
    sides = "class Mid(Base):\n    def m(self, *args): return 'Mid', super().m(*args)\nclass Side(Base):\n    pass"
    return f"{PRELUDE}{sides}\ntry:\n{indented(body, 1)}\nexcept Exception as error: print(type(error).__name__)\n"


def test_programs_do_the_same_before_and_after() -> None:
    """What decides is the output; that enough of the programs are rewritten at all is held too, or the test would prove nothing."""
    counts: Counter[str] = Counter()

    @settings(max_examples=examples(2000), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(programs())
    def compare(before: str) -> None:
        outcome = process(before.encode(), SETTINGS)
        counts["programs"] += 1
        assert not getattr(outcome, "defects", ())
        if not isinstance(outcome, Fixed):
            return
        after = outcome.after.decode()
        counts["rewritten"] += 1
        old, new = behaviour(before), behaviour(after)
        counts["shown"] += "Base.m" in old.printed
        printed = [_ADDRESS.sub("", one.printed) for one in (old, new)]
        assert (printed[0], old.raised) == (printed[1], new.raised), f"{before}\n--- became ---\n{after}"
        if counts["rewritten"] % 4 == 0:
            assert not isinstance(process(outcome.after, SETTINGS), Fixed)

    compare()
    assert counts["programs"] >= examples(2000), counts
    assert counts["rewritten"] >= counts["programs"] // 4, counts
    assert counts["shown"] >= counts["rewritten"] // 3, counts
