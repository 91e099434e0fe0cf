"""Documents to outcomes, by the same core and the same settings as on the command line. Knows no protocol."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from codemods.engine import pipeline, registry
from codemods.engine.decode import Undecodable, encoded
from codemods.engine.single import alone
from codemods.model.outcome import Clean, Diagnostic, Failed, Fixed, Outcome, Skipped
from codemods.model.settings import Settings
from codemods.model.verdict import Refused
from codemods.server.options import Options
from codemods.workspace.config import ConfigError, Configuration, Overrides
from codemods.workspace.discover import NOTEBOOK, is_excluded
from codemods.workspace.ignore import lies_in

NAMELESS = "untitled.py"
"""What a document without a file is called."""

_KEPT = 64
"""Of how many documents outcomes are kept."""


class Document(Struct, frozen=True):
    """A document as the editor has it. `path` is None where it is no file; `version` counts its changes."""

    uri: str
    path: str | None
    text: str
    version: int | None


class Judged(Struct, frozen=True):
    """A document's bytes, the settings that hold for it (None: it is not for us), and what becomes of it."""

    document: Document
    data: bytes
    settings: Settings | None
    outcome: Outcome

    def sites(self, *, refused: bool) -> Iterator[Diagnostic]:
        """The sites to show; what a comment holds back is not."""
        match self.outcome:
            case Fixed(diagnostics=found) | Clean(diagnostics=found):
                yield from (one for one in found if not one.suppressed and not one.held and (refused or can_be_rewritten(one)))

    def site(self, name: str) -> Diagnostic | None:
        """The site of that id."""
        return next((one for one in self.sites(refused=True) if one.id == name), None)


def can_be_rewritten(one: Diagnostic) -> bool:
    return not isinstance(one.verdict, Refused)


class Judge:
    """Judges documents under one state of options, folders and configuration files; another state is for another judge.

    `complaints` gathers what is wrong with a configuration, each once.
    """

    def __init__(self, options: Options, roots: Sequence[str]) -> None:
        self.complaints: list[str] = []
        self._options = options
        self._roots = sorted(map(os.path.realpath, roots), key=len, reverse=True)
        self._configurations: dict[str, Configuration | None] = {}
        self._known: dict[str, Judged] = {}

    def judged(self, document: Document) -> Judged:
        """What becomes of a document, kept until it changes."""
        known = self._known.pop(document.uri, None)
        if known is None or known.document != document:
            known = self._judged(document)
        self._known[document.uri] = known
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return known

    def alone(self, document: Document, name: str) -> Fixed | None:
        """The document with the site of that id rewritten and no other; None where it is gone, or cannot be."""
        judged = self.judged(document)
        site = judged.site(name)
        return alone(site, judged.data, judged.settings) if site is not None and judged.settings is not None else None

    def explained(self, document: Document, name: str) -> Diagnostic | None:
        """The site of that id with the facts behind its verdict."""
        judged = self.judged(document)
        site = judged.site(name)
        if site is None or judged.settings is None:
            return None
        asked = replace(judged.settings, rules=(site.rule,), explain=True)
        full = replace(judged, outcome=_process(judged.data, asked))
        return next((one for one in full.sites(refused=True) if one.place == site.place and one.verdict.reasons.facts), site)

    def _judged(self, document: Document) -> Judged:
        settings = self._settings(document.path)
        if settings is None:
            return Judged(document, b"", None, Skipped("is excluded"))
        try:
            data = encoded(document.text)
        except Undecodable as error:
            return Judged(document, b"", None, Failed(error.line, error.cause))
        return Judged(document, data, settings, _process(data, settings))

    def _settings(self, path: str | None) -> Settings | None:
        """The settings of a file; None where it is excluded, its configuration is broken, or it is a notebook's JSON."""
        if path is not None and path.endswith(NOTEBOOK):
            return None
        root = self._root(path)
        try:
            configuration = self._configuration(root)
            if configuration is None:
                return None
            where = Path(path if path is not None else os.path.join(root, NAMELESS))
            return None if path is not None and is_excluded(where, configuration) else configuration.settings_for(where)
        except ConfigError as error:
            self._complain(str(error))
            return None

    def _root(self, path: str | None) -> str:
        """The innermost of the editor's folders that holds the file; else the file's own."""
        if path is None:
            return self._roots[-1] if self._roots else os.path.realpath(os.curdir)
        real = os.path.realpath(path)
        return next((root for root in self._roots if lies_in(real, root)), os.path.dirname(real))

    def _configuration(self, root: str) -> Configuration | None:
        if root not in self._configurations:
            options = self._options
            overrides = Overrides(select=options.select, ignore=options.ignore, unsafe_fixes=options.unsafe_fixes)
            try:
                self._configurations[root] = Configuration(registry.select, overrides, working_folder=root)
            except ConfigError as error:
                self._complain(str(error))
                self._configurations[root] = None
        return self._configurations[root]

    def _complain(self, text: str) -> None:
        if text not in self.complaints:
            self.complaints.append(text)


def _process(data: bytes, settings: Settings) -> Outcome:
    """What the core says. A defect of ours costs the document, not the server."""
    try:
        return pipeline.process(data, settings)
    except MemoryError:
        return Failed(0, "needs more memory than there is")
    except Exception as error:  # noqa: BLE001 - as in `workspace.worker`
        return Failed(0, f"pyfix failed on this file: {type(error).__name__}: {' '.join(str(error).split())}")
