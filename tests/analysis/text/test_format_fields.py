r"""Templates of `str.format`, as they are spelled."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.text.format_fields import Field, is_plain_name, reads_the_same, split_fields


def field(written: str) -> Field:
    (found,) = split_fields(written, raw=False)
    assert isinstance(found, Field)
    return found


@pytest.mark.parametrize(
    ("written", "name", "access", "conversion"),
    [
        ("{}", "", "", ""),
        ("{0}", "0", "", ""),
        ("{name!r}", "name", "", "r"),
        ("{0.real.imag}", "0", ".real.imag", ""),
        ("{[k]}", "", "['k']", ""),
        ("{a[0][k].b!s:>5}", "a", "[0]['k'].b", "s"),
        ("{0[-1]}", "0", "['-1']", ""),
        ("{0[a.b]}", "0", "['a.b']", ""),
        ("{0[a:b]}", "0", "['a:b']", ""),
    ],
)
def test_a_field_says_which_argument_and_what_of_it(written: str, name: str, access: str, conversion: str) -> None:
    found = field(written)
    assert (found.name, found.access, found.conversion) == (name, access, conversion)


def test_a_format_spec_may_hold_fields() -> None:
    spec = field("{:>{w}.{}f}").spec
    assert [part if isinstance(part, str) else part.name for part in spec] == [">", "w", ".", "", "f"]
    assert field("{:}").spec == ()


@pytest.mark.parametrize(
    ("body", "raw", "expected"),
    [
        ("a {{}} b", False, ["a {} b"]),
        ("{{{}}}", False, ["{", "", "}"]),
        (r"\N{EM DASH} {}", False, [r"\N{EM DASH} ", ""]),
        (r"\N{x}", True, [r"\N", "x"]),
        (r"\\{}", False, [r"\\", ""]),
        ("", False, []),
    ],
)
def test_text_and_fields_come_in_order(body: str, raw: bool, expected: list[str]) -> None:
    assert [part if isinstance(part, str) else part.name for part in split_fields(body, raw)] == expected


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "}",
        "{} }",
        "{!x}",
        "{.3f}",
        "{0.}",
        "{0[]}",
        "{0[a}",
        "{:{:{}}}",
        "{:{{}}}",
        "{:{a{b}c}}",
        "{:{a:b}}",
        r"{:\n}",
        "{a b}",
        "{0.class}",
        "{0.__x}",
        "{00}",
        "{0[it's]}",
        "{0[²]}",
    ],
)
def test_what_an_f_string_cannot_say_is_an_error(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(split_fields(body, raw=False))


@pytest.mark.parametrize(
    ("literal", "same"),
    [
        ("'{} {a!r:>5} {{'", True),
        (r"'\N{EM DASH} {x:{y}}'", True),
        (r"'\x7b\x7b {}'", False),
        (r"'\x7bx\x7d {}'", False),
        (r"'\N{LEFT CURLY BRACKET}\N{LEFT CURLY BRACKET} {}'", False),
        (r"r'\N{x} {}'", True),
    ],
)
def test_escapes_that_hide_braces_are_noticed(literal: str, same: bool) -> None:
    raw = literal.startswith("r")
    body = literal.removeprefix("r")[1:-1]
    assert reads_the_same(list(split_fields(body, raw)), ast.literal_eval(literal)) is same


def test_fields_divided_between_literals_are_noticed() -> None:
    assert not reads_the_same(["a"], "a{}")


def test_plain_names() -> None:
    assert [name for name in ("a", "_b", "__c__", "__d", "class", "ﬁ", "a b", "1", "é") if is_plain_name(name)] == ["a", "_b", "__c__", "é"]
