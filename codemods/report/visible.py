"""Names and source made harmless: nothing that a file holds or is called may move the cursor, colour the screen or pose as another text."""

from __future__ import annotations

import unicodedata

# Joiners are part of ordinary words and emoji, and act on nothing but their neighbours.
_HARMLESS = frozenset("\u200c\u200d")
_ACTIVE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_GIT_SHORT = {7: b"\\a", 8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r", 34: b'\\"', 92: b"\\\\"}
TAB = 4


def is_active(character: str) -> bool:
    """Whether a terminal acts on a character instead of showing it: controls, escapes, changes of direction, line separators."""
    if " " <= character <= "~":
        return False
    return character not in _HARMLESS and unicodedata.category(character) in _ACTIVE


def visible(text: str) -> str:
    """`text` on one line with every active character written as an escape. A byte that `os.fsdecode` could not decode is `\\xff`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(character) if is_active(character) else character for character in text)


def shown_source(line: str) -> str:
    """A line of source as it is put on a screen: tabs as spaces up to the next stop, active characters as pictures, one for one."""
    line = line.expandtabs(TAB)
    if line.isascii() and line.isprintable():
        return line
    return "".join(_picture(character) if is_active(character) else character for character in line)


def git_quoted(path: bytes) -> bytes:
    """A path as git writes it in a diff: quoted like a C string where a byte is special or beyond ASCII, else as it is."""
    if all(32 <= byte < 127 and byte not in b'"\\' for byte in path):
        return path
    written = (_GIT_SHORT[byte] if byte in _GIT_SHORT else bytes([byte]) if 32 <= byte < 127 else f"\\{byte:03o}".encode() for byte in path)
    return b'"' + b"".join(written) + b'"'


def _escaped(character: str) -> str:
    point = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _picture(character: str) -> str:
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    return "\u2421" if point == 0x7F else "\ufffd"
