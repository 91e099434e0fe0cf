"""A rule of the registry as the page that reports show."""

from __future__ import annotations

from codemods.engine.registry import NamedRule
from codemods.report.page import Page


def page_of(named: NamedRule) -> Page:
    """The page of a rule."""
    return Page(named.name, named.area, named.default, named.page)
