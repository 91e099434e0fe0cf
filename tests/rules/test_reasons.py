"""What each verdict rests on, fact by fact, as a report says it."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe, Verdict
from tests.harness import dedented

CASES = [
    pytest.param(
        "format-string",
        """
        def f(a, b):
            return _("%s %s" % (a, b))
        """,
        [
            "`_` looks its argument up among the translations, where an f-string cannot be found",
            "the text is put together from `a`, `b`, line 2",
            "`_` looks its argument up among the translations, where an f-string cannot be found, line 2",
        ],
        id="format-string: values of a tuple, refused early",
    ),
    pytest.param(
        "format-string",
        """
        def f(a):
            return _("%s" % a)
        """,
        [
            "`_` looks its argument up among the translations, where an f-string cannot be found",
            "the text is put together from `a`, line 2",
            "`_` looks its argument up among the translations, where an f-string cannot be found, line 2",
        ],
        id="format-string: a value, refused early",
    ),
    pytest.param(
        "format-string",
        """
        def f(a):
            return _("100 %%" % ())
        """,
        [
            "`_` looks its argument up among the translations, where an f-string cannot be found",
            "`_` looks its argument up among the translations, where an f-string cannot be found, line 2",
        ],
        id="format-string: no values, refused early",
    ),
    pytest.param(
        "format-string",
        """
        def f(a):
            return f"{'%s' % a}"
        """,
        ["it stands inside the f-string at line 2", "it stands inside the f-string at line 2, line 2"],
        id="format-string: inside of an f-string",
    ),
    pytest.param(
        "format-string",
        """
        def f(d: dict[str, int]):
            return "x{}x and y".format(d["k"])
        """,
        ["the same values are formatted in the same way", "the values are written out, so that no tuple can be taken apart, line 2"],
        id="format-string: values of a call",
    ),
    pytest.param(
        "format-string",
        """
        def f(a: str, b: str):
            return "%s" % a + b
        """,
        ["`a` is no tuple", "`a` is a str: annotated `str`, line 1"],
        id="format-string: a value that is no tuple",
    ),
    pytest.param(
        "format-string",
        """
        def f(a: int):
            return "n %d" % a
        """,
        ["`a` is an int", "`a` is an int: annotated `int`, line 1"],
        id="format-string: a number",
    ),
    pytest.param(
        "format-string",
        """
        from typing import SupportsIndex
        def f(a: SupportsIndex):
            return "n %d" % a
        """,
        ["`a` is an int", "`a` is a SupportsIndex: annotated `SupportsIndex`, line 2", "annotate `a` as `int` at line 2"],
        id="format-string: a number that is not proved",
    ),
    pytest.param(
        "format-string",
        """
        def f(a: list, g, b):
            return "n %s %s" % (a, g(b))
        """,
        [
            "the same values are formatted in the same way",
            "the values are written out, so that no tuple can be taken apart, line 2",
            "no value is changed by evaluating one behind it, line 2",
        ],
        id="format-string: values that are formatted at once",
    ),
    pytest.param(
        "format-string",
        """
        def f(a: list, g, b):
            return "n {} {}".format(a, g(b))
        """,
        [
            "`g(b)` does not change what `a` prints",
            "the values are written out, so that no tuple can be taken apart, line 2",
            "`g(b)` may run unknown code before `a` is printed, line 2",
        ],
        id="format-string: a value that a call may change",
    ),
    pytest.param(
        "string-concat",
        """
        def f(a: str):
            return "n " + a
        """,
        ["`a` is a str (annotated `str` at line 1)", "`a` is a str: annotated `str`, line 1"],
        id="string-concat: an operand that is a str",
    ),
    pytest.param(
        "string-concat",
        """
        def f(a):
            return "n " + a
        """,
        ["`a` is a str", "`a` may be anything: a parameter without annotation, line 1", "annotate `a` as `str` at line 1"],
        id="string-concat: an operand of which nothing is known",
    ),
    pytest.param(
        "mutable-default",
        """
        f = lambda a=[]: a
        """,
        ["a lambda cannot hold the guard that `a` would need", "`[]` is made once, and all calls that leave out `a` share it, line 1"],
        id="mutable-default: a lambda",
    ),
    pytest.param(
        "mutable-default",
        """
        def f(cache=[]):
            return cache
        """,
        [
            "the name `cache` says that it keeps something from call to call",
            "`[]` is made once, and all calls that leave out `cache` share it, line 1",
            "the name `cache` says that it keeps something from call to call, line 1",
            "give the `cache` of line 1 another name, such as `values`",
        ],
        id="mutable-default: a name that says that it keeps something",
    ),
    pytest.param(
        "mutable-default",
        """
        def f(a, b=[]):
            if b is None:
                b = []
            return b
        """,
        [
            "None already means something for `b`: `b is None` at line 2",
            "`[]` is made once, and all calls that leave out `b` share it, line 1",
            "nothing keeps in `b` what a later call looks up, or counts in it, line 1",
        ],
        id="mutable-default: None means something already",
    ),
    pytest.param(
        "mutable-default",
        """
        def f(a, b=[]):
            return b
        f(1, None)
        """,
        [
            "`f(1, None)` at line 3 may pass None for `b`",
            "`[]` is made once, and all calls that leave out `b` share it, line 1",
            "nothing keeps in `b` what a later call looks up, or counts in it, line 1",
        ],
        id="mutable-default: None is passed",
    ),
    pytest.param(
        "mutable-default",
        """
        def f(x, memo={}):
            if x is None:
                return locals()
            return memo
        """,
        [
            "the name `memo` says that it keeps something from call to call",
            "`{}` is made once, and all calls that leave out `memo` share it, line 1",
            "the name `memo` says that it keeps something from call to call, line 1",
        ],
        id="mutable-default: a name that keeps something, and more in the way",
    ),
    pytest.param(
        "side-effect-comprehension",
        """
        def f(xs, x):
            [print(x) for x in xs]
            return x
        """,
        [
            "`x` would stay behind after the loop, and line 3 uses that name",
            "the comprehension is a statement, so that nothing takes its result, line 2",
            "`x` outside of the comprehension is a name of its own, line 3",
            "give the `x` of line 2 another name, such as `x_`",
        ],
        id="side-effect-comprehension: a name that is used afterwards",
    ),
    pytest.param(
        "side-effect-comprehension",
        """
        def f(xs):
            [print(x) for x in xs]
        """,
        [
            "its result is thrown away, and no other use of the loop's variable sees it",
            "the comprehension is a statement, so that nothing takes its result, line 2",
            "no use outside of the comprehension sees its `x`, line 2",
        ],
        id="side-effect-comprehension: a name that nothing else sees",
    ),
    pytest.param(
        "side-effect-comprehension",
        """
        def f(xs, x):
            [x for x in xs]
            return x
        """,
        [
            "nothing is called in `x`, so there is nothing to do in a loop",
            "the comprehension is a statement, so that nothing takes its result, line 2",
            "`x` outside of the comprehension is a name of its own, line 3",
        ],
        id="side-effect-comprehension: refused for another reason",
    ),
    pytest.param(
        "super-args",
        """
        class A(B):
            def f(self):
                super(A, self).f()
        """,
        [
            "`A` is the class around and nothing else, `self` the first parameter of `f`",
            "the call stands in the method `f` of the class `A`, line 2",
            "`self` is its first parameter, and not bound again, line 2",
            "nothing binds `__class__` there, line 2",
            "`A` is bound, line 1",
        ],
        id="super-args: all that counts",
    ),
    pytest.param(
        "super-args",
        """
        class A(B):
            def f(self):
                super(A).f()
        """,
        [
            "`super(A)`, with a class alone, is something else: it is bound to no object",
            "the call stands in the method `f` of the class `A`, line 2",
        ],
        id="super-args: one argument",
    ),
    pytest.param(
        "super-args",
        """
        class A(B):
            def f(self, other):
                super(A, other).f()
        """,
        [
            "`other` is not the first parameter of `f`",
            "the call stands in the method `f` of the class `A`, line 2",
            "nothing binds `__class__` there, line 2",
            "`A` is bound, line 1",
        ],
        id="super-args: another object",
    ),
    pytest.param(
        "super-args",
        """
        class A(B):
            def f(self):
                __class__ = 1
                super(type(self), self).f()
        """,
        [
            "`__class__` is a name of its own here, which `super()` would look at",
            "the call stands in the method `f` of the class `A`, line 2",
            "`self` is its first parameter, and not bound again, line 2",
        ],
        id="super-args: a class that is looked up",
    ),
    pytest.param(
        "super-args",
        """
        super(A, b).f()
        """,
        ["`super(A, b)` stands in no method", "`super(A, b)` stands in no method, line 1"],
        id="super-args: no method",
    ),
    pytest.param(
        "mutable-default",
        """
        def f(xs=[]):
            if xs is None:
                return 0
            return len(xs)
        """,
        [
            "None already means something for `xs`: `xs is None` at line 2",
            "`[]` is made once, and all calls that leave out `xs` share it, line 1",
            "nothing keeps in `xs` what a later call looks up, or counts in it, line 1",
        ],
        id="mutable-default: None has a meaning",
    ),
    pytest.param(
        "mutable-default",
        """
        def f(xs=[]):
            return len(xs)
        """,
        [
            "nothing shows that `xs` should be remembered from call to call",
            "`[]` is made once, and all calls that leave out `xs` share it, line 1",
            "nothing keeps in `xs` what a later call looks up, or counts in it, line 1",
            "None means nothing yet for `xs`, and no call in this file may pass it, line 1",
        ],
        id="mutable-default: None has no meaning",
    ),
    pytest.param(
        "dict-values",
        """
        class D:
            def items(self): return []
        def f():
            d = D()
            return [v for (a, b), v in d.items()]
        """,
        [
            "`D` says itself what its items and values are, with `items` at line 2",
            "`d` is a D: assigned a D, line 4",
        ],
        id="dict-values: refused, and keys that are unpacked",
    ),
]


def _words(verdict: Verdict) -> str:
    match verdict:
        case Safe():
            return verdict.because
        case Refused():
            return verdict.reason
        case _:
            return verdict.assumption


@pytest.mark.parametrize(("rule", "source", "said"), CASES)
def test_what_a_verdict_rests_on(rule: str, source: str, said: list[str]) -> None:
    """The verdict's own words, its facts, and what would prove more."""
    outcome = process(dedented(source).encode(), Settings((rule,), explain=True))
    assert isinstance(outcome, Clean | Fixed)
    verdict = outcome.diagnostics[0].verdict
    assert [_words(verdict), *map(str, verdict.reasons.facts), *map(str, verdict.reasons.remedies)] == said
