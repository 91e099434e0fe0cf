"""`pyfix rename` from the command line, on projects of several files that are run before and after."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import call, spawn

pytest.importorskip("rope")

Write = Callable[[dict[str, bytes]], None]

PROJECT = {
    "pkg/__init__.py": b"from .m import total\n",
    "pkg/m.py": b'"""The module."""\n\ntotal = 1  # total\n\n\ndef size(x, *, a=1):\n    print(f"{x} {total}", "total")\n    return dict(x=x, a=a)\n\n\n'
    b"class K:\n    total = 5\n\n    def get(self):\n        return self.total + total\n",
    "use.py": b"from pkg.m import total, size as s\nimport pkg.m\nimport pkg.m as mm\nfrom pkg import total as t2\n\n"
    b"print(total, pkg.m.total, mm.total, t2, s(x=2), mm.size(a=3, x=4), pkg.m.K().get(), {'x': 1})\n",
    "other.py": b"total = 3\nx = total\n",
}


def run(work: Path, name: str = "use.py") -> tuple[int, bytes]:
    done = subprocess.run([sys.executable, "-B", name], cwd=work, capture_output=True, check=False)
    return done.returncode, done.stdout


def snapshot(work: Path) -> dict[str, bytes]:
    return {path.relative_to(work).as_posix(): path.read_bytes() for path in work.rglob("*") if path.is_file()}


def test_a_module_variable_is_renamed_everywhere_and_put_back(work: Path, write: Write) -> None:
    write(PROJECT)
    before, output = snapshot(work), run(work)
    assert output[0] == 0
    result = call("rename", "pkg/m.py:3:1", "amount")
    assert (result.status, result.err) == (0, b"")
    assert result.lines[-1] == "rewrote 9 sites in 3 files"
    assert run(work) == output
    after = snapshot(work)
    assert after["pkg/__init__.py"] == b"from .m import amount\n"
    assert after["pkg/m.py"] == before["pkg/m.py"].replace(b"total = 1", b"amount = 1").replace(b"{total}", b"{amount}").replace(
        b"+ total", b"+ amount"
    )
    assert b"print(amount, pkg.m.amount, mm.amount, t2" in after["use.py"]
    assert b"from pkg import amount as t2" in after["use.py"]
    assert after["other.py"] == before["other.py"]
    assert call("undo").status == 0
    assert snapshot(work) == before


@pytest.mark.parametrize("place", ["use.py:1:19", "use.py:6:14", "use.py:6:20", "use.py:6:7", "pkg/__init__.py:1:16"])
def test_any_mention_names_the_variable(work: Path, write: Write, place: str) -> None:
    write(PROJECT)
    if place == "use.py:6:14":
        assert call("rename", place, "amount").complaints[0].endswith("'pkg' is a module, not a variable")
        return
    call("rename", place, "amount")
    assert b"amount = 1" in (work / "pkg/m.py").read_bytes()


def test_keyword_arguments_follow_a_parameter(work: Path, write: Write) -> None:
    write(PROJECT)
    output = run(work)
    assert call("rename", "pkg/m.py:6:10", "width").status == 0
    assert run(work) == output
    assert b"dict(x=width, a=a)" in (work / "pkg/m.py").read_bytes()
    assert b"s(width=2), mm.size(a=3, width=4), pkg.m.K().get(), {'x': 1}" in (work / "use.py").read_bytes()


def test_a_function_is_renamed_behind_an_alias(work: Path, write: Write) -> None:
    write(PROJECT)
    output = run(work)
    assert call("rename", "pkg/m.py:6:5", "measure").status == 0
    assert run(work) == output
    assert b"import total, measure as s" in (work / "use.py").read_bytes()


def test_a_diff_writes_nothing(work: Path, write: Write) -> None:
    write({"a.py": b"x = 'Euni'\nprint(x)\n"})
    result = call("rename", "a.py:1:1", "my_name", "--diff")
    assert result.status == 1
    assert b"-x = 'Euni'\n-print(x)\n+my_name = 'Euni'\n+print(my_name)\n" in result.out
    assert (work / "a.py").read_bytes() == b"x = 'Euni'\nprint(x)\n"


def test_the_real_command(work: Path, write: Write) -> None:
    write({"a.py": b"x = 'Euni'\nprint(x)\n"})
    assert spawn("rename", "a.py:2:7", "my_name").status == 0
    assert (work / "a.py").read_bytes() == b"my_name = 'Euni'\nprint(my_name)\n"
    assert spawn("undo").out == b"put back a.py\n"


@pytest.mark.parametrize(
    "data",
    [
        b"x = 1\r\n\r\nprint(x)\r\n",
        b"\xef\xbb\xbfx = 1\nprint(x)",
        b"# coding: latin-1\n\xe9 = 2; x = 1\nprint('\xe9', x)\n",
        "é = '\U0001f600'; x = 1\nprint(f'é{x}\U0001f600{x!r:>{x}}')\n".encode(),
    ],
)
def test_bytes_around_stay(work: Path, write: Write, data: bytes) -> None:
    write({"a.py": data})
    line = next(index for index, one in enumerate(data.split(b"\n"), 1) if b"x = 1" in one)
    text = data.split(b"\n")[line - 1].decode("latin-1" if b"latin" in data else "utf-8-sig")
    result = call("rename", f"a.py:{line}:{text.index('x = 1') + 1}", "y")
    assert (result.status, result.err) == (0, b"")
    assert (work / "a.py").read_bytes() == data.replace(b"x", b"y").replace(b"y = 1", b"y = 1")


LOCALS = b"""def outer(n):
    count = 0
    def inc():
        nonlocal count
        count += 1
        return [count for count in range(count)]
    for _ in range(n):
        inc()
    try:
        raise ValueError
    except ValueError as count_error:
        print(count_error)
    match {"a": count}:
        case {"a": int(found), **rest}:
            print(found, rest, lambda count: count)
    return count, inc(), dict(count=count)
print(outer(3)[0])
"""


def test_nonlocal_and_comprehension_variables_are_told_apart(work: Path, write: Write) -> None:
    write({"a.py": LOCALS.replace(b", lambda count: count", b"")})
    output = run(work, "a.py")
    assert output[0] == 0
    assert call("rename", "a.py:2:5", "total").status == 0
    text = (work / "a.py").read_text()
    assert "[count for count in range(total)]" in text
    assert "nonlocal total" in text
    assert "return total, inc(), dict(count=total)" in text
    assert run(work, "a.py") == output


def test_a_global_statement_follows(work: Path, write: Write) -> None:
    write({"a.py": b"count = 0\ndef f():\n    global count\n    count += 1\nf()\nprint(count)\n"})
    output = run(work, "a.py")
    assert call("rename", "a.py:3:12", "calls").status == 0
    assert run(work, "a.py") == output
    assert b"count" not in (work / "a.py").read_bytes()


REFUSED = [
    ("keyword", {"a.py": b"x = 1\n"}, "a.py:1:1", "class", "'class' is a keyword"),
    ("soft keyword", {"a.py": b"x = 1\n"}, "a.py:1:1", "match", "'match' is a keyword"),
    ("no identifier", {"a.py": b"x = 1\n"}, "a.py:1:1", "a-b", "is not an identifier"),
    ("builtin", {"a.py": b"x = 1\n"}, "a.py:1:1", "list", "is a builtin"),
    ("collision", {"a.py": b"x = 1\ny = 2\n"}, "a.py:1:1", "y", "a.py:2: 'y' is used there already"),
    ("nested capture", {"a.py": b"x = 1\ndef f(y):\n    return x + y\n"}, "a.py:1:1", "y", "'y' is used there already"),
    ("shadowing", {"a.py": b"y = 1\ndef f():\n    x = 2\n    return x\n"}, "a.py:3:5", "y", "'y' is visible there already"),
    ("imported elsewhere", {"a.py": b"x = 1\n", "b.py": b"from a import x\ny = 1\n"}, "a.py:1:1", "y", "b.py:2: 'y' is used"),
    ("nothing there", {"a.py": b"x = 1\n"}, "a.py:1:2", "y", "a.py:1:2: no name stands here"),
    ("no such line", {"a.py": b"x = 1\n"}, "a.py:9:1", "y", "no name stands here"),
    ("string", {"a.py": b"s = 'x'\n"}, "a.py:1:6", "y", "is no name here"),
    ("a builtin's name", {"a.py": b"print(1)\n"}, "a.py:1:1", "y", "is a builtin"),
    ("another package", {"a.py": b"from json import loads\n"}, "a.py:1:18", "y", "not in this project"),
    ("a module", {"a.py": b"import json\n"}, "a.py:1:8", "y", "is a module"),
    ("__all__", {"a.py": b"__all__ = ['x']\nx = 1\n"}, "a.py:2:1", "y", "a string there"),
    ("getattr", {"a.py": b"x = 1\n", "b.py": b"import a\nprint(getattr(a, 'x'))\n"}, "a.py:1:1", "y", "b.py"),
    ("module as a value", {"a.py": b"x = 1\n", "b.py": b"import a\nprint(vars(a))\n"}, "a.py:1:1", "y", "used as a value"),
    ("globals", {"a.py": b"x = 1\nprint(globals())\n"}, "a.py:1:1", "y", "globals()"),
    ("locals", {"a.py": b"def f():\n    x = 1\n    return locals()\n"}, "a.py:2:5", "y", "locals()"),
    ("star", {"a.py": b"x = 1\n", "b.py": b"from a import *\n"}, "a.py:1:1", "y", "b.py:1: imports everything"),
    ("broken file", {"a.py": b"x = 1\n", "b.py": b"x = (\n"}, "a.py:1:1", "y", "b.py:1: cannot be parsed"),
    ("echo", {"a.py": b"x = 1\nprint(f'{x=}')\n"}, "a.py:1:1", "y", "prints the name"),
    ("attribute", {"a.py": b"class C:\n    x = 1\nprint(C.x)\n"}, "a.py:3:9", "y", "an attribute"),
    ("class attribute", {"a.py": b"class C:\n    x = 1\n"}, "a.py:2:5", "y", "an attribute of a class"),
    ("class lookup", {"a.py": b"x = 1\nclass C:\n    x = x\n"}, "a.py:1:1", "y", "for an attribute too"),
    ("kwargs", {"a.py": b"def f(x): return x\nd = {'x': 1}\nf(**d)\n"}, "a.py:1:7", "y", "a.py:3: a caller passes **"),
    ("handed on", {"a.py": b"def f(x): return x\ng = f\ng(x=1)\n"}, "a.py:1:7", "y", "a.py:2: the function is used as a value"),
    ("method", {"a.py": b"class C:\n    def f(self, x): return x\n"}, "a.py:2:17", "y", "is a method"),
    ("decorated", {"a.py": b"def d(f): return f\n@d\ndef f(x): return x\n"}, "a.py:3:7", "y", "has a decorator"),
    ("call keyword", {"a.py": b"def f(x): return x\nf(x=1)\n"}, "a.py:2:3", "y", "is a keyword here"),
    ("annotation", {"a.py": b"class T: pass\ndef f(a: 'list[T]'): pass\n"}, "a.py:1:7", "U", "read as code"),
    ("patch", {"a.py": b"x = 1\n", "b.py": b"import a\np = 'a.x'\n"}, "a.py:1:1", "y", "the string 'a.x' names it"),
    ("entry point", {"a.py": b"def go(): pass\n", "pyproject.toml": b'[project.scripts]\ng = "a:go"\n'}, "a.py:1:5", "y", "names a:go"),
    ("stub", {"a.py": b"x = 1\n", "a.pyi": b"x: int\n"}, "a.py:1:1", "y", "a.pyi beside it would have to follow"),
    ("type comment", {"a.py": b"class T: pass\nv = []  # type: list[T]\n"}, "a.py:1:7", "U", "a.py:2: a type comment names"),
    ("two modules", {"p/m.py": b"x = 1\n", "q/m.py": b"x = 2\n", "q/b.py": b"from m import x\n"}, "p/m.py:1:1", "y", "q/b.py:1: "),
    ("missing file", {"a.py": b"x = 1\n"}, "b.py:1:1", "y", "is no file of the project"),
]


@pytest.mark.parametrize(("files", "place", "new", "reason"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
@pytest.mark.parametrize("option", [(), ("--diff",)])
def test_what_is_not_safe_is_refused(
    work: Path, write: Write, files: dict[str, bytes], place: str, new: str, reason: str, option: tuple[str, ...]
) -> None:
    write(files)
    result = call("rename", place, new, *option)
    assert (result.status, result.out, len(result.complaints)) == (2, b"", 1)
    assert reason in result.complaints[0]
    assert snapshot(work) == files


def test_a_renamed_import_is_followed_to_its_callers(work: Path, write: Write) -> None:
    write({"a.py": b"def f(x): return x\n", "b.py": b"from a import f as g\n", "c.py": b"from b import g as h\nprint(h(x=1))\n"})
    output = run(work, "c.py")
    assert output[0] == 0
    assert call("rename", "a.py:1:7", "y").status == 0
    assert (work / "c.py").read_bytes() == b"from b import g as h\nprint(h(y=1))\n"
    assert run(work, "c.py") == output
    write({"d.py": b"from b import g\nprint([g])\n"})
    assert "d.py:2: the function is used as a value" in call("rename", "a.py:1:7", "z").complaints[0]


def test_a_file_that_changes_meanwhile_is_refused(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from codemods.workspace.rename import plan as planning

    write({"a.py": b"x = 1\n"})
    planned = planning.plan

    def slow(*given: object) -> object:
        results = planned(*given)  # type: ignore[arg-type]
        write({"a.py": b"x = 1\nz = 2\n"})
        return results

    monkeypatch.setattr(planning, "plan", slow)
    assert call("rename", "a.py:1:1", "y").complaints == ["pyfix: not renamed: a.py: changed meanwhile"]
    assert (work / "a.py").read_bytes() == b"x = 1\nz = 2\n"


def test_every_kind_of_binding_is_renamed(work: Path, write: Write) -> None:
    source = (
        b"def f(a, /, *rest, **more):\n    import os.path as v\n    w = v.sep\n    for w in rest: pass\n    with open(__file__) as w: pass\n"
        b"    if (w := 1): del w\n    try: 1 / 0\n    except ZeroDivisionError as w: print(type(w))\n    w: int = 2\n    w += 1\n"
        b"    match [1, 2, {'w': 3}]:\n        case [w, *_]: print(w)\n    match {'b': 1}:\n        case {**w}: print(w)\n"
        b"    print(f'{w} {f\"{w}\"}', [x for x in w], (lambda q=w: q)(), more, a)\n    def w(): return 5\n    class g:\n        h = w()\n"
        b"    return w()\nprint(f(1, 2, w=3))\n"
    )
    write({"a.py": source})
    output = run(work, "a.py")
    assert output[0] == 0, output
    for place, new in [
        ("a.py:3:5", "renamed"),
        ("a.py:1:22", "named"),
        ("a.py:1:14", "others"),
        ("a.py:1:7", "first"),
        ("a.py:2:23", "path"),
    ]:
        result = call("rename", place, new)
        assert (result.status, result.err) == (0, b""), place
    assert run(work, "a.py") == output
    text = (work / "a.py").read_text()
    assert "{'w': 3}" in text
    assert "f(1, 2, w=3)" in text
    assert "case {**renamed}: print(renamed)" in text


def test_a_broken_file_without_the_name_does_not_matter(work: Path, write: Write) -> None:
    write({"a.py": b"count = 1\n", "b.py": b"z = (\n"})
    assert call("rename", "a.py:1:1", "total").status == 0


def test_a_file_that_cannot_be_written_puts_the_others_back(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from codemods.workspace import apply as applying

    write({"a.py": b"x = 1\n", "b.py": b"from a import x\n"})
    put = applying.put

    def failing(staged: object, change: applying.Change, *rest: object) -> None:
        if change.path.name == "b.py" and change.before == b"from a import x\n":
            raise applying.NotReplacedError("no")
        put(staged, change, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(applying, "put", failing)
    result = call("rename", "a.py:1:1", "y")
    assert (result.status, result.complaints) == (2, ["pyfix: not renamed: b.py: no; the other files were put back"])
    assert snapshot(work) == {"a.py": b"x = 1\n", "b.py": b"from a import x\n"}


def test_without_rope_only_local_names(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    write({"a.py": b"x = 1\ndef f():\n    z = 1\n    return z\n"})
    assert call("rename", "a.py:1:1", "y").complaints == [
        "pyfix: not renamed: needs rope to search the project: pip install 'pyfix-codemods[rename]'"
    ]
    assert call("rename", "a.py:3:5", "y").status == 0


def test_usage(work: Path) -> None:
    assert call("rename", "a.py", "y").status == 2
    assert call("rename", "a.py:1:1", "y", "-q", "-v").status == 2
