"""Cutting, parsing and printing: what is not changed comes out byte for byte."""

from __future__ import annotations

import ast
import random
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import libcst
import pytest

from codemods.analysis.module import Module
from codemods.engine.decode import Undecodable, decode
from codemods.engine.find import Found
from codemods.engine.landing import Unwritable
from codemods.engine.rewrite import layout_of, rewrite
from codemods.engine.syntax import Unreadable, parse
from codemods.model.rule import Site
from tests.engine.toys import BECAUSE, book, fixed, run, sites, toy


def found_at(module: Module, node: Any, transform: Callable[[Any, Any], Any] = lambda node, plan: node) -> Found:
    start, end = module.span(node)
    return Found(toy("t", type(node), lambda node, module: (), transform), Site(node, BECAUSE), start, end, (start, end))


def nodes_of(tree: ast.Module) -> list[ast.stmt | ast.expr]:
    """Every statement and expression that may be an anchor and does not stand inside an f-string."""
    found: list[ast.stmt | ast.expr] = []
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt | ast.expr) and not isinstance(node, ast.Slice | ast.Starred):
            found.append(node)
        if not isinstance(node, ast.JoinedStr):
            pending.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_random_code_of_the_standard_library_comes_out_unchanged(newline: str) -> None:
    rnd = random.Random(20)
    files = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("**/*.py"))
    files = [path for path in files if "site-packages" not in path.parts and path.stat().st_size < 200_000]
    compared = 0
    for path in rnd.sample(files, min(60, len(files))):
        try:
            text = decode(path.read_bytes()).text.replace("\r\n", "\n").replace("\n", newline)
            module = Module(text, parse(text))
        except (Undecodable, Unreadable):
            continue
        layout = layout_of(module)
        nodes = nodes_of(module.tree)
        for node in rnd.sample(nodes, min(25, len(nodes))):
            one = found_at(module, node)
            assert rewrite(one, module, layout) == (text[one.start : one.end], ()), f"{path}:{node.lineno}"
            compared += 1
    assert compared > 500


ODD = [
    "if x:\n\ty = 1\n\tif z:\n\t\tw\n",
    "if x:\n  y = '''a\nb\n  c'''\n  z\n",
    "class A:\n\x0c\n    def f(self):\n        return 1\n\x0c\n    x = 2\n",
    "\x0cx = 1\n\x0c\x0cy = 2\n",
    "if x: a = 1; b = 2\nc = 3 ; d = 4 ;\n",
    "if x:\n        a\nelif y:\n  b # why\n\n  # more\nelif z: c\nelse:\n   d\n",
    "try:\n a\nexcept (A, B) as e: b\nexcept* C:\n c\n".replace("except* C:\n c\n", ""),
    "match x:\n  case [1, *_] if y:\n    z\n  case _: pass\n",
    "@dec(a.b, [1 ,2])\n# between\n@other\nasync def f(a, /, b: int=1, *c, d = 2, **e) -> 'x':  # why\n\t'doc'\n\tawait a\n",
    "x = (a  # one\n     + b # two\n     )\n",
    "x = a \\\n  + b\n",
    "with (open(a) as b,\n  c): pass\n",
    "f(*a, **b, c=d , e = 1)\nx = sum(a for a in b)\nx[1:2], x[1,]\n",
    "x = 1,\ny = (1, )\ny = ()\ndel x , y\n",
    "x = lambda *a, b=1: (yield)\nprint(x := 1)\n".replace("print(x := 1)", "print((x := 1))"),
    'x = \'é\' + \'\U0001f600\' + """é\n""" + ü\n',
    "if 1:\n\tif 2:\n\t    x = 1\n",
    "if x:\n    a\n    # after\n\n\n# end",
    "x = 1",
    "def f():\n    return\r\n",
    "if a:\r\n  b\rif c:\n  d\r\n",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_layouts_come_out_unchanged(text: str) -> None:
    module = Module(text, parse(text))
    layout = layout_of(module)
    for node in nodes_of(module.tree):
        one = found_at(module, node)
        assert rewrite(one, module, layout) == (text[one.start : one.end], ()), ast.unparse(node)


UNREAD = ["class A:\n    def f(self):\n\x0c        return 1\n\x0c    x = 2\n", "if 1:\n\tif 2:\n            x = 1\n"]


@pytest.mark.parametrize("text", UNREAD, ids=["form feed in the indentation", "a tab counted as eight spaces"])
def test_what_libcst_cannot_read_is_refused(text: str) -> None:
    module = Module(text, parse(text))
    with pytest.raises(Unwritable) as caught:
        rewrite(found_at(module, module.tree.body[0]), module, layout_of(module))
    assert caught.value.refused.code == "unread"
    assert "\n" not in caught.value.refused.reason


@pytest.mark.parametrize(
    ("text", "newline", "indent"),
    [
        ("", "\n", "    "),
        ("x\r\n", "\r\n", "    "),
        ("x\ry\n", "\r", "    "),
        ("if x:\n\ty\n", "\n", "\t"),
        ("if x: y\nclass A:\n  'doc'\n  def f():\n    pass\n", "\n", "  "),
        ("'''\nNote:\n        odd\n'''\nif x:\n   y\n", "\n", "   "),
        ("try:\n  x\nfinally:\n  y\n", "\n", "  "),
    ],
)
def test_the_layout_of_a_file(text: str, newline: str, indent: str) -> None:
    layout = layout_of(Module(text, parse(text)))
    assert (layout.newline, layout.indent) == (newline, indent)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for x in y:\n\tz\n", "for x in y:\n\tz\nelse:\n\tif done:\n\t\tpass\n"),
        ("if a:\r\n  for x in y: z\r\n", "if a:\r\n  for x in y: z\r\n  else:\r\n    if done:\r\n      pass\r\n"),
        ("if a:\r for x in y: z", "if a:\r for x in y: z\r else:\r  if done:\r   pass"),
        ("\x0cfor x in y:\n  z # why\n# end\n", "\x0cfor x in y:\n  z\nelse:\n  if done:\n    pass # why\n# end\n"),
    ],
    ids=["tabs", "crlf", "cr", "form feed"],
)
def test_what_is_added_is_laid_out_like_the_file(before: str, after: str) -> None:
    from tests.engine.toys import ELSE

    assert fixed(before, book(ELSE)) == after


def test_an_elif_is_cut_as_an_if() -> None:
    def negate(node: Any, plan: Any) -> Any:
        assert isinstance(node, libcst.If)
        return node.with_changes(test=libcst.Name("c"))

    negated = toy("t", ast.If, lambda node, module: [Site(node, BECAUSE)] if module.segment(node.test) == "b" else [], negate)
    before = "if 1:\n    if a:\n        x\n    elif b: # why\n        '''\n  y'''\n    else:\n        z\n"
    assert fixed(before, book(negated)) == before.replace("elif b", "elif c")
    assert fixed("if b: pass\n", book(negated)) == "if c: pass\n"
    assert fixed("if a: pass\nelse:\n  if b: pass\n", book(negated)) == "if a: pass\nelse:\n  if c: pass\n"


def test_an_elif_that_would_become_something_else_is_refused() -> None:
    loop = toy("t", ast.If, lambda node, module: [Site(node, BECAUSE)] if module.segment(node.test) == "b" else [], _as_while)
    outcome = run("if a:\n    x\nelif b:\n    y\n", book(loop))
    assert sites(outcome) == [(3, 1, "elif")]
    assert fixed("if b:\n    y\n", book(loop)) == "while b:\n    y\n"


def _as_while(node: Any, plan: Any) -> Any:
    return libcst.While(node.test, node.body)


def test_a_definition_is_cut_without_its_decorators() -> None:
    def rename(node: Any, plan: Any) -> Any:
        assert not node.decorators
        return node.with_changes(name=libcst.Name("g"))

    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    renamed = toy("t", kinds, lambda node, module: [Site(node, BECAUSE)] if node.name == "f" else [], rename)
    before = "class A:\n    @one # 1\n    # 2\n    @two(f)\n    async def f(self): pass\n@three\nclass f: pass\n"
    assert fixed(before, book(renamed)) == before.replace("def f", "def g").replace("class f", "class g")


def test_a_statement_may_become_several() -> None:
    def twice(node: Any, plan: Any) -> Any:
        return libcst.FlattenSentinel([libcst.parse_statement("a"), node, libcst.parse_statement("if b:\n    c")])

    doubled = toy("t", ast.Expr, lambda node, module: [Site(node, BECAUSE)] if "a\n" not in module.text else [], twice)
    assert fixed("if x:\n  y  # why\n", book(doubled)) == "if x:\n  a\n  y\n  if b:\n    c  # why\n"
    # Where there is no room for several, nothing happens.
    assert sites(run("if x: y\n", book(doubled))) == [(1, 7, "unverified")]
    assert sites(run("if x:\n    y; z\n", book(doubled))) == [(2, 5, "unverified"), (2, 8, "unverified")]


def test_lines_added_above_are_indented() -> None:
    def explain(node: Any, plan: Any) -> Any:
        comment = libcst.EmptyLine(comment=libcst.Comment("# why"))
        return node.with_changes(leading_lines=[comment, libcst.EmptyLine(indent=True)])

    # The engine lets no comment be added; what matters here is the text.
    text = "if x:\n    y\n"
    module = Module(text, parse(text))
    statement = module.tree.body[0].body[0]  # type: ignore[attr-defined]
    new, _ = rewrite(found_at(module, statement, explain), module, layout_of(module))
    assert new == "# why\n    \n    y"


def test_a_chain_too_long_for_libcst() -> None:
    text = f"x = {' + '.join('a' for _ in range(900))}\n"
    module = Module(text, parse(text))
    with pytest.raises(Unwritable) as caught:
        rewrite(found_at(module, module.tree.body[0]), module, layout_of(module))
    assert caught.value.refused.code == "too-deep"


def test_names_to_import_come_along() -> None:
    text = "x\n"
    module = Module(text, parse(text))
    found = found_at(module, module.tree.body[0].value, lambda node, plan: (node, [("typing", "Any")]))  # type: ignore[attr-defined]
    assert rewrite(found, module, layout_of(module)) == ("x", (("typing", "Any"),))


def _pairs(node: ast.Assign, module: Module) -> list[Site]:
    """`x = []` and the statement behind it."""
    parent = module.parent(node)
    body = getattr(parent, "body", [])
    if module.segment(node) != "x = []" or node not in body or node is body[-1]:
        return []
    return [Site(node, BECAUSE, until=body[body.index(node) + 1])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = []\nfor y in z:\n    x.append(y)\nw\n", "x = [y for y in z]\nw\n"),
        ("if 1:\n\tx = []\n\tfor y in z:\n\t\tx.append(y)  # why\n\tw\n", "if 1:\n\tx = [y for y in z]  # why\n\tw\n"),
        ("def f(): x = []; y\n", "def f(): x = [y for y in z]\n"),
        ("x = []\nclass A:\n    pass\n", "x = [y for y in z]\n"),
    ],
)
def test_several_statements_may_become_one(before: str, after: str) -> None:
    seen: list[int] = []

    def merge(nodes: Any, plan: Any) -> Any:
        seen.append(len(nodes[0].body) if len(nodes) == 1 else len(nodes))
        return libcst.parse_statement("x = [y for y in z]")

    assert fixed(before, book(toy("t", ast.Assign, _pairs, merge))) == after
    assert seen == [2]


def test_several_statements_that_come_back_as_they_are() -> None:
    text = "if 1:\n  x = []\n\n  # why\n  for y in z:\n    '''a\nb'''\n"
    module = Module(text, parse(text))
    (site,) = _pairs(module.tree.body[0].body[0], module)  # type: ignore[attr-defined]
    start, end = module.span(site.anchor)[0], module.span(site.until)[1]  # type: ignore[arg-type]
    same = toy("t", ast.Assign, _pairs, lambda nodes, plan: libcst.FlattenSentinel(nodes))
    assert rewrite(Found(same, site, start, end, (start, end)), module, layout_of(module)) == (text[start:end], ())


def test_a_comment_between_several_statements_must_not_get_lost() -> None:
    merge = toy("t", ast.Assign, _pairs, lambda nodes, plan: nodes[0])
    outcome = run("x = []\n# why\ny\n", book(merge))
    assert sites(outcome) == [(1, 1, "unverified")]


def test_statements_that_are_no_neighbours_are_no_site() -> None:
    def find(node: ast.Assign, module: Module) -> list[Site]:
        return [Site(node, BECAUSE, until=module.tree.body[1].body[0])]  # type: ignore[attr-defined]

    merge = toy("t", ast.Assign, find, lambda nodes, plan: libcst.parse_statement("y"))
    outcome = run("x = []\nif y:\n    z\n", book(merge))
    assert [became for _, _, became in sites(outcome)] == ["unverified"]
