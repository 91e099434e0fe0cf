"""Characters as lines and columns, at the ends of lines and files."""

from __future__ import annotations

import pytest

from codemods.report.places import Places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [(1, 1)]),
        ("ab", [(1, 1), (1, 2), (1, 3)]),
        ("a\n", [(1, 1), (1, 2), (2, 1)]),
        ("a\r\nb", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]),
        ("a\rb\n\nc", [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2)]),
        ("\u2028é🎉\n", [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]),
    ],
)
def test_every_place_of_a_text(text: str, places: list[tuple[int, int]]) -> None:
    assert [Places(text).of(offset) for offset in range(len(text) + 1)] == places
