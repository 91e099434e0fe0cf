"""An editor, as far as tests need one: it opens documents, asks, and applies what it is given."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "codemods", "lsp"]
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
_numbers = itertools.count()


def config(command: Sequence[str] = COMMAND) -> ClientServerConfig:
    return ClientServerConfig(server_command=[*command], server_env={"PYTHONPATH": str(ROOT), "PATH": ""})


def capabilities(
    *, pull: bool = True, resolve: bool = False, versioned: bool = True, watch: bool = False, encoding: str = ""
) -> types.ClientCapabilities:
    """What an editor says that it can do."""
    resolves = types.ClientCodeActionResolveOptions(["edit"]) if resolve else None
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=versioned),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watch),
        ),
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if pull else None,
            code_action=types.CodeActionClientCapabilities(data_support=True, resolve_support=resolves),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        ),
        general=types.GeneralClientCapabilities(position_encodings=[encoding]) if encoding else None,  # type: ignore[list-item]
    )


async def start(client: LanguageClient, *folders: Path, options: object = None, **can: bool | str) -> None:
    workspace = [types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders]
    await client.initialize_session(
        types.InitializeParams(capabilities(**can), initialization_options=options, workspace_folders=workspace)  # type: ignore[arg-type]
    )


def uri_of(path: Path | None = None) -> str:
    """A file's, or that of a document that is none."""
    return path.as_uri() if path is not None else f"untitled:Untitled-{next(_numbers)}"


def opened(client: LanguageClient, text: str, path: Path | None = None) -> str:
    """Opens a document, which need not be on disk, and returns its URI."""
    uri = uri_of(path)
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, text)))
    return uri


def changed(client: LanguageClient, uri: str, text: str, version: int) -> None:
    target = types.VersionedTextDocumentIdentifier(version, uri)
    client.text_document_did_change(types.DidChangeTextDocumentParams(target, [types.TextDocumentContentChangeWholeDocument(text)]))


async def diagnostics(client: LanguageClient, uri: str) -> list[types.Diagnostic]:
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri)))
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return list(report.items)


async def actions(client: LanguageClient, uri: str, where: types.Range, only: Sequence[str] | None = None) -> list[types.CodeAction]:
    context = types.CodeActionContext([], only=only)  # type: ignore[arg-type]
    found = await client.text_document_code_action_async(types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context))
    assert all(isinstance(one, types.CodeAction) for one in found or ())
    return list(found or ())  # type: ignore[arg-type]


def everywhere(text: str) -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(text.count("\n") + text.count("\r") + 1, 0))


def applied(text: str, action: types.CodeAction, uri: str, version: int = 1, encoding: str = "utf-16") -> str:
    """The text with the action's edits, which must be of this version of it."""
    assert action.edit is not None
    (change,) = action.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (uri, version)
    return with_edits(text, [one for one in change.edits if isinstance(one, types.TextEdit)], encoding)


def with_edits(text: str, edits: Sequence[types.TextEdit], encoding: str = "utf-16") -> str:
    lines = text.replace("\r\n", "\r\0").replace("\n", "\n\1").replace("\r", "\r\1").replace("\1\0", "\n\1").split("\1")
    codec, size = UNITS[encoding]

    def offset(place: types.Position) -> int:
        line = lines[place.line].encode(codec, "surrogatepass")[: place.character * size]
        return sum(map(len, lines[: place.line])) + len(line.decode(codec, "surrogatepass"))

    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
