"""Editors that can less, or other things; and a core that prints, crashes and takes its time."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from tests.server.editor import actions, applied, changed, config, diagnostics, everywhere, opened, start, with_edits
from tests.server.test_lsp import ALL, QUICK, REFUSED, SAFE, SAFE_AFTER, TWO, UNSAFE

HOSTILE = """
import os, time
from codemods.engine import pipeline
inner = pipeline.process
def process(data, settings, **more):
    print("noise")
    os.write(1, b"noise")
    if b"CRASH" in data:
        raise ValueError("a crash\\n")
    while b"WAIT" in data and not os.path.exists(data.rpartition(b"WAIT ")[2].strip()):
        time.sleep(0.01)
    return inner(data, settings, **more)
pipeline.process = process
from codemods.server.features import serve
serve()
"""

pytestmark = pytest.mark.asyncio


@pytest_lsp.fixture(config=config())
async def plain(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client that says nothing of itself."""
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=config([sys.executable, "-c", HOSTILE]))
async def hostile(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client of a server whose core does what it should not."""
    yield
    await lsp_client.shutdown_session()


async def test_an_editor_that_does_not_ask_is_told(plain: LanguageClient) -> None:
    await start(plain, pull=False, versioned=False, options={"showRefused": True, "unsafeFixes": True, "nonsense": 1})
    uri = opened(plain, REFUSED)
    for version in (2, 3, 4):
        changed(plain, uri, REFUSED * (version - 1), version)
    while len(found := plain.diagnostics.get(uri, ())) < 3:
        await asyncio.sleep(0.02)
    assert [one.severity for one in found] == [types.DiagnosticSeverity.Hint] * 3
    assert "Left alone: " in found[0].message
    assert "there is no option `nonsense`" in plain.messages[0].message
    plain.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    while plain.diagnostics[uri]:
        await asyncio.sleep(0.02)
    uri = opened(plain, UNSAFE)
    (action,) = await actions(plain, uri, everywhere(UNSAFE), [ALL])
    assert action.edit is not None
    assert action.edit.document_changes is None
    assert with_edits(UNSAFE, (action.edit.changes or {})[uri]) == SAFE_AFTER.replace(": list[int]", "")


async def test_columns_are_in_the_units_agreed_on(plain: LanguageClient) -> None:
    await start(plain, encoding="utf-8")
    uri = opened(plain, TWO)
    site = (await diagnostics(plain, uri))[1]
    assert site.range.end.character - site.range.start.character == 21
    found = await actions(plain, uri, everywhere(TWO), [QUICK])
    assert applied(TWO, found[1], uri, encoding="utf-8") == TWO.replace("'\U0001f600é' + name + '!'", "f'\U0001f600é{name}!'")


async def test_an_edit_is_made_for_the_text_as_it_is_by_then(plain: LanguageClient, tmp_path: Path) -> None:
    watched: list[types.RegistrationParams] = []

    @plain.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        watched.append(params)

    await start(plain, tmp_path, resolve=True, watch=True)
    uri = opened(plain, SAFE)
    one, whole = await actions(plain, uri, everywhere(SAFE))
    assert one.edit is whole.edit is None
    assert applied(SAFE, await plain.code_action_resolve_async(whole), uri) == SAFE_AFTER
    text = f"# new\n{SAFE}"
    changed(plain, uri, text, 2)
    assert applied(text, await plain.code_action_resolve_async(one), uri, 2) == f"# new\n{SAFE_AFTER}"
    changed(plain, uri, SAFE_AFTER, 3)
    assert (await plain.code_action_resolve_async(one)).edit is None
    assert (await plain.code_action_resolve_async(whole)).edit is None
    (registration,) = watched[0].registrations
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES


async def test_nothing_that_the_core_does_ends_the_server_or_stains_its_output(hostile: LanguageClient, tmp_path: Path) -> None:
    await start(hostile)
    assert await diagnostics(hostile, opened(hostile, f"{SAFE}# CRASH\n")) == []
    gates = [tmp_path / "first", tmp_path / "second"]
    held, other = opened(hostile, f"{SAFE}# WAIT {gates[0]}\n"), opened(hostile, SAFE)
    late = asyncio.ensure_future(diagnostics(hostile, held))
    waiting = asyncio.ensure_future(diagnostics(hostile, other))
    await asyncio.sleep(0)  # both are sent
    changed(hostile, held, SAFE, 2)
    assert await actions(hostile, "file:///not/open", everywhere("")) == []  # the change has come in
    gates[0].touch()
    with pytest.raises(JsonRpcException) as caught:
        await late
    assert caught.value.code == -32801
    assert len(await waiting) == len(await diagnostics(hostile, held)) == 1
    ask = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(opened(hostile, f"{SAFE}# WAIT {gates[1]}\n")))
    cancelled = hostile.protocol.send_request(types.TEXT_DOCUMENT_DIAGNOSTIC, ask, msg_id="one")
    hostile.cancel_request(types.CancelParams("one"))
    with pytest.raises(JsonRpcException) as caught:
        await asyncio.wrap_future(cancelled)
    assert caught.value.code == -32800
    gates[1].touch()
    assert len(await diagnostics(hostile, other)) == 1
