"""What `with` binds."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("with open(p) as x: repr(x)", "TextIOWrapper[str]"),
        ("with open(p) as x:\n    for y in x: repr(y)", "str"),
        ("with open(p, 'rb') as x: repr(x.read())", "bytes"),
        ("with open(p) as x, open(q) as y: repr(x.read()); repr(y.readline())", "str; str"),
        ("with foo as x: repr(x)", "?"),
        ("with foo() as x: repr(x)", "?"),
        ("with foo() as (x, y): repr(x)", "?"),
        ("import io\nwith io.StringIO() as x: repr(x.getvalue())", "str"),
        ("import zipfile\nwith zipfile.ZipFile(p) as x: repr(x.namelist())", "list[str]"),
        ("import tempfile\nwith tempfile.TemporaryDirectory() as x: repr(x)", "str"),
        ("import tempfile\nwith tempfile.TemporaryDirectory(dir=p) as x: repr(x)", "?"),
        ("import tempfile\nwith tempfile.TemporaryDirectory(p) as x: repr(x)", "?"),
        ("import contextlib\ndef f(y: contextlib.AbstractContextManager[str]):\n    with y as x: repr(x)", "str"),
        ("import contextlib\n@contextlib.contextmanager\ndef f():\n    yield 3\nwith f() as x: repr(x)", "int"),
        ("def f():\n    yield 'a'\nwith f() as x: repr(x)", "?"),
        ("import functools\n@functools.cache\ndef f():\n    yield 'a'\nwith f() as x: repr(x)", "?"),
        ("def f(n):\n    if n:\n        with f(n - 1) as x: return x\n    return open(p)\nrepr(f(2))", "TextIOWrapper[str]"),
        ("from pathlib import Path\nwith Path(p).open() as x: repr(x.read())", "str"),
        ("import concurrent.futures as c\nwith c.ThreadPoolExecutor() as x: repr(x)", "ThreadPoolExecutor"),
        ("import contextlib\n@contextlib.contextmanager\ndef f():\n    yield 'a'\nwith f() as x: repr(x)", "str"),
        (
            "from contextlib import contextmanager\nfrom typing import Iterator\n@contextmanager\ndef f() -> Iterator[str]: ...\nwith f() as x: repr(x)",
            "str",
        ),
        ("from contextlib import contextmanager\n@other\n@contextmanager\ndef f():\n    yield 'a'\nwith f() as x: repr(x)", "?"),
        ("class C:\n    def __enter__(self): return self\n    def __exit__(self, *a): ...\nwith C() as x: repr(x)", "C"),
        ("class C:\n    def __enter__(self): return 'a'\n    def __exit__(self, *a): ...\nwith C() as x: repr(x)", "str"),
        ("class C:\n    def __enter__(self) -> str: ...\n    def __exit__(self, *a): ...\nwith C() as x: repr(x)", "str"),
        ("class C: pass\nwith C() as x: repr(x)", "?"),
        ("async def f():\n    async with open(p) as x: repr(x)", "?"),
    ],
)
def test_a_manager(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
