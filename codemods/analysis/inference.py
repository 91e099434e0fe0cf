"""Local type inference: the class of an expression's value, as far as the file proves it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from codemods.analysis import operations, signatures
from codemods.analysis.annotations import Annotations
from codemods.analysis.call_types import Calls
from codemods.analysis.containers import element, item, sliced
from codemods.analysis.contents import Contents
from codemods.analysis.fixpoint import Fixpoint
from codemods.analysis.function_types import Functions
from codemods.analysis.narrowing import Narrowing
from codemods.analysis.parameter_types import Parameters
from codemods.analysis.types import BOOL, NEVER, NONE, STR, Type, union
from codemods.analysis.variables import Variables

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_SPINE = 30
"""A chain `a + b + c …` longer than this is answered from its inside out, not by recursion."""


class Inference:
    """Types of the expressions of one file, each computed once, when it is asked for."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.fixpoint = Fixpoint()
        self.annotations = Annotations(module)
        self.narrowing = Narrowing(self)
        self.contents = Contents(self)
        self.parameters = Parameters(self)
        self.functions = Functions(self)
        self.calls = Calls(self)
        self.variables = Variables(self)

    def of(self, node: ast.expr) -> Type | None:
        """The class of the value of `node`; `None` where it is not known."""
        return _shown(self.infer(node))

    def infer(self, node: ast.expr) -> Type | None:
        """As `of`, but `NEVER` for what no path gives."""
        handler = _EXPRESSIONS.get(type(node))
        if handler is None:
            return None
        if isinstance(node, ast.BinOp | ast.Attribute | ast.Call):
            self._from_inside(node)
        return self.fixpoint.ask(node, self._answer, node)

    def _answer(self, node: ast.expr) -> Type | None:
        return _EXPRESSIONS[type(node)](self, node)

    def _from_inside(self, node: ast.expr) -> None:
        spine: list[ast.expr] = []
        inner: ast.expr | None = node
        while inner is not None and not self.fixpoint.answered(inner):
            spine.append(inner)
            match inner:
                case ast.BinOp():
                    inner = inner.left
                case ast.Attribute():
                    inner = inner.value
                case ast.Call():
                    inner = inner.func
                case _:
                    inner = None
        if len(spine) > _SPINE:
            for one in reversed(spine):
                if type(one) in _EXPRESSIONS:
                    self.fixpoint.ask(one, self._answer, one)

    # --- what variables ask for ---

    def annotated(self, annotation: ast.expr | None, value: Type | None, statement: ast.AST | None) -> Type | None:
        """A variable annotated where it is assigned: the annotation, unless the value shows more or something else."""
        said = self.annotations.read(annotation)
        if said is None or annotation is None:
            from codemods.analysis.containers import settled

            return settled(value)
        line = self.module.line(annotation)
        because = f"annotated `{ast.unparse(annotation)}` at line {line}"
        if value is None or value is NEVER:
            return said.said(because)
        names = {member.name: member for member in said.members()}
        found: list[Type | None] = []
        for member in value.members():
            same = names.get(member.name)
            if same is not None:
                found.append(same if same.args or not member.args else Type(member.name))
            elif len(names) == 1 and said.args and len(said.args) == len(member.args) and said.name.startswith("collections.abc."):
                found.append(Type(member.name, said.args, member.variadic, declared=True))
            else:
                found.append(Type(member.name))
        kind = union(found)
        return kind.said(because) if kind is not None else None

    def entered(self, manager: ast.expr | None) -> Type | None:
        """What `with manager as x` binds."""
        kind = self.infer(manager) if manager is not None else None
        if kind is not None and kind.is_all("io.TextIOWrapper", "io.BufferedReader", "io.StringIO", "io.BytesIO"):
            return kind
        return None

    def caught(self, classes: ast.expr | None) -> Type | None:
        """What `except classes as e` binds."""
        return self.narrowing.classes(classes) if classes is not None else None

    def defined(self, node: ast.AST) -> Type | None:
        """What a `def` or `class` binds its name to."""
        if isinstance(node, ast.ClassDef):
            kind = self.annotations.class_type(node)
            return Type("type", (kind,)) if kind is not None and not node.decorator_list else None
        return Type("function") if not getattr(node, "decorator_list", ()) else None

    @cached_property
    def star_lines(self) -> list[int]:
        """The lines of star imports."""
        return [node.lineno for node in self.module.names.parents if isinstance(node, ast.alias) and node.name == "*"]

    @cached_property
    def globals_written(self) -> bool:
        """Whether the file may write its module's variables other than by name."""
        for scope in self.module.names.module.below():
            for name in ("exec", "globals"):
                for use in scope.uses.get(name, ()):
                    if name == "exec" or not self._read_only(use):
                        return True
        return any(not self._read_only(use) for name in ("vars", "locals", "eval") for use in self.module.names.module.uses.get(name, ()))

    def _read_only(self, use: ast.Name) -> bool:
        """`globals()[name]` and `globals().get(name)`, read."""
        call = self.module.parent(use)
        if not isinstance(call, ast.Call) or call.func is not use or use.id == "eval":
            return False
        around = self.module.parent(call)
        match around:
            case ast.Subscript():
                return isinstance(around.ctx, ast.Load)
            case ast.Attribute(attr=attribute):
                return attribute in ("get", "keys", "items", "values", "copy")
            case ast.Compare():
                return True
            case _:
                return bool(call.args)


def _shown(kind: Type | None) -> Type | None:
    """Without `NEVER`, which means nothing outside."""
    if kind is None or kind is NEVER or kind.name == "Never":
        return None
    if not kind.args or all(arg is None or (not arg.args and arg.name != "Never") for arg in kind.args):
        return kind
    return Type(kind.name, tuple(_shown(arg) for arg in kind.args), kind.variadic, kind.because, kind.declared)


# --- expressions, a function each ---


def _constant(_: Inference, node: Any) -> Type | None:
    if node.value is None:
        return NONE
    return Type(type(node.value).__name__, because="a literal") if node.value is not Ellipsis else None


def _text(_: Inference, node: Any) -> Type | None:
    return STR.said("an f-string")


def _elements(inference: Inference, parts: list[ast.expr]) -> Type | None:
    return union(element(inference.infer(one.value)) if isinstance(one, ast.Starred) else inference.infer(one) for one in parts)


def _list(inference: Inference, node: Any) -> Type | None:
    return Type("list", (_elements(inference, node.elts),), because="a list display")


def _set(inference: Inference, node: Any) -> Type | None:
    return Type("set", (_elements(inference, node.elts),), because="a set display")


def _tuple(inference: Inference, node: Any) -> Type | None:
    if any(isinstance(one, ast.Starred) for one in node.elts):
        return Type("tuple", (_elements(inference, node.elts),), variadic=True, because="a tuple")
    return Type("tuple", tuple(inference.infer(one) for one in node.elts), because="a tuple")


def _dict(inference: Inference, node: Any) -> Type | None:
    keys: list[Type | None] = []
    values: list[Type | None] = []
    for key, value in zip(node.keys, node.values, strict=True):
        kind = inference.infer(value)
        if key is not None:
            keys.append(inference.infer(key))
            values.append(kind)
        else:
            known = kind is not None and kind.name in ("dict", "collections.OrderedDict", "collections.defaultdict")
            keys.append(kind.argument(0) if known and kind is not None else None)
            values.append(kind.argument(1) if known and kind is not None else None)
    return Type("dict", (union(keys), union(values)), because="a dict display")


def _list_comprehension(inference: Inference, node: Any) -> Type | None:
    return Type("list", (inference.infer(node.elt),), because="a list comprehension")


def _set_comprehension(inference: Inference, node: Any) -> Type | None:
    return Type("set", (inference.infer(node.elt),), because="a set comprehension")


def _dict_comprehension(inference: Inference, node: Any) -> Type | None:
    return Type("dict", (inference.infer(node.key), inference.infer(node.value)), because="a dict comprehension")


def _generator(inference: Inference, node: Any) -> Type | None:
    if any(clause.is_async for clause in node.generators):
        return None
    return Type("types.GeneratorType", (inference.infer(node.elt),), because="a generator expression")


def _boolean(inference: Inference, node: Any) -> Type | None:
    """`a or b`: any but the last only if true; `a and b`: any but the last only if false."""
    positive = isinstance(node.op, ast.Or)
    found = [inference.narrowing.truth(inference.infer(value), positive) for value in node.values[:-1]]
    return union([*found, inference.infer(node.values[-1])])


def _binary(inference: Inference, node: Any) -> Type | None:
    power = node.right.value if isinstance(node.right, ast.Constant) and type(node.right.value) is int else None
    return operations.binary(node.op, inference.infer(node.left), inference.infer(node.right), power)


def _compare(inference: Inference, node: Any) -> Type | None:
    operands = [node.left, *node.comparators]
    if all(isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops):
        return BOOL
    kinds = [inference.infer(one) for one in operands]
    return union(operations.comparison(op, left, right) for op, left, right in zip(node.ops, kinds, kinds[1:], strict=False))


def _subscript(inference: Inference, node: Any) -> Type | None:
    base = inference.infer(node.value)
    if base is None:
        return None
    if isinstance(node.slice, ast.Slice):
        return sliced(base)
    return item(base, inference.infer(node.slice), _written_index(node.slice))


def _written_index(index: ast.expr) -> int | None:
    match index:
        case ast.Constant(value=int() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
            return -number
        case _:
            return None


def _attribute(inference: Inference, node: Any) -> Type | None:
    origin = inference.module.origin(node)
    if origin is not None:
        return signatures.value(origin)
    base = inference.infer(node.value)
    if base is None or base is NEVER:
        return base
    return union(signatures.attribute(member, node.attr) for member in base.members())


def _await(inference: Inference, node: Any) -> Type | None:
    kind = inference.infer(node.value)
    return kind.argument(0) if kind is not None and kind.name == "types.CoroutineType" else None


_EXPRESSIONS: dict[type[ast.AST], Callable[[Inference, Any], Type | None]] = {
    ast.Constant: _constant,
    ast.JoinedStr: _text,
    ast.List: _list,
    ast.Set: _set,
    ast.Tuple: _tuple,
    ast.Dict: _dict,
    ast.ListComp: _list_comprehension,
    ast.SetComp: _set_comprehension,
    ast.DictComp: _dict_comprehension,
    ast.GeneratorExp: _generator,
    ast.BoolOp: _boolean,
    ast.IfExp: lambda inference, node: union([inference.infer(node.body), inference.infer(node.orelse)]),
    ast.NamedExpr: lambda inference, node: inference.infer(node.value),
    ast.BinOp: _binary,
    ast.UnaryOp: lambda inference, node: operations.unary(node.op, inference.infer(node.operand)),
    ast.Compare: _compare,
    ast.Subscript: _subscript,
    ast.Attribute: _attribute,
    ast.Call: lambda inference, node: inference.calls.of(node),
    ast.Name: lambda inference, node: inference.variables.of_name(node),
    ast.Lambda: lambda inference, node: Type("function"),
    ast.Await: _await,
}
