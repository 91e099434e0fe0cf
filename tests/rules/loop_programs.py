"""Small programs around a loop over a collection by index or by key, made at random, and what running one shows.

A program keeps the collection somewhere (a local, a parameter, a global, an attribute, a variable of the function around), may give it
other names, and runs a loop whose body reads elements, writes, calls and jumps. `ROWS` stands for the collection, `IDX` for the loop's
variable, `ELT` for the element at it. Annotations tell the truth.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import types
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests import amount

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")

BUDGET = 2500
"""Lines that a program may run. One that needs more proves nothing, but its rewritten version may not need more than that either."""

IMPORTS = (
    "import asyncio, contextlib, functools, itertools, operator, typing\nfrom collections import Counter, OrderedDict, defaultdict, deque"
)

HELPERS = {
    "show": "def show(*values): print(*values)",
    "same": "def same(value): return value",
    "keep_quiet": "def keep_quiet(value=0): return len(value) if hasattr(value, '__len__') else 0",
    "change": "def change(value): value[FIRST] = 70",
    "grow": "def grow(value): value.GROW",
    "change_default": "def change_default(value=None, other=[1]): (value or other)[FIRST] = 71",
    "change_inner": "def change_inner(values):\n    for one in values: one[FIRST] = 72",
    "changer": "def changer(value):\n    def inner(): value[FIRST] = 73\n    return inner",
    "changing": "def changing(value):\n    while True:\n        value[FIRST] = 74\n        yield value",
    "even_more": "def even_more(value, depth=2):\n    if depth: odd_more(value, depth - 1)",
    "odd_more": "def odd_more(value, depth):\n    even_more(value, depth)\n    value[FIRST] = 75",
    "holding": "def holding(*values, **named): return [*values, *named.values()]",
    "Holder": "class Holder:\n    def __init__(self, held=None): self.held = held\n    def change(self): self.held[FIRST] = 76",
    "Manager": "class Manager:\n    def __init__(self, held): self.held = held\n    def __enter__(self): return self.held\n"
    "    def __exit__(self, *about):\n        self.held[FIRST] = 92\n        return True",
    "Adding": "class Adding:\n    def __init__(self, held): self.held = held\n    def __add__(self, other): self.held[FIRST] = 77; return self",
    "Touching": "class Touching:\n    def __init__(self, held): self.held = held\n    @property\n    def touched(self): self.held[FIRST] = 78",
    "Walking": "class Walking:\n    def __init__(self, held): self.held = held\n    def __iter__(self): self.held[FIRST] = 93; return iter('a')",
    "Writing": "class Writing:\n    def __init__(self, held): self.held = held\n    def write(self, text): self.held[FIRST] = 94",
    "around": "@contextlib.contextmanager\ndef around(value):\n    yield value\n    value[FIRST] = 79",
    "quiet": "@contextlib.contextmanager\ndef quiet(): yield 0",
    "pause": "async def pause(): await asyncio.sleep(0)",
    "keep_pausing": "async def keep_pausing(value): await pause()",
    "ticks": "async def ticks():\n    await pause()\n    yield 1\n    await pause()",
    "pausing": "@contextlib.asynccontextmanager\nasync def pausing():\n    await pause()\n    yield\n    await pause()",
    "meddle": "async def meddle(given):\n    for turn in range(4):\n        await pause()\n        rows = getattr(given, 'rows', given)\n"
    "        with contextlib.suppress(Exception): rows[FIRST] = 96 + turn\n        if hasattr(given, 'reset'): given.reset()",
    "meet": "async def meet(*tasks): return await asyncio.gather(*tasks)",
    "List": "class List(list): pass",
    "Dict": "class Dict(dict): pass",
    "OddList": "class OddList(list):\n    def __iter__(self): return iter([90, 91])",
    "OddDict": "class OddDict(dict):\n    def items(self): return [(90, 91)]",
}
"""What a program may call, by name. Only what it names is put in front of it: one writing operator in a file makes many proofs fail."""


@dataclass(frozen=True)
class Flavor:
    """What differs between loops over sequences and loops over dicts.

    Attributes:
        makers: (annotation that is true, expression that makes one).
        headers: iterables of a loop.
        first: an index or key that exists most of the time.
        grow: a method call that adds an element.
        writes: statements that change the collection.
        reads: expressions of other elements.
        copies: expressions of another collection with the same contents.
    """

    makers: tuple[tuple[str, str], ...]
    headers: tuple[str, ...]
    first: str
    grow: str
    writes: tuple[str, ...]
    reads: tuple[str, ...]
    copies: tuple[str, ...]

    def prelude(self, text: str) -> str:
        """The helpers that a program needs."""
        needed: list[str] = []
        while more := [name for name in HELPERS if name not in needed and re.search(rf"\b{name}\b", text)]:
            needed += more
            text += "".join(HELPERS[name] for name in more)
        lines = [IMPORTS, *(HELPERS[name] for name in HELPERS if name in needed)]
        return "\n".join(lines).replace("FIRST", self.first).replace("GROW", self.grow) + "\n"


SEQUENCES = Flavor(
    makers=(
        ("list", "[1, 2, 3]"), ("list[int]", "[3, 1, 2]"), ("list", "[2, 3, 1]"), ("list[int]", "[0, 1, 2]"), ("list", "[1, 2]"), ("list", "[]"), ("list", "list(range(4))"), ("list", "[[1], [2]]"),
        ("list", "[n for n in (2, 1)]"), ("list", "sorted([2, 1, 3])"), ("", "[4, 5]"), ("tuple", "(1, 2, 3)"), ("str", "'abc'"),
        ("range", "range(3)"), ("deque", "deque([1, 2, 3])"), ("", "List([1, 2])"), ("", "OddList([1, 2])"), ("", "{0: 1, 1: 2}"),
        ("", "None"), ("bytearray", "bytearray(b'abc')"), ("list | None", "[1, 2]"), ("List", "List([1, 2])"),
    ),
    headers=("range(len(ROWS))", "range(len(ROWS))", "range(len(ROWS))", "range(0, len(ROWS))", "range(0, len(ROWS), 1)"),
    first="0",
    grow="append(60) if len(value) < 7 else None",
    writes=(
        "ELT = 50", "ROWS[0] = 51", "ROWS[-1] += 1", "ELT += 1", "del ROWS[-1]", "del ELT", "del ROWS[IDX:]", "ROWS[1:2] = [52, 53]",
        "ROWS.append(54) if len(ROWS) < 8 else None", "ROWS.pop()", "ROWS.reverse()", "ROWS.sort()", "ROWS.insert(0, 55)", "ROWS.clear()",
        "ROWS += [56][: 7 - len(ROWS)]", "ROWS.extend(t for t in [57] if len(ROWS) < 7)", "ROWS.__setitem__(0, 58)", "ROWS *= 1 + (len(ROWS) < 4)",
        "ELT, spare = 59, 1", "for ELT in (60, 61): pass", "with quiet() as ELT: pass", "operator.setitem(ROWS, 0, 62)", "ROWS.rotate(1)",
        "ELT = ELT", "ROWS[IDX - 1] = ELT", "ELT = ROWS[IDX - 1]", "spare = ELT = 63", "ELT: int = 64",
    ),
    reads=("ROWS[0]", "ROWS[-1]", "ROWS[IDX - 1]", "ROWS[IDX:]", "len(ROWS)", "ROWS"),
    copies=("ROWS[:]", "ROWS.copy()", "list(ROWS)", "sorted(ROWS)", "[*ROWS]", "ROWS + ROWS[:0]"),
)  # fmt: skip

DICTS = Flavor(
    makers=(
        ("dict", "{1: 10, 2: 20}"), ("dict", "{2: 20, 1: 10}"), ("dict[int, int]", "{1: 2, 2: 1}"), ("dict", "{0: 0, 1: 2}"), ("dict[int, int]", "{1: 1, 2: 0, 3: 1}"), ("dict", "{}"), ("dict", "dict([(2, 1), (1, 2)])"),
        ("dict", "{n: n for n in (2, 1)}"), ("", "{1: 4, 5: 6}"), ("OrderedDict", "OrderedDict([(2, 5), (1, 6)])"),
        ("defaultdict", "defaultdict(int, {1: 5, 2: 6})"), ("Counter", "Counter('aab')"), ("", "Dict({1: 2})"), ("", "OddDict({1: 2, 90: 3})"),
        ("", "[1, 0]"), ("", "None"), ("dict | None", "{1: 2}"), ("dict", "{'b': 'x', 'a': 'y'}"), ("dict", "{1: [1], 2: [2]}"),
    ),
    headers=(
        "ROWS", "ROWS", "ROWS", "ROWS.keys()", "list(ROWS)", "sorted(ROWS)", "tuple(ROWS.keys())", "sorted(ROWS.keys(), reverse=True)",
        "list(ROWS.keys())", "sorted(ROWS, key=str)",
    ),
    first="1",
    grow="setdefault(6, 60)",
    writes=(
        "ELT = 50", "ROWS[1] = 51", "ELT += 1", "del ELT", "ROWS[9] = 52", "ROWS.update({1: 53})", "ROWS.pop(IDX)", "ROWS.pop(2, None)",
        "ROWS.clear()", "ROWS |= {1: 54}", "ROWS.setdefault(7, 55)", "ROWS.__setitem__(1, 56)", "del ROWS[1]", "ELT, spare = 57, 1",
        "for ELT in (58, 59): pass", "with quiet() as ELT: pass", "operator.setitem(ROWS, 1, 60)", "ELT = ELT", "ROWS[2] = ELT",
        "ELT = ROWS.get(1)", "spare = ELT = 61", "ROWS.popitem()", "ROWS[IDX * 2] = 62", "ROWS[next(iter(ROWS))] = 63", "ROWS.get(1)",
    ),
    reads=("ROWS.get(1)", "len(ROWS)", "IDX in ROWS", "ROWS", "list(ROWS.values())", "ROWS[min(ROWS, key=str)]"),
    copies=("ROWS.copy()", "dict(ROWS)", "{**ROWS}", "ROWS | {}", "{n: v for n, v in ROWS.items()}"),
)  # fmt: skip

ALIASES = (
    "other = ROWS", "other = spare = ROWS", "other, spare = ROWS, 1", "box = [ROWS]", "table = {'k': ROWS}", "holder = Holder(ROWS)",
    "holder.held = ROWS", "adding = Adding(ROWS)", "touching = Touching(ROWS)", "walking = Walking(ROWS)", "writing = Writing(ROWS)",
    "setter = ROWS.__setitem__", "other = same(ROWS)", "other = COPY", "other = COPY", "other = ROWS or other",
    "other = max([ROWS], key=len)", "source = changing(ROWS)", "caller = changer(ROWS)", "caller = functools.partial(change, ROWS)",
    "def caller(value=ROWS): value[FIRST] = 80", "caller = lambda: ROWS", "def caller(): return ROWS", "other = typing.cast(list, ROWS)",
    "for other in [ROWS]: pass", "with contextlib.nullcontext(ROWS) as other: pass", "(other := ROWS)", "other = dict(k=ROWS)['k']",
    "match ROWS:\n    case other: pass", "[other := one for one in [ROWS]]", "other = next(iter([ROWS]))", "[*other] = ROWS",
    "other = holding(ROWS)[0]", "other = holding(one=ROWS)[0]", "source = (change(ROWS) for _ in range(3))", "source = map(change, [ROWS] * 3)",
    "other = sum([], ROWS)", "other = ROWS if flag else COPY", "other = (ROWS, 1)[0]", "def caller(): change(ROWS)", "other = getattr(holder, 'x', ROWS)",
    "def caller():\n    NONLOCAL\n    ROWS = other", "pass", "pass", "pass", "pass",
)  # fmt: skip

INDIRECT = (
    "other[FIRST] = 81", "other.GROWS", "other += type(other)()", "box[0][FIRST] = 82", "table['k'][FIRST] = 83", "holder.held[FIRST] = 84",
    "holder.change()", "setter(FIRST, 85)", "next(source, None)", "list(itertools.islice(source, 2))", "for _ in zip(source, 'a'): pass",
    "caller()", "caller() and caller()[FIRST]", "callback()", "callback(ROWS)", "callback(holder)", "change(ROWS)", "change(other)", "grow(ROWS)",
    "grow(other)", "keep_quiet(ROWS)", "keep_quiet(callback)", "same(other)[FIRST] = 86", "(other or ROWS)[FIRST] = 87",
    "(ROWS if flag else other)[FIRST] = 88", "change_default(ROWS)", "change_default()", "change_inner([other])", "change_inner(box)",
    "even_more(other)", "odd_more(ROWS, 1)", "with around(other): pass", "with around(ROWS) as spare: pass", "with Manager(ROWS): spare = 1 / 0", "with Manager(other): pass",
    "adding + 1", "total = adding + total", "touching.touched", "f'{touching.touched}'", "for _ in walking: pass", "[*walking]", "list(walking)",
    "print('w', file=writing)", "sorted([1], key=lambda v: other.GROWS or 1)", "list(map(change, [other]))",
    "functools.reduce(lambda a, b: change(other), [1, 2])", "changer(ROWS)()", "next(changing(other))", "holder = Holder(ROWS)", "other = ROWS",
    "box.append(ROWS)", "flag = not flag", "callback(caller)", "any(source) if flag else None", "[*itertools.islice(source, 1)]",
    "globals()['callback_of_module'](ROWS)", "vars(holder).update(held=ROWS)", "setattr(holder, 'held', ROWS)",
)  # fmt: skip

REBINDS = (
    "IDX = FIRST", "for IDX in (FIRST,): pass", "(IDX := FIRST)", "[IDX := FIRST for _ in 'a']", "def IDX(): pass", "class IDX: pass",
    "import sys as IDX", "with quiet() as IDX: pass", "try: raise ValueError\nexcept ValueError as IDX: pass", "match 0:\n    case IDX: pass",
    "del IDX", "IDX += FIRST", "(IDX, spare) = (FIRST, 1)", "ROWS = other", "ROWS = MAKE", "ROWS, spare = MAKE, 1", "for ROWS in [MAKE]: pass",
    "with contextlib.nullcontext(MAKE) as ROWS: pass", "[spare for IDX in (1, 2)]", "[IDX for other in (1, 2)]", "del ROWS",
)  # fmt: skip

BENIGN = (
    "show(ELT)", "show(IDX, ELT)", "out.append(ELT)", "spare = ELT", "show(ELT, ELT)", "if ELT == 2: show('two')", "show(READ, ELT)",
    "show(READ)", "total = (total, ELT)", "late.append(lambda: ELT)", "late.append(lambda value=ELT: value)", "def late_one(): return ELT",
    "show([ELT for _ in 'ab'])", "show(sum(1 for _ in 'ab' if ELT))", "late.append(ELT for _ in 'a')", "assert ELT is not READ or True",
    "if ELT == 1: continue", "if ELT == 2: break", "if IDX == 2: return ELT", "show(f'{ELT!r:>4}{IDX}')", "show(IDX)", "out += [ELT]",
    "one = ELT\nshow(one)", "one = ELT\nshow(one, IDX)", "one = ELT  # the one\nshow(one, ELT)", "show((lambda v: v)(ELT))", "print(ELT)",
    "show(ELT if flag else READ)", "show(ELT == READ, other == ELT)", "show({ELT: 1} if isinstance(ELT, int) else 0)", "show(*[ELT])",
    "match ELT:\n    case 1: show('one')\n    case value: show(value)", "try: show(ELT)\nfinally: show('done')", "show(str(ELT) + '!')",
    "show(max([ELT, ELT]))", "counts[FIRST] = counts.get(FIRST, 0) + 1", "show(len([ELT]))", "with quiet(): show(ELT)", "total = 0 and ELT",
)  # fmt: skip

EXPRESSIONS = (
    "[ELT for IDX in HEAD]", "[(IDX, ELT) for IDX in HEAD]", "[ELT for IDX in HEAD if ELT]", "{ELT if isinstance(ELT, int) else 0 for IDX in HEAD}",
    "{IDX: ELT for IDX in HEAD}", "list(ELT for IDX in HEAD)", "any(ELT for IDX in HEAD)", "' '.join(str(ELT) for IDX in HEAD)",
    "[(ELT, n) for IDX in HEAD for n in 'ab']", "[(n, ELT) for n in 'ab' for IDX in HEAD]", "[ELT for IDX in HEAD if change(ROWS) is None]",
    "[ELT for IDX in HEAD if callback() or True]", "max((ELT for IDX in HEAD), key=lambda v: grow(other) or 1, default=0)",
    "[[ELT for _ in 'a'] for IDX in HEAD]", "[(lambda: ELT)() for IDX in HEAD]", "[f for IDX in HEAD for f in [lambda: ELT]][-1:]",
    "[(IDX := FIRST, ELT) for _ in 'a' for spare in HEAD]", "[READ for IDX in HEAD if ELT]", "[ELT for IDX in HEAD if ROWS.GROWS or 1][:9]",
    "list(zip((ELT for IDX in HEAD), 'abc'))", "[(other := ELT) for IDX in HEAD]", "sum((1 for IDX in HEAD if ELT), len(ROWS))",
    "[ELT for IDX in HEAD if other.GROWS or 1][:9]",
)  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """Where a program keeps its collection: how it is named, and what stands around the loop's lines."""

    rows: str
    nonlocal_: str
    before: tuple[str, ...]
    depth: int
    driver: tuple[str, ...]


PLACES = (
    "local", "local", "local", "parameter", "parameter", "parameter", "global", "global", "closure", "own attribute", "own attribute",
    "given attribute", "script", "task", "attribute of a task",
)  # fmt: skip


def settings_of(flavor: Flavor, annotation: str, made: str, where: str) -> Setting:
    """The lines around the loop for one place of the collection."""
    note = f": {annotation}" if annotation else ""
    call = "run(CALLBACK, flag)"
    match where:
        case "local":
            before, rows, rule, depth = ("def run(callback, flag):", f"    rows{note} = {made}"), "rows", "nonlocal rows", 1
        case "parameter":
            before, rows, rule, depth = (f"def run(rows{note}, callback, flag):",), "rows", "nonlocal rows", 1
            call = "run(GIVEN, CALLBACK, flag)"
        case "global":
            before, rows, rule, depth = (f"rows{note} = {made}", "def run(callback, flag):"), "rows", "global rows", 1
        case "closure":
            before, rows, rule, depth = (
                "def run(callback, flag):", f"    rows{note} = {made}", "    def inner(callback, flag):",
            ), "rows", "nonlocal rows", 2  # fmt: skip
        case "script":
            before, rows, rule, depth = (
                (f"rows{note} = {made}", "for flag in (True, False):", "    callback = CALLBACK"),
                "rows",
                "global rows",
                1,
            )
            call = "None"
        case "task":
            before, rows, rule, depth = (
                f"async def run(rows{note}, callback, flag):",
            ), "rows", "nonlocal rows", 1  # fmt: skip
            call = "asyncio.run(meet(run(GIVEN, CALLBACK, flag), meddle(GIVEN)))"
        case "attribute of a task":
            before, rows, rule, depth = (
                "class Runner:", "    def __init__(self):", f"        self.rows{note} = {made}", "    def reset(self): self.rows = MAKE",
                "    def touch(self): self.rows[FIRST] = 89", "    async def run(self, callback, flag):",
            ), "self.rows", "pass", 2  # fmt: skip
            call = "asyncio.run(meet((runner := Runner()).run(CALLBACK, flag), meddle(runner)))"
        case "own attribute":
            before, rows, rule, depth = (
                "class Runner:", "    def __init__(self):", f"        self.rows{note} = {made}", "    def reset(self): self.rows = MAKE",
                "    def touch(self): self.rows[FIRST] = 89", "    def run(self, callback, flag):",
            ), "self.rows", "pass", 2  # fmt: skip
            call = "(runner := Runner()).run(CALLBACK, flag)"
        case _:
            before, rows, rule, depth = (
                "class Runner:", f"    def __init__(self, rows{note}): self.rows = rows", "    def reset(self): self.rows = MAKE",
                "    def touch(self): self.rows[FIRST] = 89", "    def run(self, callback, flag):",
            ), "self.rows", "pass", 2  # fmt: skip
            call = "(runner := Runner(GIVEN)).run(CALLBACK, flag)"
    return Setting(rows, rule, before, depth, (call,))


NAMES = {
    "other": "other = [0, 0, 0]",
    "box": "box = [[0, 0]]",
    "table": "table = {'k': [0, 0]}",
    "holder": "holder = Holder([0, 0])",
    "adding": "adding = Adding([0, 0])",
    "touching": "touching = Touching([0, 0])",
    "walking": "walking = Walking([0, 0])",
    "writing": "writing = Writing([0, 0])",
    "source": "source = iter('abc')",
    "caller": "caller = keep_quiet",
    "setter": "setter = [0, 0].__setitem__",
    "turns": "turns = 0",
    "counts": "counts = {}",
}
"""What the names in the pools stand for, if nothing else is put there."""

CALLBACKS = (
    "(lambda *given: None)",
    "change_given",
    "change_global",
    "call_given",
    "(lambda *given: runner.touch() if 'runner' in globals() else 0)",
)


OF_SELF = (
    "self.reset()", "self.touch()", "setattr(self, 'rows', MAKE)", "vars(self)['rows'] = MAKE", "self.__dict__.update(rows=MAKE)",
    "show(self.rows)",
)  # fmt: skip

OF_TASKS = (
    "await pause()", "await pause()", "show(await pause())", "async for spare in ticks(): show(ELT)", "async with pausing(): show(ELT)",
    "show([spare async for spare in ticks()], ELT)", "await keep_pausing(ROWS)",
)  # fmt: skip


@st.composite
def statements(draw: st.DrawFn, flavor: Flavor, where: str, depth: int) -> list[str]:
    """One statement of a loop's body, as lines."""
    pools = [BENIGN] * 6 + [flavor.writes, INDIRECT, INDIRECT, REBINDS]
    if "attribute" in where:
        pools.append(OF_SELF)
    if "task" in where:
        pools.append(OF_TASKS)
    if depth >= 2 or draw(st.integers(0, 3)):
        return draw(st.sampled_from(draw(st.sampled_from(pools)))).split("\n")
    inner = [line for one in draw(st.lists(statements(flavor, where, depth + 1), min_size=1, max_size=2)) for line in one]
    indented = [f"    {line}" for line in inner]
    match draw(st.integers(0, 8)):
        case 0:
            return [f"if {draw(st.sampled_from(['flag', 'IDX', 'ELT', 'len(out) > 1']))}:", *indented]
        case 1:
            return ["for _ in range(2):", *indented]
        case 2:
            return ["turns = 0", "while turns < 2:", "    turns += 1", *indented]
        case 3:
            return ["try:", *indented, "finally:", "    show('finally')"]
        case 4:
            return ["try:", *indented, "except (ValueError, LookupError, TypeError):", "    show('caught')", "else:", "    show('else')"]
        case 5:
            return ["with contextlib.suppress(LookupError):", *indented]
        case 6:
            return ["if flag: show('yes')", "else:", *indented]
        case 7:
            return ["try:", "    if flag: continue", "finally:", *indented]
        case _:
            return [f"for {draw(st.sampled_from(['turn', 'IDX']))} in {draw(st.sampled_from(flavor.headers))}:", *indented]


@st.composite
def programs(draw: st.DrawFn, flavor: Flavor) -> str:
    """A whole program."""
    annotation, made = draw(st.sampled_from(flavor.makers))
    where = draw(st.sampled_from(PLACES))
    setting = settings_of(flavor, annotation, made, where)
    attribute = setting.rows != "rows"
    aliases = [line for one in draw(st.lists(st.sampled_from(ALIASES), max_size=2)) for line in one.split("\n")]
    if draw(st.integers(0, 3)):
        body = [line for one in draw(st.lists(statements(flavor, where, 0), min_size=1, max_size=4)) for line in one]
        loop = [f"for IDX in {draw(st.sampled_from(flavor.headers))}:", *(f"    {line}" for line in body)]
        if draw(st.integers(0, 5)) == 0:
            loop += ["else:", "    show('else', ELT if flag else 0)"]
    else:
        loop = [f"made = {draw(st.sampled_from(EXPRESSIONS))}".replace("HEAD", draw(st.sampled_from(flavor.headers))), "show(made)"]
    tail = draw(
        st.lists(st.sampled_from(["show(IDX)", "show([one() for one in late if callable(one)])", "ROWS_AGAIN", "show(other)"]), max_size=2)
    )
    yields = draw(st.integers(0, 7)) == 0
    lines = [
        "out, late, total, spare = [], [], 0, 0",
        *(line for name, line in NAMES.items() if re.search(rf"\\b{name}\\b", "\n".join([*aliases, *loop, *tail]))),
        *(line for line in aliases if "NONLOCAL" not in line or attribute is False),
        "try:",
        *(f"    {line}" for line in [*loop, *tail]),
        "finally:",
        "    show(out, total)",
    ]
    if where == "script":
        lines = [line.replace(": return ELT", ": break") if "def" not in line else line for line in lines]
    if yields and where not in ("script", "task", "attribute of a task"):
        lines.append("    yield ROWS")
        lines = [line.replace("show(IDX, ELT)", "(yield ROWS)").replace("show(ELT)", "(yield ELT)") for line in lines]
    if where in ("global", "closure") and draw(st.booleans()):
        lines.insert(0, setting.nonlocal_)
    indent = "    " * setting.depth
    shown = [f"{indent}{line}" for line in lines]
    if where == "closure":
        shown.append("    return inner(callback, flag)")
    callback = draw(st.sampled_from(CALLBACKS))
    strangers = STRANGERS if "given" in callback or "global" in callback else STRANGERS[:3] + STRANGERS[-1:]
    text = "\n".join([*strangers, *setting.before, *shown, *_driver(setting, callback)]).replace("= CALLBACK", f"= {callback}")
    return _filled(text, flavor, setting, made, draw)


STRANGERS = (
    "def change_given(*given):",
    "    for one in given:",
    "        with contextlib.suppress(Exception): one[FIRST] = 95",
    "def change_global(*given):",
    "    for name in ('given', 'rows'):",
    "        with contextlib.suppress(Exception): change_given(globals()[name])",
    "def call_given(*given):",
    "    for one in given:",
    "        with contextlib.suppress(Exception): one()",
    "callback_of_module = change_given",
)
"""Functions that a program is given as a callback."""


def _driver(setting: Setting, callback: str) -> list[str]:
    """Calls of the program."""
    lines: list[str] = []
    for flag in (True, False):
        lines += [
            "given = GIVEN_MADE",
            f"flag = {flag}",
            "try:",
            f"    result = {setting.driver[0]}".replace("GIVEN", "given").replace("CALLBACK", callback),
            "    if hasattr(result, 'send'):",
            "        for one in result:",
            "            show('got', one)",
            "            change_given(one, given)",
            "    else: show(result, given)",
            "except Exception as error: show(type(error).__name__)",
        ]
    return lines


def _filled(text: str, flavor: Flavor, setting: Setting, made: str, draw: st.DrawFn) -> str:
    index = draw(st.sampled_from(["i", "i", "i", "key", "place"]))
    for hole, filling in (
        ("ROWS_AGAIN", "show([ROWS[FIRST] for IDX in 'a'])"),
        ("NONLOCAL", setting.nonlocal_),
        ("COPY", draw(st.sampled_from(flavor.copies))),
        ("READ", draw(st.sampled_from(flavor.reads))),
        ("GIVEN_MADE", made),
        ("ELT", "ROWS[IDX]"),
        ("ROWS", setting.rows),
        ("MAKE", made),
        ("GROWS", flavor.grow.replace("value", "other")),
        ("FIRST", flavor.first),
        ("IDX", index),
    ):
        text = text.replace(hole, filling)
    return f"{flavor.prelude(text)}{text}\n"


# --- running ---------------------------------------------------------------------------------------------------------------------------


class Exhausted(BaseException):
    """The program ran more lines than it may."""


@contextlib.contextmanager
def limited(lines: int) -> Iterator[None]:
    """Raises `Exhausted` when the case under test has run so many lines."""
    left = lines

    def trace(frame: types.FrameType, event: str, argument: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename != "case_under_test":
            return None
        left -= 1
        if left < 0:
            raise Exhausted
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def observed(text: str) -> Any:
    """What a program prints, and how it ends; `None` if it needs more than the budget."""
    module = types.ModuleType("case_under_test")
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(text, "case_under_test", "exec", dont_inherit=True)
            with limited(BUDGET):
                exec(code, module.__dict__)
    except Exhausted:
        return None
    except Exception as error:  # noqa: BLE001 - what a version raises is what is compared
        return _ADDRESS.sub("", printed.getvalue()), type(error).__name__
    return _ADDRESS.sub("", printed.getvalue()), None


def compare_programs(rule: str, flavor: Flavor, examples: int) -> Counter[str]:
    """Run programs and what the rule makes of them at its default level; hand back how many were seen, and how many rewritten.

    That enough of them are rewritten must be held too: else the comparison proves nothing.
    """
    counts: Counter[str] = Counter()
    chosen = Settings((rule,))

    @settings(
        max_examples=amount.examples(examples), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(programs(flavor))
    def compare(before: str) -> None:
        counts["programs"] += 1
        outcome = process(before.encode(), chosen)
        assert not getattr(outcome, "defects", ()), outcome
        if not isinstance(outcome, Fixed):
            return
        after = outcome.after.decode()
        old = observed(before)
        if old is None:
            counts["exhausted"] += 1
            return
        counts["rewritten"] += 1
        new = observed(after)
        assert old == new, f"{before}\n--- became ---\n{after}\n--- and did ---\n{new}\n--- instead of ---\n{old}"
        assert not isinstance(process(outcome.after, chosen), Fixed), f"a second run changes it again:\n{after}"

    compare()
    return counts
