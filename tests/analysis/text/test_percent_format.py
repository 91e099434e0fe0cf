"""What `%` prints, and what the field we put in its place prints."""

from __future__ import annotations

import itertools
import math

import pytest

from codemods.analysis.text.percent_format import Specifier, split_template
from codemods.analysis.types.vocabulary import BOOL, FLOAT, INT, STR, Type

INTEGERS = [0, 1, -1, 255, -255, 10**20, True, False]
FLOATS = [0.0, -0.0, 1.5, -2.25, 1e300, 1e-7, 123456789.123, math.inf, -math.inf, math.nan]
FLAGS = ["", "-", "0", "+", " ", "#", "-0", "0-", "+0", "- ", "#0", "+-"]


def printed(specifier: Specifier, kind: Type | None, value: object) -> str | None:
    field = specifier.field(kind)
    if field is None:
        return None
    conversion, spec = field
    if conversion:
        value = {"s": str, "r": repr, "a": ascii}[conversion](value)
    return format(value, spec)


def test_signs_that_say_nothing_are_left_out() -> None:
    assert one("%-d").field(INT) == ("", "d")
    assert one("%f").field(None) is None
    assert list(split_template("a%sb")) == ["a", Specifier("", "", "", "s"), "b"]


def one(template: str) -> Specifier:
    (specifier,) = split_template(template)
    assert isinstance(specifier, Specifier)
    return specifier


@pytest.mark.parametrize("letter", "diuxXoeEfFgG")
def test_numbers_print_the_same(letter: str) -> None:
    compared = 0
    for flags, width, precision in itertools.product(FLAGS, ["", "1", "8"], ["", ".", ".0", ".3"]):
        template = f"%{flags}{width}{precision}{letter}"
        for value, kind in [*((value, INT) for value in INTEGERS), *((value, FLOAT) for value in FLOATS)]:
            got = printed(one(template), kind, value)
            if got is not None:
                assert got == template % value, (template, value)
                compared += 1
    assert compared > 100


@pytest.mark.parametrize("letter", "sra")
def test_texts_print_the_same(letter: str) -> None:
    for flags, width, precision in itertools.product(FLAGS, ["", "8"], ["", ".", ".2"]):
        template = f"%{flags}{width}{precision}{letter}"
        for value, kind in [("abc", STR), ("é'", STR), (3, INT), (True, BOOL), ([1], Type("list")), (object, None)]:
            got = printed(one(template), kind, value)
            assert got is None or got == template % (value,), (template, value)
            assert got is not None or flags not in ("", "-")


def test_what_can_differ_is_refused() -> None:
    assert one("%d").field(FLOAT) is None
    assert one("%d").field(None) is None
    assert one("%f").field(STR) is None
    assert one("%.2d").field(INT) is None
    assert one("%s").field(None) == ("s", "")
    assert one("%s").field(STR) == ("", "")


@pytest.mark.parametrize("template", ["%", "%(a)s", "%*d", "%.*f", "%c", "%q", "%5%", "100 %, of", "%ld"])
def test_what_is_no_plain_specifier(template: str) -> None:
    with pytest.raises(ValueError, match="no plain"):
        list(split_template(template))


def test_a_template_in_pieces() -> None:
    text, first, middle, percent, last = split_template("a %s, %%%5.1f")
    assert (text, middle, percent) == ("a ", ", ", "%")
    assert (first, last) == (Specifier("", "", "", "s"), Specifier("", "5", ".1", "f"))


def test_names_of_values_are_read_where_they_are_wanted() -> None:
    assert list(split_template("a %(x y)5d%%", keyed=True)) == ["a ", Specifier("", "5", "", "d", "x y"), "%"]
    with pytest.raises(ValueError, match=r"`%\(x\)` is no plain specifier"):
        list(split_template("a %(x)d"))
    with pytest.raises(ValueError, match="is no plain specifier"):
        list(split_template("%(x)*d", keyed=True))
    with pytest.raises(ValueError, match="no plain percent sign"):
        list(split_template("%(x)%", keyed=True))
