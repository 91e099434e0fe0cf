"""Run by path in a process of its own, never imported: calls old and new versions of functions with the same arguments.

    python -P examples_child.py JOB

JOB is a JSON file, a list of {"path", "module", "file", "name", "old", "new"}: of a function both sources, and the module that it lives
in, or where that is in no package, its file. Printed is a JSON list, one for each: {"path", "name", "differs", "said"}, of which "said" is
empty where both did the same each time.

Each example has both functions made anew in the module's own names, so that a default that is shared between calls, which a rule changes on
purpose, is none of its matter. Both get arguments of their own; what they return, what they raise and what has become of their
arguments is compared.
"""

from __future__ import annotations

import copy
import importlib.util
import itertools
import json
import os
import sys
import typing
from collections.abc import Callable, Mapping
from typing import Any

EXAMPLES = 150
CONSUMED = 1000


def main() -> None:
    """Compare all functions of the job."""
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    found = []
    out, sys.stdout = sys.stdout, sys.stderr  # what a module prints when it is loaded is no part of the answer
    for one in job:
        differs, said = compared(one)
        found.append({"path": one["path"], "name": one["name"], "differs": differs, "said": said})
    json.dump(found, out)


def compared(one: Mapping[str, str]) -> tuple[bool, str]:
    """Whether the two versions differ, and how; or that they could not be compared, and why."""
    try:
        names = vars(loaded(one["module"], one["file"]))
        codes = [compile(one[which], one["path"], "exec", dont_inherit=True) for which in ("old", "new")]
        strategy = arguments(made(codes[0], names, one["name"]))
    except BaseException as error:  # noqa: BLE001 - whatever a module or an annotation does when it is looked at
        return False, f"not compared: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return differing([made_by(code, names, one["name"]) for code in codes], strategy, one["name"])


def loaded(name: str, file: str) -> Any:
    """The module, imported by its name, or where `file` is given, from there as a script would be."""
    if not file or name in sys.modules:
        return importlib.import_module(name)
    sys.path.insert(0, os.path.dirname(file))
    specification = importlib.util.spec_from_file_location(name, file)
    assert specification is not None
    assert specification.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def made(code: Any, names: Mapping[str, Any], name: str) -> Callable[..., Any]:
    """The function, new, in a copy of its module's names."""
    own = dict(names)
    exec(code, own)
    return own[name]  # type: ignore[no-any-return]


def made_by(code: Any, names: Mapping[str, Any], name: str) -> Callable[[], Callable[..., Any]]:
    return lambda: made(code, names, name)


def arguments(function: Callable[..., Any]) -> Any:
    """A strategy for its arguments by name, those with a default now there and now not."""
    import inspect

    from hypothesis import strategies as st

    hints = typing.get_type_hints(function)
    needed: dict[str, Any] = {}
    spare: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        where = needed if parameter.default is parameter.empty else spare
        where[parameter.name] = plain(hints[parameter.name], st)
    return st.fixed_dictionaries(needed, optional=spare)


def plain(hint: Any, st: Any) -> Any:
    """Small values of a type: large ones cost time and find no more."""
    few = {
        int: st.integers(-20, 20),
        float: st.floats(-1e6, 1e6) | st.sampled_from([0.0, -0.0, float("inf"), float("nan")]),
        str: st.text(st.sampled_from("ab c,{}%\n\u00e9"), max_size=6),
        bytes: st.binary(max_size=6),
    }
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint in few:
        return few[hint]
    if hint in (list, set, tuple, frozenset, dict) or origin is None:
        shown = {list: list[int], set: set[int], frozenset: frozenset[int], dict: dict[str, int], tuple: tuple[int, ...]}
        return plain(shown[hint], st) if hint in shown else st.from_type(hint)
    if origin in (list, set, frozenset):
        return {list: st.lists, set: st.sets, frozenset: st.frozensets}[origin](plain(inner[0], st), max_size=5)
    if origin is dict:
        return st.dictionaries(plain(inner[0], st), plain(inner[1], st), max_size=5)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return st.lists(plain(inner[0], st), max_size=5).map(tuple)
        return st.tuples(*(plain(one, st) for one in inner))
    if origin is typing.Union or type(hint).__name__ == "UnionType":
        return st.one_of(*(plain(one, st) for one in inner))
    return st.from_type(hint)


def differing(makers: list[Callable[[], Callable[..., Any]]], strategy: Any, name: str) -> tuple[bool, str]:
    """The smallest example found on which the two differ."""
    from hypothesis import HealthCheck, given, settings

    said = [""]

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def compare(chosen: dict[str, Any]) -> None:
        first, second = (outcome(make(), copy.deepcopy(chosen)) for make in makers)
        if not same(first, second):
            shown = ", ".join(f"{key}={value!r}" for key, value in chosen.items())
            said[0] = f"{name}({shown}): {told(first)} before, {told(second)} after"
            raise AssertionError

    try:
        compare()
    except AssertionError:
        return True, said[0]
    except Exception as error:  # noqa: BLE001 - a strategy that fails is no difference
        return False, f"not compared: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return False, ""


def outcome(function: Callable[..., Any], chosen: dict[str, Any]) -> tuple[str, Any, Any]:
    """What a call comes to: how it ended, with what, and its arguments then."""
    import inspect

    positional = [one.name for one in inspect.signature(function).parameters.values() if one.kind is one.POSITIONAL_ONLY]
    first = [chosen[one] for one in positional if one in chosen]
    rest = {key: value for key, value in chosen.items() if key not in positional}
    try:
        result = function(*first, **rest)
        if hasattr(result, "__next__"):
            result = list(itertools.islice(result, CONSUMED))
    except Exception as error:  # noqa: BLE001 - its class is what is compared
        return "raised", type(error), chosen
    return "returned", result, chosen


def same(first: Any, second: Any) -> bool:
    """Equal, of the same classes all the way down, and in the same order where there is one."""
    if type(first) is not type(second):
        return False
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return same(list(first.items()), list(second.items()))
    if isinstance(first, float):
        return repr(first) == repr(second)  # 0.0 is not -0.0, and no number is one
    return bool(first == second) or repr(first) == repr(second)


def told(what: tuple[str, Any, Any]) -> str:
    """An outcome in words."""
    how, value, chosen = what
    return f"raised {value.__name__}" if how == "raised" else f"returned {value!r} and left {chosen!r}"


if __name__ == "__main__":
    main()
