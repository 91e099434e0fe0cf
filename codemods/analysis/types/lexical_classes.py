"""Which class of the file a name, or a dotted name, certainly means when code inside of that class runs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.names.scopes import mangled
from codemods.analysis.types.decorated_classes import doubt_of_decorators
from codemods.model.verdict import Assumption, Refusal, Refused, Unsafe

if TYPE_CHECKING:
    from codemods.analysis.module import Module

UNKNOWN = Refusal("not-the-class", "`{text}` is no class of this file")
HIDDEN = Refusal("not-the-class", "`{text}` does not name the class around, `{owner}`, from inside it")
REBOUND = Refusal("class-rebound", "`{text}` is bound again at line {line}")
IN_LOOP = Refusal("in-loop", "`{text}` is a new class in each turn of the loop at line {line}")
STAR = Refusal("star-import", "the star import at line {line} may bind `{text}` again")

WRITTEN = Assumption("hidden-write", "`exec`, `globals()` or the like do not bind `{text}`")
MEMBER = Assumption("member", "`{text}` is still the class that is written there, whatever `{outer}` is derived from")


class ClassReference(Struct, frozen=True):
    """The class of the file that an expression means; `doubt` is what has to be assumed for it."""

    definition: ast.ClassDef
    doubt: Unsafe | None = None


def refer(expression: ast.expr, around: ast.ClassDef, module: Module) -> ClassReference | Refused:
    """The class that a name or dotted name in a method of the class `around` means, at any time when an instance exists."""
    match expression:
        case ast.Name():
            return _named(expression, around, module)
        case ast.Attribute():
            return _member(expression, around, module)
        case _:
            return UNKNOWN(text=ast.unparse(expression))


def _named(name: ast.Name, around: ast.ClassDef, module: Module) -> ClassReference | Refused:
    bindings = module.bindings(name.id, name)
    definitions = [binding.node for binding in bindings if isinstance(binding.node, ast.ClassDef)]
    if not definitions:
        return (HIDDEN if name.id == around.name else UNKNOWN)(text=name.id, owner=around.name)
    definition = definitions[0]
    home = module.owner(name.id, name)
    if module.scope(definition) is not home:  # declared global where it is defined: each call of the function binds it anew
        return REBOUND(text=name.id, line=module.line(definition))
    if len(bindings) > 1:
        other = next(binding.node for binding in bindings if binding.node is not definition)
        return REBOUND(text=name.id, line=module.line(other))
    refused = _loop(definition, name.id, module)
    if home.kind == "module":
        refused = refused or _written_from_outside(definition, module)
    if refused is not None:
        return refused
    doubt = doubt_of_decorators(definition, module)
    if isinstance(doubt, Refused):
        return doubt
    if doubt is None and home.kind == "module" and module.hidden_writes.writes_globals:
        doubt = WRITTEN(text=name.id)
    return ClassReference(definition, doubt)


def _loop(definition: ast.ClassDef, text: str, module: Module) -> Refused | None:
    for one in module.ancestors(definition):
        match one:
            case ast.For() | ast.AsyncFor() | ast.While():
                return IN_LOOP(text=text, line=module.line(one))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return None
    return None


def _written_from_outside(definition: ast.ClassDef, module: Module) -> Refused | None:
    """A star import behind the class, or a write to the module as an object: `sys.modules[__name__].C = …`."""
    for line in module.hidden_writes.star_lines:
        if line > definition.lineno:
            return STAR(line=line, text=definition.name)
    stores: list[tuple[ast.expr | None, str | None]] = [
        (one.value, one.attr) for one in module.calls.stored_attributes.get(definition.name, ())
    ]
    stores += [(thing, name) for thing, name, _ in module.hidden_writes.attribute_setters]
    for thing, attribute in stores:
        if thing is not None and attribute in (None, definition.name) and "modules" in ast.unparse(thing):
            return REBOUND(text=definition.name, line=module.line(thing))
    return None


def _member(path: ast.Attribute, around: ast.ClassDef, module: Module) -> ClassReference | Refused:
    """`Outer.Inner`, where `Inner` is bound once in the body of `Outer`, and no attribute of that name is ever set."""
    outer = refer(path.value, around, module)
    if isinstance(outer, Refused):
        return outer
    text = ast.unparse(path)
    key = mangled(path.attr, module.scope(path))
    bindings = module.scope_inside(outer.definition).bindings.get(key, [])
    definitions = [binding.node for binding in bindings if isinstance(binding.node, ast.ClassDef)]
    if not definitions:
        return UNKNOWN(text=text)
    inner = definitions[0]
    others: list[ast.AST] = [binding.node for binding in bindings if binding.node is not inner]
    others += module.calls.stored_attributes.get(path.attr, ())
    if others:
        return REBOUND(text=text, line=module.line(others[0]))
    refused = _loop(inner, text, module)
    if refused is not None:
        return refused
    doubt = doubt_of_decorators(inner, module)
    if isinstance(doubt, Refused):
        return doubt
    plain = not outer.definition.keywords and None not in module.calls.lineage(outer.definition)
    if doubt is None and not plain:
        doubt = MEMBER(text=text, outer=ast.unparse(path.value))
    return ClassReference(inner, outer.doubt or doubt)
