"""Every construct of the language that binds a name or opens a scope, one function each, and the table of them."""

from __future__ import annotations

import ast

from codemods.analysis.names.binder import Binder, Handler
from codemods.analysis.names.scopes import DYNAMIC, Binding, Scope, mangled


def bind_names(tree: ast.Module, text: str) -> Binder:
    """Walk `tree`, which is `text` parsed, once and hand back its scopes, parents and bindings."""
    return Binder(tree, CONSTRUCTS, text)


def _function(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    binder.bind(Binding(node.name, "function", node, scope, statement=node))
    inner = _with_type_parameters(binder, node, scope)
    body = binder.open("function", node, inner)
    if binder.declares:
        _declarations(body, node.body)
    binder.parameters(node.args, body, node)
    binder.children(node.decorator_list, node, scope)
    binder.child(node.args, node, body)
    _parameter_parts(binder, node.args, inner, body)
    binder.child(node.returns, node, inner)
    binder.children(node.body, node, body)


def _parameter_parts(binder: Binder, arguments: ast.arguments, outer: Scope, inner: Scope) -> None:
    """Defaults and annotations are evaluated outside the function, the parameters themselves belong to it."""
    binder.pending.pop()  # `arguments` itself, pushed for its parent and scope: its parts are done here
    binder.children([*arguments.defaults, *arguments.kw_defaults], arguments, outer)
    for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]:
        if argument is not None:
            binder.parents[argument] = arguments
            binder.scope_of[argument] = inner
            binder.child(argument.annotation, argument, outer)


def _with_type_parameters(binder: Binder, node: ast.AST, scope: Scope) -> Scope:
    """PEP 695: `def f[T]` and `class C[T]` have a scope of their own for T."""
    parameters = getattr(node, "type_params", None)
    if not parameters:
        return scope
    inner = Scope("typeparams", node, scope)
    scope.children.append(inner)
    for parameter in parameters:
        binder.bind(Binding(parameter.name, "typeparam", parameter, inner, statement=node))
    binder.children(parameters, node, inner)
    return inner


def _lambda(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.Lambda)
    body = binder.open("lambda", node, scope)
    binder.parameters(node.args, body, node)
    binder.child(node.args, node, body)
    _parameter_parts(binder, node.args, scope, body)
    binder.child(node.body, node, body)


def _class(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.ClassDef)
    binder.bind(Binding(node.name, "class", node, scope, statement=node))
    inner = _with_type_parameters(binder, node, scope)
    body = binder.open("class", node, inner)
    if binder.declares:
        _declarations(body, node.body)
    binder.children(node.decorator_list, node, scope)
    binder.children(node.bases, node, inner)
    binder.children(node.keywords, node, inner)
    binder.children(node.body, node, body)


def _declarations(scope: Scope, body: list[ast.stmt]) -> None:
    """`global` and `nonlocal` hold for the whole scope, wherever in it they stand; they must be known before the first binding."""
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        match node:
            case ast.Global():
                names = [mangled(name, scope) for name in node.names]
                scope.global_names.update(names)
                scope.root().globals_declared.update(dict.fromkeys(names, scope))
            case ast.Nonlocal():
                scope.nonlocal_names.update(mangled(name, scope) for name in node.names)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                pass
            case ast.stmt() | ast.ExceptHandler() | ast.match_case():
                for name in ("body", "orelse", "finalbody", "handlers", "cases"):
                    stack.extend(getattr(node, name, ()))
            case _:
                pass


def _comprehension(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
    body = binder.open("comprehension", node, scope)
    for index, clause in enumerate(node.generators):
        binder.parents[clause] = node
        binder.scope_of[clause] = body
        binder.target(clause.target, body, "for", clause.iter, clause)
        binder.child(clause.target, clause, body)
        binder.child(clause.iter, clause, scope if index == 0 else body)
        binder.children(clause.ifs, clause, body)
    if isinstance(node, ast.DictComp):
        binder.children([node.key, node.value], node, body)
    else:
        binder.child(node.elt, node, body)


def _assign(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.Assign)
    for target in node.targets:
        binder.target(target, scope, "assign", node.value, node)
    binder.all(node, scope)


def _annotated(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.AnnAssign)
    kind = "assign" if node.value is not None else "annotation"
    binder.target(node.target, scope, kind, node.value, node, annotation=node.annotation)
    binder.all(node, scope)


def _augmented(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.AugAssign)
    binder.target(node.target, scope, "augment", node.value, node)
    binder.all(node, scope)


def _walrus(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.NamedExpr)
    binder.target(node.target, scope.function(), "walrus", node.value, node)
    binder.all(node, scope)


def _for(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.For | ast.AsyncFor)
    binder.target(node.target, scope, "for", node.iter, node)
    binder.all(node, scope)


def _with(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.With | ast.AsyncWith)
    for item in node.items:
        if item.optional_vars is not None:
            binder.target(item.optional_vars, scope, "with", item.context_expr, node)
    binder.all(node, scope)


def _delete(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.Delete)
    for target in node.targets:
        binder.target(target, scope, "delete", None, node)
    binder.all(node, scope)


def _import(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.Import | ast.ImportFrom)
    for alias in node.names:
        if alias.name == "*" and isinstance(node, ast.ImportFrom):
            scope.stars.append("." * node.level + (node.module or ""))
        else:
            name = alias.asname or alias.name.partition(".")[0]
            binder.bind(Binding(name, "import", alias, scope, statement=node))
    binder.all(node, scope)


def _handler(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.ExceptHandler)
    if node.name:
        binder.bind(Binding(node.name, "except", node, scope, node.type, statement=node))
    binder.all(node, scope)


def _pattern(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.MatchAs | ast.MatchStar | ast.MatchMapping)
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        binder.bind(Binding(name, "match", node, scope, statement=node))
    binder.all(node, scope)


def _name(binder: Binder, node: ast.AST, scope: Scope) -> None:
    assert isinstance(node, ast.Name)
    scope.uses.setdefault(mangled(node.id, scope), []).append(node)
    if node.id in DYNAMIC and isinstance(node.ctx, ast.Load) and not _of_an_object(node, binder):
        for seen in (scope, scope.function()):
            seen.shower = node


def _of_an_object(node: ast.Name, binder: Binder) -> bool:
    """`vars(x)` and `dir(x)` show an object's names, not the scope's."""
    call = binder.parents[node]
    return node.id in ("vars", "dir") and isinstance(call, ast.Call) and call.func is node and bool(call.args)


def _type_alias(binder: Binder, node: ast.AST, scope: Scope) -> None:
    binder.target(node.name, scope, "assign", None, node)  # type: ignore[attr-defined]
    inner = _with_type_parameters(binder, node, scope)
    binder.child(node.name, node, scope)  # type: ignore[attr-defined]
    binder.child(node.value, node, inner)  # type: ignore[attr-defined]


CONSTRUCTS: dict[type[ast.AST], Handler] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.NamedExpr: _walrus,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Delete: _delete,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.ExceptHandler: _handler,
    ast.MatchAs: _pattern,
    ast.MatchStar: _pattern,
    ast.MatchMapping: _pattern,
    ast.Name: _name,
}
if hasattr(ast, "TypeAlias"):
    CONSTRUCTS[ast.TypeAlias] = _type_alias
