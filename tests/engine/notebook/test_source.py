"""Where a cell's text stands in the file: an edit of the one is an edit of the other, and of nothing beside it."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from codemods.engine.notebook.source import NotRead, code_cells
from codemods.engine.splice import spliced
from codemods.model.outcome import Edit
from tests.engine.notebook.books import book, cell

LINES = ["a = 1\n", "b = 'é\U0001f600\"\\\\'\n", "\n", '\tc\u2028 = """\n', "x\r\n", '\x0b"""\n', "end"]


def edited(data: bytes, edit: Edit) -> bytes:
    text = data.decode()
    (one,) = code_cells(text)
    return spliced(text, [one.edit(edit)]).encode()


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("as_lines", [True, False])
def test_any_edit_of_a_cell(indent: int | None, ascii_only: bool, as_lines: bool) -> None:
    """What comes out is what Jupyter would have written for the new text: an element a line, escaped as the rest of the file is."""
    chance = random.Random(3)
    for _ in range(60):
        text = "".join(chance.choices(LINES, k=chance.randrange(1, 6)))
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 3, 30)))
        new = chance.choice(("", "x", "\n", "y\n", "é\nz", "1\n\n2\n", '"\\'))
        after = text[:start] + new + text[end:]
        before, expected = (
            book({**cell(""), "source": _split(one) if as_lines else one}, indent=indent, ascii_only=ascii_only) for one in (text, after)
        )
        result = edited(before, Edit(start, end, new, ("rule",)))
        if after:
            assert json.loads(result) == json.loads(expected)
        if len(_split(text)) > 1 and after and not (text.isascii() and ascii_only):
            assert result == expected


def _split(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([text.split("\n")[-1]] if text.split("\n")[-1] else [])


def test_lines_that_are_cut_elsewhere_stay_so() -> None:
    data = book({**cell(""), "source": ["a", "b = 1\n", "", "c", " = 2\n", "d"]})
    result = edited(data, Edit(1, 2, "z", ()))
    assert json.loads(result)["cells"][0]["source"] == ["a", "z = 1\n", "", "c", " = 2\n", "d"]


def test_only_code_cells_are_read_and_numbered_among_all() -> None:
    text = book(
        {"cell_type": "markdown", "metadata": {}, "source": ["# x"]}, "a", {"cell_type": "raw", "metadata": {}, "source": "r"}, "b"
    ).decode()
    assert [(one.number, one.source) for one in code_cells(text)] == [(2, "a"), (4, "b")]


def test_names_come_in_any_order_and_text_looks_like_keys() -> None:
    data = b'{"nbformat":4,"metadata":{"cells":[1]},"cells":[{"source":"\\"source\\": [1]","outputs":[{"text":["x"]}],"cell_type":"code"}],"nbformat_minor":2}'
    (one,) = code_cells(data.decode())
    assert one.source == '"source": [1]'
    assert data[one.starts[0] : one.ends[-1]] == b'\\"source\\": [1]'


@pytest.mark.parametrize(
    ("data", "line", "cause", "asks"),
    [
        ("", 1, "is not JSON: a notebook is an object", False),
        ("[]", 1, "is not JSON: a notebook is an object", False),
        ("{}", 0, "another format", False),
        ('{"cells": [}\n', 1, "is not JSON", False),
        ('{\n"cells": [],\n"nbformat" 4}', 3, "a name and a colon", False),
        ('{"cells": [], "nbformat": 4} x', 0, "behind its end", False),
        ('{"cells": [], "nbformat": 4, "cells": []}', 1, "names `cells` twice", False),
        ('{"cells": [{"cell_type": "code"}], "nbformat": 4}', 0, "holds no code", False),
        ('{"cells": ["x"], "nbformat": 4}', 0, "holds no code", False),
        ('{"cells": [{"cell_type": "code", "source": ["a", 1]}], "nbformat": 4}', 0, "something else than text", False),
        ('{"worksheets": [], "nbformat": 3}', 0, "another format than 4", True),
        ('{"cells": [], "nbformat": 5}', 0, "format 5", True),
        ('{"cells": [], "nbformat": 4, "metadata": {"kernelspec": {"language": "R"}}}', 0, "for r", True),
        ('{"cells": [], "nbformat": 4, "metadata": {"kernelspec": {"name": "SageMath-9", "language": "python"}}}', 0, "for sage", True),
        ("[" * 100_000, 1, "is not JSON", False),
        ('{"a": ' + "[" * 100_000, 0, "nested too deeply", False),
    ],
)
def test_what_is_no_notebook_of_ours(data: str, line: int, cause: str, asks: bool) -> None:
    with pytest.raises(NotRead) as caught:
        code_cells(data)
    assert (caught.value.line, caught.value.asks) == (line, asks)
    assert cause in caught.value.cause


@pytest.mark.parametrize(
    "metadata", [{}, {"language_info": {"name": "python"}}, {"kernelspec": {"name": "x", "language": "Python"}}, None, 7]
)
def test_what_says_python_or_nothing_is_read(metadata: Any) -> None:
    text = json.dumps({"cells": [cell("x")], "metadata": metadata, "nbformat": 4})
    assert [one.source for one in code_cells(text)] == ["x"]
