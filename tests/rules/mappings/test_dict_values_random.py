"""Small programs that loop over pairs, made at random: what pyfix makes of them at its default level does the same."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import behaviour

ALONE = Settings(("dict-values",))
TOGETHER = Settings(("dict-items", "dict-keys", "dict-values"))

PRELUDE = """
from collections import Counter, OrderedDict, defaultdict
"""

ODD = """
class Odd(dict):
    def items(self): return [(1, 2), (3, 4)]
    def __getitem__(self, key): return (key, 'odd')
"""
"""Only where a program uses it: a class derived from dict anywhere in a file makes every annotation `dict` doubtful."""


def mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*([usual] * (len(others) + 1)), *others])


DICTS = st.sampled_from(["{1: 1, 2: 2, 3: 3}", "{}", "{'b': 1, 'a': 2}", "{(1, 2): 3, (4, 5): 6}", "{0: (1, 2), 5: (3, 4)}"])
MAKERS = mostly("{}", "OrderedDict({})", "defaultdict(int, {})", "Counter({})", "dict({})", "Odd({})", "{} or None", "list({})")
KEYS = mostly("k", "_", "(k, j)", "(k, _)", "k2", "[k]")
VALUES = mostly("v", "(v, w)", "[v, w]", "k", "(v, *w)")
SOURCES = mostly("d.items()", "list(d.items())", "tuple(d.items())", "sorted(d.items(), key=repr)", "dict(d).items()", "e.items()")
LOOKED_UP = mostly("d", "d.keys()", "list(d)", "sorted(d, key=repr)", "e")
PARTS = [
    "print(v)",
    "print('turn')",
    "d[9] = 9",
    "d.clear()",
    "d = {7: 7}",
    "k = 5",
    "print(k)",
    "del k",
    "e.pop(1, 0)",
    "print((lambda: k)())",
    "later.append(lambda: k)",
    "for k in 'xy': pass",
    "k2 = 1",
    "if v == 2: break",
    "if v == 2: continue",
    "for k, v in e.items(): print(v)",
    "v = 1",
    "1 / 0",
]
READS = ["print(d[k])", "x = d[k]", "print(d[k], d[k])", "later.append(lambda: d[k])", "x, y = d[k]", "d[k] = 4", "print(e[k])", *PARTS]
AROUND = ["print(k)", "print(locals()['k'])", "k = 'again'", "print(v)", "print('else')", "later.append(lambda: k)", "pass", "pass", "pass"]
SMALL = [
    "[v for k, v in d.items()]",
    "[k for k, v in d.items()]",
    "[(v, x) for k, v in d.items() for _, x in e.items()]",
    "[v for (k, j), v in d.items() if v]",
    "list(v for _, v in d.items() if d.pop(9, 1))",
    "[d[k] for k in d]",
    "{d[k]: 1 for k in d if d[k] != 2}",
    "[d[k] for k in list(d) if d.pop(2, 1)]",
    "sum(1 for k in d if d[k])",
    "[[x for a, x in e.items()] for b, v in d.items()]",
    "[(lambda: k)() for k, v in d.items()]",
    "[w for k, (v, w) in d.items()]",
]


@st.composite
def loops(draw: st.DrawFn) -> list[str]:
    """A loop over pairs or keys, or a comprehension, as lines."""
    kind = draw(st.integers(0, 2))
    if kind == 2:
        lines = [f"print({draw(st.sampled_from(SMALL))})"]
    else:
        body = draw(st.lists(st.sampled_from(PARTS if kind else READS), min_size=1, max_size=3))
        if kind:
            head = f"for {draw(KEYS)}, {draw(VALUES)} in {draw(SOURCES)}:"
        else:
            head = f"for k in {draw(LOOKED_UP)}:"
            body = [draw(st.sampled_from(READS[:3])), *body]
        tail = draw(st.sampled_from([[], [], ["else:", f"    {draw(st.sampled_from(AROUND))}"]]))
        guard = ["rounds += 1", "if rounds > 20: break"]
        after = [*body, *guard] if draw(st.booleans()) else [*guard, *body]
        lines = [head, *(f"    {line}" for line in after), *tail]
    around = draw(st.sampled_from(["pass", "pass", *AROUND]))
    return ["try:", *(f"    {line}" for line in [*lines, around]), "except Exception as error:", "    print(type(error).__name__)"]


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A function (or a module) that makes a dict and loops over it, and what its loops left behind."""
    lines = [f"d = {draw(MAKERS).format(draw(DICTS))}", f"e = {draw(DICTS)}", "later, rounds, v = [], 0, 'v'"]
    lines += draw(st.sampled_from([[], ["k = 'before'"], ["def look(): return k", "later.append(look)"]]))
    for one in draw(st.lists(loops(), min_size=1, max_size=2)):
        lines += one
    lines += draw(mostly("pass", "print(k)", "print(d)", "print(v)", "del k", "print(k2)")).split("\n")
    lines += ["for one in later:", "    try: print(one())", "    except Exception as error: print(type(error).__name__)"]
    if draw(st.booleans()):
        lines = ["def run():", *(f"    {line}" for line in lines), "try: run()", "except Exception as error: print(type(error).__name__)"]
    text = "\n".join(lines) + "\n"
    return PRELUDE + (ODD if "Odd(" in text else "") + text


def test_programs_do_the_same_before_and_after() -> None:
    """What decides is the output; that enough of the programs are rewritten at all is held too, or the test would prove nothing.

    Every fourth program is also given to all rules about dicts at once, which must come to an end.
    """
    counts: Counter[str] = Counter()

    @settings(max_examples=examples(2000), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(programs())
    def compare(before: str) -> None:
        counts["programs"] += 1
        old = None
        for chosen in (ALONE, TOGETHER) if counts["programs"] % 4 == 0 else (ALONE,):
            outcome = process(before.encode(), chosen)
            assert not getattr(outcome, "defects", ())
            if not isinstance(outcome, Fixed):
                continue
            after = outcome.after.decode()
            old = old or behaviour(before)
            new = behaviour(after)
            assert (old.printed, old.raised) == (new.printed, new.raised), f"{before}\n--- became ---\n{after}"
            assert not isinstance(process(outcome.after, chosen), Fixed)
            counts["rewritten"] += chosen is ALONE
            counts["printed"] += chosen is ALONE and bool(old.printed)

    compare()
    assert counts["programs"] >= examples(2000), counts
    assert counts["rewritten"] >= counts["programs"] // 4, counts
    assert counts["printed"] >= counts["rewritten"] // 2, counts
