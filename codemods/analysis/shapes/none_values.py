"""What `None` means for a parameter whose default is a collection: whether the body handles it, calls pass it, or it gets through."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls.handed_on import Handed
from codemods.analysis.names.scopes import Binding, mangled
from codemods.analysis.order.managers import lets_through
from codemods.analysis.shapes.parameters import Parameter, argument_for, calls_of, handed_to, rebound, uses

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def handled(parameter: Parameter, module: Module) -> ast.AST | None:
    """Where the function asks whether the argument is `None`, or binds its name to something else where it is false."""
    for use in uses(parameter, module):
        parent = module.parent(use)
        match parent:
            case ast.Compare() if any(_is_none(side) for side in (parent.left, *parent.comparators)):
                return parent
            case ast.BoolOp(op=ast.Or()) | ast.IfExp() if _is_replaced(parameter, parent, module):
                return parent
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, kinds]) if _names_none(kinds) or _names_class_of(parameter, kinds):
                return parent
            case ast.Call(func=ast.Name(id="type"), args=[_]) if isinstance(module.parent(parent), ast.Compare):
                return parent
            case ast.Match() if any(_is_none_pattern(case.pattern) for case in parent.cases):
                return parent
    return None


def _is_replaced(parameter: Parameter, value: ast.expr, module: Module) -> bool:
    """`x = x or []`, `x = x if x else []`: a guard would say it twice."""
    statement = module.parent(value)
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
    return any(isinstance(target, ast.Name) and target.id == parameter.name for target in targets)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _names_none(kinds: ast.expr) -> bool:
    return any(ast.unparse(one).endswith(("NoneType", "None")) for one in ast.walk(kinds))


_ABSTRACT = frozenset({"Mapping", "MutableMapping", "Sequence", "MutableSequence", "Iterable", "Collection", "Sized", "Set", "MutableSet"})


def _names_class_of(parameter: Parameter, kinds: ast.expr) -> bool:
    """`isinstance(x, dict)` where the default is a dict: `None` went another way there, to an error most likely."""
    match parameter.default:
        case ast.List() | ast.ListComp():
            own = "list"
        case ast.Dict() | ast.DictComp():
            own = "dict"
        case ast.Set() | ast.SetComp():
            own = "set"
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            own = name
        case _:
            return False
    named = {one.id if isinstance(one, ast.Name) else one.attr for one in ast.walk(kinds) if isinstance(one, ast.Name | ast.Attribute)}
    return bool(named & {own, *_ABSTRACT})


def _is_none_pattern(pattern: ast.pattern) -> bool:
    return any(isinstance(one, ast.MatchSingleton) and one.value is None for one in ast.walk(pattern))


def _is_test(node: ast.AST, module: Module) -> bool:
    """Whether only the truth of an expression is used."""
    parent = module.parent(node)
    match parent:
        case ast.If() | ast.While() | ast.IfExp() | ast.Assert() | ast.comprehension():
            return getattr(parent, "test", None) is node or (isinstance(parent, ast.comprehension) and node in parent.ifs)
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp():
            return _is_test(parent, module)
        case _:
            return False


def truth_test(parameter: Parameter, module: Module) -> ast.AST | None:
    """Where the function asks whether the argument is true, to which `None` answers as an empty collection does."""
    for use in uses(parameter, module):
        parent = module.parent(use)
        if _is_test(use, module):
            return use if isinstance(parent, ast.comprehension) else parent
        if isinstance(parent, ast.BoolOp) and use is not parent.values[-1]:
            return parent
    return None


def passed(parameter: Parameter, module: Module) -> ast.Call | None:
    """A call in the file that passes `None`, or what may be `None`, for the parameter, or hands the function on to be called so."""
    assert not isinstance(parameter.function, ast.Lambda)
    for call, filled in calls_of(parameter.function, module):
        argument = argument_for(parameter, call, filled)
        if argument is not None and _brings_none(argument, call, parameter.name, module):
            return call
    return next((one.call for one in handed_to(parameter.function, module) if _hands_none(one, parameter, module)), None)


def _hands_none(handed: Handed, parameter: Parameter, module: Module) -> bool:
    """Whether a call that hands the function on lets it be called with `None`."""
    arguments = parameter.function.args
    place = parameter.index - (module.class_of(parameter.function) is not None)
    if 0 <= place < len(handed.values) and parameter.index < len(arguments.posonlyargs) + len(arguments.args):
        value = handed.values[place]
        if not handed.elements:
            return may_be_none(value, module)
        inner = module.inference.element(module.type_of(value))
        return inner is not None and any(member.name == "None" for member in inner.members())
    return any(name == parameter.name and may_be_none(value, module) for name, value in handed.keywords)


def _brings_none(argument: ast.expr, call: ast.Call, name: str, module: Module) -> bool:
    """Whether an argument, or what a star takes out of it, shows that it can be `None`."""
    spread = any(keyword.arg is None and keyword.value is argument for keyword in call.keywords)
    match argument:
        case ast.Starred(value=ast.List(elts=values) | ast.Tuple(elts=values)):
            return any(may_be_none(value, module) for value in values)
        case ast.Starred(value=several):
            kind = module.type_of(several)
            inner = module.inference.element(kind) if kind is not None else None
        case ast.Dict() if spread:
            return _spread_none(argument, name, module)
        case _ if spread:
            if any(_spread_none(one.value, name, module) for one in _bound(argument, module)):
                return True
            kind = module.type_of(argument)
            inner = kind.argument(1) if kind is not None else None
        case _:
            return may_be_none(argument, module)
    return inner is not None and any(member.name == "None" for member in inner.members())


def _bound(name: ast.expr, module: Module) -> list[Binding]:
    return module.bindings(name.id, name) if isinstance(name, ast.Name) else []


def _spread_none(display: ast.expr | None, name: str, module: Module) -> bool:
    """Whether a display of a dict gives `None` for a keyword."""
    if not isinstance(display, ast.Dict):
        return False
    pairs = zip(display.keys, display.values, strict=True)
    return any(may_be_none(value, module) for key, value in pairs if isinstance(key, ast.Constant) and key.value == name)


def may_be_none(node: ast.expr, module: Module) -> bool:
    """Whether an expression shows that it can be `None`. What is not known counts as no."""
    match node:
        case ast.IfExp():
            return may_be_none(node.body, module) or may_be_none(node.orelse, module)
        case ast.BoolOp(op=ast.Or()):
            return may_be_none(node.values[-1], module)
        case ast.BoolOp():
            return any(may_be_none(value, module) for value in node.values)
        case ast.NamedExpr():
            return may_be_none(node.value, module)
    kind = module.type_of(node)
    if kind is not None:
        return any(member.name == "None" for member in kind.members())
    match node:
        case ast.Call(func=ast.Attribute(attr="get"), args=[_], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(attr="get" | "pop") | ast.Name(id="getattr" | "next"), args=[*_, last]):
            return _is_none(last)
        case ast.Name():
            return _bound_to_none(node, module)
        case _:
            return False


def _bound_to_none(name: ast.Name, module: Module) -> bool:
    """A variable bound to nothing but `None`, such as a parameter with that default which is neither tested nor bound again."""
    owner = module.owner(name.id, name)
    if owner is None:
        return False
    key = mangled(name.id, module.scope(name))
    if not all(binding.value is not None and _is_none(binding.value) for binding in owner.bindings[key]):
        return False
    tested = (module.parent(use) for use in owner.uses.get(key, ()) if use is not name)
    return not any(isinstance(one, ast.Compare | ast.If | ast.BoolOp | ast.UnaryOp | ast.IfExp | ast.While) for one in tested)


def gets_through(parameter: Parameter, module: Module) -> ast.Name | None:
    """A use that a `None` can reach: no use that `None` cannot stand (iteration, subscript, attribute) lies on the way, with nothing around
    it that may catch the error.

    Where there is none, passing `None` is an error whatever the annotation says.
    """
    mentions = uses(parameter, module)
    if rebound(parameter, module):
        return next(iter(mentions), None)
    flow = module.flow_of(parameter.function)
    failing = frozenset(
        flow.index[use] for use in mentions if use in flow.index and _fails_on_none(use, module) and not _is_caught(use, module)
    )
    reached = flow.reachable([flow.entry], failing) | {flow.entry}
    for use in mentions:
        index = flow.index.get(use)
        if index is None or (index in reached and index not in failing):
            return use
    return None


_NEEDING_A_COLLECTION = frozenset(f"builtins.{name}" for name in ("len", "list", "sorted", "tuple", "set", "dict", "enumerate", "iter"))


def _is_caught(use: ast.Name, module: Module) -> bool:
    """Whether an error there may not leave the function."""
    for around in module.ancestors(use):
        match around:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return False
            case ast.Try(handlers=[_, *_]) | ast.TryStar():
                return True
            case ast.With(items=items) | ast.AsyncWith(items=items) if not all(lets_through(one.context_expr, module) for one in items):
                return True
            case _:
                pass
    return False


def _fails_on_none(use: ast.Name, module: Module) -> bool:
    parent = module.parent(use)
    match parent:
        case ast.Subscript():
            return parent.value is use
        case ast.Attribute():
            return not hasattr(None, parent.attr)
        case ast.Starred():
            return True
        case ast.For() | ast.AsyncFor():
            return parent.iter is use
        case ast.comprehension():
            return parent.iter is use
        case ast.Compare(ops=[ast.In() | ast.NotIn()]):
            return use in parent.comparators
        case ast.keyword(arg=None):
            return True
        case ast.Call():
            return module.origin(parent.func) in _NEEDING_A_COLLECTION
        case _:
            return False
