"""A project to rename in: its root, its files, and which of them a name is looked for in."""

from __future__ import annotations

import ast
import os
from pathlib import Path

from codemods.analysis.names.scopes import Scope, Variable
from codemods.workspace.discover import Found, Problem
from codemods.workspace.ignore import repository_root
from codemods.workspace.rename.imports import imported_from, module_name
from codemods.workspace.rename.mentions import Mention, variable_of
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source, load, project


def root_of(path: Path, working_folder: str) -> str:
    """The project that holds a file: its repository, else the working folder where the file lies below it, else the file's folder."""
    real = os.path.realpath(path)
    here = os.path.realpath(working_folder)
    if found := repository_root(os.path.dirname(real)):
        return found
    return here if os.path.commonpath([real, here]) == here else os.path.dirname(real)


class Project:
    """The files below `root`. `found` is what discovery gave."""

    def __init__(self, root: str, found: list[Found | Problem]) -> None:
        self.root = root
        self.found = found
        self._loaded: dict[str, Source] = {}

    def source(self, path: Path) -> Source:
        """A file of the project. Raises NotRenamedError."""
        real = os.path.realpath(path)
        if real not in self._loaded:
            self._loaded[real] = load(path)
        return self._loaded[real]

    def sources(self, target: Source, names: set[str]) -> list[Source]:
        """The files that may have to do with one of `names`, `target` first. Raises NotRenamedError."""
        return project(self.found, target, names)

    def module(self, name: str) -> Source | None:
        """The file that a dotted name means; `None` where there is none. Raises NotRenamedError where there are several."""
        hits = [one.path for one in self.found if isinstance(one, Found) and _may_mean(name, one.path, self.root)]
        if len(hits) > 1:
            raise NotRenamedError(f"{name!r} may be {hits[0]} or {hits[1]}")
        return self.source(hits[0]) if hits else None

    def knows(self, name: str) -> bool:
        """Whether the first part of a dotted name is a folder or file of the project."""
        first = name.partition(".")[0]
        return any(first in os.path.relpath(os.path.realpath(one.path), self.root).removesuffix(".py").split(os.sep) for one in self.found)

    def target(self, source: Source, offset: int, old: str) -> tuple[Source, Variable]:
        """The variable that the name at a place means, in the file that binds it. Raises NotRenamedError where that is none of ours."""
        mention = next((one for one in source.mentions(old) if one.start <= offset < one.end), None)
        if mention is None:
            raise NotRenamedError(f"{source.at(offset)}: {old!r} is no name here that could be renamed")
        match mention.kind:
            case "attribute":
                return self._attribute(source, mention, old)
            case "keyword" | "member":
                raise NotRenamedError(f"{source.at(offset)}: {old!r} is a keyword here; name the place of the parameter itself")
            case "path" | "dotted":
                raise NotRenamedError(f"{source.at(offset)}: {old!r} is a module, not a variable")
            case "imported":
                statement = source.module.parent(mention.node)
                assert isinstance(statement, ast.ImportFrom)
                return self._imported(source, statement, old)
        variable = variable_of(mention, old, source.module)
        if variable is None:
            raise NotRenamedError(f"{source.at(offset)}: {old!r} is a builtin, or comes from elsewhere")
        return self._bound(source, variable, old)

    def _attribute(self, source: Source, mention: Mention, old: str) -> tuple[Source, Variable]:
        assert isinstance(mention.node, ast.Attribute)
        name = module_name(source, mention.node.value, self.root)
        module = self.module(name) if name else None
        if module is None:
            raise NotRenamedError(f"{source.at(mention.start)}: {old!r} is an attribute, whose uses cannot all be known")
        return self._in_module(module, old)

    def _imported(self, source: Source, statement: ast.ImportFrom, old: str) -> tuple[Source, Variable]:
        name = imported_from(source, statement, self.root)
        module = self.module(name)
        if module is None or module is source:
            raise NotRenamedError(f"{source.where(statement)}: {old!r} belongs to {name!r}, which is not in this project")
        return self._in_module(module, old)

    def _in_module(self, module: Source, old: str) -> tuple[Source, Variable]:
        scope = module.module.names.module
        if old not in scope.bindings:
            raise NotRenamedError(f"{module.path} does not bind {old!r} itself")
        return self._bound(module, (scope, old), old)

    def _bound(self, source: Source, variable: Variable, old: str) -> tuple[Source, Variable]:
        scope: Scope = variable[0]
        if scope.kind == "class":
            raise NotRenamedError(f"{source.where(scope.node)}: {old!r} is an attribute of a class, whose uses cannot all be known")
        for binding in scope.bindings.get(variable[1], ()):
            if isinstance(binding.node, ast.alias) and binding.node.asname is None:
                if isinstance(binding.statement, ast.ImportFrom):
                    return self._imported(source, binding.statement, old)
                raise NotRenamedError(f"{source.where(binding.node)}: {old!r} is a module, not a variable")
        return source, variable


def _may_mean(name: str, path: Path, root: str) -> bool:
    """Whether the dotted name can be the file's, judged by its path alone."""
    parts = os.path.relpath(os.path.realpath(path), root).removesuffix(".py").split(os.sep)
    if parts[-1] == "__init__":
        parts.pop()
    wanted = name.split(".")
    return bool(name) and parts[-len(wanted) :] == wanted
