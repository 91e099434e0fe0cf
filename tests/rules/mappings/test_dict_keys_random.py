"""Small programs around `.keys()`, made at random: what pyfix makes of them at its default level does the same."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.amount import examples
from tests.harness import behaviour

SETTINGS = Settings(("dict-keys",))

PRELUDE = """
from collections import ChainMap, Counter, OrderedDict, defaultdict
from collections.abc import Mapping

def show(*values): print(*((type(v).__name__, list(v)) if hasattr(v, "__next__") else v for v in values))
"""

CLASSES = {
    "Odd": '''
class Odd:
    """Its keys are not what it iterates over, holds or counts."""
    def __init__(self, items=()): self.data = dict(items)
    def keys(self): return ["odd", *self.data]
    def __iter__(self): return iter([*self.data, "even"])
    def __contains__(self, key): return not key
    def __len__(self): return 7
    def __repr__(self): return f"Odd({self.data})"
    def __setitem__(self, key, value): self.data[key] = value
    def __delitem__(self, key): del self.data[key]
''',
    "Backwards": """
class Backwards(dict):
    def keys(self): return list(reversed(list(super().keys())))
""",
    "Silent": """
class Silent(dict):
    def __iter__(self): return iter(())
""",
    "Plain": """
class Plain(dict):
    def count(self): return len(self.keys())
""",
    "make": """
def make(flag): return Odd({1: 2}) if flag else {1: 2}
""",
}
"""Only what a program uses stands in it: a class derived from dict anywhere in a file makes every annotation `dict` doubtful."""

DICTS = st.sampled_from(
    ["{1: 1, 2: 2, 3: 3}", "{}", "{53: 1, 2: 2, 195: 3, 91: 4, 1: 5, 105: 6}", "{'b': 1, 'a': 2}", "{0: 0}", "{(1, 2): 3}"]
)
MAKERS = st.sampled_from(
    [
        "{}",
        "dict({})",
        "OrderedDict({})",
        "Counter({})",
        "defaultdict(int, {})",
        "Odd({})",
        "Backwards({})",
        "Silent({})",
        "Plain({})",
        "ChainMap({})",
        "dict(sorted({}.items(), key=repr))",
        "{{**{}}}",
        "{{k: 1 for k in {}}}",
        "{} or Odd()",
        "({} if flag else Odd({{5: 5}}))",
        "make(flag)",
        "{}.copy()",
        "[{}][0]",
        "list({})",
        "None",
    ]
)
ANNOTATIONS = st.sampled_from(
    ["", "", ": dict", ": 'dict'", ": dict[int, int]", ": dict | None", ": Mapping", ": OrderedDict", ": Odd", ": object"]
)

TAKEN = st.sampled_from(["list", "tuple", "set", "frozenset", "sorted", "len", "min", "max", "iter", "enumerate", "any", "all"])
RECEIVERS = st.sampled_from(
    ["d", "d", "d", "d", "e", "(d or e)", "(d if flag else e)", "d.copy()", "box[0]", "holder.d", "(d | e)", "{2: d, 1: e}"]
)
BREAKS = st.sampled_from(
    [
        "pass",
        "break",
        "continue",
        "del d[k]",
        "d[k] = 0",
        "d[9] = k",
        "d = e",
        "d = Odd()",
        "e = Odd()",
        "rebind()",
        "d.clear()",
        "e[k] = 1",
    ]
)


@st.composite
def reads(draw: st.DrawFn) -> str:
    """An expression that holds a call of `keys`."""
    receiver = draw(RECEIVERS)
    keys = f"{receiver}.keys()"
    name = draw(TAKEN)
    return draw(
        st.sampled_from([
            f"{name}({keys})",
            f"list({name}({keys})) if {name} in (set, frozenset, enumerate, iter) else 0",
            f"sorted({keys}, key=repr, reverse=flag)",
            f"max({keys}, key=repr, default=None)",
            f"sorted(set({keys}) - {{1}}, key=repr)",
            f"list(set({keys}) | {{1000}})",
            f"1 in {keys}",
            f"2 not in {keys}and flag",
            f"[] in {keys}",
            f"1 == 1 in {keys}",
            f"1 in {keys} in [d]",
            f"{keys} == e.keys()",
            f"1 in {keys} | e.keys()",
            f"[k for k in {keys}]",
            f"[(k, j) for k in e for j in {keys}if k]",
            f"{{k: 1 for k in {keys}}}",
            f"list(k for k in {keys} if k in {keys})",
            f"f'{{len({keys})}} {{1 in {keys}!r:>9}}'",
            f"f'{{len({keys})=}}'",
            f"(lambda: sorted({keys}, key=repr))()",
        ])
    )  # fmt: skip


@st.composite
def statements(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """One statement, as lines."""
    kind = draw(st.integers(0, 5 if depth < 2 else 1))
    if kind <= 1:
        return ["try:", f"    show({draw(reads())})", "except Exception as error:", "    show(type(error).__name__)"]
    if kind == 2:
        return [
            draw(
                st.sampled_from(
                    ["d = e", "d = Odd({1: 1})", "e = d", "d = {4: 4}", "rebind()", "holder.d = d", "box[0] = e", "flag = not flag"]
                )
            )
        ]
    inner = [line for one in draw(st.lists(statements(depth + 1), min_size=0, max_size=2)) for line in one]
    if kind == 3:
        return [
            f"if {draw(st.sampled_from(['flag', 'd', 'isinstance(d, dict)', 'd is not None', 'type(d) is Odd']))}:",
            *(f"    {line}" for line in [*inner, "pass"]),
        ]
    keys = f"{draw(RECEIVERS)}.keys()"
    source = draw(
        st.sampled_from([keys, keys, f"list({keys})", f"sorted({keys}, key=repr)", f"tuple({keys})", f"(\n            {keys}\n    )"])
    )
    body = ["rounds += 1", "if rounds > 12: break", "show(k)", *inner, draw(BREAKS)]
    tail = draw(st.sampled_from([[], ["else:", "    show('else')"]]))
    loop = [f"for k in {source}:", *(f"    {line}" for line in body), *tail]
    return ["try:", *(f"    {line}" for line in loop), "except Exception as error:", "    show(type(error).__name__)"]


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A function that is given a mapping, or makes one, and reads its keys; and calls of it."""
    annotation, other = draw(ANNOTATIONS), draw(ANNOTATIONS)
    given_, made = draw(MAKERS).format(draw(DICTS)), draw(MAKERS).format(draw(DICTS))
    parameter = draw(st.booleans())
    body = [line for one in draw(st.lists(statements(), min_size=1, max_size=4)) for line in one]
    lines = [
        "class Holder:",
        "    def __init__(self, d): self.d = d",
        f"def run({f'd{annotation}, ' if parameter else ''}flag):",
        "    def rebind():",
        f"        {draw(st.sampled_from(['nonlocal d; d = Odd({2: 2})', 'nonlocal e; e = {6: 6}', 'd.update({7: 7})', 'pass']))}",
        *([] if parameter else [f"    d{annotation} = {made}"]),
        f"    e{other} = {draw(MAKERS).format(draw(DICTS))}",
        "    k, rounds, box, holder = 0, 0, [d], Holder(d)",
        *(f"    {line}" for line in body),
        "    return d, e, k",
        *(
            f"try: show(run({f'{given_}, ' if parameter else ''}{flag}))\nexcept Exception as error: show(type(error).__name__)"
            for flag in (True, False)
        ),
    ]
    if parameter:
        lines.insert(2, "flag = True")
    elif "flag" in made and draw(st.booleans()):
        lines = ["flag = False", *lines]
    text = "\n".join(lines) + "\n"
    used = [name for name in CLASSES if f"{name}(" in text or f": {name}" in text or (name == "Odd" and "make(" in text)]
    return PRELUDE + "".join(CLASSES[name] for name in used) + text


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
        counts["sites"] += sum(one.fixed for one in outcome.diagnostics)
        old, new = behaviour(before), behaviour(after)
        counts["printed"] += bool(old.printed)
        assert (old.printed, old.raised) == (new.printed, new.raised), f"{before}\n--- became ---\n{after}"
        again = process(outcome.after, SETTINGS)
        assert not isinstance(again, Fixed)

    compare()
    assert counts["programs"] >= examples(2000), counts
    assert counts["rewritten"] >= counts["programs"] // 4, counts
    assert counts["printed"] >= counts["rewritten"] * 9 // 10, counts
