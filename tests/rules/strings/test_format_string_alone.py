r"""`format-string`: templates that are nothing but one field, which a call says better."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean
from codemods.model.settings import Settings
from codemods.model.verdict import Refused
from tests.harness import Case, Declines, Rewrites, check, names
from tests.rules.strings.test_format_string import assumes, declines, formats

ODD = """
class Text(str):
    pass


class Odd:
    def __str__(self):
        return Text("str")

    def __repr__(self):
        return Text("repr")

    def __format__(self, spec):
        return Text("format")


def shown(x, text):
    return type(text).__name__, text


"""
"""A class that prints differently by each way of printing, and each time as a text of a class of its own."""


def odd(name: str, before: str, after: str, **settings: object) -> Rewrites:
    """What is printed of such an object, and of what class the text is."""
    head, calls = f"{ODD}def f(x):\n    return shown(x, ", ("f(Odd())", "f(Text('a'))", "f(1)", "f([Odd()])")
    return Rewrites(name, f"{head}{before})\n", f"{head}{after})\n", calls, **settings)  # type: ignore[arg-type]


def unknown(name: str, before: str, after: str) -> Rewrites:
    """The same of a value of no known class, where no class of texts is in sight."""
    odd_one = "class Odd:\n    __str__ = lambda self: 's'\n    __repr__ = lambda self: 'r'\n    __format__ = lambda self, spec: 'f'\n\n\n"
    head = f"{odd_one}def f(x):\n    return "
    return Rewrites(name, f"{head}{before}\n", f"{head}{after}\n", ("f(Odd())", "f(1)", "f('{}%s')", "f((1, 2))", "f(())"))


CALLS: list[Case] = [
    unknown("`%s` and a tuple of one", '"%s" % (x,)', "str(x)"),
    unknown("`%r` and a tuple of one", '"%r" % (x,)', "repr(x)"),
    unknown("`%a` and a tuple of one", '"%a" % (x,)', "ascii(x)"),
    unknown("`%s` and a dict of one", '"%(k)s" % {"k": x}', "str(x)"),
    unknown("`!s`", '"{!s}".format(x)', "str(x)"),
    unknown("`!r`, and a number", '"{0!r}".format(x)', "repr(x)"),
    unknown("`!a`, and a name", '"{k!a}".format(k=x)', "ascii(x)"),
    unknown("a value of no known class, which `.format` may print otherwise than `str`", '"{}".format(x)', 'f"{x}"'),
    unknown("text made of such a value", '"{}".format(str(x))', "str(x)"),
    unknown("the repr of such a value", '"%s" % repr(x)', "repr(x)"),
    unknown("the repr of its repr", '"%r" % repr(x)', "repr(repr(x))"),
    unknown("a format spec", '"{!s:>8}".format(x)', 'f"{x!s:>8}"'),
    unknown("a width", '"%-8s" % (x,)', 'f"{x!s:<8}"'),
    unknown("a look-up", '"{.__class__}".format(x)', 'f"{x.__class__}"'),
    formats("a str behind `%s`", "s: str", '"%s" % s', "str(s)", "'a'", "''"),
    formats("a str by .format", "s: str", '"{}".format(s)', "str(s)", "'a'"),
    formats("an int behind `%s`", "n: int", '"%s" % n', "str(n)", "3", "True"),
    formats("an int by .format, which may be a bool", "n: int", '"{}".format(n)', "str(n)", "3", "True"),
    formats("a list by .format", "xs: list[int]", '"{}".format(xs)', "str(xs)", "[1]"),
    formats("a float that may be None", "r: float | None", '"{}".format(r)', "str(r)", "0.5", "None"),
    formats("an exact int behind `%d`", "xs: list[int]", '"%d" % len(xs)', "str(len(xs))", "[1, 2]"),
    formats("an exact int behind `%i`, in a tuple", "xs: list[int]", '"%i" % (len(xs) + 1,)', "str(len(xs) + 1)", "[1, 2]"),
    formats("an int behind `%d`, which may be a bool", "n: int", '"%d" % n', 'f"{n:d}"', "3", "True"),
    formats("an int behind `%x`", "n: int", '"%x" % n', 'f"{n:x}"', "30", "True"),
    assumes("a value that may be a tuple", "tuple", "x", '"%s" % x', "`x` is no tuple"),
    assumes("a repr of what may be a tuple", "tuple", "x", '"%r" % x.y', "`x.y` is no tuple"),
    Rewrites(
        "what is assumed to be no tuple", 'def f(x):\n    return "%s" % x\n', "def f(x):\n    return str(x)\n", ("f(1)",), unsafe="tuple"
    ),
]

CLASSES: list[Case] = [
    odd("a value behind `%`, which gives what `__str__` gives", '"%s" % x', "str(x)", unsafe="tuple"),
    odd("the same with `%r`", '"%r" % x', "repr(x)", unsafe="tuple"),
    odd("the same in a dict", '"%(k)s" % {"k": x}', "str(x)"),
    odd("a tuple, of which a plain str is made", '"%s" % (x,)', 'f"{x!s}"'),
    odd("`!r`, of which a plain str is made", '"{!r}".format(x)', 'f"{x!r}"'),
    odd("text of a text", '"%s" % str(x)', 'f"{x!s}"', unsafe="tuple"),
    odd("`.format` alone, which gives what `__format__` gives", '"{}".format(x)', 'f"{x}"'),
    odd("a list, whose text is a plain str", '"%s" % ([x],)', "str([x])"),
    odd("texts joined", '"%s" % "".join([str(x)])', '"".join([str(x)])'),
]

VALUES: list[Case] = [
    formats("a sum", "a: str, b: str", '"%s" % (a + b)', "str(a + b)", "'a', 'b'"),
    formats("a choice", "a, b: int", '"%s" % (a or b,)', "str(a or b)", "0, 1"),
    formats("a condition", "a: int, b: int", '"%s" % (a if b else -b)', "str(a if b else -b)", "0, 1", "1, 0"),
    formats("a tuple in a tuple", "x", '"%s" % ((x, 1),)', "str((x, 1))", "3"),
    formats("a walrus", "x", '"%s" % ((n := x),), n', "str(n := x), n", "3"),
    formats("a walrus without brackets of its own", "x", '"%s" % (n := x,), n', "str(n := x), n", "3"),
    formats("a lambda", "x", '("%s" % (lambda: x))[:3] or "%r" % (lambda: x)', '("%s" % (lambda: x))[:3] or repr(lambda: x)', "3"),
    formats("a generator expression", "xs", '"%r" % (x for x in xs) != ""', 'repr(x for x in xs) != ""', "[]"),
    formats("a comprehension", "xs", '"%s" % [x for x in xs]', "str([x for x in xs])", "[1]"),
    formats("a dict display", "x", '"%s" % ({1: x},)', "str({1: x})", "3"),
    formats(
        "texts joined, which are a str already",
        "xs: list[int]",
        '"%s" % ", ".join(str(x) for x in xs)',
        '", ".join(str(x) for x in xs)',
        "[1, 2]",
        "[]",
    ),
    formats("the same in brackets", "xs: list[str]", '"%s" % ("-".join(xs))', '"-".join(xs)', "['a']"),
    formats("texts joined, and their repr", "xs: list[str]", '"%r" % "-".join(xs)', 'repr("-".join(xs))', "['a']"),
    formats("texts joined by a backslash, before Python 3.12", "xs: list[str]", r'"%s" % "\n".join(xs)', r'"\n".join(xs)', "['a', 'b']"),
    formats("a backslash in a value, before Python 3.12", "s: str", r'"%s" % s.replace("\n", "#")', r'str(s.replace("\n", "#"))', "'a\\n'"),
    formats("quotes in a value", "d: dict[str, str]", '"%s" % d["k"]', 'str(d["k"])', "{'k': 'v'}"),
    formats("both quotes in a value", "d: dict[str, int]", """'%s' % d["it's"]""", """str(d["it's"])""", '{"it\'s": 1}'),
    formats("text repeated, which is a str already", "n: int", '"%s" % ("-" * n,)', '"-" * n', "3"),
    Rewrites(
        "text repeated, in a call over several lines",
        """
        def f(n: int):
            print(
                "%s" % ("-" * n,)
            )
        """,
        """
        def f(n: int):
            print("-" * n)
        """,
        ("f(3)",),
    ),
    formats("text repeated as often as something unknown says", "n", '"%s" % ("-" * n,)', 'str("-" * n)', "3"),
    Rewrites(
        "text that a class of the file multiplies",
        "class R:\n    def __rmul__(self, other) -> int: return 3\ndef f():\n    r = R()\n    return '%s' % ('-' * r,)\n",
        "class R:\n    def __rmul__(self, other) -> int: return 3\ndef f():\n    r = R()\n    return str('-' * r)\n",
        ("f()",),
    ),
    Rewrites(
        "text that a class of the file is added to",
        "class R:\n    def __radd__(self, other) -> int: return 3\ndef f():\n    return '%s' % ('-' + R(),)\n",
        "class R:\n    def __radd__(self, other) -> int: return 3\ndef f():\n    return str('-' + R())\n",
        ("f()",),
    ),
    formats("an f-string with words", "x", '"{}".format(f"<{x}>")', 'f"<{x}>"', "3"),
    formats("two f-strings as one value", "x", '"%s" % (f"<{x}" ">")', 'f"<{x}" ">"', "3"),
    declines("an f-string with nothing but a field", "field", "x", '"%s" % f"{x}"'),
    formats("a template in a template", "x: int", '"%s" % ("%s" % x)', "str(x)", "3"),
    formats("a template with words in a template", "x: int", '"%s" % ("<%s>" % x)', 'f"<{x}>"', "3"),
    declines("a template that stays as it is", "field", "xs: list[int]", '"%s" % ("%s %s" % (*xs,))', others=True),
    formats("a message, which tools find in a call", "_", '"%s" % (_("Usage:"),)', 'str(_("Usage:"))', "str.upper"),
    formats("a choice between brackets", "x", '"%s" % ("(" if x else "[")', 'str("(" if x else "[")', "0", "1"),
    formats("None", "", '"%s" % None', "str(None)", ""),
    formats(
        "a long call",
        "x: int",
        '"%s" % (x.__add__(x.__mul__(x)).__neg__().__sub__(x),)',
        "str(x.__add__(x.__mul__(x)).__neg__().__sub__(x))",
        "3",
    ),
    formats("an argument that no field takes", "x: int", '"{0}".format(x, 1)', "str(x)", "3"),
    Rewrites(
        "what is sent",
        """
        def f(a):
            print("%s" % ((yield a),), "{!r}".format((yield)), "%s" % ((yield from [a]),))
        """,
        """
        def f(a):
            print(str((yield a)), repr((yield)), str((yield from [a])))
        """,
        ("[*f(3)]",),
    ),
    Rewrites(
        "what is awaited",
        """
        async def g(a):
            return a


        async def f(a):
            return "%s" % (await g(a),)


        def run(a):
            try:
                f(a).send(None)
            except StopIteration as end:
                return end.value
        """,
        """
        async def g(a):
            return a


        async def f(a):
            return str(await g(a))


        def run(a):
            try:
                f(a).send(None)
            except StopIteration as end:
                return end.value
        """,
        ("run(3)",),
    ),
    declines("a starred value", "starred", "xs", '"%s" % (*xs,)'),
    declines("a str literal", "literal", "x", '"%s" % "a"'),
    declines("a whole number", "literal", "x", '"{}".format(1)'),
    declines("a value over several lines", "multi-line-operand", "x: int", '"%s" % abs(\n        x)'),
    Declines(
        "the brackets that a yield keeps count for the width",
        """
        def f():
            return "%s" % (
                (yield "a"),)
        """,
        "too-long",
        line_length=26,
        skip=("tabs",),
    ),
    Rewrites(
        "those that a generator loses do not",
        """
        def f(xs):
            return "{!r}".format(
                (x for x in xs)) != ""
        """,
        """
        def f(xs):
            return repr(x for x in xs) != ""
        """,
        ("f([])",),
        line_length=36,
        skip=("tabs",),
    ),
    declines("a generator over several lines, joined", "multi-line-operand", "xs", '"%s" % ", ".join(\n        x for x in xs)'),
]

TEMPLATES: list[Case] = [
    formats("an empty literal before it", "n: int", '"" "%s" % n', "str(n)", "3"),
    formats("a raw template", "n: int", 'r"%s" % n', "str(n)", "3"),
    formats("a template in triple quotes", "n: int", '"""%s""" % n', "str(n)", "3"),
    declines("a field divided between two literals", "invalid-template", "n: int", '("%"\n        "s" % n)'),
    formats("a literal and an empty one on the next line", "n: int", '("%s"\n        "" % n)', "str(n)", "3"),
    formats("the same behind a backslash", "n: int", '"%s" \\\n        "" % n', "str(n)", "3"),
    formats("a value behind a backslash", "n: int", '"%s" % \\\n        n', "str(n)", "3"),
    formats("a value on the next line", "n: int", '"{}".format(\n        n\n    )', "str(n)", "3"),
    declines("a comment before the value", "comment", "n: int", '"%s" % (  # why\n        n)'),
]

PLACES: list[Case] = [
    formats("brackets of its own", "n: int", '("%s" % n)', "str(n)", "3"),
    formats("brackets of its own in front of a dot", "n: int", '("%s" % (n)).strip()', "str(n).strip()", "3"),
    formats("two pairs of them", "n: int", '(("%s" % n)).strip()', "str(n).strip()", "3"),
    formats("an operand", "n: int", '2 * ("%s" % n), not "%s" % n, ("%s" % n) * n', "2 * str(n), not str(n), str(n) * n", "3"),
    formats("a keyword in front of it", "n: int", '0 if n else"%s" % n', "0 if n else str(n)", "3", "0"),
    formats("`in` in front of it", "n: int", '"3" in"%s" % n', '"3" in str(n)', "3"),
    formats("a keyword behind its brackets", "n: int", 'n in(1, 2)and ("%s" % n)or 4', "n in(1, 2)and str(n)or 4", "1", "3"),
    formats(
        "keys, elements, conditions",
        "n: int",
        '{"%s" % n: ["%s" % x for x in [n] if "%s" % x]}',
        "{str(n): [str(x) for x in [n] if str(x)]}",
        "3",
    ),
    formats("the body of a lambda", "n: int", '(lambda: "%s" % n)()', "(lambda: str(n))()", "3"),
    formats("an argument on lines of its own", "n: int", 'len(\n        "%s" % n\n    )', "len(str(n))", "3"),
    formats("an argument with a comma behind it", "n: int", 'len(\n        "%s"\n        % n,\n    )', "len(\n        str(n),\n    )", "3"),
    formats("an argument among others", "n: int", 'max("%s" % n, "%d" % len([n]), key=len)', "max(str(n), str(len([n])), key=len)", "3"),
    formats("a chain with what is proved a str", "n: int, s: str", 's + "%s" % n', 's + f"{n}"', "3, 'a'"),
    formats("a chain with what is not", "n: int, s", 's + "%s" % n', "s + str(n)", "3, 'a'"),
    declines("in an f-string", "in-fstring", "n: int", """f"<{'%s' % n}>\""""),
    declines("what is translated", "translated", "_, n: int", '_("%s" % n)'),
    declines("what is logged", "logged", "logger, n: int", 'logger.info("%s" % n)'),
    declines("what is subscripted", "subscripted", "n: int", '("%s" % n)[0]'),
    declines("what is a template", "template", "n: int", '"%s" % n % n'),
    Rewrites(
        "keywords without a space behind them",
        """
        def f(n: int):
            assert"%s" % n
            for c in"%s" % n:
                yield"%s" % c
            if"%s" % n:
                raise ValueError("%s" % n)from None
            return("%s" % n)
        """,
        """
        def f(n: int):
            assert str(n)
            for c in str(n):
                yield str(c)
            if str(n):
                raise ValueError(str(n))from None
            return(str(n))
        """,
        ("[*f(3)]",),
    ),
    Rewrites(
        "brackets of its own over lines",
        """
        def f(n: int):
            text = (
                "%s"
                % n
            )
            return (
                "%s" % text  # why
            )
        """,
        """
        def f(n: int):
            text = str(n)
            return (
                str(text)  # why
            )
        """,
        ("f(3)",),
    ),
    Rewrites(
        "a decorator, a default, an annotation, a class, a deletion",
        """
        def tag(name):
            return lambda function: function


        @tag("%s" % 1.5)
        def f(n: "%r" % (None,), text="%s" % [1]) -> "%d" % len("a"):
            d = {text: n}
            del d["%s" % [1]]
            return d, text


        class C:
            text = "%s" % {1}
        """,
        """
        def tag(name):
            return lambda function: function


        @tag(str(1.5))
        def f(n: repr(None), text=str([1])) -> str(len("a")):
            d = {text: n}
            del d[str([1])]
            return d, text


        class C:
            text = str({1})
        """,
        ("f(3)", "C.text"),
    ),
]

SHADOWED: list[Case] = [
    formats("`str` is a parameter", "x, str", '"%s" % (x,), "%r" % (x,)', 'f"{x!s}", repr(x)', "3, 1"),
    formats("`str` is a parameter, and the class is known", "n: int, str", '"%s" % n', 'f"{n}"', "3, 1"),
    formats("`repr` and `ascii` are parameters", "x, repr, ascii", '"%r" % (x,), "{!a}".format(x)', 'f"{x!r}", f"{x!a}"', "3, 1, 1"),
    declines("`str` is a parameter, and quotes are in the way", "quotes", "d, str", """'%s' % (d["it's"],)"""),
    Rewrites(
        "a class that has a `str`, which its methods do not see",
        """
        class C:
            def str(self):
                return "%s" % [self.n]

            n = 1
            text = "%s" % [n]

            def f(self, default="%s" % [n]):
                return default
        """,
        """
        class C:
            def str(self):
                return str([self.n])

            n = 1
            text = f"{[n]}"

            def f(self, default=f"{[n]}"):
                return default
        """,
        ("C().str()", "C.text", "C().f()"),
    ),
    Rewrites(
        "a `str` of the file that is deleted",
        """
        str = 1


        def f():
            global str
            text = "%s" % [1]
            del str
            return text
        """,
        """
        str = 1


        def f():
            global str
            text = f"{[1]}"
            del str
            return text
        """,
        ("f()",),
    ),
    Rewrites(
        "a star import, which may bind `str`",
        """
        from somewhere import *


        def f(x):
            return "%s" % (x,)
        """,
        """
        from somewhere import *


        def f(x):
            return f"{x!s}"
        """,
        execute=False,
        wrap=False,
    ),
]

WIDTHS: list[Case] = [
    Rewrites(
        "a line that is too long already",
        'def f(a_long_name: int):\n    return max("%s" % a_long_name, "")\n',
        'def f(a_long_name: int):\n    return max(str(a_long_name), "")\n',
        ("f(3)",),
        line_length=30,
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "brackets that stay on lines of their own for want of room",
        """
        def f(a_long_name: int):
            return len(
                "%s" % a_long_name
            ), 12
        """,
        """
        def f(a_long_name: int):
            return len(
                str(a_long_name)
            ), 12
        """,
        ("f(3)",),
        line_length=32,
        skip=("tabs",),
    ),
    Declines(
        "two lines that do not fit on one",
        """
        def f(a_long_name: int):
            return max("%s"
                       % a_long_name, 1)
        """,
        "too-long",
        mentions="`str(a_long_name)` would make line 2 35 wide",
        line_length=34,
    ),
]

BRACKETS: list[Case] = [
    formats("a repetition, whose brackets are those of the template", "n: int", '("%s" % ("ab" * n)).title()', '("ab" * n).title()', "3"),
    formats("a repetition by .format", "n: int", '"{}".format("ab" * n).title()', '("ab" * n).title()', "3"),
    formats("a repetition behind an operator", "n: int", '3 * "{}".format("ab" * n)', '3 * ("ab" * n)', "2"),
    formats("a sum with a literal", "s: str", '"%s" % ("a" + s) * 2', '("a" + s) * 2', "'b'"),
    formats("a sum in brackets with a literal", "s: str", '("%s" % ("a" + s)).title()', '("a" + s).title()', "'b'"),
    formats("a sum with a literal, beside a literal", "s: str", '"%s" % ("a" + s) + "c"', '"a" + s + "c"', "'b'"),
    Rewrites(
        "a repetition whose brackets stand on lines of their own",
        """
        def f(n: int):
            return (
                "%s" % ("ab" * n)
            ).title()
        """,
        """
        def f(n: int):
            return (
                "ab" * n
            ).title()
        """,
        ("f(3)",),
    ),
    Rewrites(
        "a call in brackets, on a line that is too long whatever becomes of them",
        """
        def f(number: int):
            return ("%s" % number).zfill(3), ("%s" % number).zfill(4)
        """,
        """
        def f(number: int):
            return str(number).zfill(3), str(number).zfill(4)
        """,
        ("f(3)",),
        line_length=40,
        skip=("tabs",),
    ),
]

REFLECTED: list[Case] = [
    Declines(
        f"a subclass of `str` with {name}, in `{template}`",
        f"{head}\n\n\ndef f():\n    return {template} % Text('a')\n",
        "type",
        mentions="`Text('a')` is Text, which `%s` prints otherwise",
    )
    for template in ('"%s"', '"<%s>"')
    for name, head in (
        ("an `__rmod__`", "class Text(str):\n    def __rmod__(self, template):\n        return 1"),
        ("one that is given to it", "class Text(str):\n    pass\n\n\nText.__rmod__ = lambda self, template: 1"),
        ("an inherited one", "class Mod(str):\n    __rmod__ = lambda self, template: 1\n\n\nclass Text(Mod):\n    pass"),
        ("one of a base in another file, perhaps", "from mods import Mod\n\n\nclass Text(Mod, str):\n    pass"),
    )
] + [
    Rewrites(
        f"{name}, which `%` does not ask",
        f"{head}\n\n\ndef f():\n    return '<%s>' % Text('a')\n",
        f"{head}\n\n\ndef f():\n    return f'<{{Text(\"a\")!s}}>'\n",
        ("f()",),
    )
    for name, head in (
        ("a subclass of `str`", "class Text(str):\n    pass"),
        ("a subclass of one of the file", "class Base(str):\n    pass\n\n\nclass Text(Base):\n    pass"),
        ("an exception with an `__rmod__`", "class Text(Exception):\n    def __rmod__(self, template):\n        return 1"),
    )
]

REFLECTED.append(
    Rewrites(
        "a list, beside a class with an `__rmod__` whose name is a part of the list's",
        "class ist(str):\n    def __rmod__(self, template):\n        return 1\n\n\ndef f():\n    return '<%s>' % [1]\n",
        "class ist(str):\n    def __rmod__(self, template):\n        return 1\n\n\ndef f():\n    return f'<{[1]}>'\n",
        ("f()",),
    )
)

CASES = [*CALLS, *CLASSES, *VALUES, *TEMPLATES, *PLACES, *SHADOWED, *WIDTHS, *BRACKETS, *REFLECTED]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_template_with_one_field(case: Case) -> None:
    check(case, "format-string")


def test_a_backslash_is_no_matter_before_python_3_12() -> None:
    check(formats("a backslash", "d: dict[str, int]", r'"%s" % d["\n"]', r'str(d["\n"])', r"{'\n': 3}", target=(3, 8)), "format-string")


def test_a_value_over_several_lines_of_an_old_mac() -> None:
    text = 'def f(n: int):\n    return "%s" % abs(\n        n)\n'.replace("\n", "\r")
    outcome = process(text.encode(), Settings(("format-string",)))
    assert isinstance(outcome, Clean)
    assert [one.verdict.code for one in outcome.diagnostics if isinstance(one.verdict, Refused)] == ["multi-line-operand"]
