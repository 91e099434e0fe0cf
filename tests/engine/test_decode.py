"""Bytes to text and back."""

from __future__ import annotations

import codecs

import pytest

from codemods.engine.decode import Undecodable, decode

BOM = codecs.BOM_UTF8


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        (b"", "", "utf-8", False),
        ("x = 'é'\n".encode(), "x = 'é'\n", "utf-8", False),
        (BOM + b"x\n", "x\n", "utf-8", True),
        (BOM, "", "utf-8", True),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'é'\n", "iso8859-1", False),
        (b"#!python\n# vim: set fileencoding=cp1252 :\n'\x80'", "#!python\n# vim: set fileencoding=cp1252 :\n'€'", "cp1252", False),
        (b"\n# coding=cp1252\n'\x80'", "\n# coding=cp1252\n'€'", "cp1252", False),
        (b" \t\f\n\f# coding=cp1252\n'\x80'", " \t\f\n\f# coding=cp1252\n'€'", "cp1252", False),
        (b"# coding: latin-1\r'\xe9'\r", "# coding: latin-1\r'é'\r", "iso8859-1", False),
        (b"\r# coding: latin-1\r'\xe9'\r", "\r# coding: latin-1\r'é'\r", "iso8859-1", False),
        (b"# coding: latin-1\r\n'\xe9'\r\n", "# coding: latin-1\r\n'é'\r\n", "iso8859-1", False),
        (BOM + b"# coding: utf-8\nx\n", "# coding: utf-8\nx\n", "utf-8", True),
        (BOM + b"# coding: UTF8\nx\n", "# coding: UTF8\nx\n", "utf-8", True),
        (b"# coding: utf-8-sig\nx\n", "# coding: utf-8-sig\nx\n", "utf-8", False),
        (BOM + b"# coding: utf-8-sig\nx\n", "# coding: utf-8-sig\nx\n", "utf-8", True),
        # A cookie behind a line of code, or on the third line, is none.
        ("x = 1\n# coding: latin-1\n'é'".encode(), "x = 1\n# coding: latin-1\n'é'", "utf-8", False),
        ("\n\n# coding: latin-1\n'é'".encode(), "\n\n# coding: latin-1\n'é'", "utf-8", False),
        ("x = 1  # coding: latin-1\n'é'".encode(), "x = 1  # coding: latin-1\n'é'", "utf-8", False),
        (b"# coding: shift_jis\n'\x83e\x83X\x83g'\n", "# coding: shift_jis\n'テスト'\n", "shift_jis", False),
        (b"a\r\nb\rc\n\x0c\x0bd", "a\r\nb\rc\n\x0c\x0bd", "utf-8", False),
    ],
)
def test_there_and_back(data: bytes, text: str, encoding: str, bom: bool) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.bom) == (text, encoding, bom)
    assert decoded.encode(decoded.text) == data


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a\nb\n'\xe9'\n", 3, "is not utf-8"),
        (b"a\r'\xff'\r", 2, "is not utf-8"),
        (b"a\r\nb\0c", 2, "null byte"),
        (b"\xff\xfea\0", 1, "null byte"),
        (b"\n# coding: no-such-thing\n", 2, "unknown encoding `no-such-thing`"),
        (b"# coding: rot13\n", 1, "no text encoding"),
        (b"# coding: hex\n", 1, "no text encoding"),
        (BOM + b"# coding: latin-1\n", 1, "byte order mark"),
        (b"# coding: ascii\n'\xe9'\n", 0, "is not ascii"),
        (b"# coding: utf-16\nabc\n", 0, "utf-16"),
        # Two ways to write the same text: what was read could not be written back.
        (b"# coding: utf-7\n'+AGE-'\n", 0, "would not be the same bytes"),
        (b"# coding: iso-2022-jp\n'\x1b(B'\n", 0, "would not be the same bytes"),
        (b"# coding: undefined\n", 0, "undefined"),
        (b"# coding: idna\n'.a..'\n", 0, "idna"),
    ],
)
def test_what_cannot_be_read_or_written_back(data: bytes, line: int, words: str) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(data)
    assert words in caught.value.cause
    assert "\n" not in caught.value.cause
    assert caught.value.line == line


def test_a_character_that_the_encoding_lacks() -> None:
    with pytest.raises(UnicodeEncodeError):
        decode(b"# coding: latin-1\n").encode("€")
