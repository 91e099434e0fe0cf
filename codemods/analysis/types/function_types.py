"""What functions, methods and classes of the file give when they are called."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.order.managers import lets_through
from codemods.analysis.types.classes import PROPERTIES
from codemods.analysis.types.containers import settled
from codemods.analysis.types.vocabulary import NEVER, NONE, Type, fits, union

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.types.inference import Inference

Function = ast.FunctionDef | ast.AsyncFunctionDef

_TRANSPARENT = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "functools.lru_cache", "functools.cache", "abc.abstractmethod", "typing.override",
    "typing.final", "typing.no_type_check", "typing_extensions.override", "typing_extensions.final",
})  # fmt: skip
"""Decorators under which a call gives what the function returns."""

_CACHING = frozenset({"functools.lru_cache", "functools.cache", "functools.cached_property"})

_PROPERTIES = PROPERTIES | {"functools.cached_property"}


class Functions:
    """Types of calls of this file's own functions and classes."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._yields: dict[ast.AST, list[ast.Yield | ast.YieldFrom]] = {}
        self._returns: dict[ast.AST, list[ast.Return]] = {}

    def of_call(self, call: ast.Call) -> Type | None:
        """What a call of a name of this file, or of a method of an instance of one of its classes, gives."""
        match call.func:
            case ast.Name() as name:
                callee = self.module.calls.named(name)
                if isinstance(callee, ast.Lambda):
                    return settled(self.inference.infer(callee.body))
                if isinstance(callee, Function):
                    return self.result(callee)
            case ast.Lambda() as function:
                return self.inference.infer(function.body)
            case _:
                pass
        kind = self.inference.infer(call.func)
        if kind is None or kind.name not in ("type", "collections.abc.Callable"):
            return kind if kind is NEVER else None
        return kind.argument(0) if kind.name == "collections.abc.Callable" else self._made(kind.argument(0))

    def _made(self, kind: Type | None) -> Type | None:
        """An instance of a class of this file that is called."""
        owner = self.inference.classes.definition(kind) if kind is not None else None
        if owner is None or not all(self.inference.classes.plain(one) for one in self.inference.classes.relatives(owner)):
            return None
        if self.inference.classes.is_typed_dict(owner):
            return self.inference.annotations.instance(owner)
        for one in self.inference.classes.lineage(owner):
            if one == "?" or (isinstance(one, ast.ClassDef) and "__new__" in self.module.scope_inside(one).bindings):
                return None
        return kind

    def method_result(self, method: Function, closed: bool) -> Type | None:
        """What a call of a method gives: what it is annotated with, or returns if it is not meant to be overridden elsewhere.

        `closed`: its class has no other classes below it than the file shows.
        """
        return settled(self.result(method)) if closed or not self.overridable(method) else None

    @staticmethod
    def overridable(method: Function) -> bool:
        """Whether a class in another file may give the method another type: it is public, and no annotation says what it gives."""
        return method.returns is None and not method.name.startswith("_")

    def property_result(self, method: Function, closed: bool) -> Type | None:
        """What a property gives; `None` for a plain method."""
        if not method.decorator_list or (not closed and self.overridable(method)):
            return None
        if not all(self._origin(one) in _PROPERTIES | {"abc.abstractmethod"} for one in method.decorator_list):
            return None
        return self.body_result(method)

    def _origin(self, decorator: ast.expr) -> str | None:
        return self.module.origin(decorator.func if isinstance(decorator, ast.Call) else decorator)

    def result(self, function: Function) -> Type | None:
        """What a call of a function or method gives; unknown under a decorator that may change it."""
        return self.body_result(function) if self.is_transparent(function) else None

    def is_transparent(self, function: Function) -> bool:
        """Whether no decorator makes something else of what the function gives."""
        return all(self._origin(decorator) in _TRANSPARENT for decorator in function.decorator_list)

    def body_result(self, function: Function) -> Type | None:
        """What the function as it is written gives, whatever decorates it."""
        return self.inference.fixpoint.ask(("returns", function), self._result, function)

    def _result(self, function: Function) -> Type | None:
        if function.returns is not None:
            said = self.inference.annotations.read(function.returns, self.module.scope(function.returns))
            line = self.module.line(function)
            kind = said.said(f"`{function.name}` returns `{ast.unparse(function.returns)}` (line {line})") if said is not None else None
            if kind is not None and not self.yields(function):
                kind = self._with_none(function, kind)
        elif self._abstract(function):
            return None
        else:
            kind = self._yielded(function) if self.yields(function) else self._returned(function)
        if isinstance(function, ast.AsyncFunctionDef):
            return kind if self.yields(function) else Type("types.CoroutineType", (kind,))
        return kind

    def _with_none(self, function: Function, kind: Type) -> Type | None:
        """An annotation is taken at its word, but for a plain `return` or `return None` in the body, and a `return` of another class."""
        values = [node.value for node in self.returns(function)]
        plain = any(value is None or (isinstance(value, ast.Constant) and value.value is None) for value in values)
        given = (self.inference.infer(value) for value in values if value is not None)
        members = (member for one in given if one is not None for member in one.members() if member.name not in ("None", "Never"))
        if not all(fits(member, kind) for member in members):
            return None
        return union([kind, NONE]) if plain else kind

    def _abstract(self, function: Function) -> bool:
        """Whether the body only stands for others: `...`, or `raise NotImplementedError`."""
        if any(self._origin(one) in ("abc.abstractmethod", "typing.overload") for one in function.decorator_list):
            return True
        last = function.body[-1]
        if isinstance(last, ast.Raise):
            return last.exc is not None and "NotImplementedError" in ast.unparse(last.exc)
        return len(function.body) == 1 and isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant)

    def yields(self, function: Function) -> list[ast.Yield | ast.YieldFrom]:
        """The `yield`s of the function's own body."""
        known = self._yields.get(function)
        if known is None:
            known = [node for node in self.module.own_nodes(function) if isinstance(node, ast.Yield | ast.YieldFrom)]
            known.sort(key=_position)
            self._yields[function] = known
        return known

    def returns(self, function: Function) -> list[ast.Return]:
        """The `return`s of the function's own body, as they stand."""
        known = self._returns.get(function)
        if known is None:
            found = (node for node in self.module.own_nodes(function) if isinstance(node, ast.Return))
            known = self._returns[function] = sorted(found, key=_position)
        return known

    def _yielded(self, function: Function) -> Type | None:
        found: list[Type | None] = []
        for node in self.yields(function):
            if isinstance(node, ast.YieldFrom):
                found.append(self.inference.element(self.inference.infer(node.value)))
            else:
                found.append(self.inference.infer(node.value) if node.value is not None else NONE)
        name = "types.AsyncGeneratorType" if isinstance(function, ast.AsyncFunctionDef) else "types.GeneratorType"
        return Type(name, (settled(union(found)),), because=f"`{function.name}` is a generator (line {self.module.line(function)})")

    def _returned(self, function: Function) -> Type | None:
        """What all the `return`s of a function without annotation agree on."""
        found: list[Type | None] = []
        for node in self.returns(function):
            found.append(self.inference.infer(node.value) if node.value is not None else NONE)
            if found[-1] is None:
                return None
        kind = union(found if ends(function.body, self.module) else [*found, NONE])
        if any(self._origin(one) in _CACHING for one in function.decorator_list) or not self._hands_over(function):
            kind = settled(kind)
        if kind is None or kind is NEVER:
            return kind
        return kind.said(f"what `{function.name}` returns (line {self.module.line(function)})")

    def _hands_over(self, function: Function) -> bool:
        """Whether what is returned belongs to the caller alone, so that the contents seen in it stay true."""
        given = [node.value for node in self.returns(function) if node.value is not None]
        # Of a variable of another body, what is returned has lost its contents already.
        return all(_fresh(one) or isinstance(one, ast.Name) for one in given)


def _position(node: ast.Return | ast.Yield | ast.YieldFrom) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _fresh(value: ast.expr) -> bool:
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp() | ast.Constant():
            return True
        case ast.Call() | ast.BinOp() | ast.JoinedStr() | ast.Compare() | ast.UnaryOp():
            return True
        case ast.Tuple():
            return all(_fresh(one) for one in value.elts)
        case ast.IfExp():
            return _fresh(value.body) and _fresh(value.orelse)
        case _:
            return False


_LEAVING = frozenset({"sys.exit", "os._exit", "os.abort"})
"""Functions that never return."""


def ends(body: list[ast.stmt], module: Module) -> bool:
    """Whether a body surely ends in `return` or `raise`, so that nothing falls off its end."""
    match body[-1]:
        case ast.Return() | ast.Raise():
            return True
        case ast.If() as branch:
            return bool(branch.orelse) and ends(branch.body, module) and ends(branch.orelse, module)
        case ast.With(items=items, body=inner):
            return ends(inner, module) and all(lets_through(one.context_expr, module) for one in items)
        case ast.Match(cases=[*_, ast.match_case(pattern=ast.MatchAs(pattern=None), guard=None)] as cases):
            return all(ends(case.body, module) for case in cases)
        case ast.Expr(value=ast.Call(func=function)):
            return module.origin(function) in _LEAVING
        case ast.While(test=ast.Constant(value=value)) as loop if value:
            return not any(isinstance(node, ast.Break) for part in loop.body for node in ast.walk(part))
        case ast.Try() as attempt:
            if attempt.finalbody and ends(attempt.finalbody, module):
                return True
            tried = attempt.orelse if attempt.orelse and not ends(attempt.body, module) else attempt.body
            return ends(tried, module) and all(ends(handler.body, module) for handler in attempt.handlers)
        case _:
            return False
