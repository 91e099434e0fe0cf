"""Values that a function keeps in a parameter's default for its later calls: cells, counters, caches, things made once."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.storage import ARGUMENT, FIXED, Access, accesses, leaves, source_of
from codemods.analysis.names.scopes import FunctionNode
from codemods.analysis.shapes.defaults import MUTABLE_CLASSES, is_empty
from codemods.analysis.shapes.parameters import Parameter
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

Found = tuple[str, ast.AST]
_LOOPS = ast.For | ast.AsyncFor | ast.While | ast.comprehension | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class KeptValues:
    """Searches the uses of one parameter. Each search gives a kind of evidence and the statement that shows it, or `None`."""

    def __init__(self, parameter: Parameter, uses: list[ast.Name], module: Module) -> None:
        self.parameter = parameter
        self.uses = uses
        self.module = module
        self.accesses = list(accesses(uses, module))
        # The object never leaves the function: what is put into it is of use to later calls or to nobody outside.
        self.stays = not any(leaves(use, module) for use in uses)

    def find(self) -> Found | None:
        """The first of cell, counter, keyed, made-once, first-time and stack."""
        if not self.accesses:
            return None
        steps = (
            self._cell, self._counter, self._counted_by_length, self._keyed,
            self._last_value, self._made_once, self._first_time, self._stack, self._emptied,
        )  # fmt: skip
        return next((found for step in steps if (found := step())), None)

    def _cell(self) -> Found | None:
        """`box=[None]` with `box[0] = …`: a list of one that is written in place."""
        default = self.parameter.default
        if isinstance(default, ast.List) and len(default.elts) == 1 and isinstance(default.elts[0], ast.Constant):
            for access in self.accesses:
                if access.stores and isinstance(access.key, ast.Constant) and access.key.value == 0:
                    return "cell", access.statement
        return None

    def _counter(self) -> Found | None:
        for access in self.accesses:
            if access.counts and (not self._in_loop(access.node) or (self._starts_as_number(access.key) and self.stays)):
                return "counter", access.statement
        return None

    def _counted_by_length(self) -> Found | None:
        """`calls.append(1)` and `len(calls)`, and no other use of what was appended."""
        grown = [access for access in self.accesses if access.grows and not self._in_loop(access.node)]
        rest = [use for use in self.uses if use not in {access.use for access in grown}]
        if rest and all(self._is_length(use) for use in rest):  # so that all accesses are among the grown
            return "counter", grown[0].statement
        return None

    def _is_length(self, use: ast.Name) -> bool:
        parent = self.module.parent(use)
        return isinstance(parent, ast.Call) and self.module.origin(parent.func) == "builtins.len"

    def _starts_as_number(self, key: ast.expr | None) -> bool:
        match self.parameter.default, key:
            case ast.Dict() as display, ast.Constant():
                for one, value in zip(display.keys, display.values, strict=True):
                    if isinstance(one, ast.Constant) and one.value == key.value:
                        return isinstance(value, ast.Constant) and isinstance(value.value, int | float)
            case ast.List() as display, ast.Constant(value=int(index)) if 0 <= index < len(display.elts):
                element = display.elts[index]
                return isinstance(element, ast.Constant) and isinstance(element.value, int | float)
        return False

    def _keyed(self) -> Found | None:
        """Stored under a key computed from another argument, and looked up under such a key where nothing was stored yet in this call."""
        stored = [one for one in self.accesses if one.stores and self._source(one.key) == ARGUMENT]
        looked_up = [one for one in self.accesses if one.looks_up and self._source(one.key) == ARGUMENT]
        if stored and any(self._before(access, stored) for access in looked_up):
            return "keyed", stored[0].statement
        return None

    def _last_value(self) -> Found | None:
        """`state={"last": None}`, read and then written: what a call leaves for the next."""
        if not isinstance(self.parameter.default, ast.Dict):
            return None
        pairs = zip(self.parameter.default.keys, self.parameter.default.values, strict=True)
        fixed = {key.value for key, value in pairs if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)}
        for access in self.accesses:
            key = access.key.value if isinstance(access.key, ast.Constant) else None
            if access.looks_up and key in fixed and not self._in_loop(access.node):
                same = [one for one in self.accesses if one.stores and isinstance(one.key, ast.Constant) and one.key.value == key]
                if same and self._before(access, same):
                    return "keyed", same[0].statement
        return None

    def _before(self, lookup: Access, stores: list[Access]) -> bool:
        """Whether the look-up can run before this call has stored anything."""
        if lookup.stores:
            return True
        flow = self.module.flow_of(self.parameter.function)
        index = flow.index.get(lookup.node, flow.index.get(lookup.use))
        if index is None:
            return True
        stops = frozenset(flow.index[one.node] for one in stores if one.node in flow.index)
        return index in flow.reachable([flow.entry], stops) | {flow.entry}

    def _made_once(self) -> Found | None:
        """Stored only where it is missing, at the price of a call, in an object that nobody outside ever sees."""
        for access in self.accesses:
            if not access.stores or not self.stays or (self._in_loop(access.node) and self._source(access.key) == FIXED):
                continue
            calls = [node for statement in self._guarded(access) for node in walk(statement) if isinstance(node, ast.Call)]
            key = access.key if not access.grows else None
            if any(self._works(call) for call in calls if key is None or not self.module.inside(call, key)):
                return "made-once", access.statement
        return None

    def _first_time(self) -> Found | None:
        """`first=[1]`, and `if first: first.clear()`: what is there is used up by the first call."""
        if not self.stays or is_empty(self.parameter.default):
            return None
        for access in self.accesses:
            if access.removes and not self._in_loop(access.node) and self._guarded(access):
                return "first-time", access.statement
        return None

    def _stack(self) -> Found | None:
        """Put in by the call, and taken out by an inner function that runs later: by then other calls have put in theirs."""
        if any(access.stores and not self._runs_later(access) for access in self.accesses):
            for access in self.accesses:
                if access.removes and self._runs_later(access):
                    return "stack", access.statement
        return None

    def _emptied(self) -> Found | None:
        """`lines.append(line)` once a call, and `if len(lines) > 9: lines.clear()`: what one call puts in is never as much."""
        grown = [access for access in self.accesses if access.grows]
        if not grown or not is_empty(self.parameter.default) or any(self._in_loop(access.node) for access in grown):
            return None
        for access in self.accesses:
            if access.removes and self._depends(access):
                return "stack", access.statement
        return None

    def _depends(self, access: Access) -> bool:
        """Whether something is taken out only while, or where, the object holds what it is asked for."""
        above = self.module.ancestors(access.statement)
        return any(isinstance(around, ast.While | ast.If) and self._mentions(around.test) for around in above)

    def _runs_later(self, access: Access) -> bool:
        return self.module.function(access.use) is not self.parameter.function

    def _guarded(self, access: Access) -> list[ast.stmt]:
        """The statements of the branch around a store that depends on what the object already holds; none where there is no such branch."""
        inside: ast.AST = access.statement
        for around in self.module.ancestors(access.statement):
            match around:
                case ast.If() if self._mentions(around.test):
                    return around.body if inside in around.body else around.orelse
                case ast.ExceptHandler():
                    outer = self.module.parent(around)
                    if isinstance(outer, ast.Try) and any(self._mentions(statement) for statement in outer.body):
                        return around.body
            inside = around
        return []

    def _mentions(self, node: ast.AST) -> bool:
        return any(self.module.inside(use, node) for use in self.uses)

    def _works(self, call: ast.Call) -> bool:
        """Whether a call may be worth doing only once: not a builtin's, nor a method of a string or of the object itself."""
        origin = self.module.origin(call.func) or ""
        if (origin.startswith("builtins.") and origin != "builtins.open") or origin in MUTABLE_CLASSES:
            return False
        if isinstance(call.func, ast.Attribute) and hasattr(str, call.func.attr):
            return False
        base: ast.expr = call.func
        while isinstance(base, ast.Attribute | ast.Subscript):
            base = base.value
        return base not in self.uses and not isinstance(base, ast.Constant)

    def _source(self, key: ast.expr | None) -> int:
        return source_of(key, self.parameter, self.module) if key is not None else FIXED

    def _in_loop(self, node: ast.AST) -> bool:
        for around in self.module.ancestors(node):
            if isinstance(around, _LOOPS):
                return True
            if isinstance(around, FunctionNode):
                return around is not self.parameter.function
        return False
