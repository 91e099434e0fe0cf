"""What the pure core is told: which rules, how daring, for which Python."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True):
    """Settings of one file's run.

    Attributes:
        rules: names of the selected rules, sorted.
        unsafe_fixes: apply unsafe sites too.
        target: the lowest Python that must run the result, as (major, minor), from (3, 8).
        line_length: the width, in characters, that a rewritten line may have.
        filename: the file's name without its folder; only its kind matters (`__init__.py`, `.pyi`). Empty where there is none.
        explain: give each verdict the facts it rests on, which takes longer.
    """

    rules: tuple[str, ...]
    unsafe_fixes: bool = False
    target: tuple[int, int] = (3, 11)
    line_length: int = 88
    filename: str = ""
    explain: bool = False
