"""What speaks against the new name, or against touching the old one, in the scopes that hold it."""

from __future__ import annotations

import ast
import keyword
import os
import re

from codemods.analysis.names.origins import BUILTINS
from codemods.analysis.names.scopes import Scope, Variable
from codemods.analysis.names.spelled import names_in_strings
from codemods.analysis.text.comments import comments
from codemods.workspace.rename.imports import imported_from, means, module_name
from codemods.workspace.rename.mentions import variable_of
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source
from codemods.workspace.rename.uses import Places, Uses

_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore)")
_TYPED = frozenset({"cast", "TypeVar", "NewType", "ForwardRef"})


def require_name(new: str, old: str) -> None:
    """That `new` can be a name at all. Raises NotRenamedError."""
    if not new.isidentifier() or not new.isascii():
        raise NotRenamedError(f"{new!r} is not an identifier" if not new.isidentifier() else f"{new!r} is not plain ASCII")
    if keyword.iskeyword(new) or keyword.issoftkeyword(new):
        raise NotRenamedError(f"{new!r} is a keyword")
    if new in BUILTINS:
        raise NotRenamedError(f"{new!r} is a builtin, which would be hidden")
    if new.startswith("__") or old.startswith("__"):
        raise NotRenamedError(f"{new if new.startswith('__') else old!r} is a name with a meaning of its own")
    if new == old:
        raise NotRenamedError(f"{new!r} is the name already")


def require_free(uses: Uses, places: Places, new: str) -> None:
    """That no scope in which the variable is bound or used knows `new`. Raises NotRenamedError."""
    for source, (owner, key) in uses.variables:
        scopes = _around(owner)
        for mention in places.get(source, ()):
            variable = variable_of(mention, uses.old, source.module)
            if variable == (owner, key):
                scopes.update(_around(source.module.scope(mention.node)))
            if variable is not None and mention.kind == "parameter":
                scopes.add(owner)
        for scope in owner.below():
            own = scope.owner(new)
            captured = new in scope.uses and (own is None or own not in set(owner.below()) or own is owner)
            if captured or (scope in scopes and (new in scope.bindings or new in scope.uses)):
                raise NotRenamedError(f"{_place(source, scope, new)}: {new!r} is used there already")
            if scope.kind == "class" and scope is not owner and any(one in scope.bindings and _loads(scope, one) for one in (new, key)):
                raise NotRenamedError(f"{source.where(scope.node)}: the class uses the name for an attribute too")
        if owner.owner(new) is not None or any(new in scope.bindings for scope in scopes):
            raise NotRenamedError(f"{source.where(owner.node)}: {new!r} is visible there already")


def _around(scope: Scope) -> set[Scope]:
    found = {scope}
    while scope.parent is not None:
        scope = scope.parent
        found.add(scope)
    return found


def _loads(scope: Scope, name: str) -> bool:
    return any(isinstance(use.ctx, ast.Load) for use in scope.uses.get(name, ()))


def _place(source: Source, scope: Scope, name: str) -> str:
    nodes = [*scope.uses.get(name, ()), *(binding.node for binding in scope.bindings.get(name, ()))]
    return source.where(nodes[0] if nodes else scope.node)


def require_static(source: Source, variable: Variable, old: str) -> None:
    """That no code of the scope sees its names other than by writing them. Raises NotRenamedError."""
    owner = variable[0]
    for scope in [*owner.below(), owner.function()]:
        if scope.dynamic:
            raise NotRenamedError(f"{source.where(scope.node)}: code there may see {old!r} by locals(), globals(), eval() or the like")
    if owner.kind == "module" and (owner.stars or "__getattr__" in owner.bindings):
        raise NotRenamedError(f"{source.path}: a star import or __getattr__ there may give names that are not written down")


def require_unspelled(source: Source, old: str, carrier: Source | None) -> None:
    """That no string of a file names the variable. `carrier`: the module that holds it, `None` for a local one. Raises NotRenamedError."""
    module = source.module
    if carrier is not None and (old in module.exported or old in names_in_strings(module)):
        raise NotRenamedError(f"{source.path}: a string there (`__all__`, getattr, globals()) names {old!r}")
    word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
    for comment in comments(module.text):
        if _TYPE_COMMENT.match(comment.text) and word.search(comment.text):
            raise NotRenamedError(f"{source.at(comment.start)}: a type comment names {old!r}")
    for node in module.names.parents:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not word.search(node.value):
            continue
        if _is_code(source, node):
            raise NotRenamedError(f"{source.where(node)}: a string that is read as code names {old!r}")
        if carrier is not None and re.fullmatch(rf"(?:.*[.:])?{re.escape(carrier.stem)}[.:]{re.escape(old)}(?:[.:].*)?", node.value):
            raise NotRenamedError(f"{source.where(node)}: the string {node.value!r} names it")
        if carrier is not None and ">>>" in node.value:
            raise NotRenamedError(f"{source.where(node)}: a doctest names {old!r}")


def _is_code(source: Source, node: ast.AST) -> bool:
    """Whether a string is an annotation, or part of one, or the type in a call of `cast` or `TypeVar`."""
    below = node
    for around in source.module.ancestors(node):
        match around:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _TYPED:
                return True
            case ast.arg():
                return True
            case ast.AnnAssign(annotation=annotation):
                return below is annotation
            case ast.FunctionDef(returns=returns) | ast.AsyncFunctionDef(returns=returns):
                return below is returns
            case ast.stmt():
                return False
        below = around
    return False


def require_no_stub(source: Source) -> None:
    """That a file has no twin, a stub beside a module, which would have to follow. Raises NotRenamedError."""
    base, suffix = os.path.splitext(source.real)
    for other in (".py", ".pyi"):
        if other != suffix and os.path.exists(base + other):
            raise NotRenamedError(f"{source.path}: {os.path.basename(base + other)} beside it would have to follow")


def require_metadata_silent(root: str, carrier: Source, old: str) -> None:
    """That the project's metadata name no entry point by this name. Raises NotRenamedError."""
    entry = re.compile(rf"(?<!\w){re.escape(carrier.stem)}:{re.escape(old)}(?!\w)")
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        path = os.path.join(root, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                if entry.search(file.read()):
                    raise NotRenamedError(f"{os.path.relpath(path)}: names {carrier.stem}:{old}")


def require_module_free(uses: Uses, new: str) -> None:
    """That no file knows an attribute `new` of a module that will have one. Raises NotRenamedError."""
    root = uses.project.root
    for carrier in uses.carriers:
        folder = os.path.dirname(carrier.real)
        for name in (new, uses.old):
            if carrier.is_package and any(os.path.exists(os.path.join(folder, name + end)) for end in ("", ".py")):
                raise NotRenamedError(f"{carrier.path}: {name!r} is a module of this package too")
    for source in uses.sources:
        for mention in source.mentions(new):
            node = mention.node
            match mention.kind, node, source.module.parent(node):
                case "attribute", ast.Attribute(value=value), _:
                    name = module_name(source, value, root) or ""
                case "imported", _, ast.ImportFrom() as statement:
                    name = imported_from(source, statement, root)
                case _:
                    continue
            if any(means(name, one, root) for one in uses.carriers):
                raise NotRenamedError(f"{source.at(mention.start)}: {new!r} is used there already")
