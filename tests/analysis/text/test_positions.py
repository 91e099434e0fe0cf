"""Lines, columns and the order of the text."""

import ast

import pytest

from codemods.analysis.text.positions import Lines, children, in_source_order


def names_in_order(source: str) -> str:
    """The names read, bound and passed, in the order of `in_source_order`."""
    found = []
    for node in in_source_order(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.MatchAs(name=str(name)):
                found.append(name)
            case _:
                pass
    return " ".join(found)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\nb", [0, 2]),
        ("a\r\nb\rc\nd", [0, 3, 5, 7]),
        ("a\n\nb\n", [0, 2, 3, 5]),
        ("a\x0cb\x0bc\u2028d\x85e\n", [0, 10]),
    ],
)
def test_lines_end_where_python_says(text: str, starts: list[int]) -> None:
    assert Lines(text).starts == starts


@pytest.mark.parametrize(
    "text",
    ["x = 1\ny = x\n", "é = 1; z = é\n", "s = '😀'; t = s\n", "\ta = '日本'; b = a\r\nc = b\r\n".replace("\t", ""), "x = 1\ry = x\r"],
)
def test_spans_are_the_text_of_the_node(text: str) -> None:
    lines = Lines(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            start, end = lines.span(node)
            assert text[start:end] == node.id


def test_lines_and_columns_are_counted_from_one_in_characters() -> None:
    lines = Lines("é😀x\r\ny")
    assert [(lines.line(offset), lines.column(offset)) for offset in (0, 1, 2, 5)] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert lines.offset(1, len("é😀".encode())) == 2
    assert lines.line_text(1) == "é😀x"
    assert lines.line_text(2) == "y"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a if b else c", "a b c"),
        ("{a: b, **c, d: e}", "a b c d e"),
        ("a(b, *c, x=d, *e, y=g, **h)", "a b c d e g h"),
        ("lambda a, b=c, /, d=e, *g, h, i=j, **k: l", "a b c d e g h i j k l"),
        ("[a for b in c if d for e in g]", "a b c d e g"),
        ("{a: b for c in d}", "a b c d"),
        ("a < b < c", "a b c"),
        ("a[b:c, d]", "a b c d"),
        ("f'{a} {b!r:{c}}'", "a b c"),
        ("(a := b)", "a b"),
    ],
)
def test_expressions_in_the_order_of_their_text(source: str, expected: str) -> None:
    assert names_in_order(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@a\ndef f(b: c = d, *e: g, h=i, **j) -> k:\n    l", "a b c d e g h i j k l"),
        ("@a\nclass C(b, *c, d=e):\n    g", "a b c e g"),
        ("match a:\n    case {b.c: d, e.g: h}: i", "a b d e h i"),
        ("with a as b, c as d: e", "a b c d e"),
        ("try: a\nexcept b: c\nelse: d\nfinally: e", "a b c d e"),
        ("for a in b: c\nelse: d", "a b c d"),
    ],
)
def test_statements_in_the_order_of_their_text(source: str, expected: str) -> None:
    assert names_in_order(source) == expected


@pytest.mark.parametrize(
    "source", ["@a\ndef f(b: c = d, /, e=g, *h, i, j=k, **l) -> m: return {n: o, **p}", "class C(a, *b, c=d): e", "f(a, b=c, *d)"]
)
def test_every_child_is_given_once(source: str) -> None:
    for node in ast.walk(ast.parse(source)):
        given = list(children(node))
        assert len(given) == len({id(one) for one in given})
        assert {id(one) for one in ast.iter_child_nodes(node)} == {id(one) for one in given}
