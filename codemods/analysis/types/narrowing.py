"""What a test that turned out true or false, or a `case` that matched, proves of a value's type."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.types.vocabulary import BOOL, INT, NEVER, NONE, Type, union, without

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

ALWAYS_TRUE = frozenset({"re.Match", "re.Pattern", "pathlib.Path", "function", "type", "types.GeneratorType"})
"""Classes whose instances are always true."""

_INSTANCES = {"int": ("int", "bool")}
"""Builtin classes with builtin subclasses."""


def subjects(test: ast.AST) -> Iterator[ast.expr]:
    """The expressions of which a test (or a `match_case`'s `match`) may prove something, as they stand in it."""
    match test:
        case ast.NamedExpr():
            yield test.target
        case ast.Name() | ast.Attribute():
            yield test
        case ast.Compare(left=left, ops=[_], comparators=[right]):
            yield from subjects(left)
            yield from subjects(right)
        case ast.Call(func=ast.Name(id="isinstance" | "callable"), args=[subject, *_]):
            yield from subjects(subject)
        case ast.Call(func=ast.Name(id="type" | "bool"), args=[subject]):
            yield from subjects(subject)
        case _:
            pass


class Narrowing:
    """Applies tests to types."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def apply(self, before: Type | None, test: ast.AST, subject: ast.AST, positive: bool) -> Type | None:
        """What is known of `subject`, one of the test's `subjects`, when the test is true (`positive`) or false."""
        if before is NEVER:
            return NEVER
        match test:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._comparison(before, (left, op, right), subject, positive)
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, classes]) if self.module.is_builtin("isinstance", test):
                return self._isinstance(before, classes, positive, self.module.line(test))
            case ast.Name() | ast.Attribute() | ast.NamedExpr():
                return self.truth(before, positive)
            case ast.Call(func=ast.Name(id="bool")) if self.module.is_builtin("bool", test):
                return self.truth(before, positive)
            case ast.match_case():
                return self.pattern(before, test.pattern)
            case _:
                return before

    @staticmethod
    def truth(before: Type | None, positive: bool) -> Type | None:
        """Of a value that is true, or false."""
        if positive:
            return without(before, "None")
        return without(before, *ALWAYS_TRUE)

    def _comparison(
        self, before: Type | None, parts: tuple[ast.expr, ast.cmpop, ast.expr], subject: ast.AST, positive: bool
    ) -> Type | None:
        left, op, right = parts
        other = right if _stands_in(subject, left) else left
        same = isinstance(op, ast.Is | ast.Eq)
        if not same and not isinstance(op, ast.IsNot | ast.NotEq):
            return before
        agrees = same is positive
        tested = left if other is right else right
        if isinstance(tested, ast.Call):
            if isinstance(tested.func, ast.Name) and tested.func.id == "type" and self.module.is_builtin("type", tested):
                return self._exactly(before, other, self.module.line(tested)) if agrees else before
            return before
        if not isinstance(other, ast.Constant) or other.value is not None:
            return before
        foreign = before is None or any("." in member.name for member in before.members())
        if isinstance(op, ast.Eq | ast.NotEq) and foreign:
            return before  # an `__eq__` of their own may say that they equal None
        if agrees:
            return NONE.said(f"tested to be None at line {self.module.line(tested)}")
        return without(before, "None")

    def _exactly(self, before: Type | None, classes: ast.expr, line: int) -> Type | None:
        found = self.classes(classes, exact=True)
        return before if found is None else found.said(f"its type is tested at line {line}")

    def _isinstance(self, before: Type | None, classes: ast.expr, positive: bool, line: int) -> Type | None:
        tested = self.classes(classes)
        names = {member.name for member in tested.members()} if tested is not None else set()
        if not positive:
            left = without(before, *names)
            return None if left is NEVER else left  # tested against what it was said to be: so it is not sure
        if tested is None or (before is not None and any("." in name for name in names)):
            return before  # what a class from elsewhere is an instance of, its name does not say
        if before is not None:
            kept = [member for member in before.members() if member.name in names]
            if len(kept) == len(before.members()):
                return before
            if kept and all("." not in member.name for member in before.members()):
                return union(kept)
            tested = union(_with_contents(member, before) for member in tested.members())
        return tested.said(f"tested to be {with_article(str(tested))} at line {line}") if tested is not None else None

    def classes(self, node: ast.expr, exact: bool = False, depth: int = 0) -> Type | None:
        """The type of the instances of a class, a tuple of classes or a union of them, as `isinstance` takes it."""
        match node:
            case ast.Tuple():
                return union([self.classes(part, exact, depth) for part in node.elts])
            case ast.BinOp(op=ast.BitOr()):
                return union([self.classes(node.left, exact, depth), self.classes(node.right, exact, depth)])
            case ast.Constant(value=None):
                return NONE
            case ast.Call(func=ast.Name(id="type"), args=[ast.Constant(value=None)]):
                return NONE
            case ast.Name() | ast.Attribute():
                return self._class(node, exact, depth)
            case _:
                return None

    def _class(self, node: ast.Name | ast.Attribute, exact: bool, depth: int) -> Type | None:
        origin = self.module.origin(node)
        if origin is None:
            if isinstance(node, ast.Name) and depth < 3:
                return self._named_here(node, exact, depth)
            return None
        root, _, name = origin.partition(".")
        if origin == "types.NoneType":
            return NONE
        if root != "builtins":
            named = root in known_calls.STDLIB_PLAIN or origin.rpartition(".")[2][:1].isupper()
            return Type(origin) if named else None  # `six.string_types` is no class
        if name == "object":
            return None
        if exact:
            return Type(name)
        if any(one in self.module.subclassed for one in _INSTANCES.get(name, (name,))):
            return None
        return Type("Union", (INT, BOOL)) if name == "int" else Type(name)

    def _named_here(self, node: ast.Name, exact: bool, depth: int) -> Type | None:
        """A class of this file, or a name for a tuple of classes."""
        bindings = self.module.bindings(node.id, node)
        if len(bindings) != 1:
            return None
        match bindings[0].statement:
            case ast.ClassDef() as definition:
                return self.inference.annotations.class_type(definition) if not self._takes_others(definition) else None
            case ast.Assign() if bindings[0].path == () and bindings[0].value is not None:
                return self.classes(bindings[0].value, exact, depth + 1)  # the part that it gets: `TEXT, BYTES = str, bytes`
            case _:
                return None

    def _takes_others(self, definition: ast.ClassDef) -> bool:
        """Whether a class says of instances of others that they are its own: `Shape.register(Other)`, `__subclasshook__`."""
        calls = self.module.calls
        below = [definition, *calls.descendants(definition)]
        registering = {node.value.id for node in calls.attributes.get("register", ()) if isinstance(node.value, ast.Name)}
        hooks = ("__subclasshook__", "__instancecheck__")
        above = [one for one in calls.lineage(definition) if one is not None]
        return any(one.name in registering for one in below) or any(
            hook in self.module.scope_inside(one).bindings for one in above for hook in hooks
        )

    def pattern(self, before: Type | None, pattern: ast.pattern) -> Type | None:
        """Of a value that matched a pattern."""
        match pattern:
            case ast.MatchSingleton(value=None):
                return NONE
            case ast.MatchSingleton():
                return BOOL
            case ast.MatchClass():
                return self._isinstance(before, pattern.cls, True, pattern.lineno)
            case ast.MatchOr():
                return union([self.pattern(before, one) for one in pattern.patterns])
            case ast.MatchAs(pattern=ast.pattern() as inner):
                return self.pattern(before, inner)
            case _:
                return before


def _stands_in(subject: ast.AST, side: ast.expr) -> bool:
    return any(one is subject for one in subjects(side))


def _with_contents(tested: Type, before: Type) -> Type:
    """A builtin collection, with what an abstract class that it was known to be says of its contents."""
    if before.name.startswith("collections.abc.") and before.declared and tested.name in ("list", "set", "frozenset", "dict"):
        wanted = 2 if tested.name == "dict" else 1
        return Type(tested.name, before.args, declared=True) if len(before.args) == wanted else tested
    return tested


def with_article(noun: str) -> str:
    """`a str`, `an int`."""
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"
