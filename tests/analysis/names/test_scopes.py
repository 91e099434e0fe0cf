"""Which variable a name means."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.scopes import Scope, mangled

Facts = Callable[[str], Module]


def uses(module: Module, name: str) -> list[ast.Name]:
    """Every mention of a name, as they stand."""
    found = [node for node in module.names.scope_of if isinstance(node, ast.Name) and node.id == name]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def owner_of_last(module: Module, name: str = "x") -> Scope | None:
    return module.owner(name, uses(module, name)[-1])


@pytest.mark.parametrize(
    ("name", "source", "kind"),
    [
        ("a module's own", "x = 1\nx", "module"),
        ("a function's own", "def f():\n    x = 1\n    x", "function"),
        ("the module's, read in a function", "x = 1\ndef f(): x", "module"),
        ("bound later in the function: the function's all the same", "x = 1\ndef f():\n    x\n    x = 2\n    x", "function"),
        ("global", "x = 1\ndef f():\n    global x\n    x = 2", "module"),
        ("global declared after its use in the same function's branch", "def f():\n    if 1:\n        global x\n    x = 2", "module"),
        ("global, read past a function's own", "x = 1\ndef f():\n    x = 2\n    def g():\n        global x\n        x", "module"),
        ("nonlocal of nothing, which does not compile", "def f():\n    nonlocal x\n    x = 2", None),
        ("global in a class", "class C:\n    global x\n    x = 2", "module"),
        ("the key and value of a dict comprehension", "{1: x for x in y}", "comprehension"),
        ("nonlocal", "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2", "function"),
        (
            "nonlocal, a private name",
            "class C:\n    def f():\n        __x = 1\n        def g():\n            nonlocal __x\n            __x = 2",
            "function",
        ),
        (
            "global, a private name",
            "class C:\n    def f():\n        __x = 1\n        def g():\n            global __x\n            __x = 2",
            "module",
        ),
        ("a parameter", "def f(x): x", "function"),
        ("a lambda's parameter", "lambda x: x", "lambda"),
        ("a class's own, in its body", "class C:\n    x = 1\n    x", "class"),
        ("a method sees nothing of its class", "class C:\n    x = 1\n    def m(self): x", None),
        ("a method sees what is around its class", "x = 1\nclass C:\n    x = 2\n    def m(self): x", "module"),
        ("a comprehension's own", "[x for x in y]", "comprehension"),
        ("the first iterable of a comprehension is read outside", "[x for x in x]", None),
        ("the second iterable of a comprehension is read inside", "[1 for x in y for z in x]", "comprehension"),
        ("a comprehension in a class sees nothing of the class", "class C:\n    x = 1\n    y = [x for z in w]", None),
        ("the first iterable of a comprehension in a class does", "class C:\n    x = 1\n    y = [z for z in x]", "class"),
        ("a walrus in a comprehension binds outside", "def f(y):\n    [(x := z) for z in y]\n    x", "function"),
        ("a default is evaluated outside", "x = 1\ndef f(x=x): pass", "module"),
        ("an annotation is evaluated outside", "x = 1\ndef f(x: x): pass", "module"),
        ("a decorator is evaluated outside", "x = 1\nclass C:\n    @x\n    def x(self): pass", "class"),
        ("a builtin has no owner", "print(x)", None),
    ],
)
def test_whose_name_it_is(facts: Facts, name: str, source: str, kind: str | None) -> None:
    owner = owner_of_last(facts(source), "__x" if "private" in name else "x")
    assert (owner.kind if owner else None) == kind


def test_a_class_body_reads_the_variable_of_the_function_around_it(facts: Facts) -> None:
    module = facts("def f(x):\n    class C:\n        y = x")
    owner = owner_of_last(module)
    assert owner is not None
    assert owner.kind == "function"


def test_below_finds_every_scope_once(facts: Facts) -> None:
    module = facts("def f():\n    class C:\n        def m(self): return [x for x in y]\nlambda: 1")
    kinds = sorted(scope.kind for scope in module.names.module.below())
    assert kinds == ["class", "comprehension", "function", "function", "lambda", "module"]


def test_a_comprehension_belongs_to_the_function_around_it(facts: Facts) -> None:
    module = facts("def f():\n    [[x for x in y] for z in w]")
    inner = module.scope(uses(module, "x")[0])
    assert inner.kind == "comprehension"
    assert inner.function().kind == "function"
    assert inner.root().kind == "module"


@pytest.mark.parametrize(
    ("name", "owner", "expected"),
    [
        ("__x", "C", "_C__x"),
        ("__x", "_C", "_C__x"),
        ("__x", "__C", "_C__x"),
        ("__x", "__", "__x"),
        ("__x__", "C", "__x__"),
        ("_x", "C", "_x"),
        ("x", "C", "x"),
        ("__x", None, "__x"),
    ],
)
def test_private_names_are_mangled(facts: Facts, name: str, owner: str | None, expected: str) -> None:
    module = facts(f"class {owner}:\n    def m(self): pass" if owner else "def m(): pass")
    scope = next(scope for scope in module.names.module.below() if scope.kind == "function")
    assert mangled(name, scope) == expected


def test_a_mangled_name_is_one_variable_in_the_class_and_another_outside(facts: Facts) -> None:
    module = facts("__x = 1\nclass C:\n    __x = 2\n    __x\n")
    owners = [module.variable(use) for use in uses(module, "__x")]
    assert [name for _, name in filter(None, owners)] == ["__x", "_C__x", "_C__x"]


@pytest.mark.parametrize("call", ["exec(s)", "eval(s)", "locals()", "vars()", "globals()", "dir()"])
def test_scopes_that_may_hold_names_not_written(facts: Facts, call: str) -> None:
    module = facts(f"def f():\n    {call}\ndef g(): pass")
    assert {scope.node.name: scope.dynamic for scope in module.names.module.children} == {"f": True, "g": False}  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["show = vars", "show(vars)", "vars.x"])
def test_what_shows_a_scope_where_it_is_called_elsewhere(facts: Facts, text: str) -> None:
    assert facts(f"def f(show):\n    {text}").names.module.children[0].dynamic


@pytest.mark.parametrize("text", ["locals = x", "del locals", "locals: int"])
def test_a_name_that_is_bound_shows_nothing(facts: Facts, text: str) -> None:
    assert not facts(f"def f(x):\n    {text}").names.module.children[0].dynamic


@pytest.mark.parametrize("call", ["vars(x)", "dir(x)"])
def test_the_names_of_an_object_are_another_matter(facts: Facts, call: str) -> None:
    module = facts(f"def f(x):\n    {call}")
    assert not module.names.module.children[0].dynamic


def test_star_imports_are_noted(facts: Facts) -> None:
    assert sorted(facts("from a import *\nfrom ..b import *\nfrom . import *").names.module.stars) == [".", "..b", "a"]


def test_the_owner_of_a_global_that_is_nowhere_bound_is_unknown(facts: Facts) -> None:
    module = facts("def f():\n    global x\n    print(x)")
    assert owner_of_last(module) is None


def test_the_first_that_shows_a_scope_is_named(facts: Facts) -> None:
    shower = facts("def f():\n    eval(x)\n    exec(y)").names.module.children[0].shower
    assert shower is not None
    assert shower.id == "eval"


def test_the_first_scope_of_the_file_that_is_shown(facts: Facts) -> None:
    assert facts("def f(): pass").names.shower is None
    shower = facts("def f(): pass\ndef g():\n    eval(x)").names.shower
    assert shower is not None
    assert shower.id == "eval"


@pytest.mark.parametrize(
    ("source", "users"),
    [
        ("x = 1\ndef f():\n    x\n    def g(): x\ndef h(): x", {"f", "g"}),
        ("def f():\n    print\n    def x(): x\n    def g(): x", set()),
        ("def f():\n    x\n    def g():\n        x = 1\n        x", {"f"}),
        ("x = 1\ndef f():\n    x = 2\n    def g():\n        global x\n        x\n    def h(): x", {"g"}),
    ],
)
def test_uses_of_a_variable_that_is_not_the_scope_s_own(facts: Facts, source: str, users: set[str]) -> None:
    scope = next(one for one in facts(source).names.module.below() if getattr(one.node, "name", "") == "f")
    assert {one.node.name for one in scope.outer_users("x")} == users  # type: ignore[attr-defined]
