"""What makes a loop's names impossible to change, whatever the loop does: the refusals that all rules about loops share."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.places import place_of
from codemods.analysis.order.turns import LoopNode
from codemods.analysis.shapes.iteration import used_afterwards
from codemods.model.verdict import Refusal, Refused

if TYPE_CHECKING:
    from codemods.analysis.module import Module

INDEX_OUTER = Refusal("index-outer", "`{index}` is not a plain variable of this scope")
CLASS_BODY = Refusal("class-body", "in the body of the class `{owner}` the loop's `{name}` is an attribute")
NAMES_SEEN = Refusal("names-seen", "`{text}` at line {line} may see the loop's names")
LAZY = Refusal("lazy", "what the loop stands in runs later, when `{text}` may have changed", sort="change")
SWAPPED = Refusal("swapped", "`{text}` changes places with another element at line {line}", sort="style")
COMPUTED = Refusal("computed", "`{text}` is made anew whenever it is read, by a property or `__getattr__` of this file")


def surroundings(loop: LoopNode, collection: ast.expr, module: Module) -> Refused | None:
    """A reason to leave a loop over `collection` alone that its header and its scope give."""
    if not isinstance(loop.target, ast.Name):
        return INDEX_OUTER(index=ast.unparse(loop.target))
    if loop not in module.flow(loop).heads:
        return LAZY(text=ast.unparse(collection))
    if isinstance(loop, ast.For) and module.scope(loop.iter).kind == "class":
        return in_class_body(loop.target, loop, module)
    if (shower := module.shows_names(loop.iter)) is not None:
        return NAMES_SEEN(text=shower.id, line=module.line(shower))
    place = place_of(collection, module)
    if place is not None and any(module.implicit.is_computed(name) for name in place.attributes):
        return COMPUTED(text=ast.unparse(collection))
    variable = module.variable(loop.target)
    if variable is None or variable[0] is not module.scope(loop.target):
        return INDEX_OUTER(index=loop.target.id)
    return None


def in_class_body(target: ast.expr, loop: LoopNode, module: Module) -> Refused:
    """The refusal of a loop in a class body, which binds `target`."""
    owner = module.scope(loop.iter).node
    assert isinstance(owner, ast.ClassDef)
    return CLASS_BODY(owner=owner.name, name=ast.unparse(target))


def is_looked_at(name: str, module: Module) -> bool:
    """Whether the file says that a variable of the module is for others, or looks at it otherwise than by its name: `__all__ = ["i"]`,
    `sys.modules[__name__].i`."""
    return name in module.exported or module.inference.contents.looks.may_see(module.names.module, name)


def is_public(name: str, module: Module) -> bool:
    """Whether other code may be expected to see a variable of the module: it is looked at, or the file is a package's `__init__.py`."""
    return module.filename == "__init__.py" or is_looked_at(name, module)


def seen_afterwards(loop: LoopNode, module: Module) -> bool:
    """Whether anything may see the loop's variable outside of a turn, so that it has to stay bound."""
    assert isinstance(loop.target, ast.Name)
    if module.scope(loop).kind == "module" and is_public(loop.target.id, module):
        return True
    return used_afterwards(loop.target, loop, module) is not None
