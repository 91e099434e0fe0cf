"""The order of evaluation as a graph: which stores can have come last before a read, and what can follow what."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.order.flow import CALL, NARROW, STORE, Event, Flow

Facts = Callable[[str], Module]


def flow_of(module: Module) -> Flow:
    """The flow of the file's first function, or of the module if it has none."""
    function = next((node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)), None)
    return module.flow_of(function or module.tree)


def stored(event: Event) -> str | None:
    node = event.node
    if event.kind == STORE:
        match node:
            case ast.Name():
                return node.id
            case ast.alias():
                return node.asname or node.name
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
                return node.name
            case ast.MatchMapping():
                return node.rest
    return None


def reaching(source: str, facts: Facts) -> str:
    """The lines of the stores to `x` that can come last before `use()`, and `start` where it may be reached without one."""
    flow = flow_of(facts(source))
    calls = [event for event in flow.events if event.kind == CALL and isinstance(event.node.func, ast.Name)]  # type: ignore[attr-defined]
    (use,) = [event for event in calls if event.node.func.id == "use"]  # type: ignore[attr-defined]
    events, from_start = flow.last(use.index, lambda event: stored(event) == "x")
    return " ".join([*(["start"] if from_start else []), *(str(event.node.lineno) for event in events)])  # type: ignore[attr-defined]


STRAIGHT = [
    ("one after the other", "x = 1\nx = 2\nuse()", "2"),
    ("none", "use()\nx = 1", "start"),
    ("the value is evaluated before the store", "x = use()", "start"),
    ("an augmented assignment", "x = 1\nx += 2\nuse()", "2"),
    ("in a tuple", "x, y = 1, 2\nuse()", "1"),
    ("a walrus", "(x := 1)\nuse()", "1"),
    ("an assignment with an annotation", "x: int = 1\nuse()", "1"),
    ("an annotation without a value stores nothing", "x = 1\nx: int\nuse()", "1"),
    ("but evaluates what its target is made of", "f(x := 1).y: int\nuse()", "1"),
    ("and its index", "y[(x := 1)]: int\nuse()", "1"),
    ("an import", "x = 1\nimport x\nuse()", "2"),
    ("the key of a store comes after its value", "d[use()] = (x := 1)", "1"),
    ("the receiver of an attribute store comes after its value", "use().a = (x := 1)", "1"),
    ("arguments from left to right", "f((x := 1), use())", "1"),
    ("the function before its arguments", "use()((x := 1))", "start"),
    ("keywords as they stand", "f(a=(x := 1), b=use())", "1"),
    ("dict displays: key, then value", "{(x := 1): use()}", "1"),
    ("the operands of a comparison", "(x := 1) < use()", "1"),
    ("the third operand of a comparison may be left out", "a < (y := 1) < (x := 2)\nuse()", "start 1"),
    ("a default, when the function is made", "def g(a=(x := 1)): pass\nuse()", "1"),
    ("a decorator", "@f(x := 1)\ndef g(): pass\nuse()", "1"),
    ("a class body runs", "class C:\n    (x := 1)\nuse()", "2"),
    ("an f-string", "f'{(x := 1)} {use()}'", "1"),
    ("the operands of a long sum", "a + (x := 1) + b + use()", "1"),
    ("a starred target", "a, *x = b\nuse()", "1"),
    ("the index of a store", "d[(x := 1)] = 2\nuse()", "1"),
    ("the receiver of an addition in place", "f(x := 1).a += 1\nuse()", "1"),
    ("the index of an addition in place", "d[(x := 1)] += use()", "1"),
    ("the second clause's iterable", "[y for y in a for z in (x := b)]\nuse()", "start 1"),
    ("the value of a dict comprehension", "{y: (x := y) for y in a}\nuse()", "start 1"),
]

BRANCHES = [
    ("if", "if c:\n    x = 1\nuse()", "start 2"),
    ("if and else", "if c:\n    x = 1\nelse:\n    x = 2\nuse()", "2 4"),
    ("elif", "if c:\n    x = 1\nelif d:\n    x = 2\nuse()", "start 2 4"),
    ("elif and else", "if c:\n    x = 1\nelif d:\n    x = 2\nelse:\n    x = 3\nuse()", "2 4 6"),
    ("a later test is evaluated only if the earlier is false", "if (x := 1):\n    pass\nelif use():\n    pass", "1"),
    ("a test of a literal has one outcome", "if 0:\n    x = 1\nuse()", "start"),
    ("and", "a and (x := 1)\nuse()", "start 1"),
    ("or", "a or (x := 1)\nuse()", "start 1"),
    ("behind and, in the branch", "if a and (x := 1):\n    use()", "1"),
    ("behind or, in the branch", "if a or (x := 1):\n    use()", "start 1"),
    ("behind or, in the other branch", "if a or (x := 1):\n    pass\nelse:\n    use()", "1"),
    ("a conditional expression", "(x := 1) if c else (x := 2)\nuse()", "1 1"),
    ("its test comes first", "use() if (x := 1) else 2", "1"),
    ("assert, whose message is evaluated only on failure", "assert c, (x := 1)\nuse()", "start"),
    ("return ends the path", "if c:\n    x = 1\n    return\nuse()", "start"),
    ("raise ends the path", "if c:\n    x = 1\n    raise y\nuse()", "start"),
    ("match", "match a:\n    case 1:\n        x = 1\n    case 2:\n        x = 2\nuse()", "start 3 5"),
    ("a match that catches all", "match a:\n    case 1:\n        x = 1\n    case _:\n        x = 2\nuse()", "3 5"),
    ("a captured name", "match a:\n    case [x]:\n        use()", "2"),
    ("alternatives that capture the same name", "match a:\n    case [1, x] | [x, _, [x]]:\n        use()", "2 2"),
    ("an alternative that captures in an alternative", "match a:\n    case [([_] as x) | ([x, _] | {1: x}), _]:\n        use()", "2 2 2"),
    ("alternatives that capture nothing", "match a:\n    case [1 | 2, x]:\n        use()", "2"),
    ("the rest of a mapping", "match a:\n    case {1: b, **x}:\n        use()", "2"),
    ("a pattern under a name may not match", "match a:\n    case 1 as y:\n        return\nx = 1\nuse()", "4"),
    ("a pattern under a name may match none", "match a:\n    case 1 as y:\n        x = 1\nuse()", "start 3"),
    ("a guard that fails leaves what the pattern captured", "match a:\n    case x if c:\n        return\nuse()", "start 2"),
]

LOOPS = [
    ("a loop may not run", "for y in a:\n    x = 1\nuse()", "start 2"),
    ("a later line comes earlier in the next turn", "for y in a:\n    use()\n    x = 1", "start 3"),
    ("the target of the loop", "for x in a:\n    use()", "1"),
    ("the target after the loop", "for x in a:\n    pass\nuse()", "start 1"),
    ("the iterable is evaluated once, before", "for y in use():\n    x = 1", "start"),
    ("break", "x = 0\nfor y in a:\n    x = 1\n    break\nelse:\n    x = 2\nuse()", "3 6"),
    ("else runs when the loop is exhausted", "for y in a:\n    x = 1\nelse:\n    use()", "start 2"),
    ("continue", "for y in a:\n    if c:\n        continue\n    x = 1\nuse()", "start 4"),
    ("while", "while c:\n    x = 1\nuse()", "start 2"),
    ("a while's test runs again", "while use():\n    x = 1", "start 2"),
    ("while true is left by break alone", "while True:\n    x = 1\n    if c:\n        break\nuse()", "2"),
    ("the break of an inner loop stays inside", "for y in a:\n    x = 1\n    for z in a:\n        break\n    use()", "2"),
    ("a comprehension runs inside", "[(x := y) for y in a]\nuse()", "start 1"),
    ("its filter", "[use() for y in a if (x := y)]", "1"),
    ("a lazy generator does not run here", "((x := y) for y in a)\nuse()", "start"),
    ("a generator that is used up at once does", "sum((x := y) for y in a)\nuse()", "start 1"),
    ("a lambda does not run here", "lambda: (x := 1)\nuse()", "start"),
]

EXCEPTIONS = [
    ("an exception may come before a store", "try:\n    f()\n    x = 1\nexcept E:\n    use()", "start 3"),
    ("or after it", "try:\n    x = f()\n    g()\nexcept E:\n    use()", "start 2"),
    ("else runs after the whole body", "try:\n    x = f()\nexcept E:\n    pass\nelse:\n    use()", "2"),
    ("after a handler", "x = 0\ntry:\n    x = f()\nexcept E:\n    x = 2\nuse()", "3 5"),
    ("a handler that leaves", "try:\n    x = f()\nexcept E:\n    return\nuse()", "2"),
    ("the handler's name", "try:\n    f()\nexcept E as x:\n    use()", "3"),
    ("finally runs after the body, or after any part of it", "try:\n    x = f()\nfinally:\n    use()", "start 2"),
    ("finally runs on return", "try:\n    x = 1\n    return\nfinally:\n    use()", "start 2"),
    ("after finally, when the body is done", "try:\n    x = f()\nfinally:\n    pass\nuse()", "start 2"),
    ("break through finally", "for y in a:\n    try:\n        x = 1\n        break\n    finally:\n        x = 2\nuse()", "start 6"),
    ("the first event of a try may fail: an import", "x = 0\ntry:\n    import x\nexcept E:\n    use()", "1 3"),
    (
        "the first event of a try behind a loop may fail",
        "x = 0\nwhile c:\n    x = 1\n    continue\ntry:\n    import x\nexcept E:\n    use()",
        "1 3 6",
    ),
    ("with may swallow what its body raises", "with a:\n    x = f()\nuse()", "start 2"),
    ("open swallows nothing", "with open(a):\n    x = f()\nuse()", "2"),
    ("behind open whose body leaves, nothing is reached", "x = 0\ntry:\n    with open(a):\n        return\nfinally:\n    pass\nuse()", ""),
    ("opening a path swallows nothing", "import pathlib\nwith pathlib.Path(a).open() as b:\n    x = f()\nuse()", "3"),
    ("opening what is no path may", "with a().open() as b:\n    x = f()\nuse()", "start 2"),
    ("the first manager may swallow what is done before the second", "with a as x, f((x := 1)):\n    pass\nuse()", "start 1 1"),
    ("the first manager may swallow what the second raises", "x = 0\nwith a as y, b as x:\n    pass\nuse()", "1 2"),
    ("continue through finally", "for y in a:\n    use()\n    try:\n        continue\n    finally:\n        x = 2", "start 6"),
    ("return through two finallys", "try:\n    try:\n        return\n    finally:\n        x = 1\nfinally:\n    use()", "start 5"),
    ("what stands behind a return in finally", "for y in a:\n    try:\n        return\n    finally:\n        x = 1\nuse()", "start"),
    ("except*", "try:\n    x = f()\nexcept* E:\n    use()", "start 2"),
    ("one except* after the other", "try:\n    f()\nexcept* E:\n    x = 1\nexcept* F:\n    use()", "start 4"),
    ("an except* that raises", "try:\n    f()\nexcept* E:\n    x = 1\n    raise\nexcept* F:\n    use()", "start 4"),
    ("an except that does", "try:\n    f()\nexcept E:\n    x = 1\n    raise\nexcept F:\n    use()", "start"),
    ("after two except*", "try:\n    x = f()\nexcept* E:\n    x = 1\nexcept* F:\n    x = 2\nuse()", "2 4 6"),
]


@pytest.mark.parametrize(("name", "source", "expected"), [*STRAIGHT, *BRANCHES, *LOOPS, *EXCEPTIONS])
def test_what_can_have_come_last(facts: Facts, name: str, source: str, expected: str) -> None:
    body = "\n".join(f"    {line}" for line in source.split("\n"))
    lines = reaching(f"def function():\n{body}", facts).split()
    assert " ".join(one if one == "start" else str(int(one) - 1) for one in lines) == expected


def test_dead_code_is_reached_from_nowhere_but_dead_code(facts: Facts) -> None:
    assert reaching("def f():\n    x = 1\n    return\n    use()", facts) == ""
    assert reaching("def f():\n    x = 1\n    return\n    x = 2\n    use()", facts) == "4"


EVERYTHING = """
a: b = c
d.e += f
g[h] += i
j += k[l:m]
del n, o.p, q[r]
s(*t, u=v, **w)
[x, *y], z.aa, bb[cc] = dd
match ee:
    case ff.gg | {hh.ii: _} | jj(kk=ll.mm): nn
{oo: pp, **qq}
{rr: ss for tt in uu for vv in ww if xx}
f"{yy:{zz}}"
async def f(*ab: ac, **ad: ae) -> af: pass
class ag(ah, ai=aj, **ak): pass
raise al from am
"""


def test_every_name_and_attribute_is_an_event(facts: Facts) -> None:
    module = facts(EVERYTHING)
    flow = module.flow_of(module.tree)
    all_of_them = [node for node in ast.walk(module.tree) if isinstance(node, ast.Name | ast.Attribute | ast.Subscript)]
    assert [ast.unparse(node) for node in all_of_them if node not in flow.index] == []
    assert len(all_of_them) > 60


def test_reachable_stops_at_the_stops_and_names_them(facts: Facts) -> None:
    module = facts("a()\nx = 1\nb()")
    flow = module.flow_of(module.tree)
    a, b = (event.index for event in flow.events if event.kind == CALL)
    (x,) = (event.index for event in flow.events if stored(event) == "x")
    assert b in flow.reachable([a])
    assert flow.reachable([a], frozenset({x})) & {a, x, b} == {x}
    assert flow.reaching([b], frozenset({x})) & {a, x, b} == {x}
    assert flow.reaching([b]) & {a, x} == {a, x}


def test_what_follows_itself_is_in_a_loop(facts: Facts) -> None:
    module = facts("a()\nwhile c: b()")
    flow = module.flow_of(module.tree)
    a, b = (event.index for event in flow.events if event.kind == CALL)
    assert b in flow.reachable([b])
    assert a not in flow.reachable([a])


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("a", [("a", True), ("a", False)]),
        ("not a", [("a", True), ("a", False)]),
        ("a and b", [("a", True), ("a", False), ("b", True), ("b", False)]),
        ("a or b", [("a", True), ("a", False), ("b", True), ("b", False)]),
        ("isinstance(a, b)", [("isinstance(a, b)", True), ("isinstance(a, b)", False)]),
        ("True", []),
    ],
)
def test_each_test_stands_at_the_start_of_its_branches(facts: Facts, test: str, expected: list[tuple[str, bool]]) -> None:
    module = facts(f"if {test}: pass")
    flow = module.flow_of(module.tree)
    narrowed = [(ast.unparse(event.node), event.positive) for event in flow.events if event.kind == NARROW]
    assert narrowed == expected


def test_what_runs_at_another_time_is_delayed(facts: Facts) -> None:
    module = facts("def f(): pass\nlambda: 1\n(x for x in y)\nsum(x for x in y)\n[x for x in y]")
    flow = module.flow_of(module.tree)
    assert sorted(type(node).__name__ for node, _ in flow.delayed) == ["FunctionDef", "GeneratorExp", "Lambda"]


def test_a_long_dispatcher_does_not_recurse(facts: Facts) -> None:
    branches = "\n".join(f"elif c == {index}:\n    x = {index}" for index in range(900))
    module = facts(f"if c:\n    x = -1\n{branches}\nuse()")
    assert len(module.flow_of(module.tree).events) > 900


def test_a_long_sum_does_not_recurse(facts: Facts) -> None:
    module = facts(f"x = {' + '.join(['a'] * 900)}")
    assert len(module.flow_of(module.tree).events) == 902


@pytest.mark.skipif(not hasattr(ast, "TypeAlias"), reason="Python 3.12 syntax")
def test_a_type_alias_binds_and_evaluates_nothing(facts: Facts) -> None:
    module = facts("type x = y")
    flow = module.flow_of(module.tree)
    assert [stored(event) for event in flow.events] == [None, "x"]
