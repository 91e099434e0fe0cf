"""What the pure core is told: which rules, how daring, for which Python."""

from __future__ import annotations

from msgspec import Struct

LineRanges = tuple[tuple[int, int], ...]
"""First and last lines, 1-based, in order, as git counts them: a line ends at LF. (6, 5) is no line, but the place between lines 5 and 6,
where lines were deleted: it is touched by what stands on both sides of it."""


NOTEBOOK = ".ipynb"
"""How the name of a file ends whose text is not the program's."""


class Settings(Struct, frozen=True):
    """Settings of one file's run.

    Attributes:
        rules: names of the selected rules, sorted.
        unsafe_fixes: apply unsafe sites too.
        target: the lowest Python that must run the result, as (major, minor), from (3, 8).
        line_length: the width, in characters, that a rewritten line may have.
        filename: the file's name without its folder; only its kind matters (`__init__.py`, `.pyi`). Empty where there is none.
        explain: give each verdict the facts it rests on, which takes longer.
        lines: the lines of the file as read that sites must touch (`engine.limit`), to be rewritten or reported; None for all.
        held: ids of sites (`engine.identity`) that are not to be rewritten, sorted.
    """

    rules: tuple[str, ...]
    unsafe_fixes: bool = False
    target: tuple[int, int] = (3, 11)
    line_length: int = 88
    filename: str = ""
    explain: bool = False
    lines: LineRanges | None = None
    held: tuple[str, ...] = ()
