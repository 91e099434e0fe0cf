"""Calls that want their message as it is written: translators look it up, loggers format it themselves and only when it is shown."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from codemods.analysis.names.spelled import last_name

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_TRANSLATES = re.compile(r"_{1,2}|_[lnp]|[NL]_|_lazy|tr|\w*gettext\w*|lazy_\w+")
_LOGS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"})
_LOGGER = re.compile(r"(?:.*_)?(?:[lL]og(?:ger|ging)?|LOG(?:GER)?)|.*[a-z]Log(?:ger)?|get_?[lL]ogger")


def message_call(node: ast.expr, module: Module) -> ast.Call | None:
    """The call of which `node` is an argument, or an operand of one that may be all of it: of a condition, of `or`, of `+`."""
    inner: ast.AST = node
    for around in module.ancestors(node):
        match around:
            case ast.Call(func=function):
                return around if inner is not function else None
            case ast.IfExp(test=test) if inner is not test:
                pass
            case ast.BoolOp() | ast.BinOp(op=ast.Add()) | ast.keyword():
                pass
            case _:
                return None
        inner = around
    return None


def translates(call: ast.Call, module: Module) -> bool:
    """Whether the function is one of gettext's, by any of their usual names: `_`, `ngettext`, `gettext_lazy`, `lazy_gettext`, `tr`.

    Also under another name, if it is imported: `from gettext import gettext as said`.
    """
    origin = (module.origin(call.func) or "").rpartition(".")[2]
    return any(_TRANSLATES.fullmatch(name) is not None for name in (last_name(call.func), origin))


def logs(call: ast.Call, module: Module) -> bool:
    """Whether it is a logging call: `logging.info`, `logger.debug`, `self.log.warning`, `getLogger(...).error`."""
    module_name, _, name = (module.origin(call.func) or "").rpartition(".")
    if module_name == "logging" and name in _LOGS:
        return True
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _LOGS:
        return False
    receiver = call.func.value
    last = last_name(receiver.func if isinstance(receiver, ast.Call) else receiver)
    if _LOGGER.fullmatch(last) is not None:
        return True
    kind = module.type_of(receiver)
    return kind is not None and kind.is_all("logging.Logger", "logging.LoggerAdapter")
