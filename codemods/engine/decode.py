"""Bytes to text and back, byte for byte, by the rules of the language: byte order mark, encoding cookie (PEP 263), else UTF-8."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#.*)?\Z")
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


class Undecodable(ValueError):
    """The bytes are no text that Python would read, or not one that can be written back unchanged. `line` is 1-based, 0 for none."""

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(cause)
        self.line = line
        self.cause = cause


class Decoded(Struct, frozen=True):
    """The text of a file, line ends as they stand and without its byte order mark, and how it was encoded."""

    text: str
    encoding: str
    bom: bool

    def encode(self, text: str) -> bytes:
        """`text` in the file's encoding. Raises `UnicodeEncodeError` where the encoding lacks a character."""
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode(self.encoding)


def decode(data: bytes) -> Decoded:
    """Decodes a file. Raises `Undecodable`."""
    bom = data.startswith(codecs.BOM_UTF8)
    content = data[3:] if bom else data
    if (null := content.find(b"\0")) >= 0:
        raise Undecodable(_line(content, null), "holds a null byte")
    encoding = _encoding(content, bom)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start if encoding == "utf-8" else 0
        raise Undecodable(_line(content, at) if at else 0, f"is not {encoding}: {error.reason}") from error
    except (ValueError, LookupError) as error:
        raise Undecodable(0, f"cannot be decoded as {encoding}: {_one_line(error)}") from error
    decoded = Decoded(text, encoding, bom)
    try:
        same = decoded.encode(text) == data
    except ValueError:
        same = False
    if not same:
        raise Undecodable(0, f"would not be the same bytes when written back as {encoding}")
    return decoded


def encoded(text: str) -> bytes:
    """The bytes of a file with this text, in the encoding that it states; a byte order mark may lead it. Raises `Undecodable`."""
    try:
        data = text.encode()
        encoding = _encoding(data.removeprefix(codecs.BOM_UTF8), data.startswith(codecs.BOM_UTF8))
        return data if encoding == "utf-8" else text.encode(encoding)
    except UnicodeEncodeError as error:
        raise Undecodable(0, f"cannot be written: {error.reason}") from error


def _encoding(content: bytes, bom: bool) -> str:
    found = _cookie(content)
    if found is None:
        return "utf-8"
    line, name = found
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise Undecodable(line, f"unknown encoding `{name}`") from error
    if not getattr(codec, "_is_text_encoding", True):
        raise Undecodable(line, f"`{name}` is no text encoding")
    if bom and codec.name not in ("utf-8", "utf-8-sig"):
        raise Undecodable(line, f"has a UTF-8 byte order mark and says it is {codec.name}")
    # With "utf-8-sig" the codec itself would eat and write the mark, which is handled here.
    return "utf-8" if codec.name == "utf-8-sig" else codec.name


def _cookie(content: bytes) -> tuple[int, str] | None:
    """The line and the name of the encoding cookie: on the first line, or on the second if the first is blank or a comment."""
    position = 0
    for line in (1, 2):
        match = _LINE.match(content, position)
        if match is None:
            return None
        if cookie := _COOKIE.match(match[1]):
            return line, cookie[1].decode("ascii", "replace")
        if not _BLANK.match(match[1]):
            return None
        position = match.end()
    return None


def _line(content: bytes, at: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:at])) + 1


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
