"""What may write a variable without naming it: `exec`, a dict of the variables, a star import, an attribute set by a computed name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.text.walking import may_hold

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_READING = frozenset({"get", "keys", "items", "values", "copy", "__contains__", "__getitem__"})


class HiddenWrites:
    """Looks the file over for them, once each."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def star_lines(self) -> list[int]:
        """The lines of star imports."""
        return [node.lineno for node in self.module.names.nodes(ast.alias) if node.name == "*"]

    @cached_property
    def writes_globals(self) -> bool:
        """Whether the file may write its module's variables other than by name."""
        top = self.module.names.module
        for scope in top.below():
            if "exec" in scope.uses and scope.owner("exec") is None:
                return True
            if any(not self._only_reads(use) for use in scope.uses.get("globals", ())):
                return True
        if "eval" in top.uses or any(not self._only_reads(use) for name in ("vars", "locals") for use in top.uses.get(name, ())):
            return True
        return any(self._may_write(one) for one in self.own_modules())

    def own_modules(self) -> Iterator[ast.expr]:
        """Expressions that may give this very module: `sys.modules[__name__]`, `import_module(__name__)`, what `import __main__` binds."""
        kinds = (ast.Subscript, ast.Call) if may_hold(self.module.text, "modules", "import_module", "__import__") else ()
        for node in self.module.names.nodes(*kinds, ast.alias):
            match node:
                case ast.Subscript(value=table, ctx=ast.Load()) if self.module.origin(table) == "sys.modules":
                    yield node
                case ast.Call(func=ast.Attribute(value=table, attr="get" | "__getitem__")) if self.module.origin(table) == "sys.modules":
                    yield node
                case ast.Call(func=ast.Name(id="__import__")):
                    yield node
                case ast.Call() if self.module.origin(node.func) in ("importlib.import_module", "builtins.__import__"):
                    yield node
                case ast.alias(name="__main__"):
                    yield from self._uses(node.asname or node.name, node)
                case _:
                    pass

    def _uses(self, name: str, at: ast.AST) -> Iterator[ast.Name]:
        owner = self.module.owner(name, at)
        yield from (use for use in (owner.mentions(name) if owner is not None else ()) if isinstance(use.ctx, ast.Load))

    def _may_write(self, own: ast.expr) -> bool:
        """Whether an attribute of a module, perhaps this one, is set where it stands, or it is given to what may do that."""
        around = self.module.parent(own)
        match around:
            case ast.Attribute(attr=name):
                return not isinstance(around.ctx, ast.Load) or (name == "__dict__" and not self.reads(around))
            case ast.Assign(targets=[ast.Name(id=name) as target]) if not isinstance(own, ast.Name):
                return any(self._may_write(use) for use in self._uses(name, target))
            case ast.Call():
                origin = self.module.origin(around.func) or ""
                return own in around.args and (origin in _SETTERS or origin.partition(".")[0] not in _KEEPING_OFF)
            case ast.Subscript() | ast.Delete() | ast.Expr() | ast.Compare() | ast.If() | ast.UnaryOp() | ast.BoolOp():
                return False
            case _:
                return True

    def _only_reads(self, use: ast.Name) -> bool:
        """`globals()[name]` and `globals().get(name)`; also `vars(thing)`, which shows no variables."""
        call = self.module.parent(use)
        if not isinstance(call, ast.Call) or call.func is not use:
            return False
        return bool(call.args) or self.reads(call)

    def reads(self, mapping: ast.expr) -> bool:
        """Whether a dict of variables or attributes is only looked into where it stands."""
        around = self.module.parent(mapping)
        match around:
            case ast.Subscript():
                return around.value is mapping and isinstance(around.ctx, ast.Load)
            case ast.Attribute(attr=name):
                return name in _READING
            case ast.Compare() | ast.For() | ast.comprehension() | ast.FormattedValue() | ast.Starred():
                return True
            case ast.keyword(arg=None):
                return True
            case ast.BinOp(op=ast.Mod()):
                return True
            case ast.Call():
                return self.module.origin(around.func) in _READERS
            case _:
                return False

    @cached_property
    def attribute_setters(self) -> list[tuple[ast.expr | None, str | None, ast.expr | None]]:
        """Every `setattr(…)`, `x.__setattr__(…)`, `C.a.__set__(…)` and use of `x.__dict__` or `vars(x)` that may write: the object, the
        attribute's name and the value; `None` for a name or value that is not written out."""
        found: list[tuple[ast.expr | None, str | None, ast.expr | None]] = []
        if not may_hold(self.module.text, "setattr", "vars", "__dict__", "__set__", "patch"):
            return found
        for node in self.module.names.nodes(ast.Call, ast.Attribute, ast.Name):
            match node:
                case ast.Call(func=ast.Name(id="setattr"), args=args):
                    found.append(_setter(args))
                case ast.Call(func=ast.Attribute(attr="setattr"), args=[_, _, _, *_] as args):  # `monkeypatch.setattr(…)`
                    found.append(_setter(args[:3]))
                case ast.Call(func=ast.Attribute(attr="__setattr__", value=base), args=args):
                    found.append(_setter(args if len(args) == 3 else [base, *args]))
                case ast.Call(func=ast.Attribute(attr="__set__", value=ast.Attribute(attr=name)), args=[thing, value]):
                    found.append((thing, name, value))  # `Point.x.__set__(point, value)`
                case ast.Call(func=ast.Attribute(attr="object", value=patch), args=[thing, ast.Constant(value=str(name)), *rest]):
                    if getattr(patch, "id", getattr(patch, "attr", "")) == "patch":  # `mock.patch.object(…)`
                        given = [*rest, *(one.value for one in node.keywords if one.arg == "new")]
                        found.append((thing, name, given[0] if given else None))
                case ast.Call(func=ast.Name(id="vars"), args=[thing]) if not self.reads(node):
                    found += self._written_into(node, thing)
                case ast.Attribute(attr="__dict__", value=thing) if not self.reads(node):
                    found += self._written_into(node, thing)
                case ast.Name(id="setattr" | "vars", ctx=ast.Load()) if not self._called(node):
                    found.append((None, None, None))
                case _:
                    pass
        return found

    @cached_property
    def takes_namespaces(self) -> bool:
        """Whether the file takes hold of the attributes of an object as a dict, to do more than look into it."""
        if not may_hold(self.module.text, "vars", "__dict__", "setattr"):
            return False
        taken = (node for node in self.module.names.nodes(ast.Call, ast.Attribute) if _is_namespace(node))
        return any(not self.reads(node) for node in taken) or any(
            name is None and value is None for _, name, value in self.attribute_setters
        )

    def _written_into(self, mapping: ast.expr, thing: ast.expr) -> list[tuple[ast.expr | None, str | None, ast.expr | None]]:
        """What is written into a dict of attributes, `thing.__dict__["name"] = value`, with its name where that is spelled."""
        around = self.module.parent(mapping)
        beyond = self.module.parent(around) if around is not None else None
        match around, beyond:
            case ast.Subscript(slice=ast.Constant(value=str(name))), ast.Assign(targets=[_], value=value):
                return [(thing, name, value)]
            case ast.Attribute(attr="update"), ast.Call(args=[], keywords=given) if all(one.arg is not None for one in given):
                return [(thing, one.arg, one.value) for one in given]
            case _:
                return [(thing, None, None)]

    def _called(self, name: ast.Name) -> bool:
        around = self.module.parent(name)
        return isinstance(around, ast.Call) and around.func is name


_SETTERS = frozenset({"builtins.setattr", "builtins.delattr", "builtins.vars", "importlib.reload"})
_KEEPING_OFF = frozenset({"builtins", "doctest", "importlib", "inspect", "logging", "pkgutil", "typing", "unittest"})
"""Modules whose functions set nothing in a module that they are given."""
_READERS = frozenset(
    f"builtins.{name}" for name in ("len", "sorted", "list", "dict", "tuple", "set", "repr", "str", "iter", "print", "bool")
)


def _is_namespace(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(attr="__dict__") | ast.Call(func=ast.Name(id="vars"), args=[_]):
            return True
        case _:
            return False


def _setter(args: list[ast.expr]) -> tuple[ast.expr | None, str | None, ast.expr | None]:
    if len(args) != 3 or any(isinstance(one, ast.Starred) for one in args):
        return None, None, None
    name = args[1].value if isinstance(args[1], ast.Constant) else None
    return args[0], name if isinstance(name, str) else None, args[2]
