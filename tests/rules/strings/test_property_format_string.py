r"""Random templates and values: what `format-string` makes of them gives the same strings, or raises the same exceptions."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Refusal, Refused, Safe
from codemods.rules import chain_lines, chain_parts, field_fit, fstrings, lone_fields, string_sites, template_lines, template_parts
from codemods.rules.strings import format_string
from tests.amount import examples

RULE = "format-string"
PARAMETERS = "a: str, n: int, r: float, l: list[int], d: dict[str, str], o: int | None, t: tuple[int, ...], x, y, g, it"


class Odd:
    """Prints differently by each way of printing."""

    real = 3

    def __str__(self) -> str:
        return "str"

    def __repr__(self) -> str:
        return "repr"

    def __format__(self, spec: str) -> str:
        return f"format {spec}"

    def __getitem__(self, key: object) -> str:
        return f"item {key!r}"


class Counting:
    """Every call counts, and tells so in its result."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *values: object) -> str:
        self.count += 1
        return f"call {self.count}"


def arguments() -> list[dict[str, Any]]:
    """New ones for each call, for the functions may change them."""
    shared: list[Any] = [1, 2, 3]
    return [
        {"a": "A", "n": 3, "r": 0.5, "l": shared, "d": {"k": "v", "0": "w"}, "o": None, "t": (1,), "x": Odd(), "y": "Y"},
        {"a": "{a}%s", "n": True, "r": 1e300, "l": [1], "d": {"k": "é🎉"}, "o": 7, "t": (1, 2), "x": shared, "y": (1, 2)},
        {"a": "", "n": -12, "r": float("nan"), "l": [7, 8], "d": {}, "o": 0, "t": (), "x": (1,), "y": {"k": 5, "a": 6}},
        {"a": "'\"\\", "n": 10**20, "r": 3, "l": [5, 6], "d": {"k": "'"}, "o": 1, "t": (5, 6, 7), "x": 5.5, "y": Odd()},
        {"a": "A", "n": 4, "r": 2, "l": [0], "d": {"k": "v", "0": "w"}, "o": 1, "t": (1,), "x": 5, "y": 7},
    ]


AS_ASSUMED = slice(-1, None)
"""Arguments for which what an unsafe rewrite can assume is true: no tuples, and ints where numbers are wanted."""


def compiles(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "program", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


TEXT = st.sampled_from([
    "a ", "no name, but one ", r"the last.\n", " on", "Z", "é🎉", r"\n", r"\\", r"\'", r"\"", "'", '"', "{", "}", "{{", "}}", "%%", "%", r"\x41", r"\x25", r"\x7b", r"\N{EM DASH}", "#",
    r"\d", ": ", "!r", r"\{", r"\1", "{{}}",
])  # fmt: skip
TAME_TEXT = st.sampled_from(["a ", "no name, but ", r"it is\n", ", ", "é🎉", r"\n", "'", "%%", "{{", "}}", r"\N{EM DASH}", ": ", "", "b"])

SPECIFIER = st.builds(
    lambda flags, width, precision, letter: f"%{flags}{width}{precision}{letter}",
    st.sampled_from(["", "", "", "-", "0", "+", " ", "#", "-0"]),
    st.sampled_from(["", "", "", "1", "8", "*"]),
    st.sampled_from(["", "", "", ".2", ".", ".0"]),
    st.sampled_from("ssssrraddddixXofgeGcu"),
)
PLAIN_SPECIFIER = st.sampled_from(["%s", "%s", "%s", "%r", "%d", "%5s", "%-4s|", "%.2f", "%a", "%04d", "%x", "%8.3s"])
KEYED = st.sampled_from(["%(a)s", "%(n)d", "%(a)5s", "%(b c)r", "%(n)s", "%(r).2f", "%(a)s %(a)r", "%(n)-4d|"])
NAMES = st.sampled_from(["", "", "", "", "0", "1", "2", "w", "v", "00", "a"])
ACCESSES = st.sampled_from(["", "", "", "", ".real", "[0]", "[k]", "[-1]", ".real.imag", "[k][0]", ".__class__", "[it's]"])
SPECS = st.sampled_from([
    "", "", "", "", "", ":", ":>6", ":d", ":.2f", ":{}", ":{w}", ":<{w}d", ":'^7", ':"^7', ":x", "!r", "!s:>4", "!a", ":{{}}", ":{!r}", "!z", ":{0}",
])  # fmt: skip
FIELD = st.builds(lambda name, access, spec: f"{{{name}{access}{spec}}}", NAMES, ACCESSES, SPECS)
PLAIN_FIELD = st.sampled_from(["{}", "{}", "{}", "{!r}", "{:>5}", "{!s:>6}", "{.real}", "{0}", "{1}", "{w}", "{:{w}}"])

VALUE = st.sampled_from([
    "a", "n", "r", "l", "d", "o", "x", "y", "t", "x.real", "n + 1", "-n", "d['k']", 'd["k"]', 'd["it\'s"]', "l[0]", "t[0]", "len(l)", "g()",
    "l.pop()", "next(it)", "(x, y)", "{'k': a}", "'k'", '"{}%s"', "1", "2.5", "None", "a.upper()", "(z := n)", "lambda: 1", "n if o else r",
    "f'{a}'", "'a' + a", "str(x)", "l.append(n)", "g(a)", "x[0]", "not o", "n != 3", "'\\n'.join(d)", "', '.join(d)", "{n: a}[n]", "a[1:]",
    "(lambda: n)()", "-1", "l.clear()",
])  # fmt: skip
LONE_VALUE = st.sampled_from([
    "(z for z in l)", "z for z in l", "', '.join(d)", "', '.join(str(z) for z in l)", "'\\n'.join(d)", "f'<{x}>'", "f'{x}'", "(x, y)", "(a + a)",
    "(z := n)", "z := g()", "repr(x)", "str(y)", "ascii(a)", "str(a)", "'%s' % x", "('%s' % (x,))", "(a if o else x)", "(not o)", "x.real", "[x]", "[*l]", "l[:]",
    "(\n        n\n    )", "len(\n        a)", "{'k': x}", "(o or x)", "len(l)", "None", "b'a'", "d['k']", "(lambda: 1)", "str", "'{}'.format(y)", "(f'{a}' 'b')",
])  # fmt: skip
TAME_VALUE = st.sampled_from(["a", "n", "r", "l", "len(l)", "d['k']", "x", "n + 1", "a.upper()", "l[0]", "'k'", "-n", "a", "n", "t"])


@st.composite
def literals(draw: st.DrawFn, bits: list[str]) -> str:
    """The bits as a literal, or as two that follow each other."""
    prefix, quote = draw(st.sampled_from(["", "", "", "", "r", "u"])), draw(st.sampled_from(["'", '"', '"', '"""']))
    if draw(st.integers(0, 4)) or len(bits) < 2:
        return f"{prefix}{quote}{''.join(bits)}{quote}"
    cut = draw(st.integers(1, len(bits) - 1))
    other = draw(st.sampled_from(["'", '"']))
    between = draw(st.sampled_from([" ", "\n        "]))
    return f"({prefix}{quote}{''.join(bits[:cut])}{quote}{between}{other}{''.join(bits[cut:])}{other})"


@st.composite
def alone(draw: st.DrawFn) -> str:
    """A template of one field, between literals of no words perhaps."""
    value = draw(st.one_of(VALUE, TAME_VALUE, LONE_VALUE))
    if draw(st.booleans()):
        literal = draw(literals([draw(st.sampled_from(["{}", "{}", "{!s}", "{!r}", "{!a}", "{0}", "{:}", "{w}", "{.real}", "{:>5}"]))]))
        return f"{literal}.format({'w=' if '{w' in literal else ''}{value})"
    literal = draw(literals([draw(st.sampled_from(["%s", "%s", "%s", "%r", "%a", "%d", "%i", "%5s", "%(a)s"]))]))
    sign = draw(st.sampled_from([" % ", "%", " %\n        "]))
    right = "{'a': " + value + "}" if "(a)" in literal else draw(st.sampled_from(["({},)", "({})", "( {} , )", "({})"])).format(value)
    return f"{literal}{sign}{right if draw(st.booleans()) or ' ' in right or ':' in right else right.removeprefix('(').removesuffix(')')}"


@st.composite
def percents(draw: st.DrawFn) -> str:
    tame = draw(st.booleans())
    text, specifier, value = (TAME_TEXT, PLAIN_SPECIFIER, TAME_VALUE) if tame else (TEXT, SPECIFIER, VALUE)
    if draw(st.integers(0, 4)) == 0:
        bits = draw(st.lists(st.one_of(text, KEYED, KEYED), min_size=1, max_size=4))
        keys = draw(st.permutations(["a", "n", "b c", "r"]))[: draw(st.integers(1, 4))]
        keys = [key for key in keys if not tame or f"%({key})" in "".join(bits)] or ["a"]
        right = "{" + ", ".join(f"{key!r}: {draw(value)}" for key in keys) + "}"
    else:
        count = draw(st.integers(1, 3))
        bits = [bit for _ in range(count) for bit in (draw(text), draw(specifier))] + [draw(text)]
        count += 0 if tame else draw(st.sampled_from([0, 0, 0, 0, 1, -1]))
        values = [draw(value) for _ in range(count)]
        right = values[0] if len(values) == 1 and draw(st.booleans()) else f"({', '.join(values)}{',' if len(values) == 1 else ''})"
        if right[:1] in ("l", "n", "-") and (" " in right or right.startswith("lambda")):
            right = f"({right})"
    sign = draw(st.sampled_from([" % ", "%", " %\n        "]))
    return f"{draw(literals(bits))}{sign}{right}"


@st.composite
def formats(draw: st.DrawFn) -> str:
    tame = draw(st.booleans())
    text, field, value = (TAME_TEXT, PLAIN_FIELD, TAME_VALUE) if tame else (TEXT, st.one_of(FIELD, PLAIN_FIELD), VALUE)
    bits = [bit for _ in range(draw(st.integers(1, 3))) for bit in (draw(text), draw(field))] + [draw(text)]
    values = [draw(value) for _ in range(draw(st.integers(1, 3)))]
    values += [
        f"{name}={draw(st.one_of(value, st.just('n')))}"
        for name in ("w", "v")
        if f"{{{name}" in "".join(bits) or draw(st.integers(0, 9)) == 0
    ]
    values += ["*l"] if draw(st.integers(0, 19)) == 0 else []
    comma = draw(st.sampled_from([", ", ",\n        "]))
    return f"{draw(literals(bits))}.format({comma.join(values)})"


PLACES = st.sampled_from([
    "return ({})", "return ({})", "return [{}]", "return [1, ({})]", "return len({})", "return ({}).upper()", "return g({})",
    "text = (\n        {}\n    )\n    return text", "return dict(\n        k={},\n    )", "return max(\n        {}\n    )", "return ({}) + a",
    "return (({})) * 2", "return(({}))", "return ({}) % n", "raise ValueError({})", "return (lambda: {})()", "return a + ({})",
    "return {{({}): 1}}", "return [({}) for z in l[:]]",
])  # fmt: skip
LONE_PLACES = st.sampled_from([
    "return 0 if o else{}", "return a in{}", "return({})", "return ({}).strip()", "return y + ({})", "return a + ({})", "return [{}]",
    "return len(\n        {}\n    )", "return len(\n        {},\n    )", "return -len({})", "return not{}", "text = (\n        {}\n    )\n    return text",
    "return g({}, {})", "return (lambda str: {})(a)", "return [{} for repr in l[:]]", "return ({}) * 2", "return {{{}: {}}}", "assert{}", "return f'<' + ({})",
])  # fmt: skip
ALONE = st.builds(str.format, LONE_PLACES, alone(), alone())
PROGRAMS = st.one_of(st.builds(str.format, PLACES, st.one_of(percents(), formats(), alone())), ALONE)

REASONS = {
    one.code
    for module in (chain_lines, chain_parts, field_fit, fstrings, lone_fields, string_sites, template_lines, template_parts, format_string)
    for one in vars(module).values()
    if isinstance(one, Refusal)
}
"""Why the rule itself refuses. A site that the engine drops, because the result would not do, is a fault of the rule."""


def defined(text: str) -> Callable[..., object]:
    namespace: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, "program", "exec"), namespace)
    made: Callable[..., object] = namespace["f"]
    return made


def told(function: Callable[..., object], given: dict[str, Any]) -> object:
    """What a call gives or raises, and what it makes of its arguments."""
    counting, iterator = Counting(), iter(range(10))
    try:
        result = function(**given, g=counting, it=iterator)
    except Exception as error:  # noqa: BLE001 - what it raises is what is compared
        return type(error) if not isinstance(error, LookupError | ValueError) else (type(error), str(error) if error.args else "")
    shown = ADDRESS.sub("0x", result) if type(result) is str else result
    return shown, counting.count, next(iterator), given["l"]


ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
"""Where an object is, which `str(lambda: 1)` tells."""


def is_error(result: object) -> bool:
    return isinstance(result, type) or (isinstance(result, tuple) and isinstance(result[0], type))


def source(body: str) -> str:
    return f"def f({PARAMETERS}):\n    {body}\n"


@settings(max_examples=examples(2500), deadline=None, derandomize="CI" in os.environ, suppress_health_check=list(HealthCheck))
@given(PROGRAMS, st.booleans(), st.sampled_from([(3, 8), (3, 11)]), st.integers(30, 100))
def test_an_f_string_does_the_same(body: str, unsafe: bool, target: tuple[int, int], line_length: int) -> None:
    text = source(body)
    if not compiles(text):
        return
    chosen = Settings((RULE,), unsafe, target, line_length)
    outcome = process(text.encode(), chosen)
    assert isinstance(outcome, Fixed | Clean | TriagedAway), outcome
    if isinstance(outcome, TriagedAway):
        return
    assert not outcome.defects, (text, outcome.defects)
    for one in outcome.diagnostics:
        assert not isinstance(one.verdict, Refused) or one.verdict.code in REASONS, (text, one.verdict)
    if isinstance(outcome, Clean):
        return
    after = outcome.after.decode()
    again = process(outcome.after, chosen)
    assert isinstance(again, Clean | TriagedAway), (text, after, again)
    assumed = unsafe and any(one.fixed and not isinstance(one.verdict, Safe) for one in outcome.diagnostics)
    old, new = defined(text), defined(after)
    chosen_arguments = AS_ASSUMED if assumed else slice(None)
    for before, behind in zip(arguments()[chosen_arguments], arguments()[chosen_arguments], strict=True):
        first, second = told(old, before), told(new, behind)
        if ".format(" in body and is_error(first) and is_error(second):
            continue  # of two values that both fail, it is the other one that is heard of
        if assumed and is_error(first) and is_error(second):
            continue  # `"%d" % (g(),)` where `g()` gives a str: what was assumed does not hold
        assert repr(first) == repr(second), (text, after, before)


def test_the_strategy_makes_programs_that_are_rewritten() -> None:
    """So that the test above cannot pass by looking at nothing."""
    seen = {"%": 0, ".format": 0, "programs": 0, "called": 0}

    @settings(max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(PROGRAMS)
    def count(body: str) -> None:
        text = source(body)
        if compiles(text):
            seen["programs"] += 1
            outcome = process(text.encode(), Settings((RULE,)))
            seen[".format" if ".format(" in body else "%"] += isinstance(outcome, Fixed)
            after = outcome.after.decode() if isinstance(outcome, Fixed) else ""
            seen["called"] += any(after.count(one) > text.count(one) for one in ("str(", "repr(", "ascii("))

    count()
    assert seen["programs"] > 150
    assert seen["%"] > 20
    assert seen[".format"] > 20
    assert seen["called"] > 20
