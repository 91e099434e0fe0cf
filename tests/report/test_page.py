"""Rule pages, plain and in colours."""

from __future__ import annotations

import io

from rich.console import Console

from codemods.report.page import Page, catalogue, plain_page, print_page

TEXT = """Loop over `rows`, not over its indexes.

Before:

    for i in range(len(rows)):
        print(rows[i])

After:

    for row in rows:
        print(row)

Why: the index is a detour, and this paragraph is long enough to be folded by a narrow terminal.

Refused: what `is_not` proved, [markup] included."""

PAGE = Page("range-len", "loops", True, TEXT)


def test_the_catalogue_is_in_columns() -> None:
    other = Page("whitespace", "layout", False, "Space out.\n\nWhy: so.")
    assert list(catalogue([PAGE, other])) == [
        "range-len   loops   default     Loop over `rows`, not over its indexes.",
        "whitespace  layout  on request  Space out.",
    ]


def test_a_plain_page_is_the_documentation() -> None:
    assert plain_page(PAGE) == f"range-len (loops, default)\n\n{TEXT}"


def shown(width: int, colours: bool) -> str:
    stream = io.StringIO()
    system = "standard" if colours else None
    print_page(PAGE, Console(file=stream, force_terminal=colours, color_system=system, width=width, highlight=False, markup=False))
    return stream.getvalue()


def test_a_page_in_a_terminal_has_the_same_words() -> None:
    text = shown(60, colours=False)
    assert text.split() == f"range-len  loops, default {TEXT}".split()
    assert max(map(len, text.splitlines())) <= 60
    assert "    for i in range(len(rows)):\n        print(rows[i])\n" in text


def test_code_and_headings_are_coloured() -> None:
    text = shown(80, colours=True)
    assert "\x1b[1mBefore:\x1b[0m" in text
    assert "\x1b[36m`rows`\x1b[0m" in text
    assert "\x1b[35mfor\x1b[0m" in text
