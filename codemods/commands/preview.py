"""One site rewritten alone, to show what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.engine import pipeline, registry
from codemods.engine.registry import NamedRule
from codemods.model.outcome import Diagnostic, Fixed
from codemods.model.rule import Site
from codemods.model.settings import Settings
from codemods.model.verdict import Refused


def previews(sites: Sequence[Diagnostic], data: bytes, settings: Settings) -> Iterator[Fixed | None]:
    """For each site the file with this site rewritten and no other, assumptions granted; `None` where it is refused or suppressed."""
    for site in sites:
        outcome = None
        if not site.suppressed and not isinstance(site.verdict, Refused):
            rules = {site.rule: _only_at(registry.rule(site.rule), site)}
            alone = replace(settings, rules=(site.rule,), unsafe_fixes=True, explain=False)
            outcome = pipeline.process(data, alone, named=True, rules=rules)
        yield outcome if isinstance(outcome, Fixed) else None


def _only_at(named: NamedRule, place: Diagnostic) -> NamedRule:
    """The rule, blind to all sites but the one at `place`."""
    find = named.rule.find

    def found(node: Any, module: Module) -> Iterator[Site]:
        for site in find(node, module):
            start, _ = module.span(site.shown or site.anchor)
            if (module.lines.line(start), module.lines.column(start)) == (place.line, place.column):
                yield site

    return replace(named, rule=replace(named.rule, find=found))
