r"""`format-string`: what it rewrites, what it sees and declines, what it does not see."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def formats(name: str, parameters: str, before: str, after: str, *arguments: str, **settings: object) -> Rewrites:
    """A function that returns the expression `before`, called once with each of `arguments`."""
    calls = tuple(f"f({one})" for one in arguments)
    head = f"def f({parameters}):\n    return "
    return Rewrites(name, f"{head}{before}\n", f"{head}{after}\n", calls, **settings)  # type: ignore[arg-type]


def declines(name: str, code: str, parameters: str, expression: str, **settings: object) -> Declines:
    """A function that returns an expression which is left alone."""
    return Declines(name, f"def f({parameters}):\n    return {expression}\n", code, **settings)  # type: ignore[arg-type]


def assumes(name: str, code: str, parameters: str, expression: str, assumption: str) -> Declines:
    """A function that returns an expression which is rewritten under an assumption only."""
    return Declines(name, f"def f({parameters}):\n    return {expression}\n", code, unsafe=True, mentions=assumption)


ODD = """
class Odd:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"

    def __format__(self, spec):
        return f"format<{spec}>"


"""


def odd(name: str, before: str, after: str) -> Rewrites:
    """A function of one value of no known class, called with an object that prints differently by each way of printing."""
    head = f"{ODD}def f(x):\n    return "
    return Rewrites(name, f"{head}{before}\n", f"{head}{after}\n", ("f(Odd())", "f(1)", "f('{}')"))


PERCENT: list[Case] = [
    formats("a str behind `%s`", "name: str", '"Hello, %s!" % name', 'f"Hello, {name}!"', "'a'", "''", "'%s'"),
    formats("an int behind `%s`", "n: int", '"<%s>" % n', 'f"<{n}>"', "3", "True"),
    formats("a list behind `%s`", "xs: list[int]", '"<%s>" % xs', 'f"<{xs}>"', "[1]"),
    formats("a dict behind a lone `%s`", "d: dict[str, int]", '"<%s>" % d', 'f"<{d}>"', "{'a': 1}", "{}"),
    odd("`%s` and a tuple of one, whose value is not known", '"<%s>" % (x,)', 'f"<{x!s}>"'),
    odd("`%r` and a tuple of one", '"<%r>" % (x,)', 'f"<{x!r}>"'),
    odd("`%a` and a tuple of one", '"<%a>" % (x,)', 'f"<{x!a}>"'),
    odd("`%s` with a width stands on the right (flynt#138)", '"<%5s>" % (x,)', 'f"<{x!s:>5}>"'),
    odd("`%s` with a minus stands on the left", '"<%-7s|" % (x,)', 'f"<{x!s:<7}|"'),
    odd("`%s` with a precision", '"<%.2s>" % (x,)', 'f"<{x!s:.2}>"'),
    odd("`%r` with a width and a precision", '"<%9.3r>" % (x,)', 'f"<{x!r:>9.3}>"'),
    odd("a tuple of two", '"%s=%r" % (x, x)', 'f"{x!s}={x!r}"'),
    formats("a value that is itself a tuple, in a tuple", "x", '"<%s>" % (x,)', 'f"<{x!s}>"', "(1, 2)", "()"),
    formats("a str with a width needs no conversion", "s: str", '"<%8s>" % s', 'f"<{s:>8}>"', "'ab'"),
    formats("`%d` and an int", "n: int", '"<%d>" % n', 'f"<{n:d}>"', "3", "-3", "True", because="`n` is an int"),
    formats("`%i` and `%u` are `%d`", "n: int", '"%i %u" % (n, n)', 'f"{n:d} {n:d}"', "3", "True"),
    formats("`%5d`", "n: int", '"<%5d>" % n', 'f"<{n:5d}>"', "3", "-3"),
    formats("`%-5d` stays on the left (flynt, live)", "n: int", '"<%-5d>" % n', 'f"<{n:<5d}>"', "3", "-3"),
    formats("`%05d`", "n: int", '"<%05d>" % n', 'f"<{n:05d}>"', "3", "-3"),
    formats("`%+d` and `% d`", "n: int", '"%+d % d" % (n, n)', 'f"{n:+d} {n: d}"', "3", "-3"),
    formats("`%x`, `%#x` and `%X`", "n: int", '"%x %#x %X" % (n, n, n)', 'f"{n:x} {n:#x} {n:X}"', "255", "-255"),
    formats("`%o` and `%#o`", "n: int", '"%o %#o" % (n, n)', 'f"{n:o} {n:#o}"', "8"),
    formats("`%f` and an int", "n: int", '"%f" % n', 'f"{n:f}"', "3", "True"),
    formats("`%.2f`", "x: float", '"%.2f" % x', 'f"{x:.2f}"', "2.345", "3", "float('nan')", "float('-inf')"),
    formats("`%e` and `%g`", "x: float", '"%e %g %.3G" % (x, x, x)', 'f"{x:e} {x:g} {x:.3G}"', "2.345e20", "3"),
    formats("`%8.3f|%-8.1f`", "x: float", '"%8.3f|%-8.1f|" % (x, x)', 'f"{x:8.3f}|{x:<8.1f}|"', "2.345"),
    formats("`%%` is a percent sign", "x: float", '"%.1f%%" % x', 'f"{x:.1f}%"', "2.5"),
    formats("braces are doubled", "s: str", '"{%s}" % s', 'f"{{{s}}}"', "'a'", "'{}'"),
    formats("len() is an int", "xs", '"%d items" % len(xs)', 'f"{len(xs)} items"', "[1]"),
    formats("names and a dict display", "a: str, n: int", '"%(a)s: %(n)03d" % {"a": a, "n": n}', 'f"{a}: {n:03d}"', "'x', 5"),
    formats("names that are keywords (pyupgrade#92)", "x: str", "\"%(and)s %(1)s\" % {'and': x, '1': x}", 'f"{x} {x}"', "'a'"),
    formats("names in another order than the dict's", "a, b", '"%(b)s%(a)s" % {"a": a, "b": b}', 'f"{b!s}{a!s}"', "1, (2,)"),
    formats("a name that is used twice", "a", '"%(a)s %(a)r" % {"a": a}', 'f"{a!s} {a!r}"', "'x'"),
    formats("a string literal among the values", "a", '"%s: %s" % ("name", a)', 'f"name: {a!s}"', "1"),
    formats("a whole number among the values", "ref: str, end: str", "'%s%d%s' % (ref, 2, end)", "f'{ref}2{end}'", "'x', 'y'"),
    formats("a whole number spelled otherwise", "ref: str", '"{}-{}".format(ref, 0x10)', 'f"{ref}-16"', "'x'"),
    formats("a whole number with a spec", "ref: str", '"{}{:03}".format(ref, 7)', 'f"{ref}{7:03}"', "'x'"),
    formats("no room around the percent sign", "a: str", "'<%s>'%a", "f'<{a}>'", "'x'"),
    formats("a tuple of one value (Fixit, live)", "a: int", '"<%s>" % (a,)', 'f"<{a}>"', "1"),
    formats("an empty name (pyupgrade#92)", "x", "'<%()s>' % {'': x}", "f'<{x!s}>'", "1"),
    formats("a prefix u on one of two literals (Fixit, live)", "a: str", 'u"<%s>" "b" % a', 'f"<{a}>b"', "'x'"),
    formats("a prefix u (pyupgrade)", "a: str", 'u"<%s>" % a', 'f"<{a}>"', "'x'"),
    formats("a raw template", "a: str", r"r'\d%s' % a", r"rf'\d{a}'", "'x'"),
    formats("an escape in the template", "a: str", r"'\t%s\n' % a", r"f'\t{a}\n'", "'x'"),
    formats("an emoji before the value (pyupgrade#949)", "a: str", "'🎉é %s 🎉' % a", "f'🎉é {a} 🎉'", "'🎉'"),
    formats("a named character", "a: str", r'"\N{EM DASH} %s" % a', r'f"\N{EM DASH} {a}"', "'x'"),
    formats("the other quotes in the value", "d: dict[str, str]", "\"<%s>\" % d['k']", "f\"<{d['k']}>\"", "{'k': 'v'}"),
    formats("the template's quotes in the value", "d: dict[str, str]", "'<%s>' % d['k']", "f'<{d[\"k\"]}>'", "{'k': 'v'}"),
    formats("a value in braces (ruff#9227)", "a: int", '"<%s>" % ({0: 1}[0],)', 'f"<{ {0: 1}[0]}>"', "1"),
    formats("a computation", "a: int, b: int", '"%d of %d" % (a + 1, -b)', 'f"{a + 1} of {-b}"', "1, 2"),
    formats("a comparison and a condition", "a: int", "'%s %s' % (a != 1, 1 if a else 2)", "f'{a != 1} {1 if a else 2}'", "1"),
    formats("a product with the text", "a: str", '"<%s>" % a * 3', 'f"<{a}>" * 3', "'x'"),
    formats("an operand of a chain", "a: str, b: str", 'a + "<%s>" % b + a', 'a + f"<{b}>" + a', "'x', 'y'"),
    formats("a method of the text", "a: str", '("<%s>" % a).upper()', 'f"<{a}>".upper()', "'x'"),
    formats("a call without arguments among the values", "a: str", "'<%s>' % a.upper()", "f'<{a.upper()}>'", "'x'"),
    Rewrites(
        "an exception as it was caught, which no tuple can be",
        """
        class Mine(Exception):
            pass


        def f(call):
            try:
                call()
            except (Mine, LookupError) as error:
                return "failed: %s" % error


        def g(call, kinds):
            try:
                call()
            except kinds as error:
                return "failed: %s" % error
        """,
        """
        class Mine(Exception):
            pass


        def f(call):
            try:
                call()
            except (Mine, LookupError) as error:
                return f"failed: {error!s}"


        def g(call, kinds):
            try:
                call()
            except kinds as error:
                return f"failed: {error!s}"
        """,
        ("f(lambda: {}[1])", "g(lambda: int('x'), ValueError)"),
    ),
    Rewrites(
        "values that are evaluated and printed in turn by Python 3.11 already",
        """
        def f(x, g):
            return "%s %s" % (x, g())
        """,
        """
        def f(x, g):
            return f"{x!s} {g()!s}"
        """,
        ("(lambda xs: f(xs, xs.pop))([1, 2])",),
    ),
    formats("what is known not to change what is printed", "xs: list[int]", '"%s %d" % (xs, len(xs))', 'f"{xs} {len(xs)}"', "[1]"),
    formats("a number before a call that may do anything", "n: int, g", '"%s %r" % (n, g())', 'f"{n} {g()!r}"', "1, int", target=(3, 8)),
    formats("a tuple is assumed away on request", "x", '"<%s>" % x', 'f"<{x!s}>"', "1", unsafe="tuple"),
    formats("an int is assumed on request", "x", '"<%d>" % x', 'f"<{x:d}>"', "1", unsafe="type"),
    formats("a float is assumed on request", "x", '"%s %.1f" % (1, x)', 'f"1 {x:.1f}"', "1.5", unsafe="type"),
]

FORMAT: list[Case] = [
    odd("`{}`", '"<{}>".format(x)', 'f"<{x}>"'),
    odd("conversions", '"{!s} {!r} {!a}".format(x, x, x)', 'f"{x!s} {x!r} {x!a}"'),
    odd("a format spec of the class itself", '"{:a b}".format(x)', 'f"{x:a b}"'),
    odd("an index", '"<{0}>".format(x)', 'f"<{x}>"'),
    odd("a value that is used twice", '"{0} {0!r}".format(x)', 'f"{x} {x!r}"'),
    odd("a value that is not used", '"<{0}>".format(x, x)', 'f"<{x}>"'),
    odd("an empty spec", '"<{:}>".format(x)', 'f"<{x}>"'),
    formats("names", "a, b", '"{b}{a}".format(a=a, b=b)', 'f"{b}{a}"', "1, 2"),
    formats("names and places", "a, b", '"{} {name}".format(a, name=b)', 'f"{a} {name}"'.replace("name", "b"), "1, 2"),
    formats("places in another order", "a, b", '"{1} {0}".format(a, b)', 'f"{b} {a}"', "1, 2"),
    formats("a name twice, around a call", "a: str, g", '"<{0}>{1}</{0}>".format(a, g())', 'f"<{a}>{g()}</{a}>"', "'b', int"),
    formats("a name behind a call", "a, g", '"{1} {0}".format(a, g())', 'f"{g()} {a}"', "1, int"),
    formats(
        "a key twice, around an item", "a: str, d: dict", "'%(a)s%(b)s%(a)s' % {'a': a, 'b': d[1]}", "f'{a}{d[1]!s}{a}'", "'b', {1: 2}"
    ),
    formats(
        "a method that cannot fail, before a call", "s: str, g", '"{1} {0}".format(g(), s.strip())', 'f"{s.strip()} {g()}"', "'a', int"
    ),
    formats("constants in another order", "a", '"{1} {0}".format(a, 1)', 'f"1 {a}"', "1"),
    formats("an attribute", "x", '"{0.real}+{0.imag}".format(x)', 'f"{x.real}+{x.imag}"', "3"),
    formats("an item by number", "x", '"{0[0]} {0[10]}".format(x)', 'f"{x[0]} {x[10]}"', "'abcdefghijklm'"),
    formats("an item by a key, which is a str", "x", '"{0[k]}".format(x)', "f\"{x['k']}\"", "{'k': 1}"),
    formats("a key between single quotes", "x", "'{0[k]}'.format(x)", "f'{x[\"k\"]}'", "{'k': 1}"),
    formats("a minus is no number", "x", '"{0[-1]}".format(x)', "f\"{x['-1']}\"", "{'-1': 5}"),
    formats(
        "a look-up without a place, in a dict, to which it adds nothing (ruff#15874)",
        "d: dict",
        '"{[x]} {}".format(d, len(d))',
        "f\"{d['x']} {len(d)}\"",
        "{'x': 1}",
    ),
    formats("look-ups behind look-ups", "x", '"{0[0][k]}".format(x)', "f\"{x[0]['k']}\"", "[{'k': 1}]"),
    formats("an attribute of a sum", "a: int", '"{0.real}".format(a + 1)', 'f"{(a + 1).real}"', "3"),
    formats("an attribute of a number", "a", '"{.real}{}".format(1, a)', 'f"{(1).real}{a}"', "3"),
    formats("an item of a call", "a: str", '"{0[0]}".format(a.split())', 'f"{a.split()[0]}"', "'x y'"),
    formats("a width from a value", "a, w", '"{:{w}}".format(a, w=w)', 'f"{a:{w}}"', "1, 5"),
    formats("a width from a value (flynt, live)", "a, w", '"{:>{w}}|".format(a, w=w)', 'f"{a:>{w}}|"', "1, 5"),
    formats("a width that stands there", "a", '"{:{w}.{p}f}|{:{}}|".format(a, a, 12, w=0x10, p=2)', 'f"{a:16.2f}|{a:12}|"', "1.234"),
    formats("a format that stands there", "a", '"{:{}}|".format(a, ">10")', 'f"{a:>10}|"', "1"),
    formats("a width and a precision in turn", "a, w, p", '"{:{}.{}}".format(a, w, p)', 'f"{a:{w}.{p}}"', "1.2345, 9, 3"),
    formats("a look-up in a format spec", "a, w", '"{:{w.real}}".format(a, w=w)', 'f"{a:{w.real}}"', "1, 9"),
    formats("a spec with a colon", "t", '"{:%H:%M}".format(t)', 'f"{t:%H:%M}"', "__import__('datetime').time(1, 2)"),
    formats("a spec with a fill (sourcery#179)", "a", '"{:#^25}".format(a)', 'f"{a:#^25}"', "'x'"),
    formats("a spec with the other quotes", "a", '"{:\'>5}".format(a)', 'f"{a:\'>5}"', "'x'"),
    formats("doubled braces stay doubled (ruff#2111)", "a", "'({}={{0!e}})'.format(a)", "f'({a}={{0!e}})'", "1"),
    formats("many doubled braces stay doubled", "a", "'{{{{ {} }}}} {{}}'.format(a)", "f'{{{{ {a} }}}} {{}}'", "1"),
    formats("doubled braces in a raw template", "a", r"r'\d{{2}}{}'.format(a)", r"rf'\d{{2}}{a}'", "1"),
    formats(
        "a named character is no field (ruff#19771, pyupgrade#278)",
        "a",
        r'"\N{ANGLE} {angle}".format(angle=a)',
        r'f"\N{ANGLE} {a}"',
        "1",
    ),
    formats("a named character in a raw template is one (ruff#22149)", "N", r"r'\{N}'.format(N=N)", r"rf'\{N}'", "1"),
    formats("a backslash before a field", "a", r"'\\{}'.format(a)", r"f'\\{a}'", "1"),
    formats("percent signs mean nothing", "a", "'%s {}'.format(a)", "f'%s {a}'", "1"),
    formats("a string literal among the values keeps its braces", "a", "'{} {}'.format('{x}', a)", "f'{{x}} {a}'", "1"),
    formats("a tuple as a value", "a", '"<{}>".format((a, 1))', 'f"<{(a, 1)}>"', "2"),
    formats("a dict display as a value (ruff#9227)", "a", '"<{}>".format({a: 1}[a])', 'f"<{ {a: 1}[a]}>"', "2"),
    formats("an attribute as a value", "a", '"<{}>".format(a.x)', 'f"<{a.x}>"', "__import__('types').SimpleNamespace(x=1)"),
    Rewrites(
        "a value that is awaited",
        """
        async def f(a: int, b):
            return "{} {}".format(a, await b())
        """,
        """
        async def f(a: int, b):
            return f"{a} {await b()}"
        """,
    ),
    formats("an int before a call that may do anything", "a: int, g", '"{} {}".format(a, g())', 'f"{a} {g()}"', "1, int"),
    formats("calls before names", "a, g", '"{} {}".format(g(), a)', 'f"{g()} {a}"', "1, int"),
    formats("str() and repr() become conversions", "a", '"{} {}".format(str(a), repr(a))', 'f"{a!s} {a!r}"', "1"),
    formats("the whole text is a field, but for its look-up", "a", '"{.real}".format(a)', 'f"{a.real}"', "1"),
    formats("the argument of a call", "a", 'len("{}!".format(a))', 'len(f"{a}!")', "1"),
    formats("an interleaving is assumed harmless on request", "a, g", '"{} {}".format(a, g())', 'f"{a} {g()}"', "1, int", unsafe="order"),
    formats("a nested template first, from the inside", "a", '["<{}>".format(a), "<%s>" % (a,)]', '[f"<{a}>", f"<{a!s}>"]', "1"),
]

LINES: list[Case] = [
    formats("triple quotes on one line", "x: str", '''"""a "%s" """ % x''', '''f"""a "{x}" """''', "'a'"),
    formats("triple quotes and the quotes of the value", "d", '''"""<{}>""".format(d["k"])''', '''f"""<{d["k"]}>"""''', "{'k': 1}"),
    Rewrites(
        "a triple-quoted text over several lines",
        """
        def f(name, n: int):
            return '''
            Dear {},
              you are {{{:>3}}}.
            '''.format(
                name, n
            )
        """,
        """
        def f(name, n: int):
            return f'''
            Dear {name},
              you are {{{n:>3}}}.
            '''
        """,
        ("f('x', 3)",),
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "a triple-quoted template of percent signs",
        """
        USAGE = '''\\
        usage: %(prog)s [options]
        50%% of %(prog)r
        ''' % {"prog": __name__}
        """,
        """
        USAGE = f'''\\
        usage: {__name__} [options]
        50% of {__name__!r}
        '''
        """,
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "a template over several lines keeps them (pyupgrade#808)",
        """
        def f(name, n: int):
            return ("a %s "
                    "b %d" % (name, n))
        """,
        """
        def f(name, n: int):
            return (f"a {name!s} "
                    f"b {n:d}")
        """,
        ("f('x', 3)",),
        skip=("tabs",),
    ),
    Rewrites(
        "a template in parentheses of its own keeps these",
        """
        def f(name, n):
            text = (
                "a {} "
                'b "{}" '
                "c {{}}"
            ).format(name, n)
            return text
        """,
        """
        def f(name, n):
            text = (
                f"a {name} "
                f'b "{n}" '
                "c {}"
            )
            return text
        """,
        ("f('x', 3)",),
    ),
    Rewrites(
        "the percent sign on a line of its own",
        """
        def f(name, n):
            print(
                "a %s, "
                "b %5s"
                % (name, n)
            )
        """,
        """
        def f(name, n):
            print(
                f"a {name!s}, "
                f"b {n!s:>5}"
            )
        """,
        ("f('x', 3)",),
    ),
    Rewrites(
        "two literals on one line become one",
        """
        def f(a, b):
            return ("{} " '{}').format(a, b)
        """,
        """
        def f(a, b):
            return f"{a} {b}"
        """,
        ("f(1, 2)",),
    ),
    Rewrites(
        "values over several lines",
        """
        def f(a, b):
            print("{} {}".format(
                a,
                b,
            ))
            raise ValueError(
                "cannot read %s from %s"
                % (a, b)
            )
        """,
        """
        def f(a, b):
            print(f"{a} {b}")
            raise ValueError(f"cannot read {a!s} from {b!s}")
        """,
    ),
    Rewrites(
        "parentheses that are a call's only argument",
        """
        def f(a: str):
            print(("a %s "
                   "b %s") % (a, a))
            print(("a {} "
                "b {}").format(a, a))
            print(("a {} "
                   "b {}").format(a, a), 1)
        """,
        """
        def f(a: str):
            print(f"a {a} "
                  f"b {a}")
            print(f"a {a} "
                f"b {a}")
            print((f"a {a} "
                   f"b {a}"), 1)
        """,
        skip=("tabs",),
    ),
    Rewrites(
        "a template on a line of its own stays there",
        """
        def f(a: str):
            print(
                "<%s>" % a)
            print(
                "<{}>".format(a)
            )
            text = (
                "<{}>".format(a)
            )
            text = ("<{}>".format(a))
            return text
        """,
        """
        def f(a: str):
            print(
                f"<{a}>")
            print(
                f"<{a}>"
            )
            text = (
                f"<{a}>"
            )
            text = f"<{a}>"
            return text
        """,
        ("f('x')",),
    ),
    Rewrites(
        "what is too wide for the line of the call stays below it",
        """
        def f(a: str):
            raise ValueError(
                'cannot find %s'
                % a)
        """,
        """
        def f(a: str):
            raise ValueError(
                f'cannot find {a}')
        """,
        line_length=36,
        skip=("tabs",),
    ),
    Rewrites(
        "ints that may be no bools",
        """
        def f(xs: list[str]):
            found = 0
            for index, x in enumerate(xs):
                found += len(x)
                print("%d: %d, %03d" % (index, found, found))
            return "%d!" % found
        """,
        """
        def f(xs: list[str]):
            found = 0
            for index, x in enumerate(xs):
                found += len(x)
                print(f"{index}: {found}, {found:03d}")
            return f"{found}!"
        """,
        ("f(['a', 'bc'])",),
    ),
    Rewrites(
        "a line break behind a backslash",
        """
        def f(a: str):
            return "<%s>" \\
                % a
        """,
        """
        def f(a: str):
            return f"<{a}>"
        """,
        ("f('x')",),
    ),
    Rewrites(
        "a long line that gets no longer",
        """
        def f(a: str):
            return "a text that is longer than the line %s" % a
        """,
        """
        def f(a: str):
            return f"a text that is longer than the line {a}"
        """,
        ("f('x')",),
        line_length=20,
    ),
    Rewrites(
        "a default, an index, a decorator and an `elif`",
        """
        size = 3


        def tagged(tag):
            return lambda function: function


        @tagged("<{}>".format(size))
        def f(d, a: str, b="<%s" % (size,)):
            if a == "%s>" % (b,):
                return 1
            elif a == "<{}!>".format(b):
                return 2
            return d["%s." % a]
        """,
        """
        size = 3


        def tagged(tag):
            return lambda function: function


        @tagged(f"<{size}>")
        def f(d, a: str, b=f"<{size}"):
            if a == f"{b!s}>":
                return 1
            elif a == f"<{b}!>":
                return 2
            return d[f"{a}."]
        """,
        ("f({'x.': 1}, 'x')", "f({}, '<3>')", "f({}, '<<3!>')"),
    ),
]

DECLINED: list[Case] = [
    formats("an operation and a conversion", "y", '"<%s-%s>" % (y or 0, y)', 'f"<{(y or 0)!s}-{y!s}>"', "1", "''", "None"),
    formats("an operation and a conversion that was a call", "a, b", '"<{}>".format(repr(a + b))', 'f"<{(a + b)!r}>"', "1, 2", "'', 'b'"),
    formats("a condition and a conversion", "a, b", '"<%s>" % (a if b else 1,)', 'f"<{(a if b else 1)!s}>"', "2, 1", "(), 1", "2, 0"),
    formats("an operation, a conversion and a width", "n", '"<%5s>" % (n + 1,)', 'f"<{(n + 1)!s:>5}>"', "2", "1.5"),
    declines("many brackets in a value", "field", "a: int", '"<%d>" % (a * (-(-a // 10)))'),
    declines("brackets in a slice", "field", "s: str, n: int", '"<%-70s>" % s[n * 70 : (n + 1) * 70]'),
    declines("a look-up between braces of the text", "braces", "d: dict[str, str]", "'{%s}name' % d['office']"),
    declines("a conversion between braces of the text", "braces", "x", "'pdf={%s},' % (x,)"),
    assumes("`%s` and a value that may be a tuple (flynt#81)", "tuple", "v", '"<%s>" % v', "`v` is no tuple"),
    assumes("`%r` and a value that may be a tuple", "tuple", "v", '"<%r>" % v.x', "`v.x` is no tuple"),
    assumes("an attribute of no known class", "tuple", "self", '"<%s>" % self.name', "`self.name` is no tuple"),
    assumes("`%d` and a value of no known class", "type", "n", '"%d" % n', "`n` is an int"),
    assumes("`%f` and a value of no known class", "type", "n", '"%f %f" % (n, 1)', "`n` is a float or an int"),
    assumes("`%d` and a number that may be None", "type", "n: int | None", '"%d" % n', "`n` is an int"),
    assumes("`%d` and what is an int or a float", "type", "n: float", '"%d" % n', "`n` is an int"),
    assumes(
        "a call that may change what is printed before it", "order", "a, g", '"{} {}".format(a, g())', "`g()` does not change what `a`"
    ),
    assumes("a pop from the list that is printed", "order", "xs: list[int]", '"{} {}".format(xs, xs.pop())', "`xs.pop()`"),
    assumes("the same before a number", "order", "xs: list[int]", '"%s %d" % (xs, xs.pop())', "`xs.pop()`"),
    assumes(
        "a key that is looked up in what a later value reads (ruff#15874)",
        "order",
        "d",
        '"{[x]} {}".format(d, len(d))',
        "looking up `d['x']`",
    ),
    assumes("a key looked up further in", "order", "a", '"{0.d[x]} {1}".format(a, len(a.d))', "looking up `a.d['x']`"),
    assumes("a key looked up, and a text of the whole", "order", "d", '"{0[x]} {1}".format(d, str(d))', "what `str(d)` gives"),
    Declines(
        "a key that a defaultdict adds when it is looked up (ruff#15874)",
        "import collections\nd = collections.defaultdict(int)\nprint('{[x]} {}'.format(d, len(d)))",
        "order",
        unsafe=True,
    ),
    Declines("a pattern's count", "def f(n: int, m: int):\n    return '{%d,%d}' % (n, m)", "braces"),
    Declines(
        "quotes in a value between escaped ones", 'import time\ndef f(x):\n    return "D \\"%s\\"" % time.strftime(\'%b\')', "nested-quotes"
    ),
    Declines(
        "an attribute of the file that counts how often it is read",
        "class C:\n    n = 0\n    @property\n    def x(self):\n        self.n += 1\n        return 4\nc = C()\nprint('{0.x} {1}'.format(c, c.n))",
        "order",
        unsafe=True,
    ),
    assumes("a step of an iterator behind something", "order", "a, it", '"{} {}".format(a, next(it))', "`next(it)`"),
    declines("a tuple (flynt#81)", "unpacks", "a: tuple[int, int]", '"%s %s" % a'),
    declines("a lone `%s` and a tuple", "unpacks", "a: tuple[int]", '"%s" % a'),
    declines("a sum of tuples (flynt#81)", "unpacks", "tup, x", '"%5.0f %s" % (tup + (x,))'),
    declines("what may be a tuple or something else", "unpacks", "a: tuple[int] | int", '"%s" % a'),
    declines("more values than fields (Fixit, live)", "count", "a, b", '"%s" % (a, b)'),
    declines("fewer values than fields", "count", "a", '"%s %s" % (a,)', mentions="2 for 1"),
    declines("an empty tuple", "count", "", '"%s" % ()'),
    declines("an argument that is missing", "count", "a", '"{} {}".format(a)', mentions="there is no `1`"),
    declines("a name that is missing", "count", "a", '"{b}".format(a=a)', mentions="there is no `b`"),
    declines("a key that is missing", "count", "a", '"%(b)s" % {"a": a}', mentions="there is no `b`"),
    declines("a key that is not used", "unused", "a", '"%(a)s" % {"a": a, "b": a}', mentions="`b`"),
    declines("a key that comes twice", "mapping", "a", '"%(a)s" % {"a": a, "a": 1}'),
    declines("a dict that is unpacked", "mapping", "d", '"%(a)s" % {"a": 1, **d}'),
    declines("keys that are no strings", "mapping", "d", '"%(1)s" % {1: d}'),
    declines("a dict by its name", "mapping", "d", '"%(a)s" % d', mentions="`d`"),
    declines("locals()", "mapping", "a", '"%(a)s" % locals()'),
    declines("no name at all", "mapping", "d", '"%()s" % d'),
    declines("fields with names and without", "invalid-template", "a", '"%(a)s %s" % {"a": a}'),
    declines("fields with numbers and without", "invalid-template", "a", '"{0} {}".format(a, a)'),
    declines("`%c`", "invalid-template", "a", '"%c" % a'),
    declines("a width from the values", "invalid-template", "a: int", '"%*d" % (a, a)'),
    declines("a lone percent sign", "invalid-template", "a", '"%s 50%" % (a,)'),
    declines("a percent sign with a width", "invalid-template", "a", '"%s %5%" % (a,)'),
    declines("a precision of an int", "invalid-template", "n: int", '"%.3d" % n'),
    declines("a flag of `%s`", "invalid-template", "n: int", '"%05s" % n'),
    declines("a percent sign in disguise", "invalid-template", "a", r'"\x25s" "%s" % (a, a)'),
    declines("a template that must fail at run time only (ruff#7074)", "invalid-template", "a", "'{}={.3f}'.format(a, a)"),
    declines("a brace that is not closed", "invalid-template", "a", "'{'.format(a)"),
    declines("a brace that closes nothing", "invalid-template", "a", "'{} }'.format(a)"),
    declines("a conversion there is not", "invalid-template", "a", "'{!x}'.format(a)"),
    declines("a field divided between two literals", "invalid-template", "a", "('{' '}').format(a)"),
    declines("doubled braces divided between two literals", "invalid-template", "a", "('{} {' '{').format(a)"),
    declines("a brace in disguise", "invalid-template", "a", r"'\x7b\x7b {}'.format(a)"),
    declines("a named brace", "invalid-template", "a", r"'\N{LEFT CURLY BRACKET}{}}}'.format(a)"),
    declines("a field with an escape", "invalid-template", "a", r"'{:\n>5}'.format(a)"),
    declines("an attribute that a class would mangle", "invalid-template", "a", "'{0.__x}'.format(a)"),
    declines("a name that a class would mangle", "invalid-template", "a", "'{__x}'.format(__x=a)"),
    declines("an attribute that is a keyword", "invalid-template", "a", "'{0.class}'.format(a)"),
    declines("an attribute that Python would normalise", "invalid-template", "a", "'{0.ﬁ}'.format(a)"),
    declines("a number with zeros before it", "invalid-template", "a", "'{00}'.format(a)"),
    declines("a field in a field in a field", "invalid-template", "a", "'{:{:{}}}'.format(a, a, a)"),
    declines("an empty key", "invalid-template", "a", "'{0[]}'.format(a)"),
    declines("a string with quotes in a format spec", "invalid-template", "a", "'{:{}}'.format(a, a['k'])"),
    declines("two calls that change places (ruff, live)", "order", "it", '"{1} {0}".format(next(it), next(it))'),
    declines("a call whose value is not used (ruff, live)", "order", "g", '"{a}".format(a=1, b=g())'),
    declines("an attribute that nothing prints, and that may be missing", "order", "a, x", '"{}".format(a, w=x.real)'),
    declines("a walrus before its use, as an argument", "order", "x", '"{1}".format(x := 1, x)'),
    declines("a name that nothing binds, which must go on failing", "order", "a", '"{0}".format(a, missing)', mentions="`missing`"),
    *(
        Declines(f"a name that may have no value, and is not printed: {shape}", f"{before}\n    return '{{0}}'.format(a, b)", "order")
        for shape, before in {
            "bound on one way": "def f(a, c):\n    if c:\n        b = 1",
            "bound by a loop": "def f(a, c):\n    for b in c:\n        pass",
            "bound in try": "def f(a, c):\n    try:\n        b = int(c)\n    except ValueError:\n        pass",
            "a caught exception": "def f(a, c):\n    try:\n        int(c)\n    except ValueError as b:\n        pass",
            "deleted": "def f(a, b):\n    del b",
            "bound below": "def f(a):\n    def g():\n        return b\n    if a:\n        return g()\n    if a:\n        b = 1",
            "a module's, bound on one way": "import sys\nif sys.argv:\n    b = 1\ndef f(a):",
            "a module's, deleted": "b = 1\ndef g():\n    global b\n    del b\ndef f(a):",
            "a star import's": "from m import *\ndef f(a):",
        }.items()
    ),
    Declines("a module's name, bound below", "def f(a):\n    return '{0}'.format(a, b)\nb = 1", "order", skip=("crlf",)),
    declines("a call whose value is used twice", "order", "g", '"{0} {0}".format(g())'),
    declines("a call that comes to stand before an attribute", "order", "a, g", '"{1} {0}".format(a.real, g())'),
    declines("a method that cannot fail, used twice around a call", "order", "s: str, g", '"{0} {1} {0}".format(s.strip(), g())'),
    Declines(
        "a name that a function inside binds, around a call",
        "def f(a: str):\n    def g():\n        nonlocal a\n        a = 'b'\n    return '{0}{1}{0}'.format(a, g())",
        "order",
    ),
    Declines(
        "a module's name that a function binds, behind a call",
        "a = 'a'\ndef g():\n    global a\n    a = 'b'\ndef f():\n    return '{1}{0}'.format(a, g())",
        "order",
    ),
    declines("a sum that is used twice", "order", "a", '"{0} {0}".format(a + 1)'),
    declines("a call that a dict display puts before others", "order", "a, g", '"%(a)s %(b)s" % {"b": g(), "a": a()}'),
    declines("a walrus (ruff#21000, pyupgrade, live)", "field", "x", '"{}".format(y := x)'),
    declines("a walrus before its use (ruff#15874)", "order", "x", '"{1}".format((y := x), y)'),
    declines("a lambda (ruff, pyupgrade, LibCST, live)", "field", "x", '"{}".format(lambda: x)'),
    declines("a lambda behind `%s`", "field", "x", '"<%s>" % (lambda: x,)'),
    declines("a bare generator", "field", "xs", '"{}".format(x for x in xs)'),
    declines("an f-string as a value", "field", "x", '"a {}".format(f"<{x}>")'),
    declines("a long call", "field", "x", '"{}".format(x.a_long_name_of_a_method(x.another_name, x.more_names))'),
    declines("starred arguments", "starred", "xs", '"{} {}".format(*xs)', mentions="*xs"),
    declines("arguments out of a dict", "starred", "d", '"{a}".format(**d)', mentions="**d"),
    declines("a starred value of a tuple", "starred", "xs", '"%s %s" % (*xs, 1)'),
    declines("`%d` and a str", "type", "s: str", '"%d" % s', mentions="`s` is str"),
    declines("`%d` and a list, in a tuple", "type", "s: list[int]", '"%d" % (s,)'),
    declines("`%f` and None", "type", "", '"%f" % None'),
    declines("a literal with a width", "literal", "a", '"{:>5} {}".format("x", a)'),
    declines("a literal and `%r`", "literal", "a", '"%r %s" % ("x", a)'),
    declines("three calls with arguments", "reads-apart", "a", "'{}{}{}'.format(a(1), a(2), a(3))"),
    declines("a value with quotes between quotes", "nested-quotes", "d", """'a "{}"'.format(d["k"])"""),
    declines("the same with the other quotes", "nested-quotes", "d", """'a "%s"' % (d['k'],)"""),
    declines("a message for translators", "message", "_, a", '"{} {a}".format(_("Usage:"), a=a)', mentions="Usage"),
    declines("a message for translators behind `%s`", "message", "ngettext, n", '"%s %s" % (ngettext("file", "files", n), n)'),
    declines("a keyword that version control is not to expand", "literal", "", "'# $%s$' % 'Id'"),
    declines("literals only, by .format", "literal", "", "'{}, {}'.format('a', \"b\")"),
    declines("two choices", "choice", "a, b", "'{}{}'.format('t' if a else '', b and 'd' or 's')"),
    declines("a choice of a bracket", "choice", "a", """'[{}]'.format(")" if a else "")"""),
    declines("no fields at all", "no-fields", "", '"a {{}}".format()'),
    declines("no specifiers at all", "no-fields", "", '"100%%" % ()'),
    declines("gettext (pyupgrade#726)", "translated", "_, x: str", '_("... %s" % x)'),
    declines("gettext with .format (ruff#7898)", "translated", "gettext, x", 'gettext("{}".format(x))'),
    declines("a keyword of ngettext", "translated", "ngettext, x", 'ngettext(singular="{}".format(x))'),
    declines("gettext in one branch of its argument", "translated", "_, x: str", '_("a" if x else "b %s" % x)'),
    Declines("gettext under another name", "from gettext import gettext as said\ndef f(x):\n    return said('{}'.format(x))", "translated"),
    Declines("a logging function by its name", "from logging import info\ndef f(x):\n    info('a %s' % (x,))", "logged"),
    Declines("a logger by its class", "import logging\nout = logging.getLogger('x')\ndef f(x):\n    out.info('a %s' % (x,))", "logged"),
    declines("logging", "logged", "logging, x", 'logging.info("a %s" % x)'),
    declines("a logger with .format", "logged", "self, x", 'self.logger.debug("a {}".format(x))'),
    declines("in an f-string", "in-fstring", "x: str", "f\"{'%s' % x}\""),
    declines("a template of a template", "template", "x", '"{} %s".format(x) % x'),
    declines("a template of .format", "template", "x: str", '("%s {}" % x).format(x)', others=True),
    declines("subscripted", "subscripted", "x: str", '("%s" % x)[0]'),
    declines("triple quotes among other literals", "triple-quoted", "x: str", """('a' '''%s''') % x"""),
    declines("triple quotes before another literal", "triple-quoted", "x: int", '("""a %d""" "b") % x'),
    declines("a literal that goes on behind a backslash", "continued-literal", "x: int", '"a %d\\\nb" % x'),
    declines("triple quotes and a string literal among the values", "quotes", "x", '"""{}{}""".format(x, "a")'),
    declines("a value over several lines in triple quotes", "multi-line-operand", "x", '"""{}""".format(x(\n        1))'),
    declines(
        "a line in triple quotes that gets too long",
        "too-long",
        "a_long_name",
        '"""a\nb {}{}{}{}""".format(\n        *[], a=1)'.replace("*[], a=1", "a_long_name, a_long_name,\n        a_long_name, a_long_name"),
        line_length=40,
    ),
    declines("a backslash in a value (flynt#173)", "backslash", "xs: list[str]", r'"<%s>" % "\n".join(xs)'),
    declines("a hash in a value", "hash", "xs: list[str]", '"<%s>" % "#".join(xs)'),
    declines("both quotes in a value", "quotes", "d", """'{}'.format(d["it's"])"""),
    declines("many braces to double", "braces", "x: str", '"{} {} %s" % x'),
    declines("braces of a raw literal", "raw-braces", "x: str", r"r'\d{2}%s' % x"),
    declines("a comment", "comment", "x", '"{}".format(  # why\n        x)'),
    declines("a value over several lines", "multi-line-operand", "x", '"{}".format(x(\n        1))'),
    declines("a template behind a backslash (flynt#68)", "continued-line", "x", '"a {} " \\\n        "b".format(x)'),
    declines(
        "a line that gets too long",
        "too-long",
        "a_name_of_some_length",
        'g("{} {}".format(1,\n        a_name_of_some_length), 2)',
        line_length=34,
    ),
    declines("specs that hold both quotes", "quotes", "x", """("{:'>5}" '{:">5}').format(x, x)"""),
    Declines(
        "a lone `%s` and an instance of a class of the file",
        """
        class Point(tuple):
            pass


        def f(p: Point):
            return "<%s>" % p
        """,
        "tuple",
        unsafe=True,
    ),
    Declines(
        "a lone `%s` and a named tuple",
        """
        from typing import NamedTuple


        class Point(NamedTuple):
            x: int


        def f():
            p = Point(1)
            return "<%s>" % p
        """,
        "tuple",
        unsafe=True,
    ),
    Declines(
        "values that Python 3.10 evaluates before it prints any",
        "def f(a: list, g):\n    return '%s %s' % (a, g())",
        "order",
        unsafe=True,
        target=(3, 10),
    ),
    Declines(
        "values of a dict, which are all evaluated before any is printed",
        "def f(a: list, g):\n    return '%(a)s %(b)s' % {'a': a, 'b': g()}",
        "order",
        unsafe=True,
    ),
    Declines("a name that is none", "def f(a: list):\n    return '{a-b}'.format(**{'a-b': a})", "invalid-template"),
]

WRAPPED: list[Case] = [
    Rewrites(
        "a message too long for a line goes between the brackets of its call",
        """
        def f(name, count: int):
            raise ValueError("the file %s holds too much: %d lines"
                             % (name, count))
        """,
        """
        def f(name, count: int):
            raise ValueError(
                f"the file {name!s} holds too much: "
                f"{count:d} lines"
            )
        """,
        calls=("f('a', 3)", "f((1,), True)"),
        line_length=48,
    ),
    Rewrites(
        "or into parentheses of its own",
        """
        def f(name, first, second):
            return "%s(%r, first=%r, second=%r)" % (
                name, first, second, [])
        """,
        """
        def f(name, first, second):
            return (
                f"{name!s}({first!r}, "
                f"first={second!r}, second={[]!r})"
            )
        """,
        calls=("f('a', 3, (1, 2))",),
        line_length=46,
    ),
    Rewrites(
        "an argument that starts its line goes on below itself",
        """
        def g(*values):
            return values


        def f(name_of_it, title):
            return g(
                "no entry for %s in the table of %s"
                % (name_of_it, title), title)
        """,
        """
        def g(*values):
            return values


        def f(name_of_it, title):
            return g(
                f"no entry for {name_of_it!s} in "
                f"the table of {title!s}", title)
        """,
        calls=("f('a', 3)", "f((), ())"),
        line_length=50,
    ),
    Rewrites(
        "and so does one behind another",
        """
        def g(*values):
            return values


        def f(name_of_it, title):
            return g(title, "Entry(%r, %s)" %
                     (name_of_it, repr(title)))
        """,
        """
        def g(*values):
            return values


        def f(name_of_it, title):
            return g(title, f"Entry({name_of_it!r}, "
                            f"{title!r})")
        """,
        calls=("f('a', 3)", "f((), ())"),
        line_length=50,
    ),
    Rewrites(
        "a newline in the text ends a line",
        r"""
        def f(one):
            return "[name] {0.real}\n[long description] {0.imag}\n".format(
                one)
        """,
        r"""
        def f(one):
            return (
                f"[name] {one.real}\n"
                f"[long description] {one.imag}\n"
            )
        """,
        calls=("f(3)",),
        line_length=50,
    ),
    Rewrites(
        "the author's lines, the words that one has no room for pushed to the next",
        """
        def f(name_of_it: str, args):
            return ("%s: the arguments are not valid names: "
                    "that is what they are: %r" % (name_of_it, args))
        """,
        """
        def f(name_of_it: str, args):
            return (f"{name_of_it}: the arguments are not valid "
                    f"names: that is what they are: {args!r}")
        """,
        calls=("f('a', ())",),
        line_length=58,
    ),
    Rewrites(
        "the author's lines with the spaces at their start",
        """
        def f(name_of_it: str, args):
            return ("%s: the arguments are not valid names:"
                    " that is what they are: %r" % (name_of_it, args))
        """,
        """
        def f(name_of_it: str, args):
            return (f"{name_of_it}: the arguments are not valid"
                    f" names: that is what they are: {args!r}")
        """,
        calls=("f('a', ())",),
        line_length=58,
    ),
    Rewrites(
        "one line more than the author's, and all filled evenly",
        """
        def f(name_of_it: str, other_name: str, args):
            return ("%s and %s are no valid names: "
                    "the value they have is %r."
                    % (name_of_it, other_name, args))
        """,
        """
        def f(name_of_it: str, other_name: str, args):
            return (f"{name_of_it} and {other_name} "
                    "are no valid names: "
                    f"the value they have is {args!r}.")
        """,
        calls=("f('a', 'b', ())",),
        line_length=50,
    ),
    Rewrites(
        "no escape sequence is divided",
        r"""
        def g(text):
            return text


        def f(name, title):
            return g("one two\N{EM DASH}three\\ \\\\ \x41 %s four"
                     % (name,))
        """,
        r"""
        def g(text):
            return text


        def f(name, title):
            return g(
                "one two\N{EM DASH}three\\ "
                f"\\\\ \x41 {name!s} four"
            )
        """,
        calls=("f(1, 2)",),
        line_length=50,
    ),
    declines(
        "nothing but fields and spaces on a line",
        "too-long",
        "a_long_name, other",
        '"{} {}".format(\n        a_long_name.real.real.real, a_long_name.imag.imag.imag)',
        line_length=50,
    ),
    declines(
        "more than four lines",
        "too-long",
        "word",
        '"one two three %s four five six seven eight nine ten eleven twelve thirteen" % (\n        word,)',
        line_length=28,
    ),
    declines(
        "an element of a list, where a line that goes on looks like another element",
        "too-long",
        "word",
        '[word, "one two three four five six %s" % (\n        word.real.real.real,), word]',
        line_length=50,
    ),
    declines(
        "no space to break at",
        "too-long",
        "word",
        '"<one-two-three-four-five-six>%s" % (\n        word.real.real.real,)',
        line_length=44,
    ),
    Rewrites(
        "a template whose value is one too",
        "def f(a):\n    return '[%s]' % ('<%s>' % (a,))",
        "def f(a):\n    return '[%s]' % f'<{a!s}>'",
        ("f(1)", "f((1, 2))"),
    ),
]

CALLED: list[Case] = [
    Rewrites(
        "what every call of a function inside another passes",
        """
        def f(names: list[str]):
            def shown(name):
                return "<%s>" % name
            return [shown("a"), shown(name=names[0])]
        """,
        """
        def f(names: list[str]):
            def shown(name):
                return f"<{name}>"
            return [shown("a"), shown(name=names[0])]
        """,
        calls=("f(['b'])",),
    ),
    Rewrites(
        "what every call of a private method passes",
        """
        class Page:
            def _tag(self, depth):
                return "<h%d>" % depth
            def show(self, depth: int):
                return self._tag(depth) + self._tag(2)
        """,
        """
        class Page:
            def _tag(self, depth):
                return f"<h{depth:d}>"
            def show(self, depth: int):
                return self._tag(depth) + self._tag(2)
        """,
        calls=("Page().show(1)", "Page().show(True)"),
    ),
    Rewrites(
        "a class that no tuple can be of",
        """
        class Table(dict):
            def __str__(self):
                return "table"
            def show(self):
                return "<%s>" % self
        """,
        """
        class Table(dict):
            def __str__(self):
                return "table"
            def show(self):
                return f"<{self!s}>"
        """,
        calls=("Table(a=1).show()",),
    ),
    *(
        Declines(name, f"def _shown(x):\n    return '<%s>' % x\n\n\n{calls}\n", "tuple", unsafe=True)
        for name, calls in [
            ("one that is handed what is not known", "def f(y):\n    return _shown('a') + _shown(y)"),
            ("one that is handed on", "def f(y):\n    return _shown('a') + '/'.join(map(_shown, y))"),
            ("one that another name stands for", "shown = _shown\ndef f(y):\n    return _shown('a') + shown(y)"),
            ("one that is wrapped", "def f(y):\n    return _shown('a')\n_shown = wrap(_shown)"),
            ("one found by its name", "def f(y, k):\n    return _shown('a') + globals()['_' + k](y)"),
            ("one that is exported", "__all__ = ['_shown']\ndef f(y):\n    return _shown('a')"),
            ("one called with stars", "def f(y):\n    return _shown('a') + _shown(*y)"),
            ("a subclass of tuple among what it is handed", "class T(tuple): pass\ndef f(y):\n    return _shown('a') + _shown(T())"),
        ]
    ),
    Declines(
        "a class that may be mixed into a named tuple",
        "class Mixin:\n    def show(self):\n        return '<%s>' % self\n",
        "tuple",
        unsafe=True,
    ),
    Declines(
        "a method that a base from elsewhere may call",
        """
        from elsewhere import Base


        class Page(Base):
            def _tag(self, x):
                return "<%s>" % x
            def show(self):
                return self._tag("a")
        """,
        "tuple",
        unsafe=True,
    ),
    Declines(
        "a method found by a name that is put together",
        """
        class Page:
            def _tag(self, x):
                return "<%s>" % x
            def show(self, kind, y):
                return self._tag("a") + getattr(self, "_" + kind)(y)
        """,
        "tuple",
        unsafe=True,
    ),
]

IGNORED: list[Case] = [
    Ignores("a template with a name, which may be used twice", 'T = "%s {}"\n\n\ndef f(x):\n    return T % x, T.format(x)\n'),
    Ignores("bytes", "def f(x):\n    return b'%s' % x\n"),
    Ignores("an f-string (pyupgrade#329)", "def f(x):\n    return f'{x} {{0}}'.format('bar'), f'{x}' % x\n"),
    Ignores("an f-string among the literals", "def f(x):\n    return (f'{x} ' '{}').format(x)\n"),
    Ignores("a remainder", "def f(x):\n    return 7 % x, x % '%s'\n"),
    Ignores("the method, not called", "def f(xs):\n    return [*map('{}'.format, xs)]\n"),
    Ignores("format_map", "def f(d):\n    return '{a}'.format_map(d)\n"),
    Ignores("a product that is a template", "def f(x):\n    return ('%s' * 2) % x\n"),
    Ignores("the words in a comment and in a string", "# '%s' % x\nTEXT = \"'{}'.format(x)\"\n"),
    Ignores("lazy logging", "def f(log, x):\n    log.info('%s', x)\n"),
]

CASES: list[Case] = [*PERCENT, *FORMAT, *LINES, *WRAPPED, *CALLED, *DECLINED, *IGNORED]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_format_string(case: Case) -> None:
    check(case, "format-string")


BOTH = ("format-string", "string-concat")

TOGETHER = [
    ('"a" + "%s" % b', 'f"a{b}"'),
    ('"a" + "{}".format(x) + b', 'f"a{x}{b}"'),
    ('"%s/" % b + b', 'f"{b}/{b}"'),
    ('"<%s>" % (b + "x")', '"<%s>" % f"{b}x"'),
    ('"<{}>".format("x" + b)', '"<{}>".format(f"x{b}")'),
    ('"%s: " % (x,) + "%.1f" % r', 'f"{x!s}: {r:.1f}"'),
    ('"(" + ", ".join("%s." % (b,) for b in xs) + ")"', '"(" + ", ".join(f"{b!s}." for b in xs) + ")"'),
]


@pytest.mark.parametrize(("before", "after"), TOGETHER)
def test_it_comes_to_an_end_with_string_concat(before: str, after: str) -> None:
    """Whichever rule goes first, and none undoes what the other did."""
    head = "def f(b: str, r: float, x, xs):\n    return "
    settings = Settings(BOTH)
    outcome = process(f"{head}{before}\n".encode(), settings)
    assert isinstance(outcome, Fixed)
    assert not outcome.defects
    assert outcome.after.decode() == f"{head}{after}\n"
    assert not isinstance(process(outcome.after, settings), Fixed)
