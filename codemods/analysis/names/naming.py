"""Names for what a rewrite binds anew: what a person would write, and never a name that already means something there."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Container, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from codemods.analysis.names.loop_names import is_loop_name
from codemods.analysis.names.origins import BUILTINS
from codemods.analysis.names.plurals import singular
from codemods.analysis.names.scopes import mangled

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope

_FAMILY = ("item", "element", "entry")
_FAMILIES = {"item": _FAMILY, "char": ("char", "character", "element", "entry"), "row": ("row", *_FAMILY)}
_NEVER = frozenset({*keyword.kwlist, *keyword.softkwlist, *BUILTINS, "self", "cls"})
_ONE_LETTER = frozenset("xyz")
"""`for x in xs` is idiom; any other single letter says nothing."""

_WRAPPERS = frozenset({"sorted", "list", "tuple", "set", "frozenset", "reversed", "iter", "enumerate", "dict"})
_VIEWS = frozenset({"keys", "values", "items", "copy"})
_LINES = frozenset({"splitlines", "readlines"})

_LEADING = frozenset({
    "all", "our", "my", "the", "each", "every", "get", "iter", "find", "load", "read", "fetch", "list", "set", "tuple",
    "dict", "of", "sorted", "filtered", "unique", "reversed",
})  # fmt: skip
"""Words in front that do not belong to one element's name: all_files, get_rows, list_of_users, sorted_names."""

_PREPOSITIONS = frozenset({
    "after", "as", "at", "before", "by", "for", "from", "in", "of", "on", "per", "since", "to", "with", "without",
})  # fmt: skip
"""The name proper stands in front of these: users_by_id, rows_to_delete."""

_CONTAINERS = frozenset({"array", "arr", "list", "lst", "seq", "tuple", "vec", "vector"})
"""`user_list` is a list of users. So is not every set (test_set), map (site_map) or table (hash_table)."""

_LOOSE_CONTAINERS = _CONTAINERS | frozenset({"collection", "dict", "map", "queue", "sequence", "set", "table"})
"""Dropped only behind a plural: users_map."""

_ROWS = frozenset({"board", "grid", "matrix", "table"})
"""What is made of rows, where that is its whole name: hash_table."""

_NO_NOUN = frozenset({
    "a", "another", "any", "big", "current", "default", "double", "empty", "final", "first", "flat", "full", "given",
    "initial", "inner", "input", "large", "last", "left", "long", "main", "master", "new", "next", "nonempty", "old",
    "original", "other", "outer", "output", "prev", "previous", "python", "random", "raw", "right", "same", "second",
    "short", "simple", "small", "some", "sub", "temp", "test", "that", "third", "this", "tmp", "total", "whole",
})  # fmt: skip
"""What in front of `_list` describes the list, not its elements."""


def element_name(collection: ast.expr, module: Module, at: ast.AST, word: str = "item") -> str | None:
    """A name for one element of `collection`.

    Args:
        collection: the expression that is iterated over.
        module: the file.
        at: the statement or comprehension that will bind the name.
        word: what its type says of an element: `containers.element_word`.

    Returns:
        The first free one of: the singular of the collection's name, `word`, item, element, entry, `<name>_item`; `None` if all are taken.
    """
    words = _words(collection)
    row = ["row"] if word != "char" and len(words) == 1 and words[0].lower() in _ROWS else []
    return _first_free([*_singulars(words), *row], [*_FAMILIES[word], *_last_resort(words)], module, at)


def value_name(mapping: ast.expr, key: str, module: Module, at: ast.AST) -> str | None:
    """A name for the value that `mapping` holds under the loop variable `key`.

    Returns:
        The first free one of: value, what the mapping's name says of its values (`score` for scores, `label` for id2label),
        `<key>_value`, item, element, entry, `<name>_item`; `None` if all are taken.
    """
    words = _words(mapping)
    by_key = [f"{key.strip('_')}_value"] if key.strip("_") else []
    one = _mapped_to(_called(mapping) or "") or _singulars(words)
    return _first_free(["value", *one], [*by_key, *_FAMILY, *_last_resort(words)], module, at)


def _mapped_to(name: str) -> list[str]:
    """What a mapping `name_to_age` or `id2label` maps to: one candidate or none."""
    found = re.fullmatch(r"_*[a-z][a-z_]*?(?:_to_|_?2_?)([a-z][a-z_]*)", name)
    return [_joined(_one_of(found[1].strip("_").split("_")) or [found[1].strip("_")])] if found is not None else []


# --- what is free ---


def _first_free(good: Sequence[str], others: Sequence[str], module: Module, at: ast.AST) -> str | None:
    """The first of `good` and then `others` that is not taken, but by a loop that is over; rather than one of `others`,
    a good one that other functions have too."""
    taken = visible_names(module, at)
    good, others = list(filter(_is_good, good)), list(filter(_is_good, others))
    for name in good:
        if name not in taken or is_loop_name(name, module, at):
            return name
    clashing = _clashing_names(module, at) if good else taken
    free = (one for one in others if one not in taken or is_loop_name(one, module, at))
    return next(chain((one for one in good if one not in clashing), free), None)


def _clashing_names(module: Module, at: ast.AST) -> Container[str]:
    """Of the visible names those that a name bound at `at` may not be.

    A parameter or variable that a nested function has for itself is another one, and so is the loop variable of a script, which no function
    that does not read it has to do with.
    """
    around = module.scope(at).function()
    if around.kind == "class":
        return visible_names(module, at)
    names = {*around.bindings, *around.uses, *around.global_names, *around.nonlocal_names}
    if around.kind == "module":
        names.update(module.exported)
    for one in around.below():
        own = one.bindings.keys() if one.kind in ("function", "lambda") else ()
        names.update({*one.bindings, *one.uses}.difference(own), one.global_names, one.nonlocal_names)
    for one in _around(around):
        loops = (name for name, places in one.bindings.items() if one.kind == "module" and all(place.kind == "for" for place in places))
        names.update({*one.bindings, *one.uses}.difference(loops))
    return names


def _is_good(name: str) -> bool:
    long_enough = len(name) > 1 or name in _ONE_LETTER
    return long_enough and name.isidentifier() and name not in _NEVER


def free_name(base: str, module: Module, at: ast.AST) -> str:
    """`base`, with as many underscores behind as no name has that a variable bound at `at` could clash with."""
    taken, scope = visible_names(module, at), module.scope(at)
    while mangled(base, scope) in taken or base in _NEVER:
        base += "_"
    return base


def visible_names(module: Module, at: ast.AST) -> Container[str]:
    """All names that a name bound at `at` could clash with: used or bound in its scope, in one nested in it, or in one around it.

    At module level that is every name in the file, and those in `__all__`. In a class body, where a name becomes an attribute, it is the
    names of all attributes in the file too.
    """
    scope = module.scope(at)
    parts: list[Container[str]] = []
    for one in scope.below():
        parts += (one.bindings, one.uses, one.global_names, one.nonlocal_names)
    for one in _around(scope):
        parts += (one.bindings, one.uses)
    if scope.function().kind == "module":
        parts.append(module.exported)
    if scope.function().kind == "class":
        parts.append({node.attr for node in module.names.nodes(ast.Attribute)})
    return _Names(parts)


class _Names:
    """The names in any of several collections, which are not copied: a module may have thousands."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[Container[str]]) -> None:
        self._parts = parts

    def __contains__(self, name: object) -> bool:
        return any(name in part for part in self._parts)


def _around(scope: Scope) -> Iterator[Scope]:
    """The scopes whose names are seen from `scope`. A method does not see its class's, a comprehension in the class body may."""
    sees_class = scope.kind == "comprehension"
    around = scope.parent
    while around is not None:
        if around.kind != "class" or sees_class:
            yield around
        sees_class = sees_class and around.kind == "comprehension"
        around = around.parent


# --- what is good ---


def _singulars(words: list[str]) -> list[str]:
    """The name of one of what `words` are many of: one candidate or none."""
    one = _one_of(words)
    return [_joined(one)] if one else []


def _last_resort(words: list[str]) -> list[str]:
    base = _one_of(words) or words
    return [_joined([*base, "item"])] if base and base[-1] != "item" else []


def _one_of(words: list[str]) -> list[str] | None:
    if len(words) > 1 and words[-1].lower() in _LOOSE_CONTAINERS:
        head, container = words[:-1], words[-1].lower()
        return _with_singular_end(head) or (head if container in _CONTAINERS and _is_noun(head[-1].lower()) else None)
    return _with_singular_end(words)


def _with_singular_end(words: list[str]) -> list[str] | None:
    one = singular(words[-1].lower()) if words else None
    return [*words[:-1], one.capitalize() if words[-1][0].isupper() else one] if one else None


def _is_noun(word: str) -> bool:
    """Whether a word in front of `_list` is likely to name an element. Participles do not: sorted_list, linked_list."""
    participle = word.endswith("ed") and not word.endswith("eed")
    return len(word) > 1 and word not in _NO_NOUN and not participle


def _joined(words: list[str]) -> str:
    """`row`, `user_name`, or `userName` where the words came from such a name (then all but the first have a capital)."""
    camel = any(word[0].isupper() for word in words)
    return words[0] + "".join(word[0].upper() + word[1:] for word in words[1:]) if camel else "_".join(words)


def _words(collection: ast.expr) -> list[str]:
    """The words of the collection's name, without those that do not belong to an element's; empty where it has no name.

    Lower case, but for the humps of a name in mixedCase.
    """
    name = (_called(collection) or "").strip("_")
    if "_" in name or not name[:1].islower():
        words = [word.lower() for part in name.split("_") for word in _humps(part, name.isupper())]
    else:
        words = _humps(name, False)
    while len(words) > 1 and words[0].lower() in _LEADING:
        words = words[1:]
    for index, word in enumerate(words):
        if index and word.lower() in _PREPOSITIONS:
            return words[:index]
    return words


def _humps(part: str, shouted: bool) -> list[str]:
    words = [part] if shouted else re.split(r"(?<=[a-z0-9])(?=[A-Z])", part)
    return [word for word in words if word]


def _called(collection: ast.expr) -> str | None:
    """The last component of the name by which a collection goes."""
    match collection:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.NamedExpr(target=ast.Name(id=name)):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name.replace("-", "_") if name.replace("-", "_").isidentifier() else None
        case ast.Subscript(value=inner, slice=ast.Slice()) | ast.Await(value=inner) | ast.BoolOp(values=[inner, *_]):
            return _called(inner)
        case ast.Call(func=ast.Name(id=wrapper), args=[inner, *_]) if wrapper in _WRAPPERS:
            return _called(inner)
        case ast.Call(func=ast.Attribute(value=inner, attr=view)) if view in _VIEWS:
            return _called(inner)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return "lines" if name in _LINES else name
        case _:
            return None
