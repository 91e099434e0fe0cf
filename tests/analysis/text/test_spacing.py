"""The gaps of a statement, each as the text with that gap alone changed."""

from __future__ import annotations

import pytest

from codemods.analysis.text.spacing import Spacing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x=1", ["x =1", "x= 1"]),
        ("x+=1", ["x +=1", "x+= 1"]),
        ("x = 1 ,", ["x = 1,"]),
        ("f(a)[1 :2]", []),
        ("a[0][1 :2]", []),
        ("'a'[1 :2]", []),
        ("a[1 :2]", []),
        ("{1 :2, 3: [4 ,5]}", ["{1:2, 3: [4 ,5]}", "{1 : 2, 3: [4 ,5]}", "{1 :2, 3: [4,5]}", "{1 :2, 3: [4 , 5]}"]),
        ("f(lambda: 1, k =1)", ["f(lambda: 1, k=1)"]),
        ("f(a =1)", ["f(a=1)"]),
        ("x)  ,y", []),
    ],
)
def test_the_gaps(text: str, expected: list[str]) -> None:
    assert [text[: gap.start] + gap.new + text[gap.end :] for gap in Spacing(text).gaps] == expected


def test_the_gaps_of_a_header() -> None:
    text = "def f(a: int=1, b = 2)->x(c = 3):"
    gaps = Spacing(text, header=True).gaps
    assert [text[: gap.start] + gap.new + text[gap.end :] for gap in gaps[:2]] == [
        "def f(a: int =1, b = 2)->x(c = 3):",
        "def f(a: int= 1, b = 2)->x(c = 3):",
    ]
    assert [gap.new for gap in gaps[2:]] == [""] * 4
