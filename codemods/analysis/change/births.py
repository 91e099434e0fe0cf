"""What becomes one of the collections inside another, or stands in such a one: see `nested`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.nested import MOST_LEVELS, Nested
from codemods.analysis.names.scopes import Variable

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_NEW_LISTS = frozenset({"split", "rsplit", "splitlines"})
_COPIERS = frozenset({"list", "sorted", "set", "tuple"})
_FACTORIES = {"list": "list", "dict": "dict", "set": "list"}


class Births:
    """Notes in `found` what is put in."""

    def __init__(self, module: Module, found: Nested) -> None:
        self.module = module
        self.found = found

    def born(self, variable: Variable) -> None:
        """All that the variable is bound to must be made where it is bound."""
        for binding in variable[0].bindings.get(variable[1], ()):
            match binding.statement:
                case ast.Assign(targets=[ast.Name()], value=value) | ast.AnnAssign(value=ast.expr() as value):
                    self.put(value, 0)
                case _:
                    self.found.lost = True

    def put(self, value: ast.expr, level: int) -> None:
        """A value becomes one of the collections of a level, or is none."""
        if level >= MOST_LEVELS:
            self.found.lost = True
            return
        if self._written_out(value, level):
            return
        match value:
            case ast.IfExp(body=one, orelse=other):
                self.put(one, level)
                self.put(other, level)
            case ast.Call(func=ast.Name(id=name), args=[], keywords=[]) if name in _FACTORIES and self.module.is_builtin(name, value):
                self._shaped(_FACTORIES[name], [], level)
            case ast.Call(args=[ast.Name(id=name)], keywords=[]) if self.module.origin(value.func) == "collections.defaultdict":
                self._shaped("dict", [], level)
                if name in _FACTORIES and level + 1 < MOST_LEVELS:
                    self._shaped(_FACTORIES[name], [], level + 1)
            case ast.Call(func=ast.Attribute(attr=name)) if name in _NEW_LISTS:
                self._made(value, level)
            case ast.Call(func=ast.Name(id=name), args=[_]) if name in _COPIERS and self.module.is_builtin(name, value):
                self._made(value, level)
            case ast.Subscript(value=ast.Name() as whole, slice=ast.Slice()) if self._holds_displays(whole):
                self._made(value, level)
            case ast.BinOp(op=ast.Add(), left=left, right=right) if any(self._is_list(one) for one in (left, right)):
                self._made(value, level)
            case _:
                self.found.plain.append(value)

    def _written_out(self, value: ast.expr, level: int) -> bool:
        """Takes a display or comprehension apart."""
        match value:
            case ast.List(elts=parts) | ast.Set(elts=parts) | ast.Tuple(elts=parts):
                self._shaped("list", parts, level)
            case ast.Dict(values=parts):
                self._shaped("dict", parts, level)
                if None in value.keys:
                    self.found.lost = True
            case ast.ListComp(elt=part) | ast.SetComp(elt=part):
                self._shaped("list", [part], level)
            case ast.DictComp(value=part):
                self._shaped("dict", [part], level)
            case ast.BinOp(left=ast.List(elts=parts), op=ast.Mult()):
                self._shaped("list", parts, level)
            case _:
                return False
        return True

    @staticmethod
    def _is_list(value: ast.expr) -> bool:
        """`[0]` and `[0] * n`."""
        return isinstance(value.left if isinstance(value, ast.BinOp) else value, ast.List | ast.ListComp)

    def _made(self, value: ast.expr, level: int) -> None:
        """A new collection of what is in another, or a text."""
        self.found.shapes[level].add("list")
        self.found.fresh.append(value)

    def _shaped(self, shape: str, parts: list[ast.expr], level: int) -> None:
        self.found.shapes[level].add(shape)
        for part in parts:
            self.put(part, level + 1)

    def _holds_displays(self, name: ast.Name) -> bool:
        """Whether a variable is only ever bound to collections that are written out."""
        variable = self.module.variable(name)
        bindings = variable[0].bindings.get(variable[1], ()) if variable is not None else ()
        displays = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
        return bool(bindings) and all(isinstance(one.value, displays) and one.path == () and one.kind == "assign" for one in bindings)
