"""What calls give: builtins, the standard library, methods of known classes, functions and classes of this file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.analysis.text.walking import may_hold
from codemods.analysis.types import builtin_calls, library_calls, regex_types, signatures
from codemods.analysis.types.containers import KEYED, settled
from codemods.analysis.types.namespaces import PARSED
from codemods.analysis.types.vocabulary import INT, NONE, Type, union, without

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


class Calls:
    """Types of calls."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def of(self, call: ast.Call) -> Type | None:
        """The type of the value of a call."""
        origin = self.module.origin(call.func)
        if origin is not None:
            root, _, name = origin.partition(".")
            if root == "builtins":
                return builtin_calls.result(self.inference, name, call) if "." not in name else self._unbound(name, call)
            found = library_calls.result(self.inference, origin, call)
            if found is not None:
                return found
        if isinstance(call.func, ast.Attribute):
            found = self._method(call.func, call)
            if found is not None:
                return found
        return self.inference.functions.of_call(call) if origin is None else None

    def as_dict(self, call: ast.Call, counting: bool) -> Type | None:
        """What `d.update(…)` brings in; a Counter takes elements too, and counts them."""
        if counting and call.args:
            given = builtin_calls.argument(self.inference, call, 0)
            return Type("dict", library_calls.counted(self.inference, given)) if not call.keywords else None
        return builtin_calls.dict_of(self.inference, call)

    def _unbound(self, name: str, call: ast.Call) -> Type | None:
        """`str.upper(s)`, `dict.fromkeys(keys, value)`, `str.maketrans(…)`."""
        kind, _, method = name.partition(".")
        if name == "dict.fromkeys":
            alone = len(call.args) == 1 and not isinstance(call.args[0], ast.Starred)
            value = NONE if alone else builtin_calls.argument(self.inference, call, 1)
            return Type("dict", (self.inference.element(builtin_calls.argument(self.inference, call, 0)), settled(value)))
        if kind == "int" and method == "from_bytes":
            return INT
        if name in ("bytes.fromhex", "float.fromhex"):
            return Type(kind)
        return signatures.method_result(Type(kind), method) if kind in ("str", "bytes") else None

    def _method(self, function: ast.Attribute, call: ast.Call) -> Type | None:
        alive = without(self.inference.infer(function.value), "None")  # a method of None raises
        return union(self._method_of(member, function, call) for member in alive.members()) if alive is not None else None

    def _method_of(self, receiver: Type, function: ast.Attribute, call: ast.Call) -> Type | None:
        name = mangled(function.attr, self.module.scope(function))
        if receiver.name.startswith("."):
            return self.inference.classes.result(receiver, name, called=True, exact=self.inference.classes.is_exact(function.value))
        if receiver.name == "type":
            return self._of_class(receiver.argument(0), name, self.inference.classes.is_exact(function.value))
        if name in ("get", "setdefault", "pop") and receiver.name in KEYED:
            return self._looked_up(receiver, name, call)
        if name == "fromkeys" and receiver.name == "dict":
            return self._unbound("dict.fromkeys", call)
        if receiver.name in ("re.Match", "re.Pattern"):
            found = regex_types.method(self.inference, receiver, name, call)
            return found if found is not None else signatures.method_result(receiver, name)
        if name in PARSED and receiver.name == "argparse.ArgumentParser":
            return self.inference.namespaces.parsed(call)
        if name == "open" and receiver.name == "pathlib.Path":
            return builtin_calls.opened(call, 0)
        if receiver.name.startswith("configparser.") and may_hold(self.module.text, "allow_no_value"):
            return None
        if "." in receiver.name and self.inference.foreign_heirs.override(receiver.name, name):
            return None
        return signatures.method_result(receiver, name)

    def _of_class(self, kind: Type | None, name: str, exact: bool) -> Type | None:
        """`C.method(…)` of a class of this file; `exact` where that class is named."""
        return self.inference.classes.result(kind, name, called=True, exact=exact) if kind is not None else None

    def _looked_up(self, receiver: Type, name: str, call: ast.Call) -> Type | None:
        """A mapping's value, or the default."""
        value = self.inference.typed_dicts.value(receiver, call.args[0] if call.args else None) or receiver.argument(1)
        if any(isinstance(one, ast.Starred) for one in call.args) or call.keywords:
            return None
        if len(call.args) == 2:
            default = self.inference.infer(call.args[1])
            if name == "setdefault" and value is not None and default is not None and default.name in {one.name for one in value.members()}:
                return value if value.declared else settled(value)
            return union([value, default if name != "setdefault" else settled(default)])
        return value if name == "pop" else union([value, NONE])
