"""One site rewritten alone: what becomes of it when nothing else does."""

from __future__ import annotations

from msgspec.structs import replace

from codemods.engine import pipeline
from codemods.model.outcome import Diagnostic, Fixed, Place
from codemods.model.settings import Settings
from codemods.model.verdict import Refused


def alone(site: Diagnostic, data: bytes, settings: Settings) -> Fixed | None:
    """The file with this site rewritten and no other, assumptions granted; `None` where it is refused or suppressed."""
    if site.suppressed or isinstance(site.verdict, Refused):
        return None

    def only(place: Place, before: int) -> bool:
        return place == site.place and not before

    daring = replace(settings, rules=(site.rule,), unsafe_fixes=True, explain=False)
    outcome = pipeline.process(data, daring, named=True, chosen=only)
    return outcome if isinstance(outcome, Fixed) else None
