"""What of the file's own code a call may run that is not known: methods by their name, and functions that were handed out as values.

What comes from other files is assumed not to write to the collection at hand where no call is written (`docs/safety.md`). So where an
operator of the file goes on to `self.listener(value)`, all that matters is which functions of the file may stand there.
"""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.calls import Method
from codemods.analysis.text.walking import may_hold, walk

if TYPE_CHECKING:
    from codemods.analysis.calls.summaries import Summary
    from codemods.analysis.module import Module

Code = Method | ast.Lambda


class UnseenCalls:
    """Looks the file over for them, once each."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._may_store: dict[ast.AST, bool] = {}

    @cached_property
    def methods(self) -> dict[str, list[Method]]:
        """The methods of the file by name, which a call of that name may be, whatever the class."""
        found: dict[str, list[Method]] = {}
        for node in self.module.names.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
            if isinstance(node, Method) and self.module.class_of(node) is not None:
                found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def handed_out(self) -> list[Code]:
        """The functions, methods and lambdas of the file that are used as values."""
        found: list[Code] = []
        for node in self.module.names.nodes(ast.Lambda, ast.Name, ast.Attribute):
            around = self.module.parent(node)
            if isinstance(around, ast.Call) and around.func is node:
                continue
            match node:
                case ast.Lambda():
                    found.append(node)
                case ast.Name(ctx=ast.Load()):
                    found += [one.node for one in self.module.bindings(node.id, node) if isinstance(one.node, Method)]
                case ast.Attribute(ctx=ast.Load()):
                    found += (one for one in self.methods.get(node.attr, ()) if not one.decorator_list)  # a property is read
        return list(dict.fromkeys(found))

    def runs_handed_out(self, call: ast.Call) -> bool:
        """Whether a call that is not known may be one of a value: `f(…)`, `fs[0](…)`, `self.f(…)` where such an attribute is stored."""
        match call.func:
            case ast.Attribute(attr=name):
                return name in self.module.calls.stored_attributes or any(
                    name in self.module.scope_inside(one).bindings and name not in self.methods
                    for same in self.module.calls.classes.values()
                    for one in same
                )
            case ast.Name(id=name):
                kinds = {one.kind for one in self.module.bindings(name, call.func)}
                return bool(kinds - {"import", "function", "class"})  # what another file has is none of this one's
            case ast.Call(func=ast.Name(id="type")):
                return False
            case _:
                return True

    def add(self, calling: Summary, summary: Summary) -> None:
        """Add to `summary` what the calls in `calling` that are not known may run of the file's own code."""
        seen: set[Code] = set()
        while True:
            code: list[Code] = [one for name in sorted(calling.named) for one in self.methods[name]]
            code += self.handed_out if calling.hands else []
            new = [one for one in code if one not in seen and self.may_store(one)]
            if not new:
                return
            for one in new:
                seen.add(one)
                effect = self.module.summaries.of(one)
                calling.merge(effect)
                summary.merge(effect)
                if effect.parameters or effect.inner or effect.touches:
                    summary.elsewhere = summary.elsewhere or getattr(one, "name", "lambda")

    def may_store(self, code: ast.AST) -> bool:
        """Whether a function, or one of the file's that it names, stores anything outside its variables, going by the words alone: cheap,
        and asked before its summary."""
        known = self._may_store.get(code)
        if known is None:
            known = self._may_store[code] = self._stores(code)
        return known

    def _stores(self, code: ast.AST) -> bool:
        seen = {code}
        pending = [code]
        while pending:
            for node in walk(pending.pop()):
                match node:
                    case ast.Attribute() | ast.Subscript() if not isinstance(node.ctx, ast.Load):
                        return True
                    case ast.Global() | ast.Nonlocal():
                        return True
                    case ast.Call() if self.runs_handed_out(node):
                        return True
                    case ast.Attribute(attr=name) | ast.Name(id=name):
                        if name in known_calls.ANY_MUTATOR or name == "setattr":
                            return True
                        new = [one for one in self.functions.get(name, ()) if one not in seen]
                        seen.update(new)
                        pending += new
                    case _:
                        pass
        return False

    @cached_property
    def functions(self) -> dict[str, list[Method]]:
        """The functions and methods of the file by name."""
        found: dict[str, list[Method]] = {}
        for node in self.module.names.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
            if isinstance(node, Method):
                found.setdefault(node.name, []).append(node)
        return found

    def runs_own(self, origin: str) -> bool:
        """Whether a function of the standard library may run code of the file's that it is not given.

        That is a hook in its module, or the handler of a signal. What the file replaces altogether has no origin any more.
        """
        root = origin.partition(".")[0]
        return origin in known_calls.RUNS_HANDLERS or (root in known_calls.REPLACED_HOOKS and self.is_hooked(root))

    def is_hooked(self, root: str) -> bool:
        """Whether the file puts code of its own into a module of the standard library, which that runs."""
        names = known_calls.REPLACED_HOOKS[root]
        imported = any(node.name in names for node in self.module.names.nodes(ast.alias)) if may_hold(self.module.text, *names) else False
        return imported or any(name in self.module.calls.attributes for name in names)

    @cached_property
    def lent(self) -> frozenset[str]:
        """The modules of the standard library whose objects are given one of the file's to call: `csv.writer(Log())`."""
        registers = any(name in self.module.calls.attributes for name in known_calls.REGISTERING)
        found: set[str] = {"sqlite3"} if registers else set()
        for node in self.module.names.nodes(ast.Call):
            root = (self.module.origin(node.func) or "").partition(".")[0]
            if root in known_calls.RUNS_METHODS:
                found.update({root} if lends(node, self.module) else ())
        return frozenset(found)


def lends(call: ast.Call, module: Module) -> bool:
    """Whether a call is given an object of a class of this file, going by how it is written."""
    return any(_is_own_instance(one, module) for one in [*call.args, *(keyword.value for keyword in call.keywords)])


def _is_own_instance(value: ast.expr, module: Module) -> bool:
    match value:
        case ast.Call():
            return isinstance(module.callee(value), ast.ClassDef)
        case ast.Name(id=name):
            bindings = module.bindings(name, value)
            made = [one.value for one in bindings if one.kind in ("assign", "with", "walrus") and isinstance(one.value, ast.Call)]
            return any(_is_own_instance(one, module) for one in made) or _is_receiver(value, module)
        case _:
            return False


def _is_receiver(name: ast.Name, module: Module) -> bool:
    """Whether a name is the first parameter of a method."""
    function = module.function(name)
    if function is None or module.class_of(function) is None:
        return False
    return [one.arg for one in [*function.args.posonlyargs, *function.args.args]][:1] == [name.id]
