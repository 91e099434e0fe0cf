"""Defaults that are one mutable object for all calls, and whether such a default could as well be made anew in each call."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.names.scopes import FunctionNode, Scope, mangled
from codemods.analysis.order.flows import body_scope
from codemods.analysis.shapes.parameters import Parameter
from codemods.analysis.types.receivers import is_tame
from codemods.analysis.types.vocabulary import IMMUTABLE

if TYPE_CHECKING:
    from codemods.analysis.module import Module

MUTABLE_CLASSES = frozenset({
    "builtins.list", "builtins.dict", "builtins.set", "builtins.bytearray", "collections.defaultdict", "collections.OrderedDict",
    "collections.deque", "collections.Counter", "collections.ChainMap", "collections.UserDict", "collections.UserList", "array.array",
})  # fmt: skip
"""Classes whose constructor, called as a default, makes the one object that all calls share."""

_READING = frozenset({
    "abs", "all", "any", "bin", "bool", "bytearray", "bytes", "chr", "complex", "dict", "divmod", "enumerate", "float", "format",
    "frozenset", "hex", "int", "len", "list", "max", "min", "oct", "ord", "pow", "range", "repr", "reversed", "round", "set", "slice",
    "sorted", "str", "sum", "tuple", "zip",
})  # fmt: skip
"""Builtins that only read what they are given and always answer the same."""

_TAKING = frozenset({
    "builtins.list", "builtins.tuple", "builtins.len", "builtins.bool", "builtins.enumerate", "builtins.reversed", "builtins.zip",
    "collections.deque", "collections.UserList",
})  # fmt: skip
"""Those that take the elements as they are and ask them nothing."""

_MAKING = frozenset({
    "re.compile", "pathlib.Path", "pathlib.PurePath", "pathlib.PurePosixPath", "decimal.Decimal", "fractions.Fraction",
    "datetime.timedelta", "datetime.date", "datetime.datetime", "datetime.time", "datetime.timezone", "uuid.UUID",
    "operator.itemgetter", "operator.attrgetter", "types.MappingProxyType",
})  # fmt: skip
"""Constructors and functions of the standard library that make equal values from equal arguments, and do nothing else."""

_STEADY_MODULES = frozenset({
    "string", "math", "cmath", "errno", "stat", "socket", "signal", "logging", "re", "http", "enum", "operator", "itertools",
    "collections", "typing", "datetime", "decimal", "numpy", "torch", "tensorflow", "jax", "token", "keyword", "calendar", "inspect",
    "ast", "struct",
})  # fmt: skip
"""Modules whose attributes nobody rebinds while a program runs."""


_LOOPS = ast.For | ast.AsyncFor | ast.While | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def is_mutable(value: ast.expr, module: Module) -> bool:
    """Whether a default makes a list, dict, set or another mutable collection, once and for all calls."""
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.Call():
            origin = module.origin(value.func)
            return origin in MUTABLE_CLASSES and ast.unparse(value.func).rpartition(".")[2] == origin.rpartition(".")[2]
        case ast.BinOp():
            return is_mutable(value.left, module)
        case _:
            return False


def is_empty(value: ast.expr) -> bool:
    """Whether a mutable default certainly starts empty."""
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Call(args=[], keywords=[]):
            return True
        case ast.Call(func=ast.Name(id="defaultdict") | ast.Attribute(attr="defaultdict"), args=[_], keywords=[]):
            return True
        case ast.Call(func=ast.Name(id="deque") | ast.Attribute(attr="deque"), args=[], keywords=[ast.keyword(arg="maxlen")]):
            return True
        case _:
            return False


class Unsteady(Struct, frozen=True):
    """Why a default may have another value when the function is called than when it was defined.

    `kind`: class-name, shadowed, loop, rebound, unknown-name, contents, call, attribute, construct. `text` is the name or code, `line`
    where the rebinding or the loop stands (else the line of the text itself).
    """

    kind: str
    text: str
    line: int


def unsteady(parameter: Parameter, module: Module) -> Unsteady | None:
    """What in the default may differ at call time; `None` where evaluating it in the function's body always gives an equal value."""
    return _Judge(parameter, module).visit(parameter.default)


class _Judge:
    """Goes through one default. Each answer is the first `Unsteady` found, or `None`."""

    def __init__(self, parameter: Parameter, module: Module) -> None:
        self.module = module
        self.function = parameter.function
        self.value = parameter.default
        self.body = module.scope_inside(parameter.function)

    def visit(self, node: ast.AST, delayed: bool = False) -> Unsteady | None:
        """`delayed`: the node is evaluated when a lambda in the default runs, as late before as after."""
        match node:
            case ast.Name():
                return self._name(node, delayed)
            case ast.Attribute():
                return self.visit(node.value, delayed) or (None if delayed else self._attribute(node))
            case ast.Call():
                return self._call(node, delayed)
            case ast.Lambda():
                return self._all([*node.args.defaults, *node.args.kw_defaults], delayed) or self.visit(node.body, True)
            case ast.Starred():
                return self._contents(node.value, delayed, deep=False)
            case ast.FormattedValue():
                return self._contents(node.value, delayed) or self._all([node.format_spec], delayed)
            case ast.IfExp():
                return self._contents(node.test, delayed) or self._all([node.body, node.orelse], delayed)
            case ast.Dict():
                spread = [value for key, value in zip(node.keys, node.values, strict=True) if key is None]
                return self._all([*node.keys, *node.values], delayed) or self._all_contents(spread, delayed)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node, delayed)
            case ast.Subscript():
                return self._contents(node.value, delayed, deep=False) or self._contents(node.slice, delayed)
            case ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.BoolOp():
                operands = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
                return self._all_contents(operands, delayed)
            case ast.List() | ast.Tuple() | ast.Set() | ast.JoinedStr() | ast.Slice():
                return self._all(list(ast.iter_child_nodes(node)), delayed)
            case ast.Constant() | ast.expr_context():
                return None
            case _:
                return self._because("construct", node)

    def _all(self, nodes: list[ast.AST] | list[ast.expr] | list[ast.expr | None], delayed: bool) -> Unsteady | None:
        return next((found for node in nodes if node is not None and (found := self.visit(node, delayed))), None)

    def _all_contents(self, nodes: list[ast.expr], delayed: bool, deep: bool = True) -> Unsteady | None:
        return next((found for node in nodes if (found := self._contents(node, delayed, deep))), None)

    def _because(self, kind: str, node: ast.AST) -> Unsteady:
        return Unsteady(kind, ast.unparse(node), self.module.line(node))

    def _contents(self, node: ast.expr, delayed: bool, deep: bool = True) -> Unsteady | None:
        """Not only the object counts but what is in it: that must be unable to change; `deep`, and what is in that."""
        found = self.visit(node, delayed)
        if found is not None or delayed or not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            return found
        if isinstance(node, ast.Name) and self.module.is_builtin(node.id, node):
            return None
        kind = self.module.type_of(node)
        if kind is not None and (is_tame(kind) if deep else kind.is_all(*IMMUTABLE)):
            return None
        return self._because("contents", node)

    def _own(self, name: ast.Name) -> bool:
        """Whether the variable belongs to a comprehension or lambda inside the default."""
        owner = self.module.owner(name.id, name)
        return owner is not None and self.module.inside(owner.node, self.value)

    def _comprehension(self, node: ast.expr, delayed: bool) -> Unsteady | None:
        clauses: list[ast.comprehension] = node.generators  # type: ignore[attr-defined]
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]  # type: ignore[attr-defined]
        conditions = [condition for clause in clauses for condition in clause.ifs]
        looped = (self._contents(clause.iter, delayed, deep=False) for clause in clauses)
        return next(filter(None, looped), None) or self._all_contents(conditions, delayed) or self._all(parts, delayed)

    def _call(self, node: ast.Call, delayed: bool) -> Unsteady | None:
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        if delayed:
            return self._all([node.func, *values], True)
        match node.func:
            case ast.Attribute(value=ast.Constant(value=str())):
                return self._all_contents(values, False)
            case ast.Name() | ast.Attribute():
                origin = self.module.origin(node.func) or ""
            case _:
                return self._because("call", node)
        if origin.removeprefix("builtins.") not in _READING and origin not in MUTABLE_CLASSES and origin not in _MAKING:
            return self._because("call", node)
        return self.visit(node.func) or self._arguments(node, origin)

    def _arguments(self, node: ast.Call, origin: str) -> Unsteady | None:
        """`dict(a=x)` and `defaultdict(f)` hold `x` and `f` themselves; all else that is passed is read."""
        held = [keyword.value for keyword in node.keywords]
        read = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg is None)]
        if origin == "collections.defaultdict":
            held += read[:1]
            del read[:1]
        return self._all(held, False) or self._all_contents(read, False, deep=origin not in _TAKING)

    # --- names ---

    def _name(self, node: ast.Name, delayed: bool) -> Unsteady | None:
        if self._own(node):
            return None
        scope = self.module.scope(node)
        key = mangled(node.id, scope)
        if key in self.body.bindings or key in self.body.global_names or key in self.body.nonlocal_names:
            return self._because("shadowed", node)
        owner = scope.owner(key)
        if owner is None:
            steady = self.module.is_builtin(node.id, node) or node.id in ("__name__", "__file__")
            return None if steady or delayed else self._because("unknown-name", node)
        if owner.kind == "class":
            return self._because("class-name", node)
        return None if delayed else self._steady(node, owner, key)

    def _steady(self, node: ast.Name, owner: Scope, key: str) -> Unsteady | None:
        """A variable keeps its value if it is bound only before the function is defined, and not again by a loop around both.

        One bound once, further out, may stand below: it has its value when the function is defined, or there would be an error.
        """
        bindings = [binding for binding in owner.bindings[key] if binding.kind != "annotation"]
        start = (self.function.lineno, self.function.col_offset)
        late = len(bindings) == 1 and self.module.scope(self.function) is not owner
        inner = body_scope(self.module.scope(self.function)) is not owner  # a call of which makes the function anew
        for binding in bindings:
            at = binding.node
            if binding.kind in ("except", "delete") or not _in_own_code(at, owner, self.module):
                return Unsteady("rebound", node.id, self.module.line(at))
            loop = self._loop_around(at, inner)
            if loop is not None:
                return Unsteady("loop", node.id, self.module.line(loop))
            if not late and (self.module.line(at), getattr(at, "col_offset", 0)) > start:
                return Unsteady("rebound", node.id, self.module.line(at))
        return None

    def _loop_around(self, binding: ast.AST, inner: bool) -> ast.AST | None:
        """A loop that binds anew in each turn and holds the function too; where that is made by an `inner` call, any loop may make it."""
        for around in self.module.ancestors(binding):
            if isinstance(around, _LOOPS) and (inner or self.module.inside(self.function, around)):
                return around
            if isinstance(around, FunctionNode | ast.ClassDef):
                return None
        return None

    def _attribute(self, node: ast.Attribute) -> Unsteady | None:
        """Constants and classes of modules, and what a class of the file sets once, stay as they are."""
        origin = self.module.origin(node)
        if origin is not None and origin.partition(".")[0] in _STEADY_MODULES:
            return None
        base = node.value
        while isinstance(base, ast.Attribute):
            base = base.value
        if not isinstance(base, ast.Name) or not (node.attr.isupper() or node.attr[:1].isupper()):
            return self._because("attribute", node)
        if node.attr in self.module.calls.stored_attributes or node.attr in self.module.names_spelled:
            return self._because("attribute", node)  # `config.LIMIT = 5` further down
        if isinstance(self.module.calls.named(base), ast.ClassDef) and node.value is base:
            return None
        bindings = self.module.bindings(base.id, base)
        from_module = bool(bindings) and all(isinstance(binding.statement, ast.Import) for binding in bindings)
        if from_module or (base.id[:1].isupper() and bindings and bindings[0].kind == "import"):
            return None
        return self._because("attribute", node)


def _in_own_code(binding: ast.AST, owner: Scope, module: Module) -> bool:
    """Whether a binding stands in the code of the scope itself, not in a function inside that says `global` or `nonlocal`."""
    return module.scope(binding).function() is owner
