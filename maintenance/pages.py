"""A hook of MkDocs: pages that are made while the documentation is built, from what the repository says elsewhere.

The start page is the README; the map, the guide for contributors and the list of changes are taken as they are; every rule has a page made
from its docstring, which is the one that `pyfix explain RULE` shows. Nothing of it is committed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from codemods.commands.pages import page_of  # noqa: E402 - this file is loaded from its path
from codemods.engine import registry  # noqa: E402
from codemods.report.page import Page  # noqa: E402

TAKEN = {"README.md": "index.md", "README.ko.md": "ko.md", "ARCHITECTURE.md": "architecture.md", "CONTRIBUTING.md": "contributing.md"}
TAKEN |= {"CHANGELOG.md": "changelog.md", "SECURITY.md": "security.md"}

_LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\((?!https?:|#)(?P<target>[^)#\s]+)(?P<part>#[^)\s]*)?\)")
_SECTION = re.compile(r"^(Before|After|Why|Safe|Unsafe|Refused)([^:\n]*):\s*", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The rules' pages, by area, and the README in Korean go into the navigation."""
    areas = [{area.capitalize(): [{name: f"rules/{name}.md"} for name in names]} for area, names in registry.areas().items()]
    for part in config.nav or []:
        if isinstance(part, dict) and "Rules" in part:
            part["Rules"] = ["rules/index.md", *areas]
    if (ROOT / "README.ko.md").exists() and config.nav is not None:
        config.nav.append({"한국어": "ko.md"})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages that are made here."""
    made = {page: _from_root((ROOT / name).read_text("utf-8")) for name, page in TAKEN.items() if (ROOT / name).exists()}
    pages = [page_of(registry.rule(name)) for name in registry.names()]
    made["rules/index.md"] = _catalogue(pages)
    made |= {f"rules/{page.name}.md": rule_page(page) for page in pages}
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Links of a page in docs/ to files outside of it: to their pages, or none."""
    return _LINK.sub(lambda found: _linked(found, None) if found["target"].startswith("../") else found[0], markdown)


def rule_page(page: Page) -> str:
    """A rule's docstring as Markdown: its sections as headings, its samples as code."""
    sentence, _, rest = page.text.partition("\n")
    blocks = [_block(block) for block in re.split(r"\n{2,}", rest.strip("\n"))]
    return "\n\n".join([f"# {page.name}", f"{sentence}", f"*{page.area}, {page.standing}*", *blocks, ""])


def _block(block: str) -> str:
    if block.startswith("    "):
        return f"```python\n{dedent(block)}\n```"
    match = _SECTION.match(block)
    if match is None:
        return block
    heading, said = f"## {match[1]}{match[2]}", block[match.end() :].strip()
    return f"{heading}\n\n{said[:1].upper()}{said[1:]}" if said else heading


def _catalogue(pages: list[Page]) -> str:
    rows = [f"| [`{page.name}`]({page.name}.md) | {page.area} | {page.standing} | {page.sentence} |" for page in pages]
    return "\n".join(["# Rules", "", "| rule | area | is on | does |", "| --- | --- | --- | --- |", *rows, ""])


def _from_root(text: str) -> str:
    """A file of the repository's top as a page: what it says of docs/ and of its neighbours leads to their pages."""

    def leads(found: re.Match[str]) -> str:
        target = found["target"]
        return _linked(found, target.removeprefix("docs/") if target.startswith("docs/") else None)

    return _LINK.sub(leads, text)


def _linked(found: re.Match[str], target: str | None) -> str:
    """A link to `target`, or to the page that is taken from a file at the top; for any other file its words alone."""
    target = TAKEN.get(found["target"].removeprefix("../"), target)
    return f"[{found['words']}]({target}{found['part'] or ''})" if target is not None else found["words"]
