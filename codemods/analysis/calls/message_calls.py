"""Calls that want their message as it is written: translators look it up, loggers format it themselves and only when it is shown."""

from __future__ import annotations

import ast
import re

_TRANSLATES = re.compile(r"_{1,2}|_[lnp]|[NL]_|_lazy|tr|\w*gettext\w*|lazy_\w+")
_LOGS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"})
_LOGGER = re.compile(r"(?:.*_)?(?:[lL]og(?:ger|ging)?|LOG(?:GER)?)|.*[a-z]Log(?:ger)?|get_?[lL]ogger")


def translates(call: ast.Call) -> bool:
    """Whether the function is one of gettext's, by any of their usual names: `_`, `ngettext`, `gettext_lazy`, `lazy_gettext`, `tr`."""
    name = _last_name(call.func)
    return name is not None and _TRANSLATES.fullmatch(name) is not None


def logs(call: ast.Call) -> bool:
    """Whether it is a logging call: `logging.info`, `logger.debug`, `self.log.warning`, `getLogger(...).error`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _LOGS:
        return False
    receiver = call.func.value
    name = _last_name(receiver.func if isinstance(receiver, ast.Call) else receiver)
    return name is not None and _LOGGER.fullmatch(name) is not None


def _last_name(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return None
