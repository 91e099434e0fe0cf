"""The server, and a client that talks to it over standard input and output as an editor does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.commands.call import call
from tests.server.editor import actions, applied, changed, config, diagnostics, everywhere, opened, start

SAFE = "def f(rows: list[int]) -> None:\n    for i in range(len(rows)):\n        print(rows[i])\n"
SAFE_AFTER = "def f(rows: list[int]) -> None:\n    for row in rows:\n        print(row)\n"
UNSAFE = SAFE.replace(": list[int]", "")
REFUSED = "def f(rows: list[int]) -> None:\n    for i in range(len(rows)):\n        rows.pop()\n        print(rows[i])\n"
TWO = f"{SAFE}def g(name: str) -> str:\n    return '\U0001f600é' + name + '!'\n{UNSAFE.replace('def f', 'def h')}"
QUICK, ALL = "quickfix", "source.fixAll.pyfix"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_lsp.fixture(config=config(), scope="module")
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await start(lsp_client)
    yield
    await lsp_client.shutdown_session()


async def test_sites_are_shown_by_what_is_proved_of_them(client: LanguageClient) -> None:
    (safe,) = await diagnostics(client, opened(client, SAFE))
    assert (safe.severity, safe.code, safe.source) == (types.DiagnosticSeverity.Information, "range-len", "pyfix")
    assert safe.message.startswith("Loop over the elements")
    assert "Safe: `rows` is a list[int] (annotated `list[int]` at line 1)" in safe.message
    assert (safe.range.start, safe.range.end) == (types.Position(1, 13), types.Position(1, 29))
    (unsafe,) = await diagnostics(client, opened(client, UNSAFE))
    assert unsafe.severity == types.DiagnosticSeverity.Hint
    assert "assumes that `rows` is a list" in unsafe.message
    assert await diagnostics(client, opened(client, REFUSED)) == []
    assert await diagnostics(client, opened(client, SAFE.replace("rows)):", "rows)):  # pyfix: ignore"))) == []


async def test_broken_text_has_no_sites(client: LanguageClient) -> None:
    uri = opened(client, SAFE)
    assert len(await diagnostics(client, uri)) == 1
    changed(client, uri, f"{SAFE}def g(:\n", 2)
    assert await diagnostics(client, uri) == []
    assert await actions(client, uri, everywhere(SAFE)) == []


async def test_unchanged_diagnostics_are_not_sent_again(client: LanguageClient) -> None:
    uri = opened(client, SAFE)
    ask = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    first = await client.text_document_diagnostic_async(ask)
    ask.previous_result_id = first.result_id
    again = await client.text_document_diagnostic_async(ask)
    assert (again.kind, again.result_id) == ("unchanged", first.result_id)
    changed(client, uri, f"{SAFE}\n", 2)
    assert (await client.text_document_diagnostic_async(ask)).kind == "full"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("text", [TWO, f"\ufeff{TWO}", f"# coding: latin-1\n{SAFE}x = 'é'\n", f"x = '\u2028'\n\x0c\n{TWO}"[:-1]])
async def test_all_is_what_the_command_line_does(client: LanguageClient, text: str, ends: str, tmp_path: Path) -> None:
    text = text.replace("\n", ends)
    data = text.encode("latin-1" if "latin-1" in text else "utf-8")
    uri = opened(client, text, tmp_path / "a.py")
    (action,) = await actions(client, uri, everywhere(text), [ALL])
    result = call("--isolated", "--stdin-filename", "a.py", "-", stdin=data)
    assert result.out != data
    assert applied(text, action, uri).encode("latin-1" if "latin-1" in text else "utf-8") == result.out


async def test_one_site_is_rewritten_alone(client: LanguageClient) -> None:
    uri = opened(client, TWO)
    found = await actions(client, uri, everywhere(TWO), [QUICK])
    assert [(one.title, one.is_preferred, one.kind) for one in found] == [
        ("Rewrite (range-len)", True, QUICK),
        ("Rewrite (string-concat)", True, QUICK),
        ("Rewrite (range-len), which assumes that `rows` is a list, a tuple or a str", False, QUICK),
    ]
    texts = [applied(TWO, one, uri) for one in found]
    assert texts[0] == TWO.replace(SAFE, SAFE_AFTER)
    assert texts[1] == TWO.replace("'\U0001f600é' + name + '!'", "f'\U0001f600é{name}!'")
    assert texts[2].startswith(TWO[: TWO.index("def h")])
    assert [one.diagnostics and one.diagnostics[0].code for one in found] == ["range-len", "string-concat", "range-len"]


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (None, {QUICK, ALL}),
        ([QUICK], {QUICK}),
        (["source"], {ALL}),
        (["source.fixAll"], {ALL}),
        ([ALL], {ALL}),
        (["source.fixAll.ruff"], set()),
        (["source.fix"], set()),
        (["refactor"], set()),
        ([], set()),
    ],
)
async def test_only_what_is_asked_for_is_offered(client: LanguageClient, only: list[str] | None, kinds: set[str]) -> None:
    uri = opened(client, SAFE)
    assert {one.kind for one in await actions(client, uri, everywhere(SAFE), only)} == kinds


async def test_actions_are_those_of_the_place(client: LanguageClient) -> None:
    uri = opened(client, TWO)
    here = types.Range(types.Position(4, 20), types.Position(4, 20))
    assert [one.title for one in await actions(client, uri, here, [QUICK])] == ["Rewrite (string-concat)"]
    elsewhere = types.Range(types.Position(3, 0), types.Position(3, 0))
    assert await actions(client, uri, elsewhere, [QUICK]) == []


async def test_a_site_s_reasons_are_shown(client: LanguageClient) -> None:
    uri = types.TextDocumentIdentifier(opened(client, UNSAFE))
    hover = await client.text_document_hover_async(types.HoverParams(uri, types.Position(1, 15)))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.kind == types.MarkupKind.Markdown
    assert hover.contents.value.startswith("**range-len**: unsafe (type), assumes that `rows` is a list")
    assert "- `rows` may be anything: a parameter without annotation, line 1" in hover.contents.value
    assert "provable, if you annotate `rows` as `list` at line 1" in hover.contents.value
    assert hover.range is not None
    assert hover.range.start == types.Position(1, 13)
    assert await client.text_document_hover_async(types.HoverParams(uri, types.Position(0, 1))) is None


async def test_settings_are_those_of_each_folder_and_change_with_their_files(client: LanguageClient, tmp_path: Path) -> None:
    for name, table in (("one", 'ignore = ["range-len"]'), ("two", 'exclude = ["b.py"]')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pyproject.toml").write_text(f"[tool.pyfix]\n{table}\n")
    uris = [opened(client, SAFE, tmp_path / name) for name in ("one/a.py", "two/a.py", "two/b.py", "two/book.ipynb")]
    assert [len(await diagnostics(client, uri)) for uri in uris] == [0, 1, 0, 0]
    (tmp_path / "one" / "pyproject.toml").write_text("[tool.pyfix]\n")
    assert len(await diagnostics(client, uris[0])) == 0
    event = types.FileEvent((tmp_path / "one" / "pyproject.toml").as_uri(), types.FileChangeType.Changed)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert len(await diagnostics(client, uris[0])) == 1
    (tmp_path / "two" / "pyproject.toml").write_text("[tool.pyfix]\nselekt = []\n")
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert await diagnostics(client, uris[1]) == []
    assert "unknown key 'selekt'" in client.messages[-1].message


async def test_what_is_not_open_has_nothing(client: LanguageClient) -> None:
    assert await diagnostics(client, "file:///nowhere/a.py") == []
    assert await actions(client, "file:///nowhere/a.py", everywhere("")) == []
