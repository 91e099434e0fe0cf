"""All places of a project that stand for one variable, or the place that keeps them from being known."""

from __future__ import annotations

import ast

from codemods.analysis.names.scopes import Variable
from codemods.workspace.rename.imports import imported_from, means, module_expressions, module_name
from codemods.workspace.rename.mentions import Mention, variable_of
from codemods.workspace.rename.project import Project
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source

Places = dict[Source, list[Mention]]


class Uses:
    """Gathers the places of `variable`, bound in `sources[0]` as `old`. `carriers` are the modules that hold it as an attribute."""

    def __init__(self, project: Project, sources: list[Source], variable: Variable, old: str) -> None:
        self.project, self.sources, self.old = project, sources, old
        self.variables: list[tuple[Source, Variable]] = []
        self.carriers: list[Source] = []
        self.places: Places = {}
        self._take(sources[0], variable)
        for carrier in self.carriers:  # grows while it is walked: a file that imports the name passes it on
            for source in sources:
                self._through(source, carrier)
        if self.carriers:
            for source in sources:
                self._require_known(source)

    def _take(self, source: Source, variable: Variable) -> None:
        if (source, variable) in self.variables:
            return
        self.variables.append((source, variable))
        for mention in source.mentions(self.old):
            if variable_of(mention, self.old, source.module) == variable:
                self._add(source, mention)
        if variable[0].kind == "module":
            self.carriers.append(source)

    def _add(self, source: Source, mention: Mention) -> None:
        known = self.places.setdefault(source, [])
        if mention not in known:
            known.append(mention)

    def _through(self, source: Source, carrier: Source) -> None:
        """What a file takes from a carrier by import, or reaches as its attribute."""
        root = self.project.root
        for mention in source.mentions(self.old):
            match mention.kind, mention.node:
                case "imported", ast.alias(asname=alias):
                    statement = source.module.parent(mention.node)
                    if not isinstance(statement, ast.ImportFrom) or not means(imported_from(source, statement, root), carrier, root):
                        continue
                    self._add(source, mention)
                    if alias is None:
                        self._take_import(source, mention)
                case "attribute", ast.Attribute(value=value) if means(module_name(source, value, root) or "", carrier, root):
                    self._add(source, mention)
        for node in source.module.names.parents:
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and means(imported_from(source, node, root), carrier, root):
                raise NotRenamedError(f"{source.where(node)}: imports everything from {carrier.path}")
        for expression in module_expressions(source, carrier, root):
            if not isinstance(source.module.parent(expression), ast.Attribute):
                raise NotRenamedError(f"{source.where(expression)}: the module {carrier.stem!r} is used as a value")

    def _take_import(self, source: Source, mention: Mention) -> None:
        variable = variable_of(mention, self.old, source.module)
        if variable is None or variable[0].kind == "class":
            raise NotRenamedError(f"{source.at(mention.start)}: is imported into a class")
        for binding in variable[0].bindings[variable[1]]:
            if not isinstance(binding.node, ast.alias) or binding.node.name != self.old:
                raise NotRenamedError(f"{source.where(binding.node)}: {self.old!r} is imported and also bound otherwise")
        self._take(source, variable)

    def _require_known(self, source: Source) -> None:
        """That no place outside of `places` may still be the variable."""
        root = self.project.root
        for mention in source.mentions(self.old):
            if mention in self.places.get(source, ()):
                variable = variable_of(mention, self.old, source.module)
                if mention.kind == "imported" and variable is not None and (source, variable) not in self.variables:
                    raise NotRenamedError(f"{source.at(mention.start)}: {self.old!r} is imported in a way that cannot be followed")
                continue
            match mention.kind, mention.node:
                case "attribute", ast.Attribute(value=value):
                    name = module_name(source, value, root)
                    if name and self.project.knows(name) and self.project.module(name) is None:
                        raise NotRenamedError(f"{source.at(mention.start)}: {name}.{self.old} may be the same variable")
                case "imported", ast.alias():
                    statement = source.module.parent(mention.node)
                    assert isinstance(statement, ast.ImportFrom)
                    name = imported_from(source, statement, root)
                    if self.project.knows(name) and self.project.module(name) is None:
                        raise NotRenamedError(f"{source.at(mention.start)}: {self.old!r} from {name!r} may be the same variable")
        for node in source.module.names.parents:
            match node:
                case ast.Call(func=ast.Name(id=by) | ast.Attribute(attr=by), args=[ast.Constant(value=str(name)), *_]):
                    if by in ("import_module", "__import__") and any(means(name.lstrip("."), one, root) for one in self.carriers):
                        raise NotRenamedError(f"{source.where(node)}: imports {name!r} by a string")
                case ast.Subscript(value=ast.Attribute(attr="modules"), slice=ast.Constant(value=str(name))):
                    if any(means(name, one, root) for one in self.carriers):
                        raise NotRenamedError(f"{source.where(node)}: reaches {name!r} by a string")
