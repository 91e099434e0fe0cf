"""What `argparse` puts into a namespace: the types of `args.name`, from the `add_argument` calls of the parser that made it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.types.builtin_calls import called_with_anything
from codemods.analysis.types.vocabulary import BOOL, INT, NEVER, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope
    from codemods.analysis.types.inference import Inference

PARSED = frozenset({"parse_args", "parse_intermixed_args", "parse_known_args", "parse_known_intermixed_args"})

_MAKERS = frozenset({"add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser"})
_OTHERS = PARSED | {
    "add_argument", "set_defaults", "print_help", "print_usage", "format_help",
    "format_usage", "error", "exit", "description", "epilog", "prog", "usage", "formatter_class",
}  # fmt: skip
"""What may be done with a parser, besides making others of it, for its arguments to be known."""

_FLAGS = {"store_true": (BOOL, False), "store_false": (BOOL, True), "count": (INT, None)}


class Namespaces:
    """Types of the attributes of what `parse_args` gives. A namespace's `record` names its parser."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module: Module = inference.module
        self._calls: dict[str, list[ast.Call] | None] = {}

    def parsed(self, call: ast.Call) -> Type:
        """What `parser.parse_args(…)` gives; `parse_known_args` gives a list of what is left, too."""
        assert isinstance(call.func, ast.Attribute)
        found = self._namespace(call, call.func.value)
        return Type("tuple", (found, Type("list", (STR,)))) if "known" in call.func.attr else found

    def _namespace(self, call: ast.Call, made_by: ast.expr) -> Type:
        kind = Type("argparse.Namespace")
        if len(call.args) + len(call.keywords) > 1 or any(one.arg != "args" for one in call.keywords):
            return kind
        parser = self._variable(made_by)
        if parser is None:
            return kind
        record = f"{parser[1]}:{parser[0].bindings[parser[1]][0].node.lineno}"  # type: ignore[attr-defined]
        if record not in self._calls:
            self._calls[record] = self._of_parser(parser)
        return Type(kind.name, because="what the command line says", record=record)

    def attribute(self, namespace: Type, name: str) -> Type | None:
        """The type of `namespace.<name>` as the arguments that set it say; what else the file sets is for the caller to look at."""
        calls = self._calls.get(namespace.record)
        if not calls:
            return None
        kinds: list[Type | None] = []
        for call in calls:
            given = {one.arg: one.value for one in call.keywords}
            assert isinstance(call.func, ast.Attribute)
            if call.func.attr == "set_defaults":
                if name in given:
                    kinds.append(self.inference.infer(given[name]))
            elif (target := _target(call, given)) is None:
                return None  # who knows what it sets
            elif target == name:
                kinds.append(self._value(call, given))
        return union(kinds) if kinds else None

    # --- the parser ---

    def _variable(self, parser: ast.expr) -> tuple[Scope, str] | None:
        """The variable that holds a parser, bound once, to a new one; of a function of the file that is called, the variable it returns."""
        if isinstance(parser, ast.Call):
            return self._returned(parser)
        if not isinstance(parser, ast.Name):
            return None
        variable = self.module.variable(parser)
        if variable is None or not isinstance(value := self._bound(variable), ast.Call):
            return None
        if self.module.origin(value.func) == "argparse.ArgumentParser":
            known = all(one.arg not in (None, "parents", "argument_default", "conflict_handler") for one in value.keywords)
            return variable if known and not value.args else None
        return self._returned(value) if self._used_plainly(variable, []) else None

    def _bound(self, variable: tuple[Scope, str]) -> ast.expr | None:
        found = variable[0].bindings.get(variable[1], [])
        return found[0].value if len(found) == 1 and found[0].kind == "assign" else None

    def _returned(self, call: ast.Call) -> tuple[Scope, str] | None:
        callee = self.module.calls.named(call.func) if isinstance(call.func, ast.Name) else None
        if not isinstance(callee, ast.FunctionDef) or callee.decorator_list:
            return None
        returns = [node for node in self.module.own_nodes(callee) if isinstance(node, ast.Return)]
        value = returns[0].value if len(returns) == 1 else None
        return self._variable(value) if isinstance(value, ast.Name) else None

    def _of_parser(self, parser: tuple[Scope, str]) -> list[ast.Call] | None:
        """The calls that say what the parser's namespace holds; `None` where others may."""
        found: list[ast.Call] = []
        return found if self._used_plainly(parser, found) else None

    def _used_plainly(self, parser: tuple[Scope, str], found: list[ast.Call]) -> bool:
        scope, name = parser
        uses = (use for use in scope.mentions(name) if isinstance(use.ctx, ast.Load))
        return all(isinstance(self.module.parent(use), ast.Return) or self._plain(use, found) for use in uses)

    def _plain(self, parser: ast.expr, found: list[ast.Call]) -> bool:
        """Whether a parser, or group of one, is only given arguments, or asked, where it stands; they are put down in `found`."""
        attribute = self.module.parent(parser)
        if not isinstance(attribute, ast.Attribute):
            return False
        call = self.module.parent(attribute)
        if attribute.attr in _OTHERS:
            if attribute.attr in ("add_argument", "set_defaults") and isinstance(call, ast.Call) and call.func is attribute:
                found.append(call)
                return isinstance(self.module.parent(call), ast.Expr) and all(one.arg is not None for one in call.keywords)
            return isinstance(attribute.ctx, ast.Store) or (isinstance(call, ast.Call) and call.func is attribute)
        if attribute.attr not in _MAKERS or not isinstance(call, ast.Call) or call.func is not attribute:
            return False
        if attribute.attr in ("add_subparsers", "add_parser"):
            if any(one.arg in (None, "parents", "argument_default", "parser_class") for one in call.keywords):
                return False
            found.append(call)
        return self._made(call, found)

    def _made(self, call: ast.Call, found: list[ast.Call]) -> bool:
        """Whether a group that a parser gives is used as plainly."""
        match self.module.parent(call):
            case ast.Expr():
                return True
            case ast.Attribute():
                return self._plain(call, found)
            case ast.Assign(targets=[ast.Name() as target]):
                variable = self.module.variable(target)
                return variable is not None and self._bound(variable) is call and self._used_plainly(variable, found)
            case _:
                return False

    # --- one argument ---

    def _value(self, call: ast.Call, given: dict[str | None, ast.expr]) -> Type | None:
        """What one argument puts into the namespace."""
        action = _constant(given.get("action"), "store")
        if call.func.attr == "add_subparsers":  # type: ignore[attr-defined]
            required = _constant(given.get("required"), False)
            return STR if required is True else union([STR, NONE])
        if action in _FLAGS:
            kind, default = _FLAGS[str(action)]
            return union([kind, self._default(given, kind) if "default" in given else NONE if default is None else NEVER])
        if self._is_boolean_option(given.get("action")):
            return union([BOOL, self._default(given, None) if "default" in given else NONE])
        if action not in ("store", "append"):
            return None
        return self._stored(call, given, str(action))

    def _stored(self, call: ast.Call, given: dict[str | None, ast.expr], action: str) -> Type | None:
        single = self._converted(given.get("type"))
        nargs = _constant(given.get("nargs"), None)
        if nargs is Ellipsis:
            return None
        several = isinstance(nargs, int) or nargs in ("*", "+", "...")
        kind: Type | None = Type("list", (single,)) if several else single
        if nargs == "?" and "const" in given:
            kind = union([kind, self.inference.infer(given["const"])])
        elif nargs == "?" and _is_option(call):
            kind = union([kind, NONE])
        if action == "append":
            kind = Type("list", (kind,))
        always = not _is_option(call) and nargs not in ("?", "*")
        if always or _constant(given.get("required"), False) is True:
            return kind
        if "default" in given:
            return union([kind, self._default(given, single)])
        return union([kind, Type("list", (NEVER,)) if nargs == "*" and not _is_option(call) else NONE])

    def _default(self, given: dict[str | None, ast.expr], converted: Type | None) -> Type | None:
        """The type of the default; a text is converted as if it had been given."""
        default = given["default"]
        if self.module.origin(default) == "argparse.SUPPRESS":
            return NEVER  # the attribute is not set at all
        kind = self.inference.infer(default)
        return converted if kind is not None and kind.is_all("str") and "type" in given else kind

    def _converted(self, function: ast.expr | None) -> Type | None:
        if function is None or self.module.origin(function) == "builtins.str":
            return STR
        return called_with_anything(self.inference, function)

    def _is_boolean_option(self, action: ast.expr | None) -> bool:
        return action is not None and self.module.origin(action) == "argparse.BooleanOptionalAction"


def _constant(node: ast.expr | None, default: object) -> object:
    """The value of a constant, `...` of anything else."""
    if node is None:
        return default
    return node.value if isinstance(node, ast.Constant) else Ellipsis


def _is_option(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Constant) and str(one.value).startswith("-") for one in call.args)


def _target(call: ast.Call, given: dict[str | None, ast.expr]) -> str | None:
    """The attribute that an argument sets; empty for none, `None` where it cannot be said."""
    if "dest" in given:
        return str(given["dest"].value) if isinstance(given["dest"], ast.Constant) else None
    if call.func.attr in ("add_subparsers", "add_parser"):  # type: ignore[attr-defined]
        return ""
    names = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if not names or len(names) != len(call.args):
        return None
    if not names[0].startswith("-"):
        return names[0]
    name = next((one for one in names if one.startswith("--")), names[0])
    return name.lstrip("-").replace("-", "_")
