"""The page of a migration: as text, and, where there is one, in a browser."""

from __future__ import annotations

import html.parser
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from codemods.report.migration import html as page
from codemods.report.migration.totals import total
from tests.report.migration.rows import EVIL, ROWS

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --virtual-time-budget=2000"
).split()


def written() -> str:
    return "".join(page.document(lambda: ROWS, total(ROWS), EVIL, "0.1"))


class Reader(html.parser.HTMLParser):
    """The tags, and what is in attributes that load or run something, of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self.events: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name in ("href", "src", "action", "data", "srcset", "poster"):
                self.links.append(value or "")
            if name.startswith("on") or name == "style":
                self.events.append(name)


def test_nothing_that_a_repository_holds_becomes_a_part_of_the_page() -> None:
    found = Reader(written())
    assert found.tags["script"] == 1
    assert found.events == []
    assert "\x1b" not in written()
    assert "\u202e" not in written()


def test_the_page_asks_the_network_for_nothing() -> None:
    found = Reader(written())
    assert found.tags["link"] + found.tags["img"] + found.tags["iframe"] == 0
    assert [link for link in found.links if not link.startswith("#")] == ["https://forge.example/1"]  # and nobody's `javascript:`
    assert "default-src 'none'" in written()
    assert "url(" not in written()
    assert "@import" not in written()


def test_every_repository_is_there_without_the_script() -> None:
    assert written().count("<details class=repository") == len(ROWS)
    assert "Found by the verification, and dropped" in written()
    assert "<del>-for k in d.keys():</del>" in written()
    assert "<pre>1 failed &lt;b&gt;</pre>" in written()
    assert "<ins>+for k in d:  # &lt;b&gt;</ins>" in written()


def test_a_page_of_many_says_that_it_is_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "REPOSITORIES", 3)
    assert written().count("<details class=repository") == 3
    assert "The first 3 of 9; the JSON report has all." in written()


def in_browser(tmp_path: Path, fragment: str = "", width: int = 1200, more: str = "") -> str:
    """The page as a browser has it after its script ran, and after `more`."""
    path = tmp_path / "page.html"
    path.write_text(written().replace("</html>", f"<script>{more}</script></html>"), "utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [str(BROWSER), *FLAGS, profile, f"--window-size={width},900", "--dump-dom", f"{path.as_uri()}{fragment}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "HOME": os.fspath(tmp_path)}).stdout


def shown(dom: str) -> list[str]:
    """The states of the repositories that can be seen."""
    rows = re.findall(r"<details class=\"repository\"([^>]*)>", dom)
    return [re.findall(r'data-state="([\w-]+)"', row)[0] for row in rows if "hidden" not in row]


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_in_a_browser_the_page_is_filtered_by_what_its_address_says(tmp_path: Path) -> None:
    everything = in_browser(tmp_path)
    assert len(shown(everything)) == len(ROWS)
    assert f"{len(ROWS)} of {len(ROWS)}" in everything
    assert shown(in_browser(tmp_path, "#state=failed")) == ["failed", "failed"]
    assert shown(in_browser(tmp_path, "#rule=range-len")) == ["pr-open", "committed"]
    assert shown(in_browser(tmp_path, "#words=TEAM/app%20forge")) == ["pr-open"]


TYPED = """
document.getElementById("words").value = "empty";
document.getElementById("filter").dispatchEvent(new Event("input"));
document.title = location.hash;
"""
WIDE = """
document.querySelectorAll("details").forEach(one => one.open = true);
const wide = [...document.querySelectorAll("main *")].filter(one => !one.closest("pre") && one.getBoundingClientRect().right > innerWidth + 1);
document.title = document.documentElement.scrollWidth + "/" + innerWidth + " " + wide.length;
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_in_a_browser_typing_filters_and_nothing_is_wider_than_a_telephone(tmp_path: Path) -> None:
    dom = in_browser(tmp_path, more=TYPED)
    assert shown(dom) == ["skipped"]
    assert "<title>#words=empty</title>" in dom
    title = re.search(r"<title>(\d+)/(\d+) (\d+)</title>", in_browser(tmp_path, width=390, more=WIDE))
    assert title is not None
    assert int(title[1]) <= int(title[2]) <= 500
    assert title[3] == "0"
