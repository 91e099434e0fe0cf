"""What f-strings need Python 3.12 for: the same answer on every Python, and the right one by the parser of 3.11 where it runs."""

from __future__ import annotations

import ast
import sys

import pytest

from codemods.engine.formatted import faults

NEWER = [
    ('f"{d["a"]}"', "quotes"),
    ("f'{d['a']}'", "quotes"),
    ('f"{d[\'"\']}"', "quotes"),
    ('f"""{d["""a"""]}"""', "quotes"),
    ("f\"{'\\n'}\"", "backslash"),
    ("f'''{x\\\n}'''", "backslash"),
    ("rf\"{'\\n'}\"", "backslash"),
    ("f'''{\nx  # why\n}'''", "comment"),
    ("f'{\nx}'", "line break"),
    ("f'{x}{\ny}'", "line break"),
    ('f"{f\'{d["a"]}\'}"', "quotes"),
    ("f'{x:{d['a']}}'", "quotes"),
    ('f"{f\'{f"{1}"}\'}"', "quotes"),
    ("f'''{f\"{d['''a''']}\"}'''", "quotes"),
    ('"a" f"{d["a"]}" "b"', "quotes"),
]

OLD = [
    "f\"{d['a']}\"",
    "f'{d[\"a\"]}'",
    "f'''{d['a']}{d[\"a\"]}'''",
    "f'''{\nx\n}'''",
    "f\"{'#'}\"",
    'f"\\n{x}\\n"',
    "f'\\'{x}\\''",
    "f'{x:\\n}'",
    "f'{x!r:>{width}}'",
    "f'''{f\"{d['a']}\"}'''",
    "f'{f\"{1}\"}'",
    "f'{{\\n}}'",
    "f'{x:#x}'",
    "f'{x}' f\"{y}\"",
    "'{d['",
    "\"{d['a']}\\n\"",
    "f'\\N{BULLET}{x}'",
    "f''",
    "f'''{x}\n{y}'''",
    "f'a\\\n{x}'",
]


@pytest.mark.parametrize(("text", "words"), NEWER)
def test_what_is_newer(text: str, words: str) -> None:
    assert [words in fault for fault in faults(text)] == [True]


@pytest.mark.parametrize("text", OLD)
def test_what_is_not(text: str) -> None:
    assert list(faults(text)) == []


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="only the parser before 3.12 refuses them")
@pytest.mark.parametrize("text", [text for text, _ in NEWER])
def test_the_parser_before_agrees_on_what_is_newer(text: str) -> None:
    with pytest.raises(SyntaxError):
        ast.parse(f"({text})")


@pytest.mark.parametrize("text", [text for text in OLD if text != "'{d['"])
def test_every_parser_reads_the_old(text: str) -> None:
    ast.parse(f"({text})")


def test_each_string_counts() -> None:
    assert len(list(faults('f"{d["a"]}", x, f"{d["a"]}", f"{d}"'))) == 2
