"""The server's own bookkeeping, without a client."""

from __future__ import annotations

import asyncio
import threading

import pytest

from codemods.server import service
from codemods.server.judging import Document, Judge
from codemods.server.options import Options
from codemods.server.service import PyfixServer


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    server, said, gate = PyfixServer(), list[str](), threading.Event()
    monkeypatch.setattr(server, "_judge", Judge(Options(), []))
    monkeypatch.setattr(server, "document", lambda uri: Document(uri, None, "x = 1\n", 1))
    monkeypatch.setattr(server, "say", said.append)

    async def ask() -> None:
        monkeypatch.setattr(service, "SECONDS", 0.05)
        assert await server.work("uri:a", lambda judge, document: gate.wait()) is None
        monkeypatch.setattr(service, "SECONDS", 600.0)
        assert await server.work("uri:b", lambda judge, document: document.uri) == "uri:b"

    try:
        asyncio.run(ask())
    finally:
        gate.set()
    assert said == ["uri:a took longer than 0 seconds, and is given up"]
