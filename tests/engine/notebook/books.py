"""Notebooks for tests: made of cells, judged, and run without a kernel."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Sequence
from typing import Any

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Diagnostic, Fixed, Outcome
from codemods.model.settings import Settings

SETTINGS = Settings(registry.select(None), filename="book.ipynb")


def cell(text: str, *, lines: bool = True, **more: Any) -> dict[str, Any]:
    source = text.splitlines(keepends=True) if lines else text
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source, **more}


def book(*cells: str | dict[str, Any], indent: int | None = 1, ascii_only: bool = False, **more: Any) -> bytes:
    """A notebook as Jupyter writes it."""
    content = {
        "cells": [cell(one) if isinstance(one, str) else one for one in cells],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
        **more,
    }
    return json.dumps(content, indent=indent, ensure_ascii=ascii_only).encode() + b"\n"


def judged(*cells: str | dict[str, Any], settings: Settings = SETTINGS) -> Outcome:
    outcome = process(book(*cells), settings)
    assert not getattr(outcome, "defects", ())
    return outcome


def sources(data: bytes) -> list[str]:
    return ["".join(one["source"]) for one in json.loads(data)["cells"]]


def after(*cells: str | dict[str, Any]) -> list[str]:
    """The cells' texts as they become."""
    outcome = judged(*cells)
    return sources(outcome.after if isinstance(outcome, Fixed) else book(*cells))


def site(*cells: str | dict[str, Any]) -> Diagnostic:
    """The only site."""
    outcome = judged(*cells)
    assert isinstance(outcome, Clean | Fixed)
    (one,) = outcome.diagnostics
    return one


def said(cells: Sequence[str], order: Sequence[int]) -> str:
    """What cells print and show when they are run in an order, each going on where another broke off."""
    names: dict[str, Any] = {"__name__": "__main__"}
    output = io.StringIO()
    for number in order:
        body = ast.parse(cells[number]).body
        shown = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(output):
            print(f"[{number}]")
            try:
                exec(compile(ast.Module(body, []), "cell", "exec"), names)
                if isinstance(shown, ast.Expr):
                    print(repr(eval(compile(ast.Expression(shown.value), "cell", "eval"), names)))
            except Exception as error:  # noqa: BLE001 - whatever a cell raises, the next one can be run
                print(type(error).__name__)
    return output.getvalue()
