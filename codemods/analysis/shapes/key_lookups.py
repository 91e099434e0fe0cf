"""Whether looking up a key once more could be noticed: by code of the file that hashes and compares keys, or by a key that has changed.

class Point:
    def __hash__(self):
        Point.asked += 1
        return hash((self.x, self.y))

for point in grid:
    point.x += 1
    print(grid[point])  # KeyError, where `grid.items()` has the value
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.calls.hidden_methods import WRITERS
from codemods.analysis.calls.known_calls import ANY_MUTATOR
from codemods.analysis.calls.own_changes import Code, OwnChanges
from codemods.analysis.names.scopes import mangled
from codemods.analysis.order.turns import LoopNode, nodes_of
from codemods.analysis.text.walking import walk
from codemods.analysis.types.receivers import is_tame

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.types.vocabulary import Type

_SAYING = frozenset({"write", "debug", "info", "warning", "error", "exception", "critical", "log"})
_GENERATED = frozenset({"unsafe_hash", "hash"})


def noticed_look_up(loop: LoopNode, mapping: Type, module: Module) -> str | None:
    """The method of the file by which it could be noticed that the body of `loop` looks no key of `mapping` up, or finds another value.

    Args:
        mapping: the type of the dict whose keys the loop goes through.
    """
    if all(_has_plain_keys(one) for one in mapping.members()):
        return None
    told = _Told(module)
    changed: set[str] | None = None
    for owner in module.names.nodes(ast.ClassDef):
        for name in ("__hash__", "__eq__"):
            for method in _definitions(owner, name, module):
                if told.by_any([method, *getattr(method, "decorator_list", ())]):
                    return f"{owner.name}.{name}"
        if "__hash__" in module.scope_inside(owner).bindings or _is_generated(owner):
            changed = _changed_attributes(loop, module) if changed is None else changed
            if changed & told.read_by(owner):
                return f"{owner.name}.__hash__"
    return None


def _has_plain_keys(mapping: Type) -> bool:
    """Whether no code of the file hashes or compares the keys: they are scalars, or tuples of such."""
    key = mapping.args[0] if mapping.args else None
    return key is not None and is_tame(key)


def _definitions(owner: ast.ClassDef, name: str, module: Module) -> list[ast.AST]:
    """What a class's body gives a method's name: functions, and expressions that stand for one."""
    bindings = module.scope_inside(owner).bindings.get(name, ())
    return [one.value or one.node for one in bindings]


def _is_generated(owner: ast.ClassDef) -> bool:
    """Whether a decorator is asked to give the class a hash of all its fields, changing as they may be."""
    calls = [one for one in owner.decorator_list if isinstance(one, ast.Call)]
    return any(keyword.arg in _GENERATED for call in calls for keyword in call.keywords)


def _changed_attributes(loop: LoopNode, module: Module) -> set[str]:
    """The (mangled) attributes that a turn of the loop may set on some object, or whose object it may change, as far as it is known."""
    found: set[str] = set()
    for node in nodes_of(loop, module):
        match node:
            case ast.Attribute(attr=name) | ast.Subscript(value=ast.Attribute(attr=name)) if not isinstance(node.ctx, ast.Load):
                found.add(mangled(name, module.scope(node)))
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name), attr=method)) if method in ANY_MUTATOR:
                found.add(mangled(name, module.scope(node)))
            case ast.Call():
                effect = module.effect_of_call(node)
                found |= effect.rebinds | effect.contents | effect.elements
            case _:
                pass
    return found


class _Told(OwnChanges):
    """Which functions say something or change what is there, other than by setting an attribute of their own object as they did before."""

    def read_by(self, owner: ast.ClassDef) -> set[str]:
        """The (mangled) attributes that a class's hash is made of, and those that the functions it calls read."""
        if _is_generated(owner):
            return set(self.module.scope_inside(owner).bindings)
        found: set[str] = set()
        for function in self._reached(_definitions(owner, "__hash__", self.module)):
            reads = [node for node in walk(function) if isinstance(node, ast.Attribute)]
            found |= {mangled(node.attr, self.module.scope(node)) for node in reads}
        return found

    def _reached(self, codes: list[ast.AST]) -> Iterator[Code]:
        waiting, seen = list(codes), set[ast.AST]()
        while waiting:
            function = self._function(waiting.pop())
            if function is not None and function not in seen:
                seen.add(function)
                waiting += self._called(function)
                yield function

    def _is_change(self, node: ast.AST, function: Code) -> bool:
        match node:
            case ast.Call(func=called):
                origin = self.module.origin(called) or ""
                says = origin in ("builtins.print", "builtins.input") or origin.partition(".")[0] in WRITERS
                if says or (isinstance(called, ast.Attribute) and called.attr in _SAYING):
                    return True
            case ast.Attribute(value=ast.Name(id=thing), attr=name, ctx=ast.Store()) if _first(function) == thing:
                match self.module.parent(node):
                    case ast.Assign(value=value):  # `self._hash = hash(self.name)`, which the look-up before has done too
                        return any(isinstance(part, ast.Attribute) and part.attr == name for part in walk(value))
        return super()._is_change(node, function)


def _first(function: Code) -> str | None:
    arguments = [*function.args.posonlyargs, *function.args.args]
    return arguments[0].arg if arguments else None
