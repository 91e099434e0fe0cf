"""Decorators that do not care what the defaults of a function are: known ones, and those of the file that are proved not to look."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import FunctionNode, mangled

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_BLIND = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "builtins.property", "functools.wraps", "functools.lru_cache", "functools.cache",
    "functools.cached_property", "functools.singledispatch", "functools.singledispatchmethod", "abc.abstractmethod",
    "abc.abstractclassmethod", "abc.abstractstaticmethod", "abc.abstractproperty", "contextlib.contextmanager",
    "contextlib.asynccontextmanager", "typing.override", "typing.final", "typing.overload", "typing.no_type_check",
    "typing.type_check_only", "typing.runtime_checkable", "typing.deprecated", "warnings.deprecated", "types.coroutine",
    "asyncio.coroutine", "atexit.register", "unittest.skip", "unittest.skipIf", "unittest.skipUnless", "unittest.expectedFailure",
    "unittest.mock.patch", "unittest.mock.patch.object", "unittest.mock.patch.dict", "mock.patch", "mock.patch.object",
    "mock.patch.dict", "absl.testing.parameterized.named_parameters", "absl.testing.parameterized.parameters", "torch.no_grad",
    "torch.inference_mode", "torch.enable_grad", "torch.jit.ignore", "torch.jit.unused", "tornado.gen.coroutine",
    "twisted.internet.defer.inlineCallbacks",
})  # fmt: skip
"""None of them looks at the values of defaults."""

_BLIND_PREFIXES = ("pytest.mark.",)

_HARMLESS = frozenset({
    "functools.wraps", "functools.update_wrapper", "functools.lru_cache", "functools.cache", "builtins.callable", "builtins.print",
    "builtins.staticmethod", "builtins.classmethod", "builtins.property", "asyncio.iscoroutinefunction", "inspect.iscoroutinefunction",
    "inspect.isgeneratorfunction", "inspect.isasyncgenfunction", "inspect.isfunction", "contextlib.contextmanager", "builtins.id",
    "builtins.repr", "builtins.str", "types.coroutine", "inspect.getdoc",
})  # fmt: skip
"""Functions to which a decorator may give the function without its defaults being read."""

_TELLING = frozenset({
    "__defaults__", "__kwdefaults__", "__signature__", "__wrapped__", "__code__", "__annotations__", "__dict__", "func_defaults",
})  # fmt: skip


def looks_at_defaults(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> ast.expr | None:
    """The first decorator that is not known to leave the defaults alone, or `None`."""
    return next((one for one in function.decorator_list if not _is_blind(one, module)), None)


def has(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str, module: Module) -> bool:
    """Whether the function is decorated with what is called `name` in `typing`, `typing_extensions` or `abc` ("overload")."""
    return any(name == full.rpartition(".")[2] for one in function.decorator_list for full in _origins(one, module))


def _is_blind(decorator: ast.expr, module: Module) -> bool:
    bare = decorator.func if isinstance(decorator, ast.Call) else decorator
    origins = _origins(decorator, module)
    if origins and all(full in _BLIND or full.startswith(_BLIND_PREFIXES) for full in origins):
        return True
    if isinstance(bare, ast.Attribute) and bare.attr in ("setter", "getter", "deleter") and bare is decorator:
        return _is_property(bare.value, module)
    if isinstance(bare, ast.Name):
        bindings = module.bindings(bare.id, bare)
        definitions = [binding.node for binding in bindings]
        if not definitions:
            return False
        return all(
            isinstance(one, ast.FunctionDef) and _DecoratorProof(one, module).holds(called=bare is not decorator) for one in definitions
        )
    return False


def _origins(decorator: ast.expr, module: Module) -> set[str]:
    """The full names a decorator may have, several where a `try` imports it from several places. `typing_extensions` counts as `typing`."""
    bare = decorator.func if isinstance(decorator, ast.Call) else decorator
    found = {full for full in (module.origin(bare),) if full}
    if isinstance(bare, ast.Name):
        for binding in module.bindings(bare.id, bare):
            if not (isinstance(binding.statement, ast.ImportFrom) and isinstance(binding.node, ast.alias) and binding.statement.module):
                return set()
            found.add(f"{binding.statement.module}.{binding.node.name}")
    return {full.replace("typing_extensions.", "typing.") for full in found}


def _is_property(name: ast.expr, module: Module) -> bool:
    """`@x.setter` behind `@property def x`."""
    if not isinstance(name, ast.Name):
        return False
    for binding in module.bindings(name.id, name):
        if not isinstance(binding.node, ast.FunctionDef):
            return False
    first = next((binding.node for binding in module.bindings(name.id, name)), None)
    return isinstance(first, ast.FunctionDef) and any(
        full in ("builtins.property", "abc.abstractproperty") for one in first.decorator_list for full in _origins(one, module)
    )


class _DecoratorProof:
    """Whether a function of the file, used as a decorator, only calls, wraps, names and returns the function it is given."""

    def __init__(self, decorator: ast.FunctionDef, module: Module) -> None:
        self.decorator = decorator
        self.module = module

    def holds(self, *, called: bool) -> bool:
        """`called`: it stands with arguments, so that what it returns is the decorator."""
        inner: ast.FunctionDef | None = self.decorator
        if self.decorator.decorator_list:
            return False
        if called:
            inner = self._returned(self.decorator)
        if inner is None or inner.decorator_list:
            return False
        positional = [*inner.args.posonlyargs, *inner.args.args]
        if len(positional) != 1 or inner.args.vararg or inner.args.kwonlyargs or inner.args.defaults:
            return False
        scope = self.module.scope_inside(inner)
        key = mangled(positional[0].arg, scope)
        if any(one.dynamic for one in scope.below()):
            return False
        return all(map(self._is_harmless, scope.mentions(key)))

    def _returned(self, factory: ast.FunctionDef) -> ast.FunctionDef | None:
        """The inner function that a factory of decorators returns, where it returns nothing else."""
        returns = [node.value for node in self.module.own_nodes(factory) if isinstance(node, ast.Return)]
        names = {node.id for node in returns if isinstance(node, ast.Name)}
        if len(names) != 1 or len(returns) != sum(isinstance(node, ast.Name) for node in returns):
            return None
        found = self.module.scope_inside(factory).bindings.get(names.pop(), [])
        return found[0].node if len(found) == 1 and isinstance(found[0].node, ast.FunctionDef) else None

    def _is_harmless(self, use: ast.Name) -> bool:
        parent = self.module.parent(use)
        match parent:
            case ast.Call() if parent.func is use:
                return not any(self._may_be_none(one) for one in [*parent.args, *(keyword.value for keyword in parent.keywords)])
            case ast.Call():
                return self.module.origin(parent.func) in _HARMLESS or self._is_caching(parent.func)
            case ast.Return() | ast.FormattedValue():
                return True
            case ast.Attribute():
                return parent.attr not in _TELLING
            case _:
                return False

    def _is_caching(self, function: ast.expr) -> bool:
        """`lru_cache(maxsize=3)(f)`."""
        return isinstance(function, ast.Call) and self.module.origin(function.func) in _HARMLESS

    def _may_be_none(self, argument: ast.expr) -> bool:
        """`f(None)`, or an inner function that passes on a parameter of its own whose default is `None`."""
        match argument:
            case ast.Constant():
                return argument.value is None
            case ast.Name():
                bindings = self.module.bindings(argument.id, argument)
                return any(isinstance(one.value, ast.Constant) and one.value.value is None for one in bindings)
            case _:
                return isinstance(argument, ast.IfExp | ast.BoolOp | FunctionNode)
