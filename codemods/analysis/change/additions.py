"""What the uses of a variable may put into the collection that it holds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct, field

from codemods.analysis.calls import known_calls
from codemods.analysis.names.scopes import Variable, mangled

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


_LOOKING = frozenset({
    "index", "count", "copy", "get", "keys", "values", "items", "pop", "popitem", "popleft", "remove", "discard", "clear", "sort",
    "reverse", "rotate", "union", "intersection", "difference", "symmetric_difference", "isdisjoint", "issubset", "issuperset",
    "most_common", "elements", "total", "move_to_end", "intersection_update", "difference_update", "__len__", "__contains__",
    "__getitem__", "__iter__",
})  # fmt: skip
"""Methods of builtin collections that bring nothing in and hand out nothing but elements."""

_BUILTINS = (known_calls.READS_ONLY | {"map", "filter"}) - {"getattr", "super", "property", "memoryview", "next"}

_KEEPERS = frozenset({
    "functools.partial", "itertools.repeat", "itertools.cycle", "types.SimpleNamespace", "types.MappingProxyType", "collections.ChainMap",
    "collections.UserList", "collections.UserDict", "copy.copy", "operator.setitem", "operator.iadd", "operator.iconcat",
})  # fmt: skip
"""Functions of the standard library that give or keep what they are given, or change it."""

_MOST_ALIASES = 8


_LOOKED_AT = (
    ast.For, ast.AsyncFor, ast.comprehension, ast.Compare, ast.BinOp, ast.UnaryOp, ast.FormattedValue, ast.Expr, ast.If, ast.While,
    ast.Assert, ast.Delete, ast.Starred, ast.AugAssign,
)  # fmt: skip
"""Around a collection these neither change nor keep it. (`x += collection` is `x`'s affair, `collection += x` is a binding of it.)"""


class Additions(Struct):
    """What the file may put into the collection of a variable.

    Attributes:
        lost: the collection goes out of sight, or something unknown is done to it.
        elements: expressions that are put in as an element.
        iterables: expressions whose elements are put in.
        merges: expressions that are joined to a set or dict with `|=`.
        items: stores `collection[index] = value`, as (index, value); the index `None` where a key is not written.
        updates: expressions with which a dict or set is updated.
        increments: `collection[index] op= value` statements.
        reads: indexes that are read: a defaultdict takes them as keys.
    """

    lost: bool = False
    elements: list[ast.expr] = field(default_factory=list)
    iterables: list[ast.expr] = field(default_factory=list)
    merges: list[ast.expr] = field(default_factory=list)
    items: list[tuple[ast.expr, ast.expr]] = field(default_factory=list)
    updates: list[ast.Call] = field(default_factory=list)
    increments: list[ast.AugAssign] = field(default_factory=list)
    reads: list[ast.expr] = field(default_factory=list)


class Follower:
    """Goes through the uses of a variable, and of those that are given its collection, and notes what they do to it."""

    def __init__(self, inference: Inference, additions: Additions) -> None:
        self.inference = inference
        self.module = inference.module
        self.additions = additions
        self.seen: set[Variable] = set()

    def follow(self, variable: Variable, returnable: bool) -> None:
        """`returnable`: nothing reads the variable any more when its function has returned the collection."""
        if variable in self.seen:
            return
        self.seen.add(variable)
        scope, name = variable
        shown = self.inference.contents.looks.may_see(scope, name)
        if shown or len(self.seen) > _MOST_ALIASES or scope.kind not in ("module", "function", "comprehension"):
            self.additions.lost = True
            return
        uses = list(scope.mentions(name))
        returnable = returnable and all(self.module.function(use) is scope.node for use in uses)
        for use in uses:
            if isinstance(use.ctx, ast.Load):
                self._use(use, returnable)
            elif isinstance(use.ctx, ast.Store):
                self._augmented(self.module.parent(use))
            if self.additions.lost:
                return

    def follow_attribute(self, name: str) -> None:
        """Goes through all attributes of this (mangled) name in the file, of whatever object."""
        self.follow_uses(self.module.calls.attributes.get(name, []))

    def follow_uses(self, uses: list[ast.Attribute]) -> None:
        for use in uses:
            if isinstance(use.ctx, ast.Load):
                self._use(use, returnable=False)
            else:
                self._augmented(self.module.parent(use))
            if self.additions.lost:
                return

    def _augmented(self, statement: ast.AST | None) -> None:
        """`xs += …`, which changes the collection that other names may hold as well."""
        if not isinstance(statement, ast.AugAssign):
            return
        match statement.op:
            case ast.Add():
                self.additions.iterables.append(statement.value)
            case ast.BitOr() | ast.BitXor():
                self.additions.merges.append(statement.value)
            case ast.BitAnd() | ast.Sub() | ast.Mult():
                pass
            case _:
                self.additions.lost = True

    def _use(self, use: ast.expr, returnable: bool) -> None:
        around = self.module.parent(use)
        match around:
            case ast.Subscript() if around.value is use:
                self._indexed(around)
            case ast.Attribute():
                self._method(around)
            case ast.Call() | ast.keyword():
                self._argument(around, use)
            case ast.Compare() | ast.BinOp() if self.inference.contents.operated(around, use):
                self.additions.lost = True
            case ast.BinOp(op=ast.Mod(), left=template, right=right) if right is use:
                self.additions.reads.append(template)  # `"%(name)s" % counts` reads a text
            case ast.Assign(targets=[ast.Name() as alias]) | ast.AnnAssign(target=ast.Name() as alias):
                self._alias(alias, returnable)
            case ast.Assign(targets=targets) if all(isinstance(target, ast.Tuple | ast.List) for target in targets):
                pass  # unpacked: only its elements are bound
            case ast.BoolOp() | ast.IfExp():
                if not (isinstance(around, ast.IfExp) and around.test is use):
                    self._use(around, returnable)
            case ast.Return():
                self.additions.lost = not returnable
            case ast.Tuple() | ast.List() | ast.Dict() if returnable and self._returned(around):
                pass
            case _ if isinstance(around, _LOOKED_AT):
                pass
            case _:
                self.additions.lost = True

    def _returned(self, display: ast.expr) -> bool:
        around = self.module.parent(display)
        while isinstance(around, ast.Tuple | ast.List | ast.Dict):
            around = self.module.parent(around)
        return isinstance(around, ast.Return)

    def _alias(self, alias: ast.Name, returnable: bool) -> None:
        variable = self.module.variable(alias)
        if variable is None:
            self.additions.lost = True
        else:
            self.follow(variable, returnable)

    def _indexed(self, subscript: ast.Subscript) -> None:
        around = self.module.parent(subscript)
        if isinstance(subscript.ctx, ast.Del):
            return
        if isinstance(subscript.ctx, ast.Load):
            self.additions.reads.append(subscript.slice)
        elif isinstance(around, ast.Assign):
            if isinstance(subscript.slice, ast.Slice):
                self.additions.iterables.append(around.value)
            else:
                self.additions.items.append((subscript.slice, around.value))
        elif isinstance(around, ast.AugAssign) and not isinstance(subscript.slice, ast.Slice):
            self.additions.increments.append(around)
        else:
            self.additions.lost = True

    def _method(self, attribute: ast.Attribute) -> None:
        call = self.module.parent(attribute)
        if attribute.attr == "__getitem__":
            self.additions.reads.append(call.args[0] if isinstance(call, ast.Call) and call.args else attribute)
        if attribute.attr in _LOOKING:
            return
        if not isinstance(call, ast.Call) or call.func is not attribute or any(isinstance(one, ast.Starred) for one in call.args):
            self.additions.lost = True
            return
        match attribute.attr, call.args:
            case (("append" | "add" | "appendleft"), [one]):
                self.additions.elements.append(one)
            case "insert", [_, one]:
                self.additions.elements.append(one)
            case (("extend" | "extendleft"), [one]):
                self.additions.iterables.append(one)
            case (("update" | "subtract"), _):
                self.additions.updates.append(call)
            case "setdefault", [key, value]:
                self.additions.items.append((key, value))
            case _:
                self.additions.lost = True

    def _argument(self, around: ast.Call | ast.keyword, use: ast.expr) -> None:
        call = self.module.parent(around) if isinstance(around, ast.keyword) else around
        if not isinstance(call, ast.Call):
            self.additions.lost = True
            return
        origin = self.module.origin(call.func)
        if origin is None:
            self._own_argument(call, use)
            return
        root, _, name = origin.partition(".")
        if root == "builtins":
            alone = name not in ("min", "max", "sum", "iter") or (len(call.args) == 1 and call.args[0] is use)
            self.additions.lost = name not in _BUILTINS or not alone
        elif origin in ("heapq.heappush", "bisect.insort", "bisect.insort_left", "bisect.insort_right") and len(call.args) == 2:
            if call.args[0] is use:
                self.additions.elements.append(call.args[1])
        elif root not in known_calls.STDLIB_PLAIN or origin in _KEEPERS:
            self.additions.lost = True
        elif origin in known_calls.CHANGED_ARGUMENT:
            self.additions.lost = origin not in ("random.shuffle", "heapq.heapify", "heapq.heappop")

    def _own_argument(self, call: ast.Call, use: ast.expr) -> None:
        """An argument of `"…".join`, or of a function of this file: what that does with its parameter."""
        if isinstance(call.func, ast.Attribute) and call.func.attr == "join" and isinstance(call.func.value, ast.Constant):
            return
        parameter = parameter_for(call, use, self.inference)
        if parameter is None:
            self.additions.lost = True
        else:
            self.follow(parameter, returnable=False)


def parameter_for(call: ast.Call, argument: ast.expr, inference: Inference) -> Variable | None:
    """The parameter that gets an argument, of a function of this file that the call runs at once and as written; `None` for others."""
    module = inference.module
    callee = module.calls.named(call.func) if isinstance(call.func, ast.Name) else None
    if not isinstance(callee, ast.FunctionDef) or callee.decorator_list or inference.functions.yields(callee):
        return None
    parameter = module.calls.parameter_for(call, argument, callee)
    scope = module.scope_inside(callee)
    return (scope, mangled(parameter, scope)) if parameter is not None else None
