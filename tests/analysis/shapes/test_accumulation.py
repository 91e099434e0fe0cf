"""Loops that build up a collection: what they are taken apart into, what speaks against it, and how it is written."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings


def judged(source: str, target: tuple[int, int] = (3, 11), filename: str = "", explain: bool = False) -> str:
    """What a program becomes, or the codes of the reasons why not (with `explain`, the facts behind the verdict)."""
    outcome = process(source.encode(), Settings(("comprehension",), target=target, line_length=88, filename=filename, explain=explain))
    assert isinstance(outcome, Clean | Fixed)
    assert not outcome.defects
    if explain:
        return "; ".join(str(fact) for one in outcome.diagnostics for fact in one.verdict.reasons.facts)
    if isinstance(outcome, Fixed):
        return outcome.after.decode()
    return " ".join(getattr(one.verdict, "code", "") for one in outcome.diagnostics)


def filled(
    body: str, birth: str = "[]", loop: str = "for row in rows:", parameters: str = "rows, other=3", target: tuple[int, int] = (3, 11)
) -> str:
    """What such a function returns afterwards, or the code of the reason why not."""
    lines = "".join(f"        {line}\n" for line in body.split("\n"))
    found = judged(f"def f({parameters}):\n    out = {birth}\n    {loop}\n{lines}    return out\n", target)
    return found.partition("    return ")[2].strip() or found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("t = row\nu = g(row)\nout.append((u, t))", "[(g(row), row) for row in rows]"),
        ("t = g(row)\nu = row\nout.append((u, t))", "[(row, g(row)) for row in rows]"),
        ("t = g(row)\nu = h(row)\nout.append((t, u))", "[(g(row), h(row)) for row in rows]"),
        ("t = g(row)\nu = h(row)\nout.append((u, t))", "temporary-later"),
        ("t = g(row)\nu = (t, 1)\nif h(row):\n    out.append(u)", "temporary-later"),
        ("t = row\nu = (t, 1)\nif h(row):\n    out.append(u)", "[(row, 1) for row in rows if h(row)]"),
        ("t = g(row)\nfor a, b in row:\n    out.append((a, t))", "temporary-later"),
        ("t = row or other\nout.append(1 if t else 2)", "temporary-later"),
        ("t = row or other\nout.append(t if row else 2)", "temporary-later"),
        ("t = row or other\nout.append(t)", "[row or other for row in rows]"),
        ("t = (row or other) if other else row\nif t:\n    out.append(1)", "temporary-later"),
        ("t = row if other else (row or other)\nif t:\n    out.append(1)", "temporary-later"),
        ("t = row if other else other\nif t:\n    out.append(1)", "[1 for row in rows if (row if other else other)]"),
        ("t = row < other < 3\nif not t:\n    out.append(1)", "temporary-later"),
        ("t = row < other\nif not t:\n    out.append(1)", "[1 for row in rows if not (row < other)]"),
        ("t = row or other\nu = t\nif u:\n    out.append(1)", "temporary-later"),
        ("t = row\nout.append(row and t)", "temporary-later"),
        ("t = row\nif t:\n    out.append(1)\nelse:\n    out.append(2)", "[1 if row else 2 for row in rows]"),
        ("t = row + 1\nout.append((row, -t))", "[(row, -(row + 1)) for row in rows]"),
        ("t = row + 1\nout.append(dict(a=t))", "[dict(a=row + 1) for row in rows]"),
        ("t = row + 1\nout.append(dict(a=-t))", "[dict(a=-(row + 1)) for row in rows]"),
        ("t = row + 1\nout.append(other[t])", "[other[row + 1] for row in rows]"),
        ("t = row + 1\nout.append(other[-t])", "[other[-(row + 1)] for row in rows]"),
        ("t = row + 1\nout.append([t, 1])", "[[row + 1, 1] for row in rows]"),
        ("t = row + 1\nout.append({row: t})", "[{row: row + 1} for row in rows]"),
        ("t = 1\nout.append(t.real)", "[(1).real for row in rows]"),
        ("t = 'a'\nout.append(t.upper())", "['a'.upper() for row in rows]"),
        ("t = b'a'\nout.append(t.upper())", "[b'a'.upper() for row in rows]"),
        ("t = 'a' 'b'\nout.append(t.upper())", "[('a' 'b').upper() for row in rows]"),
        ("if not (row or other):\n    continue\nout.append(1)", "[1 for row in rows if row or other]"),
        ("if not (row and other):\n    continue\nif row:\n    out.append(1)", "[1 for row in rows if row and other and row]"),
        ("if not (row or other):\n    continue\nif row:\n    out.append(1)", "[1 for row in rows if (row or other) and row]"),
        ("t = (row) if other else (3)\nout.append(-t)", "reads-better"),
        ("t = row + 1\nout.append(abs(t))", "[abs(row + 1) for row in rows]"),
        ("t = 'a' 'b'\nout.append(t.join(row))", "[('a' 'b').join(row) for row in rows]"),
        ("t = 'a'\nout.append(t.join(row))", "['a'.join(row) for row in rows]"),
        ("t = 1\nout.append(row + t.real)", "[row + (1).real for row in rows]"),
        ("t = g(row)\nif t in other:\n    continue\nout.append(row)", "[row for row in rows if g(row) not in other]"),
        ("t = row + 1\nif t in other:\n    continue\nout.append(row)", "[row for row in rows if (row + 1) not in other]"),
        ("out.append(g(lambda: row))", "closure"),
        ("out.extend(lambda: row)", "closure"),
        ("out.extend(g(x for x in row))", "closure"),
        ("out.append(sorted(row, key=(y for y in row)))", "closure"),
        ("out.append(sorted(row, key=lambda y: -y))", "[sorted(row, key=lambda y: -y) for row in rows]"),
        ("for row in other:\n    out.append(row)", "target"),
        ("for row in row:\n    out.append(row)", "target"),
    ],
)
def test_a_list(body: str, expected: str) -> None:
    assert filled(body) == expected


@pytest.mark.parametrize(
    ("body", "loop", "parameters", "expected"),
    [
        ("t = g(row)\nout[row] = t", "for row in rows:", "rows", "{row: g(row) for row in rows}"),
        ("t = g(row)\nu = h(row)\nout[u] = t", "for row in rows:", "rows", "temporary-later"),
        ("t = g(row)\nif t:\n    out[h(row)] = 1", "for row in rows:", "rows", "{h(row): 1 for row in rows if g(row)}"),
        ("t = print(1)\nout[row['k']] = t is None", "rows = [{'k': 'v'}]\n    for row in rows:", "", "order"),
        ("out[row['k']] = row is None", "rows = [{'k': 'v'}]\n    for row in rows:", "", "{row['k']: row is None for row in rows}"),
        ("out[k] = k", "for k, k in d.items():", "d: dict", "{k: k for k, k in d.items()}"),
        ("out[k] = v", "for k, v in d.items():", "d: dict", "dict(d)"),
        ("v = g(v)\nout[k] = v", "for k, v in d.items():", "d: dict", "{k: g(v) for k, v in d.items()}"),
        ("out[k] = v", "for k, v in d.items():", "d: Mapping", "{k: v for k, v in d.items()}"),
        ("out[k] = v", "for k, v in d.items():", "d: list", "{k: v for k, v in d.items()}"),
        ("out[v] = k", "for k, v in d.items():", "d: dict", "{v: k for k, v in d.items()}"),
    ],
)
def test_a_dict(body: str, loop: str, parameters: str, expected: str) -> None:
    assert filled(body, "{}", loop, parameters) == expected


@pytest.mark.parametrize(
    ("body", "parameters", "expected"),
    [
        ("out.append(row)", "rows: list", "list(rows)"),
        ("row = g(row)\nout.append(row)", "rows: list", "[g(row) for row in rows]"),
        ("out.extend(row)", "rows: list[list[int]]", "[item for row in rows for item in row]"),
        ("t = row or 'x'\nif t:\n    out.append(1)", "rows: list[str]", "[1 for row in rows if row or 'x']"),
        ("t = row or [1]\nif t:\n    out.append(1)", "rows: list[list[int]]", "temporary-later"),
        ("if row == other:\n    continue\nout.append(1)", "rows: list[str], other: str", "[1 for row in rows if row != other]"),
        ("if row == other:\n    continue\nout.append(1)", "rows: list[list], other: list", "[1 for row in rows if not (row == other)]"),
        ("if row == other:\n    continue\nout.append(1)", "rows: list[str], other", "[1 for row in rows if not (row == other)]"),
        ("out.extend([g(x) for x in row])", "", "[g(x) for row in rows for x in row]"),
    ],
)
def test_what_types_tell(body: str, parameters: str, expected: str) -> None:
    assert filled(body, parameters=parameters) == expected


@pytest.mark.parametrize(
    ("element", "parameters", "expected"),
    [
        ("str(g(cell))", "rows", "{str(g(cell)) for row in rows for cell in row}"),
        ("(g(cell), 1)", "rows: list[list]", "reads-better"),
        ("(cell, 1)", "rows: list[list]", "{(cell, 1) for row in rows for cell in row}"),
        ("(cell, 1)", "rows: list[dict]", "{(cell, 1) for row in rows for cell in row}"),
        ("(cell, 1)", "rows", "reads-better"),
        ("cell", "rows: list[map[list]]", "reads-better"),
    ],
)
def test_a_set_asks_an_element_for_its_hash_before_the_next_is_made(element: str, parameters: str, expected: str) -> None:
    assert filled(f"out.update([{element} for cell in row])", "set()", parameters=parameters) == expected


LOOP = "out = []\nfor row in a:\n    out.append(str(row))\n"
MADE = "out = [str(row) for row in a]\n"
READS = "def g():\n    print(out)\n"


@pytest.mark.parametrize(
    ("source", "filename", "expected"),
    [
        (f"{READS}{LOOP}", "", f"{READS}{MADE}"),
        (f"__all__ = ['out']\n{READS}{LOOP}", "", "captured"),
        (f"{READS}{LOOP}", "__init__.py", "captured"),
        (f"{READS}out = []\nprint(1)\nfor row in a:\n    out.append(str(row))\n", "", "captured"),
        (f"{READS}g()\n{LOOP}", "", f"{READS}g()\n{MADE}"),
        (f"{READS}out = []\nfor row in a:\n    out.append(g())\n", "", "captured"),
        (f"{LOOP}def g():\n    global out\n    out = 1\n", "", "outer"),
        (f"__all__ = ['row']\n{LOOP}", "", "target"),
        (LOOP, "__init__.py", "target"),
        (f"import sys\n{LOOP}print(sys.modules[__name__].row)\n", "", "target"),
        (f"import sys\n{LOOP}print(sys.modules[__name__].out)\n", "", f"import sys\n{MADE}print(sys.modules[__name__].out)\n"),
        (f"import sys\n{READS}{LOOP}print(sys.modules[__name__].out)\n", "", "captured"),
        ("import sys\nout = []\nprint(sys.modules[__name__].out)\nfor row in a:\n    out.append(-row)\n", "", "module-busy"),
        (LOOP, "", MADE),
        ("def f(a):\n    out = []\n    for row in a:\n        out.append(-row)\n    return out\n", "__init__.py", "def f(a):\n    return [-row for row in a]\n"),
        ("out = []\nprint(1)\nfor row in a:\n    out.append(-row)\ndel row\n", "__init__.py", "target"),
        ("out = []\nb = []\nprint(1)\ndef f():\n    for row in a:\n        out.append(-row)\n", "", ""),
        ("out = []\nprint(1)\nfor () in a:\n    out.append(1)\n", "__init__.py", "module-busy"),
        ("out = []\nb = 1\nfor () in a:\n    out.append(1)\n", "__init__.py", "b = 1\nout = [1 for () in a]\n"),
        ("__all__ = ['out']\nout = []\nprint(1)\nfor row in a:\n    out.append(-row)\n", "", "module-busy"),
        ("__all__ = ['out']\nout = []\nb = 1\nfor row in a:\n    out.append(-row)\n", "", "__all__ = ['out']\nb = 1\nout = [-row for row in a]\n"),
        ("out = []\nb = 1\nfor row in a:\n    out.append(-row)\n# end", "", "b = 1\nout = [-row for row in a]\n# end"),
        ("def f(a):\n    global out\n    out = []\n    for row in a:\n        out.append(-row)\n", "", "outer"),
    ],
)  # fmt: skip
def test_a_variable_of_the_module(source: str, filename: str, expected: str) -> None:
    assert judged(source, filename=filename) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# why\nout = []\nn = 1\nwith open(a) as rows:\n    for row in rows:\n        out.append(-row)\nreturn out, n", "comment-above"),
        ("# why\nout = []\nwith open(a) as rows:\n    for row in rows:\n        out.append(-row)\nreturn out, 1", "return out, 1"),
        ("if a:\n    out = []\n    for row in rows:\n        out.append(-row)\nelse:\n    out = 1\nreturn out", "return out"),
        ("with a:\n    out = []\n    for row in rows:\n        out.append(-row)\nreturn out, 1", "partial"),
        ("with lock:\n    out = []\n    for row in rows:\n        out.append(-row)\nreturn out, 1", "return out, 1"),
        ("try:\n    pass\nexcept E:\n    out = []\n    for row in rows:\n        out.append(-row)\n    return out, 1", "partial"),
    ],
)
def test_what_is_around_the_loop(source: str, expected: str) -> None:
    lines = "".join(f"    {line}\n" for line in source.split("\n"))
    found = judged(f"import threading\ndef f(a, rows, lock: threading.Lock):\n{lines}")
    assert expected in found
    assert found == expected or "[-row for row in rows]" in found
    inner = "".join(f"        {line}" for line in lines.splitlines(keepends=True))
    assert expected in judged(f"import threading\ntry:\n    pass\nexcept E:\n    def f(a, rows, lock: threading.Lock):\n{inner}")


def test_a_function_made_before_the_loop_and_another_that_sees_the_list() -> None:
    source = (
        "def f(rows):\n    g = lambda: {}\n    out = []\n    for row in rows:\n        out.append(-row)\n    return out, g, lambda: out\n"
    )
    assert "out = [-row for row in rows]" in judged(source.format("rows"))
    assert judged(source.format("out")) == "captured"


def test_what_stands_on_the_last_line_of_the_birth() -> None:
    assert (
        judged("def f(rows):\n    out = list(\n    ); y = 1\n    for row in rows:\n        out.append(-row)\n    return out, y\n")
        == "one-line"
    )


def test_super_before_and_since_python_3_12() -> None:
    source = "class C:\n    def f(self, rows):\n        out = []\n        for row in rows:\n            out.append(super().g(row))\n        return out\n"
    assert judged(source) == "super"
    assert "[super().g(row) for row in rows]" in judged(source, (3, 12))


def test_a_call_that_looks_at_its_frame() -> None:
    source = "import sys\ndef peek():\n    return sys._getframe(1)\ndef f(rows):\n    out = []\n    for row in rows:\n        out.append(peek())\n    return out\n"
    assert judged(source) == "frame-seen"
    assert "[peek() for row in rows]" in judged(source, (3, 12))


def test_parts_over_several_lines() -> None:
    source = "def f(rows):\n    out = []\n    for row in rows:\n        out.append(g(row,\n            1))\n    return out\n"
    assert judged(source) == judged(source.replace("\n", "\r")) == judged(source.replace("\n", "\r\n")) == "reads-better"


def test_a_comment_behind_the_return_counts_as_part_of_the_line() -> None:
    source = f"def f(rows):\n    out = []\n    for row in rows:\n        out.append({'a' * 50}(row))\n    return out"
    assert judged(source).startswith("def f(rows):\n    return [aaa")
    assert judged(f"{source}  # and why\n") == f"def f(rows):\n    return [\n        {'a' * 50}(row) for row in rows\n    ]  # and why\n"


def test_two_loops_that_fill_three_lines() -> None:
    body = f"for cell in row.{'c' * 40}:\n    out.append(g(cell, {'a' * 40}))"
    assert filled(body) == "reads-better"


@pytest.mark.parametrize(
    ("body", "fact", "there"),
    [
        ("out.extend(row)", "`row` is taken from `rows`", True),
        ("out.append(row)", "`row` is taken from `rows`", False),
        ("out.extend([x for x in row])", "is a list", False),
        ("t = g(row)\nif t:\n    out.append(t)", "`t` keeps its name, bound in the condition right behind", True),
        ("t = g(row)\nif t:\n    out.append(1)", "`t` is used once, where nothing else is evaluated before it", True),
        ("out.append(row)", "`row` is not used after the loop", True),
    ],
)
def test_the_facts_behind_a_verdict(body: str, fact: str, there: bool) -> None:
    lines = "".join(f"        {line}\n" for line in body.split("\n"))
    assert (fact in judged(f"def f(rows):\n    out = []\n    for row in rows:\n{lines}    return out\n", explain=True)) is there
