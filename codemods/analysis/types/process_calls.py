"""What programs run by `subprocess` give: text where it is asked for, bytes else. A stream that is not kept is unknown."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.types.vocabulary import BYTES, STR, Type

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_ASK_FOR_TEXT = ("text", "universal_newlines", "encoding", "errors")


def checked_output(inference: Inference, call: ast.Call) -> Type | None:
    """`check_output(…)`."""
    told = _told(call)
    return _text(told) if told is not None else None


def completed(inference: Inference, call: ast.Call) -> Type | None:
    """`run(…)`: the arguments are what `args`, `stdout` and `stderr` are."""
    told = _told(call)
    if told is None:
        return Type("subprocess.CompletedProcess")
    inner = _text(told)
    captured = told.get("capture_output", _FALSE)
    if _is_off(captured):
        kept = tuple(_kept(inference, told.get(name), inner) for name in ("stdout", "stderr"))
    else:
        kept = (inner, inner) if isinstance(captured, ast.Constant) else (None, None)
    return Type("subprocess.CompletedProcess", (None, *kept))


def opened(inference: Inference, call: ast.Call) -> Type | None:
    """`Popen(…)`: the arguments are what `args`, both parts of `communicate()`, `stdout` and `stderr` are."""
    told = _told(call)
    if told is None:
        return Type("subprocess.Popen")
    kept = tuple(_kept(inference, told.get(name), _text(told)) for name in ("stdout", "stderr"))
    streams = tuple(Type("typing.IO", (one,), declared=True) if one in (STR, BYTES) else one for one in kept)
    return Type("subprocess.Popen", (None, *kept, *streams))


def _told(call: ast.Call) -> dict[str, ast.expr] | None:
    """The keywords, where they are all that is told."""
    told = {one.arg: one.value for one in call.keywords if one.arg is not None}
    plain = len(told) == len(call.keywords) and len(call.args) <= 1
    return told if plain and not any(isinstance(one, ast.Starred) for one in call.args) else None


_FALSE = ast.Constant(False)


def _is_off(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not value.value


def _text(told: dict[str, ast.expr]) -> Type | None:
    asked = [told[name] for name in _ASK_FOR_TEXT if name in told and not _is_off(told[name])]
    if not asked:
        return BYTES
    return STR if any(isinstance(one, ast.Constant) for one in asked) else None


def _kept(inference: Inference, stream: ast.expr | None, inner: Type | None) -> Type | None:
    """What is kept of an output stream: all behind `PIPE`; of any other nothing is known."""
    return inner if stream is not None and inference.module.origin(stream) == "subprocess.PIPE" else None
