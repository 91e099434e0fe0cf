"""The classes of the file below a class: those that name it as a base, under whatever name, and those that calls make."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_ANY = "*"
"""In place of a class's name: any class that the file hands out, as it is for the base of `def mixed(base): class Both(base): …`."""

_DEEPEST = 4

_LOOKED_AT = frozenset({"isinstance", "issubclass", "super", "print", "repr", "str", "len", "id"})


class Heirs:
    """Answers by class."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """All classes of the file by name."""
        found: dict[str, list[ast.ClassDef]] = {}
        for node in self.module.names.scope_at:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
        return found

    def below(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The classes written in the file that derive, or may derive, from `owner`."""
        found: list[ast.ClassDef] = []
        of_any = self._by_base.get(_ANY, [])
        stack = [owner]
        while stack:
            one = stack.pop()
            for heir in [*self._by_base.get(one.name, ()), *(of_any if of_any and self._is_handed_out(one) else ())]:
                if heir not in found and heir is not owner:
                    found.append(heir)
                    stack.append(heir)
        return found

    def overrides(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether a class that a call makes, `type("B", (A,), {"name": …})`, may have an attribute of its own where `owner` has one."""
        if not self._made:
            return False
        family = [owner, *self.below(owner)]
        names = {one.name for one in family} | ({_ANY} if any(map(self._is_handed_out, family)) else set())
        return any(names & bases and (bound is None or name in bound) for bases, bound in self._made)

    @cached_property
    def _by_base(self) -> dict[str, list[ast.ClassDef]]:
        """The classes of the file by the name of the class that a base of theirs is."""
        found: dict[str, list[ast.ClassDef]] = {}
        for classes in self.classes.values():
            for one in classes:
                for base in one.bases:
                    for name in sorted(self._names(base)):
                        found.setdefault(name, []).append(one)
        return found

    def _names(self, base: ast.expr, depth: int = 0) -> set[str]:
        """The names of the classes that a base may be."""
        match base:
            case ast.Subscript(value=plain) | ast.Starred(value=plain):
                return self._names(plain, depth)
            case ast.Attribute(attr=name):
                return {name}
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.BoolOp(values=parts):
                return set().union(*(self._names(part, depth) for part in parts))
            case ast.IfExp(body=body, orelse=orelse):
                return self._names(body, depth) | self._names(orelse, depth)
            case ast.Name():
                return self._named(base, depth)
            case ast.Call() if self.module.origin(base.func) is not None or self._is_class(base):
                return set()  # `namedtuple(…)`, `with_metaclass(…)`
            case _:
                return {_ANY}

    def _is_class(self, call: ast.Call) -> bool:
        """A call of a class of the file by its name: which method another expression means hangs on the classes below, asked for here."""
        return isinstance(call.func, ast.Name) and isinstance(self.module.calls.named(call.func), ast.ClassDef)

    def _named(self, name: ast.Name, depth: int) -> set[str]:
        found = {name.id}
        for binding in self.module.bindings(name.id, name):
            if binding.kind in ("class", "import"):
                continue
            known = binding.kind == "assign" and binding.path == () and depth < _DEEPEST
            found |= self._names(binding.value, depth + 1) if known and binding.value is not None else {_ANY}
        return found

    @cached_property
    def _made(self) -> list[tuple[set[str], set[str] | None]]:
        """What calls make of classes: the bases' names, and the names that are bound in the class; `None` where those are not known."""
        found: list[tuple[set[str], set[str] | None]] = []
        for node in self.module.names.nodes(ast.Call):
            match node:
                case ast.Call(args=[_, bases, *rest]) if self._makes_class(node, bases):
                    found.append((self._names(bases), _keys(rest[0]) if rest else None))
                case ast.Call(func=function, keywords=keywords) if self.module.origin(function) == "dataclasses.make_dataclass":
                    found += [(self._names(one.value), None) for one in keywords if one.arg == "bases"]
                case _:
                    pass
        return found

    def _makes_class(self, call: ast.Call, bases: ast.expr) -> bool:
        """`type("B", (A,), {})`, `types.new_class("B", (A,))`, and the like of any metaclass."""
        origin = self.module.origin(call.func)
        if origin in ("builtins.type", "types.new_class"):
            return True
        return (
            origin is None
            and isinstance(bases, ast.Tuple)
            and len(call.args) == 3
            and any(name in self.classes for name in self._names(bases) - {_ANY})
        )

    # --- which classes are handed out ---

    def _is_handed_out(self, owner: ast.ClassDef) -> bool:
        return bool(owner.decorator_list) or owner.name in self._handed_out

    @cached_property
    def _handed_out(self) -> frozenset[str]:
        """The names of classes that are used as values: passed, returned, stored."""
        names = (node for node in self.module.names.nodes(ast.Name) if isinstance(node.ctx, ast.Load) and node.id in self.classes)
        return frozenset(name.id for name in names if self._hands_out(name))

    def _hands_out(self, name: ast.Name) -> bool:
        around = self.module.parent(name)
        match around:
            case ast.Attribute() | ast.ClassDef() | ast.arg() | ast.AnnAssign(annotation=ast.Name()) | ast.ExceptHandler() | ast.Raise():
                return False
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Compare() | ast.Subscript() | ast.MatchClass():
                return False
            case ast.Call(func=function):
                return function is not name and not (isinstance(function, ast.Name) and function.id in _LOOKED_AT)
            case _:
                return True


def _keys(namespace: ast.expr) -> set[str] | None:
    """The names in a class's namespace, where it is written out."""
    if not isinstance(namespace, ast.Dict) or not all(isinstance(key, ast.Constant) for key in namespace.keys):
        return None
    return {str(key.value) for key in namespace.keys if isinstance(key, ast.Constant)}
