"""What the functions of `re`, patterns and matches give: which groups of a pattern that is written out always match.

The groups of a pattern stand in the `record` of its type, and of its matches': `10|key=1 value=2` says that the first always matches, the
second perhaps, and what they are called.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from codemods.analysis.types.builtin_calls import argument
from codemods.analysis.types.vocabulary import BYTES, NEVER, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_LONGEST = 4000
"""Characters of a pattern that is looked into."""

_FLAGS = {f"re.{name}": flag.value for name, flag in re.RegexFlag.__members__.items() if name not in ("NOFLAG", "T", "TEMPLATE", "DEBUG")}

_UNKNOWN = "?"


def of_function(inference: Inference, name: str, call: ast.Call) -> Type | None:
    """What `re.<name>(pattern, …)` gives."""
    inner = argument(inference, call, 0)
    if inner is NEVER:
        return NEVER
    if inner is not None and inner.name == "re.Pattern":
        return method(inference, inner, name, ast.Call(call.func, call.args[1:], call.keywords))
    if inner not in (STR, BYTES):
        inner = None
    if name in ("sub", "escape"):
        return inner
    place = {"compile": 1, "sub": 4, "split": 3}.get(name, 2)
    pattern = Type("re.Pattern", (inner,), record=_record(inference, call, place))
    return pattern if name == "compile" else method(inference, pattern, name, call)


def method(inference: Inference, receiver: Type, name: str, call: ast.Call) -> Type | None:
    """What a method of a pattern or a match gives; `str` or `bytes` in it, as the pattern is."""
    inner, groups = receiver.argument(0), _always(receiver)
    match receiver.name, name:
        case "re.Pattern", "match" | "search" | "fullmatch":
            return union([Type("re.Match", (inner,), record=receiver.record), NONE])
        case "re.Pattern", "finditer":
            return Type("collections.abc.Iterator", (Type("re.Match", (inner,), record=receiver.record),))
        case "re.Pattern", "findall":
            return Type("list", (_found(inner, len(groups)),) if groups is not None else ())
        case "re.Pattern", "split":
            return Type("list", (inner,) if groups is not None and all(groups) else ())
        case ("re.Pattern", "sub") | ("re.Match", "expand"):
            return inner
        case "re.Match", "group" if not call.args:
            return inner
        case "re.Match", "group":
            found = [group(receiver, one) for one in call.args]
            return found[0] if len(found) == 1 else Type("tuple", tuple(found))
        case "re.Match", "groups":
            return _all_of(inner, groups) if not call.args and not call.keywords else Type("tuple")
        case "re.Match", "groupdict":
            told = call.args or call.keywords  # what stands for a group that matched nothing
            return Type("dict", (STR, None if told else union([inner, *[NONE] * (groups is None or not all(groups))])))
        case _:
            return None


def group(match: Type, which: ast.expr) -> Type | None:
    """`match[which]`, `match.group(which)`."""
    inner, groups = match.argument(0), _always(match)
    index: object = which.value if isinstance(which, ast.Constant) else None
    if isinstance(index, str):
        names = dict(part.split("=") for part in match.record.partition("|")[2].split())
        index = int(names[index]) if index in names else None
    if isinstance(which, ast.Starred):
        return None
    certain = index == 0 or (isinstance(index, int) and groups is not None and 0 < index <= len(groups) and groups[index - 1])
    return inner if certain else union([inner, NONE])


def _all_of(inner: Type | None, groups: list[bool] | None) -> Type:
    maybe = union([inner, NONE])
    if groups is None:
        return Type("tuple", (maybe,), variadic=True)
    return Type("tuple", tuple(inner if certain else maybe for certain in groups)) if groups else Type("tuple")


def _found(inner: Type | None, count: int) -> Type | None:
    """What `findall` puts into its list: a group that matched nothing is an empty text."""
    return inner if count < 2 else Type("tuple", (inner,) * count)


def _always(kind: Type) -> list[bool] | None:
    """For each group whether it always matches; `None` where the pattern is not known."""
    return [one == "1" for one in kind.record.partition("|")[0]] if kind.record not in ("", _UNKNOWN) else None


# --- the pattern as it is written ---


def _record(inference: Inference, call: ast.Call, place: int) -> str:
    pattern = _written(call.args[0]) if call.args else None
    flags = _flags(inference, call, place)
    return _groups(pattern, flags) if pattern is not None and flags is not None and len(pattern) <= _LONGEST else ""


def _written(node: ast.expr) -> str | bytes | None:
    match node:
        case ast.Constant(value=str() | bytes() as text):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = _written(left), _written(right)
            if isinstance(one, str) and isinstance(other, str):
                return one + other
    return None


def _flags(inference: Inference, call: ast.Call, place: int) -> int | None:
    """The flags of a call, given in that place or by keyword; `None` where they are not known."""
    if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
        return None
    given = [*call.args[place : place + 1], *(one.value for one in call.keywords if one.arg == "flags")]
    return _flag(inference, given[0]) if given else 0


def _flag(inference: Inference, node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int() as number):
            return int(number)
        case ast.BinOp(left=left, op=ast.BitOr() | ast.Add(), right=right):
            one, other = _flag(inference, left), _flag(inference, right)
            return one | other if one is not None and other is not None else None
        case _:
            return _FLAGS.get(inference.module.origin(node) or "")


@cache
def _groups(pattern: str | bytes, flags: int) -> str:
    """The groups of a pattern as a `record`; `?` for one that Python cannot read."""
    from re import _parser  # type: ignore[attr-defined]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(pattern, flags)
    except (re.error, ValueError, OverflowError, RecursionError):
        return _UNKNOWN
    certain = set(_certain(tree))
    names = " ".join(f"{name}={index}" for name, index in tree.state.groupdict.items())
    return "".join("1" if index in certain else "0" for index in range(1, tree.state.groups)) + "|" + names


def _certain(tree: Any) -> Iterator[int]:
    """The groups that take part in every match."""
    for operator, detail in tree:
        match str(operator):
            case "SUBPATTERN":
                if detail[0] is not None:
                    yield detail[0]
                yield from _certain(detail[3])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                if detail[0] >= 1:
                    yield from _certain(detail[2])
            case "ATOMIC_GROUP":
                yield from _certain(detail)
            case "ASSERT":
                yield from _certain(detail[1])
            case _:
                pass
