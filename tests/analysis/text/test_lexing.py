"""Comments and strings, the same on every Python."""

from __future__ import annotations

import io
import sys
import sysconfig
import tokenize
from pathlib import Path

import pytest

from codemods.analysis.text.comments import comments
from codemods.analysis.text.lexing import Comment, String, scan


def found(text: str) -> list[str]:
    """What the scanner sees, as text."""
    return [one.text if isinstance(one, Comment) else text[one.start : one.end] for one in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1  # why\n", ["# why"]),
        ("# a\r\n#b\r#c\x0c d\n", ["# a", "#b", "#c\x0c d"]),
        ("'#' \"#\" # '", ["'#'", '"#"', "# '"]),
        (r"'\'' '\\' # x", [r"'\''", r"'\\'", "# x"]),
        (r"r'\' # no' # x", [r"r'\' # no'", "# x"]),
        ("'''a\n'# b\n''' # c", ["'''a\n'# b\n'''", "# c"]),
        ('""" "" \\""" "" """ # c', ['""" "" \\""" "" """', "# c"]),
        ("'a\\\nb' 'a\\\r\nb' # c", ["'a\\\nb'", "'a\\\r\nb'", "# c"]),
        ("'unterminated\n# c", ["'unterminated", "# c"]),
        ("'''unterminated\n# c", ["'''unterminated\n# c"]),
        ('b"" Rb"" rB"" u"" BR"" fr"" Rf"" F""', ['b""', 'Rb""', 'rB""', 'u""', 'BR""', 'fr""', 'Rf""', 'F""']),
        # No prefixes: the word is a keyword or ends in other letters.
        ('if"a" or"b" in"c" not in"d"', ['"a"', '"b"', '"c"', '"d"']),
        ('f"{a}" # c', ['f"{a}"', "# c"]),
        ("f'{x[\"a\"]}' # c", ["f'{x[\"a\"]}'", "# c"]),
        ('f"{x["a"]}" # c', ['f"{x["a"]}"', "# c"]),
        ("f\"{'#'}\" # c", ["f\"{'#'}\"", "# c"]),
        ('f"{{#}}" # c', ['f"{{#}}"', "# c"]),
        ('f"{x:#x}" # c', ['f"{x:#x}"', "# c"]),
        ('f"{x:\'>{width}}" # c', ['f"{x:\'>{width}}"', "# c"]),
        ('f"{x!r:{w}.{p}}{y}" # c', ['f"{x!r:{w}.{p}}{y}"', "# c"]),
        ('f"{x != 3}{y=}{z = !s}" # c', ['f"{x != 3}{y=}{z = !s}"', "# c"]),
        ('f"{ {1: 2}[1] }" # c', ['f"{ {1: 2}[1] }"', "# c"]),
        ("f\"{(lambda: '}')()}\" # c", ["f\"{(lambda: '}')()}\"", "# c"]),
        ('f"\\N{BULLET}{x}" # c', ['f"\\N{BULLET}{x}"', "# c"]),
        ('rf"\\N{x}" # c', ['rf"\\N{x}"', "# c"]),
        ('f"\\{x}\\"" # c', ['f"\\{x}\\""', "# c"]),
        ('f"{x:\\"}" # c', ['f"{x:\\"}"', "# c"]),
        ("f'''{\nx # in\n}''' # c", ["f'''{\nx # in\n}'''", "# c"]),
        ("f'{\nx\n}' # c", ["f'{\nx\n}'", "# c"]),
        ("f'''a'b''c\n{x:\n}''' # c", ["f'''a'b''c\n{x:\n}'''", "# c"]),
        ('f"{f"{f"{1}"}"}" # c', ['f"{f"{f"{1}"}"}"', "# c"]),
        ('f"a\n# c', ['f"a', "# c"]),
        ('f"{a', ['f"{a']),
        ('f"{a:b', ['f"{a:b']),
        ('f"{a!r', ['f"{a!r']),
        ('f"\\N{', ['f"\\N{']),
        ('f"\\', ['f"\\']),
        ("", []),
    ],
)
def test_what_is_seen(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_fields() -> None:
    text = "rf'{a!r:{b}}{ {c: 1}[\"d\"] = }' 'plain {x}'"
    first, second = scan(text)
    assert isinstance(first, String)
    assert isinstance(second, String)
    assert [text[field.start : field.end] for field in first.fields] == ["a", "b", ' {c: 1}["d"] = ']
    assert (first.prefix, first.quote, first.formatted) == ("rf", "'", True)
    assert [text[string.start : string.end] for string in first.fields[2].strings] == ['"d"']
    assert (second.fields, second.formatted) == ((), False)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('f"{x} {{y}}"', ["x"]),
        ('f"{x:>3} {{y}}"', ["x"]),
        ('f"{x!r} {{y}}"', ["x"]),
        ('f"{x!r:>3} {{y}}"', ["x"]),
        ('f"{x:{{y}}}"', ["x", "{y}"]),
        ('f"{x!r:{y}}{z}"', ["x", "y", "z"]),
        ('f"\\{x}"', ["x"]),
        ('rf"\\{x}"', ["x"]),
        ('f"{a)b}"', ["a)b"]),
    ],
)
def test_where_fields_end(text: str, fields: list[str]) -> None:
    (string,) = scan(text)
    assert isinstance(string, String)
    assert [text[field.start : field.end] for field in string.fields] == fields


def test_comments_inside_fields_are_comments() -> None:
    text = "f'''{\na # one\n + f\"\"\"{b # two\n}\"\"\" # three\n}''' # four"
    assert [one.text for one in comments(text)] == ["# one", "# two", "# three", "# four"]
    assert [one.in_field for one in comments(text)] == [True, True, True, False]
    assert [text[one.start :].startswith(one.text) for one in comments(text)] == [True] * 4


def by_tokenize(text: str) -> list[tuple[str, str]]:
    """The comments and the starts of strings as the standard library sees them."""
    kinds = {tokenize.COMMENT: "comment", tokenize.STRING: "string", getattr(tokenize, "FSTRING_START", -1): "string"}
    seen: list[tuple[str, str]] = []
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
        if token.type == getattr(tokenize, "FSTRING_END", -1):
            depth -= 1
        if token.type in kinds and not depth:
            seen.append((kinds[token.type], token.string if kinds[token.type] == "comment" else f"{token.start[0]}:{token.start[1]}"))
        if token.type == getattr(tokenize, "FSTRING_START", -1):
            depth += 1
    return seen


def by_us(text: str) -> list[tuple[str, str]]:
    seen: list[tuple[str, str]] = []
    for one in scan(text):
        line = text.count("\n", 0, one.start) + 1
        column = one.start - (text.rfind("\n", 0, one.start) + 1)
        seen.append(("comment", one.text) if isinstance(one, Comment) else ("string", f"{line}:{column}"))
    return seen


def test_the_standard_library_is_read_as_tokenize_reads_it() -> None:
    folder = Path(sysconfig.get_paths()["stdlib"])
    files = sorted(path for name in ("", "asyncio", "test", "email", "json") for path in (folder / name).glob("*.py"))
    compared = 0
    for path in {*files[:: 1 if len(files) < 60 else len(files) // 60], folder / "test" / "test_fstring.py"}:
        if not path.exists():
            continue
        try:
            text = path.read_text("utf-8")
            expected = by_tokenize(text)
        except (UnicodeDecodeError, SyntaxError, tokenize.TokenError, IndentationError):
            continue
        if "\r" in text:
            continue
        assert by_us(text) == expected, path
        compared += 1
    assert compared > 30


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the text needs Python 3.12 to be read by tokenize")
def test_nested_f_strings_are_read_as_tokenize_reads_them() -> None:
    text = 'x = f"{d["a"]:{w["b"]}}" # c\ny = f"{f"{1:{2}}" + f\'{3}\'}" "z"\n'
    assert by_us(text) == by_tokenize(text)
