"""Functions of the file that look at who called them: `sys._getframe(1).f_code.co_name`, `inspect.stack()[1]`.

Before Python 3.12 a comprehension is a function of its own, `<listcomp>`, which they would find there.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from codemods.analysis.names.scopes import FunctionNode
from codemods.analysis.names.spelled import last_name
from codemods.analysis.text.walking import may_hold, walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_OWN = frozenset({"sys._getframe", "inspect.currentframe"})
"""What gives the frame it is called in, and with a number another one."""
_STACKS = frozenset({
    "inspect.stack", "inspect.getouterframes", "traceback.extract_stack", "traceback.format_stack", "traceback.print_stack",
    "traceback.walk_stack",
})  # fmt: skip
_ANYWHERE = frozenset({"f_globals", "f_builtins"})
"""Attributes that a comprehension's frame shares with the one around."""

_LOOKING: WeakKeyDictionary[Module, frozenset[str]] = WeakKeyDictionary()


def looks_at_frames(code: ast.AST, module: Module) -> ast.expr | None:
    """Where code, run in another frame, would notice: it looks at its own, or calls what looks at its caller's. `None` from 3.12 on."""
    if module.target >= (3, 12) or not may_hold(module.text, "_getframe", "currentframe", "stack", "f_back", "outerframes"):
        return None
    looking = _functions(module)
    for node in walk(code):
        if _looks(node, module, own=True):
            return node if isinstance(node, ast.expr) else None
        if isinstance(node, ast.Call) and last_name(node.func) in looking:
            return node.func
    return None


def _functions(module: Module) -> frozenset[str]:
    """The names of the file's functions that look at a caller's frame, and of those that call them."""
    known = _LOOKING.get(module)
    if known is None:
        functions = [node for node in module.names.nodes(ast.FunctionDef, ast.AsyncFunctionDef) if isinstance(node, FunctionNode)]
        found = {one.name for one in functions if any(_looks(node, module, own=False) for node in walk(one))}
        calls = {one.name: {last_name(node.func) for node in walk(one) if isinstance(node, ast.Call)} for one in functions} if found else {}
        while new := {name for name, called in calls.items() if name not in found and not called.isdisjoint(found)}:
            found |= new
        known = _LOOKING[module] = frozenset(found)
    return known


def _looks(node: ast.AST, module: Module, own: bool) -> bool:
    match node:
        case ast.Attribute(attr="f_back"):
            return True
        case ast.Call():
            origin = module.origin(node.func)
            if origin not in _OWN:
                return origin in _STACKS
            around = module.parent(node)
            shared = isinstance(around, ast.Attribute) and around.attr in _ANYWHERE
            return (own or bool(node.args)) and not shared
        case _:
            return False
