"""Edits into a text, and positions back."""

from __future__ import annotations

import itertools
import random

import pytest

from codemods.engine.splice import Spliced, fitted, narrowed, spliced
from codemods.model.outcome import Edit


def edit(start: int, end: int, text: str, *rules: str) -> Edit:
    return Edit(start, end, text, rules or ("r",))


def test_edits_are_put_in() -> None:
    assert spliced("abcdef", [edit(0, 1, "X"), edit(2, 2, "-"), edit(4, 6, "")]) == "Xb-cd"
    assert spliced("abc", []) == "abc"


@pytest.mark.parametrize(
    ("text", "old", "new", "result"),
    [
        ('return"a"+b', '"a"+b', 'f"a{b}"', 'return f"a{b}"'),
        ("k in(d.keys())", "d.keys()", "d", "k in(d)"),
        ("k in d.keys()and x", "d.keys()", "d", "k in d and x"),
        ("not'a'in'b'", "'b'", "b", "not'a'in b"),
        ("x if'a'else'b'", "'a'", "ä", "x if ä else'b'"),
        ("[a,b]", "a", "c", "[c,b]"),
        ("1if a else 2", "a", "b", "1if b else 2"),
        ("return'a'", "'a'", "(a)", "return(a)"),
        ("a", "a", "b", "b"),
        ("return a", "a", "", "return "),
    ],
)
def test_words_do_not_grow_together(text: str, old: str, new: str, result: str) -> None:
    start = text.index(old)
    end = start + len(old)
    assert spliced(text, [edit(start, end, fitted(text, start, end, new))]) == result


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same\n", "same\n", []),
        ("for i in range(len(xs)):\n    f(xs[i])\n", "for x in xs:\n    f(x)\n", [("i in range(len(xs))", "x in xs"), ("xs[i]", "x")]),
        ("a\nb\nc", "a\nB\nc", [("b", "B")]),
        ("a\nc", "a\nb\nc", [("", "b\n")]),
        ("a\nb\nc", "a\nc", [("b\n", "")]),
        ("a\r\nb\r\n", "a\r\nc\r\n", [("b", "c")]),
        ("a\r\n", "a\n", [("\r\n", "\n")]),
        ("keys", "key", [("keys", "key")]),
        ("f(keys)", "f(key)", [("keys", "key")]),
        ("aa", "aaa", [("aa", "aaa")]),
        ("x(aa)", "x(aa)(aa)", [("", "(aa)")]),
    ],
)
def test_edits_are_narrowed_to_what_changes(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    text = f"before\n{old}after"
    wide = edit(7, 7 + len(old), new)
    small = narrowed(text, wide)
    assert spliced(text, small) == spliced(text, [wide])
    assert [(text[one.start : one.end], one.text) for one in small] == expected


def test_fragments_too_long_to_compare_are_still_trimmed() -> None:
    old = "".join(f"{number}\n" for number in range(5000))
    small = narrowed(old, edit(0, len(old), old.replace("\n77\n", "\nx\n")))
    assert [(old[one.start : one.end], one.text) for one in small] == [("77", "x")]


def test_positions_go_back() -> None:
    # original: abcdefgh -> abXYZefh
    now = Spliced("abcdefgh", "abcdefgh").apply([edit(2, 4, "XYZ"), edit(6, 7, "")])
    assert now.text == "abXYZefh"
    assert [now.to_original(at) for at in range(9)] == [0, 1, 2, 2, 2, 4, 5, 7, 8]
    assert [now.to_original(at, end=True) for at in range(9)] == [0, 1, 2, 4, 4, 4, 5, 6, 8]


def test_edits_that_touch_earlier_ones_are_joined() -> None:
    now = Spliced("abcdefgh", "abcdefgh").apply([edit(2, 4, "XYZ", "one")])
    now = now.apply([edit(3, 4, "-", "two")])
    assert (now.text, now.edits) == ("abX-Zefgh", (edit(2, 4, "X-Z", "one", "two"),))
    now = now.apply([edit(5, 7, "", "three"), edit(9, 9, "!", "one")])
    assert now.text == "abX-Zgh!"
    assert now.edits == (edit(2, 6, "X-Z", "one", "three", "two"), edit(8, 8, "!", "one"))
    now = now.apply([edit(0, 8, "")])
    assert (now.text, now.edits) == ("", (edit(0, 8, "", "one", "r", "three", "two"),))


def test_edits_of_one_pass_stay_apart() -> None:
    now = Spliced("abcd", "abcd").apply([edit(0, 1, "A"), edit(1, 2, "B"), edit(2, 2, "-")])
    assert now.edits == (edit(0, 1, "A"), edit(1, 2, "B"), edit(2, 2, "-"))


def random_edits(rnd: random.Random, length: int) -> list[Edit]:
    cuts = sorted(rnd.randint(0, length) for _ in range(2 * rnd.randint(0, 4)))
    words = ("".join(rnd.choice("XYZ") for _ in range(rnd.randint(0, 4))) for _ in cuts)
    edits = [edit(start, end, word) for start, end, word in zip(cuts[::2], cuts[1::2], words, strict=False)]
    # No two insertions at one place: which of them comes first would be anybody's guess.
    return [one for index, one in enumerate(edits) if not index or edits[index - 1].end < one.start]


def test_composed_edits_lead_from_the_original_to_the_text() -> None:
    rnd = random.Random(7)
    for _ in range(2000):
        original = "".join(rnd.choice("abcdef") for _ in range(rnd.randint(0, 30)))
        now = Spliced(original, original)
        for _ in range(rnd.randint(1, 5)):
            edits = random_edits(rnd, len(now.text))
            expected = spliced(now.text, edits)
            now = now.apply(edits)
            assert now.text == expected
            assert spliced(original, now.edits) == expected
            assert all(first.end <= second.start for first, second in itertools.pairwise(now.edits))
            for at in range(len(now.text) + 1):
                back, back_end = now.to_original(at), now.to_original(at, end=True)
                assert 0 <= back <= len(original)
                assert back == len(original) or back >= (now.to_original(at - 1) if at else 0)
                inside = any(one.start <= back < one.end for one in now.edits)
                if at < len(now.text) and now.text[at] in "abcdef" and not inside:
                    assert original[back] == now.text[at]
                if at and now.text[at - 1] in "abcdef" and not any(one.start < back_end <= one.end for one in now.edits):
                    assert original[back_end - 1] == now.text[at - 1]
