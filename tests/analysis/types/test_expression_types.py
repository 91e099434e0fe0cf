"""The types of expressions that need no look at variables."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

LITERALS = [
    ("'a'", "str"),
    ("b'a'", "bytes"),
    ("1", "int"),
    ("1.5", "float"),
    ("1j", "complex"),
    ("True", "bool"),
    ("None", "None"),
    ("...", "?"),
    ("'a' 'b'", "str"),
    ("f'{x}'", "str"),
    ("f'a'", "str"),
]

DISPLAYS = [
    ("[1, 2]", "list[int]"),
    ("[1, 'a']", "list[int | str]"),
    ("[1, x]", "list"),
    ("[]", "list"),
    ("[[1], ['a']]", "list[list[int | str]]"),
    ("[*'abc']", "list[str]"),
    ("[*x]", "list"),
    ("{1, 2}", "set[int]"),
    ("{1: 'a'}", "dict[int, str]"),
    ("{1: 'a', 'b': x}", "dict[int | str, ?]"),
    ("{}", "dict"),
    ("{**{1: 2}, 'a': 3}", "dict[int | str, int]"),
    ("{**x}", "dict"),
    ("(1, 'a')", "tuple[int, str]"),
    ("(1,)", "tuple[int]"),
    ("()", "tuple"),
    ("(1, *'ab')", "tuple[int | str, ...]"),
    ("[a for a in 'abc']", "list[str]"),
    ("{a for a in 'abc'}", "set[str]"),
    ("{a: 1 for a in 'abc'}", "dict[str, int]"),
    ("(a for a in 'abc')", "GeneratorType[str]"),
    ("[b for a in ['a'] for b in a.split()]", "list[str]"),
    ("[a for a, b in [(1, 'a')]]", "list[int]"),
    ("[b for a, b in {'a': 1}.items()]", "list[int]"),
    ("[x for a in 'abc']", "list"),
    ("[a async for a in x]", "list"),
    ("(a async for a in x)", "?"),
    ("(await a for a in x)", "?"),
    ("(a for a in x if await a)", "?"),
    ("(1 for a in x for b in await a)", "?"),
    ("(1 for a in await x)", "GeneratorType[int]"),
    ("([b async for b in a] for a in x)", "?"),
    ("(1 for a in x if not await a if a)", "?"),
]

OPERATORS = [
    ("'a' + 'b'", "str"),
    ("'a' + x", "?"),
    ("x + 'a'", "?"),
    ("'a' * 3", "str"),
    ("3 * 'a'", "str"),
    ("'a' * x", "?"),
    ("'%s' % x", "str"),
    ("b'%s' % x", "?"),
    ("b'%s' % 1", "bytes"),
    ("x % 1", "?"),
    ("1 + 2", "int"),
    ("1 + 2.0", "float"),
    ("1 + True", "int"),
    ("True + True", "int"),
    ("True & False", "bool"),
    ("True | 1", "int"),
    ("1 / 2", "float"),
    ("1 // 2", "int"),
    ("1.0 // 2", "float"),
    ("7 % 3", "int"),
    ("2 ** 3", "int"),
    ("2 ** -1", "float"),
    ("2 ** 0.5", "?"),
    ("2.0 ** 2", "float"),
    ("2j + 1", "complex"),
    ("1 << 2", "int"),
    ("1 @ 2", "?"),
    ("[1] + ['a']", "list[int | str]"),
    ("[1] + x", "?"),
    ("[1] * 2", "list[int]"),
    ("2 * [1]", "list[int]"),
    ("[1] + (2,)", "?"),
    ("(1,) + ('a',)", "tuple[int, str]"),
    ("(1,) * 2", "tuple[int, ...]"),
    ("{1} | {'a'}", "set[int | str]"),
    ("{1} & {2}", "set[int]"),
    ("{1} - {2}", "set[int]"),
    ("frozenset() | {1}", "frozenset[int]"),
    ("{1: 2} | {'a': 'b'}", "dict[int | str, int | str]"),
    ("{1: 2}.keys() & {1}", "set[int]"),
    ("b'a' + b'b'", "bytes"),
    ("-1", "int"),
    ("-True", "int"),
    ("~1", "int"),
    ("-1.5", "float"),
    ("-x", "?"),
    ("not x", "bool"),
    ("1 < 2", "bool"),
    ("1 < x", "?"),
    ("'a' == x", "?"),
    ("'a' == 'b'", "bool"),
    ("'a' == 1", "bool"),
    ("1 < 2 < 3", "bool"),
    ("1 < 2 < x", "?"),
    ("x is None", "bool"),
    ("x is not y", "bool"),
    ("x in y", "bool"),
    ("x not in y", "bool"),
    ("[1] == [2]", "bool"),
    ("[x] < [y]", "?"),
    ("1 if x else 2", "int"),
    ("1 if x else 'a'", "int | str"),
    ("1 if x else y", "?"),
    ("x or 1", "?"),
    ("None or 'a'", "str"),
    ("'' or 'a'", "str"),
    ("(x or 'a') or 'b'", "?"),
    ("x and 'a' or 1", "str | int"),
    ("x and (1 and 'a') or 'b'", "str"),
    ("(x or 'a') and 'b'", "str"),
    ("(x and 'a' or x) and 'b'", "?"),
    ("x and x or 'b'", "?"),
    ("x and None or 'b'", "str"),
    ("x or 'a' or 'b'", "?"),
    ("'a' and 1", "str | int"),
    ("None and 1", "None | int"),
    ("(y := 'a')", "str"),
]

SUBSCRIPTS = [
    ("'abc'[0]", "str"),
    ("'abc'[x]", "?"),
    ("'abc'[1:]", "str"),
    ("b'abc'[0]", "int"),
    ("b'abc'[:1]", "bytes"),
    ("['a', 'b'][0]", "str"),
    ("['a', 'b'][-1]", "str"),
    ("['a', 'b'][1:]", "list[str]"),
    ("['a'][x]", "?"),
    ("[1, 'a'][0]", "int | str"),
    ("(1, 'a')[0]", "int"),
    ("(1, 'a')[1]", "str"),
    ("(1, 'a')[-1]", "str"),
    ("(1, 'a')[2]", "?"),
    ("(1, 'a')[True]", "str"),
    ("(1, 'a')[len('a')]", "int | str"),
    ("(1, 'a')[:1]", "tuple[int | str, ...]"),
    ("{'a': 1}['a']", "int"),
    ("{'a': 1}[x]", "int"),
    ("{'a': [1]}['a'][0]", "int"),
    ("range(3)[0]", "int"),
    ("range(3)[1:]", "range"),
    ("x[0]", "?"),
    ("None[0]", "?"),
]


@pytest.mark.parametrize(("expression", "expected"), [*LITERALS, *DISPLAYS, *OPERATORS, *SUBSCRIPTS])
def test_an_expression(shown: Shown, expression: str, expected: str) -> None:
    assert shown(f"repr({expression})") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("repr(str.__name__)", "str"),
        ("class C: pass\nrepr(C.__name__)", "str"),
        ("class C: pass\nrepr(C().__class__)", "type[C]"),
        ("class C: pass\nrepr(C().__class__.__name__)", "str"),
        ("def f(x): repr(x.__class__.__name__); repr(x.__class__)", "str; type"),
        ("class P:\n    @property\n    def __class__(self): return y\ndef f(x): repr(x.__class__.__name__)", "?"),
        ("class M(type):\n    __name__ = 1\ndef f(x): repr(x.__class__.__name__)", "?"),
        ("def f(x): repr(x.__name__); repr(x.__class__.name)", "?; ?"),
        ("class C: pass\nrepr(type(C()).__name__)", "str"),
        ("def f(): pass\nrepr(f.__name__)", "str"),
        ("repr(type(x).__name__)", "str"),
        ("repr(lambda: 1)", "function"),
        ("async def f():\n    async def g() -> str: ...\n    repr(await g())", "str"),
        ("async def f(x): repr(await x)", "?"),
        ("def f():\n    x = yield 1\n    repr(x)", "?"),
    ],
)
def test_attributes_and_more(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_a_long_chain_of_operators_is_answered(shown: Shown) -> None:
    assert shown("repr(" + " + ".join(["'a'"] * 800) + ")") == "str"


def test_a_long_chain_of_calls_is_answered(shown: Shown) -> None:
    assert shown("repr('a'" + ".strip()" * 150 + ")") == "str"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("allow_no_value = 1\nd = [1]\nrepr(d[0]); repr('a'.upper())", "int; str"),
        ("repr((1 if x else None).real)", "int"),
        ("def f(): __name__ = 'a'\nrepr(x.__class__)", "type"),
        ("class C:\n    __class__ = 1\nrepr(x.__class__)", "?"),
        ("import os\nrepr({**os.environ})", "dict[str, str]"),
        ("from foo import Table\ndef f(x: Table[int, str]): repr({**x})", "dict"),
        ("class C: pass\nrepr(C.__class__); repr(C().__class__)", "?; type[C]"),
        ("class C: pass\nrepr(C.__name__); repr(C().__name__)", "str; ?"),
        ("from typing import Coroutine\nasync def f(x: Coroutine[int, int, str]): repr(await x)", "?"),
        ("async def g(): return 1\nasync def f(): repr(await g())", "int"),
    ],
)
def test_unpacked_asked_and_awaited(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
