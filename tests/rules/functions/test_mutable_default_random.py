"""Small functions with mutable defaults, made at random: but for the sharing between calls, what pyfix makes of them does the same.

Each probe runs in a fresh module and leaves the default out at most once, so that nothing is left to share.
"""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, TriagedAway
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import Behaviour, behaviour

SETTINGS = Settings(("mutable-default",))

PRELUDE = """\
import functools
from collections import defaultdict
from typing import Optional

K, T, L, D = 1, (1, 2), [1], {"a": 1}

class C:
    A = 1

def make():
    L.append(0)
    return len(L)

def through(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper

def loose(function):
    def wrapper(a, x=None, **kwargs):
        return function(a, x, **kwargs)
    return wrapper

"""

NOSY = """\
def nosy(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs), function.__defaults__
    return wrapper

"""

DEFAULTS = st.sampled_from([
    "[]", "[]", "[]", "{}", "{}", "set()", "list()", "dict()", "[1]", "{'a': 1}", "[K]", "[K, [K]]", "list(T)", "[*T, 3]", "list(L)",
    "[*L]", "[L]", "dict(D)", "{**D}", "[C.A]", "[len(T)]", "[len(L)]", "[make()]", "list(range(2))", "[n]", "[n + 1]", "[[]]",
    "defaultdict(list)", "{k: v for k, v in D.items()}", "[lambda: K]", "[K for _ in T]", "[k for k in L]", "dict(a=K)", "dict(a=L)",
    "[K] * 2", "[0] * K", "[None]", "{'n': 0}", "[0]", "[f'{K}']", "[T[0]]", "[L[0]]", "[D['a']]", "{K: n}", "[(lambda v=K: v)()]",
    "[(q := 3)]", "[len]", "[make]",
])  # fmt: skip

STATEMENTS = st.sampled_from([
    "x.append(a)", "x.extend([a])", "x += [a]", "x = x + [a]", "x[0:0] = [a]", "x.setdefault(a, b)", "x[a] = b", "x.update({a: b})",
    "x.add(a)", "y = x", "x = list(x)", "del x", "b = len(x)", "b = a in x", "b = x and a", "b = x or a", "b = x if x else a",
    "if x: b = 1", "if not x: return 'empty'", "if not x or a: b = 2", "x = x or [7]", "if x is None: return 'none'", "b = x == None",
    "b = x != [] and x is not L", "for e in x: b = e", "for e in x: x = [e]", "while not x: x.append(b)", "b = [x for _ in range(2)]",
    "b = (lambda: x)()", "print(x)", "print(x, a, b)", "import math", "import math as K", "K = 3", "b = K", "n = 5",
    "b = locals().get('x')", "b = id(x) == id(a)", "x[0] = x[0] + 1", "x[0] += 1", "x['n'] += 1", "x['n'] = x.get('n', 0) + 1",
    "if a in x: return x[a]", "x.append(make())", "b = x.get(a)", "b = x.pop()", "b = x[0]", "b = sorted(x)", "b, x = x, b", "yield x",
    "return x", "return (x, a)", "raise ValueError(x)", "if a > 0: again(a - 1)", "if a > 0: again(a - 1, x)",
    "if a > 0: again(a - 1, x=x)", "if a > 0: again(a - 1, *[x])", "def inner(): return x", "def inner(v=x): return v",
    "b = isinstance(x, list)", "exec('b = x')", "b = make()", "global G", "match x:\n    case None: b = 1\n    case _: b = 2",
    "try: b = x[a]\nexcept (KeyError, IndexError, TypeError): x[a] = b = 9", "with open(__import__('os').devnull) as x: pass",
    "'a string in the middle'", "x: list = [5]", "b = f'{x}'",
])  # fmt: skip

HEADS = st.sampled_from([
    [], [], [], ['"doc"'], ['"doc"; b = 4'], ["import math"], ["import math; b = 4"], ['"doc"', "", "# comment"], ["# comment"],
])  # fmt: skip
ANNOTATIONS = st.sampled_from([
    "", "", "", ": list", ': "list"', ": Optional[list]", ": list | None", ": object", ": any", ": Optional['list']",
])  # fmt: skip
DECORATORS = st.sampled_from([[], [], [], [], ["@through"], ["@loose"], ["@nosy"], ["@functools.wraps(make)"]])
AFTERWARDS = st.sampled_from([
    "K = 2", "L.append(2)", "D['b'] = 2", "del K", "T = (5,)", "C.A = 5", "K += 1", "for K in T: pass", "make()", "L = [4]",
    "def rebind():\n    global K\n    K = 9\nrebind()", "import math as K",
])  # fmt: skip
PASSED = st.sampled_from([
    "[4]", "[4]", "None", "[4] if K else None", "D.get('z')", "*[[4]]", "x=[4]", "x=None", "**{'x': [4]}", "dict(D)", "T and [3]",
])  # fmt: skip


def indented(lines: list[str], depth: int) -> list[str]:
    return ["    " * depth + part for line in lines for part in line.split("\n")]


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A module that defines a function, and expressions that give that function."""
    place = draw(st.sampled_from(["module", "module", "method", "static", "inner", "loop"]))
    first, second = draw(st.sampled_from([("x", "z"), ("x", "z"), ("x", "z"), ("x", "list"), ("x", "K"), ("x", "T"), ("x", "len")]))
    star = draw(st.sampled_from(["", "", "*, ", "/, ", "*rest, "]))
    parameters = f"a, {first}{draw(ANNOTATIONS)}={draw(DEFAULTS)}, {star}b=0"
    if draw(st.booleans()):
        parameters += f", {second}{draw(ANNOTATIONS)}={draw(DEFAULTS)}"
    if draw(st.integers(0, 4)) == 0:
        parameters = parameters.replace(", ", ",\n        ")
    result = f"return x, b{f', {second}' if second in parameters else ''}"
    body = [*draw(HEADS), *draw(st.lists(STATEMENTS, min_size=0, max_size=4)), result]
    again = {"module": "f", "method": "self.f", "static": "C2.f", "inner": "f", "loop": "f"}[place]
    body = [line.replace("again", again) for line in body]
    decorators = draw(DECORATORS)
    own = "self, " if place == "method" else ""
    function = [*decorators, f"def f({own}{parameters}):", *indented(body, 1)]
    if place == "static":
        function = ["@staticmethod", *[line for line in function if not line.startswith("@")]]
    lines, target = ["n = 3", *function], "f"
    match place:
        case "method" | "static":
            extra = draw(st.sampled_from([[], ["K = 7"], ["n = 8"]]))
            lines, target = ["n = 3", "class C2:", *indented([*extra, *function], 1)], "C2().f"
        case "inner":
            extra = draw(st.sampled_from([[], ["n += 1"], ["K = 7"]]))
            later = draw(st.sampled_from([[], ["n = 6"], ["K = 8"]]))
            lines, target = ["def outer(n):", *indented([*extra, *function, *later, "return f"], 1)], "outer(2)"
        case "loop":
            lines, target = ["fs = []", "for n in range(2):", *indented([*function, "fs.append(f)"], 1)], "fs[0]"
    calls = [f"try: print('called', {target}(0, {draw(PASSED)}))\nexcept Exception as error: print(type(error).__name__)"]
    lines += [*draw(st.lists(st.one_of(AFTERWARDS, st.sampled_from(calls)), max_size=2))]
    return PRELUDE + (NOSY if "@nosy" in decorators else "") + "\n".join(lines) + "\n", [target]


def shown(observed: Behaviour) -> str:
    """Without addresses, and without the function in which a lambda was made, which may change."""
    return re.sub(r"0x[0-9a-f]+", "0x", re.sub(r"[\w.<>]*<lambda>", "<lambda>", repr(observed)))


def probes(target: str) -> list[str]:
    return [f"{target}({arguments})" for arguments in ("1", "0, [8]", "1, {2: 3}", "1, b=5", "'a', [8, 8], b=1", "0, []", "2, [0, 0]")]


def test_functions_do_the_same_before_and_after() -> None:
    """What decides is what each probe gives; that enough of the functions are rewritten is held too, or the test would prove nothing."""
    counts: Counter[str] = Counter()

    @settings(max_examples=examples(2500), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(programs())
    def compare(program: tuple[str, list[str]]) -> None:
        before, targets = program
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
        for probe in probes(targets[0]):
            old, new = behaviour(before, (probe,)), behaviour(after, (probe,))
            assert shown(old) == shown(new), f"{probe}\n{old}\n{new}\n{before}\n-->\n{after}"
            counts["raised" if old.raised or old.calls[0]["raised"] else "returned"] += 1

    compare()
    assert counts["programs"] >= examples(2000), counts
    assert counts["rewritten"] >= 400
    assert counts["returned"] >= counts["raised"] / 2
