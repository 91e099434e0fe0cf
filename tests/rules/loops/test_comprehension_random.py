"""Small functions that build up collections, made at random: what pyfix makes of them prints, returns and raises the same."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, TriagedAway
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import behaviour

SETTINGS = Settings(("comprehension",))

PRELUDE = """\
import contextlib
LOG = []
def say(*a):
    print(*a)
    return a[0]
def peek():
    return len(OUT) if 'OUT' in globals() else None
class Odd:
    def __init__(self, n): self.n = n
    def __eq__(self, other): print('eq'); return self.n == getattr(other, 'n', other)
    def __hash__(self): print('hash'); return hash(self.n)
    def __bool__(self): print('bool'); return bool(self.n)
    def __repr__(self): return f'Odd({self.n})'
    def strip(self): print('strip'); return self.n
"""

BIRTHS = st.sampled_from([
    *[("out = []", "list")] * 6, *[("out = set()", "set")] * 3, *[("out = {}", "dict")] * 3, ("out: list = []", "list"), ("out = list()", "list"), ("out = set()", "set"), ("out = {}", "dict"),
    ("out = dict()", "dict"), ("out = also = []", "list"), ("out = [1]", "list"), ("out, b = [], 1", "list"), ("global OUT; OUT = []", "list"),
])  # fmt: skip
BETWEEN = st.sampled_from([
    *[[]] * 36, *[["b = 2"]] * 6, *[["say('between')"]] * 2, *[["c = rows[0]"]] * 4, *[["if not rows: return 7"]] * 2, *[["# a comment", "", "c = []"]] * 2,
    ["also = out"], ["g = lambda: out"], ["def g(): return out"], ["c = len(out)"], ["out.append(3)"], ["del out"], ["int(rows)"], ["if b: raise ValueError"],
    ["rows = say(rows)"], ["c = 1; d = 2"], ["c = []", "for x in rows: c.append(x)"], ["c = []", "for x in rows:", "    if say(x): c.append(x)"], ["yield 1"],
    ["try: c = rows[0]", "except Exception as out: pass"], ["try: c = rows[9]", "except Exception: c = 1"], ["with contextlib.suppress(Exception): int(rows)"],
    ["import math as out"], ["other = 1"], ["c = [out for z in rows]"], ["a = locals()"], ["print(x)"], ["if (out := rows): pass"], ["c = 1", "c = 2", "c = 3", "c = 4"],
])  # fmt: skip
JUMPS = st.sampled_from([["if not rows: continue"], ["if not rows: break"], ["if say(b) == 2: continue"], ["if rows[0]: continue"]])
TARGETS = st.sampled_from([*["x"] * 20, "(x, y)", "(x, y)", "x, *y", "b", "out", "rows", "self.x", "a[0]"])
ITERABLES = st.sampled_from([
    *["rows"] * 16, "say(rows)", "other or rows", "rows if rows else [1]", "1, 2", "out", "enumerate(rows)", "iter(rows)",
    "(say(z) for z in rows)", "range(3)", "sorted(rows, key=str)", "x", "b",
])  # fmt: skip
CONDITIONS = st.sampled_from([
    "x", "not x", "x is None", "x is not None", "x in other", "x not in other", "x == 1", "x != 1", "say(x)", "x or b", "x and b", "not (x or b)",
    "x if b else 0", "(y := x)", "len(out) < 2", "lambda: x", "x == 1 == b", "isinstance(x, int)", "t",
])  # fmt: skip
TESTS = st.sampled_from([
    *["t"] * 4, "not t", "t is None", "t == 1", "t != 1", "t and x", "x and t", "say(t)", "say(x) == t", "t or b", "1 < t < 9", "b == t", "t in other", "t.strip()",
])  # fmt: skip
VALUES = st.sampled_from([
    *["x"] * 8, "(x, b)", "x, b", "say(x)", "[x]", "x.strip()", "x + 1", "x if x else b", "f'{x}'", "len(out)", "lambda: x", "[z for z in rows]",
    "sum(z for z in range(3))", "(yield x)", "(w := x)", "b", "int(x)", "peek()", "t", "t", "t + 1", "t.strip()", "say(t)", "(t, say(b))", "(say(b), t)",
    "[t]", "{'k': t}", "t * 2", "-t", "t[0]", "not t", "(t, t)", "rows[x]",
    "u", "(t, u)", "(u, t)", "say(t, u)", "u.strip()", "[u, say(t)]", "t + u", "y", "(y, x)",
    "(x, t)", "(b, t)", "(LOG, t)", "say(x, t)", "[*(t, b)]", "{'k': x, 'l': t}", "[z for z in (t,)]", "b and t", "[]", "[x, b]", "'a' + 'b'",
])  # fmt: skip
SPREAD = st.sampled_from([
    "[x, b]", "range(2)", "str(x)", "[z for z in rows]", "[say(z) for z in rows]", "[z for z in rows if z]", "(z for z in rows)", "(say(z) for z in rows)",
    "x", "rows", "say(rows)", "sorted(rows, key=str)", "list(rows)", "{1: 2}", "{z for z in 'ab'}", "[x] if b else 'ab'", "[x for x in rows]", "[b for b in rows]",
    "[lambda: z for z in rows]", "[z for z in (y := rows)]", "out", "t",
])  # fmt: skip
KEYS = st.sampled_from(["x", "x", "x", "say(x)", "b", "'k'", "(x, b)", "t", "x.strip()", "len(out)", "1:2"])
TEMPORARIES = st.sampled_from(
    [
        "t = x",
        "t = say(x)",
        "t = x + 1",
        "t = x, b",
        "t = x if x else b",
        "t = x.strip()",
        "t = lambda: x",
        "t = -x",
        "t = (t, x)",
        "x = say(x)",
        "t = [x]",
        "t = x or b",
        "t = say(x)",
        "t = rows",
        "t = not x",
        "t = say(other)",
    ]
)
SECOND = st.sampled_from([
    "u = t", "u = say(t)", "t = say(t)", "t = t", "u = (t, b)", "u = x.strip()", "u = say(x)", "u = t or b", "t = t[0]", "t: int = say(t)", "u = b", "u = [t]",
])  # fmt: skip
WITHIN = st.sampled_from([
    "with open(__import__('os').devnull) as file", "with contextlib.nullcontext(say(5)) as b", "with contextlib.suppress(Exception)",
    "with open(__import__('os').devnull) as out", "with contextlib.nullcontext(out)", "with open(__import__('os').devnull) as file, open(say(file.name)) as c",
])  # fmt: skip
AFTER = st.sampled_from([
    *["return out"] * 14, "print(out)", "out.append(9)", "say(x)", "del x", "print(b)", "x = 5", "return out, x",
    "print(t)", "for x in rows: print(x)", "return (lambda: out)()", "return locals()", "out = out or 1", "print([x for x in rows])", "x += 1",
    "def g(): return x", "while x: break", "print(y)",
])  # fmt: skip
AROUND = st.sampled_from([
    *[None] * 20, "try|except Exception: print('caught')", "try|except Exception: print('caught', out)", "try|finally: print('done')",
    "try|finally: print('done', out)", "with contextlib.suppress(Exception)|", "with open(__import__('os').devnull) as file|", "if b|", "for b in (1, 2)|",
    "while n < 2|", "for rows in (rows, other)|", "try|except Exception: out = 5", "try|except Exception: del out", "try|except Exception: out += [1]",
    "try|except Exception: pass", "try|except Exception: return 3",
])  # fmt: skip


@st.composite
def loops(draw: st.DrawFn, jumps: bool = False) -> list[str]:
    """The lines of a birth, what stands between, and a loop. `jumps`: between may go on with the next turn of a loop around."""
    birth, kind = draw(BIRTHS)
    name = "OUT" if "OUT" in birth else "out"
    lines = [birth, *draw(JUMPS if jumps and draw(st.booleans()) else BETWEEN)]
    depth = 0
    if draw(st.integers(0, 7)) == 0:
        lines.append(f"{draw(WITHIN)}:")
        depth = 1
        lines += [f"    {line}" for line in draw(st.sampled_from([[], [], ["c = 1"], ["say('in')"], ["print(out)"]]))]
    ahead = draw(st.integers(0, 4)) == 0
    tests = TESTS if ahead and draw(st.integers(0, 3)) else CONDITIONS
    for _ in range(draw(st.sampled_from([1, 1, 1, 1, 2]))):
        iterable = "t" if ahead and depth and draw(st.booleans()) else draw(ITERABLES)
        lines.append("    " * depth + f"for {draw(TARGETS)} in {iterable}:")
        depth += 1
        if ahead and draw(st.integers(0, 3)):
            lines.append("    " * depth + draw(TEMPORARIES))
            if draw(st.integers(0, 2)) == 0:
                lines.append("    " * depth + draw(SECOND))
        for _ in range(draw(st.sampled_from([1, 1, 1, 1, 2]))):
            match draw(st.integers(0, 9)):
                case 0 | 1 | 2:
                    lines.append("    " * depth + f"if {draw(tests)}:")
                    depth += 1
                case 3 | 4:
                    lines += ["    " * depth + f"if {draw(tests)}:", "    " * (depth + 1) + "continue"]
                case 5:
                    lines.append("    " * depth + draw(st.sampled_from(["print(x)", "b = x", "# a comment", "if x: break"])))
    value = draw(VALUES)
    if draw(st.integers(0, 9)) == 0:
        lines += ["    " * depth + draw(TEMPORARIES), "    " * depth + f"if {draw(TESTS)}:"]
        depth += 1
        ahead = True
        value = draw(st.sampled_from([value, "t", "(t, x)", "(t, say(t))", "t + t"]))
    named = "t" in value.replace("strip", "").replace("int", "")
    if (named and not ahead and draw(st.integers(0, 9))) or draw(st.integers(0, 9)) == 0:
        lines.append("    " * depth + draw(TEMPORARIES))
        if draw(st.integers(0, 2)) == 0:
            lines.append("    " * depth + draw(SECOND))
    at_once = draw(st.integers(0, 7)) == 0
    value = draw(SPREAD) if at_once else value
    one, other = ("extend", "update") if at_once else ("append", "add")
    added = {"list": f"{name}.{one}({value})", "set": f"{name}.{other}({value})", "dict": f"{name}[{draw(KEYS)}] = {value}"}[kind]
    if draw(st.integers(0, 7)) == 0:
        second = added.replace(value, draw(VALUES))
        lines += ["    " * depth + line for line in (f"if {draw(tests)}:", f"    {added}", "else:", f"    {second}")]
    else:
        lines.append("    " * depth + added)
    return lines


def _around(around: str, lines: list[str]) -> list[str]:
    """The lines in a block, with what comes behind it."""
    head, _, tail = around.partition("|")
    lines = [f"    {line}" for line in lines]
    if head.startswith("while"):
        return ["n = 0", f"{head}:", "    n += 1", *lines]
    return [f"{head}:", *lines, *([tail] if tail else [])]


@st.composite
def programs(draw: st.DrawFn) -> str:
    around = draw(AROUND)
    lines = draw(loops(around is not None and around.startswith(("for", "while"))))
    if around is not None:
        lines = _around(around, lines)
        if draw(st.integers(0, 3)) == 0:
            lines = _around(
                "for rows in (rows, other, rows)|", [*draw(st.sampled_from([[], ["print(out)"], ["if b == 2: continue"]])), *lines]
            )
    lines += draw(st.lists(AFTER, min_size=1, max_size=2))
    first = draw(st.sampled_from([[], [], [], ["x = 7"], ["out = 'before'"], ["def g(): return x"], ["t = 3"]]))
    if draw(st.integers(0, 7)) == 0:
        body = [line for line in [*first, *lines] if "return" not in line and "yield" not in line and "global" not in line]
        return PRELUDE + "rows, other, b, a, self = [1, 2], [2], 1, [0], Odd(1)\n" + "\n".join(body) + "\n"
    indented = "\n".join("    " + line for line in [*first, *lines])
    return f"{PRELUDE}def f(rows, other, b=1, a=[0], self=Odd(3)):\n{indented}\n"


CALLS = (
    "f([1, 2, 1], [2])", "f([], [])", "f([None, 0, 'a'], [None])", "f(['a ', ' b'], ['a'])", "f([[1, 2], [3, 4]], [])", "f([Odd(1), Odd(0)], [Odd(1)])",
    "f(3, [])", "f([1, 'x', 2], [], 0)", "f('ab', 'b')", "f({1: 2}, {1})",
)  # fmt: skip


def test_programs_do_the_same_before_and_after() -> None:
    """Results, output and exceptions of a handful of calls decide; that enough programs are rewritten is held too."""
    counts: Counter[str] = Counter()

    @settings(max_examples=examples(3300), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(programs())
    def compare(before: str) -> None:
        try:
            compile(before, "random", "exec")
        except SyntaxError:
            return
        outcome = process(before.encode(), SETTINGS)
        counts["programs"] += 1
        assert not getattr(outcome, "defects", ()), before
        if not isinstance(outcome, Fixed):
            assert isinstance(outcome, Clean | TriagedAway), before
            return
        counts["rewritten"] += 1
        after = outcome.after.decode()
        counts["moved"] += bool(re.search(r"^ *(b = 2|c = rows\[0\])\n *(return|out =) [{\[]", after, re.MULTILINE))
        counts["in place"] += "t = " in before and "t = " not in after
        counts["joined"] += bool(re.search(r"\bif\b.* and ", after)) and not re.search(r"\bif\b.* and ", before)
        counts["chosen"] += "    else:" in before and " else " in after
        counts["spread"] += bool(re.search(r"\.(extend|update)", before)) and not re.search(r"\.(extend|update)", after)
        counts["named"] += ":= " in after and ":= " not in before
        calls = CALLS if "def f(" in before else ()
        old, new = shown(before, calls), shown(after, calls)
        assert old == new, f"{old}\n{new}\n{before}\n-->\n{after}"

    compare()
    assert counts["programs"] >= examples(2000), counts
    assert counts["rewritten"] >= 200
    assert all(counts[form] >= 3 for form in ("moved", "in place", "joined", "chosen", "named", "spread")), counts


def shown(text: str, calls: tuple[str, ...]) -> str:
    """What a version does, without addresses. A variable read before it is bound is a `NameError` in a comprehension of a function, too,

    but not an `UnboundLocalError`, and worded otherwise.
    """
    observed = repr(behaviour(text, calls))
    observed = re.sub(r"""\('(UnboundLocalError|NameError)', \[\('str', "[^"]*"\)\]\)""", "unbound", observed)
    observed = re.sub(r"<(function|generator object|built-in method) [^>]*>", "<>", observed)
    return re.sub(r"0x[0-9a-f]+", "0x", observed)
