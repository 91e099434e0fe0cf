"""All uses of a variable that holds collections in collections, followed to where they get at those inside: see `nested`."""

from __future__ import annotations

import ast
import collections
from typing import TYPE_CHECKING

from codemods.analysis.change.additions import parameter_for
from codemods.analysis.change.births import Births
from codemods.analysis.change.nested import MOST_LEVELS, Nested
from codemods.analysis.names.scopes import Variable

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

MOST_USES = 400

_CLASSES = (list, dict, set, tuple, frozenset, str, collections.deque, collections.Counter, collections.OrderedDict)
_METHODS = frozenset(name for one in _CLASSES for name in dir(one)) | {"default_factory", "__missing__"}
_NOTHING = frozenset({
    "keys", "clear", "sort", "reverse", "index", "count", "remove", "discard", "rotate", "__len__", "__contains__", "isdisjoint",
    "issubset", "issuperset", "move_to_end",
})  # fmt: skip
"""Methods that hand out nothing of what is inside, at least without a `key`."""
_TAKING = frozenset({"pop", "popleft", "popitem", "clear", "remove", "discard", "__delitem__"})
_OUT = frozenset({"get", "pop", "popleft", "setdefault", "__getitem__"})
"""Methods that hand out what is inside."""
_LOOKS = frozenset({"len", "print", "str", "repr", "bool", "any", "all", "isinstance", "id", "type", "hash", "ascii", "format"})
_COPIES = frozenset({"list", "sorted", "reversed", "tuple", "iter"})
"""Builtins whose result holds the same."""
_STANDARD = frozenset({"json.dumps", "pprint.pprint", "pprint.pformat", "copy.deepcopy", "random.shuffle"})
"""Functions of the standard library that hand out nothing of what is inside."""
_MEASURES = frozenset({"builtins.len", "builtins.print", "builtins.str"})
_LOOKED_AT = (ast.Compare, ast.FormattedValue, ast.Expr, ast.If, ast.While, ast.Assert, ast.Delete, ast.UnaryOp)


class Inwards:
    """Follows all uses of one variable, and of the variables that get a collection of it."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.found = Nested()
        self.births = Births(self.module, self.found)
        self._followed: set[tuple[Variable, int]] = set()
        self._waiting: list[list[ast.expr]] = [[] for _ in range(MOST_LEVELS)]
        self._loops: list[list[ast.expr]] = [[] for _ in range(MOST_LEVELS)]
        self._lowest: set[int] = set()
        """Levels below which no collection was taken to be."""
        self._uses = 0

    def of(self, variable: Variable) -> Nested:
        """All that is to be known of what is inside the variable's collection."""
        self.births.born(variable)
        self._follow(variable, 0)
        while not self.found.lost and (ready := self._ready()) is not None:
            level, uses, targets = ready
            for use in uses:
                self._use(use, level)
            for target in targets:
                self._bound(target, level + 1)
        if any(self.found.shapes[level + 1] for level in self._lowest):
            self.found.lost = True
        return self.found

    def _ready(self) -> tuple[int, list[ast.expr], list[ast.expr]] | None:
        """What waits at a level where collections have come in sight: uses of them, and loops over them.

        The outer levels come first: what is done there alone brings collections of a level in sight.
        """
        for level, shapes in enumerate(self.found.shapes):
            if shapes and self._waiting[level]:
                uses, self._waiting[level] = self._waiting[level], []
                return level, uses, []
            if "list" in shapes and self._loops[level]:  # over a dict, a loop gets keys alone
                targets, self._loops[level] = self._loops[level], []
                return level, [], targets
        return None

    # --- where it goes ---

    def _follow(self, variable: Variable, level: int) -> None:
        """All uses of a variable that holds something of a level."""
        if (variable, level) in self._followed or self.found.lost:
            return
        self._followed.add((variable, level))
        scope, name = variable
        seen = self.inference.contents.looks.may_see(scope, name)
        if seen or level >= MOST_LEVELS or scope.kind not in ("module", "function", "comprehension", "lambda"):
            self.found.lost = True
            return
        for use in scope.mentions(name):
            if isinstance(use.ctx, ast.Load):
                self._waiting[level].append(use)
            elif isinstance(self.module.parent(use), ast.AugAssign):
                self.found.lost = True
        self._uses += len(self._waiting[level])
        if self._uses > MOST_USES:
            self.found.lost = True

    def _bound(self, target: ast.AST | None, level: int) -> None:
        """A target gets something of a level; one that takes it apart gets what is inside."""
        match target:
            case _ if level >= MOST_LEVELS:
                pass  # `_put` has seen that nothing is there
            case ast.Name():
                variable = self.module.variable(target)
                if variable is None:
                    self.found.lost = True
                else:
                    self._follow(variable, level)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._bound(part, level + 1)
            case _:
                self.found.lost = True

    def _use(self, use: ast.expr, level: int) -> None:
        """Something of a level is used here; where no collection of it is in sight yet, that waits."""
        if level >= MOST_LEVELS:
            return
        if not self.found.shapes[level]:
            self._waiting[level].append(use)
            return
        around = self.module.parent(use)
        match around:
            case ast.Subscript() if around.value is use:
                self._indexed(around, level)
            case ast.Attribute(attr=name):
                self._method(name, around, level)
            case ast.Call():
                self._argument(around, use, level)
            case ast.For(target=target) | ast.comprehension(target=target, is_async=0) if around.iter is use:
                self._loops[level].append(target)
            case ast.Assign(targets=[ast.Name() as target]) | ast.AnnAssign(target=ast.Name() as target):
                self._bound(target, level)
            case ast.BoolOp() | ast.IfExp() if not (isinstance(around, ast.IfExp) and around.test is use):
                self._use(around, level)
            case ast.IfExp():
                pass
            case ast.Compare() | ast.BinOp() if self.inference.contents.operated(around, use, inside=True):
                self.found.lost = True
            case ast.BinOp(op=ast.Mod(), left=template):
                self.found.plain.append(template)  # a text is formatted
                self.found.levels[level].reads.append(template)
            case ast.BinOp(op=ast.Add() | ast.Mult()):
                self._use(around, level)
            case ast.Starred() if (
                isinstance(call := self.module.parent(around), ast.Call) and self.module.origin(call.func) == "builtins.print"
            ):
                pass
            case _ if isinstance(around, _LOOKED_AT):
                pass
            case _:
                self.found.lost = True

    def _indexed(self, subscript: ast.Subscript, level: int) -> None:
        around = self.module.parent(subscript)
        additions = self.found.levels[level]
        if isinstance(subscript.slice, ast.Slice):
            if isinstance(subscript.ctx, ast.Load):
                self._use(subscript, level)
            elif isinstance(subscript.ctx, ast.Store):
                self.found.lost = True
            else:
                self.found.less = True
        elif isinstance(subscript.ctx, ast.Load):
            additions.reads.append(subscript.slice)
            self._use(subscript, level + 1)
        elif isinstance(around, ast.Assign) and len(around.targets) == 1:
            additions.items.append((subscript.slice, around.value))
            self.births.put(around.value, level + 1)
        elif isinstance(around, ast.AugAssign):
            additions.increments.append(around)
            self.found.plain.append(around.value)
        elif isinstance(subscript.ctx, ast.Del):
            self.found.less = True
        else:
            self.found.lost = True

    def _method(self, name: str, attribute: ast.Attribute, level: int) -> None:
        call = self.module.parent(attribute)
        additions = self.found.levels[level]
        if name not in _METHODS and isinstance(attribute.ctx, ast.Load):
            return  # no collection has it
        if not isinstance(call, ast.Call) or call.func is not attribute or any(one.arg != "reverse" for one in call.keywords):
            self.found.lost = True
            return
        if name in _TAKING:
            self.found.less = True
        match name, call.args:
            case _ if name in _NOTHING:
                compares = name in ("index", "count", "remove", "discard", "__contains__")
                if compares and self.inference.contents.operated(call, attribute, inside=True):
                    self.found.lost = True
            case (("append" | "add" | "appendleft"), [one]) | ("insert", [_, one]):
                additions.elements.append(one)
                self.births.put(one, level + 1)
            case "setdefault", [key, value]:
                additions.items.append((key, value))
                self.births.put(value, level + 1)
                self._use(call, level + 1)
            case "setdefault", _:
                self.found.lost = True  # `None` is put in
            case _, _ if name in _OUT and not any(isinstance(one, ast.Starred) for one in call.args):
                additions.reads += call.args[:1] if name == "__getitem__" else ()
                for default in call.args[1:]:
                    self.births.put(default, level + 1)
                self._use(call, level + 1)
            case "copy", []:
                self._use(call, level)
            case "values", []:
                self._gone_through(call, level, None)
            case "items", []:
                self._gone_through(call, level, 1)
            case _:
                self.found.lost = True

    def _argument(self, call: ast.Call, use: ast.expr, level: int) -> None:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "join" and isinstance(call.func.value, ast.Constant):
            return
        origin = self.module.origin(call.func) if call.func is not use else None
        root, _, name = (origin or "").partition(".")
        if root == "builtins" and not any(isinstance(one, ast.Starred) for one in call.args):
            self._builtin(name, call, use, level)
        elif origin in _STANDARD and call.args[:1] == [use] and all(one.arg in ("indent", "sort_keys") for one in call.keywords):
            pass
        elif origin == "random.choice":
            self._use(call, level + 1)
        else:
            self._own(call, use, level)

    def _builtin(self, name: str, call: ast.Call, use: ast.expr, level: int) -> None:
        alone = call.args == [use] and not call.keywords
        if name == "print" or (name in _LOOKS and alone):
            return
        if name in _COPIES and call.args == [use] and self._sorts(call, level):
            if self.found.shapes[level] != {"dict"}:  # of which it holds the keys
                self._use(call, level)
        elif name in ("sum", "min", "max") and alone and level + 1 < MOST_LEVELS:
            self._lowest.add(level)
        elif name in ("enumerate", "zip") and not call.keywords:
            self._gone_through(call, level, call.args.index(use) if name == "zip" else 1)
        else:
            self.found.lost = True

    def _sorts(self, call: ast.Call, level: int) -> bool:
        """Whether the keywords of `sorted` hand out nothing: `reverse`, and a `key` whose parameter is followed."""
        for keyword in call.keywords:
            match keyword:
                case ast.keyword(arg="reverse"):
                    pass
                case ast.keyword(arg="key", value=ast.Lambda(args=ast.arguments(args=[ast.arg(arg=name)])) as function):
                    if self.found.shapes[level] != {"dict"}:
                        self._follow((self.module.scope_inside(function), name), level + 1)
                case _:
                    return False
        return True

    def _own(self, call: ast.Call, use: ast.expr, level: int) -> None:
        """An argument of a function of this file: what that does with its parameter."""
        parameter = parameter_for(call, use, self.inference)
        if parameter is None:
            self.found.lost = True
        else:
            self._follow(parameter, level)

    def _gone_through(self, call: ast.Call, level: int, place: int | None) -> None:
        """A loop over what a call gives, whose target, or the part at `place` of it, gets what is inside."""
        around = self.module.parent(call)
        if not isinstance(around, ast.For | ast.comprehension) or around.iter is not call:
            if not self._only_measured(call):
                self.found.lost = True
            return
        target = around.target
        if place is not None:
            if not isinstance(target, ast.Tuple) or place >= len(target.elts):
                self.found.lost = True
                return
            target = target.elts[place]
        if isinstance(call.func, ast.Name):
            self._loops[level].append(target)  # `enumerate` and `zip` go through the collection itself
        else:
            self._bound(target, level + 1)

    def _only_measured(self, call: ast.Call) -> bool:
        around = self.module.parent(call)
        return isinstance(around, ast.Call) and self.module.origin(around.func) in _MEASURES
