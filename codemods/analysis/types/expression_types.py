"""The types of expressions, a function for each kind, and the table of them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from codemods.analysis.names.scopes import mangled
from codemods.analysis.text.walking import may_hold
from codemods.analysis.types import operations, regex_types, signatures
from codemods.analysis.types.containers import KEYED, item, settled, sliced
from codemods.analysis.types.display_paths import value_at_path
from codemods.analysis.types.displays import value_displayed
from codemods.analysis.types.vocabulary import BOOL, NEVER, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


def _constant(_: Inference, node: Any) -> Type | None:
    if node.value is None:
        return NONE
    return Type(type(node.value).__name__, because="a literal") if node.value is not Ellipsis else None


def _text(_: Inference, node: Any) -> Type | None:
    return STR.said("an f-string")


def _elements(inference: Inference, parts: list[ast.expr]) -> Type | None:
    return union(inference.element(inference.infer(one.value)) if isinstance(one, ast.Starred) else inference.infer(one) for one in parts)


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
            mapping = kind if kind is not None and kind.name in KEYED else None
            keys.append(mapping.argument(0) if mapping is not None else None)
            values.append(mapping.argument(1) if mapping is not None else None)
    return Type("dict", (union(keys), union(values)), because="a dict display")


def _list_comprehension(inference: Inference, node: Any) -> Type | None:
    return Type("list", (inference.infer(node.elt),), because="a list comprehension")


def _set_comprehension(inference: Inference, node: Any) -> Type | None:
    return Type("set", (inference.infer(node.elt),), because="a set comprehension")


def _dict_comprehension(inference: Inference, node: Any) -> Type | None:
    return Type("dict", (inference.infer(node.key), inference.infer(node.value)), because="a dict comprehension")


def _generator(inference: Inference, node: Any) -> Type | None:
    if _awaits(node):
        return None
    return Type("types.GeneratorType", (inference.infer(node.elt),), because="a generator expression")


def _awaits(node: ast.GeneratorExp) -> bool:
    """Whether the expression makes an asynchronous generator: it awaits something behind the first thing that it loops over."""
    clauses = node.generators
    parts = [node.elt, *(test for clause in clauses for test in clause.ifs), *(clause.iter for clause in clauses[1:])]
    inside = [*clauses, *(one for part in parts for one in ast.walk(part))]
    return any(isinstance(one, ast.Await) or (isinstance(one, ast.comprehension) and one.is_async) for one in inside)


def _boolean(inference: Inference, node: Any) -> Type | None:
    """`a or b`: any but the last only if true; `a and b`: any but the last only if false. Of `a and b or c` thus never `a`."""
    positive = isinstance(node.op, ast.Or)
    found = [inference.narrowing.truth(inference.infer(_deciding(value, node.op)), positive) for value in node.values[:-1]]
    return union([*found, inference.infer(node.values[-1])])


def _deciding(value: ast.expr, op: ast.boolop) -> ast.expr:
    """Of an `and` the operand that an `or` around it may give, and the other way round: the last, for the others would have to be both."""
    while isinstance(value, ast.BoolOp) and type(value.op) is not type(op):
        value = value.values[-1]
    return value


def _binary(inference: Inference, node: Any) -> Type | None:
    return operations.binary(node.op, inference.infer(node.left), inference.infer(node.right), _written_number(node.right))


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
    index, written = inference.infer(node.slice), _written_number(node.slice)
    return union(_member(inference, member, node, index, written) for member in base.members())


def _member(inference: Inference, base: Type, node: ast.Subscript, index: Type | None, written: int | None) -> Type | None:
    if base.name == "re.Match":
        return regex_types.group(base, node.slice)
    found = inference.typed_dicts.value(base, node.slice) or _item(inference, base, index, written)
    one = base.name == "dict" and found is not None and found.name == "Union"
    if not one and found is not None:
        return found
    return value_at_path(inference, node) or value_displayed(inference, node) or found


def _item(inference: Inference, base: Type, index: Type | None, written: int | None) -> Type | None:
    if base.name == "None":
        return NEVER  # raises
    found = item(inference.classes.tuple_view(base), index, written)
    if base.name.startswith("configparser.") and may_hold(inference.module.text, "allow_no_value"):
        return None  # `[section]\nname`
    return found if found is not None else signatures.method_result(base, "__getitem__")


def _written_number(index: ast.expr) -> int | None:
    match index:
        case ast.Constant(value=int() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
            return -number
        case _:
            return None


def _attribute(inference: Inference, node: Any) -> Type | None:
    origin = inference.module.origin(node)
    known = signatures.value(origin) if origin is not None and not origin.startswith("builtins.") else None
    if known is not None:
        return known
    base = inference.infer(node.value)
    if base is None and node.attr == "__class__" and not inference.classes.disguised:
        return Type("type", (None,), because="`__class__` is a class")
    if base is None or base is NEVER:
        return base if base is NEVER else inference.paths.at(node, None)
    exact = inference.classes.is_exact(node.value)
    name = mangled(node.attr, inference.module.scope(node))
    overall = union(_attribute_of(inference, member, name, exact) for member in base.members() if member.name != "None")
    return inference.paths.at(node, overall) if overall is None or overall.name == "Union" else overall


def _attribute_of(inference: Inference, base: Type, name: str, exact: bool) -> Type | None:
    instance = base.argument(0) if base.name == "type" else base
    owner = inference.classes.definition(instance) if instance is not None else None
    if owner is not None:
        if name == "__class__" and base is instance:
            return Type("type", (instance,))
        if base is not instance and inference.attributes.is_method(owner, name):
            return STR if name == "__name__" else None  # a property of instances is a property object of the class
        return STR if name == "__name__" and base is not instance else inference.attributes.of(owner, name, exact)
    if base.name == "type":
        return STR if name in ("__name__", "__qualname__", "__module__") else None
    if base.name == "function":
        return STR if name in ("__name__", "__qualname__") else None
    return inference.attributes.of_library(base, name)


def _await(inference: Inference, node: Any) -> Type | None:
    kind = inference.infer(node.value)
    return kind.argument(0) if kind is not None and kind.name == "types.CoroutineType" else None


EXPRESSIONS: dict[type[ast.AST], Callable[[Inference, Any], Type | None]] = {
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
    ast.NamedExpr: lambda inference, node: settled(inference.infer(node.value)),
    ast.BinOp: _binary,
    ast.UnaryOp: lambda inference, node: operations.unary(node.op, inference.infer(node.operand)),
    ast.Compare: _compare,
    ast.Subscript: _subscript,
    ast.Attribute: _attribute,
    ast.Call: lambda inference, node: inference.calls.of(node),
    ast.Name: lambda inference, node: inference.variables.of(node),
    ast.Lambda: lambda inference, node: Type("function"),
    ast.Await: _await,
}
