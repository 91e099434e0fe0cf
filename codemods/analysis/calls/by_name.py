"""Whether code of the module's functions can run while some of its statements do: not where they are only ever called by name, elsewhere.

    def show():
        print(found)

    found = []
    for row in rows:
        found.append(row.strip())
    show()

Nobody holds `show`, so that `strip` cannot call it, whatever it is. (That the loop calls another module, and that one `show`, is
assumed not to happen: see `docs/safety.md`.)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module


_LOOKS = ("globals", "vars", "eval", "exec", "locals", "modules", "import_module", "__import__", "inspect", "__dict__", "gc.")
"""Words without which functions are found by nothing but their names."""


def may_run(code: Iterable[ast.AST], statements: Sequence[ast.AST], module: Module) -> bool:
    """Whether some of `code`, which stands in functions, may run while the statements, of the module itself, do."""
    pending = list(code)
    if pending and any(word in module.text for word in _LOOKS):
        return True
    asked: set[ast.AST] = set()
    while pending:
        function = _outermost(pending.pop(), module)
        if function is None:
            return True
        if function in asked:
            continue
        asked.add(function)
        calls = _calls(function, module)
        if calls is None or any(module.inside(call, one) for call in calls for one in statements):
            return True
        if any(_lazily(call, module) for call in calls):
            return True
        pending += [call for call in calls if module.function(call) is not None]
    return False


def _lazily(call: ast.Call, module: Module) -> bool:
    """Whether a call stands in a generator expression, which runs when somebody goes through it."""
    return any(isinstance(one, ast.GeneratorExp) and not module.consumed_at_once(one) for one in module.ancestors(call))


def _outermost(node: ast.AST, module: Module) -> ast.FunctionDef | None:
    """The function of the module that a node stands in, where all of it runs only when that is called: no method, no generator."""
    around = [one for one in module.ancestors(node) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)]
    if not around or not isinstance(outer := around[-1], ast.FunctionDef) or outer.decorator_list or len(around) > 1:
        return None
    if not any(module.inside(node, one) for one in outer.body):
        return None  # a default
    for one in walk(outer):
        if isinstance(one, ast.Yield | ast.YieldFrom) or (isinstance(one, ast.GeneratorExp) and not module.consumed_at_once(one)):
            return None
    return outer


def _calls(function: ast.FunctionDef, module: Module) -> list[ast.Call] | None:
    """All calls of a function of the module; `None` where it may be called otherwise."""
    scope = module.scope(function)
    if len(scope.bindings.get(function.name, ())) != 1:
        return None
    if function.name in module.names_spelled or module.hidden_writes.writes_globals:
        return None
    found: list[ast.Call] = []
    for use in scope.mentions(function.name):
        call = module.parent(use)
        if not isinstance(call, ast.Call) or call.func is not use:
            return None
        found.append(call)
    return found
