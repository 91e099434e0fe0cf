r"""The inside of string literals: words, fields, and the same words between other quotes."""

from __future__ import annotations

import ast
import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from codemods.analysis.text.string_literals import Kept, Token, Words, between, double_braces, escapes_quote, requoted, runs_on, tokens


def read(text: str) -> list[Token]:
    return list(tokens(text, 0, len(text)))


def shown(text: str) -> list[str]:
    return [part.body if isinstance(part, Words) else f"<{part.text}>" for token in read(text) for part in token.parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"abc"', ["abc"]),
        ('""', []),
        (r'"a\"b"', [r"a\"b"]),
        ("\"a\" 'b'", ["a", "b"]),
        ('"a"  # one\n "b"', ["a", "b"]),
        ('f"a{x}b"', ["a", "<{x}>", "b"]),
        ('f"{x}{y}"', ["<{x}>", "<{y}>"]),
        ('f"{{{x}}}"', ["{", "<{x}>", "}"]),
        ('f"{x!r:>{w}}|"', ["<{x!r:>{w}}>", "|"]),
        ("f\"{d['a']}\"", ["<{d['a']}>"]),
        ("f\"{d['}']:}>5}\"", ["<{d['}']:}>", ">5}"]),
        (r'f"\N{EM DASH}{x}"', [r"\N{EM DASH}", "<{x}>"]),
        (r'rf"\N{x}"', [r"\N", "<{x}>"]),
        ('"{x}"', ["{x}"]),
        ('f"é🎉{x}𝒳"', ["é🎉", "<{x}>", "𝒳"]),
    ],
)
def test_a_literal_in_pieces(text: str, parts: list[str]) -> None:
    assert shown(text) == parts


def test_positions_are_those_of_the_file() -> None:
    text = "é = 'a' f'{x}'"
    first, second = tokens(text, 4, len(text))
    assert (text[first.start : first.end], text[second.start : second.end]) == ("'a'", "f'{x}'")
    assert isinstance(second.parts[0], Kept)
    assert second.parts[0].start == second.start


def words(body: str, quote: str = '"', raw: bool = False) -> Words:
    return Words(body, quote, raw, 0)


@pytest.mark.parametrize(
    ("body", "old", "new", "spelled"),
    [
        ("abc", '"', "'", "abc"),
        ("abc", '"', '"""', None),
        ("it's", '"', "'", None),
        ("it's", '"', '"', "it's"),
        (r"it\'s", "'", '"', "it's"),
        (r"it\'s", '"', "'", r"it\'s"),
        (r"\\'", '"', "'", None),
        (r"\\\'", "'", '"', r"\\'"),
        ('say "x"', "'", '"', None),
    ],
)
def test_words_between_other_quotes(body: str, old: str, new: str, spelled: str | None) -> None:
    assert between(words(body, old), new) == spelled


def test_a_raw_literal_keeps_its_backslashes() -> None:
    assert between(words(r"\'", "'", raw=True), "'") == r"\'"
    assert between(words(r"\'", "'", raw=True), '"') == r"\'"
    assert between(words(r"\d'", '"', raw=True), "'") is None


ALPHABET = ["a", "{", "}", "\\\\", "\\'", '\\"', "'", '"', "\\n", "\\N{EM DASH}", "\\x7b", "1"]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(ALPHABET), max_size=6).map("".join), st.sampled_from("'\""), st.sampled_from("'\""))
def test_the_value_stays_the_same(body: str, old: str, new: str) -> None:
    assume(not body.startswith(old))
    found = read(f"{old}{body}{old}")
    assume(len(found) == 1 and len(found[0].parts) == 1 and found[0].end == len(body) + 2)
    value = ast.literal_eval(f"{old}{body}{old}")
    spelled = between(words(body, old), new)
    if spelled is not None:
        assert ast.literal_eval(f"{new}{spelled}{new}") == value
    assert eval(f"f{old}{double_braces(body, raw=False)}{old}") == value


@pytest.mark.parametrize(
    ("body", "raw", "doubled"),
    [
        ("{x}", False, "{{x}}"),
        (r"\N{DASH}{", False, r"\N{DASH}{{"),
        (r"\\N{x}", False, r"\\N{{x}}"),
        (r"\N{x}", True, r"\N{{x}}"),
        (r"\{", False, r"\{{"),
    ],
)
def test_braces_are_doubled(body: str, raw: bool, doubled: str) -> None:
    assert double_braces(body, raw) == doubled


def test_an_escaped_quote_is_seen() -> None:
    assert escapes_quote(r"a\"b", '"')
    assert not escapes_quote(r"a\\", '"')
    assert not escapes_quote(r"a\'b", '"')


def test_octal_escapes_take_in_up_to_three_digits() -> None:
    for before, after in itertools.product(["\\1", "\\12", "\\123", "\\\\1", "\\\\\\1", "1", "\\x41"], ["1", "8", "a", ""]):
        whole = ast.literal_eval(f'"{before}{after}"')
        apart = ast.literal_eval(f'"{before}"') + ast.literal_eval(f'"{after}"')
        assert runs_on(before, after) == (whole != apart), (before, after)


@pytest.mark.parametrize(
    ("expression", "quote", "possible"),
    [
        ('d["k"]', '"', True),
        ("d['k']", '"', True),
        ('d["it\'s"]', '"', False),
        ("d['\"']", '"', False),
        (r'd["\""]', '"', False),
        (r'd["\n"]', '"', True),
        ('f"{x}"', '"', False),
        ('x + 1  # "', '"', False),
        ("x", '"', True),
        ('d["a"]["b"]', '"', True),
    ],
)
def test_whether_literals_can_change_their_quotes(expression: str, quote: str, possible: bool) -> None:
    assert requoted(expression, quote) == possible
