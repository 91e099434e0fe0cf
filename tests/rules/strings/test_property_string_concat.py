r"""Random chains of `+`: what `string-concat` makes of them gives the same values, or raises the same exceptions."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.analysis.module import Module
from codemods.analysis.text.comments import comments
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, TriagedAway
from codemods.model.rule import Site
from codemods.model.settings import Settings
from codemods.model.verdict import Refusal, Refused
from codemods.rules import chain_lines, chain_parts, field_fit, fstrings, string_sites
from codemods.rules.strings import string_concat
from tests.amount import examples

RULE = "string-concat"
PARAMETERS = "a: str, b: str, n: int, r: float, l: list[str], d: dict[str, str], o: int | None, x, y"


class Odd:
    """Prints differently by each way of printing; adds itself to a str from the right."""

    def __str__(self) -> str:
        return "str"

    def __repr__(self) -> str:
        return "repr"

    def __format__(self, spec: str) -> str:
        return "format"


class Loud:
    def __str__(self) -> str:
        raise LookupError("loud")


ARGUMENTS: list[dict[str, Any]] = [
    {"a": "A", "b": "", "n": 3, "r": 0.5, "l": ["p", "q"], "d": {"k": "v", "it's": "w"}, "o": None, "x": Odd(), "y": "Y"},
    {"a": "{a}", "b": "'\"\\", "n": True, "r": 1e300, "l": [], "d": {"k": "é🎉", "it's": "%s"}, "o": 7, "x": 5, "y": "%"},
    {"a": "", "b": "\n", "n": -12, "r": float("nan"), "l": [""], "d": {}, "o": 0, "x": Loud(), "y": ""},
    {"a": "A", "b": "B", "n": 0, "r": -0.0, "l": ["x"], "d": {"k": "v"}, "o": 1, "x": (1, 2), "y": b"bytes"},
    {"a": "A", "b": "B", "n": 1, "r": 2.0, "l": ["x"], "d": {"k": "v", "it's": "w"}, "o": 1, "x": "X", "y": "%s"},
]
AS_ASSUMED = ARGUMENTS[-1:]
"""Arguments for which everything that an unsafe rewrite can assume is true."""


BITS = st.sampled_from(
    [
        "a",
        "Z ",
        "{",
        "}",
        "{{",
        "}}",
        "{a}",
        r"\n",
        r"\\",
        r"\'",
        r"\"",
        "'",
        '"',
        r"\x41",
        r"\N{EM DASH}",
        r"\1",
        r"\101",
        "2",
        r"\{",
        "é",
        "🎉",
        "%",
        "%%",
        r"\u00e9",
        "\\\n",
        "#",
        "\t",
        ": ",
        "=",
        "!r",
        r"\d",
        "\x0c",
        ", ",
        "no name, but one ",
        r"the last.\n",
        " on",
    ]
)


QUOTES = st.sampled_from(['"', '"', "'", '"""'])


def compiles(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(f"({text})", "literal", "eval")
    except (SyntaxError, ValueError):
        return False
    return True


def quoted(prefixes: list[str], bits: st.SearchStrategy[str], quotes: st.SearchStrategy[str] = QUOTES) -> st.SearchStrategy[str]:
    """Literals with any prefix, quotes and body that is Python."""
    bodies = st.lists(bits, max_size=4).map("".join)
    return st.builds(lambda prefix, quote, body: f"{prefix}{quote}{body}{quote}", st.sampled_from(prefixes), quotes, bodies).filter(
        compiles
    )


PLAIN = quoted(["", "", "", "r", "R", "u", "f"], BITS)
FIELDS = st.sampled_from(
    [
        "{a}",
        "{n!r}",
        "{n:>{n}}",
        "{d['k']}",
        '{d["k"]}',
        "{a:_^9}",
        "{n = }",
        "{a[0:1]!r}",
        "{d['k'] = }",
        "{d['k']=}",
        "{a!s:.3}",
        "{{",
        "}}",
        "{r:.2f}",
    ]
)
FORMATTED = quoted(["f", "f", "rf", "F", "fR"], st.one_of(BITS, FIELDS, FIELDS))
LITERAL = st.one_of(PLAIN, PLAIN, FORMATTED, st.builds("{} {}".format, PLAIN, PLAIN).filter(compiles))
PERCENT = st.sampled_from(
    ['"%s" % a', '"%d%%" % n', "'%5.1f|' % r", '"%s=%r" % (a, x)', '"%s" % x', '"%s %s" % (a,)', '"%-4d" % n', '"%s" % l', "a % n", "y % a"]
)
NAMED = st.sampled_from(
    [
        "a",
        "b",
        "a.upper()",
        "b[1:]",
        "a[0]",
        "l[0]",
        'd["k"]',
        "d['k']",
        'd["it\'s"]',
        '", ".join(l)',
        "'\\n'.join(l)",
        "a.strip('#')",
        "('s' if n != 1 else \"\")",
        "(a or 'none')",
        "(a + b)",
        "a.ljust(n)",
        "a.center(9, '*')",
        '{"k": a}["k"]',
        "(lambda: a)()",
        "'-' * n",
        "n * '--'",
        "' ' * (n - 1)",
        "','.join(k for k in l)",
        "''.join([a for k in l if k])",
        "','.join({k: a for k in l})",
        "','.join(k for k in l for a in k)",
    ]
)
PRINTED = st.sampled_from(
    [
        "str(n)",
        "str(r)",
        "str(o)",
        "str(x)",
        "repr(x)",
        "ascii(b)",
        "str(l)",
        "str(d)",
        "str({a: 1})",
        "str((n, 1))",
        "str()",
        "repr(d['k'])",
        "str(y, 'ascii')",
        "str(y)",
        "str(*l)",
        "str(n if n else a)",
        "str(len(a))",
    ]
)
WRONG = st.sampled_from(["n", "None", "l", "x", "y", "b'x'", "1.5", "x + y", "(x + y)"])
OPERAND = st.one_of(LITERAL, LITERAL, NAMED, NAMED, PRINTED, PRINTED, PERCENT, WRONG)

TAME_LITERAL = st.one_of(
    quoted(
        ["", "r"], st.sampled_from(["a ", "2", r"\1", r"\12", r"\n", r"\d", "'", '"', "{", "}", r"\N{DIGIT ONE}"]), st.sampled_from("\"'")
    ),
    quoted(["f"], st.one_of(st.just(" b"), FIELDS), st.sampled_from("\"'")),
    st.sampled_from([r'"\1" "2"', r"'\7' '{'", r'r"\d" "x"', r'"\\N{x}"', "'it' \"'s\"", """f'{d["k"]=}'""", """f'{d["k"]}' "'" """]),
)
TAME_OPERAND = st.one_of(TAME_LITERAL, NAMED, PRINTED, PERCENT)
"""What makes chains that are rewritten more often than not."""

PLUS = st.sampled_from([*[" + "] * 9, "+", " +\n        ", "\n        + ", "  # why\n        + "])
SEAMS = st.sampled_from(
    [
        " +\n        ",
        "\n        + ",
        " +  # why\n        ",
        "  # how\n        + ",
        "     # when\n        + ",
        "  # who\n        # where\n\n        + ",
        "\n        # whom\n        + ",
        " +  # it's\n            # what\n            ",
        "  # beside\n        ",
        "\n        ",
    ]
)
"""What stands between lines of a chain; where there is no plus sign, between two literals."""
CONTINUED = st.sampled_from([" + ", "+", " \\\n        + ", " + \\\n    "])


@st.composite
def chains(draw: st.DrawFn, plus: st.SearchStrategy[str]) -> str:
    operand, literal = draw(st.sampled_from([(OPERAND, LITERAL), (TAME_OPERAND, TAME_LITERAL), (TAME_OPERAND, TAME_LITERAL)]))
    operands = draw(st.lists(operand, min_size=1, max_size=4))
    operands.insert(draw(st.integers(0, len(operands))), draw(literal))
    text = operands[0]
    for operand in operands[1:]:
        joined = f"{text}{draw(plus)}{operand}"
        text = f"({joined})" if draw(st.integers(0, 9)) == 0 else joined
    return text


WORDY = quoted(
    ["", "", "r", "f"], st.sampled_from(["a ", "the ", "it's", "2", r"\1", r"\n", r"\d", "{", "}}", "{{a}}"]), st.sampled_from("\"'")
).filter(lambda text: len(text) > 3)


@st.composite
def lined(draw: st.DrawFn) -> str:
    """A chain of some lines, most of them with a literal and a field, and with comments between."""
    literal = st.one_of(WORDY, WORDY, WORDY, TAME_LITERAL if draw(st.booleans()) else LITERAL)
    text, joined = "", False
    for index in range(draw(st.integers(2, 4))):
        ends = draw(st.booleans())
        line = [draw(literal), draw(st.one_of(NAMED, PRINTED)), draw(literal)][: draw(st.integers(1, 3))]
        line = [*reversed(line)] if ends and not joined else line
        text += " + ".join(line)
        seam = draw(SEAMS) if index < 3 else ""
        joined = "+" not in seam
        text += seam
    return f"{text}{draw(literal)}"


PLACES = st.sampled_from(
    [
        "return ({})",
        "text = ({})\n    return text",
        "return len(({}))",
        "return len({})",
        "return [({}), 1]",
        "return [1, {}]",
        "return dict(k={})",
        "return max({}, a)",
        "return ({}).upper()",
        "return ({}) * 2",
        "return ({})[1:]",
        "return ({}) % n",
        "raise ValueError({})",
        "return (lambda: {})()",
        "text = a\n    text += ({})\n    return text",
        "for text in ({}):\n        return text",
        "return {{\n        'key': {},\n    }}",
        "return max(\n        {}\n    )",
        "return max(\n        {},\n        b,\n    )",
        "text = (\n        {}\n    )\n    return text",
        "return(({}))",
    ]
)
BARE = st.sampled_from(["return {}", "text = {}\n    return text", "text: str = {}\n    return text", "a += {}\n    return a"])
PROGRAMS = st.one_of(
    st.builds(str.format, PLACES, chains(PLUS)),
    st.builds(str.format, PLACES, chains(PLUS)),
    st.builds(str.format, PLACES, lined()),
    st.builds(str.format, BARE, chains(CONTINUED)),
)

REASONS = {
    one.code
    for module in (chain_lines, chain_parts, field_fit, fstrings, string_concat, string_sites)
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


def told(function: Callable[..., object], arguments: dict[str, Any]) -> object:
    try:
        return function(**arguments)
    except Exception as error:  # noqa: BLE001 - what it raises is what is compared
        return type(error), str(error) if isinstance(error, ValueError | LookupError) else ""


@settings(max_examples=examples(2000), deadline=None, derandomize="CI" in os.environ, suppress_health_check=list(HealthCheck))
@given(PROGRAMS, st.booleans(), st.sampled_from([(3, 8), (3, 11)]), st.integers(20, 100))
def test_a_rewritten_chain_does_the_same(body: str, unsafe: bool, target: tuple[int, int], line_length: int) -> None:
    text = f"def f({PARAMETERS}):\n    {body}\n"
    if not compiles_as_module(text):
        return
    chosen = Settings((RULE,), unsafe, target, line_length)
    outcome = process(text.encode(), chosen)
    assert isinstance(outcome, Fixed | Clean | TriagedAway), outcome
    if isinstance(outcome, TriagedAway):
        assert not sites(text), text
        return
    assert not outcome.defects, outcome.defects
    for one in outcome.diagnostics:
        assert not isinstance(one.verdict, Refused) or one.verdict.code in REASONS, (text, one.verdict)
    if isinstance(outcome, Clean):
        return
    after = outcome.after.decode()
    assert [one.text for one in comments(after)] == [one.text for one in comments(text)], (text, after)
    again = process(outcome.after, chosen)
    assert isinstance(again, Clean | TriagedAway), (text, after, again)
    old, new = defined(text), defined(after)
    for arguments in AS_ASSUMED if unsafe else ARGUMENTS:
        assert repr(told(old, arguments)) == repr(told(new, arguments)), (text, after, arguments)


def sites(text: str) -> list[Site]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that mean nothing
        module = Module(text, ast.parse(text))
    return [site for node in ast.walk(module.tree) if isinstance(node, ast.BinOp) for site in string_concat.find(node, module)]


def compiles_as_module(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "program", "exec")
    except SyntaxError:
        return False
    return True


def test_the_strategy_makes_programs_that_are_rewritten() -> None:
    """So that the test above cannot pass by looking at nothing."""
    seen = {"rewritten": 0, "programs": 0}

    @settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(PROGRAMS)
    def count(body: str) -> None:
        text = f"def f({PARAMETERS}):\n    {body}\n"
        if compiles_as_module(text):
            seen["programs"] += 1
            seen["rewritten"] += isinstance(process(text.encode(), Settings((RULE,))), Fixed)

    count()
    assert seen["programs"] > 200
    assert seen["rewritten"] > 25
