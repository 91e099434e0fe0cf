"""Callers of a function whose parameter is renamed: their keyword arguments follow, and all of them must be known."""

from __future__ import annotations

import ast

from codemods.analysis.names.scopes import FunctionNode, Variable, mangled
from codemods.analysis.names.spelled import names_in_strings
from codemods.workspace.rename.project import Project
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source
from codemods.workspace.rename.uses import Places, Uses

_CALLS_BY_PLACE = frozenset({"sorted", "min", "max", "map", "filter"})


def called_by_name(variable: Variable) -> ast.arg | None:
    """The parameter that a variable is, where a caller may name it: not `*rest`, `**rest`, nor one before `/`."""
    for binding in variable[0].bindings.get(variable[1], ()):
        if binding.kind == "parameter" and isinstance(binding.node, ast.arg) and isinstance(variable[0].node, FunctionNode):
            arguments = variable[0].node.args
            if binding.node in arguments.args or binding.node in arguments.kwonlyargs:
                return binding.node
    return None


def keywords(project: Project, source: Source, variable: Variable, old: str, new: str) -> Places:
    """The keywords of calls that name the parameter. Raises NotRenamedError where a caller is not known."""
    function = variable[0].node
    module = source.module
    if isinstance(function, ast.Lambda):
        call = module.parent(function)
        call = module.parent(call) if isinstance(call, ast.keyword) else call
        known = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _CALLS_BY_PLACE
        if known and isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and module.is_builtin(call.func.id, call):
            return {}
        raise NotRenamedError(f"{source.where(function)}: the lambda's callers, who may name {old!r}, cannot all be known")
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    _require_plain(source, function, old)
    scope = module.scope(function)
    owner = scope.owner(mangled(function.name, scope))
    assert owner is not None
    if len(owner.bindings[mangled(function.name, scope)]) != 1:
        raise NotRenamedError(f"{source.where(function)}: {function.name}() is bound more than once, so its callers cannot all be known")
    found: Places = {}
    loaded = {source.real: source}
    pending: list[tuple[Source, Variable, str]] = [(source, (owner, mangled(function.name, scope)), function.name)]
    for its, held, name in pending:  # grows while it is walked, by the names that imports give the function
        sources = project.sources(its, {name, its.stem, old}) if held[0].kind == "module" else [its]
        sources = [loaded.setdefault(one.real, one) for one in sources]
        for one, places in Uses(project, sources, held, name).places.items():
            for mention in places:
                if mention.kind in ("name", "attribute"):
                    _follow(one, mention.node, found, old, new)
                elif isinstance(mention.node, ast.alias) and mention.node.asname and mention.kind == "imported":
                    pending.append((one, _alias(one, mention.node, mention.node.asname), mention.node.asname))
        for one in sources:
            if name in names_in_strings(one.module):
                raise NotRenamedError(f"{one.path}: a string names {name!r}, so its callers cannot all be known")
    return found


def _alias(source: Source, node: ast.alias, name: str) -> Variable:
    """The variable that `import … as name` binds."""
    scope = source.module.scope(node)
    owner = scope.owner(mangled(name, scope))
    if owner is None or owner.kind == "class" or len(owner.bindings[mangled(name, scope)]) != 1:
        raise NotRenamedError(f"{source.where(node)}: what {name!r} stands for is not known for certain")
    return owner, mangled(name, scope)


def _require_plain(source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef, old: str) -> None:
    where = source.where(function)
    if source.module.scope(function).kind == "class":
        raise NotRenamedError(f"{where}: {function.name}() is a method, whose callers, who may name {old!r}, cannot all be known")
    if function.decorator_list:
        raise NotRenamedError(f"{where}: {function.name}() has a decorator, which may call it by the names of its parameters")
    if function.name.startswith(("test", "pytest_")):
        raise NotRenamedError(f"{where}: {function.name}() is called by pytest, by the names of its parameters")


def _follow(source: Source, node: ast.AST, found: Places, old: str, new: str) -> None:
    """The keyword in one call of the function, or a refusal where the function is not called but handed on."""
    call = source.module.parent(node)
    if not isinstance(call, ast.Call) or call.func is not node:
        raise NotRenamedError(f"{source.where(node)}: the function is used as a value, so its callers cannot all be known")
    for keyword in call.keywords:
        if keyword.arg is None:
            raise NotRenamedError(f"{source.where(call)}: a caller passes **, which may hold {old!r}")
        if keyword.arg == new:
            raise NotRenamedError(f"{source.where(call)}: a caller passes {new!r} already")
        if keyword.arg == old:
            found.setdefault(source, []).extend(one for one in source.mentions(old) if one.node is keyword)
