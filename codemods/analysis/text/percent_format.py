"""`%` templates as an f-string says them: which conversion and which format spec each of their specifiers is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from codemods.analysis.types.vocabulary import Type

FORMATS_AS_STR = frozenset(
    {"str", "int", "float", "bool", "complex", "None", "list", "tuple", "dict", "set", "frozenset", "range", "bytes", "bytearray"}
)
"""Builtin classes whose `format(x)` is their `str(x)`."""


def formats_as_str(kind: Type | None) -> bool:
    """Whether `format(x)` of a value of that type is known to be its `str(x)`."""
    return kind is not None and kind.is_all(*FORMATS_AS_STR)


_SPECIFIER = re.compile(
    r"%(?:\((?P<key>[^()\\]*)\))?(?P<flags>[#0 +-]*)(?P<width>[1-9]\d*)?(?P<precision>\.\d*)?(?P<kind>[sradiuxXoeEfFgG%])"
)


class Specifier(Struct, frozen=True):
    """One `%…` of a template: what its flags are, its width and precision ("" where it has none) and its letter.

    `key` is the name in `%(name)s`, `None` where there is none.
    """

    flags: str
    width: str
    precision: str
    kind: str
    key: str | None = None

    def field(self, value: Type | None) -> tuple[str, str] | None:
        """The conversion and the format spec that print a value of that type as the specifier does; `None` where none is known to.

        An `int` may be a `bool`, which `%d` prints as a number: hence `:d`.
        """
        match self.kind:
            case "s" | "r" | "a":
                return self._text_field(value)
            case "d" | "i" | "u" | "x" | "X" | "o" if value is not None and value.is_all("int", "bool") and not self.precision:
                return "", self._number_spec("d" if self.kind in "diu" else self.kind)
            case "e" | "E" | "f" | "F" | "g" | "G" if value is not None and value.is_all("int", "bool", "float"):
                return "", self._number_spec(self.kind)
            case _:
                return None

    def _text_field(self, value: Type | None) -> tuple[str, str] | None:
        if self.flags not in ("", "-"):
            return None
        align = "" if not self.width else "<" if self.flags else ">"
        spec = align + self.width + (self.precision if self.precision != "." else ".0")
        plain = value is not None and value.is_all("str") if spec else formats_as_str(value)
        return ("" if self.kind == "s" and plain else self.kind), spec

    def _number_spec(self, kind: str) -> str:
        left = "<" if "-" in self.flags and self.width else ""
        sign = "+" if "+" in self.flags else " " if " " in self.flags else ""
        zero = "0" if "0" in self.flags and "-" not in self.flags else ""
        precision = self.precision if self.precision != "." else ".0"
        return f"{left}{sign}{'#' if '#' in self.flags else ''}{zero}{self.width}{precision}{kind}"


def split_template(body: str, keyed: bool = False) -> Iterator[str | Specifier]:
    """A template's text and specifiers in order, `%%` as the text `%`.

    Raises `ValueError` at a specifier that takes its width from the right-hand side, or, unless it may be `keyed`, its value's name, and at
    what is none.
    """
    position = 0
    while (at := body.find("%", position)) >= 0:
        specifier = _SPECIFIER.match(body, at)
        if specifier is None or (specifier["key"] is not None and not keyed):
            raise ValueError(f"`{body[at : at + 4].strip()}` is no plain specifier")
        if at > position:
            yield body[position:at]
        if specifier["kind"] != "%":
            flags, width, precision, kind = specifier.group("flags", "width", "precision", "kind")
            yield Specifier(flags, width or "", precision or "", kind, specifier["key"])
        elif specifier[0] == "%%":
            yield "%"
        else:
            raise ValueError(f"`{specifier[0]}` is no plain percent sign")
        position = specifier.end()
    if position < len(body):
        yield body[position:]
