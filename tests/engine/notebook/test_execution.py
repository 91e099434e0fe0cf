"""Notebooks run by a real kernel, before and after: what they print and show stays what it was."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from tests.engine.notebook.books import SETTINGS, book, sources

CELLS = (
    "import asyncio\nxs = [3, 1]\nname = 'n\u00e9'",
    "!echo shell\nfor i in range(len(xs)):\n    print(i, xs[i])",
    "'<' + name + '>'",
    "'<' + name + '>';",
    "_",
    "await asyncio.sleep(0)\nprint('%s!' % name)\n[print(x) for x in xs]",
    "if xs:\n    [print(x) for x in xs]",
    "%%time\nys = []\nfor x in xs:\n    ys.append(x * 2)\nprint(ys)",
    "found = []\nfor x in xs:\n    found.append(10 // (x - 1))\nprint(found)",
    "class A:\n    def f(self):\n        return 'A'\nclass B(A):\n    def f(self):\n        return super(B, self).f() + 'B'\nB().f()",
    "for key in {'a': 1}.keys():\n    print(key)\nlen?",
)


def run(data: bytes) -> list[Any]:
    """Each cell's outputs, without the times that a magic measured."""
    notebook = nbformat.reads(data.decode(), as_version=4)
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=600, startup_timeout=600).execute()
    kept: list[Any] = []
    for one in notebook.cells:
        printed: dict[str, str] = {}  # by stream: in how many pieces a kernel sends it is chance
        for output in one.outputs:
            if output.output_type == "stream":
                printed[output.name] = printed.get(output.name, "") + output.text
            else:
                kept.append(
                    (one.id, output.output_type, json.dumps({key: output[key] for key in ("data", "ename", "evalue") if key in output}))
                )
        kept += ((one.id, name, text.partition("CPU times")[0]) for name, text in printed.items())
    return kept


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore:.*zmq.*", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_notebook_shows_what_it_showed() -> None:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for n, text in enumerate(CELLS)
    ]
    data = book(*cells)
    outcome = process(data, SETTINGS)
    assert isinstance(outcome, Fixed)
    changed = [number for number, (old, new) in enumerate(zip(sources(data), sources(outcome.after), strict=True)) if old != new]
    assert changed == [1, 2, 3, 5, 6, 8, 10]
    before = run(data)
    assert run(outcome.after) == before
    assert {one[0] for one in before} >= {"c1", "c2", "c4", "c5", "c6", "c7", "c8", "c9"}
