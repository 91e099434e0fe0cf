"""The server itself: what it answers to which message, off the thread that reads them, and never with what an older text was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcContentModified
from pygls.lsp.server import LanguageServer

from codemods import __version__
from codemods.server import translation
from codemods.server.judging import Document, Judge, Judged
from codemods.server.options import Options, options_of
from codemods.server.units import Places, holds, overlap

Answer = TypeVar("Answer")

DEBOUNCE = 0.2
"""Seconds without a change after which diagnostics are pushed."""

SECONDS = 30.0
"""What one document may take before it is given up; the thread that goes on with it is left to itself."""


class PyfixServer(LanguageServer):
    """The state: options, the editor's folders, and the judge under both."""

    def __init__(self) -> None:
        super().__init__("pyfix", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.options = Options()
        self.early: object = None
        self.generation = 0
        self._judge: Judge | None = None
        self._worker = _worker()
        self._pushes: dict[str, asyncio.Task[None]] = {}

    # --- state ---

    @property
    def judge(self) -> Judge:
        if self._judge is None:
            folders = [uris.to_fs_path(uri) for uri in self.workspace.folders]
            self._judge = Judge(self.options, [folder for folder in [*folders, self.workspace.root_path] if folder])
        return self._judge

    def configure(self, value: object) -> None:
        """Take the options that an editor sent."""
        self.options, problems = options_of(value)
        for problem in problems:
            self.say(problem)
        self._judge = None

    def forget(self) -> None:
        """What files say of settings has changed: judge all anew, and have the editor ask again."""
        self._judge = None
        self.generation += 1
        if self.pushes:
            for uri in list(self.workspace.text_documents):
                self.push_soon(uri)
        elif _get(self.client_capabilities, "workspace", "diagnostics", "refresh_support"):
            self.workspace_diagnostic_refresh(None)

    def say(self, text: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"pyfix: {text}"))

    @property
    def pushes(self) -> bool:
        """Whether the editor does not ask for diagnostics, and has to be told."""
        return _get(self.client_capabilities, "text_document", "diagnostic") is None

    @property
    def encoding(self) -> str | None:
        return self.server_capabilities.position_encoding

    # --- documents ---

    def document(self, uri: str) -> Document | None:
        """An open document as it is now."""
        found = self.workspace.text_documents.get(uri)
        if found is None:
            return None
        path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        return Document(uri, path, found.source, found.version)

    async def work(self, uri: str, task: Callable[[Judge, Document], Answer]) -> Answer | None:
        """Do something with a document in the worker; None where it is not open. Raises where it changes meanwhile."""
        document, judge = self.document(uri), self.judge
        if document is None:
            return None

        def done() -> Answer:
            if self.document(uri) != document:  # it waited for another one, and is out of date
                raise JsonRpcContentModified("the document has changed")
            return task(judge, document)

        try:
            answer = await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._worker, done), SECONDS)
        except TimeoutError:
            self._worker.shutdown(wait=False, cancel_futures=True)
            self._worker = _worker()
            self.say(f"{document.path or uri} took longer than {SECONDS:.0f} seconds, and is given up")
            return None
        for complaint in judge.complaints:
            self.say(complaint)
        judge.complaints.clear()
        if self.document(uri) != document:
            raise JsonRpcContentModified("the document has changed")
        return answer

    async def judged(self, uri: str) -> Judged | None:
        return await self.work(uri, lambda judge, document: judge.judged(document))

    # --- pushed diagnostics ---

    def push_soon(self, uri: str) -> None:
        """Push a document's diagnostics when it has not changed for a while."""
        if (waiting := self._pushes.pop(uri, None)) is not None:
            waiting.cancel()
        if self.pushes:
            self._pushes[uri] = asyncio.ensure_future(self._push(uri))

    async def _push(self, uri: str) -> None:
        await asyncio.sleep(DEBOUNCE)
        try:
            judged = await self.judged(uri)
        except JsonRpcContentModified:
            return  # the change that made it so pushes anew
        if judged is not None:
            found = translation.diagnostics(judged, self.encoding, refused=self.options.show_refused)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, judged.document.version))

    def push_nothing(self, uri: str) -> None:
        """Take back what was pushed for a document that is closed."""
        self.push_soon(uri)
        if (waiting := self._pushes.pop(uri, None)) is not None:
            waiting.cancel()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    # --- answers ---

    async def report(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """A document's diagnostics, or that they are what they were."""
        judged = await self.judged(params.text_document.uri)
        if judged is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        name = f"{self.generation}.{judged.document.version}.{hash(judged.document.text)}"
        if params.previous_result_id == name:
            return types.RelatedUnchangedDocumentDiagnosticReport(name)
        found = translation.diagnostics(judged, self.encoding, refused=self.options.show_refused)
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=name)

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """The rewrites at a place, and that of the whole document."""
        judged = await self.judged(params.text_document.uri)
        if judged is None:
            return []
        only = params.context.only
        places = Places(judged.document.text, self.encoding)
        found: list[types.CodeAction] = []
        if translation.wanted(types.CodeActionKind.QuickFix.value, only):
            here = (one for one in judged.sites(refused=False) if overlap(places.of_site(one), params.range))
            found += [translation.fix(one, judged, places) for one in here]
        if translation.wanted(translation.FIX_ALL, only) and translation.is_fixed(judged):
            found.append(translation.fix_all(judged))
        if "edit" not in (_get(self.client_capabilities, "text_document", "code_action", "resolve_support", "properties") or ()):
            found = [one for one in [await self.resolved(one) for one in found] if one.edit is not None]
        return found

    async def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """The action with its edit, for the document as it is now. Without one where the site is gone, or nothing changes."""
        data: dict[str, Any] = action.data if isinstance(action.data, dict) else {}
        uri, name, edit = str(data.get("uri", "")), data.get("id"), None
        task = translation.whole if name is None else translation.single(str(name))
        versioned = bool(_get(self.client_capabilities, "workspace", "workspace_edit", "document_changes"))
        if (fixed := await self.work(uri, task)) is not None:
            document = self.document(uri)
            assert document is not None
            edit = translation.workspace_edit(fixed, document, self.encoding, versioned=versioned)
        return types.CodeAction(action.title, action.kind, action.diagnostics, action.is_preferred, edit=edit, data=action.data)

    async def explained(self, params: types.HoverParams) -> types.Hover | None:
        """Why what stands at a place is rewritten, or not."""
        judged = await self.judged(params.text_document.uri)
        if judged is None:
            return None
        places = Places(judged.document.text, self.encoding)
        here = [one for one in judged.sites(refused=self.options.show_refused) if holds(places.of_site(one), params.position)]
        if not here:
            return None
        name = min(here, key=lambda one: (one.end_line - one.line, one.end_column - one.column)).id
        found = await self.work(params.text_document.uri, lambda judge, document: judge.explained(document, name))
        formats = _get(self.client_capabilities, "text_document", "hover", "content_format") or ()
        return translation.hover(found, places, markdown=types.MarkupKind.Markdown in formats) if found is not None else None


def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "pyfix")


def _get(value: object, *names: str) -> Any:
    """What stands at the end of a path of attributes, each of which may be missing."""
    for name in names:
        value = getattr(value, name, None)
    return value
