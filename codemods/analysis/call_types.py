"""What calls give: constructors, builtin and standard library functions, methods of known classes, functions of this file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis import signatures
from codemods.analysis.containers import KEYED, element, tuple_of
from codemods.analysis.types import BOOL, BYTES, FLOAT, INT, NEVER, NONE, STR, Type, union, without

if TYPE_CHECKING:
    from codemods.analysis.inference import Inference

_ELEMENTWISE = {
    "list": "list", "set": "set", "frozenset": "frozenset", "sorted": "list", "reversed": "reversed", "iter": "collections.abc.Iterator",
    "filter": "filter",
}  # fmt: skip
"""Builtins that make a collection or iterator with the elements of an argument."""

_CONVERSIONS = {"int": INT, "float": FLOAT, "bool": BOOL, "complex": Type("complex"), "bytes": BYTES, "bytearray": Type("bytearray")}

_ITERATORS = frozenset({"collections.abc.Iterator", "types.GeneratorType", "map", "zip", "filter", "enumerate", "reversed"})


class Calls:
    """Types of calls."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.infer = inference.infer

    def of(self, call: ast.Call) -> Type | None:
        origin = self.module.origin(call.func)
        if origin is not None:
            root, _, name = origin.partition(".")
            if root == "builtins":
                return self.builtin(name, call)
            return self.library(origin, call)
        if isinstance(call.func, ast.Attribute):
            found = self.method(call.func, call)
            if found is not None:
                return found
        return self.inference.functions.of_call(call)

    # --- builtins ---

    def builtin(self, name: str, call: ast.Call) -> Type | None:
        if name in _ELEMENTWISE:
            return self._elementwise(name, call)
        if name in _CONVERSIONS:
            return None if name in self.module.subclassed and name == "bytes" else _CONVERSIONS[name]
        handler = getattr(self, f"_{name}", None) if name in _HANDLED else None
        if handler is not None:
            return handler(call)  # type: ignore[no-any-return]
        return signatures.function_result(f"builtins.{name}")

    def _first(self, call: ast.Call) -> Type | None:
        """The type of the first argument, where it is no starred one."""
        return self.infer(call.args[0]) if call.args and not isinstance(call.args[0], ast.Starred) else None

    def _elementwise(self, name: str, call: ast.Call) -> Type | None:
        if not call.args:
            return Type(_ELEMENTWISE[name], (NEVER,))
        position = 1 if name == "filter" else 0
        if position >= len(call.args) or isinstance(call.args[position], ast.Starred) or (name == "iter" and len(call.args) > 1):
            return Type(_ELEMENTWISE[name])
        given = self.infer(call.args[position])
        if name == "reversed" and (given is None or not given.is_all("list", "tuple", "str", "range", "dict", "bytes")):
            return None
        inner = element(given)
        if name == "filter" and isinstance(call.args[0], ast.Constant) and call.args[0].value is None and inner is not None:
            inner = without(inner, "None")
        return Type(_ELEMENTWISE[name], (inner,) if inner is not None else ())

    def _str(self, call: ast.Call) -> Type | None:
        """`str(x)` is what `x.__str__` gives, which may be of a subclass if there is one."""
        if "str" not in self.module.subclassed or len(call.args) != 1:
            return STR
        given = self._first(call)
        return STR if given is not None and all("." not in one.name for one in given.members()) else None

    def _tuple(self, call: ast.Call) -> Type | None:
        if not call.args:
            return Type("tuple", (), because="an empty tuple")
        given = self._first(call)
        if given is not None and given.name == "tuple":
            return given
        inner = element(given)
        return tuple_of(inner) if inner is not None else Type("tuple")

    def _dict(self, call: ast.Call) -> Type | None:
        keys: list[Type | None] = [STR for keyword in call.keywords if keyword.arg is not None]
        values: list[Type | None] = [self.infer(keyword.value) for keyword in call.keywords if keyword.arg is not None]
        for given in [self.infer(one) for one in call.args] + [self.infer(one.value) for one in call.keywords if one.arg is None]:
            if given is not None and given.name in ("dict", "collections.OrderedDict", "collections.defaultdict") and len(given.args) == 2:
                keys.append(given.args[0])
                values.append(given.args[1])
                continue
            pair = element(given) if given is not None and given.name not in ("dict",) else None
            known = pair is not None and pair.name == "tuple" and len(pair.args) == 2 and not pair.variadic
            keys.append(pair.args[0] if known and pair is not None else None)
            values.append(pair.args[1] if known and pair is not None else None)
        return Type("dict", (union(keys), union(values)))

    def _range(self, call: ast.Call) -> Type | None:
        return Type("range", (INT,))

    def _enumerate(self, call: ast.Call) -> Type | None:
        return Type("enumerate", (Type("tuple", (INT, element(self._first(call)))),))

    def _zip(self, call: ast.Call) -> Type | None:
        if any(isinstance(one, ast.Starred) for one in call.args):
            return Type("zip")
        return Type("zip", (Type("tuple", tuple(element(self.infer(one)) for one in call.args)),))

    def _map(self, call: ast.Call) -> Type | None:
        """`map(str, xs)`, `map(lambda …)`: what the function gives."""
        if not call.args:
            return None
        function = call.args[0]
        origin = self.module.origin(function)
        result: Type | None = None
        if origin is not None and origin.startswith("builtins."):
            name = origin.partition(".")[2]
            if name == "str":
                result = None if "str" in self.module.subclassed else STR
            else:
                result = _CONVERSIONS.get(name) or signatures.function_result(origin)
        return Type("map", (result,)) if result is not None else Type("map")

    def _min(self, call: ast.Call) -> Type | None:
        """The least element, or of several arguments the least; `default` where there is none."""
        if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
            return None
        defaults = [self.infer(one.value) for one in call.keywords if one.arg == "default"]
        if len(call.args) == 1:
            return union([element(self._first(call)), *defaults])
        return union([self.infer(one) for one in call.args])

    _max = _min

    def _sum(self, call: ast.Call) -> Type | None:
        """Numbers, from 0 or a start of their own."""
        inner = element(self._first(call))
        start = self.infer(call.args[1]) if len(call.args) > 1 else next((self.infer(one.value) for one in call.keywords), INT)
        if inner is NEVER or inner is None or start is None:
            return inner
        names = {member.name for one in (inner, start) for member in one.members()}
        if names <= {"int", "bool"}:
            return INT
        if names <= {"int", "bool", "float"}:
            return FLOAT if inner.is_all("float") and start.is_all("float") else union([INT, FLOAT])
        return None

    def _abs(self, call: ast.Call) -> Type | None:
        given = self._first(call)
        if given is None or given is NEVER:
            return given
        if given.is_all("int", "bool"):
            return INT
        return given if given.is_all("int", "float") else None

    def _round(self, call: ast.Call) -> Type | None:
        given = self._first(call)
        if given is None or not given.is_all("int", "float", "bool"):
            return None
        if len(call.args) == 1 and not call.keywords:
            return INT
        return union([INT if one.name == "bool" else one for one in given.members()])

    def _divmod(self, call: ast.Call) -> Type | None:
        given = [self.infer(one) for one in call.args]
        return Type("tuple", (INT, INT)) if all(one is not None and one.is_all("int", "bool") for one in given) else None

    def _next(self, call: ast.Call) -> Type | None:
        given = self._first(call)
        if given is None or given.name not in _ITERATORS:
            return None
        return union([element(given), *(self.infer(one) for one in call.args[1:2])])

    def _open(self, call: ast.Call) -> Type | None:
        mode = call.args[1] if len(call.args) > 1 else next((one.value for one in call.keywords if one.arg == "mode"), None)
        if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg in (None, "opener") for one in call.keywords):
            return None
        if mode is None:
            return Type("io.TextIOWrapper", (STR,))
        if not isinstance(mode, ast.Constant) or not isinstance(mode.value, str):
            return None
        if "b" not in mode.value:
            return Type("io.TextIOWrapper", (STR,))
        return Type("io.BufferedReader", (BYTES,)) if mode.value == "rb" and len(call.args) + len(call.keywords) <= 2 else None

    def _type(self, call: ast.Call) -> Type | None:
        return Type("type", (self._first(call),)) if len(call.args) == 1 else None

    # --- the standard library ---

    def library(self, origin: str, call: ast.Call) -> Type | None:
        if origin.startswith("collections."):
            return self._collections(origin, call)
        if origin in signatures.LIKE_ARGUMENT or origin in signatures.LISTS_LIKE_ARGUMENT or origin in signatures.PAIRS_LIKE_ARGUMENT:
            return self._like_arguments(origin, call)
        found = signatures.function_result(origin)
        if found is not None:
            return found
        owner, _, name = origin.rpartition(".")
        held = signatures.value(owner)
        return self._method_of(held, name, call) if held is not None else None

    def _like_arguments(self, origin: str, call: ast.Call) -> Type | None:
        given = [self.infer(one) for one in call.args if not isinstance(one, ast.Starred)]
        if origin == "os.listdir" and not call.args:
            result: Type | None = STR
        elif len(given) != len(call.args) or call.keywords or not given:
            return None
        elif NEVER in given:
            return NEVER
        elif all(one is not None and one.is_all("str", "pathlib.Path") for one in given):
            result = STR
        else:
            result = BYTES if all(one is not None and one.is_all("bytes") for one in given) else None
        if result is None or origin in signatures.LIKE_ARGUMENT:
            return result
        return Type("list", (result,)) if origin in signatures.LISTS_LIKE_ARGUMENT else Type("tuple", (result, result))

    def _collections(self, origin: str, call: ast.Call) -> Type | None:
        if origin in ("collections.OrderedDict",):
            given = self._dict(call)
            return Type(origin, given.args) if given is not None else Type(origin)
        if origin == "collections.defaultdict":
            return Type(origin, (NEVER, self._made_by(call.args[0]))) if len(call.args) == 1 and not call.keywords else Type(origin)
        if origin == "collections.Counter":
            return Type(origin, (element(self._first(call)), INT)) if len(call.args) == 1 and not call.keywords else Type(origin)
        if origin == "collections.deque":
            return Type(origin, (element(self._first(call)),)) if call.args else Type(origin, (NEVER,))
        return None

    def _made_by(self, factory: ast.expr) -> Type | None:
        """What a defaultdict's factory makes."""
        if isinstance(factory, ast.Lambda):
            return self.infer(factory.body)
        origin = self.module.origin(factory) or ""
        name = origin.partition(".")[2]
        if origin.startswith("builtins.") and name in ("list", "set"):
            return Type(name, (NEVER,))
        if origin == "builtins.dict":
            return Type("dict", (NEVER, NEVER))
        return _CONVERSIONS.get(name, STR if name == "str" else None) if origin.startswith("builtins.") else None

    # --- methods ---

    def method(self, function: ast.Attribute, call: ast.Call) -> Type | None:
        receiver = self.infer(function.value)
        if receiver is None or receiver is NEVER:
            return receiver
        return union(self._method_of(member, function.attr, call) for member in without(receiver, "None").members())  # type: ignore[union-attr]

    def _method_of(self, receiver: Type, name: str, call: ast.Call) -> Type | None:
        if name in ("get", "setdefault", "pop") and receiver.name in KEYED:
            value = receiver.argument(1)
            if len(call.args) == 2:
                return union([value, self.infer(call.args[1])])
            return union([value, NONE]) if name != "pop" else value
        if receiver.name == "re.Match" and name in ("group", "__getitem__"):
            return None
        return signatures.method_result(receiver, name)


_HANDLED = frozenset({
    "str", "tuple", "dict", "range", "enumerate", "zip", "map", "min", "max", "sum", "abs", "round", "divmod", "next", "open", "type",
})  # fmt: skip
