"""What a remedy says is enough: done to the program, word for word, it makes the site safe.

The programs are those of every rule's own cases, and one for each way in which a type may be unknown.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Diagnostic, Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Remedy, Safe, Unsafe
from tests.harness import Declines, Rewrites, dedented
from tests.rules.remedies import NotMechanical, applied


def judged(rule: str, text: str, filename: str = "") -> tuple[Diagnostic, ...]:
    outcome = process(text.encode(), Settings((rule,), line_length=300, filename=filename, explain=True))
    assert isinstance(outcome, Clean | Fixed)
    assert not outcome.defects
    return outcome.diagnostics


def of_cases() -> Iterator[tuple[str, Declines | Rewrites]]:
    """The cases of all rules' own tests, with the rule's name."""
    for area, names in registry.areas().items():
        for name in names:
            module = importlib.import_module(f"tests.rules.{area}.test_{name.replace('-', '_')}")
            lists = [value for value in vars(module).values() if isinstance(value, list)]
            found = {case.name: case for one in lists for case in one if isinstance(case, Declines | Rewrites)}
            yield from ((name, case) for case in found.values())


def _proves(rule: str, text: str, one: Diagnostic, filename: str = "") -> bool | None:
    """Whether doing what the site's remedies say makes it safe; `None` where a person has to do it."""
    remedies = one.verdict.reasons.remedies
    try:
        changed = applied(text, remedies)
    except NotMechanical:
        return None
    moved = sum(remedy.kind == "test" and remedy.line <= one.line for remedy in remedies)

    def proved(diagnostics: tuple[Diagnostic, ...], line: int) -> int:
        return sum(isinstance(site.verdict, Safe) and site.line == line for site in diagnostics)

    return proved(judged(rule, changed, filename), one.line + moved) > proved(judged(rule, text, filename), one.line)


@pytest.mark.parametrize("rule", registry.names())
def test_the_remedies_in_a_rule_s_own_cases_are_enough(rule: str) -> None:
    tried = 0
    for name, case in of_cases():
        if name != rule:
            continue
        text = dedented(case.before)
        for one in judged(rule, text, case.filename):
            if isinstance(one.verdict, Unsafe) and one.verdict.sort == "type" and one.verdict.reasons.remedies:
                enough = _proves(rule, text, one, case.filename)
                tried += enough is not None
                assert enough is not False, f"{case.name}: {[str(remedy) for remedy in one.verdict.reasons.remedies]}\n{text}"
    needs_types = ("dict-items", "dict-keys", "dict-values", "format-string", "range-len", "string-concat")
    assert tried > 0 or rule not in needs_types


@pytest.mark.parametrize(("rule", "code", "at_least"), [("mutable-default", "memory-name", 10), ("side-effect-comprehension", "leaks", 8)])
def test_a_rename_is_enough(rule: str, code: str, at_least: int) -> None:
    """Where another name is said to help, the site is safe with that name; and nothing but a name is said to be changed."""
    helped = 0
    for name, case in of_cases():
        if name != rule or case.filename:
            continue
        text = dedented(case.before)
        for one in judged(rule, text):
            renames = [remedy for remedy in one.verdict.reasons.remedies if remedy.kind == "rename"]
            assert not renames or (isinstance(one.verdict, Refused) and one.verdict.code == code), case.name
            if renames:
                helped += 1
                before, after = judged(rule, text), judged(rule, applied(text, renames))  # one safe site may be for two parameters
                left, right = (sum(not isinstance(site.verdict, Safe) for site in sites) for sites in (before, after))
                assert right == left - 1 < len(after), f"{case.name}: {renames}\n{text}"
    assert helped >= at_least


@pytest.mark.parametrize(
    ("rule", "text", "renamed"),
    [
        ("mutable-default", "def f(a, cache={}):\n    return a, cache\n", ["mapping"]),
        ("mutable-default", "def f(a, cache={}, mapping=1):\n    return a, cache\n", ["mapping_"]),
        ("mutable-default", "def f(a, seen_ids=[]):\n    return a, seen_ids\n", ["ids"]),
        ("mutable-default", "def f(a, cache={}):\n    if a not in cache:\n        cache[a] = a * a\n    return cache[a]\n", []),
        ("mutable-default", "@register\ndef f(a, cache={}):\n    return a, cache\n", []),
        ("mutable-default", "def f(a, cache=[1]):\n    while cache:\n        a.pop()\n    return a\n", []),
        ("side-effect-comprehension", "def f(xs, x):\n    [print(x) for x in xs]\n    return x\n", ["x_"]),
        ("side-effect-comprehension", "def f(xs, x, x_):\n    [print(x) for x in xs]\n    return x\n", ["x__"]),
        ("side-effect-comprehension", "def f(x, y):\n    [print(x, y) for x in x for y in x]\n    return x, y\n", ["x_", "y_"]),
        (
            "side-effect-comprehension",
            "class C:\n    def f(self, xs, __x):\n        [print(__x) for __x in xs]\n        return __x\n",
            ["__x_"],
        ),
        ("side-effect-comprehension", "def f(xs, x):\n    [x for x in xs]\n    return x\n", []),
        ("side-effect-comprehension", "def f(xs, x):\n    [print(lambda: x) for x in xs]\n    return x\n", []),
    ],
)
def test_another_name(rule: str, text: str, renamed: list[str]) -> None:
    """None where something else stands in the way as well, and none that is taken."""
    [one] = judged(rule, text)
    assert isinstance(one.verdict, Refused)
    assert [remedy.text for remedy in one.verdict.reasons.remedies] == renamed


def test_what_is_no_tuple_may_be_of_any_other_class() -> None:
    [one] = judged("format-string", 'def f(n):\n    return "a %s" % n\n')
    assert list(map(str, one.verdict.reasons.remedies)) == ["annotate `n` at line 1 with the class it has (for instance `str`)"]
    [number] = judged("format-string", 'def f(n):\n    return "a %d" % n\n')
    assert list(map(str, number.verdict.reasons.remedies)) == ["annotate `n` as `int` at line 1"]


EARLY = [
    ("string-concat", 'def f(a, b):\n    return ("a" + a + b)[1:]\n', "the text is put together from `a`, `b`"),
    (
        "string-concat",
        'def f(a, b):\n    return _("a" + a.x + b[0] + a + b)\n',
        "the text is put together from `a.x`, `b[0]`, `a` and 1 more",
    ),
    ("format-string", 'def f(a, b):\n    return "%s, %s" % (a, *b)\n', "the text is put together from `a`, `*b`"),
    ("format-string", 'def f(a, b):\n    return "{} {x}".format(a, x=b)[1:]\n', "the text is put together from `a`, `b`"),
]


@pytest.mark.parametrize(("rule", "text", "said"), EARLY, ids=[said for _, _, said in EARLY])
def test_what_is_refused_early_has_facts_all_the_same(rule: str, text: str, said: str) -> None:
    [one] = judged(rule, text)
    assert isinstance(one.verdict, Refused)
    assert [(fact.sentence, fact.line) for fact in one.verdict.reasons.facts] == [(said, 2), (one.verdict.reason, 2)]


WAYS: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("a parameter", "range-len", "def f(rows):\n    for i in range(len(rows)):\n        print(rows[i])\n", ("annotate",)),
    ("a parameter with a default", "dict-keys", "def f(d={}):\n    for k in d.keys():\n        print(k)\n", ("annotate",)),
    ("one of two parameters on a line", "dict-keys", "def f(a, d, *b):\n    for k in d.keys():\n        print(k)\n", ("annotate",)),
    (
        "an abstract annotation",
        "range-len",
        "from typing import Sequence\ndef f(rows: Sequence[int]):\n    for i in range(len(rows)):\n        print(rows[i])\n",
        ("annotate",),
    ),
    ("what a call gives", "dict-keys", "def f():\n    d = load()\n    for k in d.keys():\n        print(k)\n", ("annotate",)),
    ("what a function of the file gives", "string-concat", 'def g(x):\n    return x\ndef f(x):\n    return "a" + g(x)\n', ("return",)),
    ("what a loop gives", "string-concat", 'def f(xs):\n    for x in xs:\n        print("a" + x)\n', ("annotate",)),
    ("what a comprehension gives", "string-concat", 'def f(xs):\n    return ["a" + x for x in xs]\n', ("annotate",)),
    ("two operands", "string-concat", 'def f(a, b):\n    return "x" + a + b\n', ("annotate", "annotate")),
    (
        "an attribute",
        "range-len",
        "class C:\n    def __init__(self, r):\n        self.r = r\n    def f(self):\n        for i in range(len(self.r)):\n"
        "            print(self.r[i])\n",
        ("annotate",),
    ),
    ("an attribute of something unknown", "string-concat", 'def f(a):\n    return "x" + a.b\n', ("test",)),
    ("None by default", "dict-keys", "def f(d=None):\n    for k in d.keys():\n        print(k)\n", ("test",)),
    (
        "assigned twice",
        "dict-keys",
        "def f(a):\n    if a:\n        d = g()\n    else:\n        d = h()\n    print(len(d.keys()))\n",
        ("test",),
    ),
    ("imported", "dict-keys", "from a import d\nfor k in d.keys():\n    print(k)\n", ("test",)),
    ("a number", "format-string", 'def f(n):\n    return "%d" % n\n', ("annotate",)),
    ("perhaps a tuple", "format-string", 'def f(n):\n    return "a %s" % n\n', ("annotate",)),
]


@pytest.mark.parametrize(("name", "rule", "text", "kinds"), WAYS, ids=[one[0] for one in WAYS])
def test_a_way_to_be_unknown(name: str, rule: str, text: str, kinds: tuple[str, ...]) -> None:
    [one] = judged(rule, text)
    assert isinstance(one.verdict, Unsafe)
    assert one.verdict.reasons.facts
    assert tuple(remedy.kind for remedy in one.verdict.reasons.remedies) == kinds
    assert _proves(rule, text, one)


@pytest.mark.parametrize(
    ("name", "rule", "text"),
    [
        ("a class of the file", "dict-keys", "from a import B\nclass D(B):\n    def f(self):\n        return len(self.keys())\n"),
        (
            "a derived class in sight",
            "range-len",
            "class L(list): pass\ndef f(x: list):\n    for i in range(len(x)):\n        print(x[i])\n",
        ),
        ("a name that means something else", "string-concat", 'def str(x):\n    return x\ndef f(x):\n    return "a" + str(x)\n'),
    ],
)
def test_what_no_annotation_mends_has_no_remedy_of_that_kind(name: str, rule: str, text: str) -> None:
    [one] = judged(rule, text)
    assert not {remedy.kind for remedy in one.verdict.reasons.remedies} & {"annotate", "return", "test"}


def test_a_refusal_is_not_said_to_be_provable_by_a_type() -> None:
    [one] = judged("range-len", "def f(rows):\n    for i in range(len(rows)):\n        print(i)\n")
    assert isinstance(one.verdict, Refused)
    assert one.verdict.reasons.remedies == ()


def test_applying_a_remedy_can_fail() -> None:
    with pytest.raises(NotMechanical):
        applied("x\n", [Remedy("other", "x", 1, "think again")])
    with pytest.raises(AssertionError):
        applied("x\n", [Remedy("annotate", "y", 1, "int")])
