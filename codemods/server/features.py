"""Which messages the server takes, and how it is run: on standard input and output, where nothing but messages may come out."""

from __future__ import annotations

import logging
import os
import sys
import threading

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from codemods.server import translation
from codemods.server.service import PyfixServer

_STACK = 64 * 1024 * 1024
"""Bytes of stack for the thread that parses: deep expressions take deep recursion, and some systems give threads little."""

_CONFIGURATION = ("pyproject.toml", "setup.cfg", "setup.py", "tox.ini", ".flake8", "ruff.toml", ".ruff.toml", ".gitignore")
"""Files that settings may depend on."""


def serve() -> None:
    """Run until the editor says `exit`, or is gone."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    threading.stack_size(_STACK)
    messages = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints to standard error
    sys.stdout = sys.stderr
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_news)
    server().start_io(sys.stdin.buffer, messages)  # which closes them
    os._exit(0)  # a document that was given up may still be at work in its thread


def _is_news(record: logging.LogRecord) -> bool:
    """Whether something went wrong: a request that the next change overtook did not."""
    return record.exc_info is None or not isinstance(record.exc_info[1], JsonRpcContentModified)


def server() -> PyfixServer:
    """A server that answers to all it knows."""
    made = PyfixServer()
    _state(made)
    _documents(made)
    _answers(made)
    return made


def _state(server: PyfixServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.early = params.initialization_options

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        server.configure(server.early)
        watched = getattr(getattr(server.client_capabilities, "workspace", None), "did_change_watched_files", None)
        if watched is not None and watched.dynamic_registration:
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in _CONFIGURATION]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("pyfix-settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def options_changed(params: types.DidChangeConfigurationParams) -> None:
        if isinstance(params.settings, dict) and params.settings:
            server.configure(params.settings)
            server.forget()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        if any(one.uri.rpartition("/")[2] in _CONFIGURATION for one in params.changes):
            server.forget()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.forget()


def _documents(server: PyfixServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.push_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.push_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.rpartition("/")[2] in _CONFIGURATION:
            server.forget()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.push_nothing(params.text_document.uri)


def _answers(server: PyfixServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, types.DiagnosticOptions(False, False, identifier=translation.SOURCE))
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        return await server.report(params)

    kinds = [types.CodeActionKind.QuickFix, translation.FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(kinds, resolve_provider=True))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.actions(params)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        return await server.resolved(action)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await server.explained(params)
