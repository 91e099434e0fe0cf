"""Code of the file that runs where no call is written: operators and conversions, iteration, hooks of attributes, `print` to an object.

Operators on values from elsewhere are assumed not to write to the collection at hand; those that the file itself defines are read. Most
files define none that change anything, and then nothing here costs anything.
"""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls.hidden_methods import (
    AUGMENT,
    GET,
    ITERATE,
    KEY,
    LOG,
    METHODS,
    NO_MAPPING,
    OPERATE,
    READ,
    SET,
    STORE,
    STORED,
    UNPACK,
    WRITE,
    WRITERS,
    category_of,
    gives_method,
    goes_through,
    keys_at,
    unpacked,
)  # fmt: skip
from codemods.analysis.calls.operand_changes import keeps_operand, operators_that_change
from codemods.analysis.calls.own_changes import OwnChanges
from codemods.analysis.calls.summaries import LazyNode, Summary
from codemods.analysis.change.freshness import BUILTINS, is_builtin_value
from codemods.analysis.change.in_place import in_place
from codemods.analysis.names.scopes import FunctionNode, mangled
from codemods.analysis.names.spelled import last_name
from codemods.analysis.types.receivers import is_of_library, is_outside_object, is_tame

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_VIEWS = frozenset({"keys", "values", "items"})
_MEASURES = frozenset({"len", "isinstance", "range", "type", "id", "callable", "enumerate", "zip"})
_LOOKS_UP = frozenset({"format", "format_map", "vformat"})
"""Methods that take attributes of what they are given, `"{0.name}".format(thing)`, by a template that may stand anywhere."""
_PRINTING = frozenset({"__str__", "__repr__", "__format__"})
_LAZY_MAKERS = ("builtins.map", "builtins.filter", "builtins.iter", "itertools.")
_KINDS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Name, ast.Attribute, ast.Yield, ast.YieldFrom, ast.GeneratorExp, ast.Call)


class HiddenCode:
    """Which such code the file has, and where it may run."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def _sources(self) -> dict[str, list[LazyNode | ast.Call | ast.Name | ast.Attribute]]:
        found: dict[str, list[LazyNode | ast.Call | ast.Name | ast.Attribute]] = {}
        for node in self.module.names.nodes(*_KINDS):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() if self.module.class_of(node) is not None:
                    category = category_of(node, self.module)
                    if category is not None:
                        found.setdefault(category, []).append(node)
                    if node.name == "__getitem__" and "__iter__" not in self.module.scope(node).bindings:
                        found.setdefault(ITERATE, []).append(node)  # which `for` calls with 0, 1, …
                case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) if name in STORED:
                    if gives_method(node, self.module):
                        found.setdefault(METHODS[name], []).append(node)
                case ast.Yield() | ast.YieldFrom():
                    function = self.module.function(node)
                    if isinstance(function, FunctionNode):
                        found.setdefault(ITERATE, []).append(function)
                case ast.GeneratorExp() if not self.module.consumed_at_once(node):
                    found.setdefault(ITERATE, []).append(node)
                case ast.Call() if (self.module.origin(node.func) or "").startswith(_LAZY_MAKERS):
                    found.setdefault(ITERATE, []).append(node)
                case ast.Call() if self.module.origin(node.func) == "collections.defaultdict":
                    found.setdefault(KEY, []).append(node)  # a look-up makes the value
                case _:
                    pass
        for one in self.module.implicit.getters():
            resolved = self.module.calls.resolved(one) if isinstance(one, ast.expr) else one
            known = isinstance(resolved, FunctionNode)
            found.setdefault(READ, []).append(resolved if known else ast.Name("property"))  # type: ignore[arg-type]
        return found

    @cached_property
    def operators_that_change(self) -> frozenset[str]:
        """The names of the operators that the file defines so that they may change a collection that is their operand."""
        return operators_that_change(self.module)

    @cached_property
    def operators_take(self) -> bool:
        """Whether an operator that the file defines may change its operand, keep it, or hand it back."""
        sources = [one for category in (OPERATE, KEY, AUGMENT) for one in self._sources.get(category, ())]
        if self.operators_that_change or any(isinstance(one, ast.Name | ast.Attribute) for one in sources):
            return True
        return any(isinstance(one, FunctionNode) and keeps_operand(one, self.module) for one in sources)

    def summary(self, category: str) -> Summary:
        """All that the hidden code of a category may do."""
        return self.module.summaries.of(category)

    def read(self, category: str, summary: Summary) -> None:
        """Fills the summary of a category."""
        plain = Summary()
        for one in dict.fromkeys(self._sources.get(category, ())):
            if isinstance(one, ast.Name | ast.Attribute):
                summary.elsewhere = summary.elsewhere or ast.unparse(one)
                continue
            effect = self.module.effect_of_call(one) if isinstance(one, ast.Call) else self.module.summaries.of(one)
            summary.merge(effect)
            if category != ITERATE or (isinstance(one, ast.FunctionDef) and category_of(one, self.module) is not None):
                plain.merge(effect)  # what a generator calls is looked at where it is iterated over
            if category == KEY and isinstance(one, ast.Call) and effect.unknown is not None:  # the factory may be any code of the file
                plain.hands = True
                plain.named |= self.module.unseen.methods.keys() & {"__call__", "__init__", "__new__"}
            changed = effect.parameters or effect.inner if isinstance(effect, Summary) else effect.targets
            summary.elsewhere = summary.elsewhere or (ast.unparse(one)[:40].partition("\n")[0] if changed else None)
        self.module.unseen.add(plain, summary)

    # --- where it may run ---

    def loud(self) -> list[str]:
        """The categories that have code which changes something."""
        return [category for category in self._sources if self._loud(category)]

    def storing(self, attributes: frozenset[str]) -> list[str]:
        """The categories that have code which may set an attribute of one of these (mangled) names. No types are asked for."""
        return [category for category, sources in self._sources.items() if self.module.implicit.stores.may_set(attributes, sources)]

    def categories_at(self, node: ast.AST, loud: list[str]) -> list[str]:
        """Those of the categories `loud` that may run at a node (not at the nodes inside it)."""
        return [category for category in self._candidates(node) if category in loud] if loud else []

    @cached_property
    def changes_by_printing(self) -> bool:
        """Whether printing an object of the file's changes something, by what the file itself says."""
        return self._own_changes.by_any(one for one in self._sources.get(OPERATE, ()) if getattr(one, "name", "") in _PRINTING)

    @cached_property
    def _own_changes(self) -> OwnChanges:
        return OwnChanges(self.module)

    def changes_by_reading(self, attribute: ast.Attribute) -> bool:
        """Whether looking up an attribute changes something: a property or descriptor of that name in the file does, or a `__getattr__`."""
        name = mangled(attribute.attr, self.module.scope(attribute))
        hooks = [one for one in self._sources.get(GET, ()) if getattr(one, "name", "") != "__get__" or name in self._own_changes.described]
        if self._own_changes.by_any(hooks) and not is_builtin_value(attribute.value, self.module):
            return self.module.origin(attribute) is None
        return self._own_changes.by_any(self.module.implicit.getters(name))

    def _loud(self, category: str) -> bool:
        return self.summary(category).any_known()

    def _candidates(self, node: ast.AST) -> list[str]:
        match node:
            case ast.For() | ast.AsyncFor() | ast.comprehension():
                return [] if self._quiet(node.iter) and isinstance(node.target, ast.Name) else [ITERATE]
            case ast.Subscript() | ast.Attribute() | ast.Name() if not isinstance(node.ctx, ast.Load):
                return self._at_store(node)
            case ast.Attribute():
                plain = is_builtin_value(node.value, self.module) or self.module.origin(node) is not None
                return [*([] if plain else [GET]), *self._by_position(node)]
            case ast.Subscript():
                operated = [] if is_builtin_value(node.value, self.module) else [OPERATE]
                return [*operated, *keys_at(node, self.module), *self._by_position(node)]
            case ast.Name():
                return self._by_position(node)
            case ast.Call():
                return [*self._at_call(node), *self._by_position(node)]
            case ast.YieldFrom():
                return [ITERATE]
            case ast.ClassDef():
                return [OPERATE]
            case ast.MatchClass():
                return [GET]
            case _:
                return []

    def _at_store(self, node: ast.Subscript | ast.Attribute | ast.Name) -> list[str]:
        augmented = [OPERATE, KEY, AUGMENT] if isinstance(self.module.parent(node), ast.AugAssign) else []
        match node:
            case ast.Subscript() if not is_builtin_value(node.value, self.module):
                return [*augmented, STORE]
            case ast.Subscript():
                return [*augmented, *keys_at(node, self.module)]
            case ast.Attribute():
                return [GET, SET, *augmented] if augmented else [SET]
            case _:
                return augmented

    def _at_call(self, call: ast.Call) -> list[str]:
        """A function from outside that is given an object of the file: it may print it, compare it, iterate over it."""
        origin = self.module.origin(call.func)
        method = call.func if origin is None and isinstance(call.func, ast.Attribute) else None
        builtin = method is not None and is_builtin_value(method.value, self.module)
        library = method is not None and is_of_library(method.value, self.module)
        if origin is None and not (builtin or library or (method is not None and is_outside_object(method.value, self.module))):
            return []
        root, _, name = (origin or "").partition(".")
        found = [WRITE, LOG] if root in WRITERS or not (origin or builtin) else [WRITE] if name == "print" else []
        found += [GET] if name in ("getattr", "hasattr") else [SET] if name in ("setattr", "delattr") else []
        found += [READ] if root in ("inspect", "string") or last_name(call.func) in _LOOKS_UP else []
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name in _MEASURES:
            deep = [inner for one in arguments for inner in (one.elts if isinstance(one, ast.Tuple) else [one])]
            touched = any(not is_builtin_value(one, self.module) for one in deep)
        else:
            arguments += [method.value] if method is not None and (builtin or library) else []
            touched = any(not self._tame(one) for one in arguments)
            found += [ITERATE] if not all(map(self._quiet, arguments)) else []
        if touched:
            found += [OPERATE, KEY] if origin in NO_MAPPING else [OPERATE, KEY, UNPACK]
        return found

    def _by_position(self, node: ast.expr) -> list[str]:
        """What may run because of where a value is used."""
        if self._tame(node):
            return []
        parent = self.module.parent(node)
        iterated = [] if self._quiet(node) else [ITERATE]
        match parent:
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[box]) if is_builtin_value(box, self.module):
                return [KEY]
            case ast.Dict() if node in parent.keys:
                return [KEY]
            case ast.Set() | ast.SetComp() | ast.Slice():
                return [KEY]
            case ast.DictComp():
                return [KEY] if parent.key is node else []
            case ast.Dict() | ast.keyword(arg=None) | ast.Match():
                return [OPERATE, KEY, UNPACK, *iterated]
            case ast.Compare() | ast.Starred() | ast.YieldFrom():
                return [OPERATE, KEY, *iterated]
            case ast.AugAssign():
                return [OPERATE, *(iterated if in_place(parent, self.module) else [])]
            case ast.BinOp():
                return [OPERATE, KEY, *(iterated if goes_through(parent, node, self.module) else [])]
            case ast.UnaryOp() | ast.If() | ast.While() | ast.Assert() | ast.match_case() | ast.FormattedValue() | ast.comprehension():
                return [OPERATE]
            case ast.MatchClass() | ast.MatchValue() | ast.MatchMapping():
                return [OPERATE, KEY]
            case ast.BoolOp() | ast.IfExp():
                return [OPERATE, *iterated, *self._by_position(parent)]
            case ast.Tuple() | ast.List() | ast.NamedExpr() | ast.Await():  # `(sly, 1) == (1, 1)`: whatever is done to the whole
                return self._by_position(parent)
            case ast.withitem():
                return unpacked([parent.optional_vars], iterated)
            case ast.Subscript() if parent.slice is node:
                return [KEY] if is_builtin_value(parent.value, self.module) else [OPERATE, KEY]
            case ast.Assign():
                return unpacked(parent.targets, iterated)
            case _:
                return []

    def _tame(self, node: ast.expr) -> bool:
        """Whether no operator of the file can be at work on a value."""
        kind = self.module.type_of(node)
        return kind is not None and is_tame(kind)

    def _quiet(self, iterable: ast.expr) -> bool:
        """Whether taking the next element of an iterable runs no code of the file."""
        if self._tame(iterable):
            return True
        match iterable:
            case ast.Call(func=ast.Name(id="enumerate" | "zip" | "reversed" | "range" | "sorted" as name)):
                return self.module.is_builtin(name, iterable) and all(map(self._quiet, iterable.args))
            case ast.Call(func=ast.Attribute(value=receiver, attr=view)) if view in _VIEWS:
                return is_builtin_value(receiver, self.module)
            case _:
                kind = self.module.type_of(iterable)
                return kind is not None and kind.is_all(*BUILTINS)

    def unknown_behind(self, value: ast.expr) -> str | None:
        """A call of unknown code in the generator, or lazy `map`, that a variable or expression certainly or possibly holds."""
        match value:
            case ast.Name():
                found = [one.value for one in self.module.bindings(value.id, value) if one.kind == "assign" and one.value is not None]
                return next((text for one in found if not isinstance(one, ast.Name) and (text := self.unknown_behind(one))), None)
            case ast.GeneratorExp():
                return self.module.summaries.of(value).unknown
            case ast.Call():
                callee = self.module.callee(value)
                if isinstance(callee, FunctionNode) and callee in self._sources.get(ITERATE, ()):
                    return self.module.summary(callee).unknown
                lazy = (self.module.origin(value.func) or "").startswith(_LAZY_MAKERS)
                return self.module.effect_of_call(value).unknown if lazy else None
            case _:
                return None
