"""What calls of builtins give where that depends on their arguments. The others are in `signatures`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from codemods.analysis.types import signatures
from codemods.analysis.types.containers import KEYED, tuple_of
from codemods.analysis.types.vocabulary import BOOL, BYTES, COMPLEX, FLOAT, INT, NEVER, NONE, STR, Type, union, without

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

CONVERSIONS = {"int": INT, "float": FLOAT, "bool": BOOL, "complex": COMPLEX, "bytes": BYTES, "bytearray": Type("bytearray")}
"""Classes whose call gives exactly an instance, whatever the argument."""

_MADE_OF_ELEMENTS = {"list": "list", "set": "set", "frozenset": "frozenset", "sorted": "list"}

_ITERATORS = frozenset({
    "collections.abc.Iterator", "types.GeneratorType", "map", "zip", "filter", "enumerate", "io.TextIOWrapper",
})  # fmt: skip

_REVERSIBLE = ("list", "tuple", "str", "range", "dict", "bytes", "dict_keys", "dict_values", "dict_items", "collections.deque")


def result(inference: Inference, name: str, call: ast.Call) -> Type | None:
    """What a call of the builtin `name` gives."""
    if name in _MADE_OF_ELEMENTS:
        return _made_of_elements(inference, _MADE_OF_ELEMENTS[name], call)
    if name in CONVERSIONS:
        return CONVERSIONS[name]
    special = _SPECIAL.get(name)
    return special(inference, call) if special is not None else signatures.function_result(f"builtins.{name}")


def argument(inference: Inference, call: ast.Call, index: int) -> Type | None:
    """The type of a positional argument, where no starred one blurs which it is."""
    if index >= len(call.args) or any(isinstance(one, ast.Starred) for one in call.args[: index + 1]):
        return None
    return inference.infer(call.args[index])


def _looped(inference: Inference, call: ast.Call, index: int = 0) -> Type | None:
    return inference.element(argument(inference, call, index))


def _made_of_elements(inference: Inference, name: str, call: ast.Call) -> Type:
    if not call.args:
        return Type(name, (NEVER,), because=f"an empty {name}")
    return Type(name, (_looped(inference, call),), because=f"made with `{ast.unparse(call.func)}(…)`")


def _str(inference: Inference, call: ast.Call) -> Type | None:
    """`str(x)` is what `x.__str__` gives, which may be of a subclass if there is one; `repr` and `format` likewise."""
    if "str" not in inference.module.subclassed or not call.args:
        return STR
    given = argument(inference, call, 0)
    return STR if given is not None and all("." not in one.name for one in given.members()) else None


def _tuple(inference: Inference, call: ast.Call) -> Type | None:
    if not call.args:
        return Type("tuple", (NEVER,), variadic=True)
    given = argument(inference, call, 0)
    return given if given is not None and given.name == "tuple" else tuple_of(inference.element(given))


def dict_of(inference: Inference, call: ast.Call) -> Type:
    """The dict that `dict(…)` makes of such arguments, or that `d.update(…)` takes in."""
    keys: list[Type | None] = []
    values: list[Type | None] = []
    given = [inference.infer(one) for one in call.args] + [inference.infer(one.value) for one in call.keywords if one.arg is None]
    for one in given:
        if one is not None and one.name in KEYED:
            keys.append(one.argument(0))
            values.append(one.argument(1))
            continue
        plain = one is not None and all("." not in member.name for member in one.members())
        pair = inference.element(one) if plain else None  # a class of the file may have `keys`
        if pair is not None and pair.name == "tuple" and len(pair.args) == 2:
            keys.append(pair.args[0])
            values.append(pair.args[1])
        else:
            keys.append(NEVER if pair is NEVER else None)
            values.append(NEVER if pair is NEVER else None)
    for keyword in call.keywords:
        if keyword.arg is not None:
            keys.append(STR)
            values.append(inference.infer(keyword.value))
    return Type("dict", (union(keys), union(values)), because="made with `dict(…)`")


def _enumerate(inference: Inference, call: ast.Call) -> Type | None:
    return Type("enumerate", (Type("tuple", (INT, _looped(inference, call))),))


def _zip(inference: Inference, call: ast.Call) -> Type | None:
    if any(isinstance(one, ast.Starred) for one in call.args):
        return Type("zip")
    return Type("zip", (Type("tuple", tuple(inference.element(inference.infer(one)) for one in call.args)),))


def _map(inference: Inference, call: ast.Call) -> Type | None:
    """`map(str, xs)`, `map(len, xs)`, `map(lambda …, xs)`, `map(function_of_this_file, xs)`: what the function gives."""
    if not call.args:
        return None
    return Type("map", (called_with_anything(inference, call.args[0]),))


def called_with_anything(inference: Inference, function: ast.expr) -> Type | None:
    """What a function gives, whatever it is called with."""
    origin = inference.module.origin(function)
    if origin is not None:
        name = origin.removeprefix("builtins.")
        if name in ("str", "repr", "ascii", "format"):
            return None if "str" in inference.module.subclassed else STR
        if name in ("list", "set", "dict", "tuple"):
            return Type(name)
        if name in CONVERSIONS:
            return CONVERSIONS[name]
        if origin.startswith(("builtins.str.", "builtins.bytes.")):
            kind, _, method = name.partition(".")
            return signatures.method_result(Type(kind), method)
        return signatures.function_result(origin)
    if isinstance(function, ast.Lambda):
        return inference.infer(function.body)
    callee = inference.module.calls.named(function) if isinstance(function, ast.Name) else None
    if isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef):
        return inference.functions.result(callee)
    return None


def field_default(inference: Inference, call: ast.Call, kind: Type | None) -> Type | None:
    """What a field of a class starts with: `field(default=None)` is None, `field(default_factory=dict)` a dict; with attrs, too."""
    of_field = getattr(call.func, "id", getattr(call.func, "attr", "")) in ("field", "Field", "ib", "attrib")
    for keyword in call.keywords:
        if keyword.arg == "default" and (of_field or (isinstance(keyword.value, ast.Constant) and keyword.value.value is None)):
            return inference.infer(keyword.value)
        if keyword.arg in ("default_factory", "factory") and of_field:
            return called_with_anything(inference, keyword.value)
    return kind


def _filter(inference: Inference, call: ast.Call) -> Type | None:
    inner = _looped(inference, call, 1)
    match call.args:
        case [ast.Constant(), *_]:
            inner = without(inner, "None")
    return Type("filter", (inner,))


def _reversed(inference: Inference, call: ast.Call) -> Type | None:
    given = argument(inference, call, 0)
    if given is NEVER:
        return NEVER
    return Type("collections.abc.Iterator", (inference.element(given),)) if given is not None and given.is_all(*_REVERSIBLE) else None


def _iter(inference: Inference, call: ast.Call) -> Type | None:
    return Type("collections.abc.Iterator", (_looped(inference, call),)) if len(call.args) == 1 else Type("collections.abc.Iterator")


def _next(inference: Inference, call: ast.Call) -> Type | None:
    given = argument(inference, call, 0)
    if given is None or given.name not in _ITERATORS:
        return NEVER if given is NEVER else None
    return union([inference.element(given), *(inference.infer(one) for one in call.args[1:2])])


def _extreme(inference: Inference, call: ast.Call) -> Type | None:
    """`min` and `max`: an element, or `default` where there is none; of several arguments one of them."""
    if any(one.arg is None for one in call.keywords):
        return None
    if len(call.args) != 1:
        return union(inference.infer(one) for one in call.args)
    defaults = [inference.infer(one.value) for one in call.keywords if one.arg == "default"]
    return union([_looped(inference, call), *defaults])


def _sum(inference: Inference, call: ast.Call) -> Type | None:
    """Of numbers, from 0 or a start of their own."""
    inner = _looped(inference, call)
    starts = [*call.args[1:2], *(one.value for one in call.keywords)]
    start = inference.infer(starts[0]) if starts else INT
    if inner is None or start is None:
        return None
    if inner is NEVER or start is NEVER:
        return start
    names = {member.name for one in (inner, start) for member in one.members()}
    if names <= {"int", "bool"}:
        return INT
    return union([INT, FLOAT]) if names <= {"int", "bool", "float"} else None


def _abs(inference: Inference, call: ast.Call) -> Type | None:
    given = argument(inference, call, 0)
    if given is None or given is NEVER:
        return given
    return union(INT if one.name == "bool" else one for one in given.members()) if given.is_all("int", "float", "bool") else None


def _round(inference: Inference, call: ast.Call) -> Type | None:
    given = argument(inference, call, 0)
    if given is None or not given.is_all("int", "float", "bool"):
        return NEVER if given is NEVER else None
    digits = [inference.infer(one) for one in [*call.args[1:], *(one.value for one in call.keywords)]]
    if all(one == NONE for one in digits):
        return INT
    written = all(one is not None and one.is_all("int", "bool") for one in digits)
    return union([_abs(inference, call), *([] if written else [INT])])


def _pow(inference: Inference, call: ast.Call) -> Type | None:
    given = [inference.infer(one) for one in call.args]
    return INT if len(given) == 3 and all(one is not None and one.is_all("int", "bool") for one in given) else None


def _divmod(inference: Inference, call: ast.Call) -> Type | None:
    given = [inference.infer(one) for one in call.args]
    return Type("tuple", (INT, INT)) if all(one is not None and one.is_all("int", "bool") for one in given) else None


def opened(call: ast.Call, position: int) -> Type | None:
    """What `open(path, mode, …)` gives; `position` is that of the mode."""
    if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg in (None, "opener") for one in call.keywords):
        return None
    modes = [*call.args[position : position + 1], *(one.value for one in call.keywords if one.arg == "mode")]
    if not modes:
        return Type("io.TextIOWrapper", (STR,), because="a file opened as text")
    match modes[0]:
        case ast.Constant(value=str() as mode) if "b" not in mode:
            return Type("io.TextIOWrapper", (STR,), because="a file opened as text")
        case ast.Constant(value="rb") if not call.args[position + 1 :] and not any(one.arg == "buffering" for one in call.keywords):
            return Type("io.BufferedReader", (BYTES,), because="a file opened as bytes")
        case _:
            return None


def _type(inference: Inference, call: ast.Call) -> Type | None:
    """`type(self)` may be of a class below, which makes no difference to what is asked of it."""
    return Type("type", (argument(inference, call, 0),)) if len(call.args) == 1 else None


_SPECIAL: dict[str, Callable[[Inference, ast.Call], Type | None]] = {
    "object": lambda inference, call: Type("object", because="a bare object"),
    "str": _str,
    "repr": _str,
    "ascii": _str,
    "format": _str,
    "tuple": _tuple,
    "dict": dict_of,
    "range": lambda inference, call: Type("range", (INT,), because="a range"),
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "reversed": _reversed,
    "iter": _iter,
    "next": _next,
    "min": _extreme,
    "max": _extreme,
    "sum": _sum,
    "abs": _abs,
    "round": _round,
    "pow": _pow,
    "divmod": _divmod,
    "open": lambda inference, call: opened(call, 1),
    "type": _type,
}
