"""What calls of standard library functions give where that depends on their arguments. The others are in `signatures`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from codemods.analysis.types import process_calls, regex_types, signatures
from codemods.analysis.types.builtin_calls import argument, called_with_anything, dict_of, opened
from codemods.analysis.types.containers import KEYED
from codemods.analysis.types.iterator_calls import ITERATORS
from codemods.analysis.types.vocabulary import BYTES, INT, NEVER, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_PATHS = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath"})

_PATH_KEYWORDS = ("path", "start", "p", "cmd", "pathname")
"""Keywords of the functions that give `str` or `bytes` as their arguments are, of those arguments."""

_HANDS_TEXT_BACK = frozenset({
    "shlex.quote", "unicodedata.normalize", "urllib.parse.unquote", "urllib.parse.unquote_plus", "urllib.parse.unwrap", "html.unescape",
    "os.fsdecode", "os.fspath", "shutil.which", "gettext.gettext", "gettext.ngettext", "gettext.pgettext", "codecs.decode",
    "email.utils.unquote", "urllib.parse.urljoin", "textwrap.indent", "xml.sax.saxutils.unescape",
})  # fmt: skip
"""Functions that may give the very text they are given, which may be of a subclass of `str`."""

_SCALAR = ("str", "int", "bool", "None", "bytes", "float")

_ITERATOR = "collections.abc.Iterator"


def result(inference: Inference, origin: str, call: ast.Call) -> Type | None:
    """What a call of the function or class `origin` gives."""
    if origin in _HANDS_TEXT_BACK and "str" in inference.module.subclassed:
        given = [inference.infer(one) for one in [*call.args, *(keyword.value for keyword in call.keywords)]]
        if not all(kind is not None and kind.is_all(*_SCALAR) for kind in given):
            return None
    special = _SPECIAL.get(origin)
    if special is not None:
        return special(inference, call)
    shape = signatures.LIKE_ARGUMENT.get(origin)
    if shape is not None:
        return _like_arguments(inference, call, shape)
    textual = signatures.of_text(origin)
    if textual is not None:
        return _as_text(inference, call, *textual)
    return signatures.function_result(origin)


def _as_text(inference: Inference, call: ast.Call, notation: str, place: int) -> Type | None:
    """The result with `str` or `bytes` in it, as the deciding argument is."""
    given = argument(inference, call, place)
    if given is None or given is NEVER:
        return given
    names = {"str" if member.name in _PATHS else member.name for member in given.members()}
    return signatures.written(notation.replace("AnyStr", names.pop())) if names in ({"str"}, {"bytes"}) else None


def _like_arguments(inference: Inference, call: ast.Call, shape: str) -> Type | None:
    """`str` or `bytes` as the arguments are, in the given shape. A path object counts as the `str` it stands for."""
    given = [inference.infer(one) for one in [*call.args, *(one.value for one in call.keywords if one.arg in _PATH_KEYWORDS)]]
    if NEVER in given:
        return NEVER
    if any(one.arg is None for one in call.keywords) or not given:
        return None
    if all(one is not None and one.is_all("str", *_PATHS) for one in given):
        inner = STR
    elif all(one is not None and one.is_all("bytes") for one in given):
        inner = BYTES
    else:
        return None
    match shape:
        case "list":
            return Type("list", (inner,))
        case "pair":
            return Type("tuple", (inner, inner))
        case "maybe":
            return union([inner, NONE])
        case _:
            return inner


def _parsed(inference: Inference, call: ast.Call, name: str) -> Type | None:
    """`urlparse(url)` gives a tuple of `str` for a `str`."""
    given = argument(inference, call, 0)
    return Type(f"urllib.parse.{name}") if given is not None and given.is_all("str") else None


def _listdir(inference: Inference, call: ast.Call) -> Type | None:
    return Type("list", (STR,)) if not call.args and not call.keywords else _like_arguments(inference, call, "list")


def _walk(inference: Inference, call: ast.Call) -> Type | None:
    given = argument(inference, call, 0)
    if given is None or not given.is_all("str"):
        return None
    names = Type("list", (STR,), declared=True)
    return Type(_ITERATOR, (Type("tuple", (STR, names, names)),))


# --- collections and itertools ---


def _ordered(inference: Inference, call: ast.Call) -> Type | None:
    return Type("collections.OrderedDict", dict_of(inference, call).args)


def _defaultdict(inference: Inference, call: ast.Call) -> Type | None:
    """Its values are what the factory makes, besides what is stored."""
    name = "collections.defaultdict"
    if len(call.args) != 1 or call.keywords or isinstance(call.args[0], ast.Starred):
        return Type(name)
    factory = call.args[0]
    origin = (inference.module.origin(factory) or "").removeprefix("builtins.")
    if origin in ("list", "set"):
        return Type(name, (NEVER, Type(origin, (NEVER,))))
    if origin == "dict":
        return Type(name, (NEVER, Type(origin, (NEVER, NEVER))))
    return Type(name, (NEVER, called_with_anything(inference, factory)))


def _counter(inference: Inference, call: ast.Call) -> Type | None:
    if call.keywords:
        return Type("collections.Counter")
    return Type("collections.Counter", counted(inference, argument(inference, call, 0)) if call.args else (NEVER, INT))


def counted(inference: Inference, given: Type | None) -> tuple[Type | None, ...]:
    """What a Counter takes in: a mapping's values as they are, or how often there is each element of anything else."""
    if given is None or any(one.name.startswith(".") or one.name in KEYED for one in given.members()):
        return given.args if given is not None and given.name in KEYED else ()
    return (inference.element(given), INT)


def _deque(inference: Inference, call: ast.Call) -> Type | None:
    if any(one.arg != "maxlen" for one in call.keywords):
        return Type("collections.deque")
    return Type("collections.deque", (inference.element(argument(inference, call, 0)) if call.args else NEVER,))


def _whole(inference: Inference, call: ast.Call) -> Type | None:
    """`math.floor(x)` is what `x.__floor__` gives."""
    given = argument(inference, call, 0)
    if given is NEVER:
        return NEVER
    return INT if given is not None and given.is_all("int", "float", "bool") else None


# --- random ---


def _chosen(inference: Inference, call: ast.Call) -> Type | None:
    given = argument(inference, call, 0)
    return inference.element(given) if given is not None and given.is_all("list", "tuple", "str", "range") else None


def _sampled(inference: Inference, call: ast.Call) -> Type | None:
    return Type("list", (_chosen(inference, call),))


# --- subprocess, copy and others ---


def _temporary(inference: Inference, call: ast.Call) -> Type | None:
    """The name of a temporary folder: text, unless something given is bytes, or may be."""
    given = [inference.infer(one) for one in [*call.args, *(one.value for one in call.keywords)]]
    return STR if all(one is not None and one.is_all("str", "None", *_PATHS) for one in given) else None


def _queried(inference: Inference, call: ast.Call, found: Type) -> Type | None:
    """`parse_qs`, `parse_qsl` of a `str`."""
    given = argument(inference, call, 0)
    return found if given is not None and given.is_all("str") else None


def _scanned(inference: Inference, call: ast.Call) -> Type | None:
    """`os.scandir(path)` gives entries with the names that `os.listdir(path)` gives."""
    names = _listdir(inference, call)
    return Type(_ITERATOR, (Type("os.DirEntry", names.args),)) if names is not None else None


def _variable(inference: Inference, call: ast.Call) -> Type | None:
    """`os.getenv(name, default)`."""
    if call.keywords or any(isinstance(one, ast.Starred) for one in call.args):
        return None
    return union([STR, inference.infer(call.args[1]) if len(call.args) == 2 else NONE])


def _put_at(inference: Inference, call: ast.Call) -> Type | None:
    """`shutil.copy(source, target)`: the target, or what is behind it in the folder that it is."""
    given = [inference.infer(one) for one in call.args]
    return STR if len(given) == 2 and all(one is not None and one.is_all("str") for one in given) else None


def _copied(inference: Inference, call: ast.Call) -> Type | None:
    """A copy of a builtin collection is of its class; of this file's classes one may say otherwise."""
    given = argument(inference, call, 0)
    return _seen(given) if given is not None and all("." not in one.name for one in given.members()) else None


def _seen(kind: Type) -> Type:
    """The same with contents that are only seen now: a copy's own uses may put in something else."""
    args = tuple(_seen(arg) if arg is not None else None for arg in kind.args)
    return Type(kind.name, args, kind.variadic, kind.because, record=kind.record)


def _of_regex(inference: Inference, call: ast.Call, name: str) -> Type | None:
    return regex_types.of_function(inference, name, call)


_SPECIAL: dict[str, Callable[[Inference, ast.Call], Type | None]] = {
    "os.listdir": _listdir,
    "os.walk": _walk,
    "urllib.parse.urlparse": partial(_parsed, name="ParseResult"),
    "urllib.parse.urlsplit": partial(_parsed, name="SplitResult"),
    "io.open": lambda inference, call: opened(call, 1),
    "codecs.open": lambda inference, call: None,
    "collections.OrderedDict": _ordered,
    "collections.defaultdict": _defaultdict,
    "collections.Counter": _counter,
    "collections.deque": _deque,
    "math.floor": _whole,
    "math.ceil": _whole,
    "math.trunc": _whole,
    "random.choice": _chosen,
    "random.choices": _sampled,
    "random.sample": _sampled,
    **{
        f"re.{name}": partial(_of_regex, name=name)
        for name in ("compile", "match", "search", "fullmatch", "finditer", "sub", "findall", "split", "escape")
    },
    "subprocess.check_output": process_calls.checked_output,
    "subprocess.run": process_calls.completed,
    "subprocess.Popen": process_calls.opened,
    "tempfile.mkdtemp": _temporary,
    "tempfile.mktemp": _temporary,
    "urllib.parse.parse_qs": partial(_queried, found=Type("dict", (STR, Type("list", (STR,))))),
    "urllib.parse.parse_qsl": partial(_queried, found=Type("list", (Type("tuple", (STR, STR)),))),
    "os.scandir": _scanned,
    "os.getenv": _variable,
    "shutil.copy": _put_at,
    "shutil.copy2": _put_at,
    "shutil.copyfile": _put_at,
    "copy.copy": _copied,
    "copy.deepcopy": _copied,
    **ITERATORS,
}
