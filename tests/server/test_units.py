"""Characters to an editor's positions."""

from __future__ import annotations

import pytest
from lsprotocol import types

from codemods.model.outcome import Edit
from codemods.server.units import Places, holds, overlap

TEXT = "aé\U0001f600b\r\n\x0c\u2028c\rd\n"


def at(line: int, character: int) -> types.Position:
    return types.Position(line, character)


@pytest.mark.parametrize(
    ("encoding", "columns"), [("utf-8", [0, 1, 3, 7]), ("utf-16", [0, 1, 2, 4]), ("utf-32", [0, 1, 2, 3]), (None, [0, 1, 2, 4])]
)
def test_columns(encoding: str | None, columns: list[int]) -> None:
    places = Places(TEXT, encoding)
    assert [places.position(offset) for offset in range(4)] == [at(0, column) for column in columns]
    marked = Places(f"\ufeff{TEXT}", encoding)
    lead = {"utf-8": 3}.get(encoding or "", 1)
    assert [marked.position(offset) for offset in range(4)] == [at(0, column + lead) for column in columns]
    assert marked.position(6) == at(1, 0)


def test_lines_end_at_line_ends_only() -> None:
    places = Places(TEXT, "utf-16")
    assert [places.position(TEXT.index(one)) for one in "\x0c\u2028cd"] == [at(1, 0), at(1, 1), at(1, 2), at(2, 0)]
    assert places.edits([Edit(8, 10, "x\n", ("rule",))]) == [types.TextEdit(types.Range(at(1, 2), at(2, 0)), "x\n")]


def test_ranges_share_places() -> None:
    one = types.Range(at(1, 2), at(1, 5))
    assert overlap(one, types.Range(at(1, 5), at(2, 0)))
    assert overlap(one, types.Range(at(1, 3), at(1, 3)))
    assert not overlap(one, types.Range(at(1, 6), at(2, 0)))
    assert not overlap(one, types.Range(at(0, 0), at(1, 1)))
    assert holds(one, at(1, 2))
    assert holds(one, at(1, 5))
    assert not holds(one, at(1, 1))
