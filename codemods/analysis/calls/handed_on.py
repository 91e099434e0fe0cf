"""Calls that hand a function on, to be called with what is written out there: `Thread(target=f, args=(1, None))`, `map(f, rows)`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct

from codemods.analysis.names.spelled import last_name

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_OVER = frozenset({"map", "filter", "imap", "imap_unordered"})
_FIRST = frozenset({
    "partial", "partialmethod", "submit", "to_thread", "run", "call", "call_soon", "call_soon_threadsafe", "register", "start_soon",
    "callback", "push_async_callback", "addCleanup", "delayed",
})  # fmt: skip
_SECOND = frozenset({"run_in_executor", "call_later", "call_at", "finalize", "after"})
_LISTED = frozenset({"apply", "apply_async", "start_new_thread"})
_STARTED = frozenset({"Thread", "Process", "Timer"})
_SORTED = frozenset({"sorted", "min", "max", "sort", "groupby", "nlargest", "nsmallest"})
_EVERY = _OVER | _FIRST | _SECOND | _LISTED | _STARTED | _SORTED | {"starmap"}


class Handed(Struct, frozen=True, eq=False):
    """A function handed on, and what it will be called with.

    Attributes:
        call: the call that hands it on.
        function: the function, as it is written there.
        values: the arguments by place, as far as places are known.
        keywords: those by name.
        elements: each call gets an element of each of `values`.
    """

    call: ast.Call
    function: ast.Name | ast.Attribute
    values: list[ast.expr]
    keywords: list[tuple[str, ast.expr]]
    elements: bool = False

    @property
    def name(self) -> str:
        """The function's last name."""
        return last_name(self.function)


_BY_NAME: WeakKeyDictionary[Module, dict[str, list[Handed]]] = WeakKeyDictionary()


def handed_on(name: str, module: Module) -> list[Handed]:
    """Where the file hands on a function of that last name."""
    known = _BY_NAME.get(module)
    if known is None:
        known = _BY_NAME[module] = {}
        for node in module.names.nodes(ast.Call):
            for one in _handed(node):
                known.setdefault(one.name, []).append(one)
    return known.get(name, [])


def _handed(call: ast.Call) -> Iterator[Handed]:
    match call.func:
        case ast.Name(id=how) | ast.Attribute(attr=how) if how in _EVERY:
            pass
        case _:
            return
    args = call.args
    keywords = {one.arg: one.value for one in call.keywords}
    if how in _SORTED:
        over = args[:1] or ([call.func.value] if isinstance(call.func, ast.Attribute) else [])
        yield from _of(call, keywords.get("key"), over, elements=True)
    elif how in _STARTED:
        timer = how == "Timer"
        places: list[ast.expr | None] = [*(args if timer else [*args[:2], *args[3:]]), *(None for _ in range(4))]
        function = keywords.get("function" if timer else "target", places[1])
        yield from _of(call, function, _listed(keywords.get("args", places[2])), _named(keywords.get("kwargs", places[3])))
    elif how in _LISTED and args:
        yield from _of(call, args[0], _listed(args[1] if len(args) > 1 else keywords.get("args")), _named(keywords.get("kwds")))
    elif how == "starmap" and len(args) == 2:
        for row in _listed(args[1]):
            yield from _of(call, args[0], _listed(row))
    elif how in _OVER and args:
        yield from _of(call, args[0], args[1:], elements=True)
    elif (how in _FIRST and args) or len(args) > 1:
        first = how not in _FIRST
        yield from _of(call, args[first], args[first + 1 :], [(one.arg, one.value) for one in call.keywords if one.arg is not None])


def _of(
    call: ast.Call,
    function: ast.expr | None,
    values: list[ast.expr],
    keywords: Iterable[tuple[str, ast.expr]] = (),
    elements: bool = False,
) -> Iterator[Handed]:
    if isinstance(function, ast.Name | ast.Attribute):
        star = next((index for index, one in enumerate(values) if isinstance(one, ast.Starred)), len(values))
        yield Handed(call, function, values[:star], list(keywords), elements)


def _listed(display: ast.expr | None) -> list[ast.expr]:
    return display.elts if isinstance(display, ast.Tuple | ast.List) else []


def _named(display: ast.expr | None) -> list[tuple[str, ast.expr]]:
    match display:
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return [(key.value, value) for key, value in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        case ast.Call(func=ast.Name(id="dict"), keywords=given):
            return [(one.arg, one.value) for one in given if one.arg is not None]
        case _:
            return []
