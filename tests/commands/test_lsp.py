"""`pyfix lsp` without its extra."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.commands.call import call


def test_the_extra_is_named_where_it_is_missing(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    result = call("lsp")
    assert result.status == 2
    assert result.complaints == ["Error: `pyfix lsp` needs pygls; install pyfix-codemods[lsp]"]
