"""Call `super()` without the arguments that it finds by itself.

Before:

    class BinaryClassifier(ImageClassifier):
        def __init__(self):
            super(BinaryClassifier, self).__init__()

After:

    class BinaryClassifier(ImageClassifier):
        def __init__(self):
            super().__init__()

Why: the arguments are a habit of Python 2. They repeat the class's name in each method, so that a class that is renamed or copied calls
the wrong parent, or none. Since Python 3 `super()` knows the class that it stands in, and takes the method's first argument.

Safe: the name certainly means the class around when the method runs (one definition, outside of loops, nothing else ever bound to the
name, no decorator that could have put another class in its place), and the second argument is the method's own first parameter, bound
nowhere else. A dotted name, `super(Outer.Inner, self)`, is followed through the classes of the file. Metaclasses, `locals()`, `exec` and
functions that are also hung on other classes change nothing: the word `super` alone makes Python keep the class for the method, with
arguments or without. Comments between the arguments stay.

Refused: another class than the one around, which skips a level on purpose; `super(type(self), self)`, which is a mistake of its own
(in a derived class it never ends) that `super()` would hide; another object than the first parameter; functions in a method, lambdas and
generator expressions, whose first argument is another one (comprehensions before Python 3.12 too); static methods; a class of the same
name in another branch; dataclasses with `slots=True` and the like, which are a copy of the class that `super()` knows; and wherever
`super` or `__class__` is a name of the program's own. Where a decorator of the class is not known, the rewrite is unsafe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.names.scopes import Scope, mangled
from codemods.analysis.names.shadowing import shadowed
from codemods.analysis.text.continued import hanging_call
from codemods.analysis.text.fields import f_string_around, shows_source
from codemods.analysis.types.dict_likes import shortened
from codemods.analysis.types.lexical_classes import ClassReference, refer
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Fact, Reasons, Refusal, Refused, Safe, Unsafe

if TYPE_CHECKING:
    import libcst as cst

Method = ast.FunctionDef | ast.AsyncFunctionDef

ARGUMENTS = Refusal("arguments", "`{text}` does not name a class and an object, each written out")
UNBOUND = Refusal("unbound", "`{text}`, with a class alone, is something else: it is bound to no object")
LAMBDA = Refusal("lambda", "the lambda at line {line} has no class of its own")
NOT_IN_METHOD = Refusal("not-in-method", "`{text}` stands in no method")
NESTED = Refusal("nested-function", "`{function}` is a function inside of a method, with a first argument of its own")
COMPREHENSION = Refusal(
    "comprehension", "the {what} at line {line} is a function of its own{when}, whose first argument is no object of the class"
)
STATIC = Refusal("staticmethod", "`{function}` is a static method")
DYNAMIC = Refusal("dynamic", "`{text}` is the object's class, not the class around: in a derived class this calls itself without end")
ANOTHER_CLASS = Refusal("another-class", "`{text}` is not the class around, `{owner}`")
NOT_FIRST = Refusal("not-first", "`{text}` is not the first parameter of `{function}`")
FIRST_REBOUND = Refusal("first-rebound", "`{text}` is bound again at line {line}")
CELL = Refusal("class-cell", "`__class__` is a name of its own here, which `super()` would look at")
SHOWS_SOURCE = Refusal("shows-source", "the f-string at line {line} prints its own source, with `=`")


class Plan(Struct, frozen=True):
    """`ordinal` is the number of the call within the anchor, if that is an f-string or the call of what it gives; `None` where it is the
    anchor itself. The anchor's further lines move to the left by `room`, with the bracket under which they stand.
    """

    ordinal: int | None
    room: int = 0


def find(node: ast.Call, module: Module) -> Iterator[Site]:
    """The site at a call of `super` with arguments."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "super" and (node.args or node.keywords)):
        return
    string = f_string_around(node, module)
    verdict: Safe | Unsafe | Refused = _judge(node, module)
    if string is not None and shows_source(node, module, "super"):
        verdict = SHOWS_SOURCE(line=string.lineno)
    outer = hanging_call(node, module) if string is None else None
    anchor = string or outer
    plan = Plan(module.ordinal(node, anchor) if anchor else None, _room(node, module) if outer else 0)
    yield Site(anchor or node, verdict, None if isinstance(verdict, Refused) else plan, node, why=partial(_reasons, node, module))


def _room(call: ast.Call, module: Module) -> int:
    """How much shorter the call becomes."""
    start, end = module.span(call)
    return end - start - len("super()")


def _reasons(call: ast.Call, module: Module) -> Reasons:
    """The method and the class around, what binds their names, and what stands in the way."""
    scope = _method_around(call, module)
    if isinstance(scope, Refused):
        return Reasons((Fact(scope.reason, module.line(call)),))
    assert isinstance(scope.node, Method)
    owner = _class_of(scope)
    assert owner is not None
    facts = [Fact(f"the call stands in the method `{scope.node.name}` of the class `{owner.name}`", module.line(scope.node))]
    if len(call.args) != 2:
        return Reasons(tuple(facts))
    given, thing = call.args
    if _first(thing, scope, module) is None:
        facts.append(Fact(f"`{ast.unparse(thing)}` is its first parameter, and not bound again", module.line(scope.node)))
    if _cell(scope) is None:
        facts.append(Fact("nothing binds `__class__` there", module.line(scope.node)))
    if isinstance(given, ast.Name):
        for binding in module.bindings(given.id, given):
            facts.append(Fact(f"`{given.id}` is bound", module.line(binding.node)))
    return Reasons(tuple(facts))


def _judge(call: ast.Call, module: Module) -> Safe | Unsafe | Refused:
    if not module.is_builtin("super", call):
        return shadowed("super", call, module)
    match call:
        case ast.Call(args=[given, thing], keywords=[]) if not any(isinstance(one, ast.Starred) for one in call.args):
            pass
        case ast.Call(args=[only], keywords=[]) if not isinstance(only, ast.Starred):
            return UNBOUND(text=shortened(call))
        case _:
            return ARGUMENTS(text=shortened(call))
    scope = _method_around(call, module)
    if isinstance(scope, Refused):
        return scope
    assert isinstance(scope.node, Method)
    refused = _first(thing, scope, module) or _cell(scope)
    if refused is not None:
        return refused
    owner = _class_of(scope)
    assert owner is not None
    return _same_class(given, owner, scope.node, module)


# --- where it stands ---


def _method_around(call: ast.Call, module: Module) -> Scope | Refused:
    """The scope of the method in which `super()` would work."""
    scope = module.scope(call)
    while scope.kind == "comprehension" and scope.parent is not None:
        if isinstance(scope.node, ast.GeneratorExp):
            return COMPREHENSION(what="generator expression", line=module.line(scope.node), when="")
        if module.target < (3, 12):
            return COMPREHENSION(what="comprehension", line=module.line(scope.node), when=" before Python 3.12")
        scope = scope.parent
    if scope.kind == "lambda":
        return LAMBDA(line=module.line(scope.node))
    if not isinstance(scope.node, Method) or scope.kind != "function":
        return NOT_IN_METHOD(text=shortened(call))
    if _class_of(scope) is None:
        nested = any(isinstance(one, ast.ClassDef) for one in module.ancestors(scope.node))
        return NESTED(function=scope.node.name) if nested else NOT_IN_METHOD(text=shortened(call))
    if any(module.origin(one) == "builtins.staticmethod" for one in scope.node.decorator_list):
        return STATIC(function=scope.node.name)
    return scope


def _class_of(method: Scope) -> ast.ClassDef | None:
    """The class in whose body, directly, the function stands."""
    around = method.parent
    while around is not None and around.kind == "typeparams" and around.node is method.node:
        around = around.parent
    return around.node if around is not None and isinstance(around.node, ast.ClassDef) else None


def _first(thing: ast.expr, method: Scope, module: Module) -> Refused | None:
    """Whether the second argument is what `super()` takes: the value of the method's first parameter."""
    assert isinstance(method.node, Method)
    parameters = [*method.node.args.posonlyargs, *method.node.args.args][:1]
    first = (method, mangled(parameters[0].arg, method)) if parameters else None
    if not isinstance(thing, ast.Name) or first is None or module.variable(thing) != first:
        return NOT_FIRST(text=ast.unparse(thing), function=method.node.name)
    others = [binding for binding in method.bindings[first[1]] if binding.kind != "parameter"]
    return FIRST_REBOUND(text=thing.id, line=module.line(others[0].node)) if others else None


def _cell(method: Scope) -> Refused | None:
    """Whether `__class__` may mean something else than the cell in which Python keeps the class."""
    for scope in method.outward():
        if "__class__" in scope.bindings or "__class__" in scope.global_names:
            return CELL()
        if scope.kind == "class":
            # A function in any method of the class may store into that very cell.
            return CELL() if any("__class__" in inner.nonlocal_names for inner in scope.below()) else None
    return None


# --- which class ---


def _same_class(given: ast.expr, owner: ast.ClassDef, method: Method, module: Module) -> Safe | Unsafe | Refused:
    """Whether the first argument is, when the method runs, the class that `super()` takes."""
    text = ast.unparse(given)
    if text == "__class__":
        return Safe(f"`__class__` is the class around, `{owner.name}`")
    first = [*method.args.posonlyargs, *method.args.args][0].arg
    match given:
        case ast.Name(id=name) if name != first:
            pass
        case ast.Attribute(attr=name) if name != "__class__":
            pass
        case ast.Name() | ast.Attribute() | ast.Call():
            return DYNAMIC(text=text)
        case _:
            return ANOTHER_CLASS(text=text, owner=owner.name)
    found = refer(given, owner, module)
    match found:
        case ClassReference(definition=definition) if definition is not owner:
            return ANOTHER_CLASS(text=text, owner=owner.name)
        case ClassReference(doubt=None):
            return Safe(f"`{text}` is the class around and nothing else, `{first}` the first parameter of `{method.name}`")
        case ClassReference(doubt=doubt):
            assert doubt is not None
            return doubt
        case _:
            return found


# --- the rewrite ---


def rewrite(node: Any, plan: Plan) -> cst.CSTNode:
    """The call without its arguments; the comments between them stay."""
    if plan.ordinal is None:
        return _bare(node)
    from codemods.rules import patterns

    changed: cst.CSTNode = patterns.shifted(patterns.replace_call(node, plan.ordinal, _bare), -plan.room)
    return changed


def _bare(call: cst.Call) -> cst.Call:
    import libcst as cst
    from libcst import matchers as m

    spaces = [
        space
        for part in (call.whitespace_before_args, *call.args)
        for space in m.findall(part, m.ParenthesizedWhitespace())
        if isinstance(space, cst.ParenthesizedWhitespace)
    ]
    lines: list[cst.TrailingWhitespace | cst.EmptyLine] = []
    for space in spaces:
        lines += [space.first_line, *space.empty_lines]
    kept = [line.comment for line in lines if line.comment is not None]
    if not kept:
        return call.with_changes(args=[], whitespace_before_args=cst.SimpleWhitespace(""))
    opening = call.whitespace_before_args
    same_line = isinstance(opening, cst.ParenthesizedWhitespace) and opening.first_line.comment is not None
    inner = spaces[0]
    rest = [cst.EmptyLine(indent=inner.indent, whitespace=inner.last_line, comment=one) for one in kept[same_line:]]
    line = inner.first_line if same_line else cst.TrailingWhitespace()
    return call.with_changes(args=[], whitespace_before_args=spaces[-1].with_changes(first_line=line, empty_lines=rest))


RULE = Rule(
    triage=rb"super(?<=\bsuper)(?:[\s\\)]|#[^\r\n]*)*\((?:[\s\\]|#[^\r\n]*)*[^\s\\#)]",
    visits=(ast.Call,),
    find=find,
    rewrite=rewrite,
)
