"""What a function of the file may do to objects that are not its own."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.calls.summaries import CallEffect, Summary
from codemods.analysis.module import Module
from tests.analysis.calls.telling import told

Facts = Callable[[str], Module]


def summary(source: str, facts: Facts, name: str = "f") -> Summary:
    module = facts(source)
    (function,) = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    return module.summary(function)


@pytest.mark.parametrize(
    "body",
    ["return v[0]", "x = []; x.append(v)", "print(v)", "return len(v)", "[print(x) for x in v]", "x = sorted(v); x.pop()", "n = 0; n += 1"],
)
def test_it_changes_nothing(body: str, facts: Facts) -> None:
    assert summary(f"def f(v): {body}", facts).silent()


@pytest.mark.parametrize(
    ("body", "part", "names"),
    [
        ("v[0] = 1", "parameters", {"v"}),
        ("del v[0]", "parameters", {"v"}),
        ("v += [1]", "parameters", {"v"}),
        ("v *= 2", "parameters", {"v"}),
        ("(v or w)[0] = 1", "parameters", {"v", "w"}),
        ("g(v)\ndef g(x): x[0] = 1", "parameters", {"v"}),
        ("v[0][1] = 2", "inner", {"v"}),
        ("for x in v: x[0] = 1", "inner", {"v"}),
        ("v.append(1)", "touches", {"v"}),
        ("return v", "keeps", {"v"}),
        ("x = v", "keeps", {"v"}),
        ("return lambda: v[0]", "keeps", {"v"}),
        ("yield v[0]", "keeps", {"v"}),
        ("v.rows = 1", "rebinds", {"rows"}),
        ("setattr(v, 'rows', 1)", "rebinds", {"rows"}),
        ("v.rows[0] = 1", "contents", {"rows"}),
        ("v.rows[0][1] = 1", "elements", {"rows"}),
    ],
)
def test_what_it_does(body: str, part: str, names: set[str], facts: Facts) -> None:
    first, *others = body.split("\n")
    source = "\n".join([f"def f(v, w=None):\n    {first}", *others])
    assert getattr(summary(source, facts), part) == names


def test_variables_outside(facts: Facts) -> None:
    found = summary("XS = []\nN = 0\ndef f():\n    global N\n    N += 1\n    XS[0] = 1", facts)
    assert {name for _, name in found.bound} == {"N"}
    assert {name for _, name in found.variables} == {"XS"}


def test_an_import_and_a_definition_bind_globals_too(facts: Facts) -> None:
    found = summary("def f():\n    global a, b\n    import a\n    def b(): pass\na = b = 0", facts)
    assert {name for _, name in found.bound} == {"a", "b"}


@pytest.mark.parametrize("first", ["f", "g"])
def test_functions_that_call_each_other_do_what_either_does(first: str, facts: Facts) -> None:
    module = facts("XS = []\ndef f(n):\n    g(n)\n    XS[0] = 1\ndef g(n):\n    if n: f(n - 1)")
    functions = {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    module.summary(functions[first])
    for function in functions.values():
        assert {name for _, name in module.summary(function).variables} == {"XS"}


def test_a_call_of_which_nothing_is_known(facts: Facts) -> None:
    assert summary("def f(v): other(v)", facts).unknown == "other(…)"
    assert summary("async def g(): pass\ndef f(v):\n    async def h(): await v", facts).unknown == "await"


BODIES = [
    ("return v[0]", ""), ("v[0] = 1", "changes v"), ("rest[0] = 1", "changes rest"), ("named['a'] = 1", "changes named"),
    ("k.x(1)", "unknown k.x(…); touches k"), ("k[0] = 1", "changes k"), ("N[0] = 1", "variables N"),
    ("(v if w else N)[0] = 1", "changes v; variables N"), ("(y := v)[0] = 1", "changes v; keeps v"), ("(v or [])[0] = 1", "changes v"),
    ("g()[0] = 1", "unknown g(); elsewhere g()"), ("[1][0] = 2", ""), ("g(1)[0] = 1; g(2)[0] = 2", "unknown g(…); elsewhere g(1)"), ("(lambda: v)[0] = 1", "elsewhere lambda: v; keeps v"),
    ("[][0] = 1; g(1)[0] = 2", "unknown g(…); elsewhere g(1)"), ("v[0][1] = 1", "inside v"), ("v[0][1][2] = 1", "inside v"),
    ("N[0][1] = M[2][3] = 1", "elsewhere N[0]"), ("return (v[0] for x in w)", "keeps v"), ("return (x for x in w if len(v))", "keeps v"), ("def h(v): v[0][1] = 1", "elsewhere v[0]"), ("def h(v): v.m()", "unknown v.m()"),
    ("def h(v): v[0] = 1", "elsewhere v"), ("x, y = sorted(v); x[0] = 1", "elsewhere x"), ("def h(v): v.m.append(1)", "unknown v.m.append(…); contents m"), ("x, y = v; N[0][1] = 1; x[0] = 1", "elsewhere N[0]; keeps v"),
    ("v = N; M[0][1] = 1; v[0] = 1", "elsewhere M[0]; changes v"), ("global M\nimport M\nM[0] = 1", "binds M; variables M"),
    ("N[0][1] = 1", "elsewhere N[0]"), ("x = v; x[0] = 1", "elsewhere x; keeps v"), ("x = []; x[0] = 1", ""),
    ("x = sorted(v); x[0] = 1", ""), ("x, y = v; x[0] = 1", "elsewhere x; keeps v"), ("x, = [[1]]; x[0] = 1", ""),
    ("x: list = v; x[0] = 1", "elsewhere x; keeps v"), ("x: list = []; x[0] = 1", ""), ("x: list; x = []; x[0] = 1", ""),
    ("x = []; x += [1]; del x[0]", ""), ("x = []; del x", ""), ("for x in v: x[0] = 1", "inside v"),
    ("for x in v: x = []; x[0] = 1", "elsewhere x"), ("for x, y in v: x[0] = 1", "inside v"),
    ("for x in enumerate(v): x[0] = 1", "inside v"), ("for x in reversed(v): x[0] = 1", "inside v"),
    ("for x in list(v): x[0] = 1", "inside v"), ("for x in v.values(): x[0] = 1", "unknown v.values(); inside v"),
    ("for x in v.values(1): x[0] = 1", "unknown v.values(…); elsewhere x"),
    ("for x in v.keys(): x[0] = 1", "unknown v.keys(); elsewhere x"), ("for x in v[0]: x[0] = 1", "inside v"),
    ("for x in N: x[0] = 1", "elsewhere x"), ("for x in [N]: x[0] = 1", "elsewhere x"), ("for x in g(v): x[0] = 1", "unknown g(…); elsewhere x; keeps v"),
    ("for x in range(3): x[0] = 1", ""), ("for x in v: x[0][1] = 1", "inside v"),
    ("for x in v: x[0].append(1)", "unknown x[0].append(…); inside v"), ("[x.append(1) for x in v]", "unknown x.append(…); inside v"),
    ("[x for x in v if x.append(1)]", "unknown x.append(…); inside v"), ("v = []; v[0] = 1", "changes v"),
    ("v = N; v[0] = 1", "elsewhere v; changes v"), ("v = [[1]]; v[0][0] = 1", "elsewhere v[0]"),
    ("v.append(1)", "unknown v.append(…); changes v; touches v"), ("v[0].append(1)", "unknown v[0].append(…); inside v; touches v"),
    ("v.a.append(1)", "unknown v.a.append(…); touches v; keeps v; contents a"),
    ("v.a[0].append(1)", "unknown v.a[0].append(…); touches v; keeps v; elements a"),
    ("g().append(1)", "unknown g().append(…); elsewhere g()"), ("v.m(1)", "unknown v.m(…); touches v"),
    ("g(v).m(v)", "unknown g(v).m(…); touches v; keeps v"), ("N.m(1)", ""),
    ("k.append(1); w.m()", "unknown k.append(…); changes k; touches k, w"), ("v.m(lambda v: v)", "unknown v.m(…); touches v"),
    ("v += [1]", "changes v"), ("v += 1", ""), ("x = 1; x += 1", ""), ("v.a += [1]", "sets a; contents a"),
    ("v[0] += [1]", "elsewhere v[0]; changes v"), ("N[0] += [1]; v[0] += [2]", "elsewhere N[0]; changes v; variables N"),
    ("v[g(1)[0]] += [1]", "unknown g(…); elsewhere v[g(1)[0]]; changes v"), ("v.a[0] = 1", "keeps v; contents a"),
    ("v.a[0][1] = 1", "keeps v; elements a"), ("self.a.b[0][1] = 1", "elsewhere self.a.b[0]"),
    ("g().a[0] = 1", "unknown g(); elsewhere g().a"), ("v.a = 1", "sets a"), ("del v.a", "sets a"), ("v.__a = 1", "sets __a"),
    ("global N; N = 1", "binds N"), ("global N; del N", "binds N"), ("global N; import N", "binds N"),
    ("global N\nfor N in v: pass", "binds N"), ("global N\nwith g() as N: pass", "unknown with g(); binds N"),
    ("global N\ntry: pass\nexcept E as N: pass", "binds N"), ("global N\nmatch v:\n    case [N]: pass", "keeps v; binds N"),
    ("global N\nmatch v:\n    case [*N]: pass", "keeps v; binds N"), ("global N\nmatch v:\n    case {**N}: pass", "keeps v; binds N"),
    ("global N\nclass N: pass", "binds N"), ("import a.b, c as d", ""), ("def inner(): pass", ""),
    ("match v:\n    case [x, *y]: pass", "keeps v"), ("async def h(): await v", "unknown await; keeps v"),
    ("async def h():\n    async for x in v: pass", "unknown await; keeps v"),
    ("async def h(): return [x async for x in v]", "unknown async for; keeps v"),
    ("async def h():\n    async with v: pass", "unknown await; keeps v"), ("with v: pass", "unknown with v; keeps v"),
    ("with open(v): pass", "keeps v"), ("raise v", "keeps v"), ("return v", "keeps v"), ("return v[0]", ""),
    ("return w or 1", "keeps w"), ("x = v", "keeps v"), ("x = v.a", "keeps v"), ("yield 1; v[0]", "keeps v"),
    ("yield from v", "keeps v"), ("return lambda: v", "keeps v"), ("def h(): return w\nreturn h", "keeps w"),
    ("return (v for x in w)", "keeps v"), ("return sum(v for x in w)", "keeps v"), ("print(v, w)", ""),
    ("g(v)", "unknown g(…); keeps v"), ("x = [v]", "keeps v"), ("return k", "keeps k"),
    ("lambda: v.append(1)", "unknown v.append(…); changes v; touches v; keeps v"), ("def h(): v[0] = 1", "changes v; keeps v"),
    ("def h(): N[0] = 1", "variables N"), ("def h():\n    x = []\n    def i(): x[0] = 1", ""),
    ("class C:\n    x = 1\n    v[0] = 1", "changes v"), ("type(v)()", "unknown type(v)(); keeps v"), ("v[0]()", "unknown v[0]()"),
    ("g()", "unknown g()"),
]  # fmt: skip


CALLING = [
    ("return None", "def other(): f(1)", ""), ("other(v)", "def other(a): a[0] = 1", "changes v"),
    ("other(v[0])", "def other(a): a[0] = 1", "inside v"), ("other(v)", "def other(a): a[0][0] = 1", "inside v"),
    ("other(v[0])", "def other(a): a[0][0] = 1", "inside v"), ("other(v.a)", "def other(a): a[0][0] = 1", "elsewhere v.a; keeps v"),
    ("for x in v: other(x)", "def other(a): a[0][0] = 1", "inside v"),
    ("other(g())", "def other(a): a[0][0] = 1", "unknown g(); elsewhere g()"), ("other(N)", "def other(a): a[0][0] = 1", "elsewhere N"),
    ("other(v)", "def other(a): a.m()", "unknown a.m(); changes v"), ("other([v])", "def other(a): a.m()", "unknown a.m(); keeps v"),
    ("v + 1", "class C:\n    def __add__(self, other): N[0] = 1", "variables N"),
    ("v + 1", "class C:\n    def __add__(self, other): other[0] = 1", "elsewhere def __add__(self, other):"),
    ("raise K", "class K(Exception):\n    def __init__(self): N[0] = 1", "variables N"),
    ("int(1)", "class C:\n    def __add__(self, other): N[0] = 1", ""),
    ("for x in sorted(v): x[0] = 1", "def sorted(v): return N", "elsewhere x"),
    ("for x in v.values(): x[0] = 1", "class C:\n    def values(self): return N", "unknown v.values(); elsewhere x"),
    ("for x in v.values(): x[0] = 1", "class C:\n    def items(self): return N", "unknown v.values(); inside v"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "others", "expected"), [*((body, "", expected) for body, expected in BODIES), *CALLING])
def test_all_that_a_function_does(body: str, others: str, expected: str, facts: Facts) -> None:
    indented = body.replace("\n", "\n    ")
    module = facts(f"N = []\nM = {{}}\ndef f(v, w=None, *rest, k=1, **named):\n    {indented}\n{others}")
    function = module.tree.body[2]
    assert isinstance(function, ast.FunctionDef)
    found = module.summary(function)
    assert told(found) == expected
    assert found.silent() is all(part.startswith(("keeps", "touches")) for part in expected.split("; ") if part)


@pytest.mark.parametrize(
    ("lazy", "expected"),
    [
        ("(x for x in v)", ""), ("(x.append(1) for x in N)", "unknown x.append(…); elsewhere x"), ("(N.append(x) for x in v)", "variables N"),
        ("(1 for x in v if N.append(x))", "variables N"), ("(1 for x in v for y in N.pop())", "variables N"), ("(1 for x in N.pop())", ""),
        ("lambda: N.append(1)", "variables N"), ("lambda x=N.append(1): x", "keeps x"),
    ],
)  # fmt: skip
def test_what_runs_later(lazy: str, expected: str, facts: Facts) -> None:
    """The first iterable, and defaults, are evaluated where the thing is made."""
    module = facts(f"N = []\nfound = {lazy}")
    node = module.tree.body[-1].value  # type: ignore[attr-defined]
    assert told(module.summaries.of(node)) == expected


@pytest.mark.parametrize(
    "part", ["unknown", "elsewhere", "rebinds", "contents", "elements", "bound", "variables", "targets", "inner", "touched"]
)
def test_what_changes_one_thing_is_not_silent(part: str) -> None:
    given = {"unknown": "f()", "elsewhere": "x"}.get(part, [ast.Name("x")] if part in ("targets", "inner", "touched") else {"x"})
    effect = CallEffect(**{part: given})
    assert CallEffect().silent()
    assert not effect.silent()
    assert effect.any_known() is (part not in ("unknown", "targets", "inner", "touched"))
    both = CallEffect(unknown="g()", elsewhere="y")
    both.absorb(effect)
    assert (both.unknown, both.elsewhere) == ("g()", "y")
    other = CallEffect()
    other.absorb(effect)
    assert getattr(other, part) == given


@pytest.mark.parametrize(
    ("body", "hands"),
    [("then()", True), ("then(); other()", True), ("other(); then()", True), ("other()", False), ("then(); quiet()", True), ("caller(then); quiet()", True)],
)  # fmt: skip
def test_a_function_that_may_run_what_was_handed_out(body: str, hands: bool, facts: Facts) -> None:
    module = facts(f"def quiet(): pass\ndef caller(g): g()\ndef f(then):\n    {body}\n")
    assert module.summary(module.tree.body[-1]).hands is hands  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [2, 3, 4, 7])
def test_functions_in_one_ring_know_what_the_first_does(size: int, facts: Facts) -> None:
    module = facts(
        "N = []\n" + "".join(f"def f{i}(n):\n    f{(i + 1) % size}(n)\n    {'pass' if i else 'N[0] = 1'}\n" for i in range(size))
    )
    functions = [node for node in module.tree.body if isinstance(node, ast.FunctionDef)]
    assert [told(module.summary(function)) for function in functions] == ["variables N"] * size


def test_functions_in_a_ring_know_what_all_of_them_do(facts: Facts) -> None:
    """However deep they are asked for first: a summary that rests on one that is not finished is read again."""
    text = "N = []\nM = []\n" + "".join(f"def f{i}(n):\n    f{(i + 1) % 5}(n)\n    f{(i + 3) % 5}(n)\n" for i in range(5))
    module = facts(text.replace("def f3(n):", "def f3(n):\n    N[0] = 1").replace("def f1(n):", "def f1(n):\n    M[0] = 1"))
    functions = [node for node in module.tree.body if isinstance(node, ast.FunctionDef)]
    assert [told(module.summary(function)) for function in functions] == ["variables M, N"] * 5
