"""A rule's page: its docstring, with its code coloured where there are colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_SECTION = re.compile(r"(Before|After|Why|Safe|Unsafe|Refused)[^:\n]*:")
_CODE = re.compile(r"`[^`]+`")


class Page(Struct, frozen=True):
    """What the catalogue knows of a rule. `text` is its documentation, dedented; `default`: on when nothing is selected."""

    name: str
    area: str
    default: bool
    text: str

    @property
    def sentence(self) -> str:
        """What the rule does, in one sentence."""
        return self.text.partition("\n")[0]

    @property
    def standing(self) -> str:
        """Whether the rule is on by itself, in words."""
        return "default" if self.default else "on request"


def catalogue(pages: Iterable[Page]) -> Iterator[str]:
    """A line a rule: name, area, whether it is on by default, and what it does."""
    known = list(pages)
    names, areas = max(len(page.name) for page in known), max(len(page.area) for page in known)
    for page in known:
        yield f"{page.name:{names}}  {page.area:{areas}}  {page.standing:10}  {page.sentence}"


def plain_page(page: Page) -> str:
    """The page as text."""
    return f"{page.name} ({page.area}, {page.standing})\n\n{page.text}"


def print_page(page: Page, console: Console) -> None:
    """The page with colours, its paragraphs at the terminal's width."""
    from rich.text import Text

    console.print(Text.assemble((page.name, "bold cyan"), (f"  {page.area}, {page.standing}", "dim")))
    for block in page.text.split("\n\n"):
        console.print()
        if block.startswith("    "):
            for line in _code(block):
                console.print(Text("    ").append_text(line), soft_wrap=True)
        else:
            console.print(_paragraph(" ".join(block.split())))


def _paragraph(text: str) -> Text:
    from rich.text import Text

    shown = Text(text)
    if section := _SECTION.match(text):
        shown.stylize("bold", 0, section.end())
    shown.highlight_regex(_CODE, "cyan")
    return shown


def _code(text: str) -> Iterator[Text]:
    from textwrap import dedent

    from codemods.report.source import Source

    source = Source(dedent(text).strip("\n").split("\n"))
    for index in range(len(source.lines)):
        yield source.line(index)
